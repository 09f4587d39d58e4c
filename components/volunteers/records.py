"""培训、表彰、评价 and 情况说明 on a volunteer's card: lines that are corrected or struck out, never deleted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from components.acting import Request, note
from components.asking import Folded
from components.file_button import file_button
from components.forms import form, press
from components.lists import Column, rows
from components.orders.words import service_name
from components.papers.word import WORD
from components.volunteers.certificate_paper import certificate_sheet
from components.wording import _, safe
from components.wording.dates import dated, day, hours, near
from components.wording.terms import term
from db.actions.exports import record_export
from db.actions.volunteers.certificates import (
    accept_certificate,
    ask_certificate,
    hand_out_certificate,
    issue_certificate,
    post_certificate,
    void_certificate,
)
from db.actions.volunteers.records import (
    correct_award,
    correct_training,
    note_award,
    note_training,
    strike_award,
    strike_training,
)
from db.errors import NotFound
from db.queries.volunteers.card import VolunteerCard
from db.queries.volunteers.records import CertificatePaper, CertificateRow, RatingRow, RecordRow
from db.rules.permissions import Actor, Permission
from db.rules.volunteers.certificate import NOTICE_DAYS
from db.terms import CertificateState, Satisfaction

S = CertificateState
HALF_HOURS = (*range(30, 481, 30), 600, 720, 960, 1200, 1440, 2400, 3000, 6000)


def record_list(found: Sequence[RecordRow], *, trained: bool) -> None:
    """Training (with hours) or awards; struck lines stay readable with their reason."""
    columns = [
        Column("on", _("日期"), "nowrap"),
        Column("title", _("培训内容") if trained else _("表彰名称")),
        Column("given_by", _("举办单位") if trained else _("授予单位")),
        *([Column("time", _("时长"), "number")] if trained else []),
        Column("note", _("说明")),
        Column("by", _("登记人"), "nowrap"),
    ]
    rows(
        [
            {
                "on": near(one.on),
                "title": one.title,
                "given_by": one.given_by,
                "time": hours(one.minutes) if one.minutes else "",
                "note": _("作废：{why}", why=one.struck) if one.struck else _("更正后") if one.corrects else "",
                "by": one.by,
            }
            for one in found
        ],
        columns,
        key="volunteers.trainings" if trained else "volunteers.awards",
        empty=_("还没有培训记录。") if trained else _("还没有表彰记录。"),
        caption=_("培训记录") if trained else _("表彰记录"),
    )


def record_forms(card: VolunteerCard, found: Sequence[RecordRow], *, trained: bool, today: date) -> Request | None:
    """Add a line; correct one or strike it out."""
    request = _add(card, trained, today)
    lines = {one.id: one for one in found if not one.struck}
    return (_correct(lines, trained, today) if lines else None) or request


def _values(filling: Any, trained: bool, today: date) -> dict[str, object]:
    left, right = st.columns(2)
    with left:
        title = filling.line("title", _("培训内容") if trained else _("表彰名称"), most=100)
        on = filling.day("on", _("日期"), start=today, most=today)
    with right:
        given_by = filling.line("given_by", _("举办单位") if trained else _("授予单位"), most=60)
        minutes = filling.choice("minutes", _("时长"), HALF_HOURS, start=60, show=hours) if trained else None
    return {"title": title, "on": on, "given_by": given_by} | ({"minutes": minutes} if trained else {})


def _add(card: VolunteerCard, trained: bool, today: date) -> Request | None:
    label = _("记一条培训") if trained else _("记一条表彰")
    with st.expander(label, icon=":material/add:"), form(f"note.{trained}.{card.id}", border=False) as filling:
        values = _values(filling, trained, today)
        pressed = filling.submit(_("记下"))
    act: Callable[..., Any] = note_training if trained else note_award
    return Request(filling, act, _("已记下"), values | {"volunteer_id": card.id}) if pressed else None


def _correct(lines: Mapping[int, RecordRow], trained: bool, today: date) -> Request | None:
    key, named = ("training_id" if trained else "award_id"), lambda one: _line(lines, one)
    with st.expander(_("更正或作废一条"), icon=":material/edit_note:"):
        with form(f"correct.{trained}", border=False) as filling:
            chosen = filling.choice(key, _("哪一条"), list(lines), show=named)
            values = _values(filling, trained, today)
            reason = filling.line("reason", _("更正理由"), help=_("原来那条留着，标明作废。"), most=200)
            pressed = filling.submit(_("更正"))
        with form(f"strike.{trained}", border=False) as striking:
            gone = striking.choice(key, _("作废哪一条"), list(lines), show=named)
            why = striking.line("reason", _("作废理由"), most=200)
            struck = striking.submit(_("作废这条"))
    act: Callable[..., Any] = correct_training if trained else correct_award
    strike: Callable[..., Any] = strike_training if trained else strike_award
    if pressed:
        return Request(filling, act, _("已更正，原来那条留着"), values | {key: chosen or 0, "reason": reason})
    return Request(striking, strike, _("已作废，仍可查看"), {key: gone or 0, "reason": why}) if struck else None


def _line(lines: Mapping[int, RecordRow], key: int) -> str:
    return f"{day(lines[key].on)} {lines[key].title}" if key in lines else str(key)


def rating_list(counts: Mapping[Satisfaction, int], found: Sequence[RatingRow]) -> None:
    """评价 by residents, from confirmed orders; nobody is named."""
    if counts:
        st.text("　".join(f"{term(rating)} {counts[rating]}" for rating in Satisfaction if rating in counts))
    rows(
        [{"on": near(one.on), "service": service_name(one), "rating": one.rating, "words": one.words} for one in found],
        [
            Column("on", _("日期"), "nowrap"),
            Column("service", _("服务项目")),
            Column("rating", _("居民评价"), "nowrap"),
            Column("words", _("居民意见")),
        ],
        key="volunteers.ratings",
        empty=_("还没有评价：居民确认订单时会问一句满意不满意。"),
        caption=_("评价"),
    )


# --- 情况说明 ------------------------------------------------------------------------------------------------


def certificate_list(found: Sequence[CertificateRow], *, of_one: bool) -> None:
    """Papers and where they stand; in the list of all a line leads to the card."""
    rows(
        [
            {
                "who": one.volunteer,
                "number": one.number or _("未编号"),
                "id": one.volunteer_id,
                "state": one.state,
                "days": _("{start}至{end}", start=dated(one.since), end=dated(one.until)),
                "time": hours(one.minutes) if one.minutes is not None else "",
                "purpose": one.purpose,
                "ends": near(one.ends_on) if one.ends_on else "",
                "note": one.void_reason,
            }
            for one in found
        ],
        [
            *([] if of_one else [Column("who", _("志愿者"), "nowrap")]),
            Column("number", _("说明编号"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("days", _("服务日期")),
            Column("time", _("时长"), "number"),
            Column("purpose", _("用途")),
            Column("ends", _("公示到"), "nowrap"),
            Column("note", _("作废理由")),
        ],
        key="volunteers.certificates",
        page="" if of_one else "volunteers",
        empty=_("没有情况说明。本人要用时，在其登记卡上申请。"),
        caption=_("志愿服务情况说明"),
    )


def ask_form(card: VolunteerCard, today: date) -> Request | None:
    """Somebody wants a paper about the own service."""
    with (
        st.expander(_("申请一份情况说明"), icon=":material/add:"),
        form(f"ask_certificate.{card.id}", border=False) as filling,
    ):
        purpose = filling.line("purpose", _("用途"), help=_("例如：升学、评优、积分落户。"), most=100)
        left, right = st.columns(2)
        with left:
            since = filling.day("since", _("服务从哪天起"), start=card.since, most=today)
        with right:
            until = filling.day("until", _("到哪天"), start=today, most=today)
        pressed = filling.submit(_("记下申请"))
    values = {"volunteer_id": card.id, "purpose": purpose, "since": since, "until": until}
    return Request(filling, ask_certificate, _("已记下申请"), values) if pressed else None


def certificate_steps(
    user: Actor, found: Sequence[CertificateRow], read: Callable[[Actor, int], CertificatePaper | None]
) -> Request | None:
    """The next step of each paper that is not done, its sheet, and how to make it void."""
    request: Request | None = None
    for one in [row for row in found if row.state is not S.VOID][:5]:
        with st.container(border=True):
            name = one.number or _("{day} 的申请", day=near(one.asked_on))
            st.text(f"{name} · {term(one.state)}")
            request = _next(one) or request
            with st.container(horizontal=True):
                if one.number:
                    file_button(
                        user, Permission.MANAGE_VOLUNTEERS, _("下载情况说明（Word）"), f"{one.number}.docx", WORD,
                        partial(_made, read, one), key=f"paper.certificate.{one.id}", icon=":material/description:",
                    )  # fmt: skip
                request = _void(one) or request
    return request


def _made(read: Callable[[Actor, int], CertificatePaper | None], one: CertificateRow, actor: Actor) -> bytes:
    """The paper as this actor; the log keeps who printed it. Raises NotFound when it is void."""
    paper = read(actor, one.id)
    if paper is None or actor.community_id is None:
        raise NotFound(what="volunteer_certificate", id=one.id)
    content = certificate_sheet(paper)()
    values = {"what": "volunteer_certificate", "rows": {actor.community_id: 1}, "filters": {"number": paper.number}}
    note(actor, record_export, **values)
    return content


def _next(one: CertificateRow) -> Request | None:
    values: dict[str, object] = {"certificate_id": one.id}
    if one.state is S.POSTED:
        st.caption(_("公示到 {day}，之后可以发出。", day=dated(one.ends_on)) if one.ends_on else "")
    if one.state is S.ISSUED:
        with form(f"post_certificate.{one.id}", border=False) as filling:
            days = filling.choice(
                "working_days", _("公示几个工作日"), NOTICE_DAYS, start=NOTICE_DAYS[0], few=True,
                show=lambda n: _("{n} 个工作日", n=n),
            )  # fmt: skip
            pressed = filling.submit(_("开始公示"), icon=":material/campaign:")
        said = values | {"working_days": days}
        return Request(filling, post_certificate, _("已开始公示"), said) if pressed else None
    steps: dict[CertificateState, tuple[str, Callable[..., Any], str]] = {
        S.ASKED: (_("受理"), accept_certificate, _("已受理")),
        S.ACCEPTED: (_("开具并编号"), issue_certificate, _("已开具")),
        S.POSTED: (_("发出"), hand_out_certificate, _("已发出")),
    }
    if one.state not in steps:
        return None
    label, act, done = steps[one.state]
    pressed_at = press(f"certificate.{one.id}", label, primary=True)
    return Request(pressed_at, act, done, values) if pressed_at else None


def _void(one: CertificateRow) -> Request | None:
    with (
        Folded(_("作废"), icon=":material/block:"),
        form(f"void_certificate.{one.id}", border=False) as filling,
    ):
        reason = filling.line("reason", _("作废理由"), most=200)
        pressed = filling.submit(_("确认作废"))
    values = {"certificate_id": one.id, "reason": reason}
    return Request(filling, void_certificate, _("已作废"), values) if pressed else None


def stars_line(card: VolunteerCard) -> None:
    """Stars of the own hours: on the own card only."""
    if card.stars:
        st.caption(safe(_("服务时长折合：{stars}（只在本人登记卡上显示，不排名）", stars="★" * card.stars)))
