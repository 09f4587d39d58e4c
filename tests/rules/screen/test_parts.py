from db.rules.screen.parts import USUAL, kept_as, parts_of
from db.terms import ScreenPart


def test_without_a_choice_the_usual_parts_rotate_and_no_name_is_in_them() -> None:
    assert parts_of(None) == USUAL
    assert ScreenPart.WALL not in USUAL


def test_a_choice_keeps_each_part_once_in_the_order_of_the_rotation() -> None:
    kept = kept_as([ScreenPart.WALL, ScreenPart.STAGES, ScreenPart.WALL])

    assert (kept, parts_of(kept)) == ("stages,wall", (ScreenPart.STAGES, ScreenPart.WALL))


def test_a_part_that_is_known_no_more_is_left_out() -> None:
    assert parts_of("fireworks,wall") == (ScreenPart.WALL,)


def test_every_part_fits_its_column() -> None:
    assert len(kept_as(ScreenPart)) < 200
