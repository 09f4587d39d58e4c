"""One promise whole: its facts, the branch's word, what happened, the words that stood before."""

from datetime import date

import streamlit as st

from components.commitments.words import how_often, kept_words, next_words, until_when
from components.detail import Step, done_by, fact_list, happened, head, next_step
from components.wording import _, safe
from components.wording.dates import dated, near, short_day
from components.wording.terms import badge, term
from db.queries.commitments.commitments import CommitmentCard, CommitmentRow
from db.rules.commitments.life import BEING_KEPT


def promise_head(row: CommitmentRow, today: date, *, makes: bool) -> None:
    """What is promised, its number and how it stands, what is next, and who does it where the user may not."""
    name = row.what or _("（未写内容）")
    head(_("承诺 {number}", number=row.number), marks=[badge(row.state)], about=name)
    if row.state in BEING_KEPT:
        next_step(next_words(row.standing, today), who="" if makes else done_by(row.member))


def review_word(card: CommitmentCard) -> None:
    """What the branch said last."""
    if card.review_word:
        st.info(safe(_("支部意见：{word}", word=card.review_word)), icon=":material/forum:")


def promise_facts(card: CommitmentCard) -> None:
    """Who promised what to whom, until when, and how it stands."""
    row = card.row
    lines = [
        (_("承诺人"), f"{row.member} · {row.branch}"),
        (_("服务对象"), row.whom or "—"),
        (_("频次"), how_often(row.rhythm, row.times, row.measure)),
        (_("期限"), until_when(row)),
        (_("践诺"), kept_words(row.standing)),
        (_("审核人"), card.reviewed_by or "—"),
        (_("亮诺日期"), near(card.published_on) if card.published_on else "—"),
    ]
    if card.ended_reason:
        lines.append((_("终止原因"), card.ended_reason))
    if card.verdict is not None:
        lines.append((_("评诺"), term(card.verdict)))
    lines += [(_("暂停"), f"{short_day(rest.since)}—{short_day(rest.until)} {rest.reason}") for rest in card.rests]
    fact_list(lines, key="commitment.facts", caption=_("承诺内容"))


def happenings(card: CommitmentCard) -> None:
    """What happened, and the words that stood before a change."""
    happened(
        [Step(one.at, term(one.kind), one.by or _("到日子自动"), one.word) for one in reversed(card.steps)],
        key="commitment.steps",
        caption=_("经过"),
    )
    for one in card.versions:
        st.caption(
            safe(
                _("第 {n} 稿（用到 {day}）：{what}，{whom}。变更原因：{reason}", n=one.number,
                  day=dated(one.until_day), what=one.what, whom=one.whom, reason=one.reason)
            )
        )  # fmt: skip
