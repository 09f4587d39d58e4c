"""Words of units and resources that several parts of the pages use."""

from collections.abc import Mapping, Sequence
from datetime import date

from components.wording import N_, _, labelled, side_by_side
from components.wording.dates import dated, number, short_day, with_days
from components.wording.measures import measured
from components.wording.terms import sign, term
from db.queries.units.units import Standing
from db.rules.units.capacity import WEEK
from db.terms import DayPart, ResourceKind, UnitHappening, Weekday

STANDINGS = {
    Standing.NONE: (N_("没有协议"), "gray"),
    Standing.HOLDS: (N_("协议有效"), "green"),
    Standing.SOON: (N_("协议快到期"), "orange"),
    Standing.OVER: (N_("协议已到期"), "red"),
    Standing.ENDED: (N_("已终止共建"), "gray"),
}


def standing_cell(standing: Standing) -> dict[str, str]:
    """The standing of an agreement as a cell of a list."""
    word, colour = STANDINGS[standing]
    return {"word": _(word), "colour": colour}


def standing_badge(standing: Standing) -> str:
    """The same as Markdown of our own words."""
    word, colour = STANDINGS[standing]
    return sign(_(word), colour)


def amount_words(kind: ResourceKind, amount: int, measure: str) -> str:
    """80 座, 3 台; a venue says how large it is."""
    said = measured(number(amount), measure)
    return _("可容纳 {amount}", amount=said) if kind is ResourceKind.VENUE else said


def when_words(weekdays: Sequence[str], parts: Sequence[str], from_on: date | None, until_on: date | None) -> str:
    """When a resource is given."""
    said = []
    if weekdays:
        said.append(side_by_side(term(Weekday(one)) for one in WEEK if one in weekdays))
    if parts:
        said.append(side_by_side(term(DayPart(one)) for one in parts))
    if from_on is not None and until_on is not None:
        said.append(_("{start}至{due}", start=dated(from_on), due=dated(until_on)))
    elif from_on is not None:
        said.append(_("{day}起", day=dated(from_on)))
    elif until_on is not None:
        said.append(_("到 {day}为止", day=dated(until_on)))
    return " · ".join(said) or _("随时可商量")


def time_words(first: date, last: date, part: DayPart | None, *, goods: bool = False) -> str:
    """The days and the half day of a request; goods are handed over on a day."""
    days = short_day(first) if first == last else f"{short_day(first)} — {short_day(last)}"
    if goods:
        return days
    half = term(part) if part else _("全天")
    return _("{days} {part}", days=days, part=half.lower())  # in English it follows in the sentence


_NAMES = {
    "name": N_("名称"),
    "before": N_("原名"),
    "after": N_("现名"),
    "resource": N_("资源"),
    "day": N_("日期"),
    "on": N_("签订"),
    "until": N_("到期"),
    "settled": N_("一并了结"),
}


def happening_words(kind: UnitHappening, values: Mapping[str, object]) -> str:
    """What one line of the history says."""
    said = [term(kind)]
    if kind is UnitHappening.RENAMED:
        return _("更名：{before} 改为 {after}", before=values.get("before", ""), after=values.get("after", ""))
    if kind is UnitHappening.REGISTERED:
        return labelled(term(kind), str(values.get("name", "")))
    said += [
        labelled(_(_NAMES[name]), with_days(str(value))) for name, value in values.items() if name in _NAMES and value
    ]
    return " · ".join(said)
