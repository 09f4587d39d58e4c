"""A1-18, A2-25: the roll of members of a community, with those of a partner unit and of the property company.

A list comes in from a file, three of the property company join in, somebody moves, leaves and comes back, one goes to
another community; and the count of members is right on every day, as a rate of participation needs it (A2-13).
"""

from datetime import date

from db.actions.members.branches import amend_branch, found_branch
from db.actions.members.links import link_member
from db.actions.members.roll import come_back, leave_roll, move_member, set_joining
from db.actions.members.transfers import offer_member, take_member
from db.actions.volunteers.volunteers import register_volunteer
from db.engine import reading
from db.models import Branch
from db.queries.members.active import active_counts, active_members
from db.queries.members.links import proposals
from db.queries.members.roll import RollFilters, members_by_unit, members_offered, roll
from db.terms import BranchKind, ImportKind, MemberKind, MemberLeave, MemberLink, UnitKind, VolunteerKind
from tests.builders.imports import brought
from tests.builders.members import a_branch, a_partner, at_version
from tests.builders.world import TODAY, World, do, row


def test_members_of_a_property_company_join_in_and_every_day_is_counted_right(world: World) -> None:
    worker = world.worker
    # The community has its branches, one of them led by the worker; the street's partner units are there.
    first = do(worker, found_branch, name="柳林第一党支部", kind=BranchKind.COMMUNITY)
    joint = do(worker, found_branch, name="柳林物业联合党支部", kind=BranchKind.UNIT)
    named = {"name": "柳林物业联合党支部", "kind": BranchKind.UNIT, "secretary_id": worker.id}
    do(worker, amend_branch, branch_id=joint, version=1, **named)
    firm, school = a_partner(world, "柳林物业"), a_partner(world, "柳林小学", UnitKind.SCHOOL)

    # The list of the party office comes in as it is, in the community's own spelling of dates.
    common = {"branch": "柳林物业联合党支部", "member_kind": "单位党员", "since": "2025.9.1"}
    rows = [
        {"name": name, "unit": unit, "joined_on": "2008年7月1日", "phone": phone, **common}
        for name, unit, phone in (
            ("管一心", "柳林物业", "13800000001"), ("管二心", "柳林物业", "13800000002"),
            ("管三心", "柳林物业", "13800000003"), ("校一心", "柳林小学", "13800000004"),
        )
    ] + [
        {"name": "老守信", "branch": "柳林第一党支部", "member_kind": "退休", "joined_on": "1975-07-01",
         "birth_year": "1950年", "since": "2019-01-01", "free_slots": "周末"},
        {"name": "新来者", "branch": "柳林第一党支部", "member_kind": "新居民", "joined_on": "2025-06-01",
         "probation": "预备党员", "since": "2025-06-01"},
    ]  # fmt: skip
    assert brought(worker, ImportKind.PARTY_MEMBERS, rows)["made"]["member"] == 6

    # The company's three are found by their unit; one of them is a volunteer, who is proposed and linked by hand.
    with reading(worker) as session:
        assert members_by_unit(session, [firm, school]) == {firm: 3, school: 1}
        stewards = roll(session, RollFilters(unit_id=firm), today=TODAY).rows
        assert {one.branch for one in stewards} == {"柳林物业联合党支部"}
        steward = roll(session, RollFilters("guan yi xin"), today=TODAY).rows[0].id
    volunteer = do(worker, register_volunteer, name="管 一心", phone="138 0000 0001", kind=VolunteerKind.PARTY_MEMBER)
    with reading(worker) as session:
        (proposed,) = proposals(session, steward)
    assert (proposed.what, proposed.id) == (MemberLink.VOLUNTEER, volunteer)
    do(worker, link_member, member_id=steward, what=proposed.what, other_id=proposed.id)

    # Life goes on: one becomes full, one moves, one leaves and comes back, one goes to another community.
    two, three, old, new = (_found(world, words) for words in ("管二心", "管三心", "老守信", "新来者"))
    do(worker, move_member, **at_version(two), branch_id=first, on=date(2026, 2, 1))
    do(worker, leave_roll, **at_version(old), cause=MemberLeave.TRANSFERRED, on=date(2026, 1, 10))
    do(worker, come_back, **at_version(old), branch_id=first, on=date(2026, 2, 20))
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    do(worker, offer_member, **at_version(three), branch_id=there, reason="派到荷塘项目部")
    with reading(world.other_secretary) as session:
        assert [one.name for one in members_offered(session)] == ["管**"]
    do(world.other_secretary, take_member, member_id=three, on=date(2026, 3, 2))

    # The count is right on every day, for each community, with the probationary ones apart.
    assert _counts(world, date(2025, 8, 31)) == {"柳林第一党支部": (2, 1)}
    assert _counts(world, date(2026, 1, 31)) == {"柳林物业联合党支部": (4, 0), "柳林第一党支部": (1, 1)}
    assert _counts(world, TODAY) == {"柳林物业联合党支部": (2, 0), "柳林第一党支部": (3, 1)}
    with reading(world.other_secretary) as session:
        assert [(one.name, one.members) for one in active_counts(session, TODAY)] == [("荷塘党支部", 1)]
        assert active_counts(session, date(2026, 3, 1)) == ()
    with reading(world.secretary) as session:
        active = active_members(session, TODAY)
        assert [one.volunteer_id for one in active if one.id == steward] == [volunteer]
        assert sum(one.kind is MemberKind.PARTNER_UNIT for one in active) == 3
    do(worker, set_joining, **at_version(new), joined_on=date(2025, 2, 1), full_on=date(2026, 2, 1))
    assert _counts(world, TODAY)["柳林第一党支部"] == (3, 0)
    assert row(world, Branch, joint).secretary_id == worker.id


def _found(world: World, words: str) -> int:
    with reading(world.worker) as session:
        (found,) = roll(session, RollFilters(words), today=TODAY).rows
    return found.id


def _counts(world: World, day: date) -> dict[str, tuple[int, int]]:
    with reading(world.secretary) as session:
        return {one.name: (one.members, one.probationary) for one in active_counts(session, day)}
