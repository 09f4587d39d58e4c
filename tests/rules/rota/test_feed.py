"""A calendar feed says the same to two readers that know nothing of each other."""

from datetime import UTC, date, datetime, timedelta

import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from db.rules.rota.feed import Entry, calendar_file
from db.rules.zone import CHINA

CHANGED = datetime(2027, 2, 1, 3, 4, 5, tzinfo=UTC)


def entry(uid: str = "turn-1@yiqilai", *, start: datetime, hours: float = 3, **more: object) -> Entry:
    values = {"title": "值班：南广场引导，A口；英语", "place": "宁波站", "changed_at": CHANGED} | more
    return Entry(uid=uid, on=start.date(), starts_at=start, ends_at=start + timedelta(hours=hours), **values)  # type: ignore[arg-type]


def by_icalendar(body: bytes, year: int) -> list[tuple[str, str, object, object]]:
    """Unfolded for a whole year by the reader that calendars in Python use."""
    found = recurring_ical_events.of(Calendar.from_ical(body)).between((year, 1, 1), (year + 1, 1, 1))
    return sorted((str(one["UID"]), str(one["SUMMARY"]), one.start, one.end) for one in found)


def by_vobject(body: bytes) -> list[tuple[str, str, object, object]]:
    """The same by a parser of its own."""
    read = vobject.readOne(body.decode())
    return sorted(
        (one.uid.value, one.summary.value, one.dtstart.value, one.dtend.value)
        for one in getattr(read, "vevent_list", [])
    )


def test_two_readers_find_the_same_moments_over_midnight_and_on_29_february() -> None:
    night = datetime(2028, 2, 28, 22, tzinfo=CHINA)
    leap = datetime(2028, 2, 29, 8, tzinfo=CHINA)
    body = calendar_file("我的志愿服务", [entry(start=night, hours=8), entry("turn-2@yiqilai", start=leap)])

    expected = [
        ("turn-1@yiqilai", night, night + timedelta(hours=8)),
        ("turn-2@yiqilai", leap, leap + timedelta(hours=3)),
    ]
    for found in (by_icalendar(body, 2028), by_vobject(body)):
        assert [(uid, start, end) for uid, _title, start, end in found] == expected
        assert {title for _uid, title, _start, _end in found} == {"值班：南广场引导，A口；英语"}
        assert {start.utcoffset() for _uid, _title, start, _end in found} == {timedelta(hours=8)}  # type: ignore[attr-defined]


def test_a_date_without_an_hour_is_a_whole_day_and_moves_no_day() -> None:
    body = calendar_file("日历", [Entry("order-1@yiqilai", "上门服务：量血压（上午）", "桂花苑", date(2028, 2, 29))])

    expected = ("order-1@yiqilai", "上门服务：量血压（上午）", date(2028, 2, 29), date(2028, 3, 1))
    assert by_icalendar(body, 2028) == by_vobject(body) == [expected]
    assert b"VTIMEZONE" not in body


def test_the_zone_has_its_name_and_is_described() -> None:
    body = calendar_file("日历", [entry(start=datetime(2027, 3, 1, 8, tzinfo=CHINA))])

    assert b"DTSTART;TZID=Asia/Shanghai:20270301T080000" in body
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai" in body
    assert b"UTC+08:00" not in body
    assert b"CALSCALE:GREGORIAN\r\n" in body


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_cancelled_turn_says_so() -> None:
    start = datetime(2027, 3, 1, 8, tzinfo=CHINA)
    off = calendar_file("日历", [entry(start=start, cancelled=True, sequence=2)])

    (event,) = Calendar.from_ical(off).events
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 2, "turn-1@yiqilai")
    assert event.DTSTAMP == event.LAST_MODIFIED == CHANGED
    assert vobject.readOne(off.decode()).vevent.status.value == "CANCELLED"


def test_no_dates_are_a_calendar_too_and_the_same_dates_are_the_same_bytes() -> None:
    start = datetime(2027, 3, 1, 8, tzinfo=CHINA)

    assert by_icalendar(calendar_file("日历", []), 2027) == by_vobject(calendar_file("日历", [])) == []
    assert calendar_file("日历", [entry(start=start)]) == calendar_file("日历", [entry(start=start)])


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp")), max_size=120),
    st.datetimes(datetime(2025, 1, 1), datetime(2031, 1, 1)),  # noqa: DTZ001 - hypothesis wants them bare
    st.integers(1, 36),
)
def test_whatever_a_post_is_called_both_readers_read_it_back(title: str, at: datetime, hours: int) -> None:
    start = at.replace(microsecond=0, tzinfo=CHINA)
    body = calendar_file("日历", [entry(start=start, hours=hours, title=title)])

    for found in (by_icalendar(body, start.year), by_vobject(body)):
        assert [one[1:] for one in found] == [(title, start, start + timedelta(hours=hours))]
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
