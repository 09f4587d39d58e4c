"""Is everything as it must be? Each check asks the database one question, all of them in one snapshot."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, Text, and_, cast, func, inspect, or_, select, text
from sqlalchemy.orm import Session, aliased

from db import audit, counters, hours_to_ask
from db.engine import SessionOfActor, engine
from db.models import Ballot, BallotVoter, Model, Need, Opening, Photo, Placement, SecretVote
from db.photos import YOUNG, kept, unsealed
from db.queries.voting.ballots import all_accounts, ballot_files
from db.rules.voting.ballot_file import Recount, recount, write
from db.rules.voting.decision import Decision
from db.rules.voting.result import tally_to_json
from db.terms import BallotState, NeedStage, PlacementState
from db.upkeep import CannotDo
from db.upkeep.indexes import INDEX_OF, index_fits
from db.upkeep.key import encrypted_columns, ends_of, is_opened
from db.upkeep.schema import broken_references, head, revision_of

SHOWN = 5
"""Numbers of offending rows that a finding names."""
AT_ONCE = 500
"""Ballots in memory at a time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what it found; nothing when all is well."""

    check: str
    wrong: str = ""

    @property
    def well(self) -> bool:
        return not self.wrong


def verify() -> list[Finding]:
    """Run every check on the database of the settings, while the app runs."""
    postgres = engine().dialect.name == "postgresql"
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if postgres else {}
    info = {"actor": None, "reason": "verify", "reads": True}
    with SessionOfActor(engine().execution_options(**options), autoflush=False, info=info) as session:
        if postgres:
            session.execute(text("SET LOCAL statement_timeout = 0"))
        found = revision_of(session.connection())
        if found != head():
            raise CannotDo(f"The schema is {found or 'empty'}, not {head()}: run `python -m db migrate` first.")
        return [Finding(check, _asked(wrong, session)) for check, wrong in CHECKS.items()]


def _asked(wrong: Callable[[Session], str], session: Session) -> str:
    """What a check found; one that meets a value of another key says so and stops none of the others."""
    try:
        return wrong(session)
    except InvalidTag:
        return "a value does not open with the secret key"


def _named(what: str, ids: Any) -> str:
    listed = [str(number) for number in ids]
    more = ", …" if len(listed) > SHOWN else ""
    return f"{what} {', '.join(listed[:SHOWN])}{more}" if listed else ""


def _file(session: Session) -> str:
    if session.get_bind().dialect.name != "sqlite":
        return ""  # PostgreSQL checks pages as it reads them
    answers = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check"))]
    return "" if answers == ["ok"] else "; ".join(answers[:SHOWN])


def _references(session: Session) -> str:
    connection = session.connection()
    lost = broken_references(connection)
    there = {
        (table, str(reference["name"]))
        for (_, table), references in inspect(connection).get_multi_foreign_keys().items()
        for reference in references
    }
    for table in Model.metadata.sorted_tables:
        needed = {(table.name, str(reference.name)) for reference in table.foreign_key_constraints}
        lost += [f"{name} (no constraint)" for _, name in sorted(needed - there)]
    return f"rows that refer to nothing in {', '.join(lost)}" if lost else ""


def _key(session: Session) -> str:
    """The oldest and the newest value of every encrypted column, and of every blind index, fit the secret key."""
    connection = session.connection()
    wrong = [
        f"{table.name}.{column.name}"
        for table, column in encrypted_columns()
        if not all(is_opened(value) for value in ends_of(connection, table, column))
    ]
    wrong += [str(column) for column in INDEX_OF if not index_fits(session, column)]
    return f"written with another key, or damaged: {', '.join(wrong)}" if wrong else ""


def _audit(session: Session) -> str:
    at = audit.broken_at(session)
    return "" if at is None else f"the chain breaks at entry {at}"


def _counters(session: Session) -> str:
    return ", ".join([*counters.wrong(session), *(["hours_to_ask"] if hours_to_ask.wrong(session) else [])])


def _openings(session: Session) -> str:
    taken = (
        select(func.count())
        .where(Placement.opening_id == Opening.id, Placement.state == PlacementState.ACCEPTED)
        .scalar_subquery()
    )
    return _named("opening", session.scalars(select(Opening.id).where(Opening.filled != taken).limit(SHOWN + 1)))


def _voices(session: Session) -> str:
    """A need speaks for itself and for what was merged into it; an anonymous voice counts as one household."""
    member = aliased(Need)
    household = func.coalesce(cast(member.household_id, Text), "need " + cast(member.id, Text))
    query = (
        select(Need.id)
        .join(member, or_(member.id == Need.id, member.merged_into_id == Need.id))
        .where(Need.stage != NeedStage.MERGED)
        .group_by(Need.id, Need.voices)
        .having(Need.voices != func.count(household.distinct()))
    )
    return _named("need", session.scalars(query.limit(SHOWN + 1)))


def _chains(session: Session) -> str:
    """What was merged points at a need that still stands for itself."""
    lead = aliased(Need)
    query = select(Need.id).join(lead, Need.merged_into_id == lead.id).where(lead.stage == NeedStage.MERGED)
    return _named("need", session.scalars(query.limit(SHOWN + 1)))


def _photos(session: Session) -> str:
    """Every photo that a row shows is there, opens, and is what its name says; no file is left without a row."""
    shown = set(session.scalars(select(Photo.sha256).where(Photo.removed_at.is_(None))))
    there = dict(kept())
    wrong = [
        f"{sha256[:12]}… is missing or damaged"
        for sha256 in sorted(shown)
        if sha256 not in there or unsealed(there[sha256].read_bytes(), sha256) is None
    ]
    wrong += [f"{sha256[:12]}… belongs to nothing" for sha256, path in there.items() if _lost(shown, sha256, path)]
    more = ", …" if len(wrong) > SHOWN else ""
    return f"{', '.join(wrong[:SHOWN])}{more}"


def _lost(shown: set[str], sha256: str, path: Path) -> bool:
    return sha256 not in shown and time.time() - path.stat().st_mtime >= YOUNG


def _closed_ballots(session: Session) -> Iterator[ColumnElement[bool]]:
    """Conditions that fit the closed ballots in parts: a file is read whole, but not all of them at once."""
    last = 0
    while True:
        query = select(Ballot.id).where(Ballot.state == BallotState.CLOSED, Ballot.id > last).order_by(Ballot.id)
        found = session.scalars(query.limit(AT_ONCE)).all()
        if not found:
            return
        yield and_(Ballot.id > last, Ballot.id <= found[-1])
        last = found[-1]


def _books(session: Session) -> str:
    """Every way balances, together they are the electorate, and no secret vote was left sealed or has a voter."""
    wrong: list[int] = []
    for part in _closed_ballots(session):
        voters = select(func.count()).where(BallotVoter.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
        sealed = select(func.count()).where(SecretVote.ballot_id == Ballot.id, SecretVote.sealed.is_not(None))
        people = session.execute(
            select(
                Ballot.id,
                (Ballot.present - Ballot.recused_present).label("voting"),
                voters.label("voters"),
                sealed.correlate(Ballot).scalar_subquery().label("sealed"),
            ).where(Ballot.state == BallotState.CLOSED, part)
        )
        entitled = {row.id: row.voting if row.voting == row.voters and not row.sealed else None for row in people}
        for books in all_accounts(session, part):
            issued = sum(way.issued for way in books.ways)
            if not books.balanced or issued != entitled[books.ballot_id]:
                wrong.append(books.ballot_id)
    return _named("ballot", wrong[: SHOWN + 1])


def _counted(session: Session) -> str:
    """Counting the file of a ballot again gives what was announced, and the file has the hash in the minutes."""
    wrong: list[int] = []
    for part in _closed_ballots(session):
        files = ballot_files(session, part)
        rows = session.execute(
            select(
                *(Ballot.id, Ballot.votes_for, Ballot.votes_against, Ballot.votes_abstain, Ballot.tally),
                Ballot.file_hash,
            )
            .where(Ballot.state == BallotState.CLOSED, part)
            .order_by(Ballot.id)
        )
        for row in rows:
            file = files.get(row.id)
            again = recount(file, write(file)) if file else None
            if again is None or again.digest != row.file_hash or _numbers(again) != tuple(row)[1:5]:
                wrong.append(row.id)
    return _named("ballot", wrong[: SHOWN + 1])


def _numbers(again: Recount) -> tuple[Any, ...]:
    """Votes for, against, abstentions and tally, as a closed ballot keeps them."""
    result = again.result
    if isinstance(result, Decision):
        return result.votes_for, result.votes_against, result.votes_abstain, None
    return None, None, None, tally_to_json(result.tally) if result else None


CHECKS: dict[str, Callable[[Session], str]] = {
    "the database file is sound": _file,
    "every reference leads to a row": _references,
    "personal data opens with the secret key": _key,
    "the audit log is unbroken": _audit,
    "counters agree with the needs": _counters,
    "places taken in openings agree with the teams": _openings,
    "voices of a need agree with the households that asked": _voices,
    "merged needs point at a need that stands for itself": _chains,
    "the books of every closed ballot balance": _books,
    "closed ballots were counted right": _counted,
    "every photo is there and opens": _photos,
}


def lines(findings: list[Finding]) -> Iterator[str]:
    """A tick or a cross and the words, one line a check."""
    for finding in findings:
        yield f"✓ {finding.check}" if finding.well else f"✗ {finding.check}: {finding.wrong}"
