"""阵地 from a file: each once however it is typed, faults at their cells, and the whole batch goes back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.actions.imports.imports import undo_import
from db.actions.results.venues import close_venue
from db.engine import reading, reading_as_system
from db.models import Venue
from db.queries.imports.imports import book_of
from db.queries.results.circle import venues
from db.rules.imports.cells import Fault
from db.rules.imports.rows import check_rows
from db.rules.results.opening_hours import written
from db.terms import Datum, ImportKind, VenueKind
from tests.builders.imports import brought
from tests.builders.inputs import carry_out
from tests.builders.results import a_venue
from tests.builders.world import NOW, TODAY, World, do

ROWS = [
    {
        "venue_name": "柳林东苑党群服务站", "venue_kind": "服务站", "venue_address": "澄湖路5号",
        "hours": "星期一到星期五：8:30~17:30", "desk_phone": "0571-55550123", "latitude": "29.501234",
        "longitude": "124.501234", "datum": "GPS", "opened_on": "2024.7.1",
    },
    {"venue_name": "柳林社区党群服务中心（本部）", "venue_kind": "党群服务中心"},
    {"venue_name": "柳荫驿站", "venue_kind": "红色驿站"},
    {"venue_name": "柳荫 驿站", "venue_kind": "驿站"},
]  # fmt: skip


def test_places_come_in_once_with_hours_and_position(world: World) -> None:
    a_venue(world, "柳林社区党群服务中心(本部)")

    result = brought(world.worker, ImportKind.VENUES, ROWS)

    assert (result["rows"], result["known"]) == (2, 2)
    with reading(world.worker) as session:
        found = {one.name: one for one in venues(session, world.subdistrict)}
    one = found["柳林东苑党群服务站"]
    assert (one.kind, one.home, written(one.hours)) == (VenueKind.STATION, "柳林社区", "周一至周五 8:30–17:30")
    assert one.at.point is not None
    assert (one.at.point.latitude, one.at.point.datum) == (29_501_234, Datum.WGS84)
    assert found["柳荫驿站"].at.point is None


def test_a_place_that_was_closed_comes_back_as_a_new_one(world: World) -> None:
    old = a_venue(world, "柳荫驿站")
    do(world.secretary, close_venue, venue_id=old, version=1, on=TODAY, reason="改造")

    result = brought(world.worker, ImportKind.VENUES, [
        {"venue_name": "柳荫驿站", "venue_kind": "驿站", "opened_on": (TODAY + timedelta(days=30)).isoformat()},
    ])  # fmt: skip

    assert (result["rows"], result["known"]) == (1, 0)


def test_a_batch_goes_back(world: World) -> None:
    batch = brought(world.worker, ImportKind.VENUES, ROWS)["batch"]

    carry_out(world.secretary, "", undo_import, batch_id=batch, version=1, reason="导错了", now=NOW)

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Venue)) == 0


@pytest.mark.parametrize(
    ("row", "field", "fault"),
    [
        ({"venue_name": ""}, "venue_name", Fault.EMPTY),
        ({"venue_name": "（）"}, "venue_name", Fault.WRONG),
        ({"venue_kind": "宫殿"}, "venue_kind", Fault.UNKNOWN_CHOICE),
        ({"hours": "看情况"}, "hours", Fault.WRONG),
        ({"desk_phone": "没有"}, "desk_phone", Fault.WRONG),
        ({"latitude": "124.5"}, "latitude", Fault.WRONG),
        ({"longitude": ""}, "longitude", Fault.EMPTY),
        ({"datum": ""}, "datum", Fault.EMPTY),
        ({"datum": "北京54"}, "datum", Fault.UNKNOWN_CHOICE),
        ({"opened_on": "2026-02-30"}, "opened_on", Fault.BAD_DATE),
    ],
)
def test_what_cannot_be_is_named_at_its_cell(small_world: World, row: dict[str, str], field: str, fault: Fault) -> None:
    with reading(small_world.worker) as session:
        book = book_of(session, today=TODAY)

    found = check_rows(ImportKind.VENUES, [ROWS[0] | row], book).faults

    assert [(one.field, one.fault) for one in found] == [(field, fault)]
