"""The weekly register on the secretary's desk: what the doors gave, what is missing, and the signature."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.address import from_address, to_address
from components.asking import asking
from components.forms import form
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.needs.ledger_filters import WEEKS
from components.needs.words import category_of, lacks, place_of
from components.wording import _, safe
from components.wording.dates import near
from components.wording.dates import week as week_words
from components.wording.terms import term
from db.actions.needs.register import sign_week
from db.queries.needs.register import RegisterRow, SignOff, WeekRegister
from db.rules.needs.register import week_at_hand
from db.rules.workdays import mondays, week_of
from db.terms import NeedStage, Urgency, VisitOutcome


def choose_week(signed: frozenset[date], on: date) -> date:
    """The Monday of the week to look at; on a Monday the one just over."""
    weeks = mondays(on - timedelta(weeks=WEEKS), on)[::-1]
    held = from_address("week", date.fromisoformat)
    start = week_of(held) if held else week_at_hand(on, signed)
    chosen: date = st.selectbox(
        _("登记周"),
        weeks if start in weeks else [*weeks, start],
        index=weeks.index(start) if start in weeks else len(weeks),
        key="register.week",
        format_func=lambda monday: f"{week_words(monday)}{' · ' + _('已签') if monday in signed else ''}",
    )
    to_address("week", chosen)
    return chosen


def counts(visits: Mapping[VisitOutcome, int], needs: int, incomplete: int) -> None:
    """Doors and needs of the week, each with what it counts."""
    met = tuple(f"{term(outcome)} {visits.get(outcome, 0)}" for outcome in VisitOutcome)
    missing = _("缺提出人、楼栋，描述过短，或人数与影响面不符的条数。")
    numbers(
        [
            Kpi(_("走访户次"), str(sum(visits.values())), met, _("本周登记的走访次数，一户一次算一次。")),
            Kpi(_("需求"), str(needs), (), _("本周登记、未作废的需求条数。")),
            Kpi(_("待补全"), str(incomplete), (), missing),
        ],
        key="register.numbers",
    )


def week_rows(register_rows: Sequence[RegisterRow]) -> None:
    """The needs of the week with what each lacks; the id of the one that was opened."""
    rows(
        [
            {
                "id": row.need.id,
                "number": row.need.number,
                "title": row.need.title,
                "category": category_of(row.need),
                "place": place_of(row.need),
                "stage": row.need.stage,
                "urgency": None if row.need.urgency is Urgency.NORMAL else row.need.urgency,
                "lacks": lacks(row.lacks),
                "changed": row.need.changed_after_sign_off,
                "worker": row.need.worker,
            }
            for row in register_rows
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("title", _("标题")),
            Column("category", _("类别")),
            Column("place", _("地点")),
            Column("stage", _("阶段"), "nowrap"),
            Column("urgency", _("紧急"), "nowrap"),
            Column("lacks", _("待补全")),
            *([Column("changed", _("签后改动"))] if any(r.need.changed_after_sign_off for r in register_rows) else []),
            Column("worker", _("登记人")),
        ],
        key="register.rows",
        empty=_("这一周还没有登记需求。"),
        caption=_("本周需求"),
        page="need",
        short=True,
    )


def signed_by(signed: SignOff) -> None:
    """Who signed when, and whether the register still is what was signed."""
    st.success(
        _("{who} {at} 签字，共 {n} 条。", who=safe(signed.by), at=near(signed.at), n=signed.needs)
        + (f"  {safe(signed.remark)}" if signed.remark else ""),
        icon=":material/verified:",
    )
    st.caption(_("{kept} · 校验码 {seal}", kept=_since(signed), seal=signed.seal[:12]))


def _since(signed: SignOff) -> str:
    """What became of the week after its signature; a change that nobody marked is said, too."""
    if not signed.changed:
        return _("内容与签字时一致") if signed.unchanged else _("内容与签字时不一致，又没有改动记录，请查操作日志")
    if signed.hidden == signed.changed:
        return _("签字之后有 {n} 条改动，不在您可见的范围内", n=signed.hidden)
    marked = _("签字之后有 {n} 条改动，已逐条标记", n=signed.changed - signed.hidden)
    if not signed.hidden:
        return marked
    return _("{marked}；另有 {n} 条不在您可见的范围内", marked=marked, n=signed.hidden)


def signature(register: WeekRegister, pairs: int) -> Request | None:
    """One weighty button, what is still undecided beside it; pressed once more, it signs. `pairs` are likely twins."""
    waiting = register.standing.get(NeedStage.LOGGED, 0)
    does = _("{n} 条需求转入筛选，本周登记定稿：之后再改动的都会标记。签字不能撤回。", n=waiting)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with (
            asking(_("签字，转入筛选"), does, icon=":material/draw:", primary=True),
            form(f"sign_week.{register.week}", border=False) as filling,
        ):
            remark = filling.line("remark", _("备注（可不填）"))
            pressed = filling.submit(_("确认签字"), icon=":material/draw:")
        st.text(_undecided(register, pairs))
    if not pressed:
        return None
    return Request(filling, sign_week, _moved, {"week": register.week, "remark": remark})


def _undecided(register: WeekRegister, pairs: int) -> str:
    """What a signature would leave as it is."""
    handling = register.standing.get(NeedStage.HANDLING, 0)
    found = [
        _("待补全 {n} 条", n=register.lacking) if register.lacking else "",
        _("可能重复 {n} 对", n=pairs) if pairs else "",
        _("即接即办还没办完 {n} 条", n=handling) if handling else "",
    ]
    left = [one for one in found if one]
    return _("还没定：{left}", left=" · ".join(left)) if left else _("没有待定的事，可以签字。")


def _moved(standing: Mapping[str, int]) -> str:
    """Where the needs of the week stand after the signature."""
    moved = standing.get(NeedStage.REGISTERED, 0)
    said = _("本周登记已签，{n} 条转入筛选", n=moved)
    stayed = [
        _("{n} 条仍在“{stage}”", n=count, stage=term(NeedStage(stage)))
        for stage, count in standing.items()
        if stage != NeedStage.REGISTERED
    ]
    return _("；").join([said, *stayed])
