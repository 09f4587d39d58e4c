"""承诺: write a promise down, have it reviewed, publish it, let it rest, change its words, end it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.actions.members.stays import standing_member
from db.actions.numbering import next_number
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused, WrongStage
from db.models import (
    Commitment,
    CommitmentPause,
    CommitmentStep,
    CommitmentVersion,
    Member,
    Need,
    OrderSeries,
)
from db.queries.commitments.due import moved_by, resting_on
from db.rules.commitments.life import CommitmentEvent, after
from db.rules.commitments.promise import LONGEST_DAYS, MOST, MOST_TIMES, Part, PromiseInput, missing
from db.rules.masking import find_personal
from db.rules.permissions import Permission
from db.terms import CommitmentHappening, CommitmentState, PromiseRhythm, Role
from db.together import amiss

MOST_AT_ONCE = 60
MOST_A_DAY = 500
"""Promises that one visit of a page moves on; the rest follows with the next."""
E, H, S = CommitmentEvent, CommitmentHappening, CommitmentState
STAFF = (Role.SECRETARY, Role.AREA_WORKER)


# --- writing ---------------------------------------------------------------------------------------------------


@action(Permission.MAKE_COMMITMENT)
def write_commitment(session: Session, *, member_id: int | None, given: PromiseInput, now: datetime) -> int:
    """A member's promise as a draft, which may lack parts; without `member_id` the actor's own. The id.

    Raises Refused: no_member (the account belongs to nobody on the roll), member_off_roll, promises_enough (most=);
    BadInput at the fields of `PromiseInput`.
    """
    member = _own_member(session) if member_id is None else _member(session, member_id)
    promise = Commitment(
        community_id=member.community_id,
        account_id=member.account_id,
        member_id=member.id,
        state_since=now,
        made_by=actor_of(session).id,
        made_at=now,
    )
    _fill(session, promise, given)
    promise.year = year = (promise.starts_on or day_of(now)).year
    held = select(Commitment.id).where(
        Commitment.member_id == member.id,
        Commitment.year == year,
        Commitment.instant.is_(False),
        Commitment.state != S.ENDED,
    )
    if not promise.instant and len(session.scalars(held).all()) >= MOST:
        raise Refused("promises_enough", most=MOST)
    promise.number = next_number(session, member.community_id, "C", year)
    session.add(promise)
    session.flush()
    note_step(session, promise, H.WRITTEN, now=now)
    return promise.id


@action(Permission.MAKE_COMMITMENT)
def amend_commitment(session: Session, *, commitment_id: int, version: int, given: PromiseInput, now: datetime) -> None:
    """Other words for a draft."""
    promise = _made_by_actor(session, commitment_id, version)
    if promise.state is not S.DRAFT:
        raise WrongStage(what="commitment", stage=promise.state, permission=Permission.MAKE_COMMITMENT)
    _fill(session, promise, given)


def _own_member(session: Session) -> Member:
    query = (
        select(Member)
        .where(Member.account_id == actor_of(session).id, Member.ended_on.is_(None), Member.merged_into_id.is_(None))
        .with_for_update()
    )
    member = session.scalars(query.order_by(Member.id)).first()
    if member is None:
        raise Refused("no_member")
    return member


def _member(session: Session, member_id: int) -> Member:
    """Somebody on the roll, held so that two hands do not write one promise too many."""
    chosen_row(session, Member, "member_id", member_id)
    member = standing_member(session, member_id)
    if member.account_id != actor_of(session).id and actor_of(session).role not in STAFF:
        raise NotPermitted(permission=Permission.MAKE_COMMITMENT, role=actor_of(session).role)
    return member


def _made_by_actor(session: Session, commitment_id: int, version: int | None) -> Commitment:
    """A promise of the actor's own, or one that staff keeps for a member."""
    promise = load(session, Commitment, commitment_id, version=version, lock=True)
    actor = actor_of(session)
    if promise.account_id != actor.id and actor.role not in STAFF:
        raise NotPermitted(permission=session.info.get("permission"), role=actor.role)
    return promise


def _fill(session: Session, promise: Commitment, given: PromiseInput) -> None:
    """Take over what was typed; a draft may lack parts, but what is there must be right."""
    promise.whom = open_words("whom", given.whom)
    promise.what = open_words("what", given.what)
    promise.measure = fields.line("measure", given.measure, most=20, needed=False)
    promise.rhythm = None if given.rhythm is None else fields.chosen("rhythm", given.rhythm, list(PromiseRhythm))
    promise.times = fields.whole("times", given.times, least=1, most=MOST_TIMES)
    promise.starts_on = None if given.starts_on is None else fields.day("starts_on", given.starts_on)
    latest = promise.starts_on and promise.starts_on + timedelta(days=LONGEST_DAYS)
    promise.until = (
        None if given.until is None else fields.day("until", given.until, least=promise.starts_on, most=latest)
    )
    promise.instant = given.instant is True
    promise.need_id = None if given.need_id is None else chosen_row(session, Need, "need_id", given.need_id).id
    promise.series_id = (
        None if given.series_id is None else chosen_row(session, OrderSeries, "series_id", given.series_id).id
    )


def open_words(field: str, text: str) -> str:
    """Words that will hang on a wall: no telephone, no identity number, no door."""
    kept = fields.line(field, text, most=200, needed=False)
    if found := find_personal(kept):
        raise BadInput(field, Problem.PERSONAL, found="、".join(one.masked for one in found))
    return kept


# --- review and publication ------------------------------------------------------------------------------------


@action(Permission.MAKE_COMMITMENT)
def submit_commitment(session: Session, *, commitment_id: int, version: int, now: datetime) -> None:
    """Hand a promise to the branch; BadInput at the first part that is missing."""
    promise = _made_by_actor(session, commitment_id, version)
    _must_be_precise(promise)
    turn(session, promise, E.SUBMIT, H.SUBMITTED, now=now)


@action(Permission.MAKE_COMMITMENT)
def take_back_commitment(session: Session, *, commitment_id: int, version: int, now: datetime) -> None:
    """Take a promise back before the branch has spoken."""
    turn(session, _made_by_actor(session, commitment_id, version), E.TAKE_BACK, H.TAKEN_BACK, now=now)


@action(Permission.REVIEW_COMMITMENT)
def return_commitment(session: Session, *, commitment_id: int, version: int, reason: str, now: datetime) -> None:
    """The branch gives a promise back and says what it lacks; Refused("own_promise")."""
    promise = _of_another(session, commitment_id, version)
    promise.review_word = fields.line("reason", reason, most=200)
    turn(session, promise, E.RETURN, H.RETURNED, now=now, word=promise.review_word)


@action(Permission.REVIEW_COMMITMENT)
def approve_commitment(session: Session, *, commitment_id: int, version: int, word: str, now: datetime) -> None:
    """The branch approves a promise; Refused("own_promise"): nobody reviews the own words."""
    promise = _of_another(session, commitment_id, version)
    _must_be_precise(promise)
    promise.review_word = fields.line("word", word, most=200, needed=False)
    promise.reviewed_by, promise.reviewed_at = actor_of(session).id, now
    turn(session, promise, E.APPROVE, H.APPROVED, now=now, word=promise.review_word)


@action(Permission.REVIEW_COMMITMENT)
def publish_commitments(session: Session, *, commitment_ids: Sequence[int], now: datetime) -> int:
    """Put approved promises on the wall (亮诺); how many. The actor's own are left to somebody else: own_promise."""
    ids = sorted({fields.row_id("commitment_ids", one) for one in commitment_ids})
    if not ids or len(ids) > MOST_AT_ONCE:
        raise BadInput("commitment_ids", Problem.EMPTY if not ids else Problem.OUT_OF_RANGE, least=1, most=MOST_AT_ONCE)
    for one in ids:
        promise = _of_another(session, one, None)
        promise.published_on = day_of(now)
        turn(session, promise, E.PUBLISH, H.PUBLISHED, now=now)
        if promise.starts_on is not None and promise.starts_on <= day_of(now):
            turn(session, promise, E.BEGIN, H.BEGUN, now=now, by_itself=True)
    return len(ids)


def _of_another(session: Session, commitment_id: int, version: int | None) -> Commitment:
    promise = load(session, Commitment, commitment_id, version=version, lock=True)
    if promise.account_id == actor_of(session).id:
        raise Refused("own_promise")
    return promise


def _must_be_precise(promise: Commitment) -> None:
    """BadInput at every part that is missing, under the name of its field."""
    for part in missing(as_typed(promise)):
        amiss(BadInput(FIELD_OF[part], Problem.EMPTY), None)


FIELD_OF = {
    Part.WHOM: "whom",
    Part.WHAT: "what",
    Part.OFTEN: "rhythm",
    Part.UNTIL: "until",
    Part.MEASURE: "measure",
}
"""The field of a form that a part stands in."""


def as_typed(promise: Commitment) -> PromiseInput:
    """The words of a promise as its form holds them."""
    return PromiseInput(
        promise.whom,
        promise.what,
        promise.rhythm,
        promise.times,
        promise.starts_on,
        promise.until,
        promise.measure,
        promise.need_id,
        promise.series_id,
        promise.instant,
    )


# --- rests, changes, the end -----------------------------------------------------------------------------------


@action(Permission.MAKE_COMMITMENT)
def pause_commitment(
    session: Session, *, commitment_id: int, version: int, since: date | None, until: date | None, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Illness or absence: from a day to a day, with its reason; the periods in it are not due.

    A rest that begins later lets the promise go on until then. Raises Refused("pauses_overlap").
    """
    promise = _made_by_actor(session, commitment_id, version)
    first = fields.day("since", since, least=promise.starts_on)
    last = fields.day("until", until, least=first, most=promise.until)
    if after(E.PAUSE, promise.state) is None:
        raise WrongStage(what="commitment", stage=promise.state, permission=Permission.MAKE_COMMITMENT, to=S.PAUSED)
    there = select(CommitmentPause.id).where(
        CommitmentPause.commitment_id == promise.id, CommitmentPause.since <= last, CommitmentPause.until >= first
    )
    if session.scalars(there.limit(1)).first() is not None:
        raise Refused("pauses_overlap")
    why = fields.line("reason", reason, most=200)
    session.add(
        CommitmentPause(
            community_id=promise.community_id,
            account_id=promise.account_id,
            commitment_id=promise.id,
            since=first,
            until=last,
            reason=why,
            made_by=actor_of(session).id,
            made_at=now,
        )
    )
    if first <= day_of(now) <= last:
        turn(session, promise, E.PAUSE, H.PAUSED, now=now, word=why)


@action(Permission.MAKE_COMMITMENT)
def resume_commitment(session: Session, *, commitment_id: int, version: int, now: datetime) -> None:
    """Well again before the rest was over: it ends yesterday."""
    promise = _made_by_actor(session, commitment_id, version)
    turn(session, promise, E.RESUME, H.RESUMED, now=now)
    today = day_of(now)
    running = select(CommitmentPause).where(
        CommitmentPause.commitment_id == promise.id, CommitmentPause.since <= today, CommitmentPause.until >= today
    )
    for rest in session.scalars(running.with_for_update()):
        if rest.since < today:
            rest.until = today - timedelta(days=1)
        else:
            session.delete(rest)


@action(Permission.MAKE_COMMITMENT)
def change_commitment(
    session: Session, *, commitment_id: int, version: int, given: PromiseInput, reason: str, now: datetime
) -> None:
    """Other words for what was approved: the old ones are kept with the reason, the branch reviews the new ones."""
    promise = _made_by_actor(session, commitment_id, version)
    why = fields.line("reason", reason, most=200)
    before = as_typed(promise)
    if missing(before) or promise.rhythm is None or promise.starts_on is None or promise.until is None:
        raise WrongStage(what="commitment", stage=promise.state, permission=Permission.MAKE_COMMITMENT)
    _fill(session, promise, given)
    if as_typed(promise) == before:
        raise BadInput("what", Problem.UNCHANGED)
    _must_be_precise(promise)
    numbered = select(CommitmentVersion.id).where(CommitmentVersion.commitment_id == promise.id)
    session.add(
        CommitmentVersion(
            community_id=promise.community_id,
            account_id=promise.account_id,
            commitment_id=promise.id,
            number=len(session.scalars(numbered).all()) + 1,
            whom=before.whom,
            what=before.what,
            rhythm=before.rhythm,
            times=before.times or 1,
            starts_on=before.starts_on,
            until=before.until,
            measure=before.measure,
            until_day=day_of(now),
            reason=why,
            changed_at=now,
            changed_by=actor_of(session).id,
        )
    )
    turn(session, promise, E.CHANGE, H.CHANGED, now=now, word=why)


@action(Permission.MAKE_COMMITMENT)
def end_commitment(session: Session, *, commitment_id: int, version: int, reason: str, now: datetime) -> None:
    """A promise that is kept no more, with its reason."""
    promise = _made_by_actor(session, commitment_id, version)
    promise.ended_reason = fields.line("reason", reason, most=200)
    turn(session, promise, E.END, H.ENDED, now=now, word=promise.ended_reason)


# --- what the days bring ---------------------------------------------------------------------------------------


@action(Permission.KEEP_COMMITMENT)
def follow_the_days(session: Session, *, now: datetime) -> int:
    """Promises begin, rest, go on and fall due as their days come; how many moved. Doing it twice does nothing."""
    today, moved = day_of(now), 0
    due_now = select(Commitment).where(moved_by(today)).order_by(Commitment.id).limit(MOST_A_DAY)
    rows = session.scalars(due_now.with_for_update()).all()
    resting = set(session.scalars(resting_on(today)))
    for promise in rows:
        for event, happening, due in (
            (E.BEGIN, H.BEGUN, promise.starts_on is not None and promise.starts_on <= today),
            (E.PAUSE, H.PAUSED, promise.id in resting),
            (E.RESUME, H.RESUMED, promise.id not in resting),
            (E.FALL_DUE, H.FELL_DUE, promise.until is not None and promise.until < today),
        ):
            if due and after(event, promise.state) is not None:
                turn(session, promise, event, happening, now=now, by_itself=True)
                moved += 1
    return moved


# --- one step --------------------------------------------------------------------------------------------------


def turn(
    session: Session, promise: Commitment, event: CommitmentEvent, happening: CommitmentHappening, *, now: datetime,
    word: str = "", by_itself: bool = False,
) -> None:  # fmt: skip
    """Move a promise on, or WrongStage when its life has no such step; its life tells what happened."""
    following = after(event, promise.state)
    if following is None:
        raise WrongStage(what="commitment", stage=promise.state, permission=session.info.get("permission"))
    promise.state, promise.state_since = following, now
    note_step(session, promise, happening, now=now, word=word, by_itself=by_itself)


def note_step(
    session: Session, promise: Commitment, happening: CommitmentHappening, *, now: datetime, word: str = "",
    by_itself: bool = False,
) -> None:  # fmt: skip
    """Append one line to the life of a promise."""
    session.add(
        CommitmentStep(
            community_id=promise.community_id,
            account_id=promise.account_id,
            commitment_id=promise.id,
            kind=happening,
            word=word,
            at=now,
            by=None if by_itself else actor_of(session).id,
        )
    )
