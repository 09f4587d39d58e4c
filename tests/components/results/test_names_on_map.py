"""Names of places that lie close together stand where they can be read."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from components.results.names_on_map import beside, covered

WIDTH, HEIGHT = 760.0, 400.0
PLACES = st.lists(
    st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT), st.sampled_from(["阵地", "柳林社区党群服务中心", "A 5"])),
    max_size=12,
)


def test_a_lone_name_stands_towards_the_middle() -> None:
    assert [side.anchor for side in beside([(100, 200, "柳林驿站")], WIDTH, HEIGHT)] == ["start"]
    assert [side.anchor for side in beside([(700, 200, "柳林驿站")], WIDTH, HEIGHT)] == ["left"]


def test_four_places_in_a_knot_have_names_of_which_none_covers_another() -> None:
    knot = [
        (380, 200, "柳林社区党群服务中心"),
        (400, 204, "望柳花园党群驿站"),
        (390, 216, "桥头新村议事亭"),
        (372, 190, "暖心驿站"),
    ]

    boxes = [side.box for side in beside(knot, WIDTH, HEIGHT)]

    assert [pair for pair in combinations(boxes, 2) if covered(*pair)] == []


def test_a_name_is_not_cut_off_at_the_edge_though_another_one_is_in_the_way() -> None:
    neighbours = [(560.0, 200.0, "稻香社区党群服务中心"), (640.0, 200.0, "芦汀社区党群服务中心")]

    assert all(side.box[0] >= 0 and side.box[2] <= WIDTH for side in beside(neighbours, WIDTH, HEIGHT))


@given(PLACES)
def test_every_place_keeps_its_name_right_beside_it(places: list[tuple[float, float, str]]) -> None:
    sides = beside(places, WIDTH, HEIGHT)

    assert len(sides) == len(places)
    for (x, y, _name), side in zip(places, sides, strict=True):
        left, top, right, bottom = side.box
        assert (left <= x + 10, right >= x - 10, top <= y + 6, bottom >= y - 14) == (True, True, True, True)
