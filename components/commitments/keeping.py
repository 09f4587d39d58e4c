"""践诺: one time is marked in two taps; late ones wait for a second person; what was missed is explained."""

from datetime import date

import streamlit as st

from components.acting import Request
from components.commitments.words import how_often, kept_words, next_words, window_words
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import dated, short_day
from components.wording.terms import badge, term
from db.actions.commitments.keeping import confirm_keeping, explain_miss, mark_kept, strike_keeping
from db.queries.commitments.commitments import CommitmentCard, CommitmentRow, KeepingRow
from db.rules.commitments.keeping_input import KeepingInput
from db.rules.commitments.life import BEING_KEPT
from db.terms import WitnessKind

WITNESSES = (WitnessKind.RESIDENT, WitnessKind.COLLEAGUE, WitnessKind.STAFF, WitnessKind.NONE)


def promise_line(row: CommitmentRow, today: date) -> None:
    """What is promised, how it stands and what is next, as three short lines."""
    st.markdown(f"**{safe(row.what or _('（未写内容）'))}** {badge(row.state)}")
    st.caption(safe(f"{row.whom or '—'} · {how_often(row.rhythm, row.times, row.measure)}"))
    if row.state in BEING_KEPT:
        st.caption(f"{kept_words(row.standing)} · {next_words(row.standing, today)}")


def keep_form(row: CommitmentRow, today: date) -> Request | None:
    """Mark one time as kept: today and a witness, everything else only if wanted."""
    with form(f"keep.{row.id}", border=False) as filling:
        witness = filling.choice("witness", _("谁能证明"), list(WITNESSES), few=True, start=WitnessKind.RESIDENT)
        name = filling.line("witness_name", _("怎么称呼"), most=60, placeholder=_("例如：刘奶奶"))
        with st.expander(_("日期、人次、做了什么"), icon=":material/more_horiz:"):
            on = filling.day("on", _("哪天"), start=today, most=today)
            people = filling.whole("people", _("服务人次"), least=0, most=500, start=1)
            words = filling.line("words", _("做了什么（可不填）"), most=200)
        pressed = filling.submit(_("记一次践诺"), icon=":material/check:", wide=True)
    given = KeepingInput(on, witness, name, words, people)
    values = {"commitment_id": row.id, "given": given}
    return Request(filling, mark_kept, _("已记一次"), values) if pressed else None


def missed_forms(card: CommitmentCard) -> Request | None:
    """Periods that went by: each asks why once."""
    request, standing = None, card.row.standing
    for window in standing.missed if standing else ():
        if window.first in card.reasons:
            continue
        with form(f"miss.{card.row.id}.{window.first.isoformat()}") as filling:
            st.markdown(f":material/event_busy: {_('{period} 没有做到', period=window_words(window))}")
            reason = filling.line("reason", _("为什么"), most=200)
            if filling.submit(_("说明"), icon=":material/edit_note:"):
                values = {"commitment_id": card.row.id, "first": window.first, "reason": reason}
                request = Request(filling, explain_miss, _("已说明"), values)
        break  # one question at a time
    return request


def keeping_list(card: CommitmentCard) -> None:
    """The times that it was kept, and the periods that were missed with their reasons."""
    rows(
        [
            {
                "on": dated(one.on, weekday=True),
                "witness": _witness(one),
                "words": one.words,
                "people": one.people,
                "state": _standing(one),
            }
            for one in card.keepings
        ],
        [
            Column("on", _("哪天"), "nowrap"),
            Column("witness", _("证明")),
            Column("words", _("做了什么"), "wide"),
            Column("people", _("人次"), "number"),
            Column("state", _("状态")),
        ],
        key="commitment.keepings",
        empty=_("还没有践诺记录。"),
        caption=_("践诺纪实"),
        short=True,
    )
    for first, reason in sorted(card.reasons.items(), reverse=True):
        st.caption(safe(_("{day}起的一期没有做到：{reason}", day=short_day(first), reason=reason)))


def _witness(one: KeepingRow) -> str:
    return " ".join(part for part in (term(one.witness), one.witness_name, one.source) if part)


def _standing(one: KeepingRow) -> str:
    if one.struck_reason:
        return _("已冲销：{reason}", reason=one.struck_reason)
    if one.waits:
        return _("补记，待第二人确认")
    if one.judged:
        return _("已计入，居民已评")
    if one.code_until is not None:
        return _("已计入，评诺码用到 {day}", day=short_day(one.code_until))
    return _("已计入")


def keeping_acts(card: CommitmentCard, *, reviews: bool, keeps: bool) -> Request | None:
    """Confirm what came in late, strike out what was entered wrongly."""
    request = None
    for one in card.keepings:
        if one.waits and one.settles and reviews:
            label = _("确认 {day} 的补记", day=short_day(one.on))
            pressed = press(f"keeping.confirm.{one.id}", label, icon=":material/done_all:")
            if pressed:
                values = {"keeping_id": one.id, "version": one.version}
                request = Request(pressed, confirm_keeping, _("已确认，计入践诺"), values)
    live = {one.id: one for one in card.keepings if not one.struck_reason}
    if keeps and live:
        with st.expander(_("记错了一次"), icon=":material/backspace:"), form("strike_keeping", border=False) as filling:
            number = filling.choice(
                "keeping_id",
                _("哪一次"),
                list(live),
                show=lambda one: f"{short_day(live[one].on)} {_witness(live[one])}",
            )
            reason = filling.line("reason", _("原因"), most=200)
            if filling.submit(_("冲销这一次"), icon=":material/backspace:"):
                struck = {
                    "keeping_id": number or 0,
                    "version": live[number].version if number in live else 1,
                    "reason": reason,
                }
                request = Request(filling, strike_keeping, _("已冲销"), struck)
    return request
