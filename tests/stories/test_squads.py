"""A1-03, A2-10 and hours that hold: squads joined and led on phones, a silver squad, a month looked through."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.people.consents import record_consent
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.placements import claim_place
from db.actions.volunteers.settling import answer_finding, answer_hours, settle_sheet
from db.actions.volunteers.showcase import add_story, post_squad_opening
from db.actions.volunteers.squads import (
    answer_request,
    ask_to_join,
    change_squad,
    found_squad,
    join_squad,
    leave_own_squad,
    name_leaders,
)
from db.engine import as_system, reading
from db.errors import Refused
from db.models import HoursChange, HoursClaim, ServiceRecord, Volunteer
from db.queries.volunteers.deeds import deeds_of
from db.queries.volunteers.integrity import answers_of, changes_of, findings_of, own_hours
from db.queries.volunteers.openings import open_posts
from db.queries.volunteers.squads import members_of_squad, requests_of, squad_page, squads, stories_of
from db.rules.volunteers.squads import fitting
from db.terms import ConsentScope, ConsentWay, HoursAnswer, HoursFinding, VolunteerKind
from tests.builders.volunteers import a_slot, a_squad, a_theme, a_volunteer, a_volunteer_actor, credit_slot
from tests.builders.world import NOW, TODAY, World, do

MONTH = TODAY.replace(day=1)


def test_a_squad_is_found_by_theme_joined_led_and_shown(world: World) -> None:
    leader, electrician = a_volunteer_actor(world, "leader"), a_volunteer_actor(world, "electrician")
    with reading(world.secretary) as session:
        ids = dict(session.execute(select(Volunteer.account_id, Volunteer.id)).all())
    first, second = ids[leader.id], ids[electrician.id]
    a_squad(world, "合唱队")
    theme = a_theme(world, "环保宣传")
    squad_id = do(world.worker, found_squad, name="楼道灯火队", theme_id=theme, founded_on=TODAY - timedelta(days=90))
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=first)
    do(world.worker, name_leaders, squad_id=squad_id, version=1, leader_id=first, deputy_id=None)

    # Two taps: the theme is chosen, the squad is asked; the leader answers on the phone, and runs it.
    with reading(electrician) as session:
        assert [one.name for one in squads(session, theme_id=theme).rows] == ["楼道灯火队"]
    do(electrician, ask_to_join, squad_id=squad_id, word="会修灯")
    with reading(leader) as session:
        (request,) = requests_of(session, squad_id)
    assert (request.skills, request.word) == (("电工",), "会修灯")
    do(leader, answer_request, request_id=request.id, accepted=True)
    do(
        leader,
        change_squad,
        squad_id=squad_id,
        version=2,
        name="楼道灯火队",
        theme_id=theme,
        slogan="一盏灯暖一楼",
        charter="",
    )
    do(leader, post_squad_opening, squad_id=squad_id, title="换灯", skill="电工", places=1)

    # The post fits the skill and says why; it is claimed; what was served stands on the squad's page.
    with reading(electrician) as session:
        (post,) = open_posts(session, account_id=electrician.id).rows
    assert (post.project, fitting(post.skill, post.task, ["电工"])) == ("楼道灯火队", "电工")
    do(electrician, claim_place, opening_id=post.id)
    credit_slot(world, a_slot(world, NOW - timedelta(hours=3), title="楼道巡检", post="3幢"), second, 120)
    do(world.worker, record_consent, volunteer_id=second, scope=ConsentScope.STORY, given_on=TODAY,
       way=ConsentWay.PAPER, told="登在风采里")  # fmt: skip
    do(leader, add_story, squad_id=squad_id, volunteer_id=second, words="灯亮了，人就近了")
    with reading(electrician) as session:
        page = squad_page(session, squad_id, account_id=electrician.id, year=TODAY.year)
        deeds = deeds_of(session, squad_id, since=TODAY - timedelta(days=365))
        told = stories_of(session, squad_id, today=TODAY)
    assert page
    assert (page.leader[-3:], page.people.people, page.i_am_in) == ("志**", 2, True)
    assert [(one.what, one.people, one.minutes) for one in deeds.last] == [("楼道巡检 3幢", 1, 120)]
    assert [one.words for one in told] == ["灯亮了，人就近了"]

    # Who leaves stands in the history with day and reason.
    do(electrician, leave_own_squad, squad_id=squad_id, reason="去外地")
    with reading(world.secretary) as session:
        assert [one.left_reason for one in members_of_squad(session, squad_id, past=True).rows] == ["去外地"]
        assert deeds_of(session, squad_id, since=MONTH).last != ()


def test_a_silver_squad_tells_its_mean_age_and_four_people_have_none(world: World) -> None:
    squad_id = a_squad(world, "银发丹心队")
    for number, born in enumerate((1950, 1953, 1955, 1957, 1960)):
        who = a_volunteer(world, f"V{number}")
        with as_system("test") as session:
            volunteer = session.get_one(Volunteer, who)
            volunteer.birth_year, volunteer.kind = born, VolunteerKind.PARTY_MEMBER
        if number == 4:
            with reading(world.secretary) as session:
                four = squad_page(session, squad_id, account_id=0, year=2026)
        do(world.worker, join_squad, squad_id=squad_id, volunteer_id=who)

    with reading(world.secretary) as session:
        five = squad_page(session, squad_id, account_id=0, year=2026)
    assert four
    assert five
    assert (four.people.people, four.people.mean_age, four.people.party_percent) == (4, None, None)
    assert (five.people.mean_age, five.people.party_percent) == (71, 100)


def test_a_months_hours_are_looked_through_and_every_doubt_is_answered(world: World) -> None:
    person = a_volunteer_actor(world, "one")
    with reading(world.secretary) as session:
        who = session.scalars(select(Volunteer.id).where(Volunteer.account_id == person.id)).one()
    slot = a_slot(world, NOW - timedelta(hours=3))
    credit_slot(world, slot, who, 120)

    # The volunteer objects on the phone; nothing is held up by it.
    with reading(person) as session:
        (mine,) = own_hours(session, person.id).rows
    do(person, answer_hours, record_ids=[mine.id], agreed=False, objection="只去了一小时")
    with reading(world.worker) as session:
        (found,) = findings_of(session, MONTH).rows
    assert (found.kind, found.volunteer_id) == (HoursFinding.OBJECTION, who)

    # Asked first, then corrected: the trail tells both, and the answer stays readable when the finding is gone.
    values = {"key": found.key, "month": MONTH, "kind": found.kind, "facts": found.facts, "volunteer_id": who}
    do(world.worker, answer_finding, **values, answer=HoursAnswer.ASKED, word="已打电话")
    with reading(world.worker) as session:
        assert [one.asked for one in findings_of(session, MONTH).rows] == ["已打电话"]
    do(world.worker, correct_service, record_id=mine.id, minutes=60, reason="本人说只去了一小时")
    do(world.worker, answer_finding, **values, answer=HoursAnswer.CORRECTED, word="改为一小时")
    with reading(world.worker) as session:
        assert findings_of(session, MONTH).rows == ()
        assert [(one.answer, one.word) for one in answers_of(session, MONTH).rows] == [
            (HoursAnswer.CORRECTED, "改为一小时")
        ]
        assert [(one.before, one.after) for one in changes_of(session, MONTH).rows] == [(120, 60)]
        assert session.scalars(select(HoursChange.reason)).all() == ["本人说只去了一小时"]
    with as_system("test") as session:
        session.get_one(Volunteer, who).account_id = world.worker.id
    with pytest.raises(Refused, match="claim_own"):
        do(world.worker, answer_finding, **values, answer=HoursAnswer.CONFIRMED, word="没问题")

    # A sheet of twenty-one is confirmed by a second person, once for all of it.
    night = a_slot(world, NOW - timedelta(hours=3), title="文明劝导", post="路口")
    others = [a_volunteer(world, f"S{number:02}") for number in range(3)]
    for one in others:
        assert credit_slot(world, night, one, 60, sheet=21) == 0
    with pytest.raises(Refused, match="claim_own"):
        do(world.secretary, settle_sheet, slot_id=night, counted=True, word="我记的")
    assert do(world.worker, settle_sheet, slot_id=night, counted=True, word="看过签到表") == 3
    with reading(world.worker) as session:
        assert session.scalars(select(HoursClaim.counted)).all() == [True] * 3
        assert len(session.scalars(select(ServiceRecord.id).where(ServiceRecord.slot_id == night)).all()) == 3
