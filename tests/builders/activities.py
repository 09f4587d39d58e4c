"""Activities that are no project's: set up, signed up for, held."""

from datetime import date, time
from typing import Any

from db.actions.activities.activities import set_up_activity
from db.actions.activities.crew import assign_helper
from db.actions.activities.sign_ups import sign_up_participant
from db.engine import as_system
from db.models import Activity, ActivityParticipant, ActivitySession, Unit
from db.rules.permissions import Actor
from db.terms import ActivityKind, UnitKind
from tests.builders.world import TODAY, World, do


def an_event(world: World, *, on: date = TODAY, actor: Actor | None = None, **more: Any) -> int:
    """A salon in the afternoon of a day; the id."""
    values: dict[str, Any] = {
        "title": "妇女节沙龙",
        "kind": ActivityKind.SALON,
        "place": "党群服务中心",
        "begins": time(14),
        "ends": time(16),
    }
    made: int = do(actor or world.secretary, set_up_activity, on=on, **(values | more))
    return made


def signed_up(world: World, activity_id: int, name: str = "甄报名", phone: str = "13900000001", **more: Any) -> Any:
    """Somebody whom the worker signs up: {"id", "state", "receipt"}."""
    return do(world.worker, sign_up_participant, activity_id=activity_id, name=name, phone=phone, **more)


def a_unit(world: World, name: str = "柳林残疾人之家", **more: Any) -> int:
    with as_system("test") as session:
        unit = Unit(subdistrict_id=world.subdistrict, name=name, kind=more.pop("kind", next(iter(UnitKind))), **more)
        session.add(unit)
        session.flush()
        return unit.id


def helped(world: World, activity_id: int, volunteer_id: int) -> int:
    made: int = do(world.secretary, assign_helper, activity_id=activity_id, volunteer_id=volunteer_id)
    return made


def the_activity(activity_id: int) -> Activity:
    with as_system("test") as session:
        row = session.get_one(Activity, activity_id)
        session.expunge(row)
        return row


def sessions(activity_id: int) -> list[ActivitySession]:
    with as_system("test") as session:
        rows = session.query(ActivitySession).filter_by(activity_id=activity_id).order_by(ActivitySession.starts_at)
        found = list(rows)
        session.expunge_all()
        return found


def states(activity_id: int) -> list[str]:
    """The states of the sign-ups, in order."""
    with as_system("test") as session:
        rows = session.query(ActivityParticipant).filter_by(activity_id=activity_id).order_by(ActivityParticipant.id)
        return [row.state.value for row in rows]
