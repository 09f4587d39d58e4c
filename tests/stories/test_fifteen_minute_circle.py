"""A2-11: the places of a subdistrict, the buildings they reach within a quarter of an hour, and the gaps closed."""

import io
from datetime import timedelta

from docx import Document

from components.results.circle import circle_paper
from components.results.circle_map import drawing
from db.actions.results.circle import save_minutes
from db.actions.results.venues import close_venue
from db.rules.results.circle import Coverage, gaps
from db.terms import ImportKind, Role, WalkReach
from tests.builders.imports import brought
from tests.builders.results import a_building, a_venue, at_sea, the_circle
from tests.builders.world import TODAY, World, do


def test_gaps_are_named_and_closed_and_a_closing_is_seen_beforehand(world: World) -> None:
    # The list of places comes as a file; three buildings are placed, a fourth is forgotten.
    brought(world.worker, ImportKind.VENUES, [
        {"venue_name": "柳林社区党群服务中心", "venue_kind": "党群服务中心", "datum": "国测局坐标", **at_sea()},
        {"venue_name": "柳荫红色驿站", "venue_kind": "驿站"},
    ])  # fmt: skip
    a_building(world, "1幢", households=200, **at_sea(east=250))
    a_building(world, "2幢", households=200, **at_sea(north=-600))
    a_building(world, "3幢", households=120, **at_sea(east=1500))

    found = the_circle(world)
    assert found.coverage == Coverage(covered=400, beyond=120, unknown=80)
    first, second = gaps(found.stands)
    assert (first.building.name, first.reach, first.nearest and first.nearest.minutes) == ("3幢", WalkReach.BEYOND, 27)
    assert (second.building.name, second.reach, second.nearest) == ("", WalkReach.UNKNOWN, None)

    # Somebody walks to the way station that nobody has placed on the map: eight minutes.
    (station,) = [one.id for one in found.venues if one.name == "柳荫红色驿站"]
    do(world.worker, save_minutes, place_id=world.place, building="3号楼", venue_id=station, minutes=8)
    a_building(world, "4幢", households=80, **at_sea(east=-300))
    assert the_circle(world).coverage == Coverage(covered=600)

    # The station will be rebuilt: today nothing changes, the day after its last one the gap is back.
    do(world.secretary, close_venue, venue_id=station, version=1, on=TODAY + timedelta(days=20), reason="改造")
    assert the_circle(world).coverage == Coverage(covered=600)
    after = TODAY + timedelta(days=21)
    assert the_circle(world, after).coverage == Coverage(covered=480, beyond=120)
    a_venue(world, "柳林东苑党群服务站", opened_on=after, **at_sea(east=1400))
    assert the_circle(world, after).coverage == Coverage(covered=600)
    assert the_circle(world).coverage == Coverage(covered=600)

    # The subdistrict prints it; the neighbours, who wrote nothing down, are not known and so not covered.
    whole = the_circle(world, by=world[Role.SUBDISTRICT_ADMIN])
    assert whole.coverage == Coverage(covered=600, unknown=500)
    document = Document(io.BytesIO(circle_paper(whole, "澄湖街道")()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "荷塘新村（未落到楼栋）" in cells
    assert "55%" in cells or any("55%" in paragraph.text for paragraph in document.paragraphs)
    picture = drawing(whole, alone=True)
    assert picture.count('class="covered"') == 4 + 1
    assert "柳林社区党群服务中心" in picture
