"""责任分工 on the screen: who does what from when to when, which duties wait for somebody, and the forms."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, labelled, noted
from components.wording.dates import near
from components.wording.terms import term
from db.actions.projects.duties import end_duty, give_duty, hand_over_duty
from db.queries.projects.duties import DutyPerson, DutyRow
from db.queries.projects.page import ProjectHead
from db.rules.projects.duties import DutyState
from db.terms import StagePart

STATES = {
    DutyState.AHEAD: (N_("还没到"), "gray"),
    DutyState.STANDING: (N_("在任"), "green"),
    DutyState.LEFT: (N_("人已离开，待交接"), "red"),
    DutyState.HANDED_ON: (N_("已交接"), "gray"),
    DutyState.OVER: (N_("已结束"), "gray"),
}


def duty_table(found: Sequence[DutyRow]) -> None:
    """Every duty; those that nobody holds any more are said above it."""
    if left := sum(row.state is DutyState.LEFT for row in found):
        st.warning(_("有 {n} 项责任的人已离开，请交给别人。", n=left), icon=":material/person_off:")
    rows(
        [
            {
                "what": row.what,
                "part": term(row.part),
                "name": row.name,
                "since": near(row.since),
                "until": near(row.until) if row.until else _("至今"),
                "state": {"word": _(STATES[row.state][0]), "colour": STATES[row.state][1]},
                "who": row.set_name,
            }
            for row in found
        ],
        [
            Column("what", _("责任")),
            Column("part", _("位置"), "nowrap"),
            Column("name", _("谁"), "nowrap"),
            Column("since", _("从"), "nowrap"),
            Column("until", _("到"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("who", _("登记人"), "nowrap"),
        ],
        key="duties.list",
        empty=_("还没有责任分工。写清谁主办、谁协办、各做什么。"),
        caption=_("责任分工"),
        short=True,
    )


def duty_forms(
    head: ProjectHead, found: Sequence[DutyRow], people: Sequence[DutyPerson], *, today: date
) -> Request | None:
    """Give a duty, hand one over, end one."""
    request = _give(head, people, today)
    standing = {row.id: row for row in found if row.until is None}
    if standing:
        request = _hand_over(standing, people, today) or request
        request = _end(standing, today) or request
    return request


def _names(people: Sequence[DutyPerson]) -> dict[int, str]:
    return {one.id: f"{one.name} · {term(one.role)}" for one in people}


def _give(head: ProjectHead, people: Sequence[DutyPerson], today: date) -> Request | None:
    names = _names(people)
    with (
        st.expander(_("新增一项责任"), icon=":material/assignment_ind:"),
        form(f"give_duty.{head.id}", border=False) as filling,
    ):
        what = filling.line("what", _("负责什么"), most=100, help=_("例如：入户摸底、联系施工队、整理台账"))
        with st.container(horizontal=True):
            person = filling.choice("person_id", _("谁"), list(names), show=names.__getitem__)
            part = filling.choice("part", _("位置"), list(StagePart), few=True, start=StagePart.ASSIST)
            since = filling.day("since", _("从哪天起"), start=today)
        pressed = filling.submit(_("登记责任"))
    values = {"project_id": head.id, "person_id": person, "part": part, "what": what, "since": since}
    return Request(filling, give_duty, _("责任已登记"), values) if pressed else None


def _which(standing: dict[int, DutyRow]) -> dict[int, str]:
    return {number: f"{row.what} · {row.name}" for number, row in standing.items()}


def _first(standing: dict[int, DutyRow]) -> int:
    """The duty that waits, if one does."""
    return next((number for number, row in standing.items() if row.state is DutyState.LEFT), next(iter(standing)))


def _hand_over(standing: dict[int, DutyRow], people: Sequence[DutyPerson], today: date) -> Request | None:
    names, duties = _names(people), _which(standing)
    with st.expander(_("交接责任"), icon=":material/move_item:"), form("hand_over_duty", border=False) as filling:
        with st.container(horizontal=True):
            duty = filling.choice("duty_id", _("哪一项"), list(duties), start=_first(standing), show=duties.__getitem__)
            person = filling.choice("person_id", _("交给谁"), list(names), show=names.__getitem__)
            since = filling.day("since", _("从哪天起"), start=today)
        pressed = filling.submit(_("交接"))
    if not pressed or duty is None:
        return None
    values = {"duty_id": duty, "version": standing[duty].version, "person_id": person, "since": since}
    return Request(filling, hand_over_duty, _("责任已交接"), values)


def _end(standing: dict[int, DutyRow], today: date) -> Request | None:
    duties = _which(standing)
    with st.expander(_("结束一项责任"), icon=":material/task_alt:"), form("end_duty", border=False) as filling:
        duty = filling.choice("duty_id", _("哪一项"), list(duties), show=duties.__getitem__)
        until = filling.day("until", _("最后一天"), start=today, most=today + timedelta(days=366))
        pressed = filling.submit(_("结束"))
    if not pressed or duty is None:
        return None
    values = {"duty_id": duty, "version": standing[duty].version, "until": until}
    return Request(filling, end_duty, _("责任已结束"), values)


def duty_words(found: Sequence[DutyRow]) -> str:
    """The duties that stand, for a paper, one a line."""
    over = (DutyState.HANDED_ON, DutyState.OVER)
    told = [labelled(term(row.part), noted(row.name, row.what)) for row in found if row.state not in over]
    return "\n".join(told)
