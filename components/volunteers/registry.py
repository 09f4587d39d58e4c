"""志愿者名册: the list, one volunteer's card, and the forms of the staff."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.orders.words import service_name
from components.projects.frame import choose
from components.wording import N_, _, safe
from components.wording.dates import day, hours
from components.wording.terms import term
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.volunteers import amend_volunteer, found_squad, join_squad, link_account, register_volunteer
from db.queries.volunteers.volunteers import RegistrySums, SquadRow, VolunteerCard, VolunteerRow
from db.terms import TeamTheme, VolunteerKind

DOINGS = {
    "amend": N_("特长与时间"),
    "squad": N_("加入队伍"),
    "link": N_("关联账号"),
    "correct": N_("更正时长"),
}
CORRECTED = tuple(range(0, 721, 30))


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


def volunteer_list(volunteers: Sequence[VolunteerRow]) -> str | None:
    """The registry as one block; returns the id of the volunteer who was clicked."""
    return rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "kind": term(one.kind),
                "skills": "、".join(one.skills),
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
        empty=_("没有找到志愿者。换个编号或特长试试，或在下面登记一位。"),
        caption=_("志愿者名册"),
    )


def squad_table(squads: Sequence[SquadRow]) -> None:
    """The standing teams by theme."""
    rows(
        [
            {
                "id": squad.id,
                "name": squad.name,
                "theme": term(squad.theme),
                "members": squad.members,
                "since": day(squad.founded_on),
            }
            for squad in squads
        ],
        [
            Column("name", _("队伍")),
            Column("theme", _("主题"), "nowrap"),
            Column("members", _("人数"), "number"),
            Column("since", _("成立"), "nowrap"),
        ],
        key="volunteers.squads",
        empty=_("还没有队伍。"),
        caption=_("志愿服务队"),
    )


def card_of(card: VolunteerCard) -> None:
    """One volunteer, masked, with every service and every correction."""
    st.subheader(safe(f"{card.number} {card.name}"))
    since = _("{day} 登记", day=day(card.since))
    facts = [
        f"{term(card.kind)} · {since}",
        _("特长：{skills}", skills="、".join(card.skills) or "—"),
        _("可服务时间：{times}", times=card.free_times or "—"),
        _("电话：{phone}", phone=card.phone or "—"),
        _("账号：{account}", account=card.account or _("未关联")),
        _("累计服务 {time}", time=hours(card.minutes)),
    ]
    st.text("\n".join(facts))
    rows(
        [
            {"activity": what, "on": day(on), "time": hours(minutes), "was": was, "why": why}
            for on, what, minutes, was, why in _served(card)
        ],
        [
            Column("activity", _("活动或订单")),
            Column("on", _("日期"), "nowrap"),
            Column("time", _("时长"), "number"),
            Column("was", _("更正前"), "number"),
            Column("why", _("说明")),
        ],
        key="volunteers.services",
        empty=_("还没有服务记录。"),
        caption=_("服务记录"),
    )


def _served(card: VolunteerCard) -> list[tuple[date, str, int, str, str]]:
    """Activities and confirmed orders in one list, newest first: together they make the sum."""
    lines = [
        (
            one.on, one.activity, one.minutes,
            hours(one.first_minutes) if one.first_minutes is not None else "", one.correction or one.note,
        )
        for one in card.services
    ] + [(one.on, service_name(one), one.minutes, "", one.number) for one in card.orders]  # fmt: skip
    return sorted(lines, key=lambda line: line[0], reverse=True)


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
        pressed = filling.submit(_("登记"))
    values = {"name": name, "phone": phone, "kind": kind, "skills": skills_from(skills), "free_times": free}
    return Request(filling, register_volunteer, _("已登记"), values) if pressed else None


def squad_form() -> Request | None:
    """A new standing team."""
    with form("found_squad", border=False) as filling:
        name = filling.line("name", _("队名"), most=30)
        theme = filling.choice("theme", _("主题"), list(TeamTheme), few=True)
        pressed = filling.submit(_("新建队伍"))
    return Request(filling, found_squad, _("队伍已建立"), {"name": name, "theme": theme}) if pressed else None


def card_forms(card: VolunteerCard, squads: Sequence[SquadRow], accounts: Mapping[int, str]) -> Request | None:
    """What the staff does with one entry: one form at a time."""
    able = {
        code: label
        for code, label in DOINGS.items()
        if (code != "link" or not card.account) and (code != "correct" or card.services)
    }
    doing = choose("do", able, start="amend", key=f"volunteers.do.{card.id}")
    if doing == "squad":
        names = {squad.id: squad.name for squad in squads}
        with form("join_squad") as filling:
            chosen = filling.choice("squad_id", _("队伍"), list(names), show=names.__getitem__)
            pressed = filling.submit(_("加入"))
        values: dict[str, object] = {"squad_id": chosen, "volunteer_id": card.id}
        return Request(filling, join_squad, _("已加入队伍"), values) if pressed else None
    if doing == "link":
        with form("link_account") as filling:
            chosen = filling.choice("account_id", _("账号"), list(accounts), show=accounts.__getitem__)
            pressed = filling.submit(_("关联"))
        values = {"volunteer_id": card.id, "account_id": chosen}
        return Request(filling, link_account, _("已关联，本人可以在手机上认领"), values) if pressed else None
    if doing == "correct":
        return _correct_form(card)
    with form(f"amend_volunteer.{card.id}") as filling:
        skills = filling.line("skills", _("特长（用顿号隔开）"), start="、".join(card.skills), most=200)
        free = filling.line("free_times", _("可服务时间"), start=card.free_times)
        pressed = filling.submit(_("保存"))
    values = {
        "volunteer_id": card.id,
        "version": card.version,
        "skills": skills_from(skills),
        "free_times": free,
    }
    return Request(filling, amend_volunteer, _("已保存"), values) if pressed else None


def _correct_form(card: VolunteerCard) -> Request | None:
    services = {service.id: service for service in card.services}
    with form("correct_service") as filling:
        chosen = filling.choice(
            "record_id",
            _("哪条记录"),
            list(services),
            show=lambda key: f"{day(services[key].on)} {services[key].activity} · {hours(services[key].minutes)}",
        )
        minutes = filling.choice(
            "minutes",
            _("改为"),
            CORRECTED,
            show=lambda value: hours(value) if value else _("0（作废这条）"),
        )
        reason = filling.line("reason", _("更正理由"), help=_("原来的时长会一直留在记录里。"), most=200)
        pressed = filling.submit(_("更正"))
    values = {"record_id": chosen, "minutes": minutes, "reason": reason}
    return Request(filling, correct_service, _("已更正，原值保留"), values) if pressed and chosen else None
