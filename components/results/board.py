"""The page 成效: choices that stay in the address, the sentence to copy, the rows behind, what was reported."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.address import id_in_address, pager, pick
from components.file_button import file_button
from components.forms import form
from components.lists import Column, Marked, rows
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import WORD, Paper
from components.results.words import Told
from components.wording import _, in_a_row, labelled
from components.wording.dates import hours, month, near, number
from components.wording.terms import term
from db.actions.results.reports import report_figure
from db.queries.paging import Page
from db.queries.results.counted import Chosen
from db.queries.results.reported import Base, Report
from db.queries.results.rows import Behind
from db.rules.permissions import Actor, Permission
from db.rules.results.period import Period, before, offered, period, usual
from db.terms import ResultFigure, ResultRow

R = ResultRow
PAGES: dict[ResultRow, tuple[str, Permission]] = {
    R.MEMBER: ("member", Permission.SEE_MEMBERS),
    R.NEED: ("need", Permission.SEE_NEEDS),
    R.ORDER: ("order", Permission.SEE_ORDERS),
    R.COMPLAINT: ("complaint", Permission.SEE_COMPLAINTS),
    R.ACTIVITY: ("activity", Permission.SEE_ACTIVITIES),
    R.SLOT: ("rota", Permission.SEE_ROTAS),
    R.PROJECT: ("project", Permission.SEE_PROJECTS),
}
"""Where a row leads to, and what one needs to see the rows at all."""


def _named(code: str) -> str:
    year, _dash, part = code.partition("-")
    if not part:
        return _("{year} 年", year=year)
    if part.startswith("Q"):
        return _("{year} 年第 {n} 季度", year=year, n=part[1:])
    return month(date(int(year), int(part), 1))


def periods(today: date) -> tuple[Period, Period]:
    """The period that is shown and the one beside it for the rate of participation, both in the address."""
    codes = offered(today)
    left, right = st.columns(2)
    with left:
        first = usual(today)
        code = pick("period", _("时期"), codes, _named, read=str, everything=_named(first)) or first
    shown = period(code, today=today)
    earlier = before(shown)
    others = [one for one in codes if len(one) == len(code) and ("Q" in one) == ("Q" in code) and one != code]
    with right:
        other = pick("against", _("参与率对照"), others, _named, read=str, everything=_named(earlier.code))
    return shown, period(other, today=today) if other else earlier


def paragraph(told: Mapping[ResultFigure, Told], where: str, days: str) -> str:
    """All sentences that have a base, as the articles have them in a row; `days`, the period, is said once."""
    said = ""
    for one in told.values():
        again = days in said and one.sentence.startswith(days)
        sentence = one.sentence.removeprefix(days).lstrip("，: ") if again else one.sentence
        said += sentence[:1].upper() + sentence[1:]
    return labelled(where, said) if said else ""


@replaceable("figures")
def results_paper(told: Mapping[ResultFigure, Told], where: str, as_of: str) -> Paper:
    """The figures on one sheet: value, parts, definition, and the paragraph."""
    lines = [
        [one.card.label, one.card.value, in_a_row(part for part in one.card.parts if part)] for one in told.values()
    ]
    notes = [labelled(one.card.label, one.card.definition) for one in told.values()]
    text = [paragraph(told, where, as_of), _("口径："), *notes]
    head = (_("指标"), _("数值"), _("构成与时期"))
    layout = Layout({"figures": (4.4, 3.2, 8.2)})
    return plain_paper(_("{where}服务成效", where=where), [as_of], text, [], layout, figures=(head, lines))


def behind_list(found: Page[Behind], what: ResultFigure, kind: ResultRow) -> None:
    """The rows, each leading to its own page."""
    has_minutes = what is ResultFigure.HOURS
    lines = [
        {
            "of": one.of,
            "number": one.number or one.what,
            "what": one.what,
            "on": near(one.on) if one.on else "",
            "says": one.says,
            "hours": hours(one.minutes or 0) if has_minutes else "",
            "led": one.by_member,
        }
        for one in found.rows
    ]
    columns = [
        Column("number", _("地点或岗位") if kind in (R.ACTIVITY, R.SLOT) else _("编号")),
        Column("what", _("内容")),
    ]
    if kind is not R.MEMBER:
        columns.append(Column("on", _("日期"), "nowrap"))
    if what in (ResultFigure.SOLVED, ResultFigure.SATISFACTION):
        columns.append(Column("says", _("结果")))
    if has_minutes:
        columns.append(Column("hours", _("时长"), "number"))
    if kind is R.PROJECT:
        columns.append(Column("led", _("党员领办")))
    rows(
        lines, columns, key=f"results.{what}.{kind}", empty=_("这个时期没有这一类。"), caption=term(kind),
        page=PAGES[kind][0], value="of",
    )  # fmt: skip
    pager(found.rows, found.more)


def paper_button(user: Actor, sheet: Paper, name: str, record: Callable[[Actor], object]) -> None:
    """The figures as a Word page; `record` writes down that it left the house."""

    def made(actor: Actor) -> bytes:
        content = sheet()
        record(actor)
        return content

    file_button(user, Permission.EXPORT, _("下载为 Word"), name, WORD, made, key="results.paper",
                icon=":material/description:")  # fmt: skip


def place_in_list() -> int:
    """After which row the list goes on."""
    return id_in_address("before") or 0


def report_form(what: ResultFigure, chosen: Chosen, sentence: str) -> Request | None:
    """Keep the figure as it is reported today."""
    key = f"results.report.{what}.{chosen.period.code}.{chosen.community_id or 0}.{chosen.squad_id or 0}"
    with form(key) as filling:
        text = filling.words("text", _("报出的文字"), start=sentence)
        pressed = filling.submit(_("记下已报出"))
    if not pressed:
        return None
    values: dict[str, object] = {
        "what": what, "period": chosen.period.code, "community_id": chosen.community_id, "squad_id": chosen.squad_id,
        "text": text,
    }  # fmt: skip
    return Request(at=filling, act=report_figure, said=_("已记下：报出的文字和当时的基数"), values=values)


def _parts(base: Base) -> str:
    return number(base[0]) if base[1] is None else f"{number(base[0])}/{number(base[1])}"


def reports_list(found: Sequence[Report], today: Mapping[int, Base], *, key: str, named: bool = False) -> None:
    """What was reported, and whether it stands on the same base today."""

    def stands(one: Report) -> object:
        base = today.get(one.id)
        if base is None:
            return _("没有核对")
        if base == one.base:
            return Marked(_("未变"), "green")
        return Marked(_("已变：现为 {now}", now=_parts(base)), "orange")

    lines = [
        {
            "at": near(one.at), "what": term(one.what), "base": _parts(one.base), "stands": stands(one), "by": one.by,
            "text": one.text,
        }
        for one in found
    ]  # fmt: skip
    columns = [
        Column("at", _("报出时间"), "nowrap"), *([Column("what", _("指标"))] if named else []),
        Column("base", _("当时的基数"), "nowrap"), Column("stands", _("现在")), Column("text", _("报出的文字"), "wide"),
        Column("by", _("报出人")),
    ]  # fmt: skip
    rows(lines, columns, key=key, empty=_("还没有报出过。"), caption=_("报出的数"))
