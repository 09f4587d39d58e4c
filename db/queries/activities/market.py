"""便民集市: the days, and one day whole with its stalls, who serves, what was counted and how often they were there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Activity, Community, MarketDay, MarketHelper, MarketStall, MarketTally, Volunteer
from db.queries.activities.market_stall import span_of_day, stall_code
from db.queries.activities.market_turns import turns_before, was_there
from db.queries.paging import ROWS, Page
from db.rules.activities.market import Gap, Spell, gaps, minute_of, served_in, usual_hours
from db.rules.masking import masked_name, redact
from db.rules.zone import CHINA
from db.terms import ActivityKind, ActivityState, QueueLength, Staffing, TallyKind, VolunteerKind

ENTRIES_MOST = 20_000
"""Presses of a day that are read; a square with eight stalls makes two thousand."""


@dataclass(frozen=True, slots=True)
class MarketRow:
    """One market day of the list."""

    id: int
    title: str
    on: date
    place: str
    state: ActivityState
    stalls: int
    helpers: int
    served: int
    closed: bool


def market_days(session: Session, *, before: int | None = None) -> Page[MarketRow]:
    """A page of market days, newest first, in one statement."""
    stalls = (
        select(func.count(MarketStall.id))
        .where(MarketStall.activity_id == Activity.id, MarketStall.called_off_at.is_(None))
        .correlate(Activity)
        .scalar_subquery()
    )
    helpers = (
        select(func.count(MarketHelper.volunteer_id.distinct()))
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == Activity.id, was_there())
        .correlate(Activity)
        .scalar_subquery()
    )
    query = (
        select(
            *(Activity.id, Activity.title, Activity.on, Activity.place, Activity.state),
            *(stalls.label("stalls"), helpers.label("helpers")),
            *(_served().label("served"), MarketDay.closed_at),
        )
        .outerjoin(MarketDay, MarketDay.activity_id == Activity.id)
        .where(Activity.kind == ActivityKind.MARKET)
    )
    if before is not None:
        query = query.where(Activity.id < before)
    found = session.execute(query.order_by(Activity.id.desc()).limit(ROWS + 1)).all()
    return Page(
        tuple(
            MarketRow(
                row.id, row.title, row.on, row.place, row.state, row.stalls, row.helpers, int(row.served),
                row.closed_at is not None,
            )
            for row in found[:ROWS]
        ),
        len(found) > ROWS,
    )  # fmt: skip


def _served() -> Any:
    """How many were served at the stalls of an activity."""
    return (
        select(func.coalesce(func.sum(MarketTally.amount), 0))
        .join(MarketStall, MarketStall.id == MarketTally.stall_id)
        .where(MarketStall.activity_id == Activity.id, MarketTally.counted)
        .correlate(Activity)
        .scalar_subquery()
    )


def market_served(session: Session, activity_id: int) -> int | None:
    """服务人次 of a closed market day, for the report of its activity; None while it is open or when there is none."""
    query = select(MarketDay.served).where(MarketDay.activity_id == activity_id, MarketDay.closed_at.is_not(None))
    return session.scalar(query)


@dataclass(frozen=True, slots=True)
class HelperLine:
    """Who serves at a stall; the name is masked."""

    id: int
    volunteer_id: int
    number: str
    name: str
    kind: VolunteerKind
    starts: int
    ends: int
    left: bool
    times: int
    """第几次 at a stall with this item, this one included."""
    served: int
    """What the stall counted in these hours."""


@dataclass(frozen=True, slots=True)
class StallLine:
    """One stall with all that its page shows."""

    id: int
    version: int
    number: int
    item: str
    description: str
    material: str
    needed: int
    planned: int
    called_off: str
    code: str
    served: int = 0
    late: int = 0
    """What came after the day was closed, and nobody has looked at since."""
    queue: QueueLength | None = None
    queue_at: datetime | None = None
    words: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    people: tuple[HelperLine, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def there(self) -> tuple[HelperLine, ...]:
        """Those who did not leave."""
        return tuple(one for one in self.people if not one.left)

    @property
    def staffing(self) -> Staffing:
        """Whether enough people are there at any time."""
        return Staffing.OFF if self.called_off else Staffing.SHORT if self.gaps else Staffing.FULL


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """A market day whole."""

    id: int
    title: str
    on: date
    place: str
    community: str
    state: ActivityState
    opens: int
    closes: int
    closed_at: datetime | None
    closed_by: str
    served: int
    stalls: tuple[StallLine, ...]

    @property
    def live(self) -> tuple[StallLine, ...]:
        """Stalls that were not called off."""
        return tuple(stall for stall in self.stalls if not stall.called_off)

    @property
    def helpers(self) -> int:
        """People who serve, each once."""
        return len({one.volunteer_id for stall in self.live for one in stall.there})

    @property
    def members(self) -> int:
        """Party members among them."""
        found = {one.volunteer_id for stall in self.live for one in stall.there if one.kind is _MEMBER}
        return len(found)


_MEMBER = VolunteerKind.PARTY_MEMBER


def market_facts(session: Session, activity_id: int) -> MarketFacts | None:
    """The day in five statements, or None: outside the scope, or no market day."""
    row = session.execute(
        select(
            *(Activity.id, Activity.title, Activity.on, Activity.place, Activity.state),
            *(Community.name.label("community"), MarketDay.opens, MarketDay.closes),
            *(MarketDay.closed_at, MarketDay.closed_name),
        )
        .join(Community, Community.id == Activity.community_id)
        .outerjoin(MarketDay, MarketDay.activity_id == Activity.id)
        .where(Activity.id == activity_id, Activity.kind == ActivityKind.MARKET)
    ).first()
    if row is None:
        return None
    if row.opens is None:
        begins, ends = session.execute(span_of_day(row.id, row.on)).one()
        opening = usual_hours(begins, ends)
    else:
        opening = Spell(row.opens, row.closes)
    stalls = _stalls(session, row.id, row.on, opening)
    return MarketFacts(
        id=row.id,
        title=row.title,
        on=row.on,
        place=row.place,
        community=row.community,
        state=row.state,
        opens=opening.starts,
        closes=opening.ends,
        closed_at=row.closed_at,
        closed_by=row.closed_name or "",
        served=sum(stall.served for stall in stalls),
        stalls=stalls,
    )


def _stalls(session: Session, activity_id: int, on: date, opening: Spell) -> tuple[StallLine, ...]:
    query = (
        select(MarketStall)
        .where(MarketStall.activity_id == activity_id)
        .order_by(MarketStall.number, MarketStall.id)
        .limit(100)
    )
    found = session.scalars(query).all()
    ids = [stall.id for stall in found]
    people, entries = _people(session, ids), _entries(session, ids)
    keys = {stall.id: stall.item_key for stall in found}
    before = turns_before(session, on, {one.volunteer_id for one in people}, set(keys.values()))
    lines = []
    for stall in found:
        own = [one for one in people if one.stall_id == stall.id]
        told = _told(entries[stall.id])
        minutes = [(_minute(entry.made_at), entry.amount) for entry in entries[stall.id] if _is_press(entry)]
        helpers = tuple(_helper(one, before.get((one.volunteer_id, stall.item_key), 0), minutes) for one in own)
        there = [Spell(one.starts, one.ends) for one in helpers if one.ends > one.starts]
        lines.append(
            StallLine(
                id=stall.id,
                version=stall.version,
                number=stall.number,
                item=stall.item,
                description=stall.description,
                material=stall.material,
                needed=stall.helpers,
                planned=stall.planned,
                called_off=(stall.called_off_reason or "—") if stall.called_off_at else "",
                code=stall_code(stall.id, stall.draw) if stall.link_hash else "",
                people=helpers,
                gaps=() if stall.called_off_at else tuple(gaps(opening, stall.helpers, there)),
                **told,
            )
        )
    return tuple(lines)


def _minute(moment: datetime) -> int:
    return minute_of(moment.astimezone(CHINA).time())


def _is_press(entry: Any) -> bool:
    return entry.kind is TallyKind.COUNT and entry.counted


def _helper(row: Any, before: int, minutes: Sequence[tuple[int, int]]) -> HelperLine:
    ends = row.ends if row.left_at is None else (row.stayed_until or row.starts)
    return HelperLine(
        id=row.id,
        volunteer_id=row.volunteer_id,
        number=row.number,
        name=masked_name(row.name),
        kind=row.kind,
        starts=row.starts,
        ends=ends,
        left=row.left_at is not None,
        times=before + 1,
        served=served_in(minutes, Spell(row.starts, ends)),
    )


def _people(session: Session, stall_ids: Sequence[int]) -> Sequence[Any]:
    query = (
        select(
            *(MarketHelper.id, MarketHelper.stall_id, MarketHelper.volunteer_id, MarketHelper.starts),
            *(MarketHelper.ends, MarketHelper.left_at, MarketHelper.stayed_until),
            *(Volunteer.number, Volunteer.name, Volunteer.kind),
        )
        .join(Volunteer, Volunteer.id == MarketHelper.volunteer_id)
        .where(MarketHelper.stall_id.in_(stall_ids))
        .order_by(MarketHelper.starts, MarketHelper.id)
        .limit(600)
    )
    return session.execute(query).all()


def _entries(session: Session, stall_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Everything that was pressed, said and corrected, by stall, in its order."""
    query = (
        select(
            *(MarketTally.stall_id, MarketTally.kind, MarketTally.amount, MarketTally.queue, MarketTally.words),
            *(MarketTally.counted, MarketTally.made_at),
        )
        .where(MarketTally.stall_id.in_(stall_ids))
        .order_by(MarketTally.id)
        .limit(ENTRIES_MOST)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.stall_id].append(row)
    return found


def _told(entries: Iterable[Any]) -> dict[str, Any]:
    """What the entries of a stall say together."""
    served, late, queue, queue_at = 0, 0, None, None
    words: list[str] = []
    corrections: list[str] = []
    for entry in entries:
        if entry.kind is TallyKind.CORRECTION:
            late = 0
            corrections.append(f"{entry.amount:+d} {redact(entry.words)}")
        if entry.counted:
            served += entry.amount
        else:
            late += entry.amount
        # The phone's own clock says which word is the last: two phones, one of them offline, may send them late.
        if entry.kind is TallyKind.QUEUE and (queue_at is None or entry.made_at >= queue_at):
            queue, queue_at = entry.queue, entry.made_at
        if entry.kind is TallyKind.NOTE:
            words.append(redact(entry.words))
    return {
        "served": served, "late": late, "queue": queue, "queue_at": queue_at,
        "words": tuple(words[-3:]), "corrections": tuple(corrections),
    }  # fmt: skip
