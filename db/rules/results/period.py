"""The period of a figure: a month, a quarter or a year of the Chinese calendar, and the ones it is compared with."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_OFFERED, QUARTERS_OFFERED, YEARS_OFFERED = 14, 6, 3
LOOKED_BACK = 3
"""In so many first days of a month people report the month before; of their own there is next to nothing."""
_CODE = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """`since` and `until` are its first and last day; a running one ends today. Codes: 2026-03, 2026-Q1, 2026."""

    code: str
    since: date
    until: date
    running: bool = False

    @property
    def months(self) -> int:
        """How long it is when it is whole: 1, 3 or 12."""
        return 12 if len(self.code) == 4 else 3 if "Q" in self.code else 1


def period(code: str, *, today: date) -> Period:
    """The period of a code as it stands today; raises ValueError on nonsense and on what has not begun."""
    hit = _CODE.fullmatch(code)
    if hit is None:
        raise ValueError(code)
    year, month, quarter = int(hit[1]), hit[2], hit[3]
    first = date(year, int(month) if month else 3 * int(quarter) - 2 if quarter else 1, 1)
    length = 1 if month else 3 if quarter else 12
    last = date(year, first.month + length - 1, monthrange(year, first.month + length - 1)[1])
    if first > today:
        raise ValueError(code)
    return Period(code, first, min(last, today), running=last > today)


def of_days(since: date, until: date) -> Period:
    """Any days, as a form asks for them: compared with the same days of the year before."""
    return Period(f"{since:%Y-%m}", since, until, running=True)


def _code(first: date, months: int) -> str:
    return {1: f"{first:%Y-%m}", 3: f"{first:%Y}-Q{(first.month + 2) // 3}", 12: f"{first:%Y}"}[months]


def before(one: Period) -> Period:
    """The whole period of the same length that ended the day before it began."""
    end = one.since - timedelta(days=1)
    back = end.year * 12 + end.month - one.months
    first = date(back // 12, back % 12 + 1, 1)
    return Period(_code(first, one.months), first, end)


def year_before(one: Period) -> Period:
    """The same period a year ago; of a running one the same days, 29 February standing beside 28 February."""
    year = one.since.year - 1
    first = one.since.replace(year=year, day=min(one.since.day, monthrange(year, one.since.month)[1]))
    year = one.until.year - 1
    most = monthrange(year, one.until.month)[1]
    last = date(year, one.until.month, min(one.until.day, most) if one.running else most)
    return Period(_code(first, one.months), first, last)


def offered(today: date) -> tuple[str, ...]:
    """Codes to choose from: months, quarters and years, the running ones first."""
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS_OFFERED)]
    quarters = [today.year * 4 + (today.month - 1) // 3 - back for back in range(QUARTERS_OFFERED)]
    return (
        *(f"{one // 12:04d}-{one % 12 + 1:02d}" for one in months),
        *(f"{one // 4:04d}-Q{one % 4 + 1}" for one in quarters),
        *(f"{today.year - back:04d}" for back in range(YEARS_OFFERED)),
    )


def usual(today: date) -> str:
    """The code that is looked at unless another one is chosen: the running month, in its first days the one before."""
    return offered(today)[1 if today.day <= LOOKED_BACK else 0]
