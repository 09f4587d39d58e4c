"""评诺: the three sides apart with how many answered, taking words down, following a bad one up, the result."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.commitments.words import said_words, side_words
from components.forms import form
from components.lists import Column, rows
from components.wording import _, safe, side_by_side
from components.wording.dates import near, short_day, today
from components.wording.terms import term
from db.actions.commitments.judging import (
    close_follow_up,
    record_verdict,
    settle_promise,
    strike_verdict,
    withdraw_quote,
)
from db.queries.commitments.commitments import CommitmentRow
from db.queries.commitments.judging import FollowRow, Judged, VerdictRow
from db.rules.commitments.judging import FROM_PEOPLE, NUMBER_MOST, TAKEN_DOWN, SettleInput, VerdictInput, silent
from db.terms import CommitmentState, JudgeSide, JudgeWay, Verdict

NO_ANSWER = "no_answer"
SHOWN = (CommitmentState.TO_JUDGE, CommitmentState.JUDGED)


def judging_part(row: CommitmentRow, found: Judged) -> None:
    """What the sides said, each by itself, what the organisation chose, and what was explained."""
    if _early(row) or (row.state not in SHOWN and not found.entries):
        return
    rows(
        [
            {"side": one.side, "answers": side_words(one), "said": said_words(one)}
            for one in found.sides
            if one.side is not JudgeSide.ORGANISATION
        ],
        [
            Column("side", _("哪一方"), "nowrap"),
            Column("answers", _("问了多少、答了多少")),
            Column("said", _("怎么说"), "wide"),
        ],
        key="commitment.sides",
        empty="",
        caption=_("评诺"),
    )
    if found.verdict is not None:
        lines = [_("组织评定：{verdict}（{by}）", verdict=term(found.verdict), by=found.by)]
        lines += [found.word] if found.word else []
        lines += [_("客观原因：{cause}", cause=found.cause)] if found.cause else []
        st.info(safe(" · ".join(lines)), icon=":material/verified:")


def _early(row: CommitmentRow) -> bool:
    """Whoever promised reads no word before the promise is over: a word of one visit would name who was visited."""
    return row.own and row.state not in SHOWN


def judging_acts(row: CommitmentRow, found: Judged) -> Request | None:
    """Take down words, strike one out, speak about a bad one, settle; nothing for the member's own promise."""
    if _early(row):
        return None
    _entries(found.entries)
    if row.own:
        if row.state is CommitmentState.TO_JUDGE:
            st.caption(_("自己的承诺由别人来评。"))
        return None
    request = None
    for one in (entry for entry in found.entries if entry.open):
        request = _follow(one) or request
        break  # the latest one first; the next comes when it is closed
    request = _withdraw(found.entries) or request
    if row.state is not CommitmentState.TO_JUDGE:
        return request
    with st.container(border=True):
        st.markdown(f"**{_('记一条评议')}**")
        request = _record(row) or request
    with st.container(border=True):
        st.markdown(f"**{_('组织评定')}**")
        request = _settle(row, found) or request
    return _strike(found.entries) or request


def _record(row: CommitmentRow) -> Request | None:
    with form(f"record_verdict.{row.id}", border=False) as filling:
        side = filling.choice("side", _("哪一方"), list(FROM_PEOPLE), few=True, start=JudgeSide.RESIDENTS)
        way = filling.choice("way", _("怎么听到的"), list(TAKEN_DOWN), few=True, start=JudgeWay.PHONE)
        said = filling.choice(
            "verdict", _("评价"), [*Verdict, NO_ANSWER], few=True, start=Verdict.GOOD,
            show=lambda one: _("没有答复") if one == NO_ANSWER else term(one),
        )  # fmt: skip
        number = filling.whole("number", _("人数"), least=1, most=NUMBER_MOST, start=1)
        words = filling.line("words", _("原话（可不填，不写姓名、电话、门牌）"), most=200)
        quotable = filling.yes("quotable", _("本人同意不具名引用这句话"))
        pressed = filling.submit(_("记下"), icon=":material/rate_review:")
    verdict = said if isinstance(said, Verdict) else None
    values = {"commitment_id": row.id, "given": VerdictInput(side, way, verdict, number, words, quotable)}
    return Request(filling, record_verdict, _("已记下"), values) if pressed else None


def _settle(row: CommitmentRow, found: Judged) -> Request | None:
    mute = silent(found.sides)
    with form(f"settle_promise.{row.id}", border=False) as filling:
        verdict = filling.choice("verdict", _("评定结果"), list(Verdict), few=True)
        word = filling.line("word", _("评语（评为一般、差时必填）"), most=200)
        cause = filling.line("cause", _("客观原因说明（没有做到又不怪本人时）"), most=200)
        without = ""
        if mute:
            label = _("为什么没有{sides}", sides=side_by_side(term(one) for one in mute))
            without = filling.line("without", label, most=100)
        pressed = filling.submit(_("评定"), icon=":material/verified:")
    values = {"commitment_id": row.id, "version": row.version, "given": SettleInput(verdict, word, cause, without)}
    return Request(filling, settle_promise, _("已评定"), values) if pressed else None


def _follow(one: VerdictRow) -> Request | None:
    with form(f"close_follow_up.{one.id}") as filling:
        until = near(one.follow_until) if one.follow_until else ""
        st.markdown(f":material/priority_high: {_('{side}评了“差”，最迟 {day} 回访', side=term(one.side), day=until)}")
        if one.words:
            st.text(one.words)
        word = filling.line("word", _("回访后怎么办的"), most=200)
        pressed = filling.submit(_("回访完成"), icon=":material/task_alt:")
    values = {"verdict_id": one.id, "version": one.version, "word": word}
    return Request(filling, close_follow_up, _("已记下回访"), values) if pressed else None


def _strike(entries: Sequence[VerdictRow]) -> Request | None:
    live = {one.id: one for one in entries if not one.struck_reason and one.side is not JudgeSide.ORGANISATION}
    if not live:
        return None
    with st.expander(_("记错了一条评议"), icon=":material/backspace:"), form("strike_verdict", border=False) as filling:
        number = filling.choice("verdict_id", _("哪一条"), list(live), show=lambda one: _named(live.get(one)))
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("冲销这一条"), icon=":material/backspace:")
    version = live[number].version if number in live else 1
    values = {"verdict_id": number or 0, "version": version, "reason": reason}
    return Request(filling, strike_verdict, _("已冲销"), values) if pressed else None


def _withdraw(entries: Sequence[VerdictRow]) -> Request | None:
    quoted = {one.id: one for one in entries if one.quotable and not one.struck_reason}
    if not quoted:
        return None
    with (
        st.expander(_("说的人不想被引用了"), icon=":material/format_quote:"),
        form("withdraw_quote", border=False) as filling,
    ):
        st.caption(_("撤回后，亮绩单再打印就没有这句话；评价照样计数。已经贴出去的请换下来。"))
        number = filling.choice(
            "verdict_id", _("哪一句"), list(quoted), show=lambda one: quoted[one].words if one in quoted else ""
        )
        pressed = filling.submit(_("不再引用"), icon=":material/format_quote:")
    version = quoted[number].version if number in quoted else 1
    values = {"verdict_id": number or 0, "version": version}
    return Request(filling, withdraw_quote, _withdrawn, values) if pressed else None


def _withdrawn(sheets: int) -> str:
    return _("不再引用，已从 {n} 张亮绩单上去掉", n=sheets) if sheets else _("不再引用")


def _named(one: VerdictRow | None) -> str:
    return f"{term(one.side)} {_said(one)} × {one.number}" if one else ""


def _said(one: VerdictRow) -> str:
    return term(one.verdict) if one.verdict else _("没有答复")


def _entries(entries: Sequence[VerdictRow]) -> None:
    if not entries:
        return
    with st.expander(_("评议记录（{n} 条）", n=len(entries)), icon=":material/list:"):
        rows(
            [
                {
                    "at": short_day(today(one.at)),
                    "side": one.side,
                    "way": term(one.way),
                    "said": f"{_said(one)} × {one.number}",
                    "words": f"{one.words}{_('（可引用）') if one.quotable else ''}",
                    "state": _standing(one),
                }
                for one in entries[:50]
            ],
            [
                Column("at", _("哪天"), "nowrap"),
                Column("side", _("哪一方"), "nowrap"),
                Column("way", _("方式")),
                Column("said", _("评价"), "nowrap"),
                Column("words", _("原话"), "wide"),
                Column("state", _("状态")),
            ],
            key="commitment.verdicts",
            empty="",
            caption=_("评议记录"),
        )


def _standing(one: VerdictRow) -> str:
    if one.struck_reason:
        return _("已冲销：{reason}", reason=one.struck_reason)
    if one.followed_word:
        return _("已回访：{word}", word=one.followed_word)
    return _("待回访，{day}前", day=short_day(one.follow_until)) if one.follow_until else _("已计入")


def follow_list(found: Sequence[FollowRow]) -> None:
    """Bad words that wait for somebody, the one due first at the top."""
    if not found:
        return
    rows(
        [
            {
                "id": one.id,
                "what": f"{one.number} {one.what}",
                "member": one.member,
                "side": one.side,
                "until": _("{day}，已过期", day=short_day(one.until)) if one.late else short_day(one.until),
            }
            for one in found
        ],
        [
            Column("what", _("承诺"), "wide"),
            Column("member", _("承诺人")),
            Column("side", _("哪一方"), "nowrap"),
            Column("until", _("回访期限"), "nowrap"),
        ],
        key="commitments.follow",
        page="commitment",
        empty="",
        caption=_("评“差”待回访"),
    )


def to_judge_hint() -> None:
    """What is to be done with the promises of this list."""
    st.caption(_("到期的承诺在这里等三方评：群众、党员、组织。点开一项记下评议，最后由组织评定；不打分，不排名。"))
