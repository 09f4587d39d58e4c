"""日历订阅: somebody's dates as an iCalendar file (RFC 5545) that phones' calendars read again and again.

Each date is an event of its own, never a recurrence, so that one changed turn is one changed event. UID stays for the
life of a turn, SEQUENCE grows with each change, DTSTAMP is the moment of the last change and not of the reading: the
same dates give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""By its name: with a fixed offset the file would call its zone UTC+08:00, which no phone knows."""
EVERY = timedelta(hours=6)
"""How often a calendar may ask again."""
NEVER_CHANGED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One date in words. With times it is an appointment, without it lies over the whole day."""

    uid: str
    title: str
    place: str
    on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    note: str = ""
    cancelled: bool = False
    sequence: int = 0
    changed_at: datetime | None = None


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """The whole calendar; the same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yiqilai//my service//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", EVERY)
    for entry in entries:
        calendar.add_component(_event(entry))
    # Only what is used, and nothing for a calendar of whole days.
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    if entry.note:
        event.add("description", entry.note)
    if entry.starts_at is not None and entry.ends_at is not None:
        event.add("dtstart", entry.starts_at.astimezone(SHANGHAI))
        event.add("dtend", entry.ends_at.astimezone(SHANGHAI))
    else:
        event.add("dtstart", entry.on)
        # The end of a whole day is the day after.
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    changed = (entry.changed_at or NEVER_CHANGED).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
