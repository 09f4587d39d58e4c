"""Two records of one person are made one, and exactly taken apart again when that was wrong."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import Refused
from db.models import ActivityParticipant, Consent, EscortPair, Member, Person, PersonMerge, SensitiveFact
from db.rules.permissions import Permission
from db.scope import UNSCOPED

MOVED: tuple[Any, ...] = (Consent, SensitiveFact, Member, ActivityParticipant, EscortPair)
"""What belongs to a person and goes along; a membership stays where it is and is found through the merged record."""


def _free(session: Session, person_id: int) -> Person:
    person = load(session, Person, person_id, lock=True)
    if person.erased_at is not None:
        raise Refused("person_erased")
    if person.merged_into_id is not None:
        raise Refused("merge_merged")
    return person


@action(Permission.MERGE_PERSONS)
def merge_persons(session: Session, *, kept_id: int, other_id: int, now: datetime) -> int:
    """The other record leads to the kept one from now on; consents and facts go along. The id of the merge.

    What the kept record lacks (telephone, relation, how long it is kept) is taken from the other. Raises
    Refused("merge_same"), ("merge_merged"), ("merge_restricted"), ("person_erased").
    """
    if kept_id == other_id:
        raise Refused("merge_same")
    # Locked in the order of their ids, so that two merges of the same pair cannot wait for each other.
    locked = {person_id: _free(session, person_id) for person_id in sorted((kept_id, other_id))}
    kept, other = locked[kept_id], locked[other_id]
    if kept.restricted is not other.restricted:
        raise Refused("merge_restricted")
    if session.execute(select(Person.id).where(Person.merged_into_id == other.id)).first():
        raise Refused("merge_merged")
    moved: dict[str, Any] = {}
    for model in MOVED:
        its = select(model).where(model.person_id == other.id).with_for_update()
        if model is EscortPair:  # One person goes along once: a second pair of the same outing is left as it is.
            going = (EscortPair.person_id == kept.id, EscortPair.stays_at.is_(None))
            its = its.where(EscortPair.activity_id.not_in(select(EscortPair.activity_id).where(*going)))
        # A sign-up of a sensitive group goes along, too, though who merges may not see it.
        rows = session.scalars(its, execution_options=UNSCOPED if model is ActivityParticipant else {}).all()
        for row in rows:
            row.person_id = kept.id
        moved[model.__tablename__] = [row.id for row in rows]
    moved["filled"] = _fill(kept, other)
    other.merged_into_id = kept.id
    merge = PersonMerge(
        community_id=kept.community_id,
        restricted=kept.restricted,
        kept_id=kept.id,
        other_id=other.id,
        moved=moved,
        merged_by=actor_of(session).id,
        merged_at=now,
    )
    session.add(merge)
    session.flush()
    return merge.id


def _fill(kept: Person, other: Person) -> list[str]:
    """Names of the columns that were empty and now hold the other's value."""
    filled = []
    for column in ("phone", "relation", "keep_until"):
        if not getattr(kept, column) and getattr(other, column):
            setattr(kept, column, getattr(other, column))
            filled.append(column)
    if "phone" in filled:
        kept.phone_index = other.phone_index
    return filled


@action(Permission.MERGE_PERSONS)
def undo_person_merge(session: Session, *, merge_id: int, now: datetime) -> int:
    """Give back what was moved and filled; what was added since stays with the kept record. The id of the other.

    Raises Refused("merge_undone"), ("person_erased"), and ("merge_changed") when a filled value was corrected since.
    """
    merge = load(session, PersonMerge, merge_id, lock=True)
    if merge.undone_at is not None:
        raise Refused("merge_undone")
    kept, other = (load(session, Person, one, lock=True) for one in (merge.kept_id, merge.other_id))
    if kept.erased_at is not None or other.erased_at is not None:
        raise Refused("person_erased")
    if kept.merged_into_id is not None:
        raise Refused("merge_merged")
    for column in merge.moved["filled"]:
        if getattr(kept, column) != getattr(other, column):
            raise Refused("merge_changed", what=column)
    for column in merge.moved["filled"]:
        setattr(kept, column, "" if column == "relation" else None)
        if column == "phone":
            kept.phone_index = None
    for model in MOVED:
        ids = merge.moved.get(model.__tablename__, [])
        moved = select(model).where(model.id.in_(ids), model.person_id == kept.id)
        for row in session.scalars(moved, execution_options=UNSCOPED if model is ActivityParticipant else {}):
            row.person_id = other.id
    other.merged_into_id = None
    merge.undone_at, merge.undone_by = now, actor_of(session).id
    session.flush()
    return other.id
