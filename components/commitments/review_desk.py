"""民主评议党员 of a branch: the reviews, one review's list in the order of names, closing it by two people."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.commitments.review_words import closing_words, grade_counts, standing_words
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import near, short_day
from components.wording.terms import term
from db.actions.commitments.review import (
    confirm_closing,
    follow_roll,
    open_review,
    propose_closing,
    return_review,
)
from db.actions.commitments.review_after import mark_told
from db.queries.commitments.review import ReviewCard, ReviewedRow, ReviewRow
from db.rules.commitments.review import RollMove, excellent_most, too_many_excellent
from db.terms import ReviewGrade, ReviewState


def review_list(found: Sequence[ReviewRow]) -> None:
    """The reviews and how far each is; nobody's grade."""
    rows(
        [
            {
                "id": one.id,
                "branch": f"{one.branch} · {one.year}",
                "state": one.state,
                "opened": near(one.opened_on),
                "due": one.due,
                "spoken": one.spoken,
                "counted": one.counted,
                "graded": one.graded,
            }
            for one in found
        ],
        [
            Column("branch", _("支部和年度"), "wide"),
            Column("state", _("状态")),
            Column("opened", _("名单冻结"), "nowrap"),
            Column("due", _("应评定"), "number"),
            Column("spoken", _("已自评"), "number"),
            Column("counted", _("测评已核对"), "number"),
            Column("graded", _("组织已评定"), "number"),
        ],
        key="reviews.list",
        page="review",
        empty=_("还没有开过民主评议。每个支部每年开一次，开的时候名单按当天名册冻结。"),
        caption=_("民主评议党员"),
    )


def open_form(to_open: Mapping[int, Mapping[int, str]]) -> Request | None:
    """Open the review of a branch and a year; `to_open` holds by year the branches that have none."""
    years = [year for year, branches in to_open.items() if branches]
    if not years:
        return None
    named = {number: name for branches in to_open.values() for number, name in branches.items()}
    with st.expander(_("开一次民主评议"), icon=":material/add:"), form("open_review", border=False) as filling:
        year = filling.choice("year", _("哪一年的"), years, few=True, start=years[0], show=str)
        branch = filling.choice("branch_id", _("支部"), list(named), show=lambda one: named.get(one, ""))
        st.caption(_("名单按今天的名册冻结；预备党员参加评议、不评定等次。以后进出支部的，一条一条记在名单上。"))
        pressed = filling.submit(_("开评议、冻结名单"), icon=":material/lock:")
    values = {"branch_id": branch, "year": year}
    return Request(filling, open_review, _("已开，名单已冻结"), values) if pressed else None


def standing(card: ReviewCard) -> None:
    """Where the review stands."""
    st.caption(safe(closing_words(card)))
    if card.returned_word:
        st.warning(safe(_("退回：{word}", word=card.returned_word)), icon=":material/undo:")
    if card.many_reason:
        st.caption(safe(_("优秀超过三分之一的说明：{word}", word=card.many_reason)))
    if card.grades:
        st.caption(grade_counts(card.grades))


def member_list(card: ReviewCard) -> None:
    """The list in the order of names; it is never put in the order of grades."""
    rows(
        [
            {
                "id": one.id,
                "member": f"{one.member or '—'} · {one.number}",
                "spoken": _("已自评") if one.self_words else "—",
                "ballot": _ballot(one),
                "grade": _grade(one),
                "step": one.step,
                "note": standing_words(one),
            }
            for one in card.members
        ],
        [
            Column("member", _("党员")),
            Column("spoken", _("个人自评")),
            Column("ballot", _("民主测评")),
            Column("grade", _("组织评定")),
            Column("step", _("下一步")),
            Column("note", _("说明"), "wide"),
        ],
        key="review.members",
        page="review",
        name="member",
        empty="",
        caption=_("评议名单（按姓名排列，不分先后）"),
    )


def _ballot(one: ReviewedRow) -> str:
    if one.tally is None:
        return "—"
    return _("有效 {n} 张", n=one.tally.valid) if one.tally.checked_by else _("待第二人核对")


def _grade(one: ReviewedRow) -> str:
    if one.holds is None:
        return "—"
    return term(one.holds) if one.holds is one.grade else _("{grade}（已更正）", grade=term(one.holds))


def roll_part(card: ReviewCard, moves: Sequence[RollMove]) -> Request | None:
    """What the roll did since the freezing and the list does not say yet."""
    if not moves or card.state is ReviewState.CLOSED:
        return None
    came = sum(1 for one in moves if one.new)
    st.warning(
        _("名单冻结以后名册有变动：{came} 人进入支部，{other} 人离开、返回或改了转正日期。", came=came,
          other=len(moves) - came), icon=":material/sync:",
    )  # fmt: skip
    if card.state is not ReviewState.OPEN:
        st.caption(_("先退回，再把变动记入名单。"))
        return None
    pressed = press(f"review.roll.{card.id}", _("把变动记入名单"), icon=":material/playlist_add:")
    said = lambda n: _("已记入 {n} 处", n=n)  # noqa: E731
    return Request(pressed, follow_roll, said, {"review_id": card.id}) if pressed else None


def closing_part(card: ReviewCard) -> Request | None:
    """One person proposes, another confirms or sends it back; afterwards who was told is written down."""
    if card.state is ReviewState.OPEN:
        return _propose(card)
    if card.state is ReviewState.PROPOSED:
        return _confirm(card)
    return _tell(card)


def _propose(card: ReviewCard) -> Request | None:
    if card.waiting:
        st.caption(_("还有 {n} 位应评定的党员没有评定完，评定完才能提请结束。", n=len(card.waiting)))
        return None
    many, reason = too_many_excellent(card.grades), ""
    with form(f"propose_closing.{card.id}") as filling:
        if many:
            excellent = sum(1 for one in card.grades if one is ReviewGrade.EXCELLENT)
            st.error(
                _("优秀 {n} 人，超过评定人数的三分之一（{most} 人）。一般不超过三分之一；确要这样，请写明理由。",
                  n=excellent, most=excellent_most(len(card.grades))), icon=":material/priority_high:",
            )  # fmt: skip
            reason = filling.line("many_reason", _("优秀超过三分之一的理由"), most=200)
        label = _("确认超过三分之一，提请结束") if many else _("提请结束")
        pressed = filling.submit(label, icon=":material/outgoing_mail:")
    values = {"review_id": card.id, "version": card.version, "many_reason": reason}
    return Request(filling, propose_closing, _("已提请，请另一位工作人员确认"), values) if pressed else None


def _confirm(card: ReviewCard) -> Request | None:
    request = None
    seen = {"review_id": card.id, "version": card.version}
    if card.own:
        st.caption(_("您提请的，要由另一位工作人员确认。"))
    else:
        does = _("确认以后等次固定，姓名和记录按当时留存；改等次要另写更正，由两人办理。")
        name, label = f"review.confirm.{card.id}", _("确认结束")
        pressed = ask(name, label, does, _("确认结束评议"), primary=True, icon=":material/verified:")
        if pressed:
            said = lambda n: _("评议结束，评定 {n} 人", n=n)  # noqa: E731
            request = Request(pressed, confirm_closing, said, seen)
    with st.expander(_("退回再议"), icon=":material/undo:"), form(f"return_review.{card.id}", border=False) as filling:
        reason = filling.line("reason", _("退回理由"), most=200)
        if filling.submit(_("退回"), icon=":material/undo:"):
            request = Request(filling, return_review, _("已退回"), seen | {"reason": reason})
    return request


def _tell(card: ReviewCard) -> Request | None:
    untold = {one.id: one for one in card.members if one.grade is not None and one.told_on is None}
    if not untold:
        return None
    with st.expander(_("登记结果已反馈本人"), icon=":material/forum:"), form("mark_told", border=False) as filling:
        show = lambda one: f"{untold[one].number} {untold[one].member}" if one in untold else str(one)  # noqa: E731
        ids = filling.several("reviewed_ids", _("反馈给哪些人"), list(untold), show=show)
        pressed = filling.submit(_("已反馈"), icon=":material/check:")
    said = lambda n: _("已登记 {n} 人", n=n)  # noqa: E731
    return Request(filling, mark_told, said, {"reviewed_ids": ids}) if pressed else None


def told_words(told_on: date | None) -> str:
    """Whether the result was told to the member."""
    return _("{day} 已反馈本人", day=short_day(told_on)) if told_on else _("还没有反馈本人")
