"""季度亮绩: the days of a quarter, and what a member's record says of it.

A period of a promise belongs to the quarter in which its last day lies: a promise by the year is shown in the quarter
in which the year ends.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from db.rules.commitments.dates import Window, standing


@dataclass(frozen=True, slots=True)
class Figures:
    """What a quarter's sheet says; minutes of service, people as they were counted each time."""

    due: int = 0
    kept: int = 0
    sessions: int = 0
    people: int = 0
    minutes: int = 0
    answers: int = 0
    """Residents who gave a word on a promise."""
    content: int = 0
    """Of them 好 or 较好."""

    def plain(self) -> dict[str, int]:
        """As a table keeps it."""
        return asdict(self)


def figures_from(kept: Mapping[str, int]) -> Figures:
    """The figures that a table kept."""
    return Figures(**{name: int(kept.get(name, 0)) for name in Figures.__dataclass_fields__})


def quarter_of(day: date) -> Window:
    """The quarter of a day, both ends belonging to it."""
    month = (day.month - 1) // 3 * 3 + 1
    return Window(date(day.year, month, 1), date(day.year, month + 2, monthrange(day.year, month + 2)[1]))


def last_quarters(today: date, number: int = 5) -> tuple[Window, ...]:
    """The running quarter and those before it, the latest first."""
    found = [quarter_of(today)]
    while len(found) < number:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return tuple(found)


def due_and_kept(
    periods: Sequence[Window],
    days: Iterable[date],
    quarter: Window,
    *,
    times: int,
    today: date,
    paused: Iterable[Window] = (),
) -> tuple[int, int]:
    """Times of a promise that were due in a quarter, and those of them that were kept."""
    within = [one for one in periods if quarter.holds(one.last)]
    found = standing(within, days, times=times, on=min(today, quarter.last + timedelta(days=1)), paused=paused)
    return found.due, found.kept
