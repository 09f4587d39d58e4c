"""How far along, what light, what rate: each number says what it is made of."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.progress import (
    LightReason,
    LightResult,
    ProgressMisuse,
    Rate,
    average_progress,
    indicator_progress,
    light,
    planned_share,
    rate,
    suppress,
    total_may_be_shown,
)
from db.terms import Light

TODAY = date(2026, 3, 2)

shares = st.fractions(min_value=-1, max_value=2, max_denominator=20)
tables = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8)


def seen(
    progress: list[Fraction],
    planned: Fraction = Fraction(1, 2),
    *,
    overdue: int = 0,
    risks: int = 0,
    days_left: int = 30,
    finished: bool = False,
) -> LightResult:
    return light(
        progress=progress,
        planned=planned,
        overdue_milestones=overdue,
        high_risks_open=risks,
        due_on=TODAY + timedelta(days=days_left),
        today=TODAY,
        finished=finished,
    )


# --- indicators --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "done"),
    [
        ("0", "70", "35", Fraction(1, 2)),
        ("0", "70", "70", Fraction(1)),
        ("0", "70", "84", Fraction(6, 5)),
        ("40", "60", "45", Fraction(1, 4)),
        ("20", "5", "11", Fraction(3, 5)),
        ("20", "5", "23", Fraction(-1, 5)),
        ("20", "5", "2", Fraction(6, 5)),
        ("0", "0.3", "0.1", Fraction(1, 3)),
        ("12.5", "12.5", "12.5", None),
        ("12.5", "12.50", "99", None),
    ],
)
def test_progress_is_the_way_gone_of_the_way_to_go_up_or_down(
    baseline: str, target: str, actual: str, done: Fraction | None
) -> None:
    assert indicator_progress(Decimal(baseline), Decimal(target), Decimal(actual)) == done


_measured = st.decimals("-9999999.9999", "9999999.9999", places=4)


@given(_measured, _measured, _measured)
def test_progress_is_what_plain_fractions_say(baseline: Decimal, target: Decimal, actual: Decimal) -> None:
    way = Fraction(target) - Fraction(baseline)

    found = indicator_progress(baseline, target, actual)

    assert found == ((Fraction(actual) - Fraction(baseline)) / way if way else None)


@given(st.lists(st.fractions(-2, 3), max_size=5))
def test_the_average_is_what_plain_fractions_say(progress: list[Fraction]) -> None:
    kept = [min(Fraction(1), max(Fraction(0), share)) for share in progress]

    assert average_progress(progress) == (sum(kept, Fraction(0)) / len(kept) if kept else None)


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2026, 2, 1), 0),
        (date(2026, 3, 1), 0),
        (date(2026, 3, 11), Fraction(1, 3)),
        (date(2026, 3, 31), 1),
        (date(2026, 5, 1), 1),
    ],
)
def test_the_plan_runs_evenly_from_its_start_to_its_due_day(today: date, share: Fraction) -> None:
    assert planned_share(date(2026, 3, 1), date(2026, 3, 31), today) == share


def test_a_plan_of_a_single_day_is_due_on_it() -> None:
    assert planned_share(TODAY, TODAY, TODAY - timedelta(days=1)) == 0
    assert planned_share(TODAY, TODAY, TODAY) == 1


def test_more_than_all_of_one_thing_does_not_make_up_for_another() -> None:
    assert average_progress([Fraction(3), Fraction(0)]) == Fraction(1, 2)
    assert average_progress([Fraction(-1), Fraction(1)]) == Fraction(1, 2)
    assert average_progress([]) is None


# --- the light ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "shade", "reason"),
    [
        (seen([Fraction(1, 2)]), Light.GREEN, LightReason.ON_PLAN),
        (seen([Fraction(41, 100)]), Light.GREEN, LightReason.ON_PLAN),
        (seen([Fraction(40, 100)]), Light.AMBER, LightReason.BEHIND),
        (seen([Fraction(26, 100)]), Light.AMBER, LightReason.BEHIND),
        (seen([Fraction(25, 100)]), Light.RED, LightReason.FAR_BEHIND),
        (seen([Fraction(1, 2)], overdue=1), Light.AMBER, LightReason.MILESTONE_OVERDUE),
        (seen([Fraction(1, 2)], overdue=2), Light.RED, LightReason.MILESTONES_OVERDUE),
        (seen([Fraction(1, 2)], risks=1), Light.AMBER, LightReason.HIGH_RISK),
        (seen([Fraction(9, 10)], days_left=-1), Light.RED, LightReason.PAST_DUE),
        (seen([Fraction(1)], days_left=0), Light.GREEN, LightReason.ON_PLAN),
        (seen([], planned=Fraction(1, 3)), Light.AMBER, LightReason.NOT_MEASURED),
        (seen([], planned=Fraction(0)), Light.GREEN, LightReason.ON_PLAN),
        (seen([Fraction(0)], overdue=3, risks=2, days_left=-9), Light.RED, LightReason.PAST_DUE),
        (seen([Fraction(0)], overdue=3, finished=True, days_left=-9), Light.GREEN, LightReason.FINISHED),
    ],
)
def test_a_light_has_one_leading_reason(result: LightResult, shade: Light, reason: LightReason) -> None:
    assert (result.light, result.reason) == (shade, reason)


def test_a_light_carries_the_numbers_behind_it() -> None:
    values = seen([Fraction(1, 4), Fraction(1, 2)], overdue=1, risks=2, days_left=-3).values

    assert (values.progress, values.planned, values.behind) == (Fraction(3, 8), Fraction(1, 2), Fraction(1, 8))
    assert (values.overdue_milestones, values.high_risks_open) == (1, 2)
    assert (values.days_overdue, values.days_left) == (3, 0)


@given(st.lists(shares, max_size=4), st.fractions(0, 1), st.integers(0, 3), st.integers(0, 3), st.integers(-9, 9))
def test_one_more_trouble_never_brightens_a_light(
    progress: list[Fraction], planned: Fraction, overdue: int, risks: int, days_left: int
) -> None:
    order = [Light.GREEN, Light.AMBER, Light.RED]
    now = order.index(seen(progress, planned, overdue=overdue, risks=risks, days_left=days_left).light)

    for worse in (
        seen(progress, planned, overdue=overdue + 1, risks=risks, days_left=days_left),
        seen(progress, planned, overdue=overdue, risks=risks + 1, days_left=days_left),
        seen(progress, planned, overdue=overdue, risks=risks, days_left=days_left - 1),
    ):
        assert order.index(worse.light) >= now


# --- rates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "tenths", "small"),
    [
        (2, 3, 667, True),
        (1, 3, 333, True),
        (1, 2000, 1, False),
        (1, 2001, 1, False),  # not nothing
        (2000, 2001, 999, False),  # not everything
        (0, 30, 0, False),
        (29, 29, 1000, True),
        (30, 30, 1000, False),
        (0, 0, None, True),
        (5, 4, 1250, True),
    ],
)
def test_a_rate_is_rounded_to_a_tenth_of_a_percent_and_says_when_it_is_of_few(
    numerator: int, denominator: int, tenths: int | None, small: bool
) -> None:
    assert rate(numerator, denominator) == Rate(numerator, denominator, tenths, small)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (1, -3)])
def test_a_rate_of_negative_counts_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ProgressMisuse):
        rate(numerator, denominator)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_off_by_half_a_tenth_or_by_one_at_the_ends(numerator: int, denominator: int) -> None:
    tenths = rate(numerator, denominator).percent_tenths

    assert tenths is not None
    off = abs(Fraction(tenths) - Fraction(1000 * numerator, denominator))
    assert off <= Fraction(1, 2) or (off < 1 and tenths in {1, 999})


# --- small cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"a": 12, "b": 7}, {"a": 12, "b": 7}),
        ({"a": 12, "b": 7, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 2, "c": 3}, {"a": 12, "b": None, "c": None}),
        ({"a": 12, "b": 9, "c": 4, "d": 4}, {"a": 12, "b": None, "c": None, "d": None}),
        ({"a": 12, "b": 9, "c": 0, "d": 0}, {"a": 12, "b": None, "c": None, "d": None}),
        ({"a": 5}, {"a": 5}),
        ({"a": 4}, {"a": None}),
        ({}, {}),
    ],
)
def test_a_small_count_is_hidden_and_cannot_be_worked_out(cells: dict[str, int], shown: dict[str, int | None]) -> None:
    assert suppress(cells) == shown


def test_a_table_of_one_small_count_must_not_show_its_total() -> None:
    assert not total_may_be_shown({"a": 4})
    assert not total_may_be_shown({"a": 4, "b": 4})
    assert total_may_be_shown({"a": 4, "b": 9})
    assert total_may_be_shown({"a": 9, "b": 9})
    assert total_may_be_shown({})


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ProgressMisuse):
        suppress({"a": -1})


@given(tables, st.integers(1, 6))
def test_no_hidden_count_stands_alone_and_no_small_one_is_shown(cells: dict[str, int], least: int) -> None:
    shown = suppress(cells, least)
    hidden = [key for key, count in shown.items() if count is None]

    assert set(shown) == set(cells)
    assert all(count is None or count == cells[key] >= least for key, count in shown.items())
    assert len(hidden) != 1 or len(cells) == 1
