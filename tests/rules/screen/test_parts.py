from db.rules.screen.parts import ROTAS_MOST, USUAL, kept_as, parts_of, rotas_of
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
    assert len(kept_as(ScreenPart, [10**18 + one for one in range(ROTAS_MOST)])) < 200


def test_the_rotas_of_the_station_are_kept_with_it_and_go_with_it() -> None:
    kept = kept_as([ScreenPart.STATIONS, ScreenPart.WALL], [12, 7, 12])

    assert (parts_of(kept), rotas_of(kept)) == ((ScreenPart.STATIONS, ScreenPart.WALL), (7, 12))
    assert rotas_of(kept_as([ScreenPart.WALL], [12])) == ()
    assert rotas_of(None) == rotas_of("stages,stations") == rotas_of("stations:x") == ()
