"""成员卡: make cards with which members sign in alone; the codes are on the paper and nowhere else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components.documents import WORD
from components.documents_ballot import member_cards
from components.forms import form, press
from components.meeting_wish import Wish
from components.wording import _
from db.rules.council import CouncilBody, Member

PRINTED = "_cards.printed"
"""(body, [(seat, name, code)]): in the memory of this session until it is printed; the database has only hashes."""


def cards_part(
    body: CouncilBody,
    serving: Sequence[Member],
    draw: Callable[[Sequence[int]], Mapping[int, str]],
    template: Callable[[], bytes | None],
    record: Callable[[int], object],
) -> Wish | None:
    """Choose who gets a card, make them, take the sheet away, or stop one that was lost.

    `draw` gives a fresh code for every member, `template` the subdistrict's sheet, `record` notes what left the house.
    """
    st.caption(_("开会时成员扫大屏上的二维码,输入卡号,自己签到。再制一张,旧卡就作废。"))
    _download(body, template, record)
    with form("make_cards") as filling:
        chosen = filling.several(
            "codes", _("给谁制卡(不选:全体在任成员)"), list(serving), show=lambda one: f"{one.seat:02d} {one.name}"
        )
        pressed = filling.submit(_("制卡"), icon=":material/badge:")
    if pressed:
        members = {one.id: one for one in (chosen or serving)}
        # A repeated submit must not print other codes than were stored.
        codes: Mapping[int, str] = st.session_state.setdefault(f"_cards.{filling.request_key}", draw(list(members)))

        def said(made: dict[str, int]) -> str:
            st.session_state.pop(f"_cards.{filling.request_key}", None)
            cards = [(members[one].seat, members[one].name, code) for one, code in codes.items()]
            st.session_state[PRINTED] = (body.id, cards)
            return _("已制 {count} 张卡,请下载打印", count=made["cards"])

        return Wish(filling, "make_cards", said, {"body_id": body.id, "codes": dict(codes)})
    return _lost(serving)


def _download(body: CouncilBody, template: Callable[[], bytes | None], record: Callable[[int], object]) -> None:
    kept: tuple[int, list[tuple[int, str, str]]] = st.session_state.get(PRINTED, (0, []))
    if kept[0] != body.id:
        st.session_state.pop(PRINTED, None)
        return
    paper = member_cards(body.name, kept[1], template())

    def made() -> bytes:
        record(len(kept[1]))
        return paper()

    with st.container(border=True):
        st.markdown(
            _("**请现在下载并打印这 {count} 张卡。**卡号只在这里出现这一次,离开后不能再看。", count=len(kept[1]))
        )
        with st.container(horizontal=True):
            st.download_button(
                _("下载成员卡(Word)"),
                made,
                file_name=_("成员卡-{body}", body=body.name) + ".docx",
                mime=WORD,
                key="paper.cards",
                icon=":material/download:",
                type="primary",
                on_click="ignore",
            )
            if st.button(_("已打印,清除卡号"), key="cards_clear", icon=":material/delete_sweep:"):
                st.session_state.pop(PRINTED, None)
                st.rerun()


def _lost(serving: Sequence[Member]) -> Wish | None:
    with st.expander(_("挂失"), icon=":material/credit_card_off:"):
        member: Member | None = st.selectbox(
            _("谁的卡丢了"), list(serving), index=None, format_func=lambda one: f"{one.seat:02d} {one.name}",
            placeholder=_("请选择"), key="lost_card",
        )  # fmt: skip
        lost = press("revoke_card", _("作废这张卡"), icon=":material/block:", disabled=member is None)
    values: dict[str, Any] = {"member_id": member.id} if member else {}
    return Wish(lost, "revoke_card", _("这张卡已作废"), values) if lost and member else None
