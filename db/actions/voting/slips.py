"""票码: slips printed for one meeting, and the votes that come in by them from any phone.

The caller draws the codes (`db.rules.voting.slip_code.new_code`) and prints them. Only a keyed hash of each is kept, so
nothing stored here, in a result, in the log or in the audit log opens a slip or tells whose it is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from sqlalchemy import Connection, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db.actions.fields import line
from db.actions.meetings.meetings import meeting_at
from db.actions.voting.ballots import RUNNING, pattern
from db.audit import UNAUDITED
from db.engine import action, in_group, writing
from db.errors import BadInput, Busy, Problem, Refused
from db.models import (
    AssistedEntry,
    Ballot,
    BallotWay,
    Meeting,
    Sealed,
    SecretVote,
    Slip,
    SlipAside,
    SlipChange,
    box_code,
    check_code,
    phone_mark,
    random_id,
    slip_hash,
)
from db.rules.permissions import Permission
from db.rules.voting.question import Question
from db.rules.voting.slip_code import understood
from db.terms import BallotState, MeetingState, SlipState, VoteMethod
from db.trouble import again

log = structlog.get_logger()

MOST_AT_ONCE = 600
"""Slips of one printing: the largest hall with some to spare."""


@dataclass(frozen=True, slots=True)
class SlipReceipt:
    """What a voter takes away: the code under which the vote will stand in the list, and what it says."""

    check_code: str
    pattern: str


class SlipVote(NamedTuple):
    """A vote as it was sent; its code as `understood` reads it."""

    code: str
    ballot_id: int
    pattern: str
    witness: str = ""
    phone: str = ""


class _Taken(NamedTuple):
    """A vote that may go into the box `box`."""

    box: str
    community_id: int
    sealed: Sealed


# --- printing -----------------------------------------------------------------------------------------


@action(Permission.PRINT_SLIPS)
def print_slips(session: Session, *, meeting_id: int, codes: Sequence[str]) -> dict[str, int]:
    """Keep the hashes of codes that are being printed, under running serials: {"first": serial, "count": n}.

    Keep codes and request key together and print only what was stored: a repeat stores nothing new. Raises
    Refused("ballot_open") while slips are being cast, BadInput at "codes" for codes that are none or are taken.
    """
    return _printed(session, _slips_at_rest(session, meeting_id), codes)


@action(Permission.PRINT_SLIPS)
def reprint_slips(session: Session, *, meeting_id: int, codes: Sequence[str], reason: str) -> dict[str, int]:
    """Declare every slip of the meeting void and keep new ones; earlier votes stay counted. As `print_slips`."""
    meeting = _slips_at_rest(session, meeting_id)
    why = line("reason", reason, most=200)
    for slip in _ready(session, meeting.id).values():
        slip.state, slip.void_reason = SlipState.VOID, why
    return _printed(session, meeting, codes)


@action(Permission.PRINT_SLIPS)
def void_slips(session: Session, *, meeting_id: int, serials: Collection[int], reason: str) -> int:
    """Declare slips void that were left over, damaged, or handed back by somebody who leaves. How many."""
    meeting = _slips_at_rest(session, meeting_id)
    why = line("reason", reason, most=200)
    ready, chosen = _ready(session, meeting.id), _serials("serials", serials)
    if not chosen:
        raise BadInput("serials", Problem.EMPTY)
    if not chosen <= ready.keys():
        raise BadInput("serials", Problem.UNKNOWN_CHOICE)
    for serial in chosen:
        ready[serial].state, ready[serial].void_reason = SlipState.VOID, why
    return len(chosen)


def _slips_at_rest(session: Session, meeting_id: int) -> Meeting:
    """The meeting under lock, with no ballot by slip running: its slips are the electorate of such a ballot."""
    meeting = meeting_at(session, meeting_id, MeetingState.CONVENED, MeetingState.OPEN)
    by_slip = exists().where(BallotWay.ballot_id == Ballot.id, BallotWay.way == VoteMethod.SLIP)
    running = select(Ballot.id).where(Ballot.meeting_id == meeting.id, Ballot.state.in_(RUNNING), by_slip)
    if session.scalar(running) is not None:
        raise Refused("ballot_open")
    return meeting


def _printed(session: Session, meeting: Meeting, codes: Sequence[str]) -> dict[str, int]:
    meant = [understood(code) if isinstance(code, str) else None for code in codes]
    if not 1 <= len(meant) <= MOST_AT_ONCE:
        raise BadInput("codes", Problem.OUT_OF_RANGE, least=1, most=MOST_AT_ONCE)
    hashes = [slip_hash(code) for code in meant if code is not None]
    if len(set(hashes)) < len(meant):
        raise BadInput("codes", Problem.WRONG)
    if session.scalar(select(Slip.id).where(Slip.code_hash.in_(hashes)).limit(1)) is not None:
        raise BadInput("codes", Problem.TAKEN)
    first = (session.scalar(select(func.max(Slip.serial)).where(Slip.meeting_id == meeting.id)) or 0) + 1
    session.add_all(
        Slip(community_id=meeting.community_id, meeting_id=meeting.id, serial=serial, code_hash=code_hash)
        for serial, code_hash in enumerate(hashes, first)
    )
    return {"first": first, "count": len(hashes)}


def _ready(session: Session, meeting_id: int) -> dict[int, Slip]:
    query = select(Slip).where(Slip.meeting_id == meeting_id, Slip.state == SlipState.READY)
    return {slip.serial: slip for slip in session.scalars(query)}


def _serials(field: str, serials: Collection[int]) -> set[int]:
    if not isinstance(serials, Collection) or any(
        isinstance(serial, bool) or not isinstance(serial, int) for serial in serials
    ):
        raise BadInput(field, Problem.UNKNOWN_CHOICE)
    return set(serials)


def set_aside(session: Session, ballot: Ballot, serials: Collection[int], voters: int) -> None:
    """Take slips out of one ballot, so that exactly as many are left as people vote by slip.

    Raises BadInput at "aside" for a serial that is not usable, Refused("slips_do_not_match") with what is there
    (`ready`), what is needed (`voters`), and how many are too many (`surplus`) or too few (`missing`).
    """
    ready, chosen = _ready(session, ballot.meeting_id), _serials("aside", serials)
    if not chosen <= ready.keys():
        raise BadInput("aside", Problem.UNKNOWN_CHOICE)
    left = len(ready) - len(chosen)
    if left != voters:
        raise Refused(
            "slips_do_not_match",
            ready=left,
            voters=voters,
            surplus=max(0, left - voters),
            missing=max(0, voters - left),
        )
    session.add_all(
        SlipAside(community_id=ballot.community_id, ballot_id=ballot.id, slip_id=ready[serial].id)
        for serial in sorted(chosen)
    )


# --- casting ------------------------------------------------------------------------------------------


def cast_by_slip(code: str, *, ballot_id: int, pattern: str, witness: str = "", phone: str = "") -> SlipReceipt:
    """Vote with a slip, from a phone on which nobody is signed in; voting again replaces the vote until voting stops.

    Nothing but the sealed vote is written: no request key, no time, no audit entry. Sending it again is no harm, so
    a broken connection is simply tried again; votes of one moment are stored together. `witness` stood by while staff
    filled it in; `phone` is the key that the phone holds, by which it is known again, and nobody else is told the
    choice. A vote that another one replaces is counted for the tellers.
    Raises Refused("slip_unknown"), "slip_void", "slip_set_aside", "ballot_stopped", "ballot_closed"; BadInput at
    "choice" or "witness"; Busy, StorageFull.
    """
    meant = understood(code) if isinstance(code, str) else None
    if meant is None:
        raise Refused("slip_unknown")
    (told,) = _stored([SlipVote(meant, ballot_id, pattern, witness, phone)])
    if isinstance(told, Exception):
        raise told
    return told


def cast_by_slips(votes: Sequence[SlipVote]) -> list[SlipReceipt | Exception]:
    """The same for votes of one moment, in one piece of writing: what each is told, in their order, once all is stored.

    A vote that is refused takes no other one down. When the writing itself breaks, each is cast again alone.
    """
    try:
        return _stored(votes)
    except Busy as busy:  # it was tried three times; two hundred that try alone would be told so minutes later
        return [busy] * len(votes)
    except Exception as trouble:  # noqa: BLE001 - whoever brought it along is told of it, the others vote
        if len(votes) == 1:
            return [trouble]
        log.warning("slips.one_by_one", votes=len(votes), kind=type(trouble).__name__)
    return [told for vote in votes for told in cast_by_slips([vote])]


def _stored(votes: Sequence[SlipVote]) -> list[SlipReceipt | Exception]:
    def work(within: Connection | None) -> list[SlipReceipt | Exception]:
        with writing(None, reason="slip", within=within) as session:
            told: dict[int, SlipReceipt | Exception] = {}
            for ballot_id in sorted({vote.ballot_id for vote in votes}):
                told |= _cast(
                    session, ballot_id, {n: vote for n, vote in enumerate(votes) if vote.ballot_id == ballot_id}
                )
            return [told[number] for number in range(len(votes))]

    return again(lambda: in_group(work))


def _cast(session: Session, ballot_id: int, votes: Mapping[int, SlipVote]) -> dict[int, SlipReceipt | Exception]:
    """Votes of one ballot, by number: what is equal for all of them is read once."""
    hashes = {number: slip_hash(vote.code) for number, vote in votes.items()}
    asked = {"ballot_id": ballot_id, "hashes": list(hashes.values())}
    slips = {slip.code_hash: slip for slip in session.execute(_SLIPS, asked)}
    ballot = _held_open(session, ballot_id) if slips else None
    question = Question.from_json(ballot.question if ballot is not None else None)
    told: dict[int, SlipReceipt | Exception] = {}
    taken: list[_Taken] = []
    for number, vote in votes.items():
        try:
            slip = _usable(slips.get(hashes[number]))
            _takes_votes(ballot, slip)
            choice = pattern(question, vote.pattern)
            witness = line("witness", vote.witness, most=60, needed=False)
        except (Refused, BadInput) as no:
            told[number] = no
            continue
        sealed = Sealed(choice, check_code(vote.code, ballot_id), phone_mark(vote.phone, ballot_id), witness)
        taken.append(_Taken(box_code(vote.code, ballot_id), slip.community_id, sealed))
        told[number] = SlipReceipt(sealed.check_code, choice)
    if taken:
        _put_in(session, ballot_id, taken)
    return told


# The statements are made once: two hundred votes of one moment would spend half of their time on making them.
_HERE: Any = bindparam("ballot_id")
_SLIPS = select(
    Slip.code_hash,
    Slip.state,
    Slip.meeting_id,
    Slip.community_id,
    exists().where(SlipAside.ballot_id == _HERE, SlipAside.slip_id == Slip.id).label("aside"),
).where(Slip.code_hash.in_(bindparam("hashes", expanding=True)))
_BY_SLIP = exists().where(BallotWay.ballot_id == _HERE, BallotWay.way == VoteMethod.SLIP)
_BALLOT = (
    select(Ballot.state, Ballot.question, Ballot.meeting_id)
    .where(Ballot.id == _HERE, _BY_SLIP)
    .with_for_update(read=True, of=Ballot)
)
_IN_THE_BOX = select(SecretVote.code, SecretVote.sealed).where(
    SecretVote.ballot_id == _HERE, SecretVote.code.in_(bindparam("codes", expanding=True))
)


def _put(insert: Any) -> Any:
    put = insert(SecretVote)
    return put.on_conflict_do_update(index_elements=["ballot_id", "code"], set_={"sealed": put.excluded.sealed})


_PUT = {"sqlite": _put(sqlite_insert), "postgresql": _put(postgres_insert)}


def _usable(slip: Any) -> Any:
    if slip is None:
        raise Refused("slip_unknown")
    if slip.state is SlipState.VOID:
        raise Refused("slip_void")
    if slip.aside:
        raise Refused("slip_set_aside")
    return slip


def _held_open(session: Session, ballot_id: int) -> Any:
    """The ballot, held until its votes are stored: whoever stops it waits, and no vote comes in afterwards.

    PostgreSQL lets many hold it at once; on SQLite one writer is at work at a time anyway.
    """
    return session.execute(_BALLOT, {"ballot_id": ballot_id}).first()


def _takes_votes(ballot: Any, slip: Any) -> None:
    mine = ballot is not None and ballot.meeting_id == slip.meeting_id
    if not mine or ballot.state is not BallotState.OPEN:
        raise Refused("ballot_stopped" if mine and ballot.state is BallotState.STOPPED else "ballot_closed")


def _put_in(session: Session, ballot_id: int, taken: Sequence[_Taken]) -> None:
    """Seal the votes; what each finds in its box is what the last one with the same slip put there."""
    dialect = session.get_bind().dialect.name
    boxes = sorted({one.box for one in taken})
    if dialect == "postgresql":
        # Two devices with one slip come one after the other, without a mark on any row that would tell so later.
        for box in boxes:
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(box, 0))))
    found = session.execute(_IN_THE_BOX, {"ballot_id": ballot_id, "codes": boxes})
    there = {vote.code: Sealed.read(vote.sealed) for vote in found if vote.sealed}
    rows: dict[str, dict[str, Any]] = {}
    for box, home, sealed in taken:
        before = there.get(box)
        if before is not None and (before.choice, before.phone) != (sealed.choice, sealed.phone):
            elsewhere = not before.phone or before.phone != sealed.phone
            session.add(SlipChange(community_id=home, ballot_id=ballot_id, elsewhere=elsewhere))
        if sealed.witness and (before is None or before.witness != sealed.witness):
            session.add(AssistedEntry(community_id=home, ballot_id=ballot_id, witness=sealed.witness))
        there[box] = sealed
        rows[box] = {
            "id": random_id(), "community_id": home, "sealed": sealed.packed(), "ballot_id": ballot_id, "code": box,
        }  # fmt: skip
    session.execute(_PUT[dialect], list(rows.values()), execution_options=UNAUDITED)
