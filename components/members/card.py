"""One member on the screen: who (masked), where they stand, what they are linked with, what happened to the entry."""

from collections.abc import Mapping

import streamlit as st

from components.acting import Look
from components.address import go
from components.asking import in_clear, look
from components.detail import Step, fact_list, happened, head
from components.members.words import half_days, standing_word, told
from components.projects.frame import choose
from components.wording import N_, _, safe, side_by_side
from components.wording.dates import dated, near
from components.wording.terms import term
from db.actions.members.keeping import see_member
from db.queries.members.card import ClearMember, MemberCard, MemberEventRow
from db.terms import MemberChange, MemberLink

PARTS = {
    "standing": N_("在册与支部"),
    "facts": N_("资料"),
    "links": N_("关联与合并"),
    "keeping": N_("同意与保存"),
    "history": N_("变动记录"),
}
WAYS: Mapping[MemberLink, tuple[str, str]] = {
    MemberLink.PERSON: ("person", "person_id"),
    MemberLink.VOLUNTEER: ("volunteers", "volunteer_id"),
}
"""The page of a linked record, and the card's field with its id."""


def member_head(card: MemberCard) -> None:
    """Who, in which branch; what is to be known first."""
    head(card.name or _("（已删除）"), number=card.number, about="" if card.erased_at else card.branch)
    if card.erased_at is not None:
        st.info(_("这位党员的资料已按要求删除；名册各天的人数仍然真实。"), icon=":material/delete_forever:")
        return
    if card.ended_on is not None and card.ended_as is not None:
        st.info(
            _("已于 {day} 离册：{cause}。资料保存到 {until}。", day=dated(card.ended_on), cause=term(card.ended_as),
              until=dated(card.keep_until)),
            icon=":material/logout:",
        )  # fmt: skip
    if card.offered_to:
        st.info(
            _("正转往{branch}，等对方接收；接收前仍计在本社区。", branch=safe(card.offered_to)), icon=":material/send:"
        )


def member_facts(card: MemberCard) -> None:
    """What stands fast about a member who was not erased."""
    unit = _("{unit}（已结束共建）", unit=card.unit) if card.unit_ended else card.unit
    lines = [
        (_("党支部"), card.branch),
        (_("身份"), f"{standing_word(card.probationary)} · {term(card.kind)}"),
        (_("入党"), near(card.joined_on)),
        (_("转正"), near(card.full_on) if card.full_on else "—"),
        (_("年龄段"), term(card.band) if card.band else "—"),
        (_("联系电话"), card.phone or "—"),
        (_("共建单位"), unit or "—"),
        (_("特长"), side_by_side(card.skills) or "—"),
        (_("有空的半天"), half_days(card.free_slots)),
        (_("关联"), side_by_side(f"{term(what)} {name}" for what, name in card.links.items()) or "—"),
    ]
    fact_list(lines, key="members.facts", caption=_("党员资料"))


def ways(card: MemberCard, may: Mapping[MemberLink, bool]) -> None:
    """Ways to the linked records that this user may open."""
    there = {what: getattr(card, WAYS[what][1]) for what in WAYS if may.get(what)}
    linked = {what: number for what, number in there.items() if number is not None}
    if not linked:
        return
    with st.container(horizontal=True):
        for what, number in linked.items():
            if st.button(
                _("打开{what}", what=term(what)), key=f"members.open.{what.value}", icon=":material/open_in_new:"
            ):
                go(WAYS[what][0], id=number)


def look_form(member_id: int) -> Look:
    """查看原值: the action leaves the trace for which the values are then shown once."""
    return look(f"see_member.{member_id}", see_member, {"member_id": member_id})


def show_clear(clear: ClearMember) -> None:
    """Name and telephone in clear, once."""
    in_clear(clear.name, clear.phone)


def choose_part(card: MemberCard, *, manages: bool) -> str:
    """Which part of the card is worked on; who only reads sees what happened."""
    offered = PARTS if manages else {"history": PARTS["history"]}
    return choose("part", offered, start="standing" if manages else "history", key=f"members.part.{card.id}")


def history_table(card: MemberCard) -> None:
    """What happened to the entry: what changed from what to what, since which day, and why."""
    happened(
        [
            Step(
                one.at,
                " · ".join(part for part in (term(one.kind), told(one)) if part),
                one.by,
                " · ".join(part for part in (_since(one), one.reason) if part),
            )
            for one in reversed(card.history)
        ],
        key="members.history",
        empty=_("还没有变动记录。"),
        caption=_("党员名册变动"),
    )


def _since(one: MemberEventRow) -> str:
    return "" if one.kind is MemberChange.ERASED else _("从 {day}起", day=dated(one.on))
