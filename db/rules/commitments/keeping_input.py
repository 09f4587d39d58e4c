"""What is said about one time that a promise was kept."""

from dataclasses import dataclass
from datetime import date

from db.terms import WitnessKind


@dataclass(frozen=True, slots=True)
class KeepingInput:
    """One time, unchecked: the day, who saw it, what was done, how many people were served."""

    on: date | None = None
    witness: WitnessKind | None = None
    witness_name: str = ""
    words: str = ""
    people: int | None = 1
    order_id: int | None = None
    activity_id: int | None = None
