"""登记申请 on the screen: the address of the plain page, the queue, one registration and what a worker makes of it."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Look, Request
from components.asking import Folded, in_clear, look
from components.forms import form
from components.lists import Column, rows
from components.public_address import letters, printed_address
from components.qr import show_qr
from components.volunteers.half_days import slots_words
from components.volunteers.words import band_words
from components.wording import _, labelled, noted, safe, side_by_side
from components.wording.dates import near
from components.wording.terms import badge, term
from db.actions.volunteers.applications import (
    confirm_application,
    decline_application,
    join_application,
    unmask_application,
)
from db.queries.volunteers.applications import Application, ApplicationOriginals, ApplicationRow, JoinView
from db.terms import ApplicationState, VolunteerKind


def join_box(view: JoinView | None) -> None:
    """The address of the plain page with its QR, to show or to put on a poster."""
    if view is None:
        return
    with st.expander(_("居民自己登记的网址和二维码"), icon=":material/qr_code_2:"):
        st.text(_("手机扫码或打开下面的网址就能填，不用账号；填好的到这里等确认。"))
        if address := printed_address(st.context.url):
            link = f"{address}/join/{view.code}"
            st.text(letters(link))
            show_qr(link, label=_("志愿者登记页的二维码"), key="volunteers.join")


def application_list(found: Sequence[ApplicationRow]) -> None:
    """The queue as one block."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name or _("（已清除）"),
                "at": near(one.received_at),
                "skills": side_by_side(one.skills),
                "slots": one.slots,
                "minor": one.minor,
                "state": one.state,
                "number": one.number,
            }
            for one in found
        ],
        [
            Column("name", _("姓名"), "nowrap"),
            Column("at", _("收到"), "nowrap"),
            Column("skills", _("特长")),
            Column("slots", _("空闲半天数"), "number"),
            Column("minor", _("可能未满 18 岁"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("number", _("志愿者编号"), "nowrap"),
        ],
        key="volunteers.applications",
        page="joining",
        empty=_("没有登记申请。把登记页的二维码贴出去，居民就能自己填。"),
        caption=_("登记申请"),
    )


def application_of(one: Application) -> None:
    """One registration, masked, and whom it may be about."""
    st.header(safe(one.name or _("（已清除）")), anchor=False)
    st.markdown(badge(one.state))
    lines = [
        (_("收到"), near(one.received_at)),
        (_("电话"), one.phone or "—"),
        (_("年龄段"), band_words(one.band)),
        (_("特长"), side_by_side(one.skills) or "—"),
        (_("意向领域"), side_by_side(term(kind) for kind in one.interests) or "—"),
        (_("空闲半天"), slots_words(one.free_slots) or "—"),
    ]
    if one.minor:
        lines.append((_("监护人"), f"{one.guardian} {one.guardian_phone}".strip() or "—"))
    if one.number:
        lines.append((_("志愿者编号"), one.number))
    if one.reason:
        lines.append((_("原因"), one.reason))
    st.markdown("  \n".join(labelled(label, f"**{safe(value)}**") for label, value in lines))
    if one.known:
        who = side_by_side(safe(noted(f"{known.number} {known.name}", term(known.why))) for known in one.known[:3])
        st.warning(_("名册里可能已有这个人：{who}", who=who), icon=":material/person_search:")
    if one.twins:
        text = _("还有 {n} 份待确认的登记像是同一个人，请一起看。", n=len(one.twins))
        st.warning(text, icon=":material/content_copy:")


def application_look(one: Application) -> Look | None:
    """查看原值: usually to call the person."""
    if one.wiped:
        return None
    values = {"application_id": one.id}
    return look(f"unmask_application.{one.id}", unmask_application, values, start=_("打电话确认登记"))


def application_clear(clear: ApplicationOriginals) -> None:
    """The originals, once."""
    lines = [
        (_("姓名"), clear.name), (_("电话"), clear.phone), (_("监护人"), f"{clear.guardian} {clear.guardian_phone}"),
    ]  # fmt: skip
    in_clear(*(f"{label}  {value}" for label, value in lines if value.strip()))


def application_forms(one: Application) -> Request | None:
    """Confirm, join to a known entry, or decline: all are drawn, one was pressed."""
    if one.state is not ApplicationState.WAITING:
        return None
    request = _confirm(one)
    if one.known:
        request = _join(one) or request
    return _decline(one) or request


def _confirm(one: Application) -> Request | None:
    with form(f"confirm_application.{one.id}") as filling:
        kind = filling.choice("kind", _("类型"), list(VolunteerKind), few=True, start=VolunteerKind.RESIDENT)
        heard = filling.yes("guardian_heard", _("已向监护人核实同意")) if one.minor else False
        another = filling.yes("another", _("不是同一个人（名册里有相近的人时勾选）")) if one.known else False
        pressed = filling.submit(_("已电话确认，登记为志愿者"), icon=":material/how_to_reg:")
    values = {"application_id": one.id, "version": one.version, "kind": kind, "another": another}
    values["guardian_heard"] = heard
    return Request(filling, confirm_application, _("已登记为志愿者"), values) if pressed else None


def _join(one: Application) -> Request | None:
    names = {known.id: f"{known.number} {known.name}" for known in one.known if known.ended_on is None}
    if not names:
        st.caption(_("相近的人已退出：同一个人请先在名册里办“回来”，再并入。"))
        return None
    with form(f"join_application.{one.id}") as filling:
        chosen = filling.choice(
            "volunteer_id", _("并入哪条登记"), list(names), start=next(iter(names)), show=lambda key: names.get(key, "")
        )
        phone = filling.yes("take_phone", _("电话以这次填的为准（原来的留在变动里）"))
        pressed = filling.submit(_("是同一个人，并入"), icon=":material/merge:")
    values = {"application_id": one.id, "version": one.version, "volunteer_id": chosen, "take_phone": phone}
    return Request(filling, join_application, _("已并入原来的登记"), values) if pressed else None


def _decline(one: Application) -> Request | None:
    with (
        Folded(_("不予登记"), icon=":material/block:"),
        form(f"decline_application.{one.id}", border=False) as filling,
    ):
        reason = filling.line("reason", _("原因（本人在回执上看得到）"), most=200)
        pressed = filling.submit(_("不予登记"))
    values = {"application_id": one.id, "version": one.version, "reason": reason}
    return Request(filling, decline_application, _("已记下，回执上写明原因"), values) if pressed else None
