"""One promise whole: its facts, the branch's word, what happened, the words that stood before."""

import streamlit as st

from components.commitments.words import how_often, kept_words, until_when
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import day, near, short_day
from components.wording.terms import term
from db.queries.commitments.commitments import CommitmentCard


def review_word(card: CommitmentCard) -> None:
    """What the branch said last."""
    if card.review_word:
        st.info(safe(_("支部意见：{word}", word=card.review_word)), icon=":material/forum:")


def facts(card: CommitmentCard) -> None:
    """Who promised what to whom, until when, and how it stands."""
    row = card.row
    lines = [
        (_("承诺人"), f"{row.member} · {row.branch}"),
        (_("服务对象"), row.whom or "—"),
        (_("频次"), how_often(row.rhythm, row.times, row.measure)),
        (_("期限"), until_when(row)),
        (_("践诺"), kept_words(row.standing)),
        (_("审核人"), card.reviewed_by or "—"),
        (_("亮诺日期"), day(card.published_on) if card.published_on else "—"),
    ]
    if card.ended_reason:
        lines.append((_("终止原因"), card.ended_reason))
    if card.verdict is not None:
        lines.append((_("评诺"), term(card.verdict)))
    lines += [(_("暂停"), f"{short_day(rest.since)}—{short_day(rest.until)} {rest.reason}") for rest in card.rests]
    rows(
        [{"what": what, "value": value} for what, value in lines],
        [Column("what", _("项目")), Column("value", _("内容"), "wide")],
        key="commitment.facts",
        empty="",
        caption=_("承诺内容"),
        facts=True,
    )


def happenings(card: CommitmentCard) -> None:
    """What happened, the latest first, and the words that stood before a change."""
    with st.expander(_("经过（{n} 条）", n=len(card.steps)), icon=":material/history:"):
        rows(
            [
                {"at": near(one.at), "what": term(one.kind), "by": one.by or _("到日子自动"), "word": one.word}
                for one in card.steps
            ],
            [
                Column("at", _("时间"), "nowrap"),
                Column("what", _("经过"), "nowrap"),
                Column("by", _("谁")),
                Column("word", _("说明"), "wide"),
            ],
            key="commitment.steps",
            empty="",
            caption=_("经过"),
        )
        for one in card.versions:
            st.caption(
                safe(
                    _("第 {n} 稿（用到 {day}）：{what}，{whom}。变更原因：{reason}", n=one.number,
                      day=day(one.until_day), what=one.what, whom=one.whom, reason=one.reason)
                )
            )  # fmt: skip
