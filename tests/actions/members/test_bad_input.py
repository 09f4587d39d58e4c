"""The forms of the roll, tried with everything that a person, a paste or a forged request can send."""

from datetime import date, timedelta

import pytest

from db.actions.members.branches import amend_branch, close_branch, found_branch, reopen_branch
from db.actions.members.keeping import erase_member, keep_member
from db.actions.members.links import link_member, unlink_member
from db.actions.members.merges import merge_members, undo_member_merge
from db.actions.members.roll import (
    add_member,
    amend_member,
    come_back,
    leave_roll,
    move_member,
    rename_member,
    set_joining,
)
from db.actions.members.transfers import decline_member, offer_member, take_member, withdraw_offer
from db.engine import as_system
from db.models import Branch
from db.terms import BranchKind, MemberKind, MemberLeave, MemberLink
from tests.builders.members import FULL, JOINED, a_branch, a_partner, a_party_member, at_version
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


def _other_branch(world: World) -> int:
    return a_branch(world, "柳林第二党支部")


def _left(world: World) -> tuple[int, int]:
    branch = a_branch(world)
    member = a_party_member(world, branch)
    do(world.worker, leave_roll, **at_version(member), cause=MemberLeave.DIED, on=TODAY - timedelta(days=2))
    return member, branch


def _offered(world: World) -> int:
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    member = a_party_member(world, a_branch(world))
    do(world.worker, offer_member, **at_version(member), branch_id=there)
    return member


@FORMS.add
def branch(world: World) -> Form:
    right = {"name": "柳林党支部", "kind": BranchKind.GRID, "secretary_id": world.worker.id}
    return Form(found_branch, world.worker, right, {"name": 40}, choices=("kind",),
                foreign={"secretary_id": world.other_secretary.id})  # fmt: skip


@FORMS.add
def branch_amended(world: World) -> Form:
    right = {"branch_id": a_branch(world), "version": 1, "name": "柳林网格党支部", "kind": BranchKind.GRID,
             "secretary_id": None}  # fmt: skip
    return Form(amend_branch, world.worker, right, {"name": 40}, choices=("kind",), ids=("branch_id",))


@FORMS.add
def branch_closed(world: World) -> Form:
    number = a_branch(world)
    with as_system("test") as session:
        session.get_one(Branch, number).since = TODAY - timedelta(days=100)
    right = {"branch_id": number, "version": 2, "on": TODAY}
    return Form(close_branch, world.worker, right, days=("on",), ids=("branch_id",))


@FORMS.add
def branch_reopened(world: World) -> Form:
    number = a_branch(world)
    do(world.worker, close_branch, branch_id=number, version=1, on=TODAY)
    return Form(reopen_branch, world.worker, {"branch_id": number, "version": 2}, ids=("branch_id",))


@FORMS.add
def member(world: World) -> Form:
    right = {
        "name": "李守正", "phone": "13812345678", "branch_id": a_branch(world), "kind": MemberKind.EMPLOYED,
        "joined_on": JOINED, "full_on": FULL, "since": TODAY, "birth_year": "1966", "unit_id": a_partner(world),
        "skills": ["电工"], "free_slots": ["sat-am"],
    }  # fmt: skip
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    return Form(
        add_member, world.worker, right, {"name": 30}, {"phone": 20, "birth_year": 20},
        frozenset({"phone", "birth_year"}), days=("joined_on",),
        choices=("kind",), ids=("branch_id", "unit_id"), foreign={"branch_id": there},
        also=({"skills": ["长" * 21]}, {"skills": [5]}, {"free_slots": ["mon-noon"]}, {"birth_year": "2015"},
              {"full_on": JOINED - timedelta(days=1)}, {"full_on": "2026-03-05"}, {"since": date.max},
              {"since": JOINED - timedelta(days=1)}),
    )  # fmt: skip


@FORMS.add
def member_amended(world: World) -> Form:
    right = at_version(a_party_member(world, a_branch(world))) | {
        "kind": MemberKind.RETIRED, "unit_id": a_partner(world), "skills": ["理发"], "free_slots": ["sun-pm"],
        "birth_year": "1950",
    }  # fmt: skip
    return Form(amend_member, world.worker, right, codes={"birth_year": 20}, choices=("kind",), ids=("member_id",),
                optional=frozenset({"birth_year"}), also=({"free_slots": [5]}, {"unit_id": 10**9}))  # fmt: skip


@FORMS.add
def joining(world: World) -> Form:
    right = at_version(a_party_member(world, a_branch(world))) | {"joined_on": JOINED, "full_on": TODAY}
    return Form(set_joining, world.worker, right, days=("joined_on",),
                ids=("member_id",))  # fmt: skip


@FORMS.add
def renamed(world: World) -> Form:
    right = at_version(a_party_member(world, a_branch(world))) | {
        "name": "李正", "phone": "13912345678", "reason": "改名"
    }  # fmt: skip
    return Form(rename_member, world.worker, right, {"name": 30, "reason": 200}, {"phone": 20},
                frozenset({"name", "phone", "reason"}), ids=("member_id",))  # fmt: skip


@FORMS.add
def moved(world: World) -> Form:
    right = at_version(a_party_member(world, a_branch(world))) | {
        "branch_id": _other_branch(world), "on": TODAY, "reason": "搬家"
    }  # fmt: skip
    return Form(move_member, world.worker, right, {"reason": 200}, optional=frozenset({"reason"}), days=("on",),
                ids=("member_id", "branch_id"))  # fmt: skip


@FORMS.add
def left(world: World) -> Form:
    right = at_version(a_party_member(world, a_branch(world))) | {
        "cause": MemberLeave.TRANSFERRED, "on": TODAY, "reason": "随子女"
    }  # fmt: skip
    return Form(leave_roll, world.worker, right, {"reason": 200}, optional=frozenset({"reason"}), days=("on",),
                choices=("cause",), ids=("member_id",))  # fmt: skip


@FORMS.add
def back(world: World) -> Form:
    who, into = _left(world)
    right = at_version(who) | {"branch_id": into, "on": TODAY}
    return Form(come_back, world.worker, right, days=("on",), ids=("member_id", "branch_id"))


@FORMS.add
def offer(world: World) -> Form:
    there = a_branch(world, "荷塘党支部", by=world.other_secretary)
    right = at_version(a_party_member(world, a_branch(world))) | {"branch_id": there, "reason": "搬家"}
    return Form(offer_member, world.worker, right, {"reason": 200}, optional=frozenset({"reason"}),
                ids=("member_id", "branch_id"))  # fmt: skip


@FORMS.add
def offer_withdrawn(world: World) -> Form:
    return Form(withdraw_offer, world.worker, {"member_id": _offered(world)}, ids=("member_id",))


@FORMS.add
def offer_taken(world: World) -> Form:
    right = {"member_id": _offered(world), "on": TODAY}
    return Form(take_member, world.other_secretary, right, days=("on",), ids=("member_id",))


@FORMS.add
def offer_declined(world: World) -> Form:
    right = {"member_id": _offered(world), "reason": "不住在本社区"}
    return Form(decline_member, world.other_secretary, right, {"reason": 200}, ids=("member_id",))


@FORMS.add
def link(world: World) -> Form:
    right = {"member_id": a_party_member(world, a_branch(world)), "what": MemberLink.VOLUNTEER,
             "other_id": a_volunteer(world)}  # fmt: skip
    return Form(link_member, world.worker, right, choices=("what",), ids=("member_id", "other_id"))


@FORMS.add
def unlink(world: World) -> Form:
    who = a_party_member(world, a_branch(world))
    do(world.worker, link_member, member_id=who, what=MemberLink.VOLUNTEER, other_id=a_volunteer(world))
    right = {"member_id": who, "what": MemberLink.VOLUNTEER, "reason": "不是同一个人"}
    return Form(unlink_member, world.worker, right, {"reason": 200}, choices=("what",), ids=("member_id",))


@FORMS.add
def kept(world: World) -> Form:
    right = {"member_id": _left(world)[0], "keep_until": TODAY + timedelta(days=90)}
    return Form(keep_member, world.worker, right, days=("keep_until",), ids=("member_id",))


@FORMS.add
def erased(world: World) -> Form:
    right = {"member_id": _left(world)[0], "reason": "本人要求"}
    return Form(erase_member, world.secretary, right, {"reason": 200}, ids=("member_id",))


@FORMS.add
def merged(world: World) -> Form:
    into = a_branch(world)
    right = {"kept_id": a_party_member(world, into), "other_id": a_party_member(world, into, another=True)}
    return Form(merge_members, world.secretary, right, ids=("kept_id", "other_id"))


@FORMS.add
def unmerged(world: World) -> Form:
    into = a_branch(world)
    one, other = a_party_member(world, into), a_party_member(world, into, another=True)
    do(world.secretary, merge_members, kept_id=one, other_id=other)
    return Form(undo_member_merge, world.secretary, {"member_id": other}, ids=("member_id",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
