"""Complaints through the real actions: each step in its order, who may, what is refused, and nothing lost in a race."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.complaints.complaints import (
    close_complaint,
    extend_due,
    hand_over,
    log_complaint,
    record_contact,
    reopen_complaint,
    reply_complaint,
    revisit_complaint,
    unmask_complaint,
    void_complaint,
)
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AuditEntry, Complaint
from db.queries.complaints.complaints import ComplaintFilters, View, complaints
from db.queries.complaints.page import complaint, complaint_originals
from db.terms import (
    ComplaintState,
    ComplaintStepKind,
    HouseholdKind,
    NeedSource,
    ResponsibleBody,
    Role,
    Satisfaction,
    Urgency,
)
from tests.builders.complaints import (
    FUMES,
    a_complaint,
    closed,
    handed_over,
    replied,
    revisited,
    seen,
    then,
    version_of,
)
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

HAND_OVER: dict[str, Any] = {
    "responsible": ResponsibleBody.PROPERTY_COMPANY, "name": "某物业", "note": "", "due_on": TODAY + timedelta(days=7),
}  # fmt: skip


def kinds(world: World, complaint_id: int) -> list[ComplaintStepKind]:
    return [step.kind for step in seen(world, complaint_id).steps]


def test_a_complaint_gets_its_number_its_title_without_numbers_and_its_times(world: World) -> None:
    first = a_complaint(
        world, "3幢501室楼下饭店油烟大，电话13812345678", asker_name="赵测试", asker_phone="13812345678"
    )
    second = a_complaint(world)

    facts = seen(world, first)
    assert (facts.number, seen(world, second).number) == ("LL-T2026-0001", "LL-T2026-0002")
    assert "501" not in facts.title + facts.description
    assert "1381234" not in facts.title + facts.description
    assert facts.asker == "赵** 138****5678"
    assert facts.contact_due_at == NOW + timedelta(hours=24)
    assert facts.due_on == TODAY + timedelta(days=11)


def test_danger_is_due_today_and_contacted_within_the_hour(world: World) -> None:
    facts = seen(world, a_complaint(world, urgency=Urgency.SAFETY))

    assert (facts.contact_due_at, facts.due_on) == (NOW + timedelta(hours=1), TODAY)


def test_what_a_restricted_household_says_is_restricted(world: World) -> None:
    household = a_household(world, restricted=True)
    named = another_actor(world, Role.SECRETARY, "named", sees_restricted=True)

    told = a_complaint(world, by=named, household_id=household)

    with reading(world.worker) as session, pytest.raises(NotFound):
        complaint(session, told, today=TODAY)
    with pytest.raises(NotFound):
        a_complaint(world, household_id=household)
    with reading(named) as session:
        assert complaint(session, told, today=TODAY).restricted


def test_the_door_of_a_restricted_household_is_refused_too(world: World) -> None:
    a_household(world, "201", restricted=True, kind=HouseholdKind.ORDINARY)

    with pytest.raises(Refused) as told:
        a_complaint(world, building="1幢", stairwell="1单元", room="201")

    assert told.value.rule == "door_restricted"


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("description", "", Problem.EMPTY),
        ("description", "长" * 1001, Problem.TOO_LONG),
        ("source", None, Problem.EMPTY),
        ("category_id", None, Problem.EMPTY),
        ("category_id", 999, Problem.UNKNOWN_CHOICE),
        ("place_id", None, Problem.EMPTY),
        ("title", "长" * 61, Problem.TOO_LONG),
        ("asker_phone", "abc", Problem.NO_PHONE),
        ("received_on", TODAY + timedelta(days=1), Problem.TOO_LATE),
        ("source_number", "1" * 61, Problem.TOO_LONG),
        ("urgency", None, Problem.EMPTY),
    ],
)
def test_bad_input_is_told_at_its_field(small_world: World, field: str, value: Any, problem: Problem) -> None:
    with pytest.raises(BadInput) as told:
        a_complaint(small_world, **{field: value})

    assert (told.value.field, told.value.problem) == (field, problem)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("responsible", None, Problem.EMPTY),
        ("name", "", Problem.EMPTY),
        ("note", "长" * 501, Problem.TOO_LONG),
        ("due_on", None, Problem.EMPTY),
        ("due_on", TODAY - timedelta(days=1), Problem.TOO_EARLY),
    ],
)
def test_bad_input_of_handing_over_is_told_at_its_field(
    small_world: World, field: str, value: Any, problem: Problem
) -> None:
    one = a_complaint(small_world)

    with pytest.raises(BadInput) as told:
        then(small_world, hand_over, one, **HAND_OVER | {field: value})

    assert (told.value.field, told.value.problem) == (field, problem)


def test_a_complaint_walks_from_the_telephone_to_its_end(world: World) -> None:
    one = a_complaint(world)

    in_time = then(world, record_contact, one, said="说晚上七点最重", now=NOW + timedelta(hours=2))
    handed_over(world, one, assists=[ResponsibleBody.COMMUNITY])
    then(world, extend_due, one, due_on=TODAY + timedelta(days=20), reason="等检测结果")
    then(world, reply_complaint, one, reply="已要求清洗净化器")
    values: dict[str, Any] = {"reached": True, "solved": True, "satisfaction": Satisfaction.VERY_SATISFIED, "said": ""}
    result = then(world, revisit_complaint, one, **values, close=True)

    facts = seen(world, one)
    assert in_time
    assert result == {"tries": 0, "closed": True}
    assert (facts.state, facts.solved, facts.due_on) == (ComplaintState.CLOSED, True, TODAY + timedelta(days=20))
    K = ComplaintStepKind
    assert kinds(world, one) == [
        *(K.REGISTERED, K.CONTACTED, K.HANDED_OVER, K.EXTENDED, K.REPLIED, K.REVISITED, K.CLOSED)
    ]


def test_only_the_first_contact_counts_and_a_late_one_is_told_as_late(world: World) -> None:
    one = a_complaint(world)

    late = then(world, record_contact, one, said="", now=NOW + timedelta(days=3))
    then(world, record_contact, one, said="再问一次", now=NOW + timedelta(days=4))

    assert late is False
    assert seen(world, one).contacted_at == NOW + timedelta(days=3)


def test_nothing_is_closed_without_a_reply_or_a_revisit(world: World) -> None:
    one = a_complaint(world)
    with pytest.raises(WrongStage):
        then(world, close_complaint, one, said="算了")
    replied(world, one)

    with pytest.raises(Refused) as told:
        then(world, close_complaint, one, said="算了")

    assert told.value.rule == "complaint_lacks_revisit"


def test_three_tries_in_vain_stand_for_a_revisit(world: World) -> None:
    one = replied(world, a_complaint(world))
    values: dict[str, Any] = {"reached": False, "solved": None, "satisfaction": None, "said": "没人接"}

    tries = [then(world, revisit_complaint, one, **values)["tries"] for _ in range(2)]
    with pytest.raises(Refused):
        then(world, close_complaint, one, said="")
    then(world, revisit_complaint, one, **values)
    then(world, close_complaint, one, said="")

    assert tries == [1, 2]
    facts = seen(world, one)
    assert (facts.state, facts.solved) == (ComplaintState.CLOSED, None)


def test_tries_before_the_last_reply_do_not_count(world: World) -> None:
    one = replied(world, a_complaint(world))
    values: dict[str, Any] = {"reached": False, "solved": None, "satisfaction": None, "said": ""}
    for _ in range(3):
        then(world, revisit_complaint, one, **values)

    replied(world, one)

    assert seen(world, one).tries == 0
    with pytest.raises(Refused):
        then(world, close_complaint, one, said="")


def test_an_unsolved_one_goes_back_or_is_closed_with_its_reason(world: World) -> None:
    again, ended = (revisited(world, replied(world, a_complaint(world)), solved=False) for _ in range(2))

    handed_over(world, again)
    with pytest.raises(BadInput) as told:
        then(world, close_complaint, ended, said="")
    then(world, close_complaint, ended, said="列入明年计划")

    assert told.value.field == "said"
    assert (seen(world, again).state, seen(world, again).solved) == (ComplaintState.HANDED_OVER, None)
    assert (seen(world, ended).state, seen(world, ended).solved) == (ComplaintState.CLOSED, False)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("reached", {"reached": None}),
        ("solved", {"solved": None}),
        ("satisfaction", {"satisfaction": None}),
        ("said", {"solved": False, "said": ""}),
    ],
)
def test_a_revisit_without_an_answer_is_told_at_its_field(small_world: World, field: str, values: Any) -> None:
    one = replied(small_world, a_complaint(small_world))
    given = {"reached": True, "solved": True, "satisfaction": Satisfaction.SATISFIED, "said": ""}

    with pytest.raises(BadInput) as told:
        then(small_world, revisit_complaint, one, **given | values)

    assert told.value.field == field


def test_a_relapse_counts_and_begins_anew(world: World) -> None:
    one = closed(world, a_complaint(world))

    times = then(world, reopen_complaint, one, reason="又冒油烟", now=NOW + timedelta(days=20))

    facts = seen(world, one)
    assert (times, facts.relapses, facts.state) == (1, 1, ComplaintState.REOPENED)
    assert (facts.reply, facts.solved, facts.closed_at) == ("", None, None)
    assert facts.due_on is not None
    assert facts.due_on > TODAY + timedelta(days=20)
    closed(world, one)
    assert then(world, reopen_complaint, one, reason="还是冒") == 2


def test_only_a_closed_one_can_come_back(small_world: World) -> None:
    with pytest.raises(WrongStage):
        then(small_world, reopen_complaint, a_complaint(small_world), reason="又来")


def test_an_extension_leads_to_a_later_day(small_world: World) -> None:
    one = handed_over(small_world, a_complaint(small_world))

    for due_on in (TODAY + timedelta(days=7), TODAY - timedelta(days=1), None):
        with pytest.raises(BadInput) as told:
            then(small_world, extend_due, one, due_on=due_on, reason="等检测")
        assert told.value.field == "due_on"


def test_only_the_secretary_voids_and_only_before_an_answer(world: World) -> None:
    one, other = a_complaint(world), replied(world, a_complaint(world))

    with pytest.raises(NotPermitted):
        then(world, void_complaint, one, reason="重复")
    with pytest.raises(WrongStage):
        then(world, void_complaint, other, reason="重复", by=world.secretary)
    then(world, void_complaint, one, reason="重复登记", by=world.secretary)

    assert seen(world, one).state is ComplaintState.VOID


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.DISTRICT_VIEWER])
def test_who_only_looks_writes_nothing(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        a_complaint(small_world, by=small_world[role])


def test_two_who_hand_over_at_once_the_second_is_told(world: World) -> None:
    one = a_complaint(world)
    version = version_of(world, one)
    bodies = list(ResponsibleBody)[:4]

    def hand(body: ResponsibleBody) -> str:
        try:
            values = {**HAND_OVER, "responsible": body, "complaint_id": one, "version": version, "now": NOW}
            carry_out(world.worker, secrets.token_hex(8), hand_over, **values)
        except Conflict:
            return "told"
        return body.value

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(hand, bodies))

    assert sorted(results).count("told") == 3
    won = next(result for result in results if result != "told")
    assert row(world, Complaint, one).responsible == won
    assert kinds(world, one).count(ComplaintStepKind.HANDED_OVER) == 1


def test_a_repeated_press_logs_one(world: World) -> None:
    key = secrets.token_hex(8)
    values = {
        "description": FUMES, "source": NeedSource.CALL, "category_id": world.categories[1], "place_id": world.place,
        "now": NOW,
    }  # fmt: skip

    made = [carry_out(world.worker, key, log_complaint, **values) for _ in range(2)]

    assert made[0] == made[1]
    with reading(world.secretary) as session:
        assert len(complaints(session, world.here, ComplaintFilters(View.ALL), today=TODAY).rows) == 1


def test_the_original_is_read_once_with_a_reason_and_leaves_a_trace(world: World) -> None:
    household = a_household(world)
    one = a_complaint(world, asker_name="赵测试", asker_phone="13812345678", household_id=household)

    with pytest.raises(BadInput):
        do(world.worker, unmask_complaint, complaint_id=one, reason="")
    trace = do(world.worker, unmask_complaint, complaint_id=one, reason="回电")

    with reading(world.worker) as session:
        clear = complaint_originals(session, one, trace, now=NOW)
        stale = complaint_originals(session, one, trace, now=NOW + timedelta(minutes=5))
    with reading(world.secretary) as session:
        others = complaint_originals(session, one, trace, now=NOW)
    assert clear is not None
    assert (clear.name, clear.phone, clear.door) == ("赵测试", "13812345678", "柳林小区1幢1单元101")
    assert stale is None
    assert others is None
    with as_system("test") as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.operation == "read")).all()
        assert [(entry.reason, "赵测试" in str(entry.changes)) for entry in entries] == [("回电", False)]


def test_another_community_sees_nothing(world: World) -> None:
    one = a_complaint(world)

    with reading(world.other_secretary) as session, pytest.raises(NotFound):
        complaint(session, one, today=TODAY)
    with pytest.raises(NotFound):
        then(world, record_contact, one, said="", by=world.other_secretary)
