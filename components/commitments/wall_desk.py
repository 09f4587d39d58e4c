"""承诺墙 at the desk: give codes, print the boards, take a code back, see how often codes are opened."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from components.acting import Request
from components.commitments.paper_buttons import word_button
from components.forms import form, press
from components.lists import Column, rows
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import short_day
from db.actions.commitments.wall import give_codes, revoke_code
from db.queries.commitments.wall import CodeRow, WallMember
from db.rules.permissions import Actor

Board = Callable[[Sequence[WallMember]], Paper]


def wall_desk(found: Sequence[CodeRow], scans: Sequence[tuple[date, int]], *, manages: bool) -> Request | None:
    """The members of the wall with their codes, and the acts on them."""
    request = None
    without = sum(1 for one in found if one.code_id is None)
    if manages and without:
        pressed = press("wall.give", _("给 {n} 位党员制作专属码", n=without), primary=True, icon=":material/qr_code_2:")
        if pressed:
            request = Request(pressed, give_codes, lambda n: _("已制作 {n} 个专属码，可以打印承诺墙", n=n), {})
    rows(
        [
            {
                "who": f"{one.number} {one.name}",
                "branch": one.branch,
                "promises": one.promises,
                "code": _("有") if one.code_id is not None else _("还没有"),
            }
            for one in found
        ],
        [
            Column("who", _("党员")),
            Column("branch", _("支部")),
            Column("promises", _("公示的承诺"), "number"),
            Column("code", _("专属码"), "nowrap"),
        ],
        key="wall.codes",
        empty=_("还没有公示的承诺。支部审核通过后，在“待审核与公示”里亮诺。"),
        caption=_("承诺墙"),
    )
    held = {one.code_id: one for one in found if one.code_id is not None}
    if manages and held:
        with st.expander(_("停用一个码"), icon=":material/block:"), form("revoke_code", border=False) as filling:
            names = {number: f"{one.number} {one.name}" for number, one in held.items()}
            code = filling.choice("code_id", _("谁的码"), list(names), show=lambda one: names.get(one, str(one)))
            if filling.submit(_("停用"), icon=":material/block:"):
                values = {"code_id": code or 0, "version": held[code].code_version if code in held else 1}
                request = Request(filling, revoke_code, _("已停用，再扫就看不到了"), values)
    if scans:
        parts = [_("{day} {n} 次", day=short_day(on), n=number) for on, number in scans[:7]]
        st.caption(_("最近扫码：{days}", days=_("，").join(parts)))
    return request


def board_buttons(user: Actor, make: Callable[[Board, Actor], tuple[Paper, int]], draw: Callable[..., Paper]) -> None:
    """Print the wall, large or small; the codes on it are made known by the press alone.

    `draw` is `board_document` without its members and its size, `make` reads the members and draws them.
    """
    with st.container(horizontal=True):
        for large, label in ((True, _("打印承诺墙（Word，A3）")), (False, _("打印承诺墙（Word，A4）"))):
            size = "A3" if large else "A4"
            made = partial(make, partial(draw, large=large))
            word_button(user, label, f"commitments-{size}", made, key=f"paper.wall.{size.lower()}")
