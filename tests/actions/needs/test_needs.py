from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.doors.visits import log_visit
from db.actions.needs.needs import amend_need, finish_handling, log_need, void_need
from db.actions.needs.register import sign_week
from db.engine import as_system, reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import Answer, Category, Need, ThreadEntry
from db.terms import AnswerKind, NeedSource, NeedStage, Reach, Role, Urgency, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World

MONDAY = TODAY - timedelta(days=3)


def told(world: World, **more: Any) -> dict[str, Any]:
    return {
        "description": "楼道灯坏了半个月，老人晚上下楼看不见。希望快点修。",
        "category_id": world.categories[5],
        "place_id": world.place,
        "building": "1",
        "reach": Reach.BUILDING,
        "people": 30,
        "urgency": Urgency.NORMAL,
        "now": NOW,
    } | more


def log(world: World, key: str = "", **more: Any) -> Need:
    return stored(carry_out(world.worker, key, log_need, **told(world, **more))["id"])


def stored(need_id: int) -> Need:
    with reading_as_system("test") as session:
        need = session.get(Need, need_id)
        assert need is not None
        return need


def amended(world: World, need: Need, **more: Any) -> dict[str, Any]:
    words, place = ("title", "description", "category_id"), ("place_id", "building", "reach")
    kept = (*words, *place, "people", "urgency", "special_group", "version")
    return {name: getattr(need, name) for name in kept} | {"need_id": need.id, "now": NOW} | more


def kinds(need_id: int) -> list[str]:
    with reading_as_system("test") as session:
        query = select(ThreadEntry.kind).where(ThreadEntry.need_id == need_id).order_by(ThreadEntry.id)
        return list(session.scalars(query))


def how_many(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


# --- logging ----------------------------------------------------------------------------------------


def test_a_need_gets_number_title_week_and_search_keys(world: World) -> None:
    need = log(world)

    assert need.number == "LL-2026-0001"
    assert need.title == "楼道灯坏了半个月，老人晚上下楼看不见"
    assert (need.week, need.stage, need.building) == (MONDAY, NeedStage.LOGGED, "1幢")
    assert "loudaodeng" in need.pinyin
    assert "lddhl" in need.initials


def test_a_need_of_a_visit_is_asked_by_the_household_visited(world: World) -> None:
    household = a_household(world)
    visit = carry_out(
        world.worker, "", log_visit, place_id=world.place, building="1", stairwell="1", room="101",
        outcome=VisitOutcome.MET,
    )  # fmt: skip

    need = log(world, visit_id=visit["visit_id"])

    assert (need.household_id, need.source) == (household, NeedSource.VISIT)


def test_a_caller_is_known_by_the_door(world: World) -> None:
    household = a_household(world)

    need = log(world, source=NeedSource.CALL, stairwell="1", room="101")

    assert need.household_id == household


def test_danger_goes_straight_to_handling_due_today(world: World) -> None:
    need = log(world, urgency=Urgency.SAFETY)

    assert (need.stage, need.due_on) == (NeedStage.HANDLING, TODAY)
    assert kinds(need.id) == ["logged", "handling"]


def test_late_on_sunday_evening_in_china_is_still_this_week(world: World) -> None:
    sunday_night = NOW.replace(day=8, hour=15, minute=59)

    assert log(world, now=sunday_night).week == MONDAY
    assert log(world, now=sunday_night + timedelta(minutes=1)).week == MONDAY + timedelta(weeks=1)


def test_a_need_logged_into_a_signed_week_is_marked_and_counts_as_registered(world: World) -> None:
    friday = NOW + timedelta(days=1)
    carry_out(world.secretary, "", sign_week, week=MONDAY, remark="", now=friday)

    need = log(world, now=friday)

    assert (need.stage, need.changed_after_sign_off) == (NeedStage.REGISTERED, True)


def test_name_and_phone_are_unreadable_in_the_database_and_in_the_log(world: World) -> None:
    need = log(world, asker_name="欧阳𠮷", asker_phone="138 0000 1234")

    assert (need.asker_name, need.asker_phone) == ("欧阳𠮷", "138 0000 1234")
    with reading_as_system("test") as session:
        from db.models import AuditEntry

        changes = session.execute(select(AuditEntry.changes).where(AuditEntry.table_name == "need")).scalar_one()
    assert changes["asker_name"] == [None, "•••"]
    assert "1234" not in str(changes["asker_phone"])


def test_a_telephone_number_in_the_words_does_not_reach_the_title(world: World) -> None:
    need = log(world, description="楼道灯坏了很久，请联系物业张师傅13812345678修灯")

    assert "1381234" not in need.title
    assert "13812345678" in need.description
    assert "13912345678" not in log(world, title="找13912345678").title


def test_a_need_submitted_twice_is_stored_once(world: World) -> None:
    first = log(world, "same-key")

    second = log(world, "same-key")

    assert first.id == second.id
    assert how_many(Need) == 1


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+SUM(A1:A9)",
        "# 大标题 **粗** ![图](https://example.org/x.png)",
        "<script>alert(1)</script><b>修灯</b>",
        "𠮷喆家的灯坏了",
        "灯坏了😀👵🏽",
        "'; DROP TABLE need; --",
        "{0} {title} %s %",
        "灯\n\n坏了\t三天",
        "长" * 1000,
    ],
)
def test_words_are_kept_as_the_resident_said_them(world: World, words: str) -> None:
    need = log(world, description=words)

    assert need.description == words.replace("\t", " ")
    assert need.title


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("description", "", Problem.EMPTY),
        ("description", "  \n\t ", Problem.EMPTY),
        ("description", "长" * 1001, Problem.TOO_LONG),
        ("title", "长" * 61, Problem.TOO_LONG),
        ("category_id", None, Problem.EMPTY),
        ("category_id", 999, Problem.UNKNOWN_CHOICE),
        ("place_id", None, Problem.EMPTY),
        ("place_id", 999, Problem.UNKNOWN_CHOICE),
        ("building", "楼" * 21, Problem.TOO_LONG),
        ("reach", None, Problem.EMPTY),
        ("reach", "street", Problem.UNKNOWN_CHOICE),
        ("people", None, Problem.EMPTY),
        ("people", 0, Problem.OUT_OF_RANGE),
        ("people", 100_001, Problem.OUT_OF_RANGE),
        ("people", 1.5, Problem.NOT_A_NUMBER),
        ("urgency", None, Problem.EMPTY),
        ("source", None, Problem.EMPTY),
        ("asker_name", "名" * 31, Problem.TOO_LONG),
        ("asker_phone", "abc", Problem.NO_PHONE),
        ("asker_phone", "=1+1", Problem.NO_PHONE),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_stored(
    small_world: World, field: str, value: Any, problem: Problem
) -> None:
    with pytest.raises(BadInput) as refused:
        log(small_world, **{field: value})

    assert (refused.value.field, refused.value.problem) == (field, problem)
    assert how_many(Need) == 0


def test_a_category_taken_out_of_the_dictionary_is_not_to_be_chosen(world: World) -> None:
    with as_system("test") as session:
        category = session.get(Category, world.categories[5])
        assert category is not None
        category.active = False

    with pytest.raises(BadInput) as refused:
        log(world)

    assert refused.value.field == "category_id"


def test_a_household_of_another_community_cannot_ask_here(world: World) -> None:
    stranger = a_household(world, "101", community_id=world.there)

    with pytest.raises(NotFound):
        log(world, household_id=stranger)


def test_a_need_of_a_restricted_household_is_restricted(world: World) -> None:
    household = a_household(world, restricted=True, alias="甲户")
    with as_system("test") as session:
        from db.models import Account
        from tests.builders.world import actor_for

        account = session.get(Account, world.worker.id)
        assert account is not None
        account.sees_restricted = True
        session.flush()
        named = actor_for(account)

    result = carry_out(named, "", log_need, **told(world, household_id=household))

    assert stored(result["id"]).restricted is True


# --- amending ---------------------------------------------------------------------------------------


def test_an_amendment_names_what_changed_and_keeps_the_old_words(world: World) -> None:
    need = log(world)

    changed = carry_out(world.worker, "", amend_need, **amended(world, need, description="灯修好又坏了", people=40))

    assert changed == ["description", "people"]
    with reading_as_system("test") as session:
        values = session.execute(select(ThreadEntry.values).where(ThreadEntry.kind == "amended")).scalar_one()
    assert values["fields"] == ["description", "people"]
    assert values["was"] == {"description": need.description}
    assert values["after_sign_off"] is False


def test_an_amendment_that_changes_nothing_leaves_no_line(world: World) -> None:
    need = log(world)

    changed = carry_out(world.worker, "", amend_need, **amended(world, need))

    assert changed == []
    assert kinds(need.id) == ["logged"]
    assert stored(need.id).version == need.version


def test_a_change_after_the_week_was_signed_is_marked(world: World) -> None:
    need = log(world)
    carry_out(world.secretary, "", sign_week, week=MONDAY, remark="", now=NOW + timedelta(days=1))

    carry_out(world.worker, "", amend_need, **amended(world, stored(need.id), people=40))

    assert stored(need.id).changed_after_sign_off is True


def test_who_amends_an_old_version_is_told_and_overwrites_nothing(world: World) -> None:
    need = log(world)
    carry_out(world.secretary, "", amend_need, **amended(world, need, people=40))

    with pytest.raises(Conflict) as refused:
        carry_out(world.worker, "", amend_need, **amended(world, need, people=50))

    assert refused.value.values["version"] == need.version + 1
    assert stored(need.id).people == 40


def test_danger_found_later_moves_the_need_to_handling(world: World) -> None:
    need = log(world)

    carry_out(world.worker, "", amend_need, **amended(world, need, urgency=Urgency.SAFETY))

    assert (stored(need.id).stage, stored(need.id).due_on) == (NeedStage.HANDLING, TODAY)


def test_danger_found_when_the_council_has_it_is_refused_in_words(world: World) -> None:
    need = stored(a_need(world, stage=NeedStage.FOR_COUNCIL))

    with pytest.raises(Refused) as refused:
        carry_out(world.worker, "", amend_need, **amended(world, need, urgency=Urgency.SAFETY))

    assert refused.value.rule == "danger_too_late"


def test_a_closed_need_is_not_amended(world: World) -> None:
    need = stored(a_need(world, stage=NeedStage.CLOSED))

    with pytest.raises(WrongStage):
        carry_out(world.worker, "", amend_need, **amended(world, need, people=40))


# --- withdrawing and handling -----------------------------------------------------------------------


def test_a_need_is_voided_with_a_reason_and_stays_in_the_database(world: World) -> None:
    need = log(world)

    carry_out(world.secretary, "", void_need, need_id=need.id, version=need.version, reason="登记错了", now=NOW)

    assert stored(need.id).stage is NeedStage.VOID
    assert kinds(need.id) == ["logged", "voided"]


def test_a_need_is_not_voided_without_a_reason(small_world: World) -> None:
    need = log(small_world)

    with pytest.raises(BadInput) as refused:
        carry_out(small_world.secretary, "", void_need, need_id=need.id, version=need.version, reason=" ")

    assert refused.value.field == "reason"


def test_a_lead_with_other_voices_is_not_voided(world: World) -> None:
    lead = log(world)
    a_need(world, stage=NeedStage.MERGED, merged_into_id=lead.id)

    with pytest.raises(Refused) as refused:
        carry_out(world.secretary, "", void_need, need_id=lead.id, version=lead.version, reason="重复")

    assert refused.value.rule == "void_has_voices"


def test_a_worker_voids_nothing(small_world: World) -> None:
    need = log(small_world)

    with pytest.raises(NotPermitted):
        carry_out(small_world.worker, "", void_need, need_id=need.id, version=need.version, reason="重复")


def test_handled_danger_owes_the_asker_an_answer(world: World) -> None:
    need = log(world, urgency=Urgency.SAFETY)

    owed = carry_out(
        world.worker, "", finish_handling, need_id=need.id, version=need.version, done="已换灯，加固护栏", now=NOW
    )

    assert owed == 1
    assert stored(need.id).stage is NeedStage.ANSWERING
    with reading_as_system("test") as session:
        answer = session.scalars(select(Answer)).one()
    assert (answer.kind, answer.words) == (AnswerKind.HANDLED, "已换灯，加固护栏")


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.VOLUNTEER, Role.AUDITOR, Role.DISPLAY])
def test_only_workers_and_secretaries_log_needs(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        carry_out(small_world[role], "", log_need, **told(small_world))
