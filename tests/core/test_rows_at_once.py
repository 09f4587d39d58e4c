"""What makes a file of 50,000 rows quick must not change what comes in: no row lost, no check asleep, no index idle."""

import gc

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from db.engine import as_system, engine, reading_as_system
from db.errors import Refused
from db.models import Household, Need
from db.rows_at_once import TOGETHER, Writer, collector_paused
from db.rules.search import search_keys
from db.terms import HouseholdKind
from db.terms import ImportKind as K
from tests.builders.imports import brought, door_row, need_row
from tests.builders.world import World


@pytest.mark.parametrize("rows", [1, TOGETHER - 1, TOGETHER, 2 * TOGETHER + 3])
def test_every_row_arrives_whatever_their_number(world: World, rows: int) -> None:
    brought(world.secretary, K.NEEDS, [need_row(number, description=f"第{number}条需求") for number in range(rows)])

    with reading_as_system("test") as session:
        told = session.scalars(select(Need.description).order_by(Need.id)).all()
    assert told == [f"第{number}条需求" for number in range(rows)]


def test_the_checks_of_a_table_see_every_row_of_a_statement(world: World) -> None:
    rows = [
        {"id": number, "community_id": world.here, "place_id": world.place, "building": "1", "stairwell": "1",
         "room": str(number), "door_index": f"x{number}", "kind": HouseholdKind.ORDINARY, "door_note": ""}
        for number in range(5_000, 5_000 + TOGETHER)
    ]  # fmt: skip
    rows[-1]["kind"] = "castle"

    with pytest.raises(IntegrityError), as_system("test") as session:
        Writer(Household.__table__, session.connection()).write(rows)  # type: ignore[arg-type]


def test_the_search_for_cycles_goes_on_after_a_file_and_after_a_refusal(small_world: World) -> None:
    brought(small_world.secretary, K.HOUSEHOLDS, [door_row(1)])
    with pytest.raises(Refused):
        brought(small_world.secretary, K.HOUSEHOLDS, [door_row(1)])
    assert gc.isenabled()

    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_numbers_and_marks_between_words_are_read_as_before() -> None:
    assert search_keys("楼道灯坏了，12号").pinyin == "loudaodenghuaile12hao"
    assert search_keys("楼道灯坏了，12号").initials == "lddhl12h"
    assert search_keys("3幢·A座 wifi/5G").initials == "3zazw5g"


@pytest.mark.parametrize(
    ("index", "asked"),
    [
        ("ix_need_visit_id", "SELECT id FROM need WHERE visit_id = 7"),
        ("ix_need_visit_id", "SELECT visit.id, need.id FROM visit JOIN need ON need.visit_id = visit.id"),
        ("ix_need_merged_into_id", "SELECT id FROM need WHERE merged_into_id IN (3, 4, 5)"),
        ("ix_thread_entry_project", "SELECT id FROM thread_entry WHERE project_id = 7 ORDER BY id DESC LIMIT 5"),
    ],
)
def test_an_index_over_the_rows_that_have_a_value_serves_who_asks_for_one(
    small_world: World, index: str, asked: str
) -> None:
    with engine().connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()

    assert any(index in row[-1] for row in plan)
