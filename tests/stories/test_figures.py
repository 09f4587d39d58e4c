"""Figures that can be believed: what the articles print, each with its parts, reported in a sentence and kept.

A2-13, A2-14, A2-15, A2-16, A2-23 of docs/domain.md.
"""

from datetime import date, timedelta

from sqlalchemy import update

from components.results.words import told
from db import counters
from db.actions.complaints.complaints import reopen_complaint
from db.actions.results.reports import report_figure
from db.audit import UNAUDITED
from db.engine import as_system, reading
from db.models import Member, Project
from db.queries.projects.livelihood import livelihood_projects
from db.queries.results.counted import Chosen
from db.queries.results.figures import base
from db.queries.results.reported import bases_today, reports
from db.rules.results.period import before, period
from db.terms import ProjectKind, ResultFigure, Role, Satisfaction
from tests.builders.complaints import a_complaint, closed, version_of
from tests.builders.members import a_branch, a_party_member
from tests.builders.orders import a_helper, a_service, an_order, rated
from tests.builders.projects import a_project
from tests.builders.results import counted_for
from tests.builders.volunteers import a_volunteer, served_hours
from tests.builders.world import NOW, TODAY, World, do

F = ResultFigure
MARCH = period("2026-03", today=TODAY)


def say(world: World, what: ResultFigure) -> str:
    return told(counted_for(world), MARCH, before(MARCH), "")[what].sentence


def test_two_of_five_members_become_three_of_five(small_world: World) -> None:
    world, branch = small_world, a_branch(small_world)
    for number in range(5):
        member, volunteer = a_party_member(world, branch, f"郑{'一二三四五'[number]}"), a_volunteer(world, f"V{number}")
        with as_system("test") as session:
            linked = update(Member).where(Member.id == member).values(volunteer_id=volunteer)
            session.execute(linked, execution_options=UNAUDITED)
        if number < 2:
            served_hours(world, volunteer, on=date(2026, 2, 10))
        if number < 3:
            served_hours(world, volunteer, on=TODAY)

    sentence = say(world, F.PARTICIPATION)

    assert "5 名党员中有 3 名" in sentence
    assert "60%" in sentence
    assert "40%（2/5）" in sentence


def test_solved_matters_are_reported_and_one_that_relapses_says_that_the_base_changed(small_world: World) -> None:
    world, service = small_world, a_service(small_world)
    rated(world, an_order(world, service), a_helper(world), Satisfaction.VERY_SATISFIED)
    complaint = closed(world, a_complaint(world))
    words = say(world, F.SOLVED)
    do(
        world.secretary, report_figure, what=F.SOLVED, period="2026-03", community_id=None, squad_id=None, text=words
    )  # fmt: skip

    version = version_of(world, complaint)
    do(world.secretary, reopen_complaint, complaint_id=complaint, version=version, reason="又冒烟")

    shown = Chosen(MARCH, world.here)
    with reading(world.secretary) as session:
        (kept,) = reports(session, shown, F.SOLVED)
        now = bases_today(session, [kept], shown, base(session, F.SOLVED, shown), sees_restricted=False)
    assert "解决问题 2 件" in kept.text
    assert (kept.base, now[kept.id]) == ((2, 2), (1, 1))


def test_hours_stand_beside_those_of_last_year_and_a_month_without_one_says_so(small_world: World) -> None:
    volunteer = a_volunteer(small_world)
    served_hours(small_world, volunteer, 660, on=TODAY)
    assert "去年同期没有记录" in say(small_world, F.HOURS)

    served_hours(small_world, volunteer, 400 // 30 * 30, on=date(2025, 3, 3))
    with as_system("test") as session:
        counters.recount(session)

    assert "11 小时，去年同期 6.5 小时，同比 +69%" in say(small_world, F.HOURS)


def test_few_ratings_are_shown_with_n_replies_and_interval(small_world: World) -> None:
    world, service, helper = small_world, a_service(small_world), a_helper(small_world)
    for n, rating in enumerate((Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.NO_REPLY)):
        rated(world, an_order(world, service), helper, rating, now=NOW - timedelta(hours=2 * n))

    card = told(counted_for(world), MARCH, before(MARCH), "")[F.SATISFACTION].card

    assert card.value == "50%"
    assert "n=2" in card.note
    assert any("2/3" in part for part in card.parts)
    assert any("区间" in part for part in card.parts)


def test_ten_livelihood_projects_are_led_by_members(small_world: World) -> None:
    world, leader = small_world, small_world[Role.TEAM_LEADER]
    member = a_party_member(world, a_branch(world))
    projects = [a_project(world, title=f"民生{n}", kind=ProjectKind.LIVELIHOOD, leader_id=leader.id) for n in range(10)]
    with as_system("test") as session:
        linked = update(Member).where(Member.id == member).values(account_id=leader.id)
        session.execute(linked, execution_options=UNAUDITED)
        begun = update(Project).where(Project.id.in_(projects)).values(set_up_at=NOW - timedelta(days=9))
        session.execute(begun, execution_options=UNAUDITED)

    assert "民生实事项目 10 个（共 10 个）" in say(world, F.LIVELIHOOD)
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        listed = livelihood_projects(session, today=TODAY)
    assert len(listed) == 10
    assert all(row.branch for row in listed)
