"""What a dispute does to its complaints: settled they wait for the revisit, relapsed they are in hand again."""

from datetime import timedelta

import pytest

from db.actions.complaints.mediation import (
    end_talk,
    escalate_mediation,
    record_talk,
)
from db.engine import reading
from db.models import Mediation
from db.queries.complaints.mediation import due_checks
from db.rules.complaints.life import Part
from db.terms import ComplaintState, ComplaintStepKind, MediationState, ResponsibleBody
from tests.builders.complaints import a_complaint, agree, at_table, check, seen, version_of_dispute
from tests.builders.world import NOW, TODAY, World, do, row

LATER = timedelta(days=30)


def test_settled_the_complaint_is_answered_with_what_was_agreed(world: World) -> None:
    one = a_complaint(world)
    dispute = at_table(world, one)
    measure = agree(world, dispute, "烟道改造")

    assert check(world, measure, True) == MediationState.SETTLED

    facts = seen(world, one)
    assert (facts.state, facts.reply) == (ComplaintState.REPLIED, "改造烟道，每周清洗")
    assert facts.steps[-1].values == {"mediation": row(world, Mediation, dispute).number}


def test_without_words_the_measures_are_the_answer(world: World) -> None:
    one = a_complaint(world)
    measure = agree(world, at_table(world, one), "烟道改造到楼顶", agreed="")

    check(world, measure, True)

    assert seen(world, one).reply == "烟道改造到楼顶"


def test_a_check_that_never_passed_is_no_relapse(world: World) -> None:
    one = a_complaint(world)
    measure = agree(world, at_table(world, one), "烟道改造")

    assert check(world, measure, False) == MediationState.AGREED

    assert (seen(world, one).state, seen(world, one).relapses) == (ComplaintState.HANDED_OVER, 0)


def test_a_relapse_takes_the_answer_back_before_the_revisit(world: World) -> None:
    one = a_complaint(world)
    measure = agree(world, at_table(world, one), "烟道改造")
    check(world, measure, True)

    assert check(world, measure, False, days=40) == MediationState.RELAPSED

    facts = seen(world, one)
    assert (facts.state, facts.reply, facts.relapses) == (ComplaintState.HANDED_OVER, "", 0)
    assert facts.steps[-1].kind is ComplaintStepKind.MEDIATION


def test_what_the_parties_cannot_settle_goes_to_the_department(world: World) -> None:
    one = a_complaint(world)
    dispute = at_table(world, one)
    words = {"issues": "烟道不到顶", "basis": "", "agreed": "", "not_agreed": "费用谁出"}
    do(world.worker, record_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), **words)
    do(world.worker, end_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), agreed=False)

    values = {"version": version_of_dispute(world, dispute), "reason": "三次协商未果"}
    do(world.worker, escalate_mediation, mediation_id=dispute, **values, now=NOW + LATER)

    facts = seen(world, one)
    assert (facts.state, facts.responsible) == (ComplaintState.HANDED_OVER, ResponsibleBody.DEPARTMENT)
    assert facts.due_on is not None
    assert facts.due_on > (NOW + LATER).date()
    assert (facts.steps[-1].kind, facts.steps[-1].note) == (ComplaintStepKind.ESCALATED, "三次协商未果")
    assert {role.body: role.part for role in facts.stage}[ResponsibleBody.COMMUNITY] is Part.BESIDE


def test_checks_are_listed_from_the_day_on_which_they_are_due(world: World) -> None:
    measure = agree(world, at_table(world, a_complaint(world)), "烟道改造")

    with reading(world.worker) as session:
        before = due_checks(session, today=TODAY + timedelta(days=19))
        due = due_checks(session, today=TODAY + timedelta(days=20))
    check(world, measure, True)
    with reading(world.worker) as session:
        after = due_checks(session, today=TODAY + timedelta(days=60))

    assert (before, after) == ((), ())
    assert [(one.title, one.checker) for one in due] == [("烟道改造", "小陈")]


@pytest.mark.parametrize("passed", [True, False])
def test_a_dispute_without_complaints_goes_its_way(small_world: World, passed: bool) -> None:
    one = a_complaint(small_world)
    dispute = at_table(small_world, one)
    measure = agree(small_world, dispute, "烟道改造")
    other = a_complaint(small_world)

    check(small_world, measure, passed)

    assert seen(small_world, other).state is ComplaintState.REGISTERED
