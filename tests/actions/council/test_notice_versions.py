"""A posted notice is corrected as a new version that says what changed, or withdrawn with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.council.notices import correct_notice, finish_notice, handle_objection, post_notice, withdraw_notice
from db.engine import reading
from db.errors import BadInput, Conflict, Problem, Refused, WrongStage
from db.models import AgendaItem, Notice, Objection
from db.queries.council.notices import NoticeFacts, items_to_post, notice
from db.terms import NeedStage, NoticeState, ObjectionState
from tests.builders.council import POSTED, a_notice, a_passed_item, an_objection
from tests.builders.meetings import need_behind
from tests.builders.world import NOW, TODAY, World, do, row

TOMORROW = NOW + timedelta(days=1)
TEXTS: dict[str, Any] = {name: POSTED[name] for name in ("title", "body", "where_posted", "objection_contact")}
CORRECTED: dict[str, Any] = TEXTS | {"body": "经议事会表决通过，更换 1 至 6 幢感应灯。", "reason": "正文漏了楼号"}


def seen(world: World, notice_id: int) -> NoticeFacts:
    with reading(world.secretary) as session:
        return notice(session, notice_id, today=TODAY)


def correct(world: World, notice_id: int, **more: Any) -> dict[str, str]:
    version = row(world, Notice, notice_id).version
    values = CORRECTED | {"notice_id": notice_id, "version": version, "now": TOMORROW} | more
    done: dict[str, str] = do(world.secretary, correct_notice, **values)
    return done


def withdraw(world: World, notice_id: int, **more: Any) -> int:
    values = {"notice_id": notice_id, "version": row(world, Notice, notice_id).version, "reason": "张贴错了小区"}
    done: int = do(world.secretary, withdraw_notice, **values | more)
    return done


# --- corrected --------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_version_that_says_what_changed(world: World) -> None:
    posted = a_notice(world)
    before = seen(world, posted)

    correct(world, posted)

    now = seen(world, posted)
    (old,) = now.versions
    assert now.body == CORRECTED["body"]
    assert (old.number, old.body, old.changed, old.reason) == (1, POSTED["body"], ("body",), "正文漏了楼号")
    assert (old.posted_on, old.ends_on, old.replaced_at) == (before.posted_on, before.ends_on, TOMORROW)


def test_the_period_of_a_corrected_notice_begins_anew(world: World) -> None:
    posted = a_notice(world)
    first_end = row(world, Notice, posted).ends_on

    done = correct(world, posted)

    corrected = row(world, Notice, posted)
    assert corrected.posted_on == TODAY + timedelta(1)
    assert corrected.ends_on > first_end
    assert done["ends_on"] == corrected.ends_on.isoformat()
    over = NOW + timedelta(days=(first_end - TODAY).days + 1)
    with pytest.raises(Refused, match="notice_running"):
        do(world.secretary, finish_notice, notice_id=posted, version=corrected.version, now=over)


def test_each_version_is_compared_with_the_one_that_took_its_place(world: World) -> None:
    posted = a_notice(world)
    correct(world, posted)

    correct(world, posted, where_posted="各单元门口", objection_contact="居委会 0574-87654322", reason="电话错了")

    changed = {old.number: old.changed for old in seen(world, posted).versions}
    assert changed == {1: ("body",), 2: ("where_posted", "objection_contact")}


def test_a_correction_that_changes_nothing_is_told(world: World) -> None:
    posted = a_notice(world)

    with pytest.raises(Refused, match="notice_same"):
        correct(world, posted, **TEXTS)


def test_personal_data_does_not_get_in_by_a_correction(world: World) -> None:
    posted = a_notice(world)
    body = "联系王小明 13812345678"

    with pytest.raises(Refused, match="personal_in_notice"):
        correct(world, posted, body=body)

    correct(world, posted, body=body, personal_checked=True)


def test_objections_stay_with_a_corrected_notice(world: World) -> None:
    posted = a_notice(world)
    objection = an_objection(world, posted)

    correct(world, posted)

    assert [one.id for one in seen(world, posted).objections] == [objection]


def test_what_is_over_is_not_corrected_and_two_do_not_correct_at_once(world: World) -> None:
    posted = a_notice(world)
    with pytest.raises(Conflict):
        correct(world, posted, version=row(world, Notice, posted).version - 1)
    with pytest.raises(Refused, match="notice_over"):
        correct(world, posted, now=NOW + timedelta(days=40))

    withdraw(world, posted)
    with pytest.raises(WrongStage):
        correct(world, posted)


# --- withdrawn --------------------------------------------------------------------------------------------


def test_a_withdrawn_notice_says_why_and_its_item_is_posted_anew(world: World) -> None:
    item = a_passed_item(world)
    posted = a_notice(world, item)

    withdraw(world, posted)

    gone = seen(world, posted)
    assert (gone.state, gone.withdrawn_reason) == (NoticeState.WITHDRAWN, "张贴错了小区")
    assert need_behind(world, item).stage is NeedStage.ON_AGENDA
    with reading(world.secretary) as session:
        assert [one.item_id for one in items_to_post(session)] == [item]
    again = a_notice(world, item)
    assert again != posted
    assert need_behind(world, item).stage is NeedStage.NOTICE
    with pytest.raises(Refused, match="notice_exists"):
        do(world.secretary, post_notice, **POSTED, item_id=item)


def test_an_objection_is_answered_before_the_notice_goes(world: World) -> None:
    posted = a_notice(world)
    objection = an_objection(world, posted)

    with pytest.raises(Refused, match="objections_open"):
        withdraw(world, posted)

    values = {"version": row(world, Objection, objection).version, "result": ObjectionState.UPHELD, "answer": "维持"}
    do(world.secretary, handle_objection, objection_id=objection, **values)
    withdraw(world, posted)


def test_a_second_vote_is_not_posted_without_the_vote(world: World) -> None:
    """It takes the notice down, too, but the item waits for a meeting and not for a paper."""
    item = a_passed_item(world)
    objection = an_objection(world, a_notice(world, item))
    values = {"version": row(world, Objection, objection).version, "result": ObjectionState.REVOTE, "answer": "重议"}
    do(world.secretary, handle_objection, objection_id=objection, **values)

    with reading(world.secretary) as session:
        assert items_to_post(session) == ()
    with pytest.raises(Refused, match="notice_exists"):
        do(world.secretary, post_notice, **POSTED, item_id=item)
    assert need_behind(world, item).stage is NeedStage.FOR_COUNCIL


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_withdrawal_needs_a_reason(world: World, reason: str) -> None:
    posted = a_notice(world)

    with pytest.raises(BadInput) as told:
        withdraw(world, posted, reason=reason)

    assert (told.value.field, told.value.problem) == ("reason", Problem.EMPTY)
    assert row(world, AgendaItem, row(world, Notice, posted).item_id) is not None
