"""The roll as a list: found however a name is typed, narrowed, masked, within its scope and its statements."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.members.roll import leave_roll
from db.engine import as_system, reading
from db.models import Unit
from db.queries.members.active import active_members
from db.queries.members.branches import branches
from db.queries.members.card import member_card
from db.queries.members.roll import (
    RollFilters,
    members_by_unit,
    roll,
    roll_sheet,
    roll_sums,
    units_to_choose,
)
from db.terms import AgeBand, MemberKind, MemberLeave, Role
from tests.builders.members import a_branch, a_partner, a_party_member, at_version
from tests.builders.world import TODAY, World, do
from tests.support.statements import Statements


def found(world: World, **filters: Any) -> list[int]:
    with reading(world.worker) as session:
        return [one.id for one in roll(session, RollFilters(**filters), today=TODAY).rows]


@pytest.mark.parametrize(
    "words",
    [
        "仇守信",
        "仇 守信",
        "仇守信（组长）",
        "qiushouxin",
        "Qiu Shou Xin",
        "qsx",
        "138 0000 1111",
        "电工",
        "DY2026-0001",
    ],
)
def test_a_member_is_found_however_they_are_meant(world: World, words: str) -> None:
    branch = a_branch(world)
    member = a_party_member(world, branch, "仇守信", phone="13800001111", skills=["电工"])
    a_party_member(world, branch, "王远", phone="13900002222", skills=["理发"])

    assert found(world, words=words) == [member]


@pytest.mark.parametrize("words", ["仇", "守信", "qiu", "sx", "1380000", "%", "_"])
def test_a_part_of_a_name_or_number_finds_nobody(world: World, words: str) -> None:
    a_party_member(world, a_branch(world), "仇守信", phone="13800001111")

    assert found(world, words=words) == []


def test_the_list_is_narrowed_by_branch_kind_unit_band_and_probation(world: World) -> None:
    first, second, unit = a_branch(world), a_branch(world, "柳林第二党支部"), a_partner(world)
    old = a_party_member(world, first, "仇守信", kind=MemberKind.RETIRED, birth_year="1950")
    young = a_party_member(
        world, second, "王远", birth_year="2000", unit_id=unit, full_on=None, joined_on=TODAY - timedelta(days=90)
    )

    assert found(world) == [young, old]
    assert found(world, branch_id=first) == found(world, kind=MemberKind.RETIRED) == [old]
    assert found(world, unit_id=unit) == found(world, band=AgeBand.UNDER_35) == [young]
    assert found(world, probationary=True) == [young]
    assert found(world, band=AgeBand.FROM_36) == []


def test_nothing_in_a_row_or_on_the_card_is_in_clear(world: World) -> None:
    member = a_party_member(world, a_branch(world), "仇守信", phone="13800001111", birth_year="1950")

    with reading(world.worker) as session:
        shown = str([
            roll(session, RollFilters(), today=TODAY), roll_sheet(session, RollFilters(), today=TODAY),
            member_card(session, member, today=TODAY), active_members(session, TODAY), branches(session),
        ])  # fmt: skip
    assert not any(word in shown for word in ("仇守信", "13800001111", "1950"))
    assert "仇**" in shown


def test_a_units_members_are_found_by_the_unit_and_stay_when_it_ends(world: World) -> None:
    unit, branch = a_partner(world), a_branch(world)
    members = [a_party_member(world, branch, name, unit_id=unit) for name in ("甲一", "乙二", "丙三")]
    do(world.worker, leave_roll, **at_version(members[0]), cause=MemberLeave.TRANSFERRED, on=TODAY)
    with as_system("test") as session:
        session.get_one(Unit, unit).ended_on = TODAY - timedelta(days=1)

    with reading(world.worker) as session:
        assert members_by_unit(session, [unit]) == {unit: 2}
        assert units_to_choose(session, today=TODAY) == {}
        assert units_to_choose(session, today=TODAY, with_members=True) == {unit: "柳林物业"}
        assert all(one.unit_ended for one in roll(session, RollFilters(unit_id=unit), today=TODAY).rows)
        card = member_card(session, members[1], today=TODAY)
        assert card
        assert card.unit_ended


def test_the_roll_takes_few_statements_whatever_its_length(world: World) -> None:
    branch = a_branch(world)
    for number in range(12):
        a_party_member(world, branch, f"党员{number:02d}", another=True, birth_year="1950")

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session, Statements() as counted:
        assert len(roll(session, RollFilters(band=AgeBand.FROM_70), today=TODAY).rows) == 12
        assert roll_sums(session, today=TODAY).members == 12
    assert counted.n <= 4
