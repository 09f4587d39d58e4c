"""Where a member stands: 转正, another branch, another community, leaving and coming back."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.wording import _
from db.actions.members.roll import come_back, leave_roll, move_member, set_joining
from db.actions.members.transfers import offer_member, withdraw_offer
from db.queries.members.card import MemberCard
from db.terms import MemberLeave

PARTY_FOUNDED = date(1921, 7, 1)


def standing_forms(
    card: MemberCard, branches: Mapping[int, str], elsewhere: Mapping[int, str], today: date
) -> Request | None:
    """Only what is possible now is offered."""
    if card.ended_on is not None:
        return _back_form(card, branches, today)
    request: Request | None = None
    if card.offered_to:
        pressed = press(f"withdraw_offer.{card.id}", _("撤回转出"), icon=":material/undo:")
        if pressed:
            request = Request(pressed, withdraw_offer, _("已撤回，仍在原支部"), {"member_id": card.id})
    left, right = st.columns(2)
    with left:
        request = _joining_form(card, today) or request
        request = _leave_form(card, today) or request
    with right:
        request = (
            _move_form(card, {one: name for one, name in branches.items() if one != card.branch_id}, today) or request
        )
        if not card.offered_to:
            request = _offer_form(card, elsewhere) or request
    return request


def _joining_form(card: MemberCard, today: date) -> Request | None:
    with form(f"set_joining.{card.id}") as filling:
        version = filling.seen("version", card.version)
        st.markdown(_("**转正与入党日期**"))
        joined = filling.day("joined_on", _("入党日期"), start=card.joined_on, least=PARTY_FOUNDED, most=today)
        full = filling.day(
            "full_on", _("转正日期（预备党员不填）"), start=card.full_on, least=PARTY_FOUNDED, most=today
        )
        pressed = filling.submit(_("保存日期"), icon=":material/save:")
    values = {"member_id": card.id, "version": version, "joined_on": joined, "full_on": full}
    return Request(filling, set_joining, _("日期已保存"), values) if pressed else None


def _move_form(card: MemberCard, branches: Mapping[int, str], today: date) -> Request | None:
    with form(f"move_member.{card.id}") as filling:
        st.markdown(_("**换支部（本社区）**"))
        branch = filling.choice(
            "branch_id", _("到哪个党支部"), list(branches), show=lambda one: branches.get(one, str(one))
        )
        on = filling.day("on", _("哪天起"), start=today, most=today)
        reason = filling.line("reason", _("原因（可不填）"), most=200)
        pressed = filling.submit(_("换支部"), icon=":material/swap_horiz:")
    values = {"member_id": card.id, "version": card.version, "branch_id": branch, "on": on, "reason": reason}
    return Request(filling, move_member, _("已换支部"), values) if pressed else None


def _offer_form(card: MemberCard, elsewhere: Mapping[int, str]) -> Request | None:
    with form(f"offer_member.{card.id}") as filling:
        st.markdown(_("**转往外社区（本街道）**"))
        branch = filling.choice(
            "branch_id", _("到哪个社区的党支部"), list(elsewhere), show=lambda one: elsewhere.get(one, str(one)),
            help=_("对方接收后才算转出；转到街道以外的，办“离册”，选“组织关系转出”。"),
        )  # fmt: skip
        reason = filling.line("reason", _("原因（可不填）"), most=200)
        pressed = filling.submit(_("转往外社区"), icon=":material/send:")
    values = {"member_id": card.id, "version": card.version, "branch_id": branch, "reason": reason}
    return Request(filling, offer_member, _("已转出，等对方接收"), values) if pressed else None


def _leave_form(card: MemberCard, today: date) -> Request | None:
    with form(f"leave_roll.{card.id}") as filling:
        st.markdown(_("**离册**"))
        cause = filling.choice("cause", _("为什么离册"), list(MemberLeave))
        on = filling.day("on", _("最后一天"), start=today, most=today)
        reason = filling.line("reason", _("说明（可不填）"), most=200)
        pressed = filling.submit(_("办离册"), icon=":material/logout:")
    values = {"member_id": card.id, "version": card.version, "cause": cause, "on": on, "reason": reason}
    return Request(filling, leave_roll, _("已离册，资料再保存两年"), values) if pressed else None


def _back_form(card: MemberCard, branches: Mapping[int, str], today: date) -> Request | None:
    with form(f"come_back.{card.id}") as filling:
        st.markdown(_("**回册**"))
        branch = filling.choice(
            "branch_id", _("到哪个党支部"), list(branches), show=lambda one: branches.get(one, str(one))
        )
        on = filling.day("on", _("哪天起"), start=today, most=today)
        pressed = filling.submit(_("办回册"), icon=":material/login:")
    values = {"member_id": card.id, "version": card.version, "branch_id": branch, "on": on}
    return Request(filling, come_back, _("已回册"), values) if pressed else None
