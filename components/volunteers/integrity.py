"""时长核对 of a month, and one's own hours on the phone."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import day, hours, near, with_days
from components.wording.terms import term
from db.actions.volunteers.settling import answer_finding, answer_hours, settle_sheet
from db.queries.volunteers.hours import ClaimRow, Claims
from db.queries.volunteers.integrity import AnswerRow, ChangeRow, Findings, OwnHours
from db.terms import HoursAnswer, HoursDoubt

BACK_MONTHS = 24


def months_back(today: date, *, also: date | None = None) -> list[date]:
    """The first days of the months that are offered, this one first, and the one that the address names."""
    found = [today.replace(day=1)]
    while len(found) < BACK_MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    if also is not None and also not in found and also.day == 1:
        found.append(also)
    return found


def finding_list(found: Findings) -> None:
    """What waits for an answer; the row leads to the volunteer, where hours are corrected."""
    st.caption(
        _("看了 {entries} 条记录和订单，{n} 处要问一问。口径：同一人、同一时间两处；一天超过八小时；登记前、退出后；"
          "补记超过十天；一人记了当月六成以上；本人有异议。", entries=found.entries, n=found.total)
    )  # fmt: skip
    rows(
        [
            {
                "id": one.volunteer_id, "kind": term(one.kind), "who": one.who, "facts": with_days(one.facts),
                "asked": one.asked,
            }
            for one in found.rows
        ],
        [
            Column("who", _("谁"), "nowrap"),
            Column("kind", _("疑点"), "nowrap"),
            Column("facts", _("哪些记录"), "wide"),
            Column("asked", _("已询问")),
        ],
        key="hours.findings",
        page="volunteers",
        empty=_("这个月没有要问的。"),
        caption=_("时长核对"),
    )  # fmt: skip


def answer_form(found: Findings, month: date) -> Request | None:
    """Ask, confirm with a reason, or say that it was corrected."""
    if not found.rows:
        return None
    by_key = {one.key: one for one in found.rows}
    with form("answer_finding") as filling:
        key = filling.choice(
            "key", _("哪一处"), list(by_key),
            show=lambda one: f"{term(by_key[one].kind)} · {by_key[one].who}" if one in by_key else one,
        )  # fmt: skip
        answer = filling.choice("answer", _("怎么答复"), list(HoursAnswer), few=True)
        word = filling.line("word", _("说明"), help=_("例如：问过本人和队长，两场只隔一条街"), most=200)
        pressed = filling.submit(_("答复"), icon=":material/rule:")
    if not pressed:
        return None
    chosen = by_key.get(key or "")
    if chosen is None:
        filling.problem("key", _("请从列表中选择。"))
        return None
    values = {
        "key": chosen.key, "month": month, "kind": chosen.kind, "facts": chosen.facts,
        "volunteer_id": chosen.volunteer_id, "answer": answer, "word": word,
    }  # fmt: skip
    return Request(filling, answer_finding, _("已答复，可在“已答复”里看到"), values)


def answer_list(answers: Sequence[AnswerRow]) -> None:
    """What was answered, by whom and why."""
    rows(
        [
            {
                "id": one.volunteer_id, "kind": term(one.kind), "who": one.who, "facts": with_days(one.facts),
                "answer": one.answer, "word": one.word, "by": one.by, "at": near(one.at),
            }
            for one in answers
        ],
        [
            Column("kind", _("疑点"), "nowrap"),
            Column("who", _("谁"), "nowrap"),
            Column("facts", _("哪些记录")),
            Column("answer", _("答复"), "nowrap"),
            Column("word", _("说明")),
            Column("by", _("谁答的"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
        ],
        key="hours.answers",
        empty=_("这个月还没有答复。"),
        caption=_("已答复"),
    )  # fmt: skip


def change_list(changes: Sequence[ChangeRow], *, own: bool = False) -> None:
    """Every correction as what was taken back and what was written instead."""
    rows(
        [
            {
                "id": one.volunteer_id, "who": one.who, "what": one.what, "on": near(one.on),
                "before": f"−{hours(one.before)}", "after": f"+{hours(one.after)}", "why": one.reason, "by": one.by,
                "at": near(one.at),
            }
            for one in changes
        ],
        [
            *([] if own else [Column("who", _("志愿者"), "nowrap")]),
            Column("what", _("活动、班次或订单")),
            Column("on", _("日期"), "nowrap"),
            Column("before", _("冲销"), "number"),
            Column("after", _("改记"), "number"),
            Column("why", _("原因")),
            Column("by", _("谁办的"), "nowrap"),
            Column("at", _("时间"), "nowrap"),
        ],
        key="hours.changes",
        page="" if own else "volunteers",
        empty=_("没有冲销和改记。"),
        caption=_("冲销与改记"),
    )  # fmt: skip


def sheet_form(claims: Claims) -> Request | None:
    """A long sheet is confirmed at once by a second person."""
    sheets: dict[tuple[int | None, int | None], list[ClaimRow]] = {}
    for one in claims.rows:
        if one.doubt is HoursDoubt.LARGE_SHEET and not one.mine:
            sheets.setdefault((one.activity_id, one.slot_id), []).append(one)
    if not sheets:
        return None
    answers = {True: _("属实，计入"), False: _("不计入")}
    with form("settle_sheet") as filling:
        chosen = filling.choice(
            "activity_id", _("整张名单"), list(sheets),
            show=lambda key: _("{what} · {day}（{n} 人）", what=sheets[key][0].what, day=day(sheets[key][0].on),
                               n=len(sheets[key])) if key in sheets else "",
        )  # fmt: skip
        counted = filling.choice("counted", _("核对结果"), list(answers), show=answers.__getitem__, few=True)
        word = filling.line("word", _("怎么核对的"), help=_("例如：电话问过家属，看过签到表"), most=200)
        pressed = filling.submit(_("整张核对完了"), icon=":material/fact_check:")
    if not pressed:
        return None
    if chosen is None:
        filling.problem("activity_id", _("请从列表中选择。"))
        return None
    values = {"activity_id": chosen[0], "slot_id": chosen[1], "counted": counted, "word": word}
    return Request(filling, settle_sheet, _("已核对"), values)


def own_list(own: Sequence[OwnHours], waiting: int) -> Request | None:
    """What nobody has said a word to is asked about first; the own hours stand below."""
    if waiting:
        st.info(_("另有 {time} 待工作人员核对。", time=hours(waiting)), icon=":material/hourglass_top:")
    request = _say_form(own) if own else None
    rows(
        [
            {
                "what": one.what, "on": near(one.on), "time": hours(one.minutes),
                "was": hours(one.first_minutes) if one.first_minutes is not None else "",
                "said": _said(one),
            }
            for one in own
        ],
        [
            Column("what", _("活动或班次")),
            Column("on", _("日期"), "nowrap"),
            Column("time", _("时长"), "number"),
            Column("was", _("更正前"), "number"),
            Column("said", _("您的确认")),
        ],
        key="hours.own",
        empty=_("还没有服务记录。"),
        caption=_("我的时长"),
    )  # fmt: skip
    return request


def _say_form(own: Sequence[OwnHours]) -> Request | None:
    every = {one.id: f"{one.what} · {day(one.on)} · {hours(one.minutes)}" for one in own}
    unsaid = [one.id for one in own if one.agreed is None]
    answers = {True: _("时长没错"), False: _("有异议")}
    label = _("请确认 {n} 条时长", n=len(unsaid)) if unsaid else _("改口或提异议")
    with (
        st.expander(label, expanded=bool(unsaid), icon=":material/thumb_up:"),
        form("answer_hours", border=False) as filling,
    ):
        st.caption(_("不确认也照样计入；有异议的，社区会来问您。"))
        which = filling.several(
            "record_ids", _("哪几条"), list(every), start=unsaid, show=lambda one: every.get(one, str(one))
        )
        agreed = filling.choice("agreed", _("您说"), list(answers), show=answers.__getitem__, few=True, start=True)
        objection = filling.line("objection", _("哪里不对（有异议时填）"), most=200)
        pressed = filling.submit(_("确认"))
    values = {"record_ids": which, "agreed": agreed, "objection": objection}
    return Request(filling, answer_hours, _("已收到，谢谢"), values) if pressed else None


def _said(one: OwnHours) -> str:
    if one.agreed is None:
        return _("还没说")
    return _("没错") if one.agreed else _("有异议：{word}", word=one.objection)
