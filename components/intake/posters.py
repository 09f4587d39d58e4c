"""海报与专属码 on the screen: make one, print it, take it back."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.acting import Request
from components.asking import Folded
from components.detail import fact_list, head
from components.file_button import file_button
from components.forms import form
from components.lists import Column, rows
from components.papers.word import WORD
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.intake.posters import make_poster, revoke_poster
from db.queries.intake.posters import PosterRow
from db.queries.needs.needs import Option
from db.rules.permissions import Actor, Permission
from db.terms import PosterKind


def posters_table(found: Sequence[PosterRow]) -> None:
    """List the posters and codes, newest first."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": term(one.kind),
                "place": one.place,
                "made": near(one.made_at.date()),
                "received": one.received,
                "last": near(one.last_at) if one.last_at else "",
                "state": _("已作废") if one.revoked_at else _("可用"),
            }
            for one in found
        ],
        [
            Column("name", _("张贴处或编号")),
            Column("kind", _("种类"), "nowrap"),
            Column("place", _("地点")),
            Column("state", _("状态"), "nowrap"),
            Column("received", _("来件"), "number"),
            Column("last", _("最近来件"), "nowrap"),
            Column("made", _("制作日期"), "nowrap"),
        ],
        key="posters",
        empty=_("还没有海报和专属码。先在下面做一张点单海报，贴在楼道宣传栏。"),
        caption=_("海报与专属码"),
        page="posters",
    )


def make_form(places: Sequence[Option]) -> Request | None:
    """The form that makes a poster, or a rider's code."""
    names = {place.id: place.name for place in places}
    kind = st.segmented_control(
        _("做哪一种"), list(PosterKind), format_func=term, default=PosterKind.ORDER, required=True, key="poster_kind"
    ) or PosterKind.ORDER  # fmt: skip
    with form(f"make_poster.{kind.value}") as filling:
        if kind is PosterKind.ORDER:
            place = filling.choice("place_id", _("地点"), list(names), show=lambda one: names[one])
            name = filling.line("name", _("贴在哪里"), help=_("例：柳林小区3幢一楼宣传栏。"))
            own = {"name": name}
        else:
            number = filling.line("volunteer_number", _("志愿者编号"), help=_("卡片和来件上只出现编号，不出现姓名。"))
            place = filling.choice("place_id", _("常去的地点（可不选）"), list(names), show=lambda one: names[one])
            own = {"volunteer_number": number}
        pressed = filling.submit(_("制作"), icon=":material/qr_code_2:")
    values = {"kind": kind, "place_id": place, **own}
    return Request(filling, make_poster, _("已制作，请点名称打印"), values) if pressed else None


def poster_head(row: PosterRow) -> None:
    """Show the poster: its kind, its place, its state and how many messages came by it."""
    head(row.name, about=term(row.kind))
    lines = [
        (_("种类"), term(row.kind)),
        (_("地点"), row.place or "—"),
        (_("状态"), _("已作废") if row.revoked_at else _("可用")),
        (_("来件"), _("{n} 件", n=row.received)),
        (_("制作日期"), near(row.made_at)),
    ]
    fact_list(lines, key="poster.facts", caption=row.name)


def print_button(user: Actor, row: PosterRow, make: Callable[[Actor], bytes]) -> None:
    """The button that prints the poster; its code is on no page before that."""
    label = _("下载海报（Word，A4）") if row.kind is PosterKind.ORDER else _("下载专属码卡片（Word，A6）")
    file_button(user, Permission.MANAGE_POSTERS, label, f"{row.kind.value}-{row.id}.docx", WORD, make,
                key=f"paper.poster.{row.id}", icon=":material/print:", primary=True)  # fmt: skip


def revoke_form(row: PosterRow) -> Request | None:
    """The form that revokes a code for good."""
    with (
        Folded(_("作废"), icon=":material/block:"),
        form(f"revoke_poster.{row.id}", border=False) as filling,
    ):
        st.text(_("作废后扫这张码会提示已停用；已收到的来件不受影响。要再用，请重新做一张。"))
        pressed = filling.submit(_("确认作废"), icon=":material/block:")
    values = {"poster_id": row.id, "version": row.version}
    return Request(filling, revoke_poster, _("已作废"), values) if pressed else None
