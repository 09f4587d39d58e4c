"""A list of party members becomes the roll: doubles are known, branches must be there, a batch goes back as a whole."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.imports.imports import undo_import
from db.actions.members.roll import rename_member
from db.engine import as_system, reading, reading_as_system
from db.errors import Refused
from db.models import Member, MemberEvent, MemberStay
from db.queries.imports.imports import book_of
from db.queries.members.active import active_counts
from db.queries.members.roll import RollFilters, roll
from db.rules.imports.cells import Fault
from db.rules.imports.column_match import guess, looks_like
from db.rules.imports.rows import check_rows
from db.terms import ImportKind, MemberKind
from tests.builders.imports import brought
from tests.builders.inputs import carry_out
from tests.builders.members import a_branch, a_partner, a_party_member, at_version
from tests.builders.world import NOW, TODAY, World, do

K = ImportKind.PARTY_MEMBERS


def a_row(name: str = "赵测试", **more: str) -> dict[str, str]:
    right = {"branch": "柳林第一党支部", "member_kind": "在职党员", "joined_on": "1998年7月1日", "phone": "13800001111"}
    return {"name": name} | right | more


def count(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_list_comes_in_with_days_bands_and_half_days(world: World) -> None:
    a_branch(world)
    unit = a_partner(world)

    result = brought(world.worker, K, [
        a_row(birth_year="1966-05-01", skills="电工、理发", free_slots="周六上午", unit="柳林物业", since="2020-03-05"),
        a_row("钱测试", phone="", joined_on="2025-12-01", member_kind="退休"),
        a_row("孙测试", phone="", probation="预备党员", joined_on="2024-07-01"),
    ])  # fmt: skip

    assert (result["rows"], result["known"], result["made"]["member"]) == (3, 0, 3)
    with as_system("test") as session:
        zhao, qian, sun = session.scalars(select(Member).order_by(Member.id)).all()
        assert (zhao.birth_year, zhao.unit_id, zhao.free_slots) == ("1966", unit, ["sat-am"])
        assert (zhao.full_on, qian.full_on, sun.full_on) == (date(1999, 7, 1), None, None)
        assert (zhao.kind, qian.kind, zhao.number) == (MemberKind.EMPLOYED, MemberKind.RETIRED, "LL-DY2026-0001")
    with reading(world.worker) as session:
        assert [one.members for one in active_counts(session, date(2020, 3, 5))] == [1]
        assert [(one.members, one.probationary) for one in active_counts(session, TODAY)] == [(3, 2)]
        assert len(roll(session, RollFilters("zhaoceshi"), today=TODAY).rows) == 1


@pytest.mark.parametrize("name", ["郑 守信", "郑守信（组长）", "郑守信同志", " 郑守信 "])
def test_who_is_on_the_roll_stays_as_entered(world: World, name: str) -> None:
    a_party_member(world, a_branch(world), "郑守信", phone="13800001111")

    result = brought(world.worker, K, [a_row(name), a_row("赵测试", phone="")])

    assert (result["rows"], result["known"]) == (1, 1)
    with pytest.raises(Refused, match="import_nothing_new"):
        brought(world.worker, K, [a_row(name, phone="")])


def test_two_rows_of_one_member_are_one_entry(world: World) -> None:
    a_branch(world)

    assert brought(world.worker, K, [a_row(), a_row(" 赵 测试"), a_row(phone="13900002222")])["made"]["member"] == 2


@pytest.mark.parametrize(
    ("cells", "field", "fault"),
    [
        ({"branch": "没有的支部"}, "branch", Fault.UNKNOWN_CHOICE),
        ({"branch": ""}, "branch", Fault.EMPTY),
        ({"joined_on": "1920-01-01"}, "joined_on", Fault.BAD_DATE),
        ({"joined_on": "2027-01-01"}, "joined_on", Fault.IN_FUTURE),
        ({"joined_on": "去年"}, "joined_on", Fault.BAD_DATE),
        ({"full_on": "1998-06-30"}, "full_on", Fault.BAD_DATE),
        ({"birth_year": "2015"}, "birth_year", Fault.WRONG),
        ({"free_slots": "有空就来"}, "free_slots", Fault.WRONG),
        ({"unit": "没有的单位"}, "unit", Fault.UNKNOWN_CHOICE),
        ({"member_kind": "群众"}, "member_kind", Fault.UNKNOWN_CHOICE),
    ],
)
def test_a_fault_stands_at_its_cell_and_nothing_comes_in(
    small_world: World, cells: dict[str, str], field: str, fault: Fault
) -> None:
    a_branch(small_world)
    rows = [a_row("钱测试"), a_row(**cells)]
    with reading(small_world.worker) as session:
        checked = check_rows(K, rows, book_of(session, today=TODAY))

    assert [(one.row, one.field, one.fault) for one in checked.faults] == [(1, field, fault)]
    with pytest.raises(Refused, match="import_faulty"):
        brought(small_world.worker, K, rows)
    assert count(Member) == 0


def test_an_unknown_branch_becomes_what_the_user_says(world: World) -> None:
    a_branch(world)

    brought(world.worker, K, [a_row(branch="一支部")], unknown={"branch": "柳林第一党支部"})

    assert count(Member) == 1


def test_a_closed_branch_and_one_of_another_community_are_not_known(world: World) -> None:
    a_branch(world, "柳林第一党支部", by=world.other_secretary)

    with pytest.raises(Refused, match="import_faulty"):
        brought(world.worker, K, [a_row()])


def test_a_batch_goes_back_as_a_whole_unless_somebody_worked_on_it(world: World) -> None:
    a_branch(world)
    values: dict[str, Any] = {"version": 1, "reason": "导错了", "now": NOW}
    batch = brought(world.worker, K, [a_row(), a_row("钱测试", phone="")])["batch"]

    carry_out(world.secretary, "", undo_import, batch_id=batch, **values)
    assert [count(model) for model in (Member, MemberStay, MemberEvent)] == [0, 0, 0]
    batch = brought(world.worker, K, [a_row()])["batch"]
    with as_system("test") as session:
        member_id = session.scalars(select(Member.id)).one()
    do(world.worker, rename_member, **at_version(member_id), name="赵改名")

    with pytest.raises(Refused, match=r"import_changed|import_in_use"):
        carry_out(world.secretary, "", undo_import, batch_id=batch, **values)
    assert count(Member) == 1


def test_the_headings_of_party_lists_are_understood() -> None:
    headings = ["序号", "姓名", "所在党支部", "人员类别", "党员身份", "入党时间", "转正时间", "出生日期", "手机号码"]

    assert looks_like(headings) is K
    found = guess(K, headings)
    assert {key: headings[at] for key, at in found.items()} == {
        "name": "姓名", "branch": "所在党支部", "probation": "人员类别", "member_kind": "党员身份",
        "joined_on": "入党时间", "full_on": "转正时间", "birth_year": "出生日期", "phone": "手机号码",
    }  # fmt: skip
