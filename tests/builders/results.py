"""Periods and figures for tests, and entries of the service diary."""

from datetime import date
from typing import Any

from db.actions.activities.activities import record_activity
from db.actions.activities.quotes import add_quote
from db.actions.results.circle import save_building
from db.actions.results.diary import approve_entry, draft_entry, submit_entry, take_entry
from db.actions.results.venues import save_venue
from db.engine import reading, reading_as_system
from db.models import DiaryEntry
from db.queries.results.circle import Circle, circle
from db.queries.results.counted import Chosen
from db.queries.results.diary import Entry, entry
from db.queries.results.figures import Results, results
from db.rules.permissions import Actor
from db.rules.results.period import before, period
from db.terms import ConsentScope, Datum, DiarySource, DiaryState, VenueKind
from tests.builders.activities import an_event, signed_up, the_activity
from tests.builders.people import a_consent, a_person
from tests.builders.world import TODAY, World, do


def counted_for(
    world: World, code: str = "2026-03", *, by: Actor | None = None, today: date = TODAY, **more: Any
) -> Results:
    """The figures of a period as an actor reads them, beside the period before."""
    shown = period(code, today=today)
    with reading(by or world.secretary) as session:
        return results(session, Chosen(shown, **more), Chosen(before(shown), **more))


def at_sea(east: int = 0, north: int = 0) -> dict[str, Any]:
    """A coordinate so many metres from a point at which nobody lives, as it is typed."""
    return {"latitude": f"{29.5 + north / 111195:.6f}", "longitude": f"{124.5 + east / 96780:.6f}"}


def a_venue(world: World, name: str = "柳林社区党群服务中心", *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {
        "name": name, "kind": VenueKind.CENTRE, "hours": "周一至周五 8:30–17:30", "datum": Datum.GCJ02,
        "desk_phone": "0571-55550123", **at_sea(),
    }  # fmt: skip
    number: int = do(by or world.secretary, save_venue, **values | more)
    return number


def a_building(world: World, building: str, *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {"place_id": world.place, "building": building, "datum": Datum.GCJ02}
    number: int = do(by or world.secretary, save_building, **values | more)
    return number


def the_circle(world: World, day: date = TODAY, *, by: Actor | None = None) -> Circle:
    actor = by or world.secretary
    with reading(actor) as session:
        return circle(session, world.subdistrict, actor.community_id, day)


def a_held_event(
    world: World, *, report: str = "四十名居民学会插花。", guest: str = "", on: date = TODAY, **more: Any
) -> int:
    """An activity that was held and recorded, with a guest by name; the id."""
    event = an_event(world, on=on, **more)
    if guest:
        signed_up(world, event, guest)
    do(
        world.worker, record_activity, activity_id=event, version=the_activity(event).version, report=report,
        people_served=40, asked=20, satisfied=19,
    )  # fmt: skip
    return event


def a_quote(world: World, event: int, name: str = "王秀兰", room: str = "101") -> tuple[int, int]:
    """Something that somebody said at an activity, with a consent to be quoted: the ids of both."""
    consent = a_consent(world.worker, a_person(world, name, room=room), scope=ConsentScope.STORY)
    quote: int = do(world.worker, add_quote, activity_id=event, words="手不抖了", called="一位学员", consent_id=consent)
    return quote, consent


def a_diary_entry(
    world: World, event: int | None = None, *, state: DiaryState = DiaryState.DRAFT, by: Actor | None = None,
    quotes: tuple[int, ...] = (), **words: Any,
) -> int:  # fmt: skip
    """An entry about an activity that was held, brought to a state; the id."""
    author = by or world.worker
    record = a_held_event(world) if event is None else event
    values: dict[str, Any] = {"title": "一起学插花", "on": TODAY, "body": "四十名居民学会插花，大家都带了作品回家。"}
    number: int = do(author, draft_entry, source=DiarySource.ACTIVITY, record_id=record, quote_ids=quotes,
                     **(values | words))  # fmt: skip
    if state is DiaryState.DRAFT:
        return number
    do(author, submit_entry, entry_id=number, version=entry_version(number))
    if state is DiaryState.SUBMITTED:
        return number
    do(world.secretary, approve_entry, entry_id=number, version=entry_version(number), checked=False)
    if state is DiaryState.APPROVED:
        return number
    do(
        world.secretary,
        take_entry,
        entry_id=number,
        version=entry_version(number),
        outlet="公众号“服务日志”",
        went_on=TODAY,
    )
    return number


def entry_version(entry_id: int) -> int:
    with reading_as_system("test") as session:
        return session.get_one(DiaryEntry, entry_id).version


def the_entry(actor: Actor, entry_id: int) -> Entry:
    """The entry as an actor reads it."""
    with reading(actor) as session:
        found = entry(session, entry_id)
    assert found is not None
    return found
