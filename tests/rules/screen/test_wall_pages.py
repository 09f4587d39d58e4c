"""What fits on a page of the wall, and that every page has its turn."""

import pytest

from db.rules.screen.wall_pages import LINES, PAGES, ROWS, WIDTH, lines_of, now_turning, pages, shortened


def test_four_short_promises_stand_on_a_page() -> None:
    assert pages([2] * 9) == ((0, 1, 2, 3), (4, 5, 6, 7), (8,))


def test_a_long_promise_takes_the_place_of_others() -> None:
    made = pages([2, 5, 2, 8, 2])

    assert made == ((0, 1), (2,), (3,), (4,))


@pytest.mark.parametrize("heights", [[1] * 40, [2, 3, 4, 8] * 9, [8] * 3, []])
def test_no_page_holds_more_than_is_read_across_a_room(heights: list[int]) -> None:
    made = pages(heights)

    assert [at for page in made for at in page] == list(range(len(heights)))
    assert all(len(page) <= ROWS and sum(heights[at] for at in page) <= LINES for page in made)


def test_a_line_is_reckoned_in_full_characters() -> None:
    assert (lines_of(""), lines_of("诺" * WIDTH), lines_of("诺" * WIDTH + "言")) == (1, 1, 2)
    assert lines_of("3" * 44) == 1


def test_what_is_too_long_ends_in_an_ellipsis_and_fits() -> None:
    cut = shortened("诺" * 100, 2)

    assert (cut[-1], lines_of(cut)) == ("…", 2)
    assert shortened("短", 1) == "短"


@pytest.mark.parametrize("count", [0, 1, PAGES, PAGES + 1, 13, 130])
def test_every_page_comes_once_before_the_first_one_comes_again(count: int) -> None:
    rounds = max(1, -(-count // PAGES))

    turns = [now_turning(count, turn) for turn in range(rounds)]

    assert [page for turn in turns for page in turn] == list(range(count))
    assert all(len(turn) <= PAGES for turn in turns)
    assert max(map(len, turns)) - min(map(len, turns)) <= 1
    assert now_turning(count, rounds) == turns[0]
