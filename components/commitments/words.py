"""A promise in words: how often, until when, how it stands."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from components.wording import N_, _, in_a_row, noted, side_by_side
from components.wording.dates import dated, near, percent_of, short_day
from components.wording.measures import measured
from components.wording.terms import term
from db.queries.commitments.commitments import CommitmentRow
from db.queries.commitments.wall import WallPromise
from db.rules.commitments.dates import Kept, Window
from db.rules.commitments.judging import SideCount
from db.rules.commitments.promise import Part
from db.terms import PromiseRhythm

PARTS = {
    Part.WHOM: lambda: _("服务对象"),
    Part.WHAT: lambda: _("做什么（要写出具体的事）"),
    Part.OFTEN: lambda: _("多久一次"),
    Part.UNTIL: lambda: _("到哪天"),
    Part.MEASURE: lambda: _("按什么计量"),
}


def how_often(rhythm: PromiseRhythm | None, times: int, measure: str) -> str:
    """每月 2 次; a dash while it is not said."""
    if rhythm is None:
        return "—"
    return f"{term(rhythm)} {measured(times, measure or N_('次'))}"


def promise_words(promises: Sequence[WallPromise]) -> str:
    """Everything that one member promises in public, with how often, in one cell."""
    return in_a_row(noted(one.what, how_often(one.rhythm, one.times, one.measure)) for one in promises)


def until_when(row: CommitmentRow) -> str:
    """From which day to which."""
    if row.starts_on is None or row.until is None:
        return "—"
    return f"{dated(row.starts_on)}—{dated(row.until)}"


def end_of(row: CommitmentRow) -> str:
    """Until which day, for a list."""
    return _("到 {day}", day=near(row.until)) if row.until else "—"


def kept_words(standing: Kept | None) -> str:
    """应践 3 次，已践 2 次; nothing due yet says so."""
    if standing is None:
        return "—"
    if not standing.due:
        return _("还没有到期的")
    return _("应践 {due} 次，已践 {kept} 次", due=standing.due, kept=standing.kept)


def window_words(window: Window) -> str:
    """A period by its days."""
    return dated(window.first) if window.first == window.last else f"{short_day(window.first)}—{short_day(window.last)}"


def next_words(standing: Kept | None, today: date) -> str:
    """What is to be done now, and until which day."""
    if standing is None or standing.current is None:
        return _("这一期已经做到")
    left = (standing.current.last - today).days
    if not left:
        return _("这一期今天是最后一天")
    return _("这一期到 {day}，还有 {n} 天", day=short_day(standing.current.last), n=left)


def lacking_words(parts: Sequence[Part]) -> str:
    """The parts that are missing, in the order of the form."""
    return side_by_side(PARTS[part]() for part in parts)


def side_words(one: SideCount) -> str:
    """问 8 人，答 6 人（75%）; nobody asked says so."""
    if not one.asked:
        return _("还没有问")
    rate = percent_of(Fraction(one.answered, one.asked))
    return _("问 {asked} 人，答 {answered} 人（{rate}）", asked=one.asked, answered=one.answered, rate=rate)


def said_words(one: SideCount) -> str:
    """好 5 · 差 1."""
    return " · ".join(f"{term(verdict)} {number}" for verdict, number in one.said) or "—"
