"""What the forms of an activity say, unchecked; the names are those of the forms' fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from db.terms import ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """What an activity is: named once when it is planned, and again when it is amended."""

    title: str
    kind: ActivityKind | None
    place: str
    target: str = ""
    needed: int | None = 1
    places: int | None = None
    """Empty: as many as come."""
    cost_yuan: int | None = 0
    weather_plan: str = ""
    safety_person: str = ""
    minors: bool = False
    sensitive: bool = False
    lead_id: int | None = None
    leading: Sequence[int] = ()
    """Units that hold it with the community."""
    assisting: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class SessionInput:
    """One session: its day, from when to when (past midnight when it ends earlier than it begins), and what is done."""

    on: date | None
    begins: time | None
    ends: time | None
    title: str = ""
    speaker: str = ""
    modules: str = ""
    """One in each line."""
    sure: bool = False
    """The day is meant, although it is far away."""


@dataclass(frozen=True, slots=True)
class SignUpInput:
    """Somebody who takes part; `under_14` needs a guardian's consent, else only `children` are counted."""

    name: str = ""
    phone: str = ""
    children: int | None = 0
    under_14: bool = False
    guardian: str = ""
    guardian_on: date | None = None
    volunteer_number: str = ""
    """Somebody of the registry; the name is taken from there."""


@dataclass(frozen=True, slots=True)
class RecordInput:
    """活动记录: what was done, whom it reached, what they thought of it."""

    report: str
    people_served: int | None
    asked: int | None = 0
    satisfied: int | None = 0
    cost_yuan: int | None = 0
    media: str = ""
