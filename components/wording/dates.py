"""Dates, numbers and money as people here read them; days are Chinese days whatever the server's clock."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from components.wording import _, language
from db.engine import utc_now
from db.rules.percent import percent
from db.rules.zone import CHINA
from db.terms import Language

_WRITTEN = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def today(now: datetime) -> date:
    """The Chinese calendar day of a moment."""
    return now.astimezone(CHINA).date()


def day(value: date | None) -> str:
    """2026年3月5日 / 5 Mar 2026; a dash for none."""
    if value is None:
        return "—"
    if language() is Language.CHINESE:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%b %Y}"


class Near(str):
    """A day or a moment as a list shows it; `order` puts rows in its order whatever the words are."""

    __slots__ = ("order",)
    order: str


def near(value: date | datetime | None, *, weekday: bool = False) -> Near:
    """今天, 昨天, 明天; 3月5日 within this year, 2025年3月5日 in another one; a moment with its clock; a dash for none.

    For the screen. Papers and files are read on other days, so they say the whole day (`day`, `moment`). `weekday`: a
    day that is not said in words comes with its weekday.
    """
    if value is None:
        return _near("—", "")
    on = today(value) if isinstance(value, datetime) else value
    words = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}.get((on - today(utc_now())).days)
    if words is None:
        return _near(dated(value, weekday=weekday), value.isoformat())
    return _near(f"{words} {clock(value)}" if isinstance(value, datetime) else words, value.isoformat())


def dated(value: date | datetime | None, *, weekday: bool = False) -> str:
    """`near` without 昨天, 今天, 明天: for spans and running text, where such a word would be read of another day."""
    if value is None:
        return "—"
    on = today(value) if isinstance(value, datetime) else value
    within, beyond = (short_day, long_day) if weekday else (month_day, day)
    said = (within if on.year == today(utc_now()).year else beyond)(on)
    return f"{said} {clock(value)}" if isinstance(value, datetime) else said


def _near(said: str, order: str) -> Near:
    words = Near(said)
    words.order = order
    return words


def month_day(value: date) -> str:
    """3月5日 / 5 Mar."""
    if language() is Language.CHINESE:
        return f"{value.month}月{value.day}日"
    return f"{value.day} {value:%b}"


def axis_day(value: date) -> str:
    """3/5, as short as it goes: below a chart, in a list of weeks; English readers differ about its order: 5 Mar."""
    return f"{value.month}/{value.day}" if language() is Language.CHINESE else month_day(value)


def month(value: date) -> Near:
    """2026年3月 / March 2026."""
    said = f"{value.year}年{value.month}月" if language() is Language.CHINESE else f"{value:%B %Y}"
    return _near(said, f"{value:%Y-%m}")


def short_month(value: date) -> str:
    """3月 / Mar."""
    return f"{value.month}月" if language() is Language.CHINESE else f"{value:%b}"


def short_day(value: date) -> str:
    """3月5日 周四 / Thu 5 Mar."""
    if language() is Language.CHINESE:
        return f"{value.month}月{value.day}日 {_WEEKDAYS[value.weekday()]}"
    return f"{value:%a} {value.day} {value:%b}"


def with_days(text: str) -> str:
    """A text of the screen: days that the record writes as 2026-03-05 read like all others; nothing else changes."""
    return _WRITTEN.sub(_read, text)


def _read(hit: re.Match[str]) -> str:
    try:
        return dated(date.fromisoformat(hit[0]))
    except ValueError:
        return hit[0]


def long_day(value: date) -> str:
    """2026年3月5日 周四 / Thu 5 Mar 2026."""
    if language() is Language.CHINESE:
        return f"{day(value)} {_WEEKDAYS[value.weekday()]}"
    return f"{value:%a} {day(value)}"


def moment(value: datetime | None) -> str:
    """2026年3月5日 14:30; a dash for none."""
    if value is None:
        return "—"
    local = value.astimezone(CHINA)
    return f"{day(local.date())} {local:%H:%M}"


def clock(value: datetime) -> str:
    """14:30, as clocks in China show it."""
    return f"{value.astimezone(CHINA):%H:%M}"


def week(monday: date) -> str:
    """2026 年第 10 周（3/2—3/8） / Week 10 of 2026 (2 Mar–8 Mar)."""
    sunday = monday + timedelta(days=6)
    number = monday.isocalendar()
    return _(
        "{year} 年第 {number} 周（{start}—{end}）",
        year=number.year,
        number=number.week,
        start=axis_day(monday),
        end=axis_day(sunday),
    )


def number(value: Decimal | Fraction | int) -> str:
    """At most one decimal, a half rounded up (四舍五入), no trailing zero, thousands apart."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{Decimal(value).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"
    return text.removesuffix(".0")


def percent_of(share: Fraction | None) -> str:
    """A share as whole percent, a dash for none."""
    return "—" if share is None else f"{number(percent(share))}%"


def percent_tenths(share: Fraction) -> str:
    """A share in percent without its sign, to one decimal, no trailing zero."""
    return number(Decimal(percent(share, parts=10)) / 10)


def change_of(before: int, after: int) -> str:
    """How much a count changed, in whole percent with its sign; a dash where there was nothing before."""
    return f"{percent(Fraction(after - before, before)):+d}%" if before else "—"


def yuan(fen: int) -> str:
    """Budget in yuan from fen."""
    return _("{amount} 元", amount=number(Decimal(fen) / 100))


def hours(minutes: int) -> str:
    """Hours in steps of half an hour."""
    return _("{n} 小时", n=number(Decimal(minutes) / 60))
