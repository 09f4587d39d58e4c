"""党员名册: entered once, moved and left with their days, and counted right on every day gone by."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.actions.members.roll import (
    amend_member,
    come_back,
    leave_roll,
    move_member,
    rename_member,
    set_joining,
)
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotPermitted, Refused
from db.models import AuditEntry, Member, MemberEvent, MemberStay, Unit
from db.queries.members.active import active_counts, active_members
from db.queries.members.roll import RollFilters, roll
from db.terms import MemberChange, MemberKind, MemberLeave, Role
from tests.builders.members import JOINED, a_branch, a_partner, a_party_member, at_version
from tests.builders.world import TODAY, World, do, row


def counted(world: World, day: date) -> list[tuple[str, int, int]]:
    with reading(world.secretary) as session:
        return [(one.name, one.members, one.probationary) for one in active_counts(session, day)]


def changes(member_id: int) -> list[tuple[MemberChange, date]]:
    with as_system("test") as session:
        query = select(MemberEvent).where(MemberEvent.member_id == member_id).order_by(MemberEvent.id)
        return [(one.kind, one.on) for one in session.scalars(query)]


def test_a_member_comes_on_the_roll_with_number_branch_and_first_day(world: World) -> None:
    member_id = a_party_member(
        world, a_branch(world), phone="13800001111", birth_year="1956-03-02", skills=["电工", "电工 "],
        free_slots=["sun-pm", "sat-am"],
    )  # fmt: skip

    member = row(world, Member, member_id)
    assert (member.number, member.birth_year, member.skills) == ("LL-DY2026-0001", "1956", ["电工"])
    assert member.free_slots == ["sat-am", "sun-pm"]
    assert counted(world, date(2025, 12, 31)) == []
    assert counted(world, date(2026, 1, 1)) == [("柳林第一党支部", 1, 0)]
    assert changes(member_id) == [(MemberChange.JOINED, date(2026, 1, 1))]


def test_the_log_holds_neither_name_nor_telephone_nor_year_of_birth(world: World) -> None:
    a_party_member(world, a_branch(world), "郑守信", phone="13800001111", birth_year="1956")

    with as_system("test") as session:
        log = str([entry.changes for entry in session.scalars(select(AuditEntry))])
    assert not any(word in log for word in ("郑守信", "13800001111", "1956"))


@pytest.mark.parametrize("name", ["郑 守信", "郑守信（组长）", "郑守信 ", "郑守信同志", "鄭守信"])
def test_a_name_typed_in_another_way_is_known(world: World, name: str) -> None:
    branch = a_branch(world)
    a_party_member(world, branch, "郑守信", phone="13800001111")

    with pytest.raises(Refused, match="member_known"):
        a_party_member(world, branch, name, phone="")
    assert a_party_member(world, branch, name, phone="", another=True)


def test_one_telephone_is_told_whatever_the_name(world: World) -> None:
    branch = a_branch(world)
    a_party_member(world, branch, "郑守信", phone="13800001111")

    with pytest.raises(Refused, match="member_known"):
        a_party_member(world, branch, "王远", phone="138 0000 1111")


def test_two_desks_enter_one_member_once(world: World) -> None:
    branch = a_branch(world)

    def enter(_number: int) -> str:
        try:
            a_party_member(world, branch, "郑守信", phone="13800001111")
        except Refused as refused:
            return refused.rule
        return "entered"

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(enter, range(4)))

    assert found == ["entered", *["member_known"] * 3]


def test_a_move_counts_from_its_day_in_the_other_branch(world: World) -> None:
    first, second = a_branch(world), a_branch(world, "柳林第二党支部")
    member_id = a_party_member(world, first)

    do(world.worker, move_member, **at_version(member_id), branch_id=second, on=date(2026, 2, 1), reason="搬家")

    assert counted(world, date(2026, 1, 31)) == [("柳林第一党支部", 1, 0)]
    assert counted(world, date(2026, 2, 1)) == [("柳林第二党支部", 1, 0)]


def test_a_move_on_the_first_day_leaves_one_stay(world: World) -> None:
    first, second = a_branch(world), a_branch(world, "柳林第二党支部")
    member_id = a_party_member(world, first)

    do(world.worker, move_member, **at_version(member_id), branch_id=second, on=date(2026, 1, 1))

    assert counted(world, TODAY) == [("柳林第二党支部", 1, 0)]
    with as_system("test") as session:
        assert len(session.scalars(select(MemberStay)).all()) == 1


@pytest.mark.parametrize("on", [date(2025, 12, 31), TODAY + timedelta(days=1)])
def test_nobody_moves_before_they_came_or_tomorrow(world: World, on: date) -> None:
    member_id, second = a_party_member(world, a_branch(world)), a_branch(world, "柳林第二党支部")

    with pytest.raises(BadInput):
        do(world.worker, move_member, **at_version(member_id), branch_id=second, on=on)


def test_leaving_entered_late_and_coming_back_count_each_day_once(world: World) -> None:
    branch = a_branch(world)
    member_id = a_party_member(world, branch)

    do(world.worker, leave_roll, **at_version(member_id), cause=MemberLeave.TRANSFERRED, on=date(2026, 1, 20))
    member = row(world, Member, member_id)
    assert (member.ended_on, member.ended_as) == (date(2026, 1, 20), MemberLeave.TRANSFERRED)
    assert member.keep_until is not None
    assert member.keep_until > TODAY
    with pytest.raises(BadInput):
        do(world.worker, come_back, **at_version(member_id), branch_id=branch, on=date(2026, 1, 20))
    do(world.worker, come_back, **at_version(member_id), branch_id=branch, on=date(2026, 2, 10))

    standing = [bool(counted(world, day)) for day in (date(2026, 1, 20), date(2026, 1, 21), date(2026, 2, 10))]
    assert standing == [True, False, True]
    assert [kind for kind, _ in changes(member_id)] == [
        MemberChange.JOINED, MemberChange.LEFT, MemberChange.CAME_BACK
    ]  # fmt: skip
    assert row(world, Member, member_id).keep_until is None


def test_who_left_is_neither_moved_nor_amended_and_stays_in_the_list_of_those_who_left(world: World) -> None:
    branch, second = a_branch(world), a_branch(world, "柳林第二党支部")
    member_id = a_party_member(world, branch)
    do(world.worker, leave_roll, **at_version(member_id), cause=MemberLeave.DIED, on=TODAY)

    with pytest.raises(Refused, match="member_off_roll"):
        do(world.worker, move_member, **at_version(member_id), branch_id=second, on=TODAY)
    with pytest.raises(Refused, match="member_off_roll"):
        do(world.worker, leave_roll, **at_version(member_id), cause=MemberLeave.DIED, on=TODAY)
    with reading(world.secretary) as session:
        assert not roll(session, RollFilters(), today=TODAY).rows
        assert [one.id for one in roll(session, RollFilters(left=True), today=TODAY).rows] == [member_id]


def test_probation_ends_with_the_day_that_is_entered(world: World) -> None:
    member_id = a_party_member(world, a_branch(world), joined_on=date(2025, 1, 10), full_on=None)
    assert counted(world, TODAY) == [("柳林第一党支部", 1, 1)]

    do(world.worker, set_joining, **at_version(member_id), joined_on=date(2025, 1, 10), full_on=date(2026, 1, 10))

    assert counted(world, TODAY) == [("柳林第一党支部", 1, 0)]
    assert counted(world, date(2026, 1, 9)) == [("柳林第一党支部", 1, 1)]
    with pytest.raises(BadInput):
        do(world.worker, set_joining, **at_version(member_id), joined_on=JOINED, full_on=JOINED - timedelta(days=1))


def test_kind_and_unit_change_with_a_line_and_an_ended_unit_stays_with_whom_it_has(world: World) -> None:
    unit = a_partner(world)
    member_id = a_party_member(world, a_branch(world), unit_id=unit, kind=MemberKind.PARTNER_UNIT)
    with as_system("test") as session:
        session.get_one(Unit, unit).ended_on = TODAY - timedelta(days=1)

    same = {"unit_id": unit, "skills": ["保洁"], "free_slots": []}
    do(world.worker, amend_member, **at_version(member_id), kind=MemberKind.EMPLOYED, **same)
    with pytest.raises(BadInput):
        a_party_member(world, a_branch(world, "柳林第二党支部"), "王远", unit_id=unit)
    do(world.worker, amend_member, **at_version(member_id), kind=MemberKind.EMPLOYED, **same | {"unit_id": None})

    kinds = [kind for kind, _ in changes(member_id)]
    assert kinds == [MemberChange.JOINED, MemberChange.KIND_CHANGED, MemberChange.UNIT_CHANGED]


def test_another_name_is_found_and_the_old_one_is_not(world: World) -> None:
    member_id = a_party_member(world, a_branch(world), "郑守信", phone="13800001111")

    do(world.worker, rename_member, **at_version(member_id), name="郑诚", phone="13900002222", reason="改名")

    with reading(world.worker) as session:
        by = {words: len(roll(session, RollFilters(words), today=TODAY).rows) for words in (
            "郑守信", "郑诚", "zhengcheng", "zc", "13800001111", "139 0000 2222")}  # fmt: skip
    assert by == {"郑守信": 0, "郑诚": 1, "zhengcheng": 1, "zc": 1, "13800001111": 0, "139 0000 2222": 1}
    with pytest.raises(BadInput):
        do(world.worker, rename_member, **at_version(member_id))


def test_who_comes_second_is_told(world: World) -> None:
    member_id = a_party_member(world, a_branch(world))
    seen = at_version(member_id)
    do(world.worker, rename_member, **seen, name="郑诚")

    with pytest.raises(Conflict):
        do(world.secretary, leave_roll, **seen, cause=MemberLeave.DIED, on=TODAY)


def test_the_roll_is_for_its_own_staff(world: World) -> None:
    member_id = a_party_member(world, a_branch(world))

    for role in (Role.TEAM_LEADER, Role.COUNCIL_MEMBER, Role.VOLUNTEER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN):
        with pytest.raises(NotPermitted):
            do(world[role], rename_member, **at_version(member_id), name="张三")
    with reading(world.other_secretary) as session:
        assert active_members(session, TODAY) == ()
        assert roll(session, RollFilters(), today=TODAY).rows == ()
    with reading(world[Role.AUDITOR]) as session:
        assert [one.id for one in active_members(session, TODAY)] == [member_id]


def test_a_branch_of_another_community_takes_nobody_in_by_a_forged_form(world: World) -> None:
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)

    with pytest.raises(BadInput) as told:
        a_party_member(world, there)
    assert told.value.field == "branch_id"
