"""走访频次与片区: how often each kind of household is met, and which buildings a worker looks after."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Date, Integer, String, case, cast, func, literal, select, type_coerce, update
from sqlalchemy.orm import Session

from db import audit
from db.actions.fields import is_id, line, whole
from db.actions.loading import actor_of, chosen_row, load
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Account, Community, Household, Patch, Place, VisitRhythm
from db.rules.doors.visit_plan import DAYS, DAYS_LEAST, DAYS_MOST
from db.rules.permissions import GRANTS, Permission
from db.scope import UNSCOPED
from db.terms import HouseholdKind, Role

PARTS_MOST = 200


def _later(session: Session, days: Mapping[HouseholdKind, int]) -> Any:
    """`met_on` plus the days of the kind, in the engine's own words."""
    wait: Any = case(*((Household.kind == kind, literal(number)) for kind, number in days.items()), else_=0)
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(
            func.date(Household.met_on, literal("+").concat(cast(wait, String)).concat(literal(" days"))), Date
        )
    return type_coerce(Household.met_on + cast(wait, Integer), Date)


@action(Permission.SET_RHYTHMS)
def set_rhythms(session: Session, *, ordinary: int | None, key: int | None, high_risk: int | None) -> dict[str, int]:
    """Set the days between two visits; the next visit of every household that was met moves in the same moment.

    Returns how many `households` got another day.
    """
    subdistrict_id = actor_of(session).subdistrict_id
    wanted = {
        kind: whole(kind.value, value, least=DAYS_LEAST, most=DAYS_MOST)
        for kind, value in zip(HouseholdKind, (ordinary, key, high_risk), strict=True)
    }
    query = select(VisitRhythm).where(VisitRhythm.subdistrict_id == subdistrict_id).with_for_update()
    known = {row.kind: row for row in session.scalars(query)}
    for kind, number in wanted.items():
        if kind in known:
            known[kind].days = number
        elif number != DAYS[kind]:
            known[kind] = VisitRhythm(subdistrict_id=subdistrict_id, kind=kind, days=number)
            session.add(known[kind])
    session.flush()
    inside = select(Community.id).where(Community.subdistrict_id == subdistrict_id)
    later = _later(session, wanted)
    moved = session.execute(
        update(Household)
        .where(Household.community_id.in_(inside), Household.met_on.is_not(None), Household.due_on != later)
        .values(due_on=later),
        execution_options={"audited": True, "unscoped": True, "synchronize_session": False},
    )
    count = moved.rowcount if isinstance(moved, CursorResult) else 0
    if count and known:
        audit.note(session, next(iter(known.values())), "update", {"households": (None, count)})
    return {"households": count}


@action(Permission.PLAN_VISITS)
def set_patch(session: Session, *, account_id: int, parts: Sequence[Sequence[Any]]) -> int:
    """The places and buildings that a worker looks after; (place, "") is a whole place. Returns how many.

    The secretary settles everybody's, a worker the own one: Refused("patch_not_yours").
    """
    actor = actor_of(session)
    worker = load(session, Account, account_id, lock=True)
    if worker.role is not Role.AREA_WORKER or worker.community_id != actor.community_id:
        raise BadInput("account_id", Problem.UNKNOWN_CHOICE)
    if not actor.may(Permission.SETTLE_PATCHES) and worker.id != actor.id:
        raise Refused("patch_not_yours")
    wanted = {_part(part) for part in parts}
    if len(wanted) > PARTS_MOST:
        raise BadInput("parts", Problem.TOO_LONG, length=len(wanted), most=PARTS_MOST)
    reach = set(session.scalars(select(Place.id).where(Place.id.in_({place for place, _ in wanted}))))
    if any(place not in reach for place, _ in wanted):
        raise BadInput("parts", Problem.UNKNOWN_CHOICE)
    known = {
        (row.place_id, row.building): row for row in session.scalars(select(Patch).where(Patch.account_id == worker.id))
    }
    for part in known.keys() - wanted:
        session.delete(known[part])
    for place_id, building in sorted(wanted - known.keys()):
        session.add(Patch(community_id=worker.community_id, account_id=worker.id, place_id=place_id, building=building))
    session.flush()
    return len(wanted)


def give_patches(session: Session, account: Account, heir_id: int | None, field: str) -> int:
    """Hand what somebody looks after to a colleague; without one it stays in their name until the secretary settles it.

    Returns how many parts moved; BadInput at `field` for somebody who cannot walk them.
    """
    if heir_id is None:
        return 0
    heir = chosen_row(session, Account, field, heir_id, lock=True)
    able = heir.role in GRANTS[Permission.WALK_OWN_PATCH].roles and heir.disabled_at is None
    if not able or heir.community_id != account.community_id or heir.id == account.id:
        raise BadInput(field, Problem.UNKNOWN_CHOICE)
    held = select(Patch).where(Patch.account_id.in_((account.id, heir.id)))
    rows = session.scalars(held, execution_options=UNSCOPED).all()
    known = {(row.place_id, row.building) for row in rows if row.account_id == heir.id}
    moving = [row for row in rows if row.account_id == account.id]
    for row in moving:
        if (row.place_id, row.building) in known:
            session.delete(row)
        else:
            row.account_id = heir.id
    session.flush()
    return len(moving)


@action(Permission.SETTLE_PATCHES)
def hand_over_patch(session: Session, *, account_id: int, heir_id: int | None) -> int:
    """Hand the patch of somebody who has left to a colleague; returns how many parts moved."""
    if heir_id is None:
        raise BadInput("heir_id", Problem.EMPTY)
    return give_patches(session, load(session, Account, account_id), heir_id, "heir_id")


def _part(part: Sequence[Any]) -> tuple[int, str]:
    if len(part) != 2 or not is_id(part[0]):
        raise BadInput("parts", Problem.UNKNOWN_CHOICE)
    return part[0], line("parts", part[1], most=24, needed=False)
