"""季度亮绩 at the desk and on the member's phone: draft, confirm, review, post; figures never make an order."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, in_a_row, safe
from components.wording.dates import number
from db.actions.commitments.sheets import confirm_sheet, draft_sheets, post_sheets, return_sheet, review_sheets
from db.queries.commitments.quarter import SheetRow
from db.rules.commitments.quarter import Figures
from db.terms import SheetState

SHOWN = 50
"""Rows of the list; a branch is chosen for more, and the paper holds all."""


def quarter_words(first: date) -> str:
    """2026 年第一季度."""
    names = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
    return _("{year} 年{quarter}", year=first.year, quarter=names[first.month // 3])


def figure_words(figures: Figures) -> str:
    """What a sheet says, in one line; what there is nothing of is left out."""
    parts = [_("应践 {due} 次，已践 {kept} 次", due=figures.due, kept=figures.kept)]
    if figures.sessions:
        parts.append(_("服务 {n} 次", n=figures.sessions))
    if figures.minutes:
        parts.append(_("{n} 小时", n=number(Fraction(figures.minutes, 60))))
    if figures.people:
        parts.append(_("{n} 人次", n=figures.people))
    if figures.answers:
        parts.append(_("群众评议 {n} 人，好和较好 {good} 人", n=figures.answers, good=figures.content))
    return _("，").join(parts)


def sheet_list(found: Sequence[SheetRow], *, drafts: bool) -> None:
    """The sheets by branch and number of the roll."""
    rows(
        [
            {
                "member": f"{one.number} {one.member} · {one.branch}",
                "figures": figure_words(one.figures),
                "example": one.example or "—",
                "state": one.state,
                "note": _note(one),
            }
            for one in found[:SHOWN]
        ],
        [
            Column("member", _("党员")),
            Column("figures", _("本季度"), "wide"),
            Column("example", _("事例"), "wide"),
            Column("state", _("状态")),
            Column("note", _("说明")),
        ],
        key="sheets.list",
        empty=_("这个季度还没有亮绩单。按“起草亮绩单”，从践诺记录里算出来，再请本人确认。")
        if drafts
        else _("这个季度还没有亮绩单，由社区起草。"),
        caption=_("季度亮绩"),
    )
    if len(found) > SHOWN:
        st.caption(_("共 {n} 张，这里列前 {most} 张。选一个支部看其余的。", n=len(found), most=SHOWN))


def _note(one: SheetRow) -> str:
    parts = [_("退回：{word}", word=one.review_word)] if one.review_word and one.state is SheetState.DRAFT else []
    if one.for_member:
        parts.append(_("社区代本人确认"))
    if one.now is not None:
        parts.append(_("确认后记录有变化，现为：{figures}", figures=figure_words(one.now)))
    return in_a_row(parts)


def desk_acts(found: Sequence[SheetRow], first: date) -> Request | None:
    """Draft, confirm on a member's word, let pass, send back, post."""
    request = None
    pressed = press("sheets.draft", _("起草亮绩单"), primary=not found, icon=":material/edit_note:")
    if pressed:
        request = Request(pressed, draft_sheets, _drafted, {"first": first})
    named = {one.id: one for one in found}
    show = lambda one: f"{named[one].number} {named[one].member}" if one in named else str(one)  # noqa: E731
    drafts = [one.id for one in found if one.state is SheetState.DRAFT]
    ready = [one.id for one in found if one.state is SheetState.CONFIRMED and not one.own]
    back = [one.id for one in found if one.state in (SheetState.CONFIRMED, SheetState.REVIEWED)]
    if ready:
        with form("review_sheets") as reviewing:
            ids = reviewing.several("sheet_ids", _("审核通过哪些"), ready, start=ready, show=show)
            if reviewing.submit(_("审核通过"), icon=":material/task_alt:"):
                said = lambda n: _("已审核 {n} 张，可以张贴", n=n)  # noqa: E731
                request = Request(reviewing, review_sheets, said, {"sheet_ids": ids})
    if drafts:
        with st.expander(_("替没有手机的党员确认"), icon=":material/edit:"), form("confirm_sheet", border=False) as on:
            chosen = on.choice("sheet_id", _("谁的亮绩单"), drafts, show=show)
            example = on.line("example", _("一个事例（可不填，不写居民姓名）"), most=200)
            if on.submit(_("本人已确认"), icon=":material/check:"):
                values = _seen(named, chosen) | {"example": example}
                request = Request(on, confirm_sheet, _("已确认，待支部审核"), values)
    if back:
        with st.expander(_("退回一张"), icon=":material/undo:"), form("return_sheet", border=False) as returning:
            chosen = returning.choice("sheet_id", _("谁的亮绩单"), back, show=show)
            reason = returning.line("reason", _("退回理由"), most=200)
            if returning.submit(_("退回"), icon=":material/undo:"):
                values = _seen(named, chosen) | {"reason": reason}
                request = Request(returning, return_sheet, _("已退回"), values)
    if any(one.state is SheetState.REVIEWED for one in found):
        pressed = press("sheets.post", _("登记为已张贴"), icon=":material/campaign:")
        if pressed:
            said = lambda n: _("已登记 {n} 张", n=n)  # noqa: E731
            request = Request(pressed, post_sheets, said, {"first": first})
    return request


def _drafted(n: int) -> str:
    """None are left where another tab or a second press drafted them."""
    return _("已起草 {n} 张，请本人确认", n=n) if n else _("没有要起草的：有承诺的党员都有亮绩单了")


def _seen(named: dict[int, SheetRow], chosen: int | None) -> dict[str, object]:
    return {"sheet_id": chosen or 0, "version": named[chosen].version if chosen in named else 1}


def own_sheet(one: SheetRow) -> Request | None:
    """A member confirms the own sheet on the phone, with one example of the own choice."""
    with st.container(border=True):
        st.markdown(f"**{_('{quarter}亮绩，请确认', quarter=quarter_words(one.first))}**")
        st.caption(figure_words(one.figures))
        if one.review_word:
            st.caption(safe(_("支部退回：{word}", word=one.review_word)))
        for quote in one.quotes:
            st.text(f"“{quote}”")
        with form(f"confirm_sheet.{one.id}", border=False) as filling:
            example = filling.line("example", _("一个事例（可不填，不写居民姓名）"), most=200, start=one.example)
            pressed = filling.submit(_("属实，确认"), icon=":material/check:", wide=True)
    values = {"sheet_id": one.id, "version": one.version, "example": example}
    return Request(filling, confirm_sheet, _("已确认，待支部审核"), values) if pressed else None
