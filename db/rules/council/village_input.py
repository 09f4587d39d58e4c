"""What a form says of a step of 四议两公开, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from datetime import date

from db.terms import VillageStep


@dataclass(frozen=True, slots=True)
class StepInput:
    """One step: when and what was said; of a publication its end, of a meeting who was there and how they voted."""

    step: VillageStep | None
    on: date | None
    said: str
    until: date | None = None
    place: str = ""
    host: str = ""
    recorder: str = ""
    due: int | None = None
    present: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None
    passed: bool = True
    proposal: str = ""
