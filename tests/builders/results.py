"""Periods and figures for tests, and entries of the service diary."""

from datetime import date
from typing import Any

from db.actions.activities.activities import record_activity
from db.actions.activities.quotes import add_quote
from db.actions.results.diary import approve_entry, draft_entry, submit_entry, take_entry
from db.engine import reading, reading_as_system
from db.models import DiaryEntry
from db.queries.results.counted import Chosen
from db.queries.results.diary import Entry, entry
from db.queries.results.figures import Results, results
from db.rules.permissions import Actor
from db.rules.results.period import before, period
from db.terms import ConsentScope, DiarySource, DiaryState
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
