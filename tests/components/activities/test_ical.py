from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from icalendar import Calendar

from components.activities.ical import calendar_file
from db.queries.activities.activities import Dated
from db.terms import ActivityKind, ActivityState
from tests.builders.world import NOW, TODAY

CHINA = ZoneInfo("Asia/Shanghai")


def dated(number: int, hour: int | None, *, length: float = 2, state: ActivityState = ActivityState.PLANNED) -> Dated:
    start = None if hour is None else datetime(2026, 3, 5, hour, tzinfo=CHINA)
    end = None if start is None else start + timedelta(hours=length)
    return Dated(number if hour is not None else 0, number, "沙龙；，含逗号", "上午场", ActivityKind.SALON, state,
                 TODAY, start, end, "党群服务中心", "柳林社区")  # fmt: skip


HELD = [dated(1, 9), dated(2, 22, length=2.5), dated(3, None), dated(4, 14, state=ActivityState.CANCELLED)]


def test_two_readers_find_every_session_at_its_chinese_time() -> None:
    content = calendar_file("活动 2026", HELD, now=NOW)

    own = recurring_ical_events.of(Calendar.from_ical(content)).between(date(2026, 3, 1), date(2026, 4, 1))
    other = vobject.readOne(content.decode())

    assert len(own) == len(other.vevent_list) == 4
    timed = sorted(one.dtstart.value for one in other.vevent_list if isinstance(one.dtstart.value, datetime))
    assert [moment.astimezone(CHINA).hour for moment in timed] == [9, 14, 22]
    late = next(one for one in own if one["UID"] == "session-2@yiqilai")
    assert late.end.astimezone(CHINA) == datetime(2026, 3, 6, 0, 30, tzinfo=CHINA)


def test_the_zone_is_named_and_what_was_called_off_says_so() -> None:
    content = calendar_file("活动 2026", HELD, now=NOW).decode()

    assert "TZID:Asia/Shanghai" in content
    assert content.count("STATUS:CANCELLED") == 1
    assert "DTSTART;VALUE=DATE:20260305" in content
