"""Ways that two people count, each without seeing the other's figures: hands in the hall, paper from the box."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import audit
from db.actions.fields import chosen, line, whole
from db.actions.loading import actor_of, load
from db.actions.voting.ballots import RUNNING, ballot_at, pattern, voters_by
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import AgendaItem, Ballot, HandCount, PaperCount
from db.rules.permissions import Permission
from db.rules.voting.question import Question
from db.terms import VoteMethod

Counts = tuple[int, int, int]
"""For, against, abstain."""


@action(Permission.COUNT_HANDS)
def enter_count(
    session: Session,
    *,
    ballot_id: int,
    teller: int,
    name: str,
    votes_for: int | None,
    votes_against: int | None,
    votes_abstain: int | None,
    now: datetime,
) -> dict[str, Any]:
    """One teller's count of the hands: 1 = 计票人, 2 = 监票人, two different people, neither the proposer.

    They are told apart by name: in the hall one device is passed around; who entered it is recorded beside it.
    Returns {"agreed": None} after the first, {"agreed": True} when the second agrees. When they differ both
    counts are struck (the audit log keeps them) and {"agreed": False} asks both to count again.
    """
    teller = chosen("teller", teller, (1, 2))
    who = line("name", name, most=60)
    ballot = ballot_at(session, ballot_id, RUNNING)
    voting = voters_by(session, ballot, VoteMethod.HANDS)
    counts: Counts = (
        whole("votes_for", votes_for, least=0, most=voting),
        whole("votes_against", votes_against, least=0, most=voting),
        whole("votes_abstain", votes_abstain, least=0, most=voting),
    )
    if sum(counts) > voting:
        raise Refused("more_votes_than_present", cast=sum(counts), present=voting)
    query = select(HandCount).where(HandCount.ballot_id == ballot.id)
    counted = {row.teller: row for row in session.scalars(query)}
    other = counted.get(3 - teller)
    _may_count(session, ballot, who, there=teller in counted, other=other.teller_name if other else "")
    mine = HandCount(
        community_id=ballot.community_id,
        ballot_id=ballot.id,
        teller=teller,
        teller_name=who,
        votes_for=counts[0],
        votes_against=counts[1],
        votes_abstain=counts[2],
        entered_by=actor_of(session).id,
        counted_at=now,
    )
    session.add(mine)
    session.flush()
    if other is None:
        return {"agreed": None}
    theirs = (other.votes_for, other.votes_against, other.votes_abstain)
    if theirs == counts:
        return {"agreed": True}
    session.delete(mine)
    session.delete(other)
    ballot.recounts += 1
    # The rows are masked in the log while nobody has won or lost; two counts that differ are worth nothing any more.
    struck = {f"teller_{teller}": (list(counts), None), f"teller_{3 - teller}": (list(theirs), None)}
    audit.note(session, ballot, "recount", struck)
    return {"agreed": False}


def _may_count(session: Session, ballot: Ballot, who: str, *, there: bool, other: str) -> None:
    """Neither the proposer nor the same person twice; Refused."""
    if who == load(session, AgendaItem, ballot.item_id).proposer:
        raise Refused("teller_is_proposer")
    if there:
        raise Refused("count_is_in")
    if other == who:
        raise Refused("teller_twice", name=who)


@action(Permission.ENTER_PAPER)
def enter_paper(
    session: Session,
    *,
    ballot_id: int,
    entry: int,
    name: str,
    returned: int | None,
    blank: int | None,
    spoilt: int | None,
    sheet: Mapping[str, int],
    now: datetime,
) -> dict[str, Any]:
    """What one of two people counted of the paper ballots: 1 = 计票人, 2 = 监票人, under two names and two accounts.

    `returned` came out of the box, `blank` and `spoilt` (无效) of them do not count, `sheet` = {pattern: how many}.
    Returns {"agreed": None} after the first, {"agreed": True} when the second agrees; when they differ both are
    struck and {"agreed": False, "differs": [fields]} asks both to count again, without a figure.
    Raises Refused("paper_does_not_add_up"), "teller_is_proposer", "teller_twice", "second_account_needed",
    "count_is_in".
    """
    entry = chosen("entry", entry, (1, 2))
    who = line("name", name, most=60)
    ballot = ballot_at(session, ballot_id, RUNNING)
    issued = voters_by(session, ballot, VoteMethod.PAPER)
    figures = {
        "returned": whole("returned", returned, least=0, most=issued),
        "blank": whole("blank", blank, least=0, most=issued),
        "spoilt": whole("spoilt", spoilt, least=0, most=issued),
    }
    counted = _sheet(Question.from_json(ballot.question), sheet, issued)
    valid = sum(counted.values())
    if figures["returned"] != valid + figures["blank"] + figures["spoilt"]:
        raise Refused("paper_does_not_add_up", valid=valid, **figures)
    rows = {row.entry: row for row in session.scalars(select(PaperCount).where(PaperCount.ballot_id == ballot.id))}
    other = rows.get(3 - entry)
    _may_count(session, ballot, who, there=entry in rows, other=other.name if other else "")
    if other is not None and other.entered_by == actor_of(session).id:
        raise Refused("second_account_needed", name=actor_of(session).name)
    mine = PaperCount(
        community_id=ballot.community_id,
        ballot_id=ballot.id,
        entry=entry,
        name=who,
        **figures,
        sheet=json.dumps(counted, sort_keys=True),
        entered_by=actor_of(session).id,
    )
    session.add(mine)
    session.flush()
    if other is None:
        return {"agreed": None}
    differs = [field for field in (*figures, "sheet") if getattr(mine, field) != getattr(other, field)]
    if not differs:
        return {"agreed": True}
    session.delete(mine)
    session.delete(other)
    ballot.recounts += 1
    return {"agreed": False, "differs": differs}


def _sheet(question: Question, sheet: Mapping[str, int], issued: int) -> dict[str, int]:
    """{pattern: how many} without zeros, the same ballot written in two ways counted together; BadInput at "sheet"."""
    if not isinstance(sheet, Mapping):
        raise BadInput("sheet", Problem.WRONG)
    counted: dict[str, int] = {}
    for text, count in sheet.items():
        one, many = pattern(question, text, "sheet"), whole("sheet", count, least=0, most=issued)
        if many:
            counted[one] = counted.get(one, 0) + many
    return counted
