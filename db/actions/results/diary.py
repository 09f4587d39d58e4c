"""服务日志: draft an entry from a record, have it reviewed by somebody else, say where it went, take it back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import (
    Activity,
    DiaryEntry,
    DiaryOutlet,
    DiaryQuote,
    DiaryStep,
    Keeping,
    Model,
    Order,
    Project,
)
from db.queries.results.diary import known_names, quotable, trouble_of
from db.queries.results.diary_sources import told_of
from db.rules.permissions import Permission
from db.rules.results.diary import MOST_BODY, MOST_TITLE, DiaryEvent, DiaryInput, after, pointers
from db.terms import DiaryHappening, DiarySource, DiaryState, DiaryTrouble

E, H = DiaryEvent, DiaryHappening
MODEL_OF: dict[DiarySource, tuple[type[Model], str]] = {
    DiarySource.ACTIVITY: (Activity, "activity_id"),
    DiarySource.ORDER: (Order, "order_id"),
    DiarySource.KEEPING: (Keeping, "keeping_id"),
    DiarySource.PROJECT: (Project, "project_id"),
}
"""Of each kind of record its table, and the column that refers to it."""
MOST_SHOWN = 5
"""Masks that a refusal names."""


@action(Permission.WRITE_DIARY)
def draft_entry(
    session: Session, *, source: DiarySource | None, record_id: int | None, given: DiaryInput, now: datetime
) -> int:
    """An entry about a record that is over; the id.

    Raises Refused: diary_not_over (the record is not done, was reversed, or is sensitive), diary_there (number=);
    BadInput at the fields of `DiaryInput`.
    """
    kind = fields.chosen("source", source, list(DiarySource))
    model, column = MODEL_OF[kind]
    # Held, so that two hands do not draft the same record twice.
    record: Any = chosen_row(session, model, "record_id", record_id, lock=True)
    if told_of(session, kind, record.id) is None:
        raise Refused("diary_not_over")
    there = select(DiaryEntry.id).where(
        getattr(DiaryEntry, column) == record.id, DiaryEntry.state != DiaryState.WITHDRAWN
    )
    if (number := session.scalar(there.limit(1))) is not None:
        raise Refused("diary_there", number=number)
    entry = DiaryEntry(community_id=record.community_id, source=kind, **{column: record.id})
    _write(session, entry, given, now=now)
    session.add(entry)
    session.flush()
    _quote(session, entry, given)
    _step(session, entry, H.DRAFTED, now=now)
    return entry.id


def _write(session: Session, entry: DiaryEntry, given: DiaryInput, *, now: datetime) -> None:
    entry.title = fields.line("title", given.title, most=MOST_TITLE)
    entry.on = fields.day("on", given.on, most=day_of(now))
    entry.body = fields.words("body", given.body, most=MOST_BODY)
    entry.written_by, entry.written_at = actor_of(session).id, now


def _quote(session: Session, entry: DiaryEntry, given: DiaryInput) -> None:
    """The quotes that stand below the words; only those of the activity whose consent holds."""
    wanted = {fields.row_id("quote_ids", one) for one in given.quote_ids}
    if not wanted <= {one.id for one in quotable(session, entry.activity_id)}:
        raise BadInput("quote_ids", Problem.UNKNOWN_CHOICE)
    held = {one.quote_id: one for one in session.scalars(select(DiaryQuote).where(DiaryQuote.entry_id == entry.id))}
    for gone in held.keys() - wanted:
        session.delete(held[gone])
    for one in sorted(wanted - held.keys()):
        session.add(DiaryQuote(community_id=entry.community_id, entry_id=entry.id, quote_id=one))


@action(Permission.WRITE_DIARY)
def amend_entry(session: Session, *, entry_id: int, version: int, given: DiaryInput, now: datetime) -> None:
    """Other words for a draft, by whoever has it in hand: an author may have left."""
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    _turn(session, entry, E.AMEND, H.AMENDED, now=now)
    _write(session, entry, given, now=now)
    _quote(session, entry, given)


@action(Permission.WRITE_DIARY)
def submit_entry(session: Session, *, entry_id: int, version: int, now: datetime) -> None:
    """Send a draft for review."""
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    _turn(session, entry, E.SUBMIT, H.SUBMITTED, now=now)
    entry.reason = ""


@action(Permission.PUBLISH_DIARY)
def return_entry(session: Session, *, entry_id: int, version: int, reason: str, now: datetime) -> None:
    """Give an entry back to be written anew, with the reason."""
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    why = fields.line("reason", reason, most=200)
    _turn(session, entry, E.RETURN, H.RETURNED, now=now, word=why)
    entry.reason, entry.reviewed_by, entry.reviewed_name, entry.reviewed_at = why, None, "", None


@action(Permission.PUBLISH_DIARY)
def approve_entry(session: Session, *, entry_id: int, version: int, checked: bool, now: datetime) -> None:
    """Let an entry be published; never by anybody who wrote at it.

    Raises Refused: diary_own, diary_trouble (what=), diary_personal (found=) unless the places were `checked`.
    """
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    wrote = select(DiaryStep.id).where(
        DiaryStep.entry_id == entry.id,
        DiaryStep.kind.in_((H.DRAFTED, H.AMENDED)),
        DiaryStep.by == actor_of(session).id,
    )
    if session.scalar(wrote.limit(1)) is not None:
        raise Refused("diary_own")
    _sound(session, entry)
    text = f"{entry.title}\n{entry.body}"
    found = pointers(text, known_names(session, entry.community_id, entry.id))
    if found and checked is not True:
        raise Refused("diary_personal", found="、".join(one.masked for one in found[:MOST_SHOWN]))
    _turn(session, entry, E.APPROVE, H.APPROVED, now=now)
    entry.reviewed_by, entry.reviewed_at = actor_of(session).id, now


def _sound(session: Session, entry: DiaryEntry) -> None:
    """Nothing that it rests on has ended since; raises Refused("diary_trouble")."""
    trouble: DiaryTrouble | None = trouble_of(session, entry.id)
    if trouble is not None:
        raise Refused("diary_trouble", what=trouble)


@action(Permission.PUBLISH_DIARY)
def take_entry(
    session: Session, *, entry_id: int, version: int, outlet: str, went_on: date | None, now: datetime
) -> int:
    """取用: it went to an outlet on a day; the id of the outlet. Raises Refused("diary_trouble")."""
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    _sound(session, entry)
    where = fields.line("outlet", outlet, most=100)
    _turn(session, entry, E.TAKE, H.TAKEN, now=now, word=where)
    row = DiaryOutlet(
        community_id=entry.community_id,
        entry_id=entry.id,
        outlet=where,
        went_on=fields.day("went_on", went_on, least=entry.on, most=day_of(now)),
        taken_by=actor_of(session).id,
        taken_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.PUBLISH_DIARY)
def withdraw_entry(session: Session, *, entry_id: int, version: int, reason: str, now: datetime) -> int:
    """撤下 with the reason; how many outlets it still stands at, where people take it down."""
    entry = load(session, DiaryEntry, entry_id, version=version, lock=True)
    why = fields.line("reason", reason, most=200)
    _turn(session, entry, E.WITHDRAW, H.WITHDRAWN, now=now, word=why)
    entry.reason = why
    standing = select(DiaryOutlet.id).where(DiaryOutlet.entry_id == entry.id, DiaryOutlet.down_on.is_(None))
    return len(session.scalars(standing).all())


@action(Permission.PUBLISH_DIARY)
def take_down(session: Session, *, outlet_id: int, version: int, down_on: date | None, now: datetime) -> None:
    """It stands no longer at an outlet. Raises Refused("diary_down")."""
    row = load(session, DiaryOutlet, outlet_id, version=version, lock=True)
    if row.down_on is not None:
        raise Refused("diary_down")
    row.down_on = fields.day("down_on", down_on, least=row.went_on, most=day_of(now))
    row.down_by = actor_of(session).id
    entry = load(session, DiaryEntry, row.entry_id)
    _step(session, entry, H.TAKEN_DOWN, now=now, word=row.outlet)


def _turn(
    session: Session, entry: DiaryEntry, event: DiaryEvent, happening: DiaryHappening, *, now: datetime, word: str = ""
) -> None:
    following = after(event, entry.state)
    if following is None:
        raise WrongStage(what="diary_entry", stage=entry.state, permission=session.info.get("permission"))
    entry.state = following
    _step(session, entry, happening, now=now, word=word)


def _step(session: Session, entry: DiaryEntry, kind: DiaryHappening, *, now: datetime, word: str = "") -> None:
    session.add(
        DiaryStep(
            community_id=entry.community_id,
            entry_id=entry.id,
            kind=kind,
            word=word,
            at=now,
            by=actor_of(session).id,
        )
    )
