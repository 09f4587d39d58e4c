"""What a look at a month's hours finds, and that the same finding has the same key."""

from datetime import date, datetime, timedelta

from db.rules.volunteers.hours import Spell
from db.rules.volunteers.integrity import MANY, Entry, Tenure, findings
from db.rules.zone import CHINA
from db.terms import HoursFinding

MONTH, DAY = date(2026, 3, 1), date(2026, 3, 5)
TENURE = {1: Tenure(date(2025, 1, 1))}


def at(hour: int, minutes: int, ref: str = "r1", *, day: date = DAY, **more: object) -> Entry:
    begin = datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)
    spell = Spell(f"活动{ref}", day, minutes, begin, begin + timedelta(minutes=minutes))
    return Entry(ref, 1, spell, **more)  # type: ignore[arg-type]


def kinds(*entries: Entry, tenures: dict[int, Tenure] | None = None) -> list[HoursFinding]:
    return [one.kind for one in findings(entries, TENURE if tenures is None else tenures, MONTH)]


def test_an_honest_month_is_asked_nothing() -> None:
    assert kinds(at(9, 120), at(14, 120, "r2"), at(9, 480, "o1", day=date(2026, 3, 6))) == []


def test_two_services_at_one_time_are_one_finding_whatever_their_order() -> None:
    one, other = at(9, 120), at(10, 120, "o7")

    first, second = findings([one, other], TENURE, MONTH), findings([other, one], TENURE, MONTH)

    assert [found.kind for found in first] == [HoursFinding.OVERLAP]
    assert {found.key for found in (*first, *second)} == {"overlap:o7:r1"}


def test_more_than_eight_hours_of_one_day_are_asked_about_once() -> None:
    assert kinds(at(6, 300), at(12, 300, "o1")) == [HoursFinding.LONG_DAY]


def test_a_night_shift_is_no_long_day_of_either() -> None:
    evening = datetime(2026, 3, 5, 18, tzinfo=CHINA)
    night = Entry("r1", 1, Spell("夜班", DAY, 720, evening, evening + timedelta(hours=12)))

    assert kinds(night) == []


def test_service_outside_the_time_of_serving_is_asked_about() -> None:
    tenures = {1: Tenure(date(2026, 3, 10), date(2026, 3, 20))}

    found = kinds(
        at(9, 60), at(9, 60, "r2", day=date(2026, 3, 15)), at(9, 60, "r3", day=date(2026, 3, 21)), tenures=tenures
    )

    assert found == [HoursFinding.BEFORE_JOINED, HoursFinding.AFTER_END]


def test_hours_of_eleven_days_ago_are_late_and_of_ten_are_not() -> None:
    late = at(9, 60, recorded_on=DAY + timedelta(days=11))
    in_time = at(9, 60, "r2", day=date(2026, 3, 7), recorded_on=date(2026, 3, 17))

    assert kinds(late, in_time) == [HoursFinding.BACKDATED]


def test_what_a_volunteer_objects_to_is_asked_about() -> None:
    assert kinds(at(9, 60, objection="我没去")) == [HoursFinding.OBJECTION]


def test_one_hand_behind_most_of_a_month_is_named_with_number_and_share_only_when_there_are_many() -> None:
    def month(count: int, others: int) -> list[Entry]:
        spell = Spell("活动", DAY, 30)
        return [Entry(f"r{n}", n, spell, DAY, 7 if n < count else 8) for n in range(count + others)]

    many = findings(month(MANY, 10), {}, MONTH)

    assert [(one.kind, one.key, one.facts) for one in many] == [
        (HoursFinding.ONE_CONFIRMER, "one_confirmer:2026-03:7", f"{MANY} / {MANY + 10}")
    ]
    assert findings(month(MANY - 1, 0), {}, MONTH) == []
    assert findings(month(MANY, MANY), {}, MONTH) == []
