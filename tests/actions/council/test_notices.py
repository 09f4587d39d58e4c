"""Public notice and objections: nothing goes on while one is open."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.actions.council.notices import finish_notice, handle_objection, receive_objection, see_objector
from db.engine import as_system, reading, reading_as_system, utc_now
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AgendaItem, AuditEntry, HolidayOverride, Notice, Objection
from db.queries.council.notices import notice as read_notice
from db.queries.council.notices import objector
from db.rules.council.notice_input import PostedAnew
from db.terms import NeedStage, NoticeState, ObjectionState, Role
from tests.builders.council import OBJECTION, POSTED, a_notice, a_passed_item, an_objection
from tests.builders.meetings import in_session, need_behind
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do, row


def item_of(world: World, notice: int) -> int:
    item: int = row(world, Notice, notice).item_id
    return item


def test_a_posted_item_is_in_notice_for_working_days(world: World) -> None:
    notice = a_notice(world)

    assert row(world, Notice, notice).ends_on == date(2026, 3, 12)  # Thursday + 5 working days
    assert need_behind(world, item_of(world, notice)).stage is NeedStage.NOTICE


def test_a_day_off_set_by_the_subdistrict_makes_the_notice_longer(world: World) -> None:
    with as_system("test") as session:
        session.add(HolidayOverride(subdistrict_id=world.subdistrict, day=date(2026, 3, 9), workday=False))

    notice = a_notice(world)

    assert row(world, Notice, notice).ends_on == date(2026, 3, 13)


def test_a_year_without_a_calendar_is_marked_as_approximate(world: World) -> None:
    item = a_passed_item(world)

    notice = a_notice(world, item, now=NOW + timedelta(days=3 * 365))

    assert row(world, Notice, notice).approximate


def test_only_a_passed_item_is_posted_and_only_once(world: World) -> None:
    _, items = in_session(world, needs=2)
    vote_by_hands(world, items[0], 8, 4, 2)
    a_notice(world, items[0])

    with pytest.raises(WrongStage):
        a_notice(world, items[1])
    with pytest.raises(Refused, match="notice_exists"):
        a_notice(world, items[0])


@pytest.mark.parametrize("leak", ["联系人王某 13812345678", "3幢2单元501室受益", "身份证 330204196503071234"])
def test_personal_data_is_stopped_before_it_is_posted(world: World, leak: str) -> None:
    item = a_passed_item(world)

    with pytest.raises(Refused, match="personal_in_notice"):
        a_notice(world, item, body=leak)

    assert a_notice(world, item, body=leak, personal_checked=True) > 0


def test_the_offices_own_number_is_public(world: World) -> None:
    assert a_notice(world, body="异议请致电 0574-87654321。") > 0


@pytest.mark.parametrize("days", [0, 31, None])
def test_a_period_that_cannot_be_is_told_at_its_field(world: World, days: int | None) -> None:
    item = a_passed_item(world)

    with pytest.raises(BadInput) as told:
        a_notice(world, item, working_days=days)

    assert told.value.field == "working_days"


@pytest.mark.parametrize("field", ["title", "body", "where_posted", "objection_contact"])
def test_every_line_of_a_notice_is_needed(world: World, field: str) -> None:
    item = a_passed_item(world)

    with pytest.raises(BadInput) as told:
        a_notice(world, item, **{field: " "})

    assert (told.value.field, told.value.problem) == (field, Problem.EMPTY)


def test_a_notice_is_not_finished_on_its_last_day(world: World) -> None:
    notice = a_notice(world)
    last_day = NOW + timedelta(days=7)

    with pytest.raises(Refused, match="notice_running"):
        do(world.secretary, finish_notice, notice_id=notice, version=1, now=last_day)
    do(world.secretary, finish_notice, notice_id=notice, version=1, now=last_day + timedelta(days=1))

    assert row(world, Notice, notice).state is NoticeState.FINISHED
    assert need_behind(world, item_of(world, notice)).stage is NeedStage.TO_PROJECT


def test_an_unhandled_objection_blocks_the_next_step(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)
    after = NOW + timedelta(days=20)

    with pytest.raises(Refused) as refused:
        do(world.secretary, finish_notice, notice_id=notice, version=1, now=after)
    answered = {"result": ObjectionState.UPHELD, "answer": "灯具加装遮光罩，结果维持"}
    do(world.secretary, handle_objection, objection_id=objection, version=1, **answered)
    do(world.secretary, finish_notice, notice_id=notice, version=1, now=after)

    assert refused.value.values == {"rule": "objections_open", "count": 1}
    assert need_behind(world, item_of(world, notice)).stage is NeedStage.TO_PROJECT


def test_a_second_vote_takes_the_notice_down_and_the_need_waits_for_the_next_meeting(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)

    answered = {"result": ObjectionState.REVOTE, "answer": "方案有变，下次会议重新表决"}
    do(world.secretary, handle_objection, objection_id=objection, version=1, **answered)

    assert row(world, Notice, notice).state is NoticeState.WITHDRAWN
    assert need_behind(world, item_of(world, notice)).stage is NeedStage.FOR_COUNCIL
    assert row(world, AgendaItem, item_of(world, notice)).state.value == "passed"


def test_other_objections_are_still_answered_after_the_notice_came_down(world: World) -> None:
    notice = a_notice(world)
    first, second = an_objection(world, notice), an_objection(world, notice)
    do(
        world.secretary,
        handle_objection,
        objection_id=first,
        version=1,
        result=ObjectionState.REVOTE,
        answer="重新表决",
    )

    do(
        world.secretary,
        handle_objection,
        objection_id=second,
        version=1,
        result=ObjectionState.REVOTE,
        answer="一并重新表决",
    )

    assert row(world, Objection, second).state is ObjectionState.REVOTE


def test_an_objection_names_its_maker_and_is_kept_encrypted(world: World) -> None:
    notice = a_notice(world)

    objection = an_objection(world, notice)

    assert row(world, Objection, objection).objector == "王小明"
    for field in ("objector", "contact", "matter"):
        with pytest.raises(BadInput) as told:
            do(world.worker, receive_objection, notice_id=notice, **OBJECTION | {field: ""})
        assert told.value.field == field


def test_after_the_last_day_no_objection_is_heard(world: World) -> None:
    notice = a_notice(world)

    do(world.worker, receive_objection, notice_id=notice, **OBJECTION, now=NOW + timedelta(days=7))
    with pytest.raises(Refused, match="notice_over"):
        do(world.worker, receive_objection, notice_id=notice, **OBJECTION, now=NOW + timedelta(days=8))


def test_an_objection_is_answered_once_and_with_words(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)
    good = {"objection_id": objection, "result": ObjectionState.UPHELD, "answer": "维持"}
    with pytest.raises(BadInput):
        do(world.secretary, handle_objection, **good | {"answer": ""}, version=1)
    with pytest.raises(BadInput):
        do(world.secretary, handle_objection, **good | {"result": ObjectionState.OPEN}, version=1)
    do(world.secretary, handle_objection, **good, version=1)

    with pytest.raises((WrongStage, Conflict)):
        do(world.secretary, handle_objection, **good, version=2)


def test_staff_receive_but_only_the_secretary_decides(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)

    for role in (Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.SUBDISTRICT_ADMIN):
        with pytest.raises(NotPermitted):
            do(
                world[role],
                handle_objection,
                objection_id=objection,
                version=1,
                result=ObjectionState.UPHELD,
                answer="维持",
            )
    with pytest.raises(NotFound):
        do(
            world.other_secretary,
            handle_objection,
            objection_id=objection,
            version=1,
            result=ObjectionState.UPHELD,
            answer="维持",
        )


# --- a changed plan, and who objected -----------------------------------------------------------------


def changed(world: World, notice: int, plan: str, *, after: int = 0) -> int:
    objection = an_objection(world, notice)
    do(
        world.secretary, handle_objection, objection_id=objection, version=1, result=ObjectionState.CHANGED,
        answer="按您的意见改", plan=plan, now=NOW + timedelta(hours=after),
    )  # fmt: skip
    return objection


def plans_of(world: World, notice_id: int) -> list[tuple[int, str]]:
    with reading(world.secretary) as session:
        facts = read_notice(session, notice_id, today=TODAY)
    return [(plan.number, plan.words) for plan in facts.plans]


def test_a_changed_plan_is_kept_beside_the_one_that_was_voted_on(world: World) -> None:
    notice = a_notice(world)
    voted = row(world, AgendaItem, item_of(world, notice)).motion

    changed(world, notice, "先装1幢，夜里调暗")
    second = changed(world, notice, "先装1幢，夜里十点后关", after=1)

    assert plans_of(world, notice) == [(1, voted), (2, "先装1幢，夜里调暗"), (3, "先装1幢，夜里十点后关")]
    assert row(world, AgendaItem, item_of(world, notice)).motion == voted
    assert row(world, Objection, second).plan_before == "先装1幢，夜里调暗"


def test_a_plan_that_is_said_to_change_changes(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)
    voted = row(world, AgendaItem, item_of(world, notice)).motion
    asked = {"objection_id": objection, "version": 1, "result": ObjectionState.CHANGED, "answer": "改"}

    with pytest.raises(BadInput):
        do(world.secretary, handle_objection, **asked, plan="  ")
    with pytest.raises(Refused, match="plan_same"):
        do(world.secretary, handle_objection, **asked, plan=voted)

    assert row(world, Objection, objection).state is ObjectionState.OPEN


def test_a_changed_plan_may_be_posted_anew_for_a_period_of_its_own(world: World) -> None:
    notice = a_notice(world)
    before = row(world, Notice, notice)
    later = NOW + timedelta(days=1)
    do(
        world.secretary, handle_objection, objection_id=an_objection(world, notice), version=1,
        result=ObjectionState.CHANGED, answer="按您的意见改", plan="先装1幢，夜里调暗",
        anew=PostedAnew("方案修改如下：先装1幢，夜里调暗", "根据异议修改方案"), now=later,
    )  # fmt: skip

    with reading(world.secretary) as session:
        facts = read_notice(session, notice, today=TODAY)
    assert facts.body == "方案修改如下：先装1幢，夜里调暗"
    assert facts.posted_on == TODAY + timedelta(days=1)
    assert facts.ends_on > before.ends_on
    assert [(old.body, old.changed) for old in facts.versions] == [(before.body, ("body",))]


def test_a_resident_named_in_the_new_text_is_asked_about_before_it_is_posted(world: World) -> None:
    notice = a_notice(world)
    asked = {"objection_id": an_objection(world, notice), "version": 1, "result": ObjectionState.CHANGED,
             "answer": "按您的意见改", "plan": "先装1幢"}  # fmt: skip

    with pytest.raises(Refused, match="personal_in_notice"):
        do(world.secretary, handle_objection, **asked, anew=PostedAnew("找 13812345678", "根据异议修改方案"))
    assert row(world, Notice, notice).body == POSTED["body"]


def test_a_plan_is_not_touched_when_the_result_stands(world: World) -> None:
    notice = a_notice(world)
    objection = an_objection(world, notice)

    do(world.secretary, handle_objection, objection_id=objection, version=1, result=ObjectionState.UPHELD,
       answer="维持", plan="别的方案")  # fmt: skip

    assert len(plans_of(world, notice)) == 1


def test_who_objected_is_seen_once_for_a_reason_that_stays_in_the_log(world: World) -> None:
    objection = an_objection(world, a_notice(world))

    trace = do(world.worker, see_objector, objection_id=objection, reason="电话回复异议")

    with reading(world.worker) as session:
        seen = objector(session, objection, trace, now=utc_now())
        too_late = objector(session, objection, trace, now=utc_now() + timedelta(minutes=2))
        guessed = objector(session, objection, "x", now=utc_now())
    with reading(world.secretary) as session:
        others = objector(session, objection, trace, now=utc_now())
    with reading_as_system("test") as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert seen is not None
    assert (seen.name, seen.contact) == (OBJECTION["objector"], OBJECTION["contact"])
    assert (too_late, guessed, others) == (None, None, None)
    assert (entry.operation, entry.table_name, entry.reason) == ("read", "objection", "电话回复异议")
    assert OBJECTION["objector"] not in str(entry.changes)


def test_nobody_sees_an_objector_without_a_reason_or_the_right(world: World) -> None:
    objection = an_objection(world, a_notice(world))

    with pytest.raises(BadInput):
        do(world.worker, see_objector, objection_id=objection, reason=" ")
    for role in (Role.COUNCIL_MEMBER, Role.SUBDISTRICT_ADMIN, Role.AUDITOR):
        with pytest.raises(NotPermitted):
            do(world[role], see_objector, objection_id=objection, reason="看看")
