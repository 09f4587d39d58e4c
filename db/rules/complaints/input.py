"""What a form says of a complaint, unchecked; the names are those of the form's fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.terms import NeedSource, ResponsibleBody, Satisfaction, Urgency


@dataclass(frozen=True, slots=True)
class ComplaintInput:
    """One complaint; `urgency` only sets its times, `source_number` is its number where it came from."""

    description: str
    source: NeedSource | None
    category_id: int | None
    title: str = ""
    received_on: date | None = None
    source_number: str = ""
    urgency: Urgency | None = Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class HandOverInput:
    """交办: who is responsible, who assists, until when; `repeats` go with it."""

    responsible: ResponsibleBody | None
    name: str
    note: str
    due_on: date | None
    assists: Sequence[ResponsibleBody] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class RevisitInput:
    """回访: whether the asker was reached and what they say; `close` ends what is solved in the same step."""

    reached: bool | None
    solved: bool | None
    satisfaction: Satisfaction | None
    said: str
    close: bool = False
