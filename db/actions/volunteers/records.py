"""培训与表彰: two of the five blocks of a volunteer's record; a line is struck out or corrected, never deleted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Volunteer, VolunteerAward, VolunteerTraining
from db.rules.limits import HALF_HOUR
from db.rules.permissions import Permission

TRAINING_MOST = 6000
"""Minutes of one training: a course of a hundred hours."""


def _of(session: Session, volunteer_id: int) -> Volunteer:
    """The entry; records of somebody who ended are still put right. Raises Refused("volunteer_merged")."""
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    return volunteer


def _common(on: date | None, title: str, given_by: str, now: datetime) -> dict[str, Any]:
    return {
        "on": fields.day("on", on, most=day_of(now)),
        "title": fields.line("title", title, most=100),
        "given_by": fields.line("given_by", given_by, most=60, needed=False),
    }


def _minutes(minutes: int | None) -> int:
    kept = fields.whole("minutes", minutes, least=HALF_HOUR, most=TRAINING_MOST)
    if kept % HALF_HOUR:
        raise BadInput("minutes", Problem.WRONG)
    return kept


def _add(session: Session, model: Any, volunteer: Volunteer, values: dict[str, Any], now: datetime) -> int:
    row = model(
        community_id=volunteer.community_id,
        account_id=volunteer.account_id,
        volunteer_id=volunteer.id,
        noted_by=actor_of(session).id,
        noted_at=now,
        **values,
    )
    session.add(row)
    session.flush()
    return int(row.id)


@action(Permission.MANAGE_VOLUNTEERS)
def note_training(
    session: Session, *, volunteer_id: int, on: date | None, title: str, given_by: str = "", minutes: int | None,
    now: datetime,
) -> int:  # fmt: skip
    """培训记录: what, when, how long, by whom; its id."""
    values = _common(on, title, given_by, now) | {"minutes": _minutes(minutes)}
    return _add(session, VolunteerTraining, _of(session, volunteer_id), values, now)


@action(Permission.MANAGE_VOLUNTEERS)
def note_award(
    session: Session, *, volunteer_id: int, on: date | None, title: str, given_by: str = "", now: datetime
) -> int:
    """表彰奖励记录: what for, when, by whom; its id."""
    return _add(session, VolunteerAward, _of(session, volunteer_id), _common(on, title, given_by, now), now)


@action(Permission.MANAGE_VOLUNTEERS)
def correct_training(
    session: Session, *, training_id: int, on: date | None, title: str, given_by: str = "", minutes: int | None,
    reason: str, now: datetime,
) -> int:  # fmt: skip
    """A second line in the place of a wrong one, which stays readable; the new id. Raises Refused("record_struck")."""
    values = _common(on, title, given_by, now) | {"minutes": _minutes(minutes)}
    return _instead(session, VolunteerTraining, training_id, values, reason, now)


@action(Permission.MANAGE_VOLUNTEERS)
def correct_award(
    session: Session, *, award_id: int, on: date | None, title: str, given_by: str = "", reason: str, now: datetime
) -> int:
    """The same for an award."""
    return _instead(session, VolunteerAward, award_id, _common(on, title, given_by, now), reason, now)


@action(Permission.MANAGE_VOLUNTEERS)
def strike_training(session: Session, *, training_id: int, reason: str, now: datetime) -> int:
    """The line does not count any more and stays readable with its reason. Raises Refused("record_struck")."""
    return _strike(session, VolunteerTraining, training_id, reason, now)


@action(Permission.MANAGE_VOLUNTEERS)
def strike_award(session: Session, *, award_id: int, reason: str, now: datetime) -> int:
    """The same for an award."""
    return _strike(session, VolunteerAward, award_id, reason, now)


def _instead(session: Session, model: Any, row_id: int, values: dict[str, Any], reason: str, now: datetime) -> int:
    old = _strike(session, model, row_id, reason, now)
    row = load(session, model, old)
    return _add(session, model, _of(session, row.volunteer_id), values | {"corrects_id": old}, now)


def _strike(session: Session, model: Any, row_id: int, reason: str, now: datetime) -> int:
    why = fields.line("reason", reason, most=200)
    row = load(session, model, row_id, lock=True)
    if row.struck_at is not None:
        raise Refused("record_struck")
    row.struck_at, row.struck_by, row.struck_reason = now, actor_of(session).id, why
    session.flush()
    return int(row.id)
