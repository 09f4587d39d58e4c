"""陪访结伴: an outing gets its pairs, each an elder with an escort and somebody to call; who drops out is replaced."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.people.consents import living_person
from db.actions.volunteers.volunteers import askable_volunteer
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Activity, EscortEvent, EscortPair, EscortTrip, Household, Person, Volunteer
from db.rules.activities.outing import is_open, stand
from db.rules.activities.outing_input import PairInput
from db.rules.masking import masked_name
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ActivityKind, ActivityState, EscortChange, PairStand

MOST_PAIRS = 60


def outing_activity(session: Session, activity_id: int) -> Activity:
    """The activity, held, if it is an outing that takes place. Raises Refused("no_outing"), ("outing_cancelled")."""
    activity = load(session, Activity, activity_id, lock=True)
    if activity.kind is not ActivityKind.OUTING:
        raise Refused("no_outing")
    if activity.state is ActivityState.CANCELLED:
        raise Refused("outing_cancelled")
    return activity


def trip_of(session: Session, activity: Activity) -> EscortTrip:
    """What belongs to the outing itself; made when there is nothing yet."""
    trip = session.scalars(select(EscortTrip).where(EscortTrip.activity_id == activity.id)).one_or_none()
    if trip is None:
        trip = EscortTrip(community_id=activity.community_id, activity_id=activity.id)
        session.add(trip)
        session.flush()
    return trip


def open_trip(session: Session, activity_id: int) -> tuple[Activity, EscortTrip]:
    """An outing that is not closed; raises Refused("outing_closed")."""
    activity = outing_activity(session, activity_id)
    trip = trip_of(session, activity)
    if trip.closed_at is not None:
        raise Refused("outing_closed")
    return activity, trip


def pairs_of(session: Session, activity_id: int) -> list[EscortPair]:
    """Every pair of an outing, those that stay at home too."""
    query = select(EscortPair).where(EscortPair.activity_id == activity_id).order_by(EscortPair.id)
    return list(session.scalars(query))


def pair_stand(pair: EscortPair) -> PairStand:
    """Where a pair stands."""
    return stand(pair.left_at, pair.returned_at, pair.stays_at)


def told(
    session: Session, pair: EscortPair, kind: EscortChange, *, now: datetime, reason: str = "",
    volunteer_id: int | None = None,
) -> None:  # fmt: skip
    """One line in the history of a pair; it is seen by whose pair it is."""
    actor = session.info.get("actor")
    session.add(
        EscortEvent(
            community_id=pair.community_id,
            account_id=pair.account_id,
            pair_id=pair.id,
            kind=kind,
            volunteer_id=volunteer_id or pair.volunteer_id,
            reason=reason,
            at=now,
            by=actor.id if actor else None,
        )
    )


def open_pair(session: Session, pair_id: int, version: int | None = None) -> tuple[EscortPair, Activity, EscortTrip]:
    """A pair that still has to be looked after, of an outing that is not closed.

    Raises Refused("pair_done") for one that is back or does not come along.
    """
    # The outing before the pair, as its close holds them.
    activity, trip = open_trip(session, load(session, EscortPair, pair_id).activity_id)
    pair = load(session, EscortPair, pair_id, version=version, lock=True)
    if not is_open(pair_stand(pair)):
        raise Refused("pair_done")
    return pair, activity, trip


@action(Permission.RUN_OUTING)
def set_trip(session: Session, *, activity_id: int, meeting_point: str, most: int | None, now: datetime) -> int:
    """Where one meets, and how many elders one escort takes (one or two); the id of its record."""
    _activity, trip = open_trip(session, activity_id)
    where = fields.line("meeting_point", meeting_point, most=100, needed=False)
    number = fields.whole("most", most, least=1, most=2)
    trip.meeting_point, trip.most = where, number
    return trip.id


@action(Permission.RUN_OUTING)
def pair_up(session: Session, *, activity_id: int, given: PairInput, now: datetime) -> int:
    """结伴: an elder and who goes along; the id of the pair.

    Raises Refused: outing_full, elder_twice, elder_restricted, elder_is_escort, escort_busy, volunteer_ended,
    volunteer_merged, volunteer_paused, guardian_missing, helper_gone, person_erased.
    """
    activity, trip = open_trip(session, activity_id)
    there = [one for one in pairs_of(session, activity.id) if one.stays_at is None]
    if len(there) >= MOST_PAIRS:
        raise Refused("outing_full", most=MOST_PAIRS)
    pair = EscortPair(community_id=activity.community_id, activity_id=activity.id)
    _elder(session, pair, given, there)
    pair.contact_name = fields.line("contact_name", given.contact_name, most=30) or None
    pair.contact_phone = fields.telephone("contact_phone", given.contact_phone)
    if pair.contact_phone is None:
        raise BadInput("contact_phone", Problem.EMPTY)
    if given.volunteer_id is not None:
        _goes_with(session, pair, _held_escort(session, given.volunteer_id, activity), activity, trip)
    session.add(pair)
    session.flush()
    told(session, pair, EscortChange.PAIRED, now=now)
    return pair.id


def _elder(session: Session, pair: EscortPair, given: PairInput, there: list[EscortPair]) -> None:
    """Who goes out, and that nobody goes out twice: the same record, or the same name unless it is said otherwise."""
    alias = fields.line("alias", given.alias, most=20, needed=False)
    name = fields.line("elder_name", given.elder_name, most=30, needed=False)
    if given.person_id is not None:
        person = living_person(session, fields.row_id("person_id", given.person_id))
        if person.restricted:
            raise Refused("elder_restricted")
        household = load(session, Household, person.household_id)
        pair.person_id, alias, name = person.id, alias or household.alias, person.name
        if any(one.person_id == person.id for one in there):
            raise Refused("elder_twice")
    elif not name and not alias:
        raise BadInput("elder_name", Problem.EMPTY)
    else:
        pair.elder_name = name or None
    pair.alias = alias
    if not given.another and any(_same(session, one, name, alias) for one in there):
        raise Refused("elder_twice")


def _same(session: Session, other: EscortPair, name: str, alias: str) -> bool:
    theirs = other.elder_name or ""
    if other.person_id is not None:
        theirs = session.get_one(Person, other.person_id).name
    plain = "".join(name.split())
    return bool(plain and "".join(theirs.split()) == plain) or bool(not plain and alias and other.alias == alias)


def _held_escort(session: Session, volunteer_id: int | None, activity: Activity) -> Volunteer:
    """Who goes along, held, so that nobody is given to two elders at the same moment."""
    return askable_volunteer(session, fields.row_id("volunteer_id", volunteer_id), activity.on, lock=True)


def _goes_with(session: Session, pair: EscortPair, volunteer: Volunteer, activity: Activity, trip: EscortTrip) -> None:
    """Put an escort who is held to a pair."""
    taken = (
        select(EscortPair)
        .join(Activity, Activity.id == EscortPair.activity_id)
        .where(EscortPair.volunteer_id == volunteer.id, Activity.on == activity.on)
        .where(Activity.state != ActivityState.CANCELLED)
        .where(EscortPair.stays_at.is_(None), EscortPair.returned_at.is_(None))
    )
    with session.no_autoflush:
        others = [one for one in session.scalars(taken) if one.id != pair.id]
    if len(others) >= trip.most:
        raise Refused("escort_busy", number=volunteer.number, most=trip.most)
    pair.volunteer_id, pair.account_id, pair.to_tell = volunteer.id, volunteer.account_id, False


@action(Permission.RUN_OUTING)
def replace_escort(
    session: Session, *, pair_id: int, version: int, volunteer_id: int | None, reason: str, now: datetime
) -> None:
    """换陪访人: somebody else goes along, also on the way; who it was and why stays in the history.

    Raises Refused: pair_done, escort_same, escort_busy and what stands against the volunteer.
    """
    why = fields.line("reason", reason, most=200)
    # The volunteer before the pair, as somebody who ends is held.
    seen = load(session, Activity, load(session, EscortPair, pair_id).activity_id)
    volunteer = _held_escort(session, volunteer_id, seen)
    pair, activity, trip = open_pair(session, pair_id, version)
    before = pair.volunteer_id
    if before == volunteer.id:
        raise Refused("escort_same")
    _goes_with(session, pair, volunteer, activity, trip)
    session.flush()
    told(session, pair, EscortChange.REPLACED, now=now, reason=why, volunteer_id=before)


@action(Permission.RUN_OUTING)
def drop_escort(session: Session, *, pair_id: int, version: int, reason: str, now: datetime) -> None:
    """陪访人退出 before anybody stands in: the pair is shown in red. Raises Refused("no_escort")."""
    why = fields.line("reason", reason, most=200)
    pair, _activity, _trip = open_pair(session, pair_id, version)
    if pair.volunteer_id is None:
        raise Refused("no_escort")
    _drop(session, pair, why, now)


def _drop(session: Session, pair: EscortPair, why: str, now: datetime) -> None:
    told(session, pair, EscortChange.DROPPED, now=now, reason=why)
    pair.volunteer_id, pair.account_id, pair.to_tell = None, None, False


@action(Permission.RUN_OUTING)
def stay_home(session: Session, *, pair_id: int, version: int, reason: str, now: datetime) -> None:
    """不去了: the elder does not come along. Raises Refused("pair_out") for one who is on the way."""
    why = fields.line("reason", reason, most=200)
    pair, _activity, _trip = open_pair(session, pair_id, version)
    if pair.left_at is not None:
        raise Refused("pair_out")
    pair.stays_at, pair.to_tell = now, False
    told(session, pair, EscortChange.STAYED, now=now, reason=why)


def pair_name(session: Session, pair: EscortPair) -> str:
    """What a pair is called where others read it: the alias, else the surname."""
    if pair.alias:
        return pair.alias
    if pair.person_id is not None:
        return masked_name(session.get_one(Person, pair.person_id).name)
    return masked_name(pair.elder_name or "")


def drop_pairs(session: Session, volunteer: Volunteer, why: str, *when: Any, now: datetime) -> int:
    """Take somebody who ends out of every pair that is still open; how many. The volunteer is held.

    `when` says which pairs, by columns of pair and activity.
    """
    return _drop_all(session, (EscortPair.volunteer_id == volunteer.id, *when), why, now)


def drop_pairs_of_account(session: Session, account_id: int, why: str, *, now: datetime) -> int:
    """The same for whoever has this account."""
    return _drop_all(session, (EscortPair.account_id == account_id,), why, now)


def _drop_all(session: Session, whose: Iterable[Any], why: str, now: datetime) -> int:
    query = (
        select(EscortPair)
        .join(Activity, Activity.id == EscortPair.activity_id)
        .outerjoin(EscortTrip, EscortTrip.activity_id == Activity.id)
        .where(*whose, EscortPair.stays_at.is_(None), EscortPair.returned_at.is_(None))
        .where(EscortTrip.closed_at.is_(None), Activity.state == ActivityState.PLANNED)
        .order_by(EscortPair.id)
        .with_for_update(of=EscortPair)
    )
    pairs = session.scalars(query, execution_options=UNSCOPED).all()
    for pair in pairs:
        _drop(session, pair, why, now)
    return len(pairs)


def on_the_day(activity: Activity, now: datetime) -> bool:
    """Whether the outing is today in China."""
    return day_of(now) == activity.on


def runs_it(session: Session) -> bool:
    """Whether the actor leads outings, and not only goes along."""
    return actor_of(session).may(Permission.RUN_OUTING)
