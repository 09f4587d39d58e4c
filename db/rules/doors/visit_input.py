"""What a form says of a visit, unchecked; the names are those of the form's fields."""

from dataclasses import dataclass
from datetime import date, datetime

from db.terms import VisitOutcome


@dataclass(frozen=True, slots=True)
class VisitInput:
    """A knock on a door. `where_text` says where it was without a numbered door, `on` is the day of a visit noted on
    paper, `at` the moment, within the last seven days, of one that a phone kept while it had no network.
    """

    outcome: VisitOutcome | None
    where_text: str = ""
    note: str = ""
    on: date | None = None
    at: datetime | None = None
