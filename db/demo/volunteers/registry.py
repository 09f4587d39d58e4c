"""What happens to entries of the registry: one ended, one is merged, one stands in it twice, two share a telephone, and
hours that came late wait for a second person.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.models import Activity, DifferentPair, HoursClaim, Person, Volunteer, VolunteerEvent, VolunteerMerge
from db.terms import ActivityState, DoubleKind, HoursDoubt, VolunteerChange

MOVED = (
    "placement", "service_record", "order_offer", "hours_claim", "order_series", "pairing", "consent", "poster",
    "squad_member", "squad_request", "squad_story", "hours_change", "hours_check", "leads", "member", "turn",
    "volunteer_application", "volunteer_training", "volunteer_award", "volunteer_certificate",
    "market_helper", "escort_pair", "escort_event", "activity_helper", "activity_participant",
)  # fmt: skip


def tell(demo: Demo) -> None:
    """Write it. Who ended and who is merged has never served and has no account, so that every sum stays as it was."""
    demo.bulk.flush()
    rich = next(area for area in demo.areas if area.rich)
    quiet = next(area for area in demo.areas if not area.rich)
    rng = demo.rng("registry", rich.code)
    gone, kept, other = _some(demo, quiet, 3)
    _end(demo, quiet, gone.id)
    _twice(demo, kept.id, other.id, resident(rng), phone(rng))
    _merge(demo, quiet, kept, other)
    one, again, *couple = _some(demo, rich, 4)
    _twice(demo, one.id, again.id, resident(rng), phone(rng))
    shared = phone(rng)
    for volunteer in couple:
        _change(demo, volunteer.id, phone=shared)
    _different(demo, rich, DoubleKind.VOLUNTEER, *sorted(volunteer.id for volunteer in couple))
    persons = select(Person.id).where(Person.community_id == rich.id).order_by(Person.id).limit(2)
    _different(demo, rich, DoubleKind.PERSON, *demo.bulk.connection.execute(persons).scalars())
    for place, volunteer in enumerate(couple):
        _claim(demo, rich, volunteer.id, place)


def _some(demo: Demo, area: Area, many: int) -> Sequence[Any]:
    """The last volunteers of a community without an account: id and number."""
    query = select(Volunteer.id, Volunteer.number).where(
        Volunteer.community_id == area.id, Volunteer.account_id.is_(None)
    )
    if not area.rich:
        query = query.where(Volunteer.minutes == 0)
    return demo.bulk.connection.execute(query.order_by(Volunteer.id.desc()).limit(many)).all()


def _twice(demo: Demo, one: int, again: int, name: str, number: str) -> None:
    """Registered at two desks under one name and telephone."""
    for volunteer in (one, again):
        _change(demo, volunteer, name=name, phone=number)


def _change(demo: Demo, volunteer: int, **values: object) -> None:
    demo.bulk.connection.execute(update(Volunteer).where(Volunteer.id == volunteer).values(**values))


def _event(demo: Demo, area: Area, volunteer: int, kind: VolunteerChange, ago: int, **more: str) -> None:
    demo.bulk.add(
        VolunteerEvent,
        community_id=area.id,
        volunteer_id=volunteer,
        kind=kind,
        at=days.at(demo.today - timedelta(days=ago), 15),
        by=area.workers[0],
        **more,
    )


def _end(demo: Demo, area: Area, volunteer: int) -> None:
    last = demo.today - timedelta(days=20)
    _change(demo, volunteer, ended_on=last, ended_reason="搬到外地")
    _event(demo, area, volunteer, VolunteerChange.ENDED, 20, after=last.isoformat(), reason="搬到外地")


def _merge(demo: Demo, area: Area, kept: Any, other: Any) -> None:
    kept_id, other_id = kept.id, other.id
    _change(demo, other_id, merged_into_id=kept_id)
    moved: dict[str, Any] = {table: [] for table in MOVED}
    moved["before"] = {"since": demo.today.isoformat(), "skills": [], "filled": []}
    demo.bulk.add(
        VolunteerMerge,
        community_id=area.id,
        kept_id=kept_id,
        other_id=other_id,
        moved=moved,
        merged_by=area.secretary,
        merged_at=days.at(demo.today - timedelta(days=9), 10),
    )
    _event(demo, area, kept_id, VolunteerChange.MERGED, 9, before=other.number, after=kept.number)


def _different(demo: Demo, area: Area, kind: DoubleKind, first: int, second: int) -> None:
    demo.bulk.add(
        DifferentPair,
        community_id=area.id,
        kind=kind,
        first_id=first,
        second_id=second,
        decided_by=area.secretary,
        decided_at=days.at(demo.today - timedelta(days=6), 11),
    )


def _claim(demo: Demo, area: Area, volunteer: int, place: int) -> None:
    """Written down when the paper of a day long past was found."""
    activity = demo.bulk.connection.execute(
        select(Activity.id, Activity.on)
        .where(Activity.community_id == area.id, Activity.state == ActivityState.DONE)
        .where(Activity.on < demo.today - timedelta(days=20))
        .order_by(Activity.on.desc(), Activity.id)
        .offset(place)
        .limit(1)
    ).one()
    demo.bulk.add(
        HoursClaim,
        community_id=area.id,
        volunteer_id=volunteer,
        activity_id=activity.id,
        on=activity.on,
        minutes=(120, 180)[place],
        doubt=HoursDoubt.LONG_AGO,
        named=activity.on.isoformat(),
        reason="签到表夹在别的材料里，月底才找到",
        claimed_by=area.leaders[0],
        claimed_at=days.at(demo.today - timedelta(days=2), 16, place),
    )
