"""What a closed ballot says: its file, the accounts of every way of voting, the list of slips. Of no other ballot."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import (
    AgendaItem,
    AssistedEntry,
    Ballot,
    BallotVoter,
    BallotWay,
    BodyMember,
    HandCount,
    Meeting,
    NamedVote,
    PaperCount,
    SecretVote,
    Slip,
    SlipChange,
)
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.ballot_file import BLANK, SPOILT, BallotFile, BallotLine
from db.rules.voting.decision import Electorate, HouseRule
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import tally_from_json
from db.rules.voting.verdict import Verdict, judge
from db.terms import BallotState, Choice, SlipState, VoteMethod

CLOSED = Ballot.state == BallotState.CLOSED
"""In every statement of this file that reads a choice: before the announcement there is nothing to read."""


# --- what was asked -----------------------------------------------------------------------------------


def question_counted() -> ScalarSelect[Any]:
    """Of an agenda item in a statement: what the last announced ballot on it asked, to which its result belongs.

    Nothing before the first one, and of a plain motion: then the item's own question stands.
    """
    last = select(Ballot.question).where(Ballot.item_id == AgendaItem.id, CLOSED).order_by(Ballot.round.desc())
    return last.limit(1).correlate(AgendaItem).scalar_subquery()


def question_behind(session: Session, item_id: int) -> Question:
    """What the result of an item answers: the question of its last announced ballot, or its own before that."""
    row = session.execute(select(question_counted(), AgendaItem.question).where(AgendaItem.id == item_id)).one()
    return Question.from_json(row[0] or row[1])


# --- the file -----------------------------------------------------------------------------------------


def ballot_file(session: Session, ballot_id: int) -> BallotFile:
    """Everything needed to count a closed ballot again; named votes stand under the seat. Raises NotFound."""
    found = ballot_files(session, Ballot.id == ballot_id)
    if ballot_id not in found:
        raise NotFound(what="ballot", id=ballot_id)
    return found[ballot_id]


def ballot_files(session: Session, *where: ColumnElement[bool]) -> dict[int, BallotFile]:
    """The files of the closed ballots that fit, by id, in six statements."""
    issued: dict[int, list[tuple[VoteMethod, int]]] = {}
    for ballot_id, way, count in session.execute(_closed(BallotWay.ballot_id, BallotWay.way, BallotWay.issued, *where)):
        issued.setdefault(ballot_id, []).append((way, count))
    lines: dict[int, list[BallotLine]] = {}
    for ballot_id, line in _lines(session, *where):
        lines.setdefault(ballot_id, []).append(line)
    rows = session.execute(
        select(
            *(Ballot.id, Ballot.title, Ballot.motion, Ballot.round, Ballot.question, Ballot.due, Ballot.recused_due),
            *(Ballot.present, Ballot.recused_present, Ballot.area_due, Meeting.rule, AgendaItem.owners_matter),
        )
        .join(Meeting, Meeting.id == Ballot.meeting_id)
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .where(CLOSED, Meeting.rule.is_not(None), *where)
    )
    return {
        row.id: BallotFile(
            title=row.title,
            motion=row.motion,
            round=row.round,
            question=Question.from_json(row.question),
            rule=HouseRule.from_json(row.rule),
            people=Electorate(row.due, row.recused_due, row.present, row.recused_present),
            owners_matter=row.owners_matter,
            area_due=row.area_due,
            issued=tuple(issued.get(row.id, ())),
            ballots=tuple(lines.get(row.id, ())),
        )
        for row in rows
    }


def _closed(*parts: Any) -> Any:
    """Select columns of one table that has a `ballot_id`, of closed ballots that fit the conditions among the parts."""
    columns = [part for part in parts if hasattr(part, "class_")]
    model = columns[0].class_
    return (
        select(*columns)
        .join(Ballot, Ballot.id == model.ballot_id)
        .where(CLOSED, *parts[len(columns) :])
        .order_by(model.ballot_id)
    )


def _lines(session: Session, *where: ColumnElement[bool]) -> Iterator[tuple[int, BallotLine]]:
    named = (
        select(NamedVote.ballot_id, BallotVoter.way, BodyMember.seat, NamedVote.choice, BallotVoter.area)
        .join(Ballot, Ballot.id == NamedVote.ballot_id)
        .join(
            BallotVoter,
            (BallotVoter.ballot_id == NamedVote.ballot_id) & (BallotVoter.member_id == NamedVote.member_id),
        )
        .join(BodyMember, BodyMember.id == NamedVote.member_id)
        .where(CLOSED, *where)
    )
    for ballot_id, way, seat, choice, area in session.execute(named):
        yield ballot_id, BallotLine(way, str(seat), choice, 1, area)
    secret = _closed(SecretVote.ballot_id, SecretVote.code, SecretVote.choice, SecretVote.choice.is_not(None), *where)
    for ballot_id, code, choice in session.execute(secret):
        yield ballot_id, BallotLine(VoteMethod.SLIP, code, choice, 1)
    counts = (HandCount.votes_for, HandCount.votes_against, HandCount.votes_abstain)
    for ballot_id, *votes in session.execute(_closed(HandCount.ballot_id, *counts, HandCount.teller == 1, *where)):
        for choice, count in zip((Choice.FOR, Choice.AGAINST, Choice.ABSTAIN), votes, strict=True):
            yield ballot_id, BallotLine(VoteMethod.HANDS, "", choice.value, count)
    entries = (PaperCount.ballot_id, PaperCount.sheet, PaperCount.blank, PaperCount.spoilt)
    for ballot_id, sheet, blank, spoilt in session.execute(_closed(*entries, PaperCount.entry == 1, *where)):
        for choice, count in (json.loads(sheet) | {BLANK: blank, SPOILT: spoilt}).items():
            yield ballot_id, BallotLine(VoteMethod.PAPER, "", choice, count)


# --- the accounts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BallotAccounts:
    """The accounts of one closed ballot, a way of voting each, with those who sign for them."""

    ballot_id: int
    item_id: int
    round: int
    file_hash: str
    ways: tuple[BallotAccount, ...]
    """As announced, with the choices as they are stored now: `faults()` tells when one no longer fits the other."""
    counted_by: tuple[tuple[VoteMethod, int, str], ...] = ()
    """Of hands and paper: 1 = 计票人, 2 = 监票人, and the name."""
    witnesses: tuple[str, ...] = ()
    """Who stood by when staff filled in for somebody, each name once."""
    changed: int = 0
    elsewhere: int = 0
    """How often a vote by slip was replaced, and how often from a phone that had not cast it."""
    question: Question = MOTION
    verdict: Verdict | None = None
    """What this ballot by itself decided of a question with options; of several on one item the last one counts."""

    @property
    def balanced(self) -> bool:
        """Whether every equation holds in every way."""
        return bool(self.ways) and not any(way.faults() for way in self.ways)


def ballot_accounts(session: Session, meeting_id: int) -> tuple[BallotAccounts, ...]:
    """The accounts of a meeting's closed ballots, in the order in which they were held."""
    return all_accounts(session, Ballot.meeting_id == meeting_id)


def all_accounts(session: Session, *where: ColumnElement[bool]) -> tuple[BallotAccounts, ...]:
    """The accounts of the closed ballots that fit, in ten statements."""
    chosen: dict[tuple[int, VoteMethod], dict[str, int]] = {}
    for ballot_id, line in _lines(session, *where):
        if line.choice not in (BLANK, SPOILT) and line.count:
            counted = chosen.setdefault((ballot_id, line.way), {})
            counted[line.choice] = counted.get(line.choice, 0) + line.count
    ways: dict[int, list[BallotAccount]] = {}
    numbers = (BallotWay.issued, BallotWay.returned, BallotWay.valid, BallotWay.blank, BallotWay.spoilt)
    for ballot_id, way, issued, *rest in session.execute(_closed(BallotWay.ballot_id, BallotWay.way, *numbers, *where)):
        returned, valid, blank, spoilt = (count or 0 for count in rest)
        account = BallotAccount(way, issued, returned, valid, blank, spoilt, chosen.get((ballot_id, way), {}))
        ways.setdefault(ballot_id, []).append(account)
    counted_by, witnesses = _signers(session, *where), _witnesses(session, *where)
    rows = session.execute(
        select(
            *(Ballot.id, Ballot.item_id, Ballot.round, Ballot.file_hash, Ballot.question, Ballot.tally, Ballot.due),
            *(Ballot.recused_due, Ballot.present, Ballot.recused_present, Meeting.rule, AgendaItem.owners_matter),
            *slip_changes(),
        )
        .join(Meeting, Meeting.id == Ballot.meeting_id)
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .where(CLOSED, *where)
        .order_by(Ballot.id)
    ).all()
    order = list(VoteMethod)
    return tuple(
        BallotAccounts(
            *(row.id, row.item_id, row.round, row.file_hash),
            ways=tuple(sorted(ways.get(row.id, ()), key=lambda account: order.index(account.way))),
            counted_by=tuple(counted_by.get(row.id, ())),
            witnesses=tuple(sorted(witnesses.get(row.id, ()))),
            changed=row.changed,
            elsewhere=row.elsewhere,
            question=Question.from_json(row.question),
            verdict=_verdict(row, ways.get(row.id, ())),
        )
        for row in rows
    )


def _verdict(row: Any, ways: Iterable[BallotAccount]) -> Verdict | None:
    """The verdict on a question with options, from the tally as it was announced."""
    if row.tally is None or row.rule is None:
        return None
    people = Electorate(row.due, row.recused_due, row.present, row.recused_present)
    blank, spoilt = sum(way.blank for way in ways), sum(way.spoilt for way in ways)
    rule, question, tally = HouseRule.from_json(row.rule), Question.from_json(row.question), tally_from_json(row.tally)
    verdict = judge(rule, question, people, tally, blank=blank, spoilt=spoilt)
    return replace(verdict, advisory=verdict.advisory or row.owners_matter)


def _signers(session: Session, *where: ColumnElement[bool]) -> dict[int, list[tuple[VoteMethod, int, str]]]:
    found: dict[int, list[tuple[VoteMethod, int, str]]] = {}
    hands = _closed(HandCount.ballot_id, HandCount.teller, HandCount.teller_name, *where)
    papers = _closed(PaperCount.ballot_id, PaperCount.entry, PaperCount.name, *where)
    for way, query, place in (
        (VoteMethod.HANDS, hands, HandCount.teller),
        (VoteMethod.PAPER, papers, PaperCount.entry),
    ):
        for ballot_id, person, name in session.execute(query.order_by(place)):
            found.setdefault(ballot_id, []).append((way, person, name))
    return found


def _witnesses(session: Session, *where: ColumnElement[bool]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for query in (
        _closed(AssistedEntry.ballot_id, AssistedEntry.witness, *where),
        _closed(NamedVote.ballot_id, NamedVote.witness, NamedVote.witness != "", *where),
    ):
        for ballot_id, witness in session.execute(query):
            found.setdefault(ballot_id, set()).add(witness)
    return found


@dataclass(frozen=True, slots=True)
class BallotProof:
    """How one closed ballot can be checked: its accounts, and the codes of its slips with what each chose."""

    accounts: BallotAccounts
    codes: tuple[tuple[str, str], ...] = ()
    """核对码 and choice, as `slip_list`."""


def ballot_proof(session: Session, ballot_id: int) -> BallotProof:
    """The proof of one closed ballot; raises NotFound."""
    found = all_accounts(session, Ballot.id == ballot_id)
    if not found:
        raise NotFound(what="ballot", id=ballot_id)
    slips = any(way.way is VoteMethod.SLIP for way in found[0].ways)
    return BallotProof(found[0], slip_list(session, ballot_id) if slips else ())


# --- slips that said something else before ----------------------------------------------------------------


def slip_changes() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Of a ballot in a statement: how many votes by slip were replaced (`changed`), and how many of them from a phone
    that had not cast the vote (`elsewhere`).
    """
    counted = select(func.count()).where(SlipChange.ballot_id == Ballot.id).correlate(Ballot)
    other = counted.where(SlipChange.elsewhere)
    return counted.scalar_subquery().label("changed"), other.scalar_subquery().label("elsewhere")


# --- slips --------------------------------------------------------------------------------------------


def slip_list(session: Session, ballot_id: int) -> tuple[tuple[str, str], ...]:
    """核对码 and choice (a pattern) of every slip cast in a closed ballot, by code: who voted finds the own one."""
    query = (
        select(SecretVote.code, SecretVote.choice)
        .join(Ballot, Ballot.id == SecretVote.ballot_id)
        .where(CLOSED, SecretVote.ballot_id == ballot_id, SecretVote.choice.is_not(None))
        .order_by(SecretVote.code)
    )
    return tuple((row.code, row.choice) for row in session.execute(query))


@dataclass(frozen=True, slots=True)
class SlipStanding:
    """The slips of a meeting by their printed numbers."""

    ready: tuple[int, ...] = ()
    void: tuple[int, ...] = ()


def slip_standing(session: Session, meeting_id: int) -> SlipStanding:
    """Which slips of a meeting can be used and which were declared void."""
    query = select(Slip.serial, Slip.state).where(Slip.meeting_id == meeting_id).order_by(Slip.serial)
    rows = session.execute(query).all()
    return SlipStanding(
        ready=tuple(row.serial for row in rows if row.state is SlipState.READY),
        void=tuple(row.serial for row in rows if row.state is SlipState.VOID),
    )
