"""What a paired phone sends, one entry a transaction: stored once whatever the network does, or refused with a reason.

An entry has a key that the phone made. The answer is kept with it, so a repeat, even years or a new pairing later,
gets the first answer and stores nothing. Every write asks again whether phone and account still hold.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.doors.household_facts import amend_household
from db.actions.doors.visits import log_visit
from db.actions.fields import chosen
from db.actions.loading import actor_of, load
from db.actions.needs.needs import log_need
from db.engine import action
from db.errors import BadInput, Busy, NotSignedIn, Problem, Refused, YiqilaiError
from db.models import DoorEntry, DoorPhone, Household
from db.rules.clock import holds
from db.rules.doors.door import DoorInput
from db.rules.doors.visit_input import VisitInput
from db.rules.limits import PHONE_LIFE
from db.rules.needs.input import NeedInput, OriginInput
from db.rules.offline.sync import happened_at
from db.rules.permissions import Permission
from db.terms import DoorEntryKind, DoorEntryState
from db.together import Together

LEAST_KEY, MOST_KEY = 16, 64
EARLIER_MISSING = "door_earlier_missing"
Answer = dict[str, Any]


@action(Permission.PAIR_PHONE, grouped=True)
def take_entry(
    session: Session,
    *,
    phone_id: int,
    key: str,
    kind: str,
    values: Mapping[str, Any],
    said: datetime,
    sent: datetime,
    now: datetime,
    after: str = "",
) -> Answer:
    """Store an entry and answer it: `state`, and what the phone needs to show (`number`, `field`, `facts` …).

    `said` and `sent` are the phone's clock; `after` is the key of the entry that this one follows (a need its visit).
    Raises NotSignedIn when the phone or its account does not hold any more, Refused("door_earlier_missing") when the
    entry before it is not stored yet; then nothing is stored, and the same entry may come again.
    """
    if not isinstance(key, str) or not LEAST_KEY <= len(key) <= MOST_KEY or not key.isascii():
        raise BadInput("key", Problem.WRONG)
    phone = _phone(session, phone_id, now)
    if (earlier := _entry(session, phone, key)) is not None:
        return _told(earlier)
    at = happened_at(said, sent, now)
    what: DoorEntryKind = chosen("kind", kind, list(DoorEntryKind))  # type: ignore[assignment]
    try:
        with session.begin_nested(), Together(apart=True):
            answer = _TAKES[what](session, phone, values, after, at, now)
            session.flush()
        state = DoorEntryState.CONFLICT if answer.get("conflicts") else DoorEntryState.STORED
    except (NotSignedIn, Busy):
        raise
    except YiqilaiError as error:
        if isinstance(error, Refused) and error.rule == EARLIER_MISSING:
            raise
        answer, state = _refusal(error), DoorEntryState.REFUSED
    entry = DoorEntry(
        community_id=phone.community_id,
        phone_id=phone.id,
        key=key,
        kind=what,
        state=state,
        answer=answer,
        made_at=at,
        received_at=now,
    )
    session.add(entry)
    session.flush()
    return _told(entry)


def _phone(session: Session, phone_id: int, now: datetime) -> DoorPhone:
    """The phone, held until the end: so its entries are stored one after the other, and none after it was stopped."""
    phone = session.execute(
        select(DoorPhone).where(DoorPhone.id == phone_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).scalar_one_or_none()
    if phone is None or phone.account_id != actor_of(session).id:
        raise NotSignedIn()
    if phone.revoked_at is not None or not holds(phone.expires_at, now, PHONE_LIFE):
        raise NotSignedIn()
    return phone


def _entry(session: Session, phone: DoorPhone, key: str) -> DoorEntry | None:
    """What came under this key from any phone of this person: a phone that is paired anew sends its rest again."""
    return session.execute(
        select(DoorEntry)
        .join(DoorPhone, DoorPhone.id == DoorEntry.phone_id)
        .where(DoorEntry.key == key, DoorPhone.account_id == phone.account_id)
        .order_by(DoorEntry.id)
        .limit(1)
    ).scalar_one_or_none()


def _told(entry: DoorEntry) -> Answer:
    return {"state": entry.state.value, **entry.answer}


def _refusal(error: YiqilaiError) -> Answer:
    """The error as code and plain values; the route finds the words."""
    plain = {name: value if isinstance(value, int | str) else str(value) for name, value in error.values.items()}
    return {"error": error.code, "field": plain.get("field", ""), "values": plain}


# --- the kinds ----------------------------------------------------------------------------------------


def _visit(
    session: Session, _phone: DoorPhone, values: Mapping[str, Any], _after: str, at: datetime, now: datetime
) -> Answer:
    typed = ("place_id", "building", "stairwell", "room", "household_id")
    door = DoorInput(**{name: values[name] for name in typed if name in values})
    given = VisitInput(values.get("outcome"), note=values.get("note", ""), at=at)
    stored = log_visit(session, given=given, door=door, now=now)
    return {"visit_id": stored["visit_id"], "household_id": stored["household_id"]}


def _need(
    session: Session, phone: DoorPhone, values: Mapping[str, Any], after: str, at: datetime, now: datetime
) -> Answer:
    visit = _stored_visit(session, phone, after) if after else {}
    household_id = values.get("household_id") or visit.get("household_id")
    place_id, building = values.get("place_id"), values.get("building", "")
    if household_id is not None:
        household = load(session, Household, household_id)
        place_id, building = household.place_id, household.building
    asked = ("description", "category_id", "reach", "people", "urgency")
    given: dict[str, Any] = {name: values.get(name) for name in asked}
    stored = log_need(
        session,
        given=NeedInput(**given, special_group=values.get("special_group") is True),
        door=DoorInput(place_id=place_id, building=building, household_id=household_id),
        origin=OriginInput(visit_id=visit.get("visit_id"), at=at),
        now=now,
    )
    return {"need_id": stored["id"], "number": stored["number"]}


def _stored_visit(session: Session, phone: DoorPhone, key: str) -> Answer:
    """The visit that a need came out of. Raises Refused("door_earlier_missing") when that one was not stored."""
    entry = _entry(session, phone, str(key)[:MOST_KEY])
    if entry is None or "visit_id" not in entry.answer:
        raise Refused(EARLIER_MISSING)
    return entry.answer


def _facts(
    session: Session, _phone: DoorPhone, values: Mapping[str, Any], _after: str, _at: datetime, now: datetime
) -> Answer:
    base, wanted = values.get("base"), values.get("wanted")
    if not isinstance(base, dict) or not isinstance(wanted, dict):
        raise BadInput("wanted", Problem.WRONG)
    household_id: Any = values.get("household_id")
    return amend_household(session, household_id=household_id, base=base, wanted=wanted, now=now, phone=True)


_TAKES: dict[DoorEntryKind, Callable[..., Answer]] = {
    DoorEntryKind.VISIT: _visit,
    DoorEntryKind.NEED: _need,
    DoorEntryKind.FACTS: _facts,
}
