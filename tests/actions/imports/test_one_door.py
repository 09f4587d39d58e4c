"""A door comes from five sides, in many spellings, and is one household; what is not understood is a fault."""

import pytest
from sqlalchemy import select

from components.imports.paste import as_needs
from components.refusals.imports import cell_words
from db.actions.doors.visits import log_visit
from db.engine import reading, reading_as_system
from db.models import Household, Need, Order, Person, Visit
from db.queries.doors.households import rooms
from db.queries.imports.imports import book_of
from db.queries.orders.orders import household_known
from db.queries.people.people import find_people
from db.rules.imports.cells import Fault
from db.rules.imports.rows import Checked, check_rows
from db.rules.imports.sign_up_list import read_sign_up_list
from db.terms import ImportKind as K
from db.terms import VisitOutcome
from tests.builders.imports import brought
from tests.builders.offline import a_phone, send
from tests.builders.orders import an_order
from tests.builders.world import TODAY, World, do

PLACE = "柳林小区"
COLUMNS = [
    {"building": building, "stairwell": stairwell, "room": room}
    for building, stairwell, room in (
        ("7号楼", "1单元", "0401"), ("7栋", "一单元", "401室"), ("7幢", "01", "401房"), ("7#", "1单元", "401"),
        ("07", "01", "0401"), ("七幢", "一单元", "四〇一"), ("柳林小区7幢", "1", "401"),
    )
]  # fmt: skip
CELLS = ["柳林小区7号楼一单元401", "柳林小区七幢1单元四〇一室", "7#楼1单元401", "柳林小区 7-1-401"]


def doors(world: World) -> list[tuple[str, str, str]]:
    with reading_as_system("test") as session:
        found = session.execute(select(Household.building, Household.stairwell, Household.room).order_by(Household.id))
        return [tuple(row) for row in found]  # type: ignore[misc]


def checked(world: World, rows: list[dict[str, str]], kind: K = K.HOUSEHOLDS) -> Checked:
    with reading(world.secretary) as session:
        return check_rows(kind, rows, book_of(session, today=TODAY))


def test_typed_imported_offline_pasted_and_ordered_it_is_one_household(world: World) -> None:
    do(world.worker, log_visit, place_id=world.place, building="7", stairwell="1", room="401", outcome=VisitOutcome.MET)
    rows = [{"place": PLACE, "on": "2026-03-01", "outcome": "见到", **row} for row in COLUMNS]
    rows += [{"place": PLACE, "on": "2026-03-02", "outcome": "见到", "address": cell} for cell in CELLS]
    brought(world.secretary, K.VISITS, rows)
    send(a_phone(world.worker), "visit", {"place_id": world.place, "building": "7栋", "stairwell": "一单元",
                                          "room": "401房", "outcome": "met"})  # fmt: skip
    pasted = read_sign_up_list("1. 张三 七幢一单元四〇一 楼道灯坏了", [PLACE]).entries[0]
    line = {name: getattr(pasted, name) for name in ("name", "phone", "place", "building", "stairwell", "room", "note")}
    needs = as_needs([{"take": True, "people": 1, **line}], "", "设施维修·安全", PLACE)
    brought(world.secretary, K.NEEDS, needs)
    order = an_order(world, building="7号楼", stairwell="1单元", room="0401")
    with reading_as_system("test") as session:
        household = session.scalars(select(Household.id)).one()
        assert set(session.scalars(select(Visit.household_id))) == {household}
        assert session.scalars(select(Need.household_id)).one() == household
        assert session.get_one(Order, order).household_id == household
        assert set(session.scalars(select(Visit.building))) | set(session.scalars(select(Need.building))) == {"7幢"}

    with reading(world.worker) as session:
        assert household_known(session, world.place, "七号楼", "01", "0401") == household
        assert [room.id for room in rooms(session, world.place, "7栋", "1")] == [household]
        assert find_people(session, place_id=world.place, building="7#", stairwell="一", room="401室").rows == ()
    assert doors(world) == [("7幢", "1单元", "401")]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["7号楼一单元502", "7号楼二单元502", "7号楼三单元502"],
         [("7幢", "1单元", "502"), ("7幢", "2单元", "502"), ("7幢", "3单元", "502")]),
        (["88弄12号502室", "88弄12号503室", "88弄12号101室"],
         [("88弄12号", "", "502"), ("88弄12号", "", "503"), ("88弄12号", "", "101")]),
        (["7#楼2单元502", "8#楼2单元502"], [("7幢", "2单元", "502"), ("8幢", "2单元", "502")]),
        (["7幢202-1", "7幢202-2"], [("7幢", "", "202-1"), ("7幢", "", "202-2")]),
        (["一期3幢502", "二期3幢502"], [("1期3幢", "", "502"), ("2期3幢", "", "502")]),
    ],
)  # fmt: skip
def test_doors_that_once_became_one_are_kept_apart(
    world: World, cells: list[str], wanted: list[tuple[str, str, str]]
) -> None:
    rows = [{"place": PLACE, "address": cell, "name": f"张测{at}"} for at, cell in enumerate(cells)]

    brought(world.secretary, K.HOUSEHOLDS, rows)

    assert doors(world) == wanted
    with reading_as_system("test") as session:
        assert len(set(session.scalars(select(Person.household_id)))) == len(cells)


@pytest.mark.parametrize(
    ("row", "field", "text"),
    [
        ({"address": "柳林小区3幢4幢401"}, "address", "柳林小区3幢4幢401"),
        ({"address": "柳林小区号楼401室"}, "address", "柳林小区号楼401室"),
        ({"place": "柳林小区3幢5楼"}, "place", "柳林小区3幢5楼"),
        ({"building": "3幢4幢", "room": "401"}, "building", "3幢4幢"),
        ({"building": "3幢", "stairwell": "1单元2单元", "room": "401"}, "stairwell", "1单元2单元"),
        ({"building": "3幢", "room": "401室、402室"}, "room", "401室、402室"),
    ],
)
def test_what_was_not_understood_is_a_fault_at_its_cell_with_its_text(
    world: World, row: dict[str, str], field: str, text: str
) -> None:
    faults = checked(world, [{"place": PLACE, "name": "张测", **row}]).faults

    assert [(one.field, one.fault, one.text) for one in faults] == [(field, Fault.UNREAD_DOOR, text)]
    assert text in cell_words(faults[0])


def test_an_address_that_names_another_door_than_its_columns_is_a_fault(world: World) -> None:
    row = {"place": PLACE, "building": "4幢", "address": "柳林小区3幢2单元401室"}

    assert [(one.field, one.fault) for one in checked(world, [row]).faults] == [("address", Fault.OTHER_DOOR)]


def test_a_whole_address_in_the_column_of_the_place_is_read(world: World) -> None:
    brought(world.secretary, K.HOUSEHOLDS, [{"place": "柳林小区七幢二单元401", "name": "张测"}])

    assert doors(world) == [("7幢", "2单元", "401")]


def test_rows_that_end_in_one_door_from_different_texts_are_put_side_by_side(world: World) -> None:
    rows = [
        {"place": PLACE, "address": "柳林小区7号楼一单元401", "name": "张测一"},
        {"place": PLACE, "address": "柳林小区7号楼一单元401", "name": "张测二"},
        {"place": PLACE, "building": "7幢", "stairwell": "1", "room": "401", "name": "李测"},
        {"place": PLACE, "address": "柳林小区7号楼二单元401", "name": "王测"},
    ]

    found = checked(world, rows).same_doors

    assert [(one.first, one.second) for one in found] == [(0, 2)]
    assert ("7号楼一单元401" in found[0].first_text, "7幢" in found[0].second_text) == (True, True)
