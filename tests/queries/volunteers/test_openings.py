import pytest

from db.actions.volunteers.placements import claim_place, sign_up
from db.engine import as_system, carry_out, reading
from db.models import Volunteer
from db.queries.volunteers.openings import candidates, myself, open_posts, own_places, posts_to_recommend
from db.terms import PlacementState, ProjectState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, a_volunteer_actor, an_opening
from tests.builders.world import World
from tests.support.statements import Statements


def test_a_volunteer_sees_counts_and_the_own_standing_but_nobody_else(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=2)
    one, two = a_volunteer_actor(world, "one"), a_volunteer_actor(world, "two")
    carry_out(one, "a", claim_place, opening_id=opening_id)

    with reading(two) as session, Statements() as counted:
        post = open_posts(session, account_id=two.id).rows[0]
        mine = own_places(session, two.id)

    assert counted.n <= 3
    assert (post.filled, post.full, post.mine, mine) == (1, False, None, [])
    with reading(one) as session:
        assert open_posts(session, account_id=one.id).rows[0].mine is PlacementState.ACCEPTED
        assert [place.active for place in own_places(session, one.id)] == [True]


def test_closed_posts_and_finished_projects_are_not_offered(world: World) -> None:
    an_opening(world, a_project(world), closed=True)
    an_opening(world, a_project(world, state=ProjectState.ACCEPTED))

    with reading(world[Role.VOLUNTEER]) as session:
        assert open_posts(session, account_id=1).rows == ()
        assert posts_to_recommend(session) == []


def test_posts_are_found_by_skill_and_by_free_places(world: World) -> None:
    project_id = a_project(world)
    full = an_opening(world, project_id, places=1, skill="理发")
    free = an_opening(world, project_id, places=1, skill="电工")
    carry_out(a_volunteer_actor(world, "one"), "a", claim_place, opening_id=full)

    with reading(world[Role.VOLUNTEER]) as session:
        assert [post.id for post in open_posts(session, account_id=1, skill="理").rows] == [full]
        assert [post.id for post in open_posts(session, account_id=1, free_only=True).rows] == [free]


@pytest.mark.parametrize(("words", "numbers"), [("理发", ["A1"]), ("发", ["A1"]), ("a2", ["A2"]), ("%", []), ('"', [])])
def test_candidates_are_found_by_number_or_skill(world: World, words: str, numbers: list[str]) -> None:
    first, second = a_volunteer(world, "A1"), a_volunteer(world, "A2")
    with as_system("test") as session:
        session.get_one(Volunteer, first).skills = ["理发", "𠮷他"]
        session.get_one(Volunteer, second).skills = []

    with reading(world[Role.TEAM_LEADER]) as session:
        found = candidates(session, words=words)

    assert [one.number for one in found] == numbers
    assert all("*" in one.name for one in found)


def test_somebody_knows_the_own_entry(world: World) -> None:
    person = a_volunteer_actor(world, "one")

    with reading(person) as session:
        entry = myself(session, person.id)
        assert entry
        assert entry.number == "one"
    with reading(world[Role.VOLUNTEER]) as session:
        assert myself(session, world[Role.VOLUNTEER].id) is None


def test_who_waits_is_told_so(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world)), a_volunteer_actor(world, "one")
    carry_out(person, "a", sign_up, opening_id=opening_id)

    with reading(person) as session:
        assert open_posts(session, account_id=person.id).rows[0].mine is PlacementState.WAITING
