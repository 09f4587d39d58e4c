"""The year's activities as a calendar file (RFC 5545): when, what and where; nobody's name."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from components.wording import labelled
from components.wording.terms import term
from db.queries.activities.activities import Dated
from db.terms import ActivityState

CHINA = ZoneInfo("Asia/Shanghai")
"""A fixed offset would be written as a zone that no calendar knows (docs/parts.md)."""
TYPE = "text/calendar"


def calendar_file(name: str, held: Sequence[Dated], *, now: datetime) -> bytes:
    """One event for every session; an activity without a time stands on its whole day. What was called off says so."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yiqilai//Activities//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in held:
        calendar.add_component(_event(one, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Dated, now: datetime) -> Event:
    event = Event()
    identity = f"session-{one.session_id}" if one.session_id else f"activity-{one.activity_id}"
    event.add("uid", f"{identity}@yiqilai")
    event.add("dtstamp", now)
    event.add("summary", labelled(one.title, one.part) if one.part else one.title)
    event.add("location", f"{one.community} {one.place}")
    event.add("categories", [term(one.kind)])
    if one.starts_at is not None and one.ends_at is not None and one.ends_at > one.starts_at:
        event.add("dtstart", one.starts_at.astimezone(CHINA))
        event.add("dtend", one.ends_at.astimezone(CHINA))
    else:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    event.add("status", "CANCELLED" if one.state is ActivityState.CANCELLED else "CONFIRMED")
    return event
