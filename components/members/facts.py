"""What is known of a member: kind, unit, skills, name; links and merges; consents and how long it is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.forms import form
from components.members.words import apart, half_day
from components.people.consents import consent_form, withdraw_form
from components.people.sheet import consents_table
from components.wording import _
from components.wording.terms import term
from db.actions.members.keeping import erase_member, keep_member
from db.actions.members.links import link_member, unlink_member
from db.actions.members.merges import merge_members, undo_member_merge
from db.actions.members.roll import amend_member, rename_member
from db.queries.members.card import MemberCard, MergedEntry
from db.queries.members.links import Proposal
from db.rules.half_days import SLOTS
from db.terms import MemberKind

LONGER = timedelta(days=365)


def fact_forms(card: MemberCard, units: Mapping[int, str]) -> Request | None:
    """Kind, unit, skills, half days; another name or telephone."""
    request = _amend_form(card, units) if card.ended_on is None else None
    return _rename_form(card) or request


def _amend_form(card: MemberCard, units: Mapping[int, str]) -> Request | None:
    # A unit that ended stays with whom it has until somebody chooses another.
    offered = dict(units) | ({card.unit_id: card.unit} if card.unit_id else {})
    with form(f"amend_member.{card.id}") as filling:
        version = filling.seen("version", card.version)
        left, right = st.columns(2)
        with left:
            kind = filling.choice("kind", _("类型"), list(MemberKind), start=card.kind)
            year = filling.line("birth_year", _("出生年份（不改就空着）"), help=_("四位数，只用来算年龄段，不显示。"))
        with right:
            unit = filling.choice(
                "unit_id", _("共建单位（可不填）"), list(offered), start=card.unit_id,
                show=lambda one: offered.get(one, str(one)),
            )  # fmt: skip
            skills = filling.line("skills", _("特长（用顿号隔开）"), start="、".join(card.skills), most=200)
        none = card.unit_id is not None and filling.yes("no_unit", _("不再属于这个单位"))
        slots = filling.several("free_slots", _("哪些半天有空"), SLOTS, start=card.free_slots, show=half_day)
        pressed = filling.submit(_("保存资料"), icon=":material/save:")
    values = {
        "member_id": card.id, "version": version, "kind": kind, "unit_id": None if none else unit,
        "skills": apart(skills), "free_slots": slots, "birth_year": year,
    }  # fmt: skip
    return Request(filling, amend_member, _("资料已保存"), values) if pressed else None


def _rename_form(card: MemberCard) -> Request | None:
    with form(f"rename_member.{card.id}") as filling:
        st.caption(_("不填的不改；原来的姓名和电话留在变动里。"))
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("新的姓名"), most=30)
        with right:
            phone = filling.line("phone", _("新的电话"), most=20)
        none = filling.yes("no_phone", _("没有电话了"))
        reason = filling.line("reason", _("原因（可不填）"), most=200)
        pressed = filling.submit(_("改姓名、电话"))
    values = {"name": name, "phone": phone, "no_phone": none, "reason": reason}
    who = {"member_id": card.id, "version": card.version}
    return Request(filling, rename_member, _("已改，原来的留在变动里"), {**who, **values}) if pressed else None


# --- links and merges -----------------------------------------------------------------------------------------


def link_forms(card: MemberCard, found: Sequence[Proposal]) -> Request | None:
    """What may be the same human being is proposed; somebody presses, and can undo it."""
    request: Request | None = None
    if card.ended_on is None:
        offered = {f"{one.what.value}.{one.id}": one for one in found}
        if offered:
            with form(f"link_member.{card.id}") as filling:
                st.caption(_("姓名和电话都相同（账号看姓名）。核对是本人再关联，关联可以取消。"))
                key = filling.choice(
                    "other_id", _("可能是同一个人"), list(offered), start=next(iter(offered)),
                    show=lambda one: f"{term(offered[one].what)} {offered[one].name}" if one in offered else one,
                )  # fmt: skip
                if filling.submit(_("关联"), icon=":material/link:"):
                    one = offered.get(key or "")
                    meant = {"what": one.what, "other_id": one.id} if one else {"what": None, "other_id": None}
                    linking: dict[str, object] = {"member_id": card.id, **meant}
                    request = Request(filling, link_member, _("已关联"), linking)
        elif len(card.links) < len(("person", "volunteer", "account")):
            st.caption(_("没有找到姓名和电话都相同的人员、志愿者，或同名的账号。"))
    if card.links:
        with form(f"unlink_member.{card.id}") as filling:
            what = filling.choice(
                "what", _("取消哪一项关联"), list(card.links), start=next(iter(card.links)),
                show=lambda one: f"{term(one)} {card.links.get(one, '')}",
            )  # fmt: skip
            reason = filling.line("reason", _("原因"), most=200)
            if filling.submit(_("取消关联"), icon=":material/link_off:"):
                values = {"member_id": card.id, "what": what, "reason": reason}
                request = Request(filling, unlink_member, _("已取消关联"), values)
    return request


def find_other(card: MemberCard) -> str:
    """What is looked for when this entry is to be merged with another."""
    return st.text_input(
        _("找要并入的另一条登记"), key=f"members.find.{card.id}", icon=":material/search:",
        placeholder=_("全名、全拼、首字母、电话、编号或特长"),
    )  # fmt: skip


def merge_forms(card: MemberCard, others: Mapping[int, str], merged: Sequence[MergedEntry]) -> Request | None:
    """Two entries of one member made one, and taken apart again."""
    request: Request | None = None
    if others:
        with form(f"merge_members.{card.id}") as filling:
            other = filling.choice(
                "other_id", _("哪一条并入这一条"), list(others), show=lambda one: others.get(one, str(one))
            )
            st.caption(_("支部和日期以这一条为准，缺的电话、单位和关联补上；可以撤销。"))
            if filling.submit(_("合并"), icon=":material/merge:"):
                values = {"kept_id": card.id, "other_id": other}
                request = Request(filling, merge_members, _("已合并为一条"), values)
    if merged:
        names = {one.id: one.name for one in merged}
        with form(f"undo_member_merge.{card.id}") as filling:
            which = filling.choice(
                "member_id", _("撤销哪一次合并"), list(names), start=merged[0].id,
                show=lambda one: names.get(one, str(one)),
            )  # fmt: skip
            if filling.submit(_("撤销合并"), icon=":material/undo:"):
                request = Request(filling, undo_member_merge, _("已分开"), {"member_id": which or 0})
    return request


# --- consents and keeping -------------------------------------------------------------------------------------


def keeping_forms(card: MemberCard, today: date, *, erases: bool) -> Request | None:
    """The ledger of consents; how long the entry of somebody who left is kept, and how it is wiped."""
    consents_table(card.consents)
    with st.expander(_("登记一份同意"), icon=":material/how_to_reg:"):
        request = consent_form(None, today, member_id=card.id)
    request = withdraw_form(f"member.{card.id}", card.consents) or request
    if card.ended_on is None:
        st.caption(_("在册期间一直保存；离册后再保存两年，到期复核。"))
        return request
    with form(f"keep_member.{card.id}") as filling:
        until = filling.day("keep_until", _("继续保存到"), start=today + LONGER)
        if filling.submit(_("已复核，继续保存"), icon=":material/event_repeat:"):
            request = Request(filling, keep_member, _("已延长保存"), {"member_id": card.id, "keep_until": until})
    if erases:
        with st.expander(_("删除这位党员的资料"), icon=":material/delete_forever:"):
            request = _erase_form(card) or request
    return request


def _erase_form(card: MemberCard) -> Request | None:
    with form(f"erase_member.{card.id}") as filling:
        st.caption(_("清除姓名、电话、出生年份、特长、关联和变动里的旧姓名旧电话；各天的人数不变。删除后不能恢复。"))
        reason = filling.line("reason", _("删除的理由"), most=200, help=_("例：本人要求；已搬离。不写姓名。"))
        sure = filling.yes("sure", _("我已核对，确认删除"))
        pressed = filling.submit(_("删除资料"), icon=":material/delete_forever:")
    if pressed and not sure:
        filling.problem("sure", _("请先勾选确认。"))
        return None
    values = {"member_id": card.id, "reason": reason}
    return Request(filling, erase_member, _("资料已删除"), values) if pressed else None
