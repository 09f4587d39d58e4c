"""The map of the circle: a shape for each building, and what becomes of thousands of them."""

from components.results.circle_map import MANY, drawing
from db.queries.results.circle import Circle, OfCommunity
from db.rules.results.circle import Building, Point, Stand, Walk, Walking, coverage
from db.terms import WalkReach
from tests.builders.world import TODAY


def of_buildings(count: int) -> Circle:
    stands = []
    for number in range(count):
        point = Point(29_520_000 + number // 40 * 900, 124_480_000 + number % 40 * 900)
        covered = number % 3 > 0
        stands.append(
            Stand(
                Building(1, "柳林小区", f"{number}幢", 1, 20, point),
                WalkReach.COVERED if covered else WalkReach.BEYOND,
                Walk(1, 9 if covered else 21, False),
            )
        )
    return Circle(TODAY, Walking(), (), tuple(stands), (OfCommunity(1, "柳林社区", coverage(stands)),))


def test_each_building_says_its_name_until_they_are_a_crowd() -> None:
    few, many = drawing(of_buildings(MANY)), drawing(of_buildings(MANY + 1))

    assert few.count("<title>") == MANY
    assert "柳林小区0幢：21 分钟" in few
    assert "<title>" not in many


def test_a_crowd_stands_where_it_is_in_one_line_of_each_kind() -> None:
    picture = drawing(of_buildings(4 * MANY))

    covered, beyond = (picture.split(f'<path class="{one}" d="')[1].split('"')[0] for one in ("covered", "beyond"))
    assert beyond.count("M") > MANY / 2
    assert covered.count("M") > MANY
    assert len(picture) < 100 * 1024
