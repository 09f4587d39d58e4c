"""Training and awards: lines that are corrected or struck out and stay readable."""

import pytest

from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.actions.volunteers.records import correct_training, note_award, note_training, strike_award
from db.actions.volunteers.volunteers import link_account
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import ServiceRecord, Volunteer, VolunteerApplication, VolunteerTraining
from db.queries.volunteers.records import awards, ratings, trainings
from db.terms import Role, Satisfaction
from tests.builders.orders import a_helper, an_order, rated
from tests.builders.volunteers import a_volunteer, an_application, served_hours
from tests.builders.world import NOW, TODAY, World, do, row


def a_training(world: World, volunteer: int, minutes: int = 120) -> int:
    done: int = do(world.worker, note_training, volunteer_id=volunteer, on=TODAY, title="急救", given_by="医院",
                   minutes=minutes, now=NOW)  # fmt: skip
    return done


def test_a_corrected_training_is_a_second_line_and_the_first_stays_with_its_reason(world: World) -> None:
    volunteer = a_volunteer(world)
    first = a_training(world, volunteer)

    do(world.worker, correct_training, training_id=first, on=TODAY, title="急救", given_by="医院", minutes=90,
       reason="只上了半场", now=NOW)  # fmt: skip

    with reading(world.worker) as session:
        new, old = trainings(session, volunteer)
    assert (new.minutes, new.corrects, new.struck) == (90, True, "")
    assert (old.minutes, old.struck) == (120, "只上了半场")
    with pytest.raises(Refused) as no:
        do(world.worker, correct_training, training_id=first, on=TODAY, title="x", minutes=90, reason="x", now=NOW)
    assert no.value.rule == "record_struck"


@pytest.mark.parametrize("minutes", [0, 45, 6030, None])
def test_training_is_in_half_hours(world: World, minutes: int | None) -> None:
    with pytest.raises(BadInput):
        do(world.worker, note_training, volunteer_id=a_volunteer(world), on=TODAY, title="急救", minutes=minutes,
           now=NOW)  # fmt: skip


def test_an_award_is_struck_out_with_a_reason(world: World) -> None:
    volunteer = a_volunteer(world)
    one = do(world.worker, note_award, volunteer_id=volunteer, on=TODAY, title="服务之星", now=NOW)

    do(world.worker, strike_award, award_id=one, reason="记错人", now=NOW)

    with reading(world.worker) as session:
        assert [line.struck for line in awards(session, volunteer)] == ["记错人"]


def test_ratings_come_from_confirmed_orders_and_name_nobody(world: World) -> None:
    helper = a_helper(world)
    rated(world, an_order(world), helper, Satisfaction.SATISFIED, "王秀兰 13800001111 说很好")

    with reading(world.worker) as session:
        counts, lines = ratings(session, helper[1])

    assert counts == {Satisfaction.SATISFIED: 1}
    assert "13800001111" not in str(lines)


def test_a_linked_account_sees_its_records_and_a_merge_moves_them_there_and_back(world: World) -> None:
    kept, other = a_volunteer(world), a_volunteer(world, "V002", contact_name="女儿", contact_phone="13700001234")
    training, record = a_training(world, other), served_hours(world, other)
    application = an_application(world, volunteer_id=other)
    do(world.worker, link_account, volunteer_id=kept, account_id=world[Role.VOLUNTEER].id, now=NOW)

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other, now=NOW)

    assert row(world, VolunteerTraining, training).volunteer_id == kept
    assert row(world, VolunteerTraining, training).account_id == world[Role.VOLUNTEER].id
    assert row(world, VolunteerApplication, application).volunteer_id == kept
    assert (row(world, Volunteer, kept).contact_name, row(world, Volunteer, kept).contact_phone) == (
        "女儿",
        "13700001234",
    )
    do(world.secretary, undo_volunteer_merge, merge_id=merge, now=NOW)
    assert row(world, VolunteerTraining, training).volunteer_id == other
    assert row(world, VolunteerTraining, training).account_id is None
    assert row(world, ServiceRecord, record).volunteer_id == other
    assert row(world, Volunteer, kept).contact_phone is None
