"""A squad in figures tells nobody's age, and a post says for which skill it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.volunteers.squads import TOLD_FROM, fitting, makeup

YEAR = 2026


def test_the_mean_age_of_a_silver_squad_is_told() -> None:
    told = makeup([(1950, True), (1956, True), (1958, False), (1960, True), (1961, False)], YEAR)

    assert (told.mean_age, told.of_known_age, told.party_percent) == (69, 5, 60)


@pytest.mark.parametrize(("party", "people", "told"), [(5, 8, 63), (199, 200, 99), (1, 300, 1), (0, 8, 0), (8, 8, 100)])
def test_the_share_of_members_is_rounded_as_every_percentage(party: int, people: int, told: int) -> None:
    squad = [(None, at < party) for at in range(people)]

    assert makeup(squad, YEAR).party_percent == told


def test_half_a_year_of_mean_age_goes_up() -> None:
    years = [1960, 1961, 1960, 1961, 1960, 1961]

    assert makeup([(year, False) for year in years], YEAR).mean_age == 66


def test_four_people_have_no_mean() -> None:
    told = makeup([(1950, True), (1956, True), (1958, False), (1960, True)], YEAR)

    assert (told.people, told.mean_age, told.of_known_age, told.party_percent) == (4, None, 0, None)


def test_five_members_of_whom_four_said_their_year_have_no_mean_age() -> None:
    told = makeup([(1950, True), (1956, True), (1958, False), (1960, True), (None, False)], YEAR)

    assert (told.mean_age, told.party_percent) == (None, 60)


@given(st.lists(st.tuples(st.none() | st.integers(1920, 2010), st.booleans()), max_size=12))
def test_no_figure_stands_on_fewer_people_than_are_told(people: list[tuple[int | None, bool]]) -> None:
    told, known = makeup(people, YEAR), [born for born, _ in people if born is not None]

    assert (told.mean_age is not None) == (len(known) >= TOLD_FROM)
    assert (told.party_percent is not None) == (len(people) >= TOLD_FROM)
    if told.mean_age is not None:
        assert YEAR - max(known) - 1 <= told.mean_age <= YEAR - min(known) + 1


@pytest.mark.parametrize(
    ("skill", "task", "own", "why"),
    [
        ("电工", "换灯", ["理发", "电工"], "电工"),
        ("电工证", "换灯", ["电工"], "电工"),
        ("", "每季度演示急救", ["急救"], "急救"),
        ("", "每季度演示急救", ["理发"], ""),
        ("", "", ["理发"], ""),
        ("电工", "", [], ""),
        ("", "画一画", ["画"], ""),
    ],
)
def test_a_post_names_the_skill_that_it_uses(skill: str, task: str, own: list[str], why: str) -> None:
    assert fitting(skill, task, own) == why
