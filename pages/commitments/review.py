"""Let a branch's staff walk one yearly review: words, counts and grades member by member, closed by two people."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_list, back_to_opener, id_in_address, object_in_address
from components.commitments.paper_buttons import word_button
from components.commitments.review_desk import closing_part, member_list, roll_part, standing
from components.commitments.review_member import facts, member_acts
from components.commitments.review_papers import ballots, due_rows, notices, registers, summary
from components.commitments.review_words import review_title
from components.detail import head, not_there
from components.wording import _
from components.wording.dates import today
from components.wording.terms import badge
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.commitments.review import ReviewCard, ReviewedRow, evidence_of, moves_of, review
from db.rules.commitments.review import Evidence, OnList, RollMove
from db.rules.permissions import Actor, Permission
from db.terms import ReviewState

BALLOTS, REGISTERS, SUMMARY, NOTICES = "review-ballots", "review-registers", "review-summary", "review-notices"


def printed(kind: str, review_id: int, line_id: int | None, actor: Actor) -> tuple[Callable[[], bytes], int]:
    """A paper of the review as this actor, of all or of one line, and how many members are on it."""
    with reading(actor) as asking:
        found = review(asking, review_id, account_id=actor.id, whole=True)
        if found is None:
            raise NotFound(what="yearly_review", id=review_id)
        rows = tuple(one for one in found.members if line_id in (None, one.id))
        if kind == REGISTERS and found.state is not ReviewState.CLOSED:
            record: dict[int, Evidence] = evidence_of(asking, [one.member_id for one in rows], found.year, today=day)
        else:
            record = {}
    if kind == BALLOTS:
        return ballots(found), len(due_rows(found))
    if kind == REGISTERS:
        return registers(found, rows, record), len(rows)
    return (summary(found), len(rows)) if kind == SUMMARY else (notices(found, rows), len(rows))


def papers(card: ReviewCard, one: ReviewedRow | None) -> None:
    """What can be printed now; with a line, of this member alone."""
    line_id = one.id if one else None
    offered = [(REGISTERS, _("打印登记表（Word）"))]
    if one is None:
        offered.append((SUMMARY, _("打印汇总表（Word）")))
        if card.state is ReviewState.OPEN and due_rows(card):
            offered.insert(0, (BALLOTS, _("打印测评票（Word）")))
    if card.state is ReviewState.CLOSED and (one is None or one.grade is not None):
        offered.append((NOTICES, _("打印反馈通知（Word）")))
    with st.container(horizontal=True):
        for kind, label in offered:
            word_button(
                user, label, kind, partial(printed, kind, card.id, line_id), key=f"paper.{kind}",
                permission=Permission.RUN_REVIEW,
            )  # fmt: skip


user = require(Permission.RUN_REVIEW)
day, request = today(utc_now()), None
wanted, line_wanted = object_in_address(), id_in_address("member")
back_to_opener("commitments/sheets.py", _("亮绩与生日"))
with reading(user) as session:
    card = review(session, wanted or 0, account_id=user.id)
    chosen = next((one for one in card.members if one.id == line_wanted), None) if card else None
    moves: tuple[RollMove, ...] = ()
    record = Evidence()
    if card and chosen:
        record = chosen.evidence or evidence_of(session, [chosen.member_id], card.year, today=day)[chosen.member_id]
    elif card and card.state is not ReviewState.CLOSED:
        lines = [OnList(one.member_id, one.standing) for one in card.members]
        moves = moves_of(session, card.branch_id, card.opened_on, lines, today=day)
if card is None:
    not_there("yearly_review", _("亮绩与生日"))
head(review_title(card.branch, card.year), marks=[badge(card.state)])
if chosen is None:
    standing(card)
    request = closing_part(card)
    request = roll_part(card, moves) or request
    member_list(card)
else:
    back_to_list(_("回到名单"), "member")
    facts(chosen, record)
    request = member_acts(card, chosen) or request
papers(card, chosen)
run(user, request)
