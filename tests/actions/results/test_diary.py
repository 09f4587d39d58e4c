"""服务日志: drafted from records that are over, reviewed by somebody else, ended with the consent or the record."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from components.results.diary_words import draft_words, outlets_line, paste_text
from components.wording.dates import dated
from db.actions.activities.quotes import drop_quote
from db.actions.commitments.keeping import mark_kept, strike_keeping
from db.actions.orders.ratings import close_order
from db.actions.people.consents import withdraw_consent
from db.actions.results.diary import (
    amend_entry,
    approve_entry,
    draft_entry,
    return_entry,
    submit_entry,
    take_down,
    take_entry,
    withdraw_entry,
)
from db.audit import UNAUDITED
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused, WrongStage
from db.models import Account, Activity, Community, Consent, DiaryQuote, Keeping
from db.queries.results.diary import entries, quotable, to_take_down, trouble_of, warnings_of
from db.queries.results.diary_sources import sources, told_of
from db.rules.permissions import Actor
from db.terms import ConsentWay, DiarySource, DiaryState, DiaryTrouble, Role, Satisfaction, WitnessKind
from tests.builders.commitments import a_promise
from tests.builders.orders import a_helper, an_order, rated
from tests.builders.projects import a_project
from tests.builders.results import a_diary_entry, a_held_event, a_quote, entry_version, the_entry
from tests.builders.world import NOW, TODAY, World, another_actor, do

S = DiaryState


def seen(entry_id: int) -> dict[str, int]:
    return {"entry_id": entry_id, "version": entry_version(entry_id)}


def trouble(actor: Actor, entry_id: int) -> DiaryTrouble | None:
    with reading(actor) as session:
        return trouble_of(session, entry_id)


def test_an_entry_goes_from_a_record_to_an_outlet_by_two_people(world: World) -> None:
    number = a_diary_entry(world, state=S.TAKEN)

    found = the_entry(world.secretary, number)
    assert (found.row.state, found.row.trouble, found.row.standing) == (S.TAKEN, None, 1)
    assert found.row.written_by == world.worker.name
    assert found.reviewed_by == world.secretary.name
    assert [one.kind.value for one in found.steps] == ["taken", "approved", "submitted", "drafted"]


def test_the_author_does_not_approve_nor_does_who_changed_a_word(world: World) -> None:
    number = a_diary_entry(world)
    do(world.secretary, amend_entry, **seen(number), title="学插花", on=TODAY, body="四十名居民学会插花。")
    do(world.worker, submit_entry, **seen(number))

    for author in (world.worker, world.secretary):
        with pytest.raises(Refused, match="diary_own"):
            do(author, approve_entry, **seen(number), checked=True)
    do(world[Role.SUBDISTRICT_ADMIN], approve_entry, **seen(number), checked=False)

    assert the_entry(world.worker, number).row.state is S.APPROVED


def test_an_author_leaves_and_the_successor_reviews_or_writes_on(world: World) -> None:
    number, other = a_diary_entry(world), a_diary_entry(world, state=S.SUBMITTED)
    with as_system("test") as session:
        session.get_one(Account, world.worker.id).disabled_at = NOW
    successor = another_actor(world, Role.AREA_WORKER, "xin")

    do(successor, approve_entry, **seen(other), checked=False)
    do(successor, amend_entry, **seen(number), title="学插花", on=TODAY, body="接着写完。")
    do(successor, submit_entry, **seen(number))
    with pytest.raises(Refused, match="diary_own"):
        do(successor, approve_entry, **seen(number), checked=False)

    assert the_entry(world.secretary, other).reviewed_by == successor.name


def test_what_points_at_a_person_is_shown_with_its_place_and_must_be_checked(world: World) -> None:
    event = a_held_event(world, guest="甄报名")
    number = a_diary_entry(world, event, state=S.SUBMITTED, body="大家都来了。\n甄报名带来一盆花，电话 13900000001。")

    with reading(world.secretary) as session:
        assert [(one.line, one.place, one.masked) for one in warnings_of(session, number)] == [
            (3, 1, "甄**"), (3, 13, "139****0001"),
        ]  # fmt: skip
    with pytest.raises(Refused, match="diary_personal") as refused:
        do(world.secretary, approve_entry, **seen(number), checked=False)
    assert "13900000001" not in str(refused.value.values)
    do(world.secretary, approve_entry, **seen(number), checked=True)

    assert "13900000001" not in paste_text(the_entry(world.secretary, number))


def test_an_entry_comes_back_with_its_reason_and_goes_again(world: World) -> None:
    number = a_diary_entry(world, state=S.SUBMITTED)
    do(world.secretary, return_entry, **seen(number), reason="写清楚多少人")
    assert the_entry(world.worker, number).reason == "写清楚多少人"

    do(world.worker, submit_entry, **seen(number))

    assert the_entry(world.worker, number).reason == ""


def test_a_draft_is_made_once_a_record_and_again_after_a_withdrawal(world: World) -> None:
    event = a_held_event(world)
    number = a_diary_entry(world, event)
    with pytest.raises(Refused, match="diary_there"):
        a_diary_entry(world, event)
    with reading(world.worker) as session:
        assert sources(session, DiarySource.ACTIVITY, today=TODAY) == ()

    assert do(world.secretary, withdraw_entry, **seen(number), reason="重写") == 0

    assert a_diary_entry(world, event) != number


def test_a_draft_of_an_activity_names_nobody(world: World) -> None:
    event = a_held_event(world, report="甄报名教大家插花，电话 13900000001，住3幢501室。", guest="甄报名")

    with reading(world.worker) as session:
        told = told_of(session, DiarySource.ACTIVITY, event)
    assert told is not None
    body = draft_words(told).body

    assert not any(one in body for one in ("甄报名", "13900000001", "501"))
    assert "服务 40 人次" in body
    assert "回访 20 人，满意 95%" in body


def test_a_draft_of_an_order_names_neither_door_nor_people(world: World) -> None:
    order = an_order(world)
    rated(world, order, a_helper(world), Satisfaction.SATISFIED, "王秀兰说李福根真好")
    with reading(world.worker) as session:
        assert told_of(session, DiarySource.ORDER, order) is None, "it is not closed yet"
    do(world.worker, close_order, order_id=order)
    with reading(world.worker) as session:
        (row,) = sources(session, DiarySource.ORDER, today=TODAY)
        told = told_of(session, DiarySource.ORDER, row.id)
    assert told is not None
    said = draft_words(told)

    assert "代买菜" in said.title
    assert not any(one in said.body for one in ("王秀兰", "李福根", "101", "真好"))


@pytest.mark.parametrize("source", [DiarySource.PROJECT, DiarySource.ACTIVITY])
def test_what_is_not_over_is_not_told(world: World, source: DiarySource) -> None:
    record = a_project(world) if source is DiarySource.PROJECT else a_held_event(world)
    with as_system("test") as session:
        session.execute(update(Activity).values(sensitive=True), execution_options=UNAUDITED)

    with pytest.raises(Refused, match="diary_not_over"):
        do(world.worker, draft_entry, source=source, record_id=record, title="一", on=TODAY, body="二")


def test_a_consent_withdrawn_after_the_review_stops_the_taking(world: World) -> None:
    event = a_held_event(world)
    quote, consent = a_quote(world, event)
    number = a_diary_entry(world, event, state=S.APPROVED, quotes=(quote,))
    assert "手不抖了" in paste_text(the_entry(world.secretary, number))

    do(world.worker, withdraw_consent, consent_id=consent, reason="改主意")

    assert trouble(world.secretary, number) is DiaryTrouble.CONSENT_GONE
    assert "手不抖了" not in paste_text(the_entry(world.secretary, number))
    with pytest.raises(Refused, match="diary_trouble"):
        do(world.secretary, take_entry, **seen(number), outlet="公众号", went_on=TODAY)
    do(world.secretary, return_entry, **seen(number), reason="去掉引用")
    do(world.worker, amend_entry, **seen(number), title="学插花", on=TODAY, body="四十名居民学会插花。")
    assert trouble(world.secretary, number) is None


def test_a_consent_withdrawn_after_publication_asks_for_removal_with_the_outlets(world: World) -> None:
    event = a_held_event(world)
    quote, consent = a_quote(world, event)
    number = a_diary_entry(world, event, state=S.TAKEN, quotes=(quote,))
    do(world.worker, withdraw_consent, consent_id=consent, reason="改主意")

    with reading(world.secretary) as session:
        assert [one.id for one in to_take_down(session)] == [number]
    assert f"公众号“服务日志”（{dated(date(2026, 3, 5))}）" in outlets_line(the_entry(world.secretary, number))
    assert do(world.secretary, withdraw_entry, **seen(number), reason="同意已撤回") == 1
    (outlet,) = the_entry(world.secretary, number).standing
    do(world.worker, take_down, outlet_id=outlet.id, version=outlet.version, down_on=TODAY)

    with reading(world.secretary) as session:
        assert to_take_down(session) == ()
    with pytest.raises((Refused, Conflict)):
        do(world.worker, take_down, outlet_id=outlet.id, version=outlet.version, down_on=TODAY)


def test_a_quote_that_was_dropped_or_a_childs_is_not_told(world: World) -> None:
    event = a_held_event(world)
    quote, consent = a_quote(world, event)
    number = a_diary_entry(world, event, quotes=(quote,))
    do(world.worker, drop_quote, quote_id=quote)
    assert trouble(world.worker, number) is DiaryTrouble.CONSENT_GONE

    other, given = a_quote(world, event, "甄小宝", "102")
    with as_system("test") as session:
        session.get_one(Consent, given).way = ConsentWay.GUARDIAN

    with reading(world.worker) as session:
        assert quotable(session, event) == ()
    with pytest.raises(BadInput, match="quote_ids"):
        do(world.worker, amend_entry, **seen(number), title="一", on=TODAY, body="二", quote_ids=(other,))
    assert consent != given


def test_a_promise_that_was_reversed_after_the_diary_takes_the_entry_with_it(world: World) -> None:
    promise = a_promise(world)
    do(world.worker, mark_kept, commitment_id=promise, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶")
    with reading(world.worker) as session:
        (row,) = sources(session, DiarySource.KEEPING, today=TODAY)
        told = told_of(session, DiarySource.KEEPING, row.id)
    assert told is not None
    assert "刘奶奶" not in draft_words(told).body
    number = do(world.worker, draft_entry, source=DiarySource.KEEPING, record_id=row.id, given=draft_words(told))
    do(world.worker, submit_entry, **seen(number))

    with reading(world.worker) as session:
        kept = session.scalars(select(Keeping)).one()
    do(world.worker, strike_keeping, keeping_id=kept.id, version=kept.version, reason="记错了人")

    assert trouble(world.secretary, number) is DiaryTrouble.SOURCE_REVERSED
    with pytest.raises(Refused, match="diary_trouble"):
        do(world.secretary, approve_entry, **seen(number), checked=True)


def test_an_activity_that_becomes_sensitive_ends_its_entry(world: World) -> None:
    event = a_held_event(world)
    number = a_diary_entry(world, event, state=S.TAKEN)
    with as_system("test") as session:
        session.get_one(Activity, event).sensitive = True

    assert trouble(world.secretary, number) is DiaryTrouble.SOURCE_SENSITIVE


def test_a_renamed_community_stands_on_the_next_paste(world: World) -> None:
    number = a_diary_entry(world, state=S.APPROVED)
    with as_system("test") as session:
        session.get_one(Community, world.here).name = "新柳社区"

    assert "新柳社区" in paste_text(the_entry(world.secretary, number))


def test_two_reviewers_do_not_decide_twice(world: World) -> None:
    number = a_diary_entry(world, state=S.SUBMITTED)
    at_hand = seen(number)
    do(world.secretary, approve_entry, **at_hand, checked=False)

    with pytest.raises(Conflict):
        do(world[Role.SUBDISTRICT_ADMIN], return_entry, **at_hand, reason="再改改")
    with pytest.raises(WrongStage):
        do(world.worker, submit_entry, **seen(number))


def test_outlets_have_their_days(world: World) -> None:
    number = a_diary_entry(world, state=S.APPROVED)

    for wrong in (TODAY + timedelta(days=1), TODAY - timedelta(days=1), None):
        with pytest.raises(BadInput):
            do(world.secretary, take_entry, **seen(number), outlet="公众号", went_on=wrong)
    with pytest.raises(BadInput):
        do(world.worker, draft_entry, source=DiarySource.ACTIVITY, record_id=a_held_event(world), title="一",
           on=TODAY + timedelta(days=1), body="二", now=NOW)  # fmt: skip


def test_nobody_else_writes_or_reads_it(world: World) -> None:
    number = a_diary_entry(world, state=S.SUBMITTED)

    with pytest.raises(NotFound):
        do(world.other_secretary, approve_entry, **seen(number), checked=True)
    for role in (Role.VOLUNTEER, Role.TEAM_LEADER, Role.COUNCIL_MEMBER, Role.AUDITOR):
        with pytest.raises(NotPermitted):
            do(world[role], withdraw_entry, **seen(number), reason="不要了")
    with reading(world.other_secretary) as session:
        assert entries(session).rows == ()
    with reading(world.secretary) as session:
        assert session.scalars(select(DiaryQuote)).all() == []
