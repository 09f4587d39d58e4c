from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from db.actions.volunteers.placements import (
    accept_placement,
    claim_place,
    decline_placement,
    leave_team,
    recommend_volunteer,
    replace_member,
    sign_up,
)
from db.engine import as_system, carry_out, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused, WrongStage
from db.models import AuditEntry, Opening, Placement, Volunteer
from db.rules.permissions import Actor
from db.terms import JoinMethod, PlacementState, ProjectState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, a_volunteer_actor, an_opening
from tests.builders.world import World, actor_for, an_account, another_actor


def standing(world: World, opening_id: int) -> tuple[int, dict[str, PlacementState]]:
    """Places taken, and the state of everybody by number."""
    with reading(world.secretary) as session:
        query = select(Volunteer.number, Placement.state).join(Volunteer, Volunteer.id == Placement.volunteer_id)
        return session.get_one(Opening, opening_id).filled, dict(session.execute(query).all())


def test_fifty_people_race_for_the_last_place_and_one_gets_it(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=1)
    people = []
    with as_system("test") as session:
        for n in range(50):
            account = an_account(session, world.subdistrict, Role.VOLUNTEER, world.here, f"racer{n}")
            people.append(actor_for(account))
    for n, person in enumerate(people):
        a_volunteer(world, f"R{n}", account_id=person.id)

    def race(person: Actor) -> str:
        try:
            carry_out(person, f"race-{person.id}", claim_place, opening_id=opening_id)
        except Refused as refused:
            return refused.rule
        return "in"

    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(race, people))

    assert sorted(results) == ["in", *["opening_full"] * 49]
    with reading(world.secretary) as session:
        assert session.get_one(Opening, opening_id).filled == 1
        assert session.scalar(select(func.count()).select_from(Placement)) == 1


def test_a_volunteer_claims_a_free_place_at_once(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world), places=2), a_volunteer_actor(world, "one")

    placement_id = carry_out(person, "a", claim_place, opening_id=opening_id)

    with reading(person) as session:
        placement = session.get_one(Placement, placement_id)
        assert (placement.state, placement.method) == (PlacementState.ACCEPTED, JoinMethod.CLAIM)
    assert standing(world, opening_id) == (1, {"one": PlacementState.ACCEPTED})


def test_a_taken_place_is_in_the_audit_log(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world)), a_volunteer_actor(world, "one")

    carry_out(person, "a", claim_place, opening_id=opening_id)

    with as_system("test") as session:
        changes = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "opening")).all()
    assert {"filled": [0, 1]} in changes


def test_two_taps_enter_once(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world)), a_volunteer_actor(world, "one")

    first = carry_out(person, "same", claim_place, opening_id=opening_id)
    again = carry_out(person, "same", claim_place, opening_id=opening_id)

    assert first == again
    with pytest.raises(Refused, match="already_in_opening"):
        carry_out(person, "other", claim_place, opening_id=opening_id)
    assert standing(world, opening_id)[0] == 1


def test_the_same_person_on_two_phones_enters_once(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world), places=20), a_volunteer_actor(world, "one")

    def tap(n: int) -> str:
        try:
            carry_out(person, f"phone-{n}", claim_place, opening_id=opening_id)
        except Refused as refused:
            return refused.rule
        return "in"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(tap, range(8)))

    assert sorted(results) == [*["already_in_opening"] * 7, "in"]
    assert standing(world, opening_id)[0] == 1


def test_somebody_outside_the_registry_is_told_so(world: World) -> None:
    opening_id = an_opening(world, a_project(world))

    with pytest.raises(Refused, match="no_volunteer_record"):
        carry_out(world[Role.VOLUNTEER], "a", claim_place, opening_id=opening_id)


def test_who_signs_up_waits_for_the_leader_and_takes_no_place(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world), places=1), a_volunteer_actor(world, "one")

    carry_out(person, "a", sign_up, opening_id=opening_id)

    assert standing(world, opening_id) == (0, {"one": PlacementState.WAITING})


def test_a_recommendation_names_who_recommended(world: World) -> None:
    opening_id, volunteer_id = an_opening(world, a_project(world)), a_volunteer(world)

    placement_id = carry_out(
        world[Role.COUNCIL_MEMBER],
        "a",
        recommend_volunteer,
        opening_id=opening_id,
        volunteer_id=volunteer_id,
        recommended_by="楼道长周阿姨",
    )

    with reading(world.secretary) as session:
        placement = session.get_one(Placement, placement_id)
        assert (placement.state, placement.recommended_by) == (PlacementState.WAITING, "楼道长周阿姨")


def test_the_leader_accepts_until_the_places_are_taken(world: World) -> None:
    leader, opening_id = world[Role.TEAM_LEADER], an_opening(world, a_project(world), places=1)
    asked = [carry_out(a_volunteer_actor(world, name), name, sign_up, opening_id=opening_id) for name in ("one", "two")]

    carry_out(leader, "a", accept_placement, placement_id=asked[0], version=1, word="欢迎")
    with pytest.raises(Refused, match="opening_full"):
        carry_out(leader, "b", accept_placement, placement_id=asked[1], version=1)

    assert standing(world, opening_id) == (1, {"one": PlacementState.ACCEPTED, "two": PlacementState.WAITING})


def test_a_leader_who_declines_says_a_word(world: World) -> None:
    leader, opening_id = world[Role.TEAM_LEADER], an_opening(world, a_project(world))
    person = a_volunteer_actor(world, "one")
    asked = carry_out(person, "a", sign_up, opening_id=opening_id)

    with pytest.raises(BadInput, match="word"):
        carry_out(leader, "b", decline_placement, placement_id=asked, version=1, word="")
    carry_out(leader, "c", decline_placement, placement_id=asked, version=1, word="登高作业需持证")

    with reading(person) as session:
        placement = session.get_one(Placement, asked)
        assert (placement.state, placement.word) == (PlacementState.DECLINED, "登高作业需持证")
    # Declined once, one may ask again.
    assert carry_out(person, "d", sign_up, opening_id=opening_id) != asked


def test_two_leaders_do_not_answer_over_each_other(world: World) -> None:
    opening_id = an_opening(world, a_project(world))
    asked = carry_out(a_volunteer_actor(world, "one"), "a", sign_up, opening_id=opening_id)
    carry_out(world.secretary, "b", decline_placement, placement_id=asked, version=1, word="名额已满")

    with pytest.raises(Conflict):
        carry_out(world[Role.TEAM_LEADER], "c", accept_placement, placement_id=asked, version=1)
    with pytest.raises(WrongStage):
        carry_out(world[Role.TEAM_LEADER], "d", accept_placement, placement_id=asked, version=2)


def test_leaving_frees_the_place_and_promotes_nobody_silently(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=1)
    first, second = a_volunteer_actor(world, "one"), a_volunteer_actor(world, "two")
    place = carry_out(first, "a", claim_place, opening_id=opening_id)
    carry_out(second, "b", sign_up, opening_id=opening_id)

    carry_out(first, "c", leave_team, placement_id=place, reason="搬家")

    assert standing(world, opening_id) == (0, {"one": PlacementState.LEFT, "two": PlacementState.WAITING})


def test_taking_a_request_back_frees_nothing(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=2)
    person = a_volunteer_actor(world, "one")
    carry_out(a_volunteer_actor(world, "two"), "a", claim_place, opening_id=opening_id)
    asked = carry_out(person, "b", sign_up, opening_id=opening_id)

    carry_out(person, "c", leave_team, placement_id=asked, reason="改报别的岗位")

    assert standing(world, opening_id)[0] == 1


def test_nobody_leaves_twice_and_a_reason_is_needed(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world)), a_volunteer_actor(world, "one")
    place = carry_out(person, "a", claim_place, opening_id=opening_id)

    with pytest.raises(BadInput):
        carry_out(person, "b", leave_team, placement_id=place, reason="")
    carry_out(person, "c", leave_team, placement_id=place, reason="搬家")
    with pytest.raises(WrongStage):
        carry_out(person, "d", leave_team, placement_id=place, reason="搬家")

    assert standing(world, opening_id)[0] == 0


def test_replacing_keeps_the_history_and_the_number_of_places(world: World) -> None:
    leader, opening_id = world[Role.TEAM_LEADER], an_opening(world, a_project(world), places=1)
    place = carry_out(a_volunteer_actor(world, "one"), "a", claim_place, opening_id=opening_id)
    newcomer = a_volunteer(world, "new")

    new_place = carry_out(
        leader, "b", replace_member, placement_id=place, version=1, volunteer_id=newcomer, reason="长期出差"
    )

    assert standing(world, opening_id) == (1, {"one": PlacementState.REPLACED, "new": PlacementState.ACCEPTED})
    with reading(leader) as session:
        old = session.get_one(Placement, place)
        assert (old.replaced_by_id, old.left_reason) == (new_place, "长期出差")


def test_who_waits_replaces_by_the_own_request(world: World) -> None:
    leader, opening_id = world[Role.TEAM_LEADER], an_opening(world, a_project(world), places=1)
    place = carry_out(a_volunteer_actor(world, "one"), "a", claim_place, opening_id=opening_id)
    asked = carry_out(a_volunteer_actor(world, "two"), "b", sign_up, opening_id=opening_id)
    with reading(leader) as session:
        waiting = session.get_one(Placement, asked).volunteer_id

    new_place = carry_out(
        leader, "c", replace_member, placement_id=place, version=1, volunteer_id=waiting, reason="长期出差"
    )

    assert new_place == asked


def test_a_leader_does_not_answer_for_somebody_elses_project(world: World) -> None:
    opening_id, person = an_opening(world, a_project(world)), a_volunteer_actor(world, "one")
    stranger = another_actor(world, Role.TEAM_LEADER, "leader2")
    asked = carry_out(person, "a", sign_up, opening_id=opening_id)

    with pytest.raises(NotPermitted):
        carry_out(stranger, "b", accept_placement, placement_id=asked, version=1)
    with pytest.raises(NotPermitted):
        carry_out(stranger, "c", leave_team, placement_id=asked, reason="不要")


def test_a_volunteer_sees_and_ends_only_the_own_placement(world: World) -> None:
    opening_id = an_opening(world, a_project(world))
    place = carry_out(a_volunteer_actor(world, "one"), "a", claim_place, opening_id=opening_id)
    other = a_volunteer_actor(world, "two")

    with reading(other) as session:
        assert session.scalars(select(Placement.id)).all() == []
        assert session.get_one(Opening, opening_id).filled == 1
    with pytest.raises(NotFound):
        carry_out(other, "b", leave_team, placement_id=place, reason="替他退")


@pytest.mark.parametrize("state", [ProjectState.HANDED_IN, ProjectState.ACCEPTED, ProjectState.STOPPED])
def test_nobody_joins_what_is_over(world: World, state: ProjectState) -> None:
    opening_id, person = an_opening(world, a_project(world, state=state)), a_volunteer_actor(world, "one")

    with pytest.raises(WrongStage):
        carry_out(person, "a", claim_place, opening_id=opening_id)
