"""志愿者名册: the list, and how somebody is entered."""

import re
from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _, side_by_side
from components.wording.dates import hours
from components.wording.terms import term
from db.actions.volunteers.volunteers import register_volunteer
from db.queries.volunteers.volunteers import RegistrySums, VolunteerRow
from db.terms import VolunteerKind


def sums_line(sums: RegistrySums) -> None:
    """How many, by kind, and their hours."""
    line = _(
        "党员志愿者 {party} 人，居民志愿者 {residents} 人，队伍 {squads} 支，累计服务 {time}。",
        party=sums.party_members,
        residents=sums.residents,
        squads=sums.squads,
        time=hours(sums.minutes),
    )
    st.caption(line)


def volunteer_list(volunteers: Sequence[VolunteerRow]) -> None:
    """The registry as one block."""
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "kind": term(one.kind),
                "skills": side_by_side(one.skills),
                "squads": one.squads,
                "time": hours(one.minutes),
                "linked": one.linked,
            }
            for one in volunteers
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("name", _("姓名"), "nowrap"),
            Column("kind", _("类型"), "nowrap"),
            Column("skills", _("特长")),
            Column("squads", _("队伍")),
            Column("time", _("累计服务"), "number"),
            Column("linked", _("有账号"), "nowrap"),
        ],
        key="volunteers.list",
        page="volunteers",
        empty=_("没有找到志愿者。换个编号或特长试试，或在上面登记一位。"),
        caption=_("志愿者名册"),
    )


def skills_from(text: str) -> list[str]:
    """Skills as they were typed, apart at commas and spaces of either script."""
    return [part for part in re.split(r"[、，,；;\s]+", text) if part]


def register_form() -> Request | None:
    """Enter somebody: name, telephone, what one can do and when."""
    with form("register_volunteer", border=False) as filling:
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("姓名"), most=30)
        with right:
            phone = filling.line("phone", _("电话（可不填）"), most=20)
        kind = filling.choice("kind", _("类型"), list(VolunteerKind), few=True, start=VolunteerKind.RESIDENT)
        skills = filling.line("skills", _("特长（用顿号隔开）"), help=_("例如：电工、理发、急救"), most=200)
        free = filling.line("free_times", _("可服务时间"), help=_("例如：周末、晚上七点后"))
        another = filling.yes("another", _("不是同一个人（名册里有同名、同音或同电话的人时勾选）"))
        pressed = filling.submit(_("登记"))
    values: dict[str, object] = {"name": name, "phone": phone, "kind": kind, "another": another}
    values |= {"skills": skills_from(skills), "free_times": free}
    return Request(filling, register_volunteer, _("已登记"), values) if pressed else None
