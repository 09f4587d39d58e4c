"""纸质票: two people type in what they counted, each without seeing the other's; a line per kind of ballot."""

import re
from typing import TypedDict

import streamlit as st

from components.acting import Request
from components.forms import Filling, form
from components.voting.question_words import option_lines
from components.wording import _, safe, side_by_side
from components.wording.terms import term
from db.actions.voting.paper import enter_paper
from db.rules.meetings.sitting import BallotStanding, WayStanding
from db.rules.voting.question import ABSTAIN, BadPattern, Question, canonical
from db.terms import Choice, QuestionKind

_TIMES = re.compile(r"\s*[×xX*]\s*(\d{1,4})\s*$")


class Counted(TypedDict, total=False):
    """What `enter_paper` returns."""

    agreed: bool | None
    differs: list[str]


class Unreadable(ValueError):
    """A line of the sheet that cannot be read; the text says which and why."""


def paper_form(ballot: BallotStanding, way: WayStanding) -> Request | None:
    """The count of one of the two; nothing of the other's is shown."""
    missing = [person for person in (1, 2) if person not in way.entries]
    if not missing:
        st.success(_("纸质票两次录入一致。"), icon=":material/check_circle:")
        return None
    if len(missing) == 1:
        st.text(_("一位已录入，正在等另一位用自己的账号独立录入。"))
    roles = {1: _("计票人"), 2: _("监票人")}
    with form(f"paper.{ballot.id}.{ballot.recounts}") as filling:
        st.text(_("纸质票：发出 {issued} 张", issued=way.issued))
        entry = filling.choice("entry", _("我是"), missing, start=missing[0], show=roles.__getitem__, few=True)
        name = filling.line("name", _("姓名"))
        with st.container(horizontal=True):
            returned = filling.whole("returned", _("收回"), least=0, most=way.issued)
            blank = filling.whole("blank", _("空白票"), least=0, most=way.issued, start=0)
            spoilt = filling.whole("spoilt", _("废票"), least=0, most=way.issued, start=0)
        typed = _sheet_fields(filling, ballot.question, way.issued)
        pressed = filling.submit(_("录入"), icon=":material/calculate:")
    if not pressed:
        return None
    try:
        sheet = _read(ballot.question, typed)
    except Unreadable as wrong:
        filling.problem("sheet", str(wrong))
        return None
    values = {
        "ballot_id": ballot.id, "entry": entry, "name": name, "returned": returned, "blank": blank, "spoilt": spoilt,
        "sheet": sheet,
    }  # fmt: skip
    return Request(filling, enter_paper, _said, values)


def _sheet_fields(filling: Filling, question: Question, issued: int) -> dict[str, int | None] | str:
    if question.kind is QuestionKind.MOTION:
        counts: dict[str, int | None] = {}
        with st.container(horizontal=True):
            for choice in Choice:
                counts[choice.value] = filling.whole(choice.value, term(choice), least=0, most=issued)
        return counts
    st.caption(safe("\n".join(option_lines(question))))
    return filling.words("sheet", _("有效票，一行一种：选择 × 张数"), height=160, help=sheet_help(question))


def sheet_help(question: Question) -> str:
    """How a line is written for this kind of question."""
    return {
        QuestionKind.RANK: _("按先后写选项号，例：3 > 1 > 2 × 4；弃权写“弃权 × 2”。"),
        QuestionKind.SCORE: _("按编号 1、2、3……的次序写分数，没打分写“-”，例：8 0 10 × 3；弃权写“弃权 × 2”。"),
    }.get(question.kind, _("写选中的选项号，例：1 3 × 4；弃权写“弃权 × 2”。"))


def _read(question: Question, typed: dict[str, int | None] | str) -> dict[str, int]:
    if not isinstance(typed, str):
        if any(count is None for count in typed.values()):
            raise Unreadable(_("请填写三项票数，没有就填 0。"))
        return {choice: count for choice, count in typed.items() if count}
    return read_sheet(question, typed)


def read_sheet(question: Question, text: str) -> dict[str, int]:
    """{pattern: count} of lines such as "1 3 × 4"; a line without a count is one ballot. Raises Unreadable."""
    sheet: dict[str, int] = {}
    for place, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line:
            continue
        times = _TIMES.search(line)
        count = int(times.group(1)) if times else 1
        choice = line[: times.start()].strip() if times else line
        if not count:
            raise Unreadable(_("第 {n} 行：张数不能是 0。", n=place))
        try:
            pattern = canonical(question, _plain(question, choice))
        except BadPattern as bad:
            raise Unreadable(_line_problem(question, place, bad.reason)) from None
        sheet[pattern] = sheet.get(pattern, 0) + count
    return sheet


def _plain(question: Question, choice: str) -> str:
    if choice in (term(Choice.ABSTAIN), ABSTAIN):
        return ABSTAIN
    mark = ">" if question.kind is QuestionKind.RANK else ","
    return mark.join(part for part in re.split(r"[\s,，、>＞]+", choice) if part)


def _line_problem(question: Question, place: int, reason: str) -> str:
    if reason == "too_many":
        return _("第 {n} 行：最多选 {most} 项，多选的是废票。", n=place, most=question.most)
    if reason == "twice":
        return _("第 {n} 行：同一个选项写了两次。", n=place)
    if reason == "bad_score":
        return _("第 {n} 行：分数是 0 到 10 的整数。", n=place)
    if question.kind is QuestionKind.SCORE:
        return _("第 {n} 行：要写 {count} 个分数，没打分写“-”。", n=place, count=len(question.options))
    return _("第 {n} 行：选项号是 1 到 {count}。", n=place, count=len(question.options))


def _said(result: Counted) -> str:
    if result["agreed"] is None:
        return _("已录入，请另一位独立录入")
    if result["agreed"]:
        return _("两次录入一致")
    fields = {"returned": _("收回"), "blank": _("空白票"), "spoilt": _("废票"), "sheet": _("有效票")}
    named = side_by_side(fields.get(name, name) for name in result.get("differs", ()))
    return _("两次录入不一致（{fields}），请都重新清点", fields=named)
