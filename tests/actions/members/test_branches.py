"""党支部: a branch with members is not closed, one whose secretary's account goes waits for another."""

from datetime import date

import pytest

from db.actions.admin.leaving import change_account, disable_account
from db.actions.members.branches import amend_branch, close_branch, found_branch, reopen_branch
from db.actions.members.roll import leave_roll, move_member
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import Account, Branch
from db.queries.admin.open_work import open_work
from db.queries.members.branches import branches
from db.terms import BranchKind, MemberLeave, OpenWork, Role
from tests.builders.members import a_branch, a_party_member, at_version
from tests.builders.world import TODAY, World, another_actor, do, row


def test_a_branch_has_one_name_and_may_have_a_secretary(world: World) -> None:
    branch = a_branch(world, secretary_id=world.worker.id)

    with pytest.raises(BadInput, match="taken"):
        a_branch(world)
    with pytest.raises(BadInput):
        a_branch(world, "荷塘的书记", secretary_id=world.other_secretary.id)
    changed = {"branch_id": branch, "version": 1, "name": "柳林联合党支部", "kind": BranchKind.UNIT}
    do(world.worker, amend_branch, **changed, secretary_id=None)

    with reading(world.worker) as session:
        (found,) = branches(session)
    assert (found.name, found.kind, found.secretary, found.members) == ("柳林联合党支部", BranchKind.UNIT, "", 0)


def test_a_branch_with_members_is_closed_after_they_moved(world: World) -> None:
    first, second = a_branch(world), a_branch(world, "柳林第二党支部")
    stays, goes = a_party_member(world, first), a_party_member(world, first, "王远")

    with pytest.raises(Refused, match="branch_has_members"):
        do(world.worker, close_branch, branch_id=first, version=1, on=TODAY)
    do(world.worker, move_member, **at_version(stays), branch_id=second, on=TODAY)
    do(world.worker, leave_roll, **at_version(goes), cause=MemberLeave.DIED, on=TODAY)
    do(world.worker, close_branch, branch_id=first, version=1, on=TODAY)

    with pytest.raises(Refused, match="branch_closed"):
        do(world.worker, move_member, **at_version(stays), branch_id=first, on=TODAY)
    with reading(world.worker) as session:
        assert [one.id for one in branches(session)] == [second]
        assert len(branches(session, closed=True)) == 2
    do(world.worker, reopen_branch, branch_id=first, version=row(world, Branch, first).version)
    assert row(world, Branch, first).closed_on is None


def test_a_branch_is_not_closed_before_it_was_founded(world: World) -> None:
    with pytest.raises(BadInput):
        do(world.worker, close_branch, branch_id=a_branch(world), version=1, on=date(2026, 1, 1))


def test_a_disabled_secretary_leaves_the_branch_without_one(world: World) -> None:
    colleague = another_actor(world, Role.AREA_WORKER, "shegong9")
    branch = a_branch(world, secretary_id=colleague.id)
    admin = world[Role.SUBDISTRICT_ADMIN]
    with reading(admin) as session:
        assert open_work(session, colleague.id)[OpenWork.BRANCHES].named == ("柳林第一党支部",)

    do(admin, disable_account, account_id=colleague.id)

    assert row(world, Branch, branch).secretary_id is None


def test_a_secretary_in_another_role_keeps_the_branch_and_in_another_community_does_not(world: World) -> None:
    colleague = another_actor(world, Role.AREA_WORKER, "shegong9")
    branch, admin = a_branch(world, secretary_id=colleague.id), world[Role.SUBDISTRICT_ADMIN]
    who = {"account_id": colleague.id, "name": "社工九", "sees_restricted": False}

    version = row(world, Account, colleague.id).version
    do(admin, change_account, **who, version=version, role=Role.TEAM_LEADER, community_id=world.here)
    assert row(world, Branch, branch).secretary_id == colleague.id
    version = row(world, Account, colleague.id).version
    do(admin, change_account, **who, version=version, role=Role.TEAM_LEADER, community_id=world.there)

    assert row(world, Branch, branch).secretary_id is None


def test_a_community_without_staff_of_its_own_founds_none(world: World) -> None:
    with pytest.raises(Exception, match="not_permitted"):
        do(world[Role.SUBDISTRICT_ADMIN], found_branch, name="街道党支部", kind=BranchKind.COMMUNITY)
