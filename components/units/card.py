"""One unit on the screen: who it is, what it offers, what was asked and given, and its whole history."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Look, Request
from components.asking import in_clear, look
from components.detail import Step, fact_list, happened, head
from components.forms import form
from components.lists import Column, rows
from components.menu import PAGES
from components.units.words import happening_words, standing_badge
from components.wording import _, heading, side_by_side
from components.wording.dates import dated, near
from components.wording.terms import term
from db.actions.units.units import end_unit, take_back_unit, unmask_unit
from db.queries.members.roll import MemberRow
from db.queries.units.units import Contact, UnitCard, UnitEventRow


def unit_head(card: UnitCard) -> None:
    """Name, standing and kind."""
    head(card.name, marks=[standing_badge(card.standing)], about=term(card.kind))


def unit_facts(card: UnitCard) -> None:
    """Where it is, the covered contact, what was agreed."""
    contact = " ".join(part for part in (card.contact_name, card.contact_phone) if part) or _("未登记")
    agreed = _("没有协议")
    if card.agreed_on is not None:
        agreed = _("{start}至{due}", start=dated(card.agreed_on), due=dated(card.agreed_until))
    lines = [
        (_("联系社区"), card.home or _("街道")),
        (_("联系人"), contact),
        (_("地址"), card.address or "—"),
        (_("共建协议"), agreed),
    ]
    if card.ended_on is not None:
        lines.append((_("终止共建"), " · ".join(part for part in (near(card.ended_on), card.ended_reason) if part)))
    fact_list(lines, key="unit.facts", caption=card.name)


def look_form(unit_id: int) -> Look:
    """查看原值: the contact."""
    return look(f"unmask_unit.{unit_id}", unmask_unit, {"unit_id": unit_id})


def show_contact(clear: Contact) -> None:
    """The contact in clear, once."""
    in_clear(clear.name, clear.phone)


MEMBERS_SHOWN = 10


def unit_members(
    unit_id: int, people: Sequence[MemberRow], promised: Mapping[int, str], count: int, *, many: bool
) -> None:
    """党员 who come from the unit, masked, with what they promise; the whole list is the roll, narrowed to the unit."""
    st.header(heading("党员"), anchor=False)
    rows(
        [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "branch": f"{one.community} · {one.branch}" if many else one.branch,
                "skills": side_by_side(one.skills),
                "promised": promised.get(one.id, ""),
            }
            for one in people[:MEMBERS_SHOWN]
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("name", _("姓名"), "nowrap"),
            Column("branch", _("党支部")),
            Column("skills", _("特长")),
            Column("promised", _("公示的承诺"), "wide"),
        ],
        key="unit.members",
        page="member",
        empty=_("名册里没有这家单位的党员。"),
        caption=_("党员"),
    )
    if count:
        st.page_link(
            PAGES / "members/members.py", label=_("在党员名册里看（{n} 位）", n=count), icon=":material/groups:",
            query_params={"unit": str(unit_id)},
        )  # fmt: skip


def end_form(card: UnitCard, open_requests: int, today: date) -> Request | None:
    """End the partnership, with what is promised named first; or take it up again."""
    if card.ended_on is not None:
        with form(f"take_back_unit.{card.id}", border=False) as filling:
            reason = filling.line("reason", _("恢复的原因"), most=200)
            pressed = filling.submit(_("恢复共建"), icon=":material/undo:")
        values: dict[str, object] = {"unit_id": card.id, "version": card.version, "reason": reason}
        return Request(filling, take_back_unit, _("已恢复共建"), values) if pressed else None
    with form(f"end_unit.{card.id}", border=False) as filling:
        if open_requests:
            st.warning(_("还有 {n} 件申请没有了结，见上面的“使用申请”。", n=open_requests), icon=":material/warning:")
        on = filling.day("on", _("最后一天"), start=today)
        reason = filling.line("reason", _("终止的原因"), most=200)
        settle = False
        if open_requests:
            settle = filling.yes("settle", _("把那天以后没有了结的一并收回，逐件记录"))
        pressed = filling.submit(_("终止共建"), icon=":material/link_off:")
    values = {"unit_id": card.id, "version": card.version, "on": on, "reason": reason, "settle_promises": settle}
    return Request(filling, end_unit, _("已终止共建"), values) if pressed else None


def history(events: Sequence[UnitEventRow], *, key: str = "unit.life") -> None:
    """Every line; what the unit itself said stands beside who wrote it down."""
    happened(
        [
            Step(
                one.at,
                happening_words(one.kind, one.values),
                " · ".join(part for part in (one.actor or _("系统"), one.said_by) if part),
                one.note,
            )
            for one in reversed(events)
        ],
        key=key,
    )
