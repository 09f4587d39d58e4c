"""户情: what kind of household a door is and how to knock there, changed field by field by people who may be offline.

A field that only one side changed is taken; one that both changed to different values stays as it is in the record,
and a `DoorConflict` keeps both values until a person chooses. Nothing is overwritten before.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.doors.visits import rhythm_days
from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, Conflict, Problem, Refused
from db.models import DoorConflict, Household
from db.rules.doors.household_facts import merged
from db.rules.doors.visit_plan import next_due
from db.rules.masking import redact
from db.rules.permissions import Permission
from db.terms import HouseholdKind

FIELDS = ("kind", "door_note")
MINE, THEIRS = "mine", "theirs"


def _clean(values: Mapping[str, Any]) -> dict[str, str]:
    """The facts that are named, as text in the form in which they are kept, or BadInput at the field."""
    found: dict[str, str] = {}
    for field in values:
        if field not in FIELDS:
            raise BadInput(str(field)[:60], Problem.UNKNOWN_CHOICE)
    if "kind" in values:
        found["kind"] = chosen("kind", values["kind"], [kind.value for kind in HouseholdKind])
    if "door_note" in values:
        found["door_note"] = line("door_note", values["door_note"], most=200, needed=False)
    return found


def _stands(household: Household, field: str) -> str:
    return str(getattr(household, field))


def _set(session: Session, household: Household, field: str, value: str) -> None:
    if field != "kind":
        setattr(household, field, value)
        return
    household.kind = HouseholdKind(value)
    if household.met_on is not None:  # another kind is visited at another rhythm, from the last time on
        household.due_on = next_due(household.kind, household.met_on, rhythm_days(session, household.community_id))


@action(Permission.PLAN_VISITS)
def amend_household(
    session: Session,
    *,
    household_id: int,
    base: dict[str, Any],
    wanted: dict[str, Any],
    now: datetime,
    phone: bool = False,
) -> dict[str, Any]:
    """Bring the wanted `kind` and `door_note` into the record; `base` is what the writer saw when writing.

    Returns `changed` and `conflicts`, names of fields. For a phone that was out of reach also `facts`, what stands in
    the record now, so that it goes on from there; a number in it is covered, as on every page.
    """
    want, saw = _clean(wanted), _clean(base)
    household = load(session, Household, household_id, lock=True)
    changed, conflicts = [], []
    for field, mine in want.items():
        if field not in saw:
            raise BadInput(field, Problem.EMPTY)
        stands = _stands(household, field)
        held = merged(saw[field], stands, mine)
        if held is None:
            _keep_both(session, household, field, saw[field], mine, now)
            conflicts.append(field)
        elif held != stands:
            _set(session, household, field, held)
            changed.append(field)
    session.flush()
    answer: dict[str, Any] = {"changed": changed, "conflicts": conflicts}
    return answer | ({"facts": {field: redact(_stands(household, field)) for field in FIELDS}} if phone else {})


def _keep_both(session: Session, household: Household, field: str, before: str, mine: str, now: datetime) -> None:
    """Write the two values down for a person to choose; the same wish of the same person once."""
    account_id = actor_of(session).id
    known = session.execute(
        select(DoorConflict.id).where(
            DoorConflict.household_id == household.id,
            DoorConflict.field == field,
            DoorConflict.account_id == account_id,
            DoorConflict.mine == mine,
            DoorConflict.settled_at.is_(None),
        )
    ).first()
    if known is None:
        session.add(
            DoorConflict(
                community_id=household.community_id,
                restricted=household.restricted,
                household_id=household.id,
                field=field,
                before=before,
                mine=mine,
                theirs=_stands(household, field),
                account_id=account_id,
                at=now,
            )
        )


@action(Permission.PLAN_VISITS)
def settle_conflict(session: Session, *, conflict_id: int, take: str, seen: str, now: datetime) -> str:
    """Choose one of the two values of a conflict; the value that now stands. `seen`: what the record was said to hold.

    Raises Refused("conflict_settled") when somebody chose already, Conflict when the record has moved on since.
    """
    take = chosen("take", take, [MINE, THEIRS])
    conflict = load(session, DoorConflict, conflict_id, lock=True)
    if conflict.settled_at is not None:
        raise Refused("conflict_settled")
    household = load(session, Household, conflict.household_id, lock=True)
    stands = _stands(household, conflict.field)
    if stands != seen:
        raise Conflict(what="household", id=household.id)
    if take == MINE and stands != conflict.mine:
        _set(session, household, conflict.field, conflict.mine)
    conflict.chosen = conflict.mine if take == MINE else stands
    conflict.settled_at = now
    conflict.settled_by = actor_of(session).id
    session.flush()
    return conflict.chosen
