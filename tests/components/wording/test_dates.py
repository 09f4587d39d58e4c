"""Days as people read them, also those that the record writes as 2026-03-05."""

from datetime import UTC, date, datetime, timedelta

import pytest

from components.refusals.shown import sentence
from components.wording import speaking
from components.wording.dates import axis_day, dated, long_day, month, near, short_month, today, week, with_days
from db.engine import utc_now
from db.errors import BadInput, Problem, Refused
from db.terms import Language


def test_a_day_with_its_year_and_its_weekday() -> None:
    assert long_day(date(2026, 3, 5)) == "2026年3月5日 周四"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2019-03-05", "2019年3月5日"),
        ("2019-03-05 480", "2019年3月5日 480"),
        ("LL-2026-0362", "LL-2026-0362"),
        ("0571-2026-03-05", "0571-2026-03-05"),
        ("2026-13-05", "2026-13-05"),
        ("搬家", "搬家"),
    ],
)
def test_a_day_in_a_text_reads_like_all_others(text: str, read: str) -> None:
    assert with_days(text) == read


def test_a_refusal_names_its_day_as_everywhere() -> None:
    refused = Refused("volunteer_ended", number="V001", day="2019-03-05")
    told = BadInput("minutes", Problem.DOUBTFUL, number="V001", doubt="补记", named="2019-03-05")

    assert "2019年3月5日" in sentence(refused)
    assert "2019年3月5日" in sentence(told)


def test_a_list_says_what_is_near_in_words_and_names_the_year_only_when_it_is_another_one() -> None:
    now = today(utc_now())

    shown = [near(now + timedelta(days=days)) for days in (-1, 0, 1)]

    assert shown == ["昨天", "今天", "明天"]
    assert near(date(2019, 3, 5)) == "2019年3月5日"
    assert "年" not in near(date(now.year, 6, 15))
    assert (near(None), near(date(2019, 3, 5)).order) == ("—", "2019-03-05")


def test_a_span_and_running_text_say_the_day_itself_and_the_year_only_when_it_is_another_one() -> None:
    now = today(utc_now())

    assert dated(now) == f"{now.month}月{now.day}日"
    assert dated(date(2019, 3, 5)) == "2019年3月5日"
    assert dated(date(2019, 3, 5), weekday=True) == near(date(2019, 3, 5), weekday=True) == "2019年3月5日 周二"
    assert dated(datetime(2019, 3, 5, 6, 30, tzinfo=UTC)) == "2019年3月5日 14:30"


def test_months_and_weeks_leave_an_english_reader_no_doubt_which_figure_is_the_month() -> None:
    day = date(2026, 3, 2)
    assert (month(day), short_month(day), axis_day(day)) == ("2026年3月", "3月", "3/2")
    assert month(day).order == "2026-03"
    with speaking(Language.ENGLISH):
        assert (month(day), short_month(day), axis_day(day)) == ("March 2026", "Mar", "2 Mar")
        assert week(day) == "Week 10 of 2026 (2 Mar–8 Mar)"
