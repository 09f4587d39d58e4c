"""What the start page counts of members, volunteers, squads, units and activities: as many as its page lists."""

from datetime import datetime, time, timedelta
from typing import Any

from db.engine import as_system, reading
from db.models import (
    Activity,
    Branch,
    Commitment,
    EscortPair,
    Keeping,
    MarketDay,
    Member,
    ResourceRequest,
    Slot,
    Squad,
    SquadRequest,
    Turn,
    VolunteerApplication,
)
from db.queries.activities.activities import activities
from db.queries.commitments.commitments import TO_REVIEW, CommitmentFilters, commitments, late
from db.queries.members.roll import members_offered
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.queries.units.resources import requests
from db.queries.volunteers.applications import applications
from db.queries.volunteers.squads import squads
from db.rules.permissions import Actor
from db.rules.zone import CHINA
from db.terms import ActivityState, ApplicationState, CommitmentState, RequestState, Role, TurnState
from tests.builders.volunteers import a_volunteer, a_volunteer_actor
from tests.builders.world import NOW, TODAY, World
from tests.support.any_row import any_row

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
OF_THE_DESK = (
    ToDo.AWAY, ToDo.REGISTRATIONS, ToDo.TRANSFERS, ToDo.SQUADS_ASKED, ToDo.PROMISES, ToDo.LATE_ENTRIES,
    ToDo.RESOURCES, ToDo.UNRECORDED, ToDo.MARKETS,
)  # fmt: skip


def counts(actor: Actor) -> dict[ToDo, int]:
    with reading(actor) as session:
        return {line.kind: line.count for line in today_for(session, actor, now=NOW).lines}


def a_busy_day(world: World) -> None:
    """One of each that waits, and beside it what does not wait, or waits elsewhere."""
    leader = a_volunteer(world)
    with as_system("test") as session:

        def add(model: Any, **given: Any) -> Any:
            return any_row(session, world, model, **given)

        for state in (ApplicationState.WAITING, ApplicationState.DECLINED):
            add(VolunteerApplication, state=state)
        add(VolunteerApplication, community_id=world.there)
        mine = add(Member).id
        for ended in (None, YESTERDAY):
            add(Member, community_id=world.there, offered_branch_id=add(Branch).id, ended_on=ended)
        unled, led = add(Squad), add(Squad, leader_id=leader)
        for squad in (unled, led):
            add(SquadRequest, squad_id=squad.id)
        promise = add(Commitment, member_id=mine, state=CommitmentState.KEEPING, starts_on=TODAY, until=TOMORROW)
        for stage in (*TO_REVIEW, CommitmentState.DRAFT):
            add(Commitment, member_id=mine, state=stage, starts_on=TODAY, until=TOMORROW)
        for confirmed in (None, NOW):
            add(Keeping, commitment_id=promise.id, late=True, confirmed_at=confirmed)
        for asked, over in ((RequestState.ASKED, TOMORROW), (RequestState.PROMISED, YESTERDAY),
                            (RequestState.PROMISED, TOMORROW), (RequestState.USED, YESTERDAY)):  # fmt: skip
            add(ResourceRequest, home_id=world.here, state=asked, on_day=YESTERDAY, until_on=over)
        add(ResourceRequest, home_id=world.there, state=RequestState.ASKED, on_day=TODAY, until_on=TODAY)
        for on, held in ((YESTERDAY, ActivityState.PLANNED), (YESTERDAY, ActivityState.DONE),
                          (TODAY, ActivityState.PLANNED)):  # fmt: skip
            market = add(Activity, on=on, state=held)
            add(MarketDay, activity_id=market.id, closed_at=None if held is ActivityState.DONE else NOW)
        for back in (None, NOW):
            outing = add(Activity, on=TODAY, state=ActivityState.PLANNED)
            add(EscortPair, activity_id=outing.id, left_at=NOW, returned_at=back)


def test_the_desk_sees_what_waits_and_each_page_lists_as_many(small_world: World) -> None:
    a_busy_day(small_world)

    for actor in (small_world.worker, small_world.secretary):
        found = counts(actor)
        with reading(actor) as session:
            listed = {
                ToDo.REGISTRATIONS: len(applications(session, TODAY).rows),
                ToDo.TRANSFERS: len(members_offered(session)),
                ToDo.SQUADS_ASKED: len(squads(session, asked=True, manages=True, account_id=actor.id).rows),
                ToDo.PROMISES: len(
                    commitments(session, CommitmentFilters(TO_REVIEW), account_id=actor.id, today=TODAY).rows
                ),
                ToDo.LATE_ENTRIES: len([one for one in late(session, account_id=actor.id, today=TODAY) if one.waiting]),
                ToDo.RESOURCES: len(requests(session, home_id=small_world.here, waiting_on=TODAY).rows),
            } | {
                kind: len(activities(session, view=view, today=TODAY).rows)
                for kind, view in ((ToDo.UNRECORDED, "unrecorded"), (ToDo.MARKETS, "market"), (ToDo.AWAY, "away"))
            }

        assert {kind: found[kind] for kind in OF_THE_DESK} == listed
        assert listed == dict.fromkeys(OF_THE_DESK, 1) | {ToDo.PROMISES: 2, ToDo.RESOURCES: 3}


def test_a_leader_sees_who_asks_to_join_the_own_squads_alone(small_world: World) -> None:
    leader, other = (a_volunteer_actor(small_world, name) for name in ("one", "two"))
    with as_system("test") as session:
        for squad in ({"leader_id": 1}, {"deputy_id": 1}, {"leader_id": 2}, {}):
            team = any_row(session, small_world, Squad, **squad)
            any_row(session, small_world, SquadRequest, squad_id=team.id)

    assert counts(leader)[ToDo.SQUADS_ASKED] == 2
    assert counts(other)[ToDo.SQUADS_ASKED] == 1
    assert ToDo.SQUADS_ASKED not in counts(small_world[Role.VOLUNTEER])


def test_a_volunteer_sees_the_own_slots_of_today_with_the_first_hour(small_world: World) -> None:
    person, other = (a_volunteer_actor(small_world, name) for name in ("one", "two"))
    noon = datetime.combine(TODAY, time(12), CHINA)
    with as_system("test") as session:
        for hours in (-4, 1, 3, 26):
            begins = noon + timedelta(hours=hours)
            slot = any_row(session, small_world, Slot, on=begins.date(), starts_at=begins,
                           ends_at=begins + timedelta(hours=1))  # fmt: skip
            any_row(session, small_world, Turn, slot_id=slot.id, volunteer_id=1, account_id=person.id,
                    state=TurnState.TAKEN)  # fmt: skip

    with reading(person) as session:
        (line,) = (line for line in today_for(session, person, now=NOW).lines if line.kind is ToDo.SLOTS_TODAY)
    assert (line.count, line.on) == (2, noon + timedelta(hours=1))
    assert ToDo.SLOTS_TODAY not in counts(other)
