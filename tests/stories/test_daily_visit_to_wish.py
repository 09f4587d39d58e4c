"""A1-11: visits every day, one register a week, screening, council or service, the answer at the door."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from db.actions.doors.rounds import set_patch
from db.actions.doors.visits import log_visit, take_back_visit
from db.actions.meetings.attendance import take_attendance
from db.actions.meetings.meetings import add_need, send_notice
from db.actions.meetings.opening import open_meeting
from db.actions.needs.answers import give_answer
from db.actions.needs.merging import add_voice
from db.actions.needs.needs import log_need
from db.actions.needs.register import sign_week
from db.actions.needs.screening import finish_order, open_screening, route_need, score_need
from db.counters import wrong
from db.engine import reading, reading_as_system
from db.models import Answer, Household, Meeting, Need
from db.queries.doors.rounds import Round, stairwell_at_hand, todays_round
from db.queries.needs.register import week_register
from db.queries.needs.twins import twins_while_typing
from db.terms import (
    AnswerChannel,
    HouseholdKind,
    NeedSource,
    NeedStage,
    Reach,
    Role,
    Route,
    Satisfaction,
    Urgency,
    VisitOutcome,
)
from tests.builders.doors import a_door, late
from tests.builders.inputs import carry_out
from tests.builders.meetings import MOTION, a_draft
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

MONDAY = TODAY - timedelta(days=3)
FRIDAY, NEXT_WEEK = NOW + timedelta(days=1), NOW + timedelta(days=5)
LAMP, AGAIN, WISH = "楼道灯坏了半个月，晚上下楼看不见", "阿拉楼道的灯坏脱了，夜到看不见", "一个人住，腿脚不便，买菜很难"


def test_a_week_at_the_doors_becomes_a_decision_and_a_wish_fulfilled(world: World) -> None:
    secretary, worker = world.secretary, world.worker
    second = another_actor(world, Role.AREA_WORKER, "second")
    widow = a_door(world, "3幢", "2单元", "302", kind=HouseholdKind.HIGH_RISK, due_on=late(5), met_on=late(12))
    lamp_door = a_door(world, "3幢", "2单元", "102", due_on=late(20))
    next_door = a_door(world, "3幢", "2单元", "201", due_on=late(9))
    shut = a_door(world, "3幢", "1单元", "501", due_on=late(3))
    a_door(world, "7幢", "1单元", "101", due_on=late(3))
    do(secretary, set_patch, account_id=worker.id, parts=[(world.place, "3幢")])

    def the_round(now: datetime, *, evening: bool = False) -> Round:
        with reading(worker) as session:
            return todays_round(session, world.here, worker_id=worker.id, today=now.date(), evening=evening)

    def in_hand(now: datetime) -> int:
        """The door that the round puts into the worker's hand."""
        with reading(worker) as session:
            here = stairwell_at_hand(session, the_round(now).stops, today=now.date())
        assert here is not None
        return here.waiting[0].id

    def knock(door: int, outcome: VisitOutcome, now: datetime) -> int:
        visit: int = do(worker, log_visit, place_id=None, household_id=door, outcome=outcome, now=now)["visit_id"]
        return visit

    def told(visit: int, words: str, reach: Reach, people: int, category: int, now: datetime) -> int:
        stored: dict[str, Any] = do(
            worker, log_need, description=words, category_id=world.categories[category], place_id=world.place,
            building="3幢", reach=reach, people=people, urgency=Urgency.NORMAL, source=NeedSource.VISIT,
            visit_id=visit, now=now,
        )  # fmt: skip
        need_id: int = stored["id"]
        return need_id

    def need(need_id: int) -> Need:
        found: Need = row(world, Need, need_id)
        return found

    # Monday: the overdue high-risk household goes first; she cannot shop any more.
    monday = NOW - timedelta(days=3)
    assert (the_round(monday).doors, in_hand(monday)) == (4, widow)
    wish = told(knock(widow, VisitOutcome.MET, monday), WISH, Reach.HOUSEHOLD, 1, 0, monday)

    # Tuesday: a lamp. Wednesday: a shut door twice, one slip of the thumb taken back; it is left for the evening.
    tuesday, wednesday = monday + timedelta(days=1), monday + timedelta(days=2)
    lamp = told(knock(lamp_door, VisitOutcome.MET, tuesday), LAMP, Reach.BUILDING, 60, 5, tuesday)
    knock(shut, VisitOutcome.NOT_IN, tuesday)
    slip = knock(shut, VisitOutcome.MET, wednesday)
    do(worker, take_back_visit, visit_id=slip, now=wednesday + timedelta(minutes=1))
    knock(shut, VisitOutcome.NOT_IN, wednesday + timedelta(minutes=2))
    assert row(world, Household, shut).tries == 2
    assert the_round(wednesday, evening=True).doors == 1

    # Thursday: the neighbour tells of the same lamp in other words; it comes up while typing, one tap adds the voice.
    visit = knock(next_door, VisitOutcome.MET, NOW)
    with reading(worker) as session:
        heard = twins_while_typing(
            session, world.here, description=AGAIN, place_id=world.place, building="3幢", category_id=None, today=TODAY
        )
    assert [one.need.id for one in heard] == [lamp]
    said = do(worker, add_voice, need_id=lamp, visit_id=visit, description=AGAIN)
    assert (said["voices"], said["counted"]) == (2, True)
    assert not do(worker, add_voice, need_id=lamp, visit_id=visit, description=AGAIN)["counted"]

    # Friday: one register for the week, signed.
    with reading(secretary) as session:
        register = week_register(session, world.here, MONDAY)
    assert (len(register.rows), register.visits[VisitOutcome.NOT_IN], register.visits[VisitOutcome.MET]) == (3, 2, 3)
    assert do(secretary, sign_week, week=MONDAY, remark="齐", now=FRIDAY)["registered"] == 2

    # Screening: the lamp is everybody's and goes to the council, the wish is hers and is served.
    for need_id, points in ((lamp, (40, 15, 30)), (wish, (5, 9, 30))):
        screening = do(secretary, open_screening, need_id=need_id, version=need(need_id).version, now=NEXT_WEEK)
        for who in (secretary, second):
            do(
                who, score_need, screening_id=screening, demand=points[0], reach=points[1], feasibility=points[2],
                reason="按评分表", now=NEXT_WEEK,
            )  # fmt: skip
    for need_id, route in ((wish, Route.ORDER), (lamp, Route.COUNCIL)):
        do(
            secretary, route_need, need_id=need_id, version=need(need_id).version, route=route, reason="两人一致",
            now=NEXT_WEEK,
        )  # fmt: skip

    meeting = a_draft(world)
    item = do(secretary, add_need, meeting_id=meeting, need_id=lamp, motion=MOTION)
    do(secretary, send_notice, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    do(secretary, open_meeting, meeting_id=meeting)
    do(secretary, take_attendance, meeting_id=meeting, present=world.members[:14])
    vote_by_hands(world, item, 13, 0, 1)
    assert need(lamp).stage is not NeedStage.FOR_COUNCIL
    assert (need(lamp).voices, need(said["id"]).merged_into_id) == (2, lamp)

    # The wish: a neighbour shops; a week later the round leads to her door again, and there she gets her answer.
    carry_out(worker, "", finish_order, need_id=wish, version=need(wish).version, done="邻居每周二代买", now=NEXT_WEEK)
    assert in_hand(NEXT_WEEK) == widow
    knock(widow, VisitOutcome.MET, NEXT_WEEK)
    with reading(worker) as session:
        answer = session.execute(select(Answer.id).where(Answer.need_id == wish)).scalar_one()
    do(
        worker, give_answer, answer_id=answer, channel=AnswerChannel.DOOR, satisfaction=Satisfaction.VERY_SATISFIED,
        comment="谢谢", now=NEXT_WEEK,
    )  # fmt: skip

    assert need(wish).stage is NeedStage.CLOSED
    assert row(world, Household, widow).due_on == NEXT_WEEK.date() + timedelta(days=7)
    with reading_as_system("test") as session:
        assert wrong(session) == []
