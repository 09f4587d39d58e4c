"""The form of a promise, and the acts on one: hand in, review, publish, rest, change, end."""

from collections.abc import Mapping, Sequence
from datetime import date
from zlib import crc32

import streamlit as st

from components.acting import Request
from components.commitments.words import PARTS, lacking_words
from components.detail import more
from components.forms import Filling, form, press
from components.wording import _, listed, side_by_side
from db.actions.commitments.commitments import (
    amend_commitment,
    approve_commitment,
    change_commitment,
    end_commitment,
    pause_commitment,
    resume_commitment,
    return_commitment,
    submit_commitment,
    take_back_commitment,
    write_commitment,
)
from db.queries.commitments.commitments import CommitmentCard, CommitmentRow
from db.rules.commitments.life import CommitmentEvent, possible
from db.rules.commitments.promise import MOST_TIMES, Part, PromiseInput, missing, vague_words
from db.terms import PromiseRhythm

E = CommitmentEvent


def promise_fields(filling: Filling, today: date, start: PromiseInput | None = None) -> PromiseInput:
    """The five parts of a promise, in the order in which one says them."""
    held = start or PromiseInput(starts_on=today, until=date(today.year, 12, 31), measure=_("次"))
    whom = filling.line("whom", _("服务对象"), most=200, start=held.whom, placeholder=_("例如：3 名行动不便的老年党员"))
    what = filling.line(
        "what", PARTS[Part.WHAT](), most=200, start=held.what, placeholder=_("例如：送学习材料上门并讲解")
    )
    rhythm = filling.choice("rhythm", _("多久一次"), list(PromiseRhythm), start=held.rhythm, few=True)
    with st.container(horizontal=True):
        times = filling.whole("times", _("每期几次"), least=1, most=MOST_TIMES, start=held.times)
        measure = filling.line("measure", PARTS[Part.MEASURE](), most=20, start=held.measure)
    with st.container(horizontal=True):
        starts = filling.day("starts_on", _("从哪天"), start=held.starts_on)
        until = filling.day("until", _("到哪天"), start=held.until)
    instant = filling.yes("instant", _("即时承诺（针对一件临时任务）"), start=held.instant)
    return PromiseInput(whom, what, rhythm, times, starts, until, measure, held.need_id, held.series_id, instant)


def year_to_promise(today: date) -> int:
    """The year that a new promise is for: from December on the next one."""
    return today.year + (today.month == 12)


def last_years(mine: Sequence[CommitmentRow], today: date) -> PromiseInput | None:
    """A promise of the year before that has no follower yet, chosen to be written again for the year to come."""
    year = year_to_promise(today)
    again = {row.what for row in mine if row.starts_on and row.starts_on.year == year}
    before = {
        row.id: row
        for row in mine
        if row.starts_on and row.starts_on.year == year - 1 and not row.instant and row.what not in again
    }
    if not before:
        return None
    chosen = st.selectbox(
        _("照去年的接着承诺（可改）"), list(before), index=None,
        format_func=listed(list(before), lambda one: before[one].what),
        placeholder=_("不选：写一项新的"), key="write_commitment.before",
    )  # fmt: skip
    if chosen not in before:
        return None
    row = before[chosen]
    starts = max(today, date(year, 1, 1))
    return PromiseInput(row.whom, row.what, row.rhythm, row.times, starts, date(year, 12, 31), row.measure)


def write_form(today: date, members: Mapping[int, str] | None, start: PromiseInput | None = None) -> Request | None:
    """A new promise: the own one, or with `members` one that staff writes down for a member; `start` fills it."""
    # A form for every promise that is taken up again: what was typed for another one does not fill this one.
    with form("write_commitment" if start is None else f"write_commitment.{crc32(start.what.encode())}") as filling:
        member_id = None
        if members is not None:
            member_id = filling.choice(
                "member_id", _("哪位党员"), list(members), show=lambda one: members.get(one, str(one))
            )
        given = promise_fields(filling, today, start)
        pressed = filling.submit(_("存为草稿"), icon=":material/save:", wide=True)
    if not pressed:
        return None
    if members is not None and member_id is None:
        member_id = 0  # refused at its field; None would mean one's own
    values = {"member_id": member_id, "given": given}
    return Request(filling, write_commitment, _("已存为草稿，写全后提交支部审核"), values)


def what_lacks(given: PromiseInput) -> None:
    """Tell what a draft lacks before it can be handed in, and words that promise an attitude and no act."""
    if lacking := missing(given):
        st.warning(_("还缺：{parts}。写全后才能提交。", parts=lacking_words(lacking)), icon=":material/edit_note:")
    if words := vague_words(given.what):
        st.info(
            _("“{words}”说不清做没做到，换成能数得出来的说法。", words=side_by_side(words)), icon=":material/lightbulb:"
        )


def acts(row: CommitmentRow, given: PromiseInput, today: date, *, makes: bool, reviews: bool) -> Request | None:
    """The acts that the promise allows now; nobody reviews the own one."""
    can, request = possible(row.state), None
    seen = {"commitment_id": row.id, "version": row.version}
    if makes and E.SUBMIT in can:
        what_lacks(given)
        pressed = press(f"commitment.submit.{row.id}", _("提交审核"), primary=True, icon=":material/send:")
        if pressed:
            request = Request(pressed, submit_commitment, _("已提交支部审核"), seen)
        request = _other_words(row, given, today) or request
    if makes and E.TAKE_BACK in can:
        pressed = press(f"commitment.take_back.{row.id}", _("撤回修改"), icon=":material/undo:")
        if pressed:
            request = Request(pressed, take_back_commitment, _("已撤回为草稿"), seen)
    if reviews and E.APPROVE in can and not row.own:
        request = _review(seen) or request
    return request


def _other_words(row: CommitmentRow, given: PromiseInput, today: date) -> Request | None:
    with (
        st.expander(_("修改草稿"), icon=":material/edit:"),
        form(f"amend_commitment.{row.id}", border=False) as filling,
    ):
        wanted = promise_fields(filling, today, given)
        pressed = filling.submit(_("保存"), icon=":material/save:")
    values = {"commitment_id": row.id, "version": row.version, "given": wanted}
    return Request(filling, amend_commitment, _("已保存"), values) if pressed else None


def _review(seen: Mapping[str, object]) -> Request | None:
    request = None
    with st.container(border=True):
        st.markdown(f"**{_('支部审核')}**")
        with form("approve_commitment", border=False) as approving:
            word = approving.line("word", _("审核意见（可不填）"), most=200)
            approved = approving.submit(_("审核通过"), icon=":material/task_alt:")
        with form("return_commitment", border=False) as returning:
            reason = returning.line("reason", _("退回理由"), most=200, placeholder=_("例如：没有写清一个月几次"))
            returned = returning.submit(_("退回修改"), icon=":material/undo:")
    if approved:
        request = Request(approving, approve_commitment, _("已通过，可以亮诺"), {**seen, "word": word})
    if returned:
        request = Request(returning, return_commitment, _("已退回"), {**seen, "reason": reason})
    return request


def rare_acts(row: CommitmentRow, given: PromiseInput, today: date) -> Request | None:
    """Rest, go on, change, end: rarely needed, so each is folded in the menu."""
    can, request = possible(row.state), None
    seen = {"commitment_id": row.id, "version": row.version}
    if E.RESUME in can:
        pressed = press(f"commitment.resume.{row.id}", _("恢复践诺"), primary=True, icon=":material/play_circle:")
        if pressed:
            request = Request(pressed, resume_commitment, _("已恢复"), seen)
    if not can & {E.PAUSE, E.CHANGE, E.END}:
        return request
    with more() as menu:
        if menu.open:
            request = _rare_forms(row, given, today) or request
    return request


def _rare_forms(row: CommitmentRow, given: PromiseInput, today: date) -> Request | None:
    can, request = possible(row.state), None
    seen = {"commitment_id": row.id, "version": row.version}
    if E.PAUSE in can:
        with (
            st.expander(_("暂停一段时间"), icon=":material/pause_circle:"),
            form(f"pause_commitment.{row.id}", border=False) as resting,
        ):
            with st.container(horizontal=True):
                since = resting.day("since", _("从哪天"), start=today)
                until = resting.day("until", _("到哪天"))
            why = resting.line("reason", _("原因"), most=200, placeholder=_("例如：住院、外出"))
            if resting.submit(_("登记暂停"), icon=":material/pause_circle:"):
                values = {**seen, "since": since, "until": until, "reason": why}
                request = Request(resting, pause_commitment, _("已登记，这几天不算漏诺"), values)
    if E.CHANGE in can:
        with (
            st.expander(_("变更内容"), icon=":material/edit:"),
            form(f"change_commitment.{row.id}", border=False) as changing,
        ):
            wanted = promise_fields(changing, today, given)
            cause = changing.line("reason", _("变更原因"), most=200)
            if changing.submit(_("变更并重新审核"), icon=":material/edit:"):
                other = {**seen, "given": wanted, "reason": cause}
                request = Request(changing, change_commitment, _("已变更，待支部审核"), other)
    if E.END in can:
        with (
            st.expander(_("终止这项承诺"), icon=":material/block:"),
            form(f"end_commitment.{row.id}", border=False) as ending,
        ):
            reason = ending.line("reason", _("终止原因"), most=200)
            if ending.submit(_("终止这项承诺"), icon=":material/block:"):
                request = Request(ending, end_commitment, _("已终止"), {**seen, "reason": reason})
    return request


def typed(card: CommitmentCard) -> PromiseInput:
    """The words of a promise as its form holds them."""
    row = card.row
    return PromiseInput(
        row.whom, row.what, row.rhythm, row.times, row.starts_on, row.until, row.measure,
        card.need_id, card.series_id, row.instant,
    )  # fmt: skip
