"""One column of a file that we understand."""

from dataclasses import dataclass
from typing import Any

from db.rules.imports.cells import Parser


@dataclass(frozen=True, slots=True)
class ImportField:
    """A column that we understand: `heading` in our template, `also` in other people's; `start` when it is empty."""

    key: str
    heading: str
    parse: Parser
    needed: bool = False
    also: str = ""
    """Other names, apart by spaces."""
    start: Any = ""
    options: tuple[str, ...] = ()
    """Words for the drop-down of the template."""
    from_book: str = ""
    """Name of the `Book` entry whose names are the options."""
    example: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called, our own heading first."""
        return (self.heading, *self.also.split())
