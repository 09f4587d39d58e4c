"""What a form says of a consent, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from datetime import date

from db.terms import ConsentScope, ConsentWay


@dataclass(frozen=True, slots=True)
class ConsentInput:
    """A consent of one person, volunteer or party member: to what, how it was given, what was explained."""

    scope: ConsentScope | None
    given_on: date | None
    way: ConsentWay | None
    told: str
    witness: str = ""
    under_14: bool = False
    person_id: int | None = None
    volunteer_id: int | None = None
    member_id: int | None = None
