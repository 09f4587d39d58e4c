"""What the form of a stall says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StallInput:
    """A stall as it was typed; without a number it gets the next one."""

    number: int | None = None
    item: str = ""
    description: str = ""
    needs: str = ""
    helpers: int | None = 1
    planned: int | None = 0
