"""What a form says of a rota and of the slots that are laid at once, unchecked; names are those of the fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.terms import DaysOff, MonthEnd, SlotRhythm


@dataclass(frozen=True, slots=True)
class RotaInput:
    """A plan of slots: what for, where, for how long; the posts are named one a line (“出站口，引导，讲解”)."""

    title: str
    place: str
    starts_on: date | None
    ends_on: date | None
    call: str = ""
    place_id: int | None = None
    give_back_hours: int | None = 24
    project_id: int | None = None
    squad_id: int | None = None


@dataclass(frozen=True, slots=True)
class SlotsInput:
    """Slots of several posts at one press: the days by a rhythm, the shifts of each day, so many places each.

    `shifts` holds one or several per line or comma: "07:00-09:00". `weekdays` (0 is Monday) belongs to WEEKLY,
    `month_day` (1–31) to MONTHLY; `every` is 1 for each week or month, 2 for every second.
    """

    post_ids: Sequence[int]
    rhythm: SlotRhythm | None
    starts_on: date | None
    until: date | None
    shifts: str
    places: int | None
    every: int | None = 1
    weekdays: Sequence[int] = ()
    month_day: int | None = None
    month_end: MonthEnd | None = MonthEnd.LAST_DAY
    days_off: DaysOff | None = DaysOff.ALSO
