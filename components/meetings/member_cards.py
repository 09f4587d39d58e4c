"""成员卡: make cards with which members sign in alone; the codes are on the paper and nowhere else."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request, note
from components.asking import ask
from components.file_button import Codes, file_button, forget, held
from components.forms import form
from components.meetings.papers_ballot import member_cards
from components.papers.word import WORD
from components.wording import _
from db.actions.exports import record_export
from db.actions.meetings.cards import make_cards, new_codes, revoke_card
from db.engine import utc_now
from db.queries.council.council import CouncilBody, Member
from db.rules.permissions import Actor, Permission

PRINTED = "_cards.printed"
"""`Codes` of (seat, name, code) for a body: in the memory of this session until it is printed."""


def cards_part(
    user: Actor,
    body: CouncilBody,
    serving: Sequence[Member],
) -> Request | None:
    """Choose who gets a card, make the cards, take the sheet away, or stop one that was lost."""
    st.caption(_("开会时成员扫大屏上的二维码，输入卡号，自己签到。再制一张，旧卡就作废。"))
    _download(user, body)
    with form("make_cards") as filling:
        chosen = filling.several(
            "codes", _("给谁制卡（不选：全体在任成员）"), list(serving), show=lambda one: f"{one.seat:02d} {one.name}"
        )
        pressed = filling.submit(_("制卡"), icon=":material/badge:")
    if pressed:
        members = {one.id: one for one in (chosen or serving)}
        # A repeated submit must not print other codes than were stored.
        codes: dict[int, str] = st.session_state.setdefault(f"_cards.{filling.request_key}", new_codes(list(members)))

        def said(made: dict[str, int]) -> str:
            st.session_state.pop(f"_cards.{filling.request_key}", None)
            cards = [(members[one].seat, members[one].name, code) for one, code in codes.items()]
            st.session_state[PRINTED] = Codes((user.id, body.id), cards, utc_now())
            return _("已制 {count} 张卡，请下载打印", count=made["cards"])

        return Request(filling, make_cards, said, {"body_id": body.id, "codes": dict(codes)})
    return _lost(serving)


def _download(user: Actor, body: CouncilBody) -> None:
    kept: Codes[tuple[int, str, str]] | None = held(PRINTED, (user.id, body.id))
    if kept is None:
        return

    def made(actor: Actor) -> bytes:
        cards = kept.fetch(utc_now())
        paper = member_cards(body.name, cards)()
        note(actor, record_export, what="cards", rows={body.community_id: len(cards)}, filters={"body": body.id})
        return paper

    with st.container(border=True):
        count = len(kept.left(utc_now()))
        st.markdown(
            _("**请现在下载并打印这 {count} 张卡**。卡号只在这里出现这一次，下载 10 分钟后自动清除。", count=count)
        )
        with st.container(horizontal=True):
            file_button(user, Permission.MANAGE_COUNCIL, _("下载成员卡（Word）"),
                        _("成员卡-{body}", body=body.name) + ".docx", WORD, made,
                        key="paper.cards", primary=True)  # fmt: skip
            if st.button(_("已打印，清除卡号"), key="cards_clear", icon=":material/delete_sweep:"):
                forget(PRINTED)
                st.rerun()


def _lost(serving: Sequence[Member]) -> Request | None:
    with st.expander(_("挂失"), icon=":material/credit_card_off:"):
        member: Member | None = st.selectbox(
            _("谁的卡丢了"), list(serving), index=None, format_func=lambda one: f"{one.seat:02d} {one.name}",
            placeholder=_("请选择"), key="lost_card",
        )  # fmt: skip
        lost = ask(
            "revoke_card", _("作废这张卡"), _("这张卡马上不能签到，找回来也不能再用；需要时另制一张。"), _("作废卡"),
            icon=":material/block:", disabled=member is None,
        )  # fmt: skip
    if not lost or member is None:
        return None
    return Request(lost, revoke_card, _("这张卡已作废"), {"member_id": member.id})
