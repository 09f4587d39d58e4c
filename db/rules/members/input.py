"""What a form says of a member, unchecked; the names are those of the form's fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.terms import MemberKind


@dataclass(frozen=True, slots=True)
class MemberInput:
    """Somebody who comes on the roll: who, in which branch from which day, a member since when."""

    name: str
    branch_id: int | None
    kind: MemberKind | None
    joined_on: date | None
    phone: str = ""
    full_on: date | None = None
    since: date | None = None
    birth_year: str = ""
    unit_id: int | None = None
    skills: Sequence[str] = ()
    free_slots: Sequence[str] = ()
