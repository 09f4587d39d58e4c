import pytest
from sqlalchemy import select

from db.actions.volunteers.placements import recommend_volunteer
from db.actions.volunteers.volunteers import amend_volunteer, found_squad, join_squad, link_account, register_volunteer
from db.engine import carry_out, reading
from db.errors import BadInput, NotPermitted, Refused
from db.models import Placement, SquadMember, Volunteer
from db.terms import Role, TeamTheme, VolunteerKind
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, an_opening
from tests.builders.world import NOW, World, another_actor


def test_a_volunteer_gets_a_number_and_each_skill_once(world: World) -> None:
    volunteer_id = carry_out(
        world.worker,
        "a",
        register_volunteer,
        name="周建国",
        phone="13800001234",
        kind=VolunteerKind.PARTY_MEMBER,
        skills=["电工", " 电工 ", "", "理发"],
        now=NOW,
    )

    with reading(world.worker) as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        assert (volunteer.number, volunteer.skills) == ("LL-V2026-0001", ["电工", "理发"])


def test_a_nameless_volunteer_is_told_at_the_field(world: World) -> None:
    with pytest.raises(BadInput) as told:
        carry_out(world.worker, "a", register_volunteer, name=" ", kind=VolunteerKind.RESIDENT)

    assert told.value.field == "name"


def test_skills_and_times_can_be_amended(world: World) -> None:
    volunteer_id = a_volunteer(world)

    carry_out(world.worker, "a", amend_volunteer, volunteer_id=volunteer_id, version=1, skills=["急救"])

    with reading(world.worker) as session:
        assert session.get_one(Volunteer, volunteer_id).skills == ["急救"]


def test_a_linked_volunteer_finds_the_own_places_again(world: World) -> None:
    opening_id, volunteer_id = an_opening(world, a_project(world)), a_volunteer(world)
    person = world[Role.VOLUNTEER]
    carry_out(world.worker, "a", recommend_volunteer, opening_id=opening_id, volunteer_id=volunteer_id)

    carry_out(world.worker, "b", link_account, volunteer_id=volunteer_id, account_id=person.id)

    with reading(person) as session:
        assert len(session.scalars(select(Placement.id)).all()) == 1


def test_one_account_is_one_volunteer(world: World) -> None:
    first, second, person = a_volunteer(world, "1"), a_volunteer(world, "2"), world[Role.VOLUNTEER]
    carry_out(world.worker, "a", link_account, volunteer_id=first, account_id=person.id)

    with pytest.raises(Refused, match="account_linked"):
        carry_out(world.worker, "b", link_account, volunteer_id=second, account_id=person.id)
    with pytest.raises(Refused, match="volunteer_linked"):
        carry_out(
            world.worker,
            "c",
            link_account,
            volunteer_id=first,
            account_id=another_actor(world, Role.VOLUNTEER, "another").id,
        )


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.COUNCIL_MEMBER])
def test_only_accounts_that_may_join_a_team_are_linked(world: World, role: Role) -> None:
    with pytest.raises(Refused, match="account_cannot_join"):
        carry_out(world.worker, "a", link_account, volunteer_id=a_volunteer(world), account_id=world[role].id)


def test_standing_teams_have_a_name_of_their_own_and_each_member_once(world: World) -> None:
    volunteer_id = a_volunteer(world)

    squad_id = carry_out(world.worker, "a", found_squad, name="银发巡河队", theme=TeamTheme.WATER)
    carry_out(world.worker, "b", join_squad, squad_id=squad_id, volunteer_id=volunteer_id)

    with pytest.raises(BadInput, match="name"):
        carry_out(world.worker, "c", found_squad, name="银发巡河队", theme=TeamTheme.WATER)
    with pytest.raises(Refused, match="already_in_squad"):
        carry_out(world.worker, "d", join_squad, squad_id=squad_id, volunteer_id=volunteer_id)
    with reading(world.worker) as session:
        assert len(session.scalars(select(SquadMember.id)).all()) == 1


def test_a_team_leader_does_not_change_the_registry(world: World) -> None:
    with pytest.raises(NotPermitted):
        carry_out(world[Role.TEAM_LEADER], "a", register_volunteer, name="周建国", kind=VolunteerKind.RESIDENT, now=NOW)
