"""Who runs an activity that is no project's: named beforehand, and their hours by the one way that hours come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.activities import own_activity
from db.actions.loading import actor_of, chosen_row, load
from db.actions.volunteers.hours import credit, spells_of
from db.actions.volunteers.volunteers import must_be_there
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Activity, ActivityHelper, HoursClaim, ServiceRecord, Volunteer
from db.queries.activities.stall_crew import served_there
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ActivityState

MOST_HELPERS = 200


@dataclass(frozen=True, slots=True)
class HelperHours:
    """One helper's minutes in steps of 30, and what there is to say to long or doubtful ones."""

    volunteer_id: int
    minutes: int
    note: str = ""


@action(Permission.RUN_ACTIVITY)
def assign_helper(
    session: Session, *, activity_id: int, volunteer_id: int | None, task: str = "", now: datetime
) -> int:
    """A volunteer helps to run the activity; the row's id.

    Raises Refused: helper_there, volunteer_ended, volunteer_paused, guardian_missing, helpers_full.
    """
    activity = own_activity(session, activity_id, lock=True)
    volunteer = chosen_row(session, Volunteer, "volunteer_id", volunteer_id)
    if volunteer.merged_into_id is not None:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    if volunteer.ended_on is not None:
        raise Refused("volunteer_ended", number=volunteer.number, day=volunteer.ended_on.isoformat())
    must_be_there(volunteer, activity.on)
    does = fields.line("task", task, most=60, needed=False)
    mine = select(ActivityHelper).where(ActivityHelper.activity_id == activity.id)
    there = {one.volunteer_id: one for one in session.scalars(mine, execution_options=UNSCOPED)}
    row = there.get(volunteer.id)
    if row is None:
        if len(there) >= MOST_HELPERS:
            raise Refused("helpers_full", most=MOST_HELPERS)
        row = ActivityHelper(
            community_id=activity.community_id,
            account_id=volunteer.account_id,
            activity_id=activity.id,
            volunteer_id=volunteer.id,
        )
        session.add(row)
    elif row.left_at is None:
        raise Refused("helper_there", number=volunteer.number)
    row.task, row.named_at, row.named_by, row.left_at = does, now, actor_of(session).id, None
    session.flush()
    return row.id


def name_those_who_served(session: Session, activity: Activity, served: Mapping[int, str], *, now: datetime) -> None:
    """Put those who served at stalls or as escorts on the list from which hours are written: volunteer → task.

    Nobody is named twice, and an activity of a project has its own list.
    """
    if activity.project_id is not None:
        return
    mine = select(ActivityHelper.volunteer_id).where(ActivityHelper.activity_id == activity.id)
    missing = set(served) - set(session.scalars(mine, execution_options=UNSCOPED))
    found = select(Volunteer.id, Volunteer.account_id).where(Volunteer.id.in_(missing)).order_by(Volunteer.id)
    session.add_all(
        ActivityHelper(
            community_id=activity.community_id,
            account_id=account_id,
            activity_id=activity.id,
            volunteer_id=volunteer_id,
            task=served[volunteer_id],
            named_at=now,
            named_by=actor_of(session).id,
        )
        for volunteer_id, account_id in session.execute(found)
    )


@action(Permission.RUN_ACTIVITY)
def release_helper(session: Session, *, helper_id: int, now: datetime) -> None:
    """The volunteer does not help after all; hours that are written down stay. Raises Refused("helper_released")."""
    row = load(session, ActivityHelper, helper_id, lock=True)
    own_activity(session, row.activity_id)
    if row.left_at is not None:
        raise Refused("helper_released")
    row.left_at, row.to_tell = now, False


@action(Permission.RUN_ACTIVITY)
def credit_helpers(session: Session, *, activity_id: int, served: Sequence[HelperHours], now: datetime) -> int:
    """Write down the hours of those who were named; the minutes that count at once.

    Hours in doubt wait for a second person. Raises Refused: activity_ahead, activity_of_project, not_helper (number=),
    hours_written (number=); BadInput at `served`, `minutes_<volunteer>`, `note_<volunteer>`.
    """
    activity = own_activity(session, activity_id, lock=True, open_only=False)
    if activity.state is ActivityState.CANCELLED:
        raise WrongStage(what="activity", stage=activity.state, permission=session.info.get("permission"))
    if activity.project_id is not None:
        raise Refused("activity_of_project")
    if activity.on > day_of(now):
        raise Refused("activity_ahead")
    ids = sorted({fields.row_id("served", one.volunteer_id) for one in served})
    if not ids:
        raise BadInput("served", Problem.EMPTY)
    if len(ids) != len(served):
        raise BadInput("served", Problem.TAKEN)
    held = select(Volunteer).where(Volunteer.id.in_(ids)).order_by(Volunteer.id).with_for_update()
    volunteers = {one.id: one for one in session.scalars(held)}
    named, written = _named(session, activity.id), _written(session, activity.id)
    there, total = spells_of(session, ids, activity.on), 0
    for one in sorted(served, key=lambda one: one.volunteer_id):
        volunteer = volunteers.get(one.volunteer_id)
        if volunteer is None:
            raise BadInput("served", Problem.UNKNOWN_CHOICE)
        if volunteer.id not in named:
            raise Refused("not_helper", number=volunteer.number)
        if volunteer.id in written:
            raise Refused("hours_written", number=volunteer.number)
        total += credit(
            session, activity, volunteer, one.minutes, others=there.get(volunteer.id, []), note=one.note,
            field=f"minutes_{volunteer.id}", note_field=f"note_{volunteer.id}", sheet=len(ids), now=now,
        )  # fmt: skip
    return total


def leave_crews(session: Session, *whose: Any, now: datetime) -> int:
    """Activities that are still planned have one helper fewer; `whose` says which rows. How many."""
    held = (
        select(ActivityHelper)
        .join(Activity, Activity.id == ActivityHelper.activity_id)
        .where(ActivityHelper.left_at.is_(None), Activity.state == ActivityState.PLANNED, *whose)
        .order_by(ActivityHelper.id)
        .with_for_update(of=ActivityHelper)
    )
    rows = session.scalars(held, execution_options=UNSCOPED).all()
    for row in rows:
        row.left_at, row.to_tell = now, False
    return len(rows)


def _named(session: Session, activity_id: int) -> set[int]:
    """Who stands on the list, at a stall or in a pair: nobody has to be named twice."""
    query = select(ActivityHelper.volunteer_id).where(
        ActivityHelper.activity_id == activity_id, ActivityHelper.left_at.is_(None)
    )
    return {*session.scalars(query), *served_there(session, activity_id)}


def _written(session: Session, activity_id: int) -> set[int]:
    """Who has hours for it, or hours that wait."""
    records = select(ServiceRecord.volunteer_id).where(ServiceRecord.activity_id == activity_id)
    claims = select(HoursClaim.volunteer_id).where(
        HoursClaim.activity_id == activity_id, HoursClaim.settled_at.is_(None)
    )
    return set(session.scalars(records.union(claims), execution_options=UNSCOPED))
