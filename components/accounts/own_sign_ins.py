"""Where one is signed in, and the way to end it there."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from db.actions.accounts.own_sign_ins import end_other_sign_ins, end_sign_in
from db.queries.accounts.own import SignInRow
from db.rules.accounts.device import device_of


def sign_ins_part(found: Sequence[SignInRow], here_id: int | None) -> Request | None:
    """The list of living sign-ins; one of them ended, or all others."""
    st.text(_("不认识的登录请结束它，再改密码。这里不记录地址，只记录是不是单位内网。"))
    rows(
        [
            {
                "device": _device(one) if one.id != here_id else _("{device}（现在这台）", device=_device(one)),
                "place": _place(one),
                "since": near(one.created_at),
                "seen": near(one.last_seen_at),
            }
            for one in found
        ],
        [
            Column("device", _("设备")),
            Column("place", _("网络"), "nowrap"),
            Column("since", _("登录时间"), "nowrap"),
            Column("seen", _("最近使用"), "nowrap"),
        ],
        key="own_sign_ins.list",
        empty=_("没有登录"),
    )
    others = {one.id: f"{_device(one)} · {near(one.created_at)}" for one in found if one.id != here_id}
    if not others:
        return None
    with form("end_sign_in") as filling:
        chosen = filling.choice(
            "sign_in_id", _("结束哪一处登录"), list(others), start=None, show=lambda key: others.get(key, "—")
        )
        pressed = filling.submit(_("结束这处登录"))
    everywhere = press("end_other_sign_ins", _("结束其他全部登录"), icon=":material/logout:")
    if pressed:
        return Request(filling, end_sign_in, _("那处登录已结束。"), {"sign_in_id": chosen})
    return Request(everywhere, end_other_sign_ins, _("其他登录都已结束。")) if everywhere else None


def _device(row: SignInRow) -> str:
    return device_of(row.agent) or _("其他设备")


def _place(row: SignInRow) -> str:
    if row.inside is None:
        return "—"
    return _("内网") if row.inside else _("外网")
