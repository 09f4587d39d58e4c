"""Until when to contact and to answer: by source and urgency, working days of China, overrides of the subdistrict."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.complaints.due import due_times
from db.rules.workdays import is_workday
from db.terms import NeedSource, Urgency
from tests.builders.world import NOW, TODAY

FRIDAY = datetime(2026, 3, 6, 2, 30, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(days=400) + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("source", "urgency", "contact", "answer"),
    [
        (NeedSource.HOTLINE, Urgency.NORMAL, NOW + timedelta(hours=24), date(2026, 3, 12)),
        (NeedSource.CALL, Urgency.NORMAL, NOW + timedelta(hours=24), date(2026, 3, 16)),
        (NeedSource.CALL, Urgency.URGENT, NOW + timedelta(hours=4), date(2026, 3, 9)),
        (NeedSource.HOTLINE, Urgency.SAFETY, NOW + timedelta(hours=1), TODAY),
    ],
)
def test_a_thursdays_complaint(source: NeedSource, urgency: Urgency, contact: datetime, answer: date) -> None:
    due = due_times(source, urgency, NOW, {})

    assert (due.contact_at, due.answer_on) == (contact, answer)


def test_the_contact_of_a_friday_waits_until_monday_at_the_same_hour() -> None:
    assert due_times(NeedSource.CALL, Urgency.NORMAL, FRIDAY, {}).contact_at == FRIDAY + timedelta(days=3)


def test_danger_does_not_wait_for_monday() -> None:
    saturday = FRIDAY + timedelta(days=1)

    due = due_times(NeedSource.CALL, Urgency.SAFETY, saturday, {})

    assert (due.contact_at, due.answer_on) == (saturday + timedelta(hours=1), date(2026, 3, 7))


def test_a_day_that_the_subdistrict_gave_free_is_no_working_day() -> None:
    usual = due_times(NeedSource.HOTLINE, Urgency.NORMAL, NOW, {}).answer_on

    later = due_times(NeedSource.HOTLINE, Urgency.NORMAL, NOW, {date(2026, 3, 10): False})

    assert later.answer_on == usual + timedelta(days=1)


@given(st.sampled_from(list(NeedSource)), st.sampled_from(list(Urgency)), MOMENTS)
def test_nothing_is_due_before_it_came_and_urgent_never_after_normal(
    source: NeedSource, urgency: Urgency, at: datetime
) -> None:
    due, normal = due_times(source, urgency, at, {}), due_times(source, Urgency.NORMAL, at, {})

    assert at < due.contact_at <= normal.contact_at
    assert (at + timedelta(hours=8)).date() <= due.answer_on <= normal.answer_on
    assert is_workday((normal.contact_at + timedelta(hours=8)).date(), {})[0]
