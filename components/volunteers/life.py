"""What belongs to an entry beside name and skills: pause, guardian, whom to call; and their forms."""

from datetime import date, timedelta

import streamlit as st

from components.acting import Look, Request
from components.asking import in_clear, look
from components.forms import form
from components.volunteers.half_days import slots_words
from components.volunteers.held import paused_words
from components.volunteers.words import band_words
from components.wording import N_, _, noted, safe, side_by_side
from components.wording.dates import dated, near
from components.wording.terms import term
from db.actions.orders.leaving import pause_volunteer
from db.actions.volunteers.life import (
    agree_as_guardian,
    amend_particulars,
    resume_volunteer,
    unmask_volunteer,
    withdraw_guardian,
)
from db.queries.volunteers.card import VolunteerCard
from db.queries.volunteers.records import VolunteerOriginals
from db.rules.volunteers.asking import PAUSE_MOST_DAYS
from db.rules.volunteers.particulars import CLEARED, ParticularsInput
from db.terms import Interest

CLEARING = {
    "birth_year": N_("出生年份"),
    "platform_number": N_("注册平台编号"),
    "contact_name": N_("紧急联系人"),
    "contact_phone": N_("紧急联系电话"),
}


def standing(card: VolunteerCard, today: date) -> None:
    """What stands in the way of sending somebody: a pause, a guardian's word."""
    if card.paused_until is not None and card.paused_from is not None and card.paused_until >= today:
        days = {"first": dated(card.paused_from), "last": dated(card.paused_until), "why": safe(card.paused_reason)}
        st.info(
            _("{first} 至 {last} 暂停服务：{why}。这几天不派单、不排班，到期自动恢复。", **days),
            icon=":material/pause_circle:",
        )
    if card.minor and card.guardian_agreed_on is None:
        st.warning(_("可能未满 18 岁，还没有监护人同意：现在不能派单、不能排班。"), icon=":material/family_restroom:")


def life_lines(card: VolunteerCard) -> list[tuple[str, str]]:
    """The rest of the registration form, masked: what, and its value."""
    fit = {True: _("适合（自述）"), False: _("有不便（自述）"), None: "—"}[card.fit]
    lines = [
        (_("空闲半天"), slots_words(card.free_slots) or "—"),
        (_("年龄段"), band_words(card.band)),
        (_("意向领域"), side_by_side(term(kind) for kind in card.interests) or "—"),
        (_("紧急联系人"), f"{card.contact_name} {card.contact_phone}".strip() or "—"),
        (_("注册平台编号"), card.platform_number or "—"),
        (_("健康状况"), fit),
    ]
    if card.minor or card.guardian:
        since = near(card.guardian_agreed_on) if card.guardian_agreed_on else _("未同意")
        lines.append((_("监护人"), noted(card.guardian or "—", since)))
    if card.promised_on:
        lines.append((_("志愿服务承诺"), near(card.promised_on)))
    return lines


def look_form(volunteer_id: int) -> Look:
    """查看原值: the entry."""
    return look(f"unmask_volunteer.{volunteer_id}", unmask_volunteer, {"volunteer_id": volunteer_id})


def show_clear(clear: VolunteerOriginals) -> None:
    """The originals, once."""
    lines = [
        (_("姓名"), clear.name), (_("电话"), clear.phone), (_("注册平台编号"), clear.platform_number),
        (_("紧急联系人"), f"{clear.contact} {clear.contact_phone}"),
        (_("监护人"), f"{clear.guardian} {clear.guardian_phone}"),
    ]  # fmt: skip
    in_clear(*(f"{label}  {value}" for label, value in lines if value.strip()))


def pause_form(card: VolunteerCard, today: date) -> Request | None:
    """From when until when, and why."""
    with form(f"pause_volunteer.{card.id}") as filling:
        st.caption(
            _(
                "这几天不派单、不排班：期间的班次、摊位、陪访和活动自动空出待补人，订单退回派单；正在上门的照常做完。过了最后一天自动恢复。"
            )
        )
        left, right = st.columns(2)
        with left:
            first = filling.day("first", _("从哪天起"), start=today, least=today - timedelta(days=31))
        with right:
            last = filling.day("last", _("最后一天"), least=today, most=today + timedelta(days=PAUSE_MOST_DAYS))
        reason = filling.line("reason", _("暂停原因"), help=_("例如：外出、住院陪护、学习。不写病情。"), most=200)
        pressed = filling.submit(_("暂停"), icon=":material/pause_circle:")
    values = {"volunteer_id": card.id, "version": card.version, "first": first, "last": last, "reason": reason}
    return Request(filling, pause_volunteer, paused_words, values) if pressed else None


def resume_form(card: VolunteerCard) -> Request | None:
    """Before its last day."""
    with form(f"resume_volunteer.{card.id}") as filling:
        st.caption(_("从现在起又可以派单、排班。"))
        pressed = filling.submit(_("提前恢复"), icon=":material/play_circle:")
    values = {"volunteer_id": card.id, "version": card.version}
    return Request(filling, resume_volunteer, _("已恢复"), values) if pressed else None


def guardian_form(card: VolunteerCard, today: date) -> Request | None:
    """The guardian's word, or its withdrawal."""
    if card.guardian_agreed_on is not None:
        with form(f"withdraw_guardian.{card.id}") as filling:
            reason = filling.line("reason", _("撤回原因"), most=200)
            pressed = filling.submit(_("监护人撤回同意"))
        values = {"volunteer_id": card.id, "version": card.version, "reason": reason}
        return Request(filling, withdraw_guardian, _("已记下，不再派单"), values) if pressed else None
    with form(f"agree_as_guardian.{card.id}") as filling:
        left, right = st.columns(2)
        with left:
            name = filling.line("guardian", _("监护人姓名"), most=30)
        with right:
            phone = filling.line("phone", _("监护人电话"), most=20)
        on = filling.day("on", _("同意的日子"), start=today, most=today)
        pressed = filling.submit(_("记下监护人同意"))
    said = {"volunteer_id": card.id, "version": card.version, "guardian": name, "phone": phone, "on": on}
    return Request(filling, agree_as_guardian, _("已记下，可以派单"), said) if pressed else None


def particulars_form(card: VolunteerCard) -> Request | None:
    """The rest of the registration form: what is masked is only replaced or taken out."""
    with form(f"amend_particulars.{card.id}") as filling:
        st.caption(_("紧急联系人、编号和出生年份不填的不改；名册里只显示年龄段。"))
        left, right = st.columns(2)
        with left:
            name = filling.line("contact_name", _("紧急联系人"), most=30)
            year = filling.whole("birth_year", _("出生年份"), least=1900, most=2100, start=None)
        with right:
            phone = filling.line("contact_phone", _("紧急联系电话"), most=20)
            number = filling.line("platform_number", _("注册平台编号"), most=30)
        fit = filling.choice(
            "fit", _("健康状况是否适合（本人自述，可不选）"), [True, False], few=True, start=card.fit,
            show=lambda one: _("适合") if one else _("有不便"),
        )  # fmt: skip
        kinds = filling.ticks("interests", _("意向领域"), list(Interest), start=card.interests)
        cleared = filling.ticks("cleared", _("要清空的"), list(CLEARED), show=lambda one: _(CLEARING[one]))
        pressed = filling.submit(_("保存"))
    given = ParticularsInput(year, number, name, phone, fit, tuple(kinds), tuple(cleared))
    values = {"volunteer_id": card.id, "version": card.version, "given": given}
    return Request(filling, amend_particulars, _("已保存"), values) if pressed else None
