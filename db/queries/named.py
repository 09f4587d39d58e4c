"""A row as a list of choices shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """An id with the words a list of choices shows."""

    id: int
    name: str
