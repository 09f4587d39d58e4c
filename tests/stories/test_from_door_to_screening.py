"""A1-11, docs/domain.md 7.2: from the knock on a door to a route, and back to the door with the answer."""

from datetime import timedelta

from sqlalchemy import select

from db.actions.doors.visits import log_visit
from db.actions.needs.answers import answer_tried, give_answer
from db.actions.needs.merging import merge_needs, not_twins, undo_merge
from db.actions.needs.needs import log_need
from db.actions.needs.register import sign_week
from db.actions.needs.screening import finish_order, open_screening, route_need, score_need
from db.counters import wrong
from db.engine import reading, reading_as_system
from db.models import Answer, Need
from db.queries.needs.life import need_life
from db.queries.needs.register import week_register
from db.queries.needs.screening import desk
from db.queries.needs.twins import twins_of
from db.terms import AnswerChannel, NeedSource, NeedStage, Reach, Role, Route, Satisfaction, Urgency, VisitOutcome
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor

MONDAY = TODAY - timedelta(days=3)
FRIDAY, NEXT_WEEK = NOW + timedelta(days=1), NOW + timedelta(days=5)


def test_three_doors_one_lamp_and_a_widow_who_cannot_shop(world: World) -> None:
    secretary, worker = world.secretary, world.worker
    second = another_actor(world, Role.AREA_WORKER, "second")

    def knock(room: str, outcome: VisitOutcome = VisitOutcome.MET) -> int:
        visit = carry_out(
            worker, f"knock-{room}", log_visit, place_id=world.place, building="3", stairwell="2", room=room,
            outcome=outcome, now=NOW,
        )  # fmt: skip
        assert visit["visit_id"] is not None
        return visit["visit_id"]

    def told(visit: int, words: str, reach: Reach, people: int, category: int) -> int:
        need = carry_out(
            worker, f"need-{visit}", log_need, description=words, category_id=world.categories[category],
            place_id=world.place, building="3", reach=reach, people=people, urgency=Urgency.NORMAL,
            source=NeedSource.VISIT, visit_id=visit, now=NOW,
        )  # fmt: skip
        need_id: int = need["id"]
        return need_id

    def version(need_id: int) -> int:
        with reading(secretary) as session:
            return session.execute(select(Need.version).where(Need.id == need_id)).scalar_one()

    # The worker knocks on four doors; nobody is in at one.
    knock("101", VisitOutcome.NOT_IN)
    lamp = told(knock("102"), "楼道灯坏了半个月，晚上下楼看不见", Reach.BUILDING, 60, 5)
    again = told(knock("201"), "楼道的灯不亮了，晚上看不见路", Reach.BUILDING, 60, 5)
    widow = told(knock("302"), "一个人住，腿脚不便，买菜很难", Reach.HOUSEHOLD, 1, 0)

    # The second lamp is recognised; the shopping is said to be something else; a wrong merge is taken back.
    with reading(worker) as session:
        assert [twin.other.id for twin in twins_of(session, again, today=TODAY)] == [lamp]
    carry_out(worker, "same", merge_needs, lead_id=lamp, member_id=again, now=NOW)
    carry_out(worker, "differ", not_twins, first_id=lamp, second_id=widow, now=NOW)
    carry_out(worker, "slip", merge_needs, lead_id=lamp, member_id=widow, now=NOW)
    carry_out(secretary, "back", undo_merge, member_id=widow, now=NOW)

    # On Friday the secretary reads the register and signs it.
    with reading(secretary) as session:
        register = week_register(session, world.here, MONDAY)
    assert (len(register.rows), register.visits[VisitOutcome.NOT_IN], register.incomplete) == (3, 1, ())
    assert carry_out(secretary, "sign", sign_week, week=MONDAY, remark="齐", now=FRIDAY)["registered"] == 2

    # Both needs are scored by two people who do not see each other.
    for need_id, points in ((lamp, (5, 15, 30)), (widow, (5, 9, 30))):
        screening = carry_out(
            secretary, f"open-{need_id}", open_screening, need_id=need_id, version=version(need_id), now=NEXT_WEEK
        )
        for who in (secretary, second):
            with reading(who) as session:
                open_desk = desk(session, need_id, who.id)
            assert open_desk is not None
            assert (open_desk.given, open_desk.combined) == ((), None)
            carry_out(
                who, f"score-{need_id}-{who.id}", score_need, screening_id=screening, demand=points[0],
                reach=points[1], feasibility=points[2], reason="按评分表", now=NEXT_WEEK,
            )  # fmt: skip

    # The widow's wish is no public matter: it is served as an order. The lamp waits for the council's reserve.
    with reading(secretary) as session:
        closed = desk(session, widow, secretary.id)
    assert closed is not None
    assert closed.suggestion is not None
    assert closed.suggestion.route is Route.ORDER
    for need_id, route in ((widow, Route.ORDER), (lamp, Route.RESERVE)):
        carry_out(
            secretary, f"route-{need_id}", route_need, need_id=need_id, version=version(need_id), route=route,
            reason="两人一致", now=NEXT_WEEK,
        )  # fmt: skip

    # A neighbour shops for her; the worker calls twice, and only then is the need struck off.
    carry_out(worker, "done", finish_order, need_id=widow, version=version(widow), done="邻居每周二代买", now=NEXT_WEEK)
    with reading(worker) as session:
        answer = session.execute(select(Answer.id).where(Answer.need_id == widow)).scalar_one()
    carry_out(worker, "try", answer_tried, answer_id=answer, now=NEXT_WEEK)
    carry_out(
        worker, "tell", give_answer, answer_id=answer, channel=AnswerChannel.PHONE,
        satisfaction=Satisfaction.VERY_SATISFIED, comment="谢谢", now=NEXT_WEEK,
    )  # fmt: skip

    with reading(secretary) as session:
        hers, its = need_life(session, widow), need_life(session, lamp)
    assert hers is not None
    assert its is not None
    assert (hers.need.stage, its.need.stage, its.need.voices) == (NeedStage.CLOSED, NeedStage.RESERVE, 2)
    assert [line.kind for line in hers.lines] == [
        "logged", "not_twins", "merged_into", "merge_undone", "week_signed", "screening_opened", "scored", "scored",
        "screened", "routed", "order_done", "answer_due", "answer_tried", "answered", "closed",
    ]  # fmt: skip
    assert all(line.actor for line in hers.lines)
    assert [voice.description for voice in its.voices] == ["楼道的灯不亮了，晚上看不见路"]
    with reading_as_system("test") as session:
        assert wrong(session) == []
