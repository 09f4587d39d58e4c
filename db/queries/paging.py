"""A page of rows by key: costs the same on page one and on page two thousand."""

from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")
ROWS = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """At most `ROWS` rows and whether more follow; the next page starts `before` the last row's id."""

    rows: tuple[R, ...]
    more: bool
