"""Two entries of one volunteer are made one, with all that they did, and taken apart again when that was wrong."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.actions.loading import actor_of, load
from db.actions.volunteers.hours import spell_of, spells_of
from db.actions.volunteers.volunteers import add_minutes, hand_rows, note_event, serves_by_account
from db.engine import action
from db.errors import Conflict, Refused
from db.models import (
    Activity,
    ActivityHelper,
    ActivityParticipant,
    Consent,
    EscortEvent,
    EscortPair,
    HoursChange,
    HoursCheck,
    HoursClaim,
    MarketHelper,
    MarketStall,
    Member,
    Opening,
    Order,
    OrderOffer,
    OrderSeries,
    Pairing,
    Placement,
    Poster,
    ServiceRecord,
    Slot,
    Squad,
    SquadMember,
    SquadRequest,
    SquadStory,
    Turn,
    Volunteer,
    VolunteerApplication,
    VolunteerAward,
    VolunteerCertificate,
    VolunteerMerge,
    VolunteerTraining,
)
from db.queries.rota.busy import busy_of
from db.rules.limits import DAY_MINUTES_MOST
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.rota.conflicts import at_once
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import HOLDS_A_PLACE, AssignmentState, PlacementState, VolunteerChange

MOVED: tuple[Any, ...] = (
    Placement, ServiceRecord, OrderOffer, HoursClaim, OrderSeries, Pairing, Consent, Poster, SquadMember,
    SquadRequest, SquadStory, HoursChange, HoursCheck, Member, Turn,
    VolunteerApplication, VolunteerTraining, VolunteerAward, VolunteerCertificate,
    ActivityHelper, ActivityParticipant,
    MarketHelper, EscortPair, EscortEvent,
)  # fmt: skip
"""What belongs to a volunteer and goes along; the history of an entry stays with it and is read through the merge."""
ACTIVE = (PlacementState.WAITING, PlacementState.ACCEPTED)
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("phone",), ("free_times",), ("free_slots",), ("interests",), ("place_id",), ("birth_year",), ("platform_number",),
    ("contact_name", "contact_phone"), ("guardian", "guardian_phone", "guardian_agreed_on"), ("promised_on",),
    ("account_id",),
)  # fmt: skip
"""What is taken from the other entry where the kept one has nothing of it; a name never goes without its number."""
LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED)
AHEAD = timedelta(days=3 * 366)
"""No turn and no activity is written down for a later day."""
EMPTY: dict[str, Any] = {"free_times": "", "free_slots": [], "interests": []}
"""What nothing is, where it is not None."""


@action(Permission.MERGE_PERSONS)
def merge_volunteers(session: Session, *, kept_id: int, other_id: int, now: datetime) -> int:
    """The other entry leads to the kept one; places, hours, orders, pairings and consents go along. The merge's id.

    What the kept entry lacks (telephone, times, whom to call, account) is taken from the other; the earlier day of
    joining counts, skills are put together. Raises Refused: volunteers_same, volunteer_merged, volunteer_ended (the
    kept one, while the other serves), volunteers_two_accounts, volunteers_two_members,
    volunteers_both_in, volunteers_both_in_slot, volunteers_both_paired, volunteers_both_credited, volunteers_day_full,
    volunteers_at_once (two things that lie ahead at the same time).
    """
    if kept_id == other_id:
        raise Refused("volunteers_same")
    kept, other = _hold(session, kept_id, other_id)
    _may_be_one(session, kept, other, now=now)
    minutes = minutes_from_facts(session, other.id)
    moved: dict[str, Any] = {model.__tablename__: _move(session, model, other, kept) for model in MOVED}
    moved["swaps"] = _ask_instead(session, other, kept)
    moved["leads"] = _lead_instead(session, other, kept)
    session.flush()
    minutes -= minutes_from_facts(session, other.id)
    _shift(session, other, kept, minutes)
    moved["before"] = _fill(session, kept, other)
    other.merged_into_id = kept.id
    merge = VolunteerMerge(
        community_id=kept.community_id,
        kept_id=kept.id,
        other_id=other.id,
        moved=moved,
        merged_by=actor_of(session).id,
        merged_at=now,
    )
    session.add(merge)
    note_event(session, kept, VolunteerChange.MERGED, now=now, before=other.number, after=kept.number)
    session.flush()
    return merge.id


@action(Permission.MERGE_PERSONS)
def undo_volunteer_merge(session: Session, *, merge_id: int, now: datetime) -> int:
    """Give back what was moved and filled; what was added since stays with the kept entry. The id of the other.

    Raises Refused("volunteer_merge_undone"), ("volunteer_merged") when the kept one was merged since.
    """
    merge = load(session, VolunteerMerge, merge_id, lock=True)
    if merge.undone_at is not None:
        raise Refused("volunteer_merge_undone")
    kept, other = _hold(session, merge.kept_id, merge.other_id)
    if kept.merged_into_id is not None:
        raise Refused("volunteer_merged", number=kept.number)
    minutes = minutes_from_facts(session, kept.id)
    _ask_again(session, other, kept, merge.moved["swaps"])
    for model in MOVED:
        ids = merge.moved.get(model.__tablename__, [])  # A merge of before the table was there has none.
        rows = select(model).where(model.id.in_(ids), model.volunteer_id == kept.id)
        for row in session.scalars(rows, execution_options=UNSCOPED):
            row.volunteer_id = other.id
    session.flush()
    _lead_again(session, merge.moved.get("leads", []), other.id, kept.id)
    _shift(session, kept, other, minutes - minutes_from_facts(session, kept.id))
    _give_back(session, kept, other, merge.moved["before"])
    other.merged_into_id = None
    merge.undone_at, merge.undone_by = now, actor_of(session).id
    note_event(session, kept, VolunteerChange.UNMERGED, now=now, before=kept.number, after=other.number)
    session.flush()
    return other.id


def _hold(session: Session, kept_id: int, other_id: int) -> tuple[Volunteer, Volunteer]:
    """Both entries, held as everybody holds them: orders, volunteers in the order of their ids, then what is theirs.

    Conflict when an order came to one of them in between.
    """
    ids = sorted((kept_id, other_id))
    for one in ids:
        load(session, Volunteer, one)  # What is no entry of ours is said before anything of it is held.
    orders = _orders(session, ids)
    held = {one: load(session, Volunteer, one, lock=True) for one in ids}
    if _orders(session, ids) != orders:
        raise Conflict(what="volunteer", id=other_id, version=held[other_id].version)
    return held[kept_id], held[other_id]


def _orders(session: Session, volunteer_ids: list[int]) -> list[int]:
    """Orders of these volunteers, held."""
    offers = select(OrderOffer.order_id).where(OrderOffer.volunteer_id.in_(volunteer_ids), OrderOffer.state.in_(LIVE))
    query = select(Order.id).where(Order.id.in_(offers)).order_by(Order.id).with_for_update()
    return list(session.scalars(query, execution_options=UNSCOPED))


# --- what stands in the way ------------------------------------------------------------------------------------


def _may_be_one(session: Session, kept: Volunteer, other: Volunteer, *, now: datetime) -> None:
    for one in (kept, other):
        if one.merged_into_id is not None:
            raise Refused("volunteer_merged", number=one.number)
    if session.scalar(select(Volunteer.id).where(Volunteer.merged_into_id == other.id).limit(1)) is not None:
        raise Refused("volunteer_merged", number=other.number)
    if kept.ended_on is not None and other.ended_on is None:
        raise Refused("volunteer_ended", number=kept.number, day=kept.ended_on.isoformat())
    if kept.account_id is not None and other.account_id is not None:
        raise Refused("volunteers_two_accounts")
    _not_both(session, kept, other)
    _not_at_once(session, kept, other, now=now)
    linked = select(Member.id).where(Member.volunteer_id.in_((kept.id, other.id)), Member.merged_into_id.is_(None))
    if len(session.scalars(linked.limit(2), execution_options=UNSCOPED).all()) > 1:
        raise Refused("volunteers_two_members")
    day, minutes = _fullest_day(session, kept, other)
    if minutes > DAY_MINUTES_MOST:
        raise Refused("volunteers_day_full", day=day.isoformat(), minutes=minutes)


def _not_both(session: Session, kept: Volunteer, other: Volunteer) -> None:
    """One person is in a post once, is paired with a household once, and is credited for an activity once."""

    def shared(model: Any, column: str, *also: Any) -> Any:
        """A value of the column that rows of both have."""
        twin = aliased(model)
        where = [getattr(twin, column) == getattr(model, column), twin.volunteer_id == kept.id]
        where += [condition(twin) for condition in also] + [condition(model) for condition in also]
        query = select(getattr(model, column)).join(twin, where[0]).where(model.volunteer_id == other.id, *where[1:])
        return session.scalar(query.limit(1), execution_options=UNSCOPED)

    opening = shared(Placement, "opening_id", lambda row: row.state.in_(ACTIVE))
    if opening is not None:
        raise Refused("volunteers_both_in", title=load(session, Opening, opening).title)
    if shared(Pairing, "household_id", lambda row: row.ended_on.is_(None)) is not None:
        raise Refused("volunteers_both_paired")
    slot = shared(Turn, "slot_id", lambda row: row.state.in_(HOLDS_A_PLACE))
    if slot is not None:
        raise Refused("volunteers_both_in_slot")
    if (stall := _at_two_stalls(session, kept, other)) is not None:
        raise Refused("volunteers_both_at_stalls", title=stall)
    going = (lambda row: row.stays_at.is_(None), lambda row: row.returned_at.is_(None))
    outing = shared(EscortPair, "activity_id", *going)
    if outing is not None:
        raise Refused("volunteers_both_escort", title=load(session, Activity, outing).title)
    sources: tuple[tuple[Any, str], ...] = ((Activity, "activity_id"), (Slot, "slot_id"))
    for source, column in sources:
        both = [source.id.in_(_credited(one.id, column)) for one in (kept, other)]
        found = session.scalars(select(source).where(*both).limit(1), execution_options=UNSCOPED).first()
        if found is not None:
            raise Refused("volunteers_both_credited", title=spell_of(session, found, 0).name)


def _not_at_once(session: Session, kept: Volunteer, other: Volunteer, *, now: datetime) -> None:
    """One person is not in two places: turns, stalls, outings, activities and orders that lie ahead."""
    busy = busy_of(session, [kept.id, other.id], now, now + AHEAD)
    ahead = [[busy_one for busy_one in busy.get(one.id, []) if busy_one.ends_at > now] for one in (kept, other)]
    if (found := at_once(*ahead)) is not None:
        one, another = found
        day = one.starts_at.astimezone(CHINA).date()
        raise Refused("volunteers_at_once", day=day.isoformat(), one=one.what, other=another.what)


def _at_two_stalls(session: Session, kept: Volunteer, other: Volunteer) -> str | None:
    """The title of a market day at which both serve at the same time."""
    twin, its_stall = aliased(MarketHelper), aliased(MarketStall)
    query = (
        select(Activity.title)
        .join(MarketStall, MarketStall.activity_id == Activity.id)
        .join(MarketHelper, MarketHelper.stall_id == MarketStall.id)
        .join(its_stall, its_stall.activity_id == Activity.id)
        .join(twin, twin.stall_id == its_stall.id)
        .where(MarketHelper.volunteer_id == other.id, twin.volunteer_id == kept.id)
        .where(MarketHelper.left_at.is_(None), twin.left_at.is_(None))
        .where(MarketHelper.starts < twin.ends, twin.starts < MarketHelper.ends)
    )
    return session.scalar(query.limit(1), execution_options=UNSCOPED)


def _credited(volunteer_id: int, column: str) -> Any:
    """Activities, or slots, for which an entry has hours, or hours that wait."""
    claimed, recorded = getattr(HoursClaim, column), getattr(ServiceRecord, column)
    claims = select(claimed).where(
        HoursClaim.volunteer_id == volunteer_id, claimed.is_not(None), HoursClaim.settled_at.is_(None)
    )
    return claims.union(select(recorded).where(ServiceRecord.volunteer_id == volunteer_id, recorded.is_not(None)))


def _fullest_day(session: Session, kept: Volunteer, other: Volunteer) -> tuple[date, int]:
    """The day on which both together served longest, among those on which the other did."""
    found = spells_of(session, [kept.id, other.id])
    days: Counter[date] = Counter()
    for spell in (*found.get(kept.id, []), *found.get(other.id, [])):
        days.update(spell.minutes_by_day)
    theirs = {day for spell in found.get(other.id, []) for day in spell.minutes_by_day}
    return max(((day, days[day]) for day in theirs), key=lambda one: one[1], default=(kept.since, 0))


# --- what goes along -------------------------------------------------------------------------------------------


def _move(session: Session, model: Any, other: Volunteer, kept: Volunteer) -> list[int]:
    """Ids of the rows that are the kept one's now; a standing team or an activity that both are in is left as it is."""
    rows = select(model).where(model.volunteer_id == other.id).order_by(model.id).with_for_update()
    if model is SquadMember:
        inside = select(SquadMember.squad_id).where(SquadMember.volunteer_id == kept.id, SquadMember.left_on.is_(None))
        rows = rows.where(SquadMember.squad_id.not_in(inside) | SquadMember.left_on.is_not(None))
    if model is SquadRequest:
        asked = select(SquadRequest.squad_id).where(
            SquadRequest.volunteer_id == kept.id, SquadRequest.answered_at.is_(None)
        )
        rows = rows.where(SquadRequest.squad_id.not_in(asked) | SquadRequest.answered_at.is_not(None))
    if model is ActivityHelper:
        inside = select(ActivityHelper.activity_id).where(ActivityHelper.volunteer_id == kept.id)
        rows = rows.where(ActivityHelper.activity_id.not_in(inside))
    moved = session.scalars(rows, execution_options=UNSCOPED).all()
    for row in moved:
        row.volunteer_id = kept.id
    return [row.id for row in moved]


def _ask_instead(session: Session, other: Volunteer, kept: Volunteer) -> list[list[int]]:
    """Colleagues who asked the other to go instead ask the kept one; who would ask themselves asks nobody. The offers,
    each with whom it asked."""
    asked = select(OrderOffer).where(OrderOffer.swap_to_id.in_((kept.id, other.id))).with_for_update()
    moved = []
    for offer in session.scalars(asked, execution_options=UNSCOPED):
        now = None if offer.volunteer_id == kept.id else kept.id
        if offer.swap_to_id != now and offer.swap_to_id is not None:
            moved.append([offer.id, offer.swap_to_id])
            offer.swap_to_id = now
    return moved


def _ask_again(session: Session, other: Volunteer, kept: Volunteer, asked: list[Any]) -> None:
    """Whom the offers asked before, unless that was answered since. Of a merge of before, the numbers alone are kept:
    these asked the other."""
    whom: dict[int, int] = dict(tuple(one) if isinstance(one, list) else (one, other.id) for one in asked)
    for offer in session.scalars(select(OrderOffer).where(OrderOffer.id.in_(whom)), execution_options=UNSCOPED):
        if offer.swap_to_id == (None if offer.volunteer_id == kept.id else kept.id):
            offer.swap_to_id = whom[offer.id]


def _lead_instead(session: Session, other: Volunteer, kept: Volunteer) -> list[list[int | None]]:
    """The kept one leads what the other led; one person is not both, the leader and the deputy. The squads, each with
    who led it and who was the deputy."""
    led = select(Squad).where((Squad.leader_id == other.id) | (Squad.deputy_id == other.id)).with_for_update()
    moved: list[list[int | None]] = []
    for squad in session.scalars(led.order_by(Squad.id), execution_options=UNSCOPED):
        moved.append([squad.id, squad.leader_id, squad.deputy_id])
        squad.leader_id, squad.deputy_id = _led_by(squad.leader_id, squad.deputy_id, other.id, kept.id)
    return moved


def _led_by(leader: int | None, deputy: int | None, other: int, kept: int) -> tuple[int | None, int | None]:
    """Leader and deputy when both entries are one person."""
    leader, deputy = (kept if one == other else one for one in (leader, deputy))
    return leader, None if deputy == leader else deputy


def _lead_again(session: Session, squads: list[list[int]], other: int, kept: int) -> None:
    """As it was before, in squads that nobody has given other leaders since."""
    for squad_id, leader, deputy in squads:
        squad = load(session, Squad, squad_id, lock=True)
        if (squad.leader_id, squad.deputy_id) == _led_by(leader, deputy, other, kept):
            squad.leader_id, squad.deputy_id = leader, deputy


def minutes_from_facts(session: Session, volunteer_id: int) -> int:
    """The sum of an entry as its records and confirmed orders make it."""
    records = select(func.coalesce(func.sum(ServiceRecord.minutes), 0)).where(
        ServiceRecord.volunteer_id == volunteer_id
    )
    orders = (
        select(func.coalesce(func.sum(Order.minutes), 0))
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .where(OrderOffer.volunteer_id == volunteer_id, OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(WITH_MINUTES))
    )
    return sum(int(session.scalar(query, execution_options=UNSCOPED) or 0) for query in (records, orders))


def _shift(session: Session, giver: Volunteer, taker: Volunteer, minutes: int) -> None:
    if minutes:
        add_minutes(session, giver, -min(minutes, giver.minutes))
        add_minutes(session, taker, minutes)


def _fill(session: Session, kept: Volunteer, other: Volunteer) -> dict[str, Any]:
    """Take what is missing; what it was before, without a name or a number."""
    before: dict[str, Any] = {"since": kept.since.isoformat(), "skills": list(kept.skills), "filled": []}
    for columns in TOGETHER:
        if columns == ("account_id",) and not serves_by_account(session, other):
            continue  # With it the kept one, who is asked by telephone, would be asked no more.
        if any(getattr(kept, column) for column in columns):
            continue
        for column in columns:
            if getattr(other, column):
                setattr(kept, column, getattr(other, column))
                before["filled"].append(column)
    kept.since = min(kept.since, other.since)
    kept.skills = list(dict.fromkeys((*kept.skills, *other.skills)))
    if "account_id" in before["filled"]:
        before["account"], other.account_id = other.account_id, None
    session.flush()
    hand_rows(session, kept.id, kept.account_id)
    return before


def _give_back(session: Session, kept: Volunteer, other: Volunteer, before: dict[str, Any]) -> None:
    """What was filled goes back, unless it was changed since; so does the account."""
    for column in before["filled"]:
        if column != "account_id" and getattr(kept, column) == getattr(other, column):
            setattr(kept, column, EMPTY.get(column))
    if "account_id" in before["filled"] and kept.account_id == before["account"]:
        kept.account_id, other.account_id = None, kept.account_id
    if kept.since == min(date.fromisoformat(before["since"]), other.since):
        kept.since = date.fromisoformat(before["since"])
    if kept.skills == list(dict.fromkeys((*before["skills"], *other.skills))):
        kept.skills = before["skills"]
    session.flush()
    for one in (kept, other):
        hand_rows(session, one.id, one.account_id)
