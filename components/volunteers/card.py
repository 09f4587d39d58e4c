"""One volunteer: the card with every service and what happened to the entry, and the forms of the staff."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.acting import Request
from components.address import filter_view
from components.detail import fact_list, head
from components.forms import form
from components.lists import Column, rows
from components.orders.words import service_name
from components.projects.frame import choose
from components.volunteers.half_days import slot_words
from components.volunteers.held import freed_words, held_words
from components.volunteers.life import (
    guardian_form,
    life_lines,
    particulars_form,
    pause_form,
    resume_form,
    standing,
)
from components.volunteers.records import stars_line
from components.volunteers.registry import skills_from
from components.wording import N_, _, safe, side_by_side
from components.wording.dates import dated, day, hours, near, with_days
from components.wording.terms import term
from db.actions.orders.leaving import bring_back, end_volunteer
from db.actions.volunteers.hours import correct_order_hours, correct_service
from db.actions.volunteers.merges import merge_volunteers
from db.actions.volunteers.squads import join_squad, leave_squad
from db.actions.volunteers.volunteers import (
    amend_volunteer,
    link_account,
    rename_volunteer,
    unlink_account,
)
from db.queries.volunteers.card import VolunteerCard
from db.queries.volunteers.openings import Candidate
from db.queries.volunteers.squads import SquadChoice
from db.rules.orders.dispatch import SLOTS
from db.terms import VolunteerChange

DOINGS = {
    "amend": N_("特长与时间"),
    "rename": N_("姓名与电话"),
    "particulars": N_("登记表其他项"),
    "guardian": N_("监护人"),
    "pause": N_("暂停"),
    "resume": N_("提前恢复"),
    "squad": N_("加入队伍"),
    "leave": N_("离开队伍"),
    "link": N_("关联账号"),
    "unlink": N_("取消关联"),
    "correct": N_("更正时长"),
    "end": N_("办退出"),
    "back": N_("回来"),
    "merge": N_("合并"),
}
CORRECTED = tuple(range(0, 721, 30))


BLOCKS = {
    "service": N_("服务情况"),
    "training": N_("培训"),
    "award": N_("表彰"),
    "rating": N_("评价"),
    "paper": N_("情况说明"),
}
"""The blocks of the record beside the facts (志愿服务条例 art. 19), and the papers about it."""


def card_head(card: VolunteerCard, today: date) -> None:
    """Who it is, and what stands in the way of sending them."""
    head(card.name, number=card.number, about=term(card.kind))
    if card.ended_on is not None:
        st.info(
            _("已于 {day} 退出：{reason}", day=dated(card.ended_on), reason=safe(card.ended_reason)),
            icon=":material/logout:",
        )
    else:
        standing(card, today)


def card_facts(card: VolunteerCard) -> None:
    """基本信息 of one volunteer, masked."""
    lines = [
        (_("特长"), side_by_side(card.skills) or "—"),
        (_("可服务时间"), card.free_times or "—"),
        (_("联系电话"), card.phone or "—"),
        (_("账号"), card.account or _("未关联")),
        (_("队伍"), side_by_side(card.squads.values()) or "—"),
        (_("累计服务"), hours(card.minutes)),
        (_("登记"), near(card.since)),
        *life_lines(card),
    ]
    fact_list(lines, key="volunteers.facts", caption=_("基本信息"))
    stars_line(card)


def block_of() -> str:
    """Which block of the record is looked at."""
    return filter_view("block", _("哪一块"), list(BLOCKS), lambda one: _(BLOCKS[one]), start="service", read=str)


def service_block(card: VolunteerCard) -> None:
    """Every service with every correction, and what happened to the entry."""
    rows(
        [
            {"activity": what, "on": near(on), "time": hours(minutes), "was": was, "why": why}
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
        short=True,
    )
    if card.history:
        with st.expander(_("登记的变动"), icon=":material/history:"):
            _history(card)


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


def _history(card: VolunteerCard) -> None:
    rows(
        [
            {
                "what": term(one.kind),
                "values": " → ".join(_told(one.kind, part) for part in (one.before, one.after) if part),
                "why": one.reason,
                "who": one.by,
                "at": near(one.at),
            }
            for one in card.history
        ],
        [
            Column("what", _("变动"), "nowrap"),
            Column("values", _("从哪到哪")),
            Column("why", _("原因")),
            Column("who", _("谁办的"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
        ],
        key="volunteers.history",
        empty="",
        caption=_("登记的变动"),
    )


def _told(kind: VolunteerChange, part: str) -> str:
    """One side of a change: days as days, checked minutes as hours."""
    if kind is VolunteerChange.HOURS_CHECKED:
        *on, minutes = part.split()
        part = " ".join((*on, hours(int(minutes))))
    return with_days(part)


def card_doing(card: VolunteerCard, squads: Sequence[SquadChoice], today: date, *, merges: bool) -> str:
    """What to do with one entry: only what is possible now is offered."""
    paused = card.paused_until is not None and card.paused_until >= today
    possible = {
        "amend": True,
        "rename": True,
        "particulars": True,
        "guardian": card.ended_on is None and (card.minor or card.guardian_agreed_on is not None),
        "pause": card.ended_on is None and not paused,
        "resume": card.ended_on is None and paused,
        "squad": card.ended_on is None and len(squads) > len(card.squads),
        "leave": bool(card.squads),
        "link": card.ended_on is None and not card.account,
        "unlink": bool(card.account),
        "correct": bool(card.services or card.orders),
        "end": card.ended_on is None,
        "back": card.ended_on is not None,
        "merge": merges,
    }
    offered = {code: DOINGS[code] for code, able in possible.items() if able}
    return choose("do", offered, start="amend", key=f"volunteers.do.{card.id}")


def card_form(
    doing: str, card: VolunteerCard, squads: Sequence[SquadChoice], accounts: Mapping[int, str], today: date
) -> Request | None:
    """The one form that was chosen; merging has a search above its own (`merge_form`)."""
    forms: Mapping[str, Callable[[], Request | None]] = {
        "amend": lambda: _amend_form(card),
        "rename": lambda: _rename_form(card),
        "particulars": lambda: particulars_form(card),
        "guardian": lambda: guardian_form(card, today),
        "pause": lambda: pause_form(card, today),
        "resume": lambda: resume_form(card),
        "squad": lambda: _squad_form(card, {one.id: one.name for one in squads if one.id not in card.squads}),
        "leave": lambda: _leave_form(card),
        "link": lambda: _link_form(card, accounts),
        "unlink": lambda: _unlink_form(card),
        "correct": lambda: _correct_form(card),
        "end": lambda: _end_form(card, today),
        "back": lambda: _back_form(card),
    }
    return forms[doing]()


def find_other(card: VolunteerCard) -> str:
    """What is looked for when this entry is to be merged with another."""
    return st.text_input(
        _("找另一条登记"),
        key=f"volunteers.find.{card.id}",
        placeholder=_("编号或特长，例如：电工"),
        icon=":material/search:",
    )


def merge_form(card: VolunteerCard, found: Sequence[Candidate]) -> Request | None:
    """This entry stays, the other one leads to it."""
    others = {one.id: f"{one.number} {one.name}" for one in found if one.id != card.id}
    with form(f"merge_volunteers.{card.id}") as filling:
        other = filling.choice("other_id", _("哪一条并入这一条"), list(others), show=_of(others))
        st.caption(_("岗位、时长、订单、结对、同意和账号都转过来，缺的电话补上；可以在“重复登记”页撤销。"))
        pressed = filling.submit(_("合并"), icon=":material/merge:")
    if pressed and other is None:
        filling.problem("other_id", _("请从列表中选择。"))
        return None
    return _ask(filling, pressed, merge_volunteers, _("已合并为一条"), kept_id=card.id, other_id=other)


def _of(names: Mapping[int, str]) -> Callable[[int], str]:
    """Shows one of these, also one that was chosen before and is in the list no longer."""
    return lambda key: names.get(key, str(key))


def _ask(filling: Any, pressed: bool, act: Any, said: str | Callable[[Any], str], **values: object) -> Request | None:
    return Request(filling, act, said, values) if pressed else None


def _amend_form(card: VolunteerCard) -> Request | None:
    with form(f"amend_volunteer.{card.id}") as filling:
        skills = filling.line("skills", _("特长（用顿号隔开）"), start=side_by_side(card.skills), most=200)
        slots = filling.ticks("free_slots", _("空闲半天（派单看这里）"), SLOTS, start=card.free_slots, show=slot_words)
        free = filling.line(
            "free_times", _("可服务时间"), start=card.free_times, help=_("补充说明，例如：下雨天不行。")
        )
        pressed = filling.submit(_("保存"))
    return _ask(
        filling, pressed, amend_volunteer, _("已保存"),
        volunteer_id=card.id, version=card.version, skills=skills_from(skills), free_times=free, free_slots=slots,
    )  # fmt: skip


def _rename_form(card: VolunteerCard) -> Request | None:
    with form(f"rename_volunteer.{card.id}") as filling:
        st.caption(_("不填的不改；原来的姓名和电话留在变动里。"))
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("新的姓名"), most=30)
        with right:
            phone = filling.line("phone", _("新的电话"), most=20)
        none = filling.yes("no_phone", _("没有电话了"))
        reason = filling.line("reason", _("原因（可不填）"), most=200)
        pressed = filling.submit(_("改姓名、电话"))
    return _ask(
        filling, pressed, rename_volunteer, _("已改，原来的留在变动里"),
        volunteer_id=card.id, version=card.version, name=name, phone=phone, no_phone=none, reason=reason,
    )  # fmt: skip


def _squad_form(card: VolunteerCard, names: Mapping[int, str]) -> Request | None:
    with form("join_squad") as filling:
        chosen = filling.choice("squad_id", _("队伍"), list(names), show=_of(names))
        pressed = filling.submit(_("加入"))
    return _ask(filling, pressed, join_squad, _("已加入队伍"), squad_id=chosen, volunteer_id=card.id)


def _leave_form(card: VolunteerCard) -> Request | None:
    with form("leave_squad") as filling:
        chosen = filling.choice("squad_id", _("队伍"), list(card.squads), show=_of(card.squads))
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("离开"))
    return _ask(
        filling, pressed, leave_squad, _("已离开队伍"), squad_id=chosen, volunteer_id=card.id, reason=reason
    )  # fmt: skip


def _link_form(card: VolunteerCard, accounts: Mapping[int, str]) -> Request | None:
    with form("link_account") as filling:
        chosen = filling.choice("account_id", _("账号"), list(accounts), show=_of(accounts))
        pressed = filling.submit(_("关联"))
    said = _("已关联，本人可以在手机上认领")
    return _ask(filling, pressed, link_account, said, volunteer_id=card.id, account_id=chosen)


def _unlink_form(card: VolunteerCard) -> Request | None:
    with form("unlink_account") as filling:
        st.caption(_("取消后这个账号看不到这位志愿者的岗位和订单，可以另外关联一个账号。"))
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("取消关联"))
    return _ask(filling, pressed, unlink_account, _("已取消关联"), volunteer_id=card.id, reason=reason)


def _end_form(card: VolunteerCard, today: date) -> Request | None:
    with form(f"end_volunteer.{card.id}") as filling:
        st.caption(held_words(card.holds))
        if card.holds.leads:
            st.warning(_("这个账号还在带 {n} 个项目：请到项目页换负责人。", n=card.holds.leads), icon=":material/flag:")
        on = filling.day("on", _("最后一天"), start=today, least=card.since, most=today)
        reason = filling.line("reason", _("退出原因"), most=200)
        pressed = filling.submit(_("办退出"), icon=":material/logout:")
    return _ask(
        filling, pressed, end_volunteer, freed_words,
        volunteer_id=card.id, version=card.version, on=on, reason=reason,
    )  # fmt: skip


def _back_form(card: VolunteerCard) -> Request | None:
    with form(f"bring_back.{card.id}") as filling:
        st.caption(_("从今天起重新服务；退出时放空的岗位、订单和结对不会自动回来。"))
        reason = filling.line("reason", _("说明（可不填）"), most=200)
        pressed = filling.submit(_("办回来"), icon=":material/login:")
    said = _("已回来，可以重新派单和入队")
    return _ask(filling, pressed, bring_back, said, volunteer_id=card.id, version=card.version, reason=reason)


def _correct_form(card: VolunteerCard) -> Request | None:
    lines = {("record_id", one.id): f"{day(one.on)} {one.activity} · {hours(one.minutes)}" for one in card.services}
    lines |= {
        ("order_id", one.id): f"{day(one.on)} {service_name(one)} {one.number} · {hours(one.minutes)}"
        for one in card.orders
    }
    with form("correct_service") as filling:
        chosen = filling.choice("record_id", _("哪条记录"), list(lines), show=lambda key: lines.get(key, str(key)))
        minutes = filling.choice(
            "minutes",
            _("改为"),
            CORRECTED,
            show=lambda value: hours(value) if value else _("0（作废这条）"),
        )
        reason = filling.line("reason", _("更正理由"), help=_("原来的时长会一直留在记录里。"), most=200)
        pressed = filling.submit(_("更正"))
    if not pressed:
        return None
    if chosen is None:
        filling.problem("record_id", _("请从列表中选择。"))
        return None
    act = correct_service if chosen[0] == "record_id" else correct_order_hours
    values = {chosen[0]: chosen[1], "minutes": minutes, "reason": reason}
    return Request(filling, act, _("已更正，原值保留"), values)
