"""The council itself: bodies, who sits in them, and their dated house rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.actions.fields import amount, chosen, day, line, row_id, whole
from db.actions.loading import actor_of, load
from db.actions.meetings.electorate import follow_members
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Account, Ballot, Body, BodyMember, Community, HouseRules, NamedVote
from db.queries.council.council import presets
from db.rules.council.council import offers
from db.rules.council.member_input import MemberInput
from db.rules.permissions import GRANTS, Permission
from db.rules.voting.rule_input import RulesInput
from db.terms import BallotState, BodyKind, TieRule

T = TypeVar("T")
MOST_AREA = 1_000_000
"""Square metres of one owner; a whole mall is less."""


@action(Permission.MANAGE_COUNCIL)
def create_body(
    session: Session, *, name: str, kind: BodyKind | None, term: int | None, community_id: int | None = None
) -> int:
    """Set up a body of a community (the actor's own, when it has one); the id."""
    home = actor_of(session).community_id or row_id("community_id", community_id)
    if session.scalar(select(Community.id).where(Community.id == home)) is None:
        raise NotFound(what="community", id=home)
    body = Body(
        community_id=home,
        name=line("name", name, most=60),
        kind=chosen("kind", kind, tuple(BodyKind)),
        term=whole("term", term, least=1, most=99),
    )
    taken = select(Body.id).where(Body.community_id == home, Body.name == body.name)
    if session.scalar(taken) is not None:
        raise BadInput("name", Problem.TAKEN)
    session.add(body)
    session.flush()
    return body.id


@action(Permission.MANAGE_COUNCIL)
def begin_term(session: Session, *, body_id: int, version: int, term: int | None) -> int:
    """换届: the next term of a body; its meetings are counted anew."""
    body = load(session, Body, body_id, version=version)
    body.term = whole("term", term, least=body.term + 1, most=99)
    return body.id


@action(Permission.MANAGE_COUNCIL)
def add_member(
    session: Session,
    *,
    body_id: int,
    seat: int | None,
    given: MemberInput,
    since: date | None,
    now: datetime,
) -> int:
    """Give a seat to somebody from a day on; a meeting that is called and not yet open follows. The id.

    BadInput(Problem.TAKEN) at "seat" while somebody holds it without an end or takes it later, at "since" when the
    last holder sits there until that day or longer.
    """
    body = load(session, Body, body_id, lock=True)
    place = whole("seat", seat, least=1, most=500)
    first = day("since", since)
    holders = _overlapping(session, BodyMember.body_id == body.id, BodyMember.seat == place, since=first)
    if holders:
        stays = any(holder.until is None or holder.since > first for holder in holders)
        raise BadInput("seat" if stays else "since", Problem.TAKEN)
    member = BodyMember(
        community_id=body.community_id,
        body_id=body.id,
        seat=place,
        name=line("name", given.name, most=60),
        capacity=line("capacity", given.capacity, most=60),
        account_id=_account_of(session, body, given.account_id, since=first),
        since=first,
        floor_area=_area(body, given.floor_area),
    )
    session.add(member)
    session.flush()
    follow_members(session, body.id, now=now)
    return member.id


def _overlapping(
    session: Session, *where: ColumnElement[bool], since: date, until: date | None = None
) -> Sequence[BodyMember]:
    """Members whose time in office shares a day with that one."""
    return session.scalars(
        select(BodyMember)
        .where(*where, BodyMember.since <= (until or date.max), func.coalesce(BodyMember.until, date.max) >= since)
        .order_by(BodyMember.since)
    ).all()


@action(Permission.MANAGE_COUNCIL)
def amend_member(
    session: Session,
    *,
    member_id: int,
    version: int,
    given: MemberInput,
    now: datetime,
) -> int:
    """Correct a member's name, capacity or floor area, or say with which account it votes.

    A meeting that is called and not yet open takes the name over; papers of opened and closed ones keep theirs.
    Raises Refused("vote_cast_alone") for another account while a vote that the member cast alone is not counted.
    """
    member, body = _member(session, member_id, version)
    member.name = line("name", given.name, most=60)
    member.capacity = line("capacity", given.capacity, most=60)
    if given.account_id != member.account_id:
        _no_vote_cast_alone(session, member)
        member.account_id = _account_of(session, body, given.account_id, since=member.since, until=member.until)
    member.floor_area = _area(body, given.floor_area)
    session.flush()
    follow_members(session, body.id, now=now)
    return member.id


def _no_vote_cast_alone(session: Session, member: BodyMember) -> None:
    """With another account the vote would be nobody's own, and somebody else could change it."""
    cast = (
        select(NamedVote.id)
        .join(Ballot, Ballot.id == NamedVote.ballot_id)
        .where(
            *(NamedVote.member_id == member.id, NamedVote.entered_by == member.account_id),
            Ballot.state.in_((BallotState.OPEN, BallotState.STOPPED)),
        )
    )
    if session.scalar(cast) is not None:
        raise Refused("vote_cast_alone")


def _member(session: Session, member_id: int, version: int) -> tuple[BodyMember, Body]:
    """A member with the body, which is held against everybody else who changes its seats."""
    body = load(session, Body, load(session, BodyMember, member_id).body_id, lock=True)
    return load(session, BodyMember, member_id, version=version, lock=True), body


@action(Permission.MANAGE_COUNCIL)
def end_member(session: Session, *, member_id: int, version: int, until: date | None, now: datetime) -> int:
    """A member leaves the seat with a last day; the row stays, for the meetings it sat in."""
    member, body = _member(session, member_id, version)
    if member.until is not None:
        raise Refused("member_ended", until=member.until)
    member.until = day("until", until, least=member.since)
    session.flush()
    follow_members(session, body.id, now=now)
    return member.id


@action(Permission.MANAGE_COUNCIL)
def correct_term(
    session: Session, *, member_id: int, version: int, since: date | None, until: date | None, now: datetime
) -> int:
    """Put a wrong first or last day right; without a last day the member is in office again.

    BadInput(Problem.TAKEN) at "until" when the time would reach into that of the next holder of the seat, or of the
    next seat of the same account; at "since" when into that of one before.
    """
    member, body = _member(session, member_id, version)
    first = day("since", since)
    last = None if until is None else day("until", until, least=first)
    others = (BodyMember.body_id == body.id, BodyMember.id != member.id)
    same = BodyMember.seat == member.seat
    if member.account_id is not None:
        same = or_(same, BodyMember.account_id == member.account_id)
    if met := _overlapping(session, *others, same, since=first, until=last):
        raise BadInput("since" if met[0].since < member.since else "until", Problem.TAKEN)
    member.since, member.until = first, last
    session.flush()
    follow_members(session, body.id, now=now)
    return member.id


def _area(body: Body, square_metres: Decimal | None) -> int | None:
    """Floor area in 0.01 m²; nobody but owners votes by it."""
    if square_metres is None:
        return None
    exact = amount("floor_area", square_metres, least=0, most=MOST_AREA)
    if body.kind is not BodyKind.OWNERS_ADVISORY:
        raise BadInput("floor_area", Problem.WRONG)
    if not exact:
        raise BadInput("floor_area", Problem.OUT_OF_RANGE, least=1, most=MOST_AREA)
    return int(exact * 100)


def _account_of(
    session: Session, body: Body, account_id: int | None, *, since: date, until: date | None = None
) -> int | None:
    if account_id is None:
        return None
    account = session.scalar(
        select(Account).where(
            Account.id == row_id("account_id", account_id),
            Account.community_id == body.community_id,
            Account.disabled_at.is_(None),
        )
    )
    if account is None or not _may_vote(account):
        raise BadInput("account_id", Problem.UNKNOWN_CHOICE)
    own = (BodyMember.body_id == body.id, BodyMember.account_id == account_id)
    if _overlapping(session, *own, since=since, until=until):
        raise BadInput("account_id", Problem.TAKEN)
    return account.id


def _may_vote(account: Account) -> bool:
    return account.role in GRANTS[Permission.CAST_BALLOT].roles


@action(Permission.MANAGE_COUNCIL)
def set_rules(
    session: Session,
    *,
    body_id: int,
    given: RulesInput,
    now: datetime,
) -> int:
    """Adopt a house rule from a day on. An earlier one is never edited: meetings already called keep theirs.

    The preset is one that ships or one of the subdistrict that is in force. What is left out is as it has it.
    The first rule of a body may lie in the past; every later one starts today or later, after the one before it.
    """
    body = load(session, Body, body_id, lock=True)
    offered = offers(body.kind, presets(session), day_of(now))
    name = chosen("preset", given.preset, list(offered))
    kept = offered[name].rule
    rule = replace(
        kept,
        tie=chosen("tie", given.tie, tuple(TieRule)),
        call_days=whole("call_days", given.call_days, least=0, most=60),
        notice_days=whole("notice_days", given.notice_days, least=1, most=30),
        speech_seconds=whole("speech_seconds", _or(given.speech_seconds, kept.speech_seconds), least=10, most=3600),
        speeches=whole("speeches", _or(given.speeches, kept.speeches), least=1, most=20),
        phones_allowed=chosen("phones_allowed", _or(given.phones_allowed, kept.phones_allowed), (True, False)),
        shuffle_options=chosen("shuffle_options", _or(given.shuffle_options, kept.shuffle_options), (True, False)),
        proxies_allowed=chosen("proxies_allowed", _or(given.proxies_allowed, kept.proxies_allowed), (True, False)),
    )
    latest = session.scalar(select(func.max(HouseRules.valid_from)).where(HouseRules.body_id == body.id))
    least = None if latest is None else max(day_of(now), latest)
    rules = HouseRules(
        community_id=body.community_id,
        body_id=body.id,
        valid_from=day("valid_from", given.valid_from, least=least),
        preset=name,
        rule=rule.to_json(),
        basis=line("basis", given.basis, most=200),
        set_by=actor_of(session).id,
        set_at=now,
    )
    session.add(rules)
    session.flush()
    return rules.id


def _or(value: T | None, otherwise: T) -> T:
    return otherwise if value is None else value
