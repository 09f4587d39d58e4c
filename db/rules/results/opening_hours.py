"""开放时间 of a place as it hangs on the door: read, written again in one form, and asked for a day or a minute."""

import itertools
import re
import unicodedata
from collections.abc import Mapping

from db.terms import Weekday

WEEK = tuple(Weekday)
DAY = 24 * 60
Span = tuple[int, int]
"""Minutes after midnight; an end after midnight is more than a day."""
Hours = Mapping[Weekday, tuple[Span, ...]]
"""The spans of each weekday in order; a weekday that is not named is closed. Empty: nobody wrote any hours down."""

_NAMES = "一二三四五六日"
_DAY = rf"周[{_NAMES}]"
_CLOCK = r"(?:[01]?\d|2[0-4])(?::[0-5]\d|[点时](?:[0-5]\d分?|半)?)"
_NEXT = r"(?:次日|翌日|第二天)?"
_TOKEN = re.compile(
    rf"(?P<days>{_DAY}(?:[至到~-]周?[{_NAMES}])?|每天|每日|天天|工作日|周末|双休日)"
    rf"|(?P<more>[{_NAMES}](?:[至到~-]周?[{_NAMES}])?)"
    rf"|(?P<span>{_CLOCK}[至到~-]{_NEXT}{_CLOCK})"
    r"|(?P<whole>24小时|全天)"
    r"|(?P<closed>休息|闭馆|不开放|关闭|关门)"
    r"|(?P<gap>开放|[\s,、;。和及:]+)"
)
_ENGLISH = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.IGNORECASE)
_ENGLISH_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SETS = {"每天": WEEK, "每日": WEEK, "天天": WEEK, "工作日": WEEK[:5], "周末": WEEK[5:], "双休日": WEEK[5:]}


class _Reader:
    """What is understood so far: the days that are spoken of, and the spans of each."""

    def __init__(self) -> None:
        self.found: dict[Weekday, list[Span]] = {}
        self.shut: set[Weekday] = set()
        self.days: list[Weekday] = []
        self.told = True
        """Something was said of `days`: the next days begin anew."""

    def take(self, token: re.Match[str]) -> bool:
        """One token; False for what makes no sense here."""
        if token["gap"] is not None:
            return True
        if token["more"] is not None and (self.told or not self.days):
            return False
        if named := token["days"] or token["more"]:
            self.days = [*([] if self.told else self.days), *_days(named)]
            self.told = False
            return True
        if not self.days:
            return False
        self.told = True
        if token["closed"] is not None:
            self.shut |= set(self.days)
            return True
        span = (0, DAY) if token["whole"] else _span(token["span"])
        if span is not None:
            for day in set(self.days):
                self.found.setdefault(day, []).append(span)
        return span is not None

    def hours(self) -> Hours | None:
        if not self.told or self.shut & set(self.found):
            return None
        hours = {day: tuple(sorted(self.found[day])) for day in WEEK if day in self.found}
        return hours if all(_apart(spans) for spans in hours.values()) else None


def read_hours(text: str) -> Hours | None:
    """周一至周五 8:30–12:00、13:30–17:30；周六 9:00–12:00 as hours; None for what is not understood.

    An end that is not later than its beginning is on the next day: 18:00–2:00. Spans of a day must not overlap.
    Weekdays may stand in English, too: Mon–Fri 8:30–17:30.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("星期|礼拜|週", "周", plain)
    plain = plain.replace("周天", "周日")
    plain = _ENGLISH.sub(lambda hit: f"周{_NAMES[_ENGLISH_NAMES.index(hit[1].lower())]}", plain)
    plain = re.sub(r"[‐‑–—―−－～〜]+", "-", plain)
    plain = re.sub(r"\s*([-~至到:])\s*", r"\1", plain)
    reader, at = _Reader(), 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None or not reader.take(token):
            return None
        at = token.end()
    return reader.hours()


def _days(text: str) -> tuple[Weekday, ...]:
    if text in _SETS:
        return _SETS[text]
    ends = [_NAMES.index(one) for one in text if one in _NAMES]
    first, last = ends[0], ends[-1]
    return WEEK[first : last + 1] if first <= last else WEEK[first:] + WEEK[: last + 1]


def _minutes(text: str) -> int:
    hour, part = re.split(r"[:点时]", text, maxsplit=1)
    return int(hour) * 60 + (30 if part == "半" else int(part.removesuffix("分") or 0))


def _span(text: str) -> Span | None:
    first, last = re.split("[至到~-]", text, maxsplit=1)
    clock = re.sub("次日|翌日|第二天", "", last)
    opens, closes = _minutes(first), _minutes(clock)
    if opens >= DAY or closes > DAY:
        return None
    if clock != last or closes <= opens:
        closes += DAY
    return (opens, closes) if closes - opens <= DAY else None


def _apart(spans: tuple[Span, ...]) -> bool:
    return all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def groups(hours: Hours) -> list[tuple[Weekday, Weekday, tuple[Span, ...]]]:
    """Weekdays in a row with the same spans: first, last, spans."""
    found: list[tuple[Weekday, Weekday, tuple[Span, ...]]] = []
    for at, day in enumerate(WEEK):
        spans = hours.get(day, ())
        if not spans:
            continue
        if found and found[-1][1] is WEEK[at - 1] and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        else:
            found.append((day, day, spans))
    return found


def clock(minute: int) -> str:
    """8:30; 24:00 stays the end of its own day."""
    return f"{minute // 60}:{minute % 60:02d}"


def span_words(span: Span) -> str:
    """8:30–17:30; an end on the next day says so."""
    opens, closes = span
    return f"{clock(opens)}–{clock(closes)}" if closes <= DAY else f"{clock(opens)}–次日{clock(closes - DAY)}"


def written(hours: Hours) -> str:
    """The hours in the form that `read_hours` reads."""

    def named(first: Weekday, last: Weekday) -> str:
        start, end = (f"周{_NAMES[WEEK.index(one)]}" for one in (first, last))
        return start if first is last else f"{start}至{end}"

    return "；".join(
        f"{named(first, last)} {'、'.join(map(span_words, spans))}" for first, last, spans in groups(hours)
    )


def is_open(hours: Hours, day: Weekday, minute: int) -> bool:
    """Whether somebody who comes at this minute finds it open, also after midnight of the day before."""
    before = WEEK[WEEK.index(day) - 1]
    return any(opens <= minute < closes for opens, closes in hours.get(day, ())) or any(
        opens <= minute + DAY < closes for opens, closes in hours.get(before, ())
    )


def stored(hours: Hours) -> dict[str, list[list[int]]]:
    """As JSON holds it."""
    return {day.value: [list(span) for span in spans] for day, spans in hours.items()}


def from_stored(kept: Mapping[str, list[list[int]]]) -> Hours:
    """What `stored` wrote."""
    return {day: tuple((one[0], one[1]) for one in kept[day.value]) for day in WEEK if day.value in kept}
