"""Every table that points at a volunteer: nothing is left behind by a merge, and an undo gives all of it back."""

import pytest
from sqlalchemy import func, select

from db.actions.volunteers.merges import merge_volunteers, minutes_from_facts, undo_volunteer_merge
from db.engine import as_system
from db.models import HoursToAsk, Squad, Volunteer, VolunteerEvent, VolunteerMerge
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, do, row
from tests.support.any_row import any_row, pointing_at

STAYS = {(Volunteer, "merged_into_id"), (VolunteerEvent, "volunteer_id"),
         (VolunteerMerge, "kept_id"), (VolunteerMerge, "other_id"), (HoursToAsk, "volunteer_id")}  # fmt: skip
"""What is derived follows its facts. The history of an entry stays with it and is read through the merge; a merge says
itself whom it is about."""
GOES = sorted((one for one in pointing_at("volunteer") if one not in STAYS), key=lambda one: (str(one[0]), one[1]))


def counts(volunteer_id: int) -> dict[str, int]:
    with as_system("test") as session:
        return {
            f"{model.__tablename__}.{column}": session.scalar(
                select(func.count()).select_from(model).where(getattr(model, column) == volunteer_id)
            )
            or 0
            for model, column in GOES
        }


def a_row_everywhere(world: World, volunteer_id: int) -> None:
    with as_system("test") as session:
        for model, column in GOES:
            any_row(session, world, model, **{column: volunteer_id})
        session.get_one(Volunteer, volunteer_id).minutes = minutes_from_facts(session, volunteer_id)


def test_nothing_is_left_behind_and_an_undo_gives_all_of_it_back(small_world: World) -> None:
    kept, other = a_volunteer(small_world, "1"), a_volunteer(small_world, "2")
    a_row_everywhere(small_world, other)
    all_of_it, own = counts(other), counts(kept)
    assert min(all_of_it.values()) >= 1

    merge = do(small_world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    there = counts(other), counts(kept)
    do(small_world.secretary, undo_volunteer_merge, merge_id=merge)

    gone, moved = there
    assert set(gone.values()) == {0}
    # The kept one was asked by nobody but themselves to go instead.
    assert moved == {one: many + own[one] for one, many in all_of_it.items()} | {"order_offer.swap_to_id": 0}
    assert (counts(other), counts(kept)) == (all_of_it, own)


@pytest.mark.parametrize("leads", ["kept", "other"])
def test_one_person_who_was_leader_and_deputy_is_both_again_after_an_undo(small_world: World, leads: str) -> None:
    both = {"kept": a_volunteer(small_world, "1"), "other": a_volunteer(small_world, "2")}
    leader = both.pop(leads)
    (deputy,) = both.values()
    with as_system("test") as session:
        squad = any_row(session, small_world, Squad, leader_id=leader, deputy_id=deputy).id
    kept, other = sorted((leader, deputy))

    merge = do(small_world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    between = row(small_world, Squad, squad)
    do(small_world.secretary, undo_volunteer_merge, merge_id=merge)

    assert (between.leader_id, between.deputy_id) == (kept, None)
    after = row(small_world, Squad, squad)
    assert (after.leader_id, after.deputy_id) == (leader, deputy)
