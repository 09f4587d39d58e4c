"""评诺码 at the desk and on the member's phone: made for one visit, shown once, scanned or read out."""

from datetime import date

import streamlit as st

from components.acting import Request
from components.commitments.receipt_paper import receipt
from components.file_button import file_button
from components.forms import form
from components.papers.word import WORD
from components.public_address import printed_address
from components.qr import picture
from components.wording import _
from components.wording.dates import dated, short_day
from components.wording.terms import term
from db.actions.commitments.verdict_codes import hand_out_code, new_verdict_code
from db.queries.commitments.commitments import CommitmentCard, CommitmentRow, KeepingRow
from db.rules.commitments.verdict_code import TAKES_WORDS, last_day
from db.rules.permissions import Actor, Permission
from db.rules.printed_code import printed

_HANDED = "_commitments.handed"


def _code_for(request_key: str) -> str:
    """The code of one submit: a repeated submit must not show another one than was stored."""
    drawn: str = st.session_state.setdefault(f"_verdict.{request_key}", new_verdict_code())
    return drawn


def _remember(request_key: str, commitment_id: int, until: date, on: date) -> None:
    st.session_state[_HANDED] = (commitment_id, st.session_state.pop(f"_verdict.{request_key}"), until, on)


def show_handed(user: Actor, row: CommitmentRow, address: str) -> None:
    """The code that was just made: to be scanned from this screen, read out, or printed; it cannot be read again."""
    handed: tuple[int, str, date, date] | None = st.session_state.get(_HANDED)
    if handed is None or handed[0] != row.id:
        return
    link = f"{address}/k"
    with st.container(border=True, key="verdict_code.handed"):
        st.header(_("评诺码，只显示这一次"))
        code, words = st.columns([1, 2], vertical_alignment="center")
        code.image(picture(f"{link}/{handed[1]}"), width=220, alt=_("评诺码的二维码"))
        with words:
            st.code(printed(handed[1]), language=None)
            st.text(
                _("请对方扫码，或打开 {address} 输入这个码。用一次，到{day}为止。", address=link, day=dated(handed[2]))
            )
            on_paper = printed_address(address)
            if on_paper:
                slip = receipt(handed[1], on_paper, what=row.what, on=handed[3], until=handed[2])
                # The code is of whoever pressed and names nobody: printing it is no file that leaves the registers.
                file_button(
                    user, Permission.KEEP_COMMITMENT, _("打印小票（Word）"), "verdict-slip.docx", WORD,
                    lambda _actor: slip(), key="verdict_code.slip", icon=":material/print:",
                )  # fmt: skip
            if st.button(_("已经交给对方"), key="verdict_code.done", icon=":material/check:"):
                del st.session_state[_HANDED]
                st.rerun()


def hand_out_form(card: CommitmentCard, today: date) -> Request | None:
    """Make a code for one visit that counts and has no word yet; a new one takes the place of the one before."""
    open_ones = {one.id: one for one in card.keepings if not (one.struck_reason or one.waits or one.judged)}
    if card.row.state not in TAKES_WORDS or not open_ones:
        return None
    with (
        st.expander(_("请居民自己评一次"), icon=":material/qr_code_2:"),
        form(f"hand_out_code.{card.row.id}", border=False) as filling,
    ):
        st.caption(_("给服务过的居民一个一次性的码，对方在自己的手机上评，不用账号。谁评了什么，这里看不到。"))
        number = filling.choice(
            "keeping_id",
            _("哪一次"),
            list(open_ones),
            show=lambda one: _named(open_ones.get(one)),
            start=next(iter(open_ones)),
        )
        pressed = filling.submit(_("生成评诺码"), icon=":material/qr_code_2:")
    if not pressed:
        return None
    key, until, on = filling.request_key, last_day(today), open_ones[number].on if number in open_ones else today
    return Request(
        filling,
        hand_out_code,
        _("已生成，请交给对方"),
        {"keeping_id": number or 0, "code": _code_for(key)},
        after=lambda _code_id: _remember(key, card.row.id, until, on),
    )


def _named(one: KeepingRow | None) -> str:
    if one is None:
        return ""
    again = _("（已给过一个码，再生成旧码就停用）") if one.code_until else ""
    return f"{short_day(one.on)} {term(one.witness)} {one.witness_name}{again}".replace("  ", " ")
