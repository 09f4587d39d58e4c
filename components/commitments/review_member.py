"""One member in the yearly review: the facts of the record, the own words, the counts, and the grade set by hand."""

import streamlit as st

from components.acting import Request
from components.commitments.review_desk import told_words
from components.commitments.review_words import evidence_lines, standing_words, tally_words
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import short_day, today
from components.wording.terms import term
from db.actions.commitments.review import (
    check_tally,
    enter_tally,
    excuse_member,
    grade_member,
    write_peers,
    write_self,
)
from db.actions.commitments.review_after import ask_review_correction, settle_review_correction
from db.queries.commitments.own_review import OwnReview
from db.queries.commitments.review import Correction, ReviewCard, ReviewedRow
from db.rules.commitments.review import BALLOTS_MOST, TAKES_PART, Evidence, TallyInput
from db.terms import ReviewGrade, ReviewStanding, ReviewState, ReviewStep


def facts(one: ReviewedRow, record: Evidence) -> None:
    """What was said and counted, and the record beside it."""
    standing = standing_words(one)
    told = [
        (_("编号"), one.number),
        *([(_("说明"), standing)] if standing else []),
        (_("个人自评"), one.self_words or "—"),
        *([(_("自评由谁写下"), _("支部代为记录"))] if one.for_member else []),
        (_("党员互评"), one.peer_words or "—"),
        (_("民主测评"), tally_words(one.tally) if one.tally else "—"),
        *([(_("计票和核对"), f"{one.tally.counted_by} · {one.tally.checked_by or '—'}")] if one.tally else []),
        *([(_("组织评定"), _graded(one))] if one.grade else []),
    ]
    rows(
        [{"what": what, "value": value} for what, value in told],
        [Column("what", _("项目")), Column("value", _("内容"), "wide")],
        key="review.facts", empty="", caption=one.member, facts=True,
    )  # fmt: skip
    with st.container(border=True):
        st.caption(_("记录里的事实，供评定时参看；不折算成分，也不产生等次。"))
        for line in evidence_lines(record):
            st.text(line)


def _graded(one: ReviewedRow) -> str:
    reason = _("（{reason}）", reason=one.grade_reason) if one.grade_reason else ""
    return f"{term(one.grade)}{reason} · {one.graded_by}" if one.grade else ""


def member_acts(card: ReviewCard, one: ReviewedRow) -> Request | None:
    """What can be done for one member now."""
    if card.state is ReviewState.CLOSED:
        return _after(one)
    if card.state is not ReviewState.OPEN or one.standing not in TAKES_PART:
        return None
    request = _self(one)
    request = _peers(one) or request
    if one.standing is ReviewStanding.DUE:
        request = _tally(card, one) or request
    if one.own:
        st.caption(_("自己的等次由别人评定。"))
        return request
    if one.step in (ReviewStep.GRADE, ReviewStep.DONE) and one.standing is ReviewStanding.DUE:
        request = _grade(one) or request
    return _excuse(one) or request


def _seen(one: ReviewedRow) -> dict[str, object]:
    return {"reviewed_id": one.id, "version": one.version}


def _self(one: ReviewedRow) -> Request | None:
    with (
        st.expander(_("个人自评"), icon=":material/edit:", expanded=not one.self_words),
        form(f"write_self.{one.id}", border=False) as filling,
    ):
        words = filling.words("words", _("替本人记下自评"), start=one.self_words)
        pressed = filling.submit(_("记下自评"), icon=":material/check:")
    return Request(filling, write_self, _("已记下自评"), _seen(one) | {"words": words}) if pressed else None


def _peers(one: ReviewedRow) -> Request | None:
    with (
        st.expander(_("党员互评"), icon=":material/forum:"),
        form(f"write_peers.{one.id}", border=False) as filling,
    ):
        words = filling.words("words", _("会上的意见（不写谁说的）"), start=one.peer_words)
        pressed = filling.submit(_("记下互评"), icon=":material/check:")
    return Request(filling, write_peers, _("已记下互评"), _seen(one) | {"words": words}) if pressed else None


def _tally(card: ReviewCard, one: ReviewedRow) -> Request | None:
    request = None
    tally = one.tally
    if tally is not None and not tally.checked_by:
        if tally.own:
            st.caption(_("这份计票是您录的，请另一位工作人员核对。"))
        else:
            pressed = press(f"review.check.{tally.id}", _("核对无误"), primary=True, icon=":material/done_all:")
            if pressed:
                checked = {"tally_id": tally.id, "version": tally.version}
                request = Request(pressed, check_tally, _("已核对"), checked)
    label = _("改计票（改后重新核对，等次重新评定）") if tally else _("录入测评计票")
    with (
        st.expander(label, icon=":material/how_to_vote:", expanded=tally is None),
        form(f"enter_tally.{one.id}", border=False) as filling,
    ):
        st.caption(_("无记名测评，只录张数。名单上共 {n} 人，发票不超过这个数。", n=card.may_vote))
        columns = st.columns(3)
        start = dict(tally.counts) if tally else {}
        numbers: dict[str, int | None] = {}
        asked = [("handed_out", _("发出张数"), tally.handed_out if tally else None),
                 ("returned", _("收回张数"), tally.returned if tally else None),
                 ("valid", _("有效张数"), tally.valid if tally else None)]  # fmt: skip
        for column, (name, words, first) in zip(columns, asked, strict=True):
            with column:
                numbers[name] = filling.whole(name, words, most=BALLOTS_MOST, start=first)
        for column, grade in zip(st.columns(len(ReviewGrade)), ReviewGrade, strict=True):
            with column:
                numbers[grade.value] = filling.whole(
                    grade.value, term(grade), most=BALLOTS_MOST, start=start.get(grade, 0)
                )
        pressed_form = filling.submit(_("录入计票"), icon=":material/save:")
    if pressed_form:
        values = {"reviewed_id": one.id, "given": TallyInput(**numbers)}
        request = Request(filling, enter_tally, _("已录入，请另一位工作人员核对"), values)
    return request


def _grade(one: ReviewedRow) -> Request | None:
    with form(f"grade_member.{one.id}") as filling:
        st.markdown(f"**{_('组织评定')}**")
        grade = filling.choice("grade", _("等次"), list(ReviewGrade), few=True, start=one.grade)
        reason = filling.line("reason", _("理由（基本合格、不合格必填）"), most=200, start=one.grade_reason)
        pressed = filling.submit(_("评定"), icon=":material/gavel:")
    values = _seen(one) | {"grade": grade, "reason": reason}
    return Request(filling, grade_member, _("已评定"), values) if pressed else None


def _excuse(one: ReviewedRow) -> Request | None:
    if one.standing not in (ReviewStanding.DUE, ReviewStanding.EXCUSED):
        return None
    excused = one.standing is ReviewStanding.EXCUSED
    with (
        st.expander(_("暂不评定"), icon=":material/event_busy:"),
        form(f"excuse_member.{one.id}", border=False) as filling,
    ):
        label = _("原因（清空就恢复评定）") if excused else _("原因，如长期患病、测评后才转入")
        reason = filling.line("reason", label, most=200, start=one.standing_word)
        pressed = filling.submit(_("登记"), icon=":material/check:")
    return Request(filling, excuse_member, _("已登记"), _seen(one) | {"reason": reason}) if pressed else None


def _after(one: ReviewedRow) -> Request | None:
    """The lines of correction, and a new one when none waits."""
    if one.grade is None:
        return None
    st.caption(told_words(one.told_on))
    request = None
    for line in one.corrections:
        request = _correction(one, line) or request
    if one.own:
        st.caption(_("自己的等次由别人更正。"))
        return request
    if any(line.waits for line in one.corrections):
        return request
    with (
        st.expander(_("更正等次"), icon=":material/edit_note:"),
        form(f"ask_review_correction.{one.id}", border=False) as filling,
    ):
        options = [grade for grade in ReviewGrade if grade is not one.holds]
        grade = filling.choice("grade", _("更正为"), options, few=True)
        reason = filling.line("reason", _("更正理由"), most=200)
        pressed = filling.submit(_("提出更正"), icon=":material/outgoing_mail:")
    values = _seen(one) | {"grade": grade, "reason": reason}
    return (
        Request(filling, ask_review_correction, _("已提出，请另一位工作人员确认"), values) if pressed else request
    )  # fmt: skip


def _correction(one: ReviewedRow, line: Correction) -> Request | None:
    where = _("待第二人确认") if line.waits else (_("已更正") if line.accepted else _("已撤下"))
    told = _("更正为{grade}：{reason}（{name}，{day}，{where}）", grade=term(line.grade), reason=line.reason,
             name=line.asked_by, day=short_day(today(line.asked_at)), where=where)  # fmt: skip
    st.text(told)
    if not line.waits:
        return None
    request = None
    seen = {"correction_id": line.id, "version": line.version}
    if not line.own and not one.own:
        pressed = press(f"review.accept.{line.id}", _("确认更正"), primary=True, icon=":material/done_all:")
        if pressed:
            request = Request(pressed, settle_review_correction, _("已更正"), seen | {"accept": True})
    dropped = press(f"review.drop.{line.id}", _("撤下这条更正"), icon=":material/close:")
    if dropped:
        request = Request(dropped, settle_review_correction, _("已撤下"), seen | {"accept": False})
    return request


def own_review(one: OwnReview) -> Request | None:
    """On the member's own page: words to write while the review runs, afterwards the own result and nobody else's."""
    if one.state is not ReviewState.OPEN and one.grade is None:
        return None
    with st.container(border=True):
        st.markdown(f"**{safe(_('{branch} {year} 年民主评议党员', branch=one.branch, year=one.year))}**")
        if one.grade is not None:
            told = _("您的评议结果：{grade}", grade=term(one.grade))
            st.text(f"{told}{_('（已更正）') if one.corrected else ''}")
            if one.grade_reason:
                st.text(one.grade_reason)
            return None
        with form(f"write_self.{one.id}", border=False) as filling:
            words = filling.words("words", _("个人自评"), start=one.self_words)
            pressed = filling.submit(_("交自评"), icon=":material/send:", wide=True)
    values = {"reviewed_id": one.id, "version": one.version, "words": words}
    return Request(filling, write_self, _("自评已交"), values) if pressed else None
