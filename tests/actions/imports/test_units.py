"""Units from a file: each once however it is typed, faults at their cells, and the whole batch goes back."""

import pytest
from sqlalchemy import func, select

from db.actions.imports.imports import undo_import
from db.actions.units.resources import save_resource
from db.engine import reading, reading_as_system
from db.errors import Refused
from db.models import Unit, UnitEvent
from db.queries.imports.imports import book_of
from db.queries.units.units import Standing, unit_card, units
from db.rules.imports.cells import Fault
from db.rules.imports.rows import check_rows
from db.terms import ImportKind, ResourceKind, UnitKind
from tests.builders.imports import brought
from tests.builders.inputs import carry_out
from tests.builders.units import a_unit
from tests.builders.world import NOW, TODAY, World, do

ROWS = [
    {
        "unit_name": "澄湖供电服务站", "unit_kind": "企业", "name": "周测试", "phone": "10012345678",
        "agreed_on": "2026-01-05", "agreed_until": "2026年4月1日",
    },
    {"unit_name": "澄湖街道总工会（本级）", "unit_kind": "群团"},
    {"unit_name": "柳林小学", "unit_kind": "学校", "agreed_on": "2025.9.1"},
]  # fmt: skip


def undone(world: World, batch: int) -> None:
    values = {"batch_id": batch, "version": 1, "reason": "导错了", "now": NOW}
    carry_out(world.secretary, "", undo_import, **values)


def test_units_come_in_once_with_contact_and_agreement(world: World) -> None:
    a_unit(world, "澄湖街道总工会 (本级)")

    result = brought(world.worker, ImportKind.UNITS, ROWS)

    assert (result["rows"], result["known"]) == (2, 1)
    with reading(world.worker) as session:
        found = {one.name: one.id for one in units(session, today=TODAY).rows}
        card = unit_card(session, found["澄湖供电服务站"], today=TODAY)
    assert (card.kind, card.home, card.standing) == (UnitKind.ENTERPRISE, "柳林社区", Standing.SOON)
    assert (card.contact_name, card.contact_phone) == ("周**", "100****5678")


def test_a_batch_goes_back_unless_somebody_worked_on_it(world: World) -> None:
    first = brought(world.worker, ImportKind.UNITS, ROWS[:1])["batch"]
    undone(world, first)
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 0
        assert session.scalar(select(func.count()).select_from(UnitEvent)) == 0

    again = brought(world.worker, ImportKind.UNITS, ROWS[:1])["batch"]
    with reading_as_system("test") as session:
        unit = session.scalars(select(Unit.id)).one()
    do(world.worker, save_resource, unit_id=unit, name="电工", kind=ResourceKind.SKILL, amount=2, measure="人")
    with pytest.raises(Refused, match="import_in_use"):
        undone(world, again)


@pytest.mark.parametrize(
    ("row", "field", "fault"),
    [
        ({"unit_name": ""}, "unit_name", Fault.EMPTY),
        ({"unit_kind": "外星"}, "unit_kind", Fault.UNKNOWN_CHOICE),
        ({"agreed_on": "2026-02-30"}, "agreed_on", Fault.BAD_DATE),
        ({"agreed_on": "2026-05-01"}, "agreed_until", Fault.BAD_DATE),
        ({"agreed_on": ""}, "agreed_until", Fault.BAD_DATE),
        ({"phone": "没有"}, "phone", Fault.WRONG),
    ],
)
def test_what_cannot_be_is_named_at_its_cell(small_world: World, row: dict[str, str], field: str, fault: Fault) -> None:
    with reading(small_world.worker) as session:
        book = book_of(session, today=TODAY)

    found = check_rows(ImportKind.UNITS, [ROWS[0] | row], book).faults

    assert [(one.field, one.fault) for one in found] == [(field, fault)]
