"""关联: proposed by name and telephone, pressed by somebody, undone; what is merged or erased elsewhere is followed."""

import pytest
from sqlalchemy import select

from db.actions.members.links import link_member, unlink_member
from db.actions.members.merges import merge_members, undo_member_merge
from db.actions.people.erasure import erase_person
from db.actions.people.merges import merge_persons, undo_person_merge
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.engine import as_system, reading
from db.errors import BadInput, Refused
from db.models import Member, PersonMerge, Volunteer, VolunteerMerge
from db.queries.members.active import active_members
from db.queries.members.card import leads_to, member_card
from db.queries.members.links import proposals
from db.queries.members.roll import RollFilters, roll
from db.terms import MemberChange, MemberLink, Role
from tests.builders.members import a_branch, a_party_member
from tests.builders.people import a_person
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, another_actor, do, row

NAME, PHONE = "甄试验", "13900005678"


def linked(world: World, what: MemberLink, other_id: int, name: str = NAME, phone: str = PHONE) -> int:
    member_id = a_party_member(world, a_branch(world, f"{name}所在党支部"), name, phone=phone)
    do(world.worker, link_member, member_id=member_id, what=what, other_id=other_id)
    return member_id


def test_the_same_name_and_telephone_are_proposed_and_nothing_else(world: World) -> None:
    person = a_person(world, NAME, phone=PHONE)
    a_person(world, "甄实验", phone=PHONE, room="102")
    a_person(world, NAME, phone="13700000000", room="103")
    a_person(world, NAME, phone=PHONE, room="104", restricted=True)
    with as_system("test") as session:
        twin = session.get_one(Volunteer, a_volunteer(world, phone="139 0000 5678"))
        twin.name, volunteer = "甄 试验", twin.id
    account = another_actor(world, Role.VOLUNTEER, "zhen", name=NAME)
    member_id = a_party_member(world, a_branch(world), NAME, phone=PHONE)

    with reading(world.worker) as session:
        found = {one.what: one.id for one in proposals(session, member_id)}
    assert found == {MemberLink.PERSON: person, MemberLink.VOLUNTEER: volunteer, MemberLink.ACCOUNT: account.id}
    with reading(world.secretary) as session:
        assert all(NAME not in one.name or one.what is MemberLink.ACCOUNT for one in proposals(session, member_id))


def test_a_link_is_pressed_once_and_undone_with_a_reason(world: World) -> None:
    volunteer = a_volunteer(world)
    member_id = linked(world, MemberLink.VOLUNTEER, volunteer)

    with pytest.raises(Refused, match="member_linked"):
        do(world.worker, link_member, member_id=member_id, what=MemberLink.VOLUNTEER, other_id=a_volunteer(world, "V2"))
    with reading(world.secretary) as session:
        assert [one.volunteer_id for one in active_members(session, TODAY)] == [volunteer]
    do(world.worker, unlink_member, member_id=member_id, what=MemberLink.VOLUNTEER, reason="同名不同人")

    assert row(world, Member, member_id).volunteer_id is None
    with pytest.raises(Refused, match="member_not_linked"):
        do(world.worker, unlink_member, member_id=member_id, what=MemberLink.VOLUNTEER, reason="再来")
    with reading(world.secretary) as session:
        card = member_card(session, member_id, today=TODAY)
        assert card
        assert [one.kind for one in card.history][:2] == [MemberChange.UNLINKED, MemberChange.LINKED]


def test_a_record_belongs_to_one_member(world: World) -> None:
    volunteer = a_volunteer(world)
    linked(world, MemberLink.VOLUNTEER, volunteer)
    other = a_party_member(world, a_branch(world, "柳林第二党支部"), "王远")

    with pytest.raises(Refused, match="link_taken"):
        do(world.worker, link_member, member_id=other, what=MemberLink.VOLUNTEER, other_id=volunteer)
    gone = another_actor(world, Role.VOLUNTEER, "gone", community_id=world.there)
    with pytest.raises(BadInput):
        do(world.worker, link_member, member_id=other, what=MemberLink.ACCOUNT, other_id=gone.id)


def test_a_merged_volunteer_leads_the_link_along_and_an_undo_back(world: World) -> None:
    kept, other = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    member_id = linked(world, MemberLink.VOLUNTEER, other)

    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    assert row(world, Member, member_id).volunteer_id == kept
    with reading(world.secretary) as session:
        merge = session.scalars(select(VolunteerMerge.id)).one()
    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert row(world, Member, member_id).volunteer_id == other


def test_two_volunteers_of_two_members_are_not_one(world: World) -> None:
    one, two = a_volunteer(world, "V1"), a_volunteer(world, "V2")
    linked(world, MemberLink.VOLUNTEER, one)
    linked(world, MemberLink.VOLUNTEER, two, "王远", "13700000000")

    with pytest.raises(Refused, match="volunteers_two_members"):
        do(world.secretary, merge_volunteers, kept_id=one, other_id=two)


def test_a_merged_person_leads_the_link_along_and_an_erased_one_ends_it(world: World) -> None:
    kept, other = a_person(world, NAME, phone=PHONE), a_person(world, NAME, phone=PHONE, room="102")
    member_id = linked(world, MemberLink.PERSON, other)

    do(world.secretary, merge_persons, kept_id=kept, other_id=other)
    assert row(world, Member, member_id).person_id == kept
    with reading(world.secretary) as session:
        merge = session.scalars(select(PersonMerge.id)).one()
    do(world.secretary, undo_person_merge, merge_id=merge)
    assert row(world, Member, member_id).person_id == other
    do(world.secretary, erase_person, person_id=other, reason="搬离")

    member = row(world, Member, member_id)
    assert (member.person_id, member.name, member.phone) == (None, NAME, PHONE)


def test_two_entries_of_one_member_become_one_and_two_again(world: World) -> None:
    branch, volunteer = a_branch(world), a_volunteer(world)
    kept = a_party_member(world, branch, NAME)
    other = a_party_member(world, branch, NAME, phone=PHONE, another=True, skills=["电工"])
    do(world.worker, link_member, member_id=other, what=MemberLink.VOLUNTEER, other_id=volunteer)

    do(world.secretary, merge_members, kept_id=kept, other_id=other)

    member = row(world, Member, kept)
    assert (member.phone, member.volunteer_id, member.skills) == (PHONE, volunteer, ["电工"])
    with reading(world.secretary) as session:
        assert [one.id for one in active_members(session, TODAY)] == [kept]
        assert leads_to(session, other) == kept
        assert [one.id for one in roll(session, RollFilters(PHONE), today=TODAY).rows] == [kept]
    do(world.secretary, undo_member_merge, member_id=other)

    member = row(world, Member, kept)
    assert (member.phone, member.phone_index, member.volunteer_id, member.skills) == (None, None, None, [])
    with reading(world.secretary) as session:
        assert len(active_members(session, TODAY)) == 2


def test_an_entry_is_not_merged_with_itself_nor_twice(world: World) -> None:
    branch = a_branch(world)
    kept, other = a_party_member(world, branch, NAME), a_party_member(world, branch, NAME, another=True)

    with pytest.raises(Refused, match="members_same"):
        do(world.secretary, merge_members, kept_id=kept, other_id=kept)
    do(world.secretary, merge_members, kept_id=kept, other_id=other)
    with pytest.raises(Refused, match="member_merged"):
        do(world.secretary, merge_members, kept_id=kept, other_id=other)
    with pytest.raises(Refused, match="member_not_merged"):
        do(world.secretary, undo_member_merge, member_id=kept)
