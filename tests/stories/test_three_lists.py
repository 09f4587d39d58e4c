"""三单制: 群众点单、组织派单、党员接单, and the rating that keeps it honest.

A2-04 and A2-12 of docs/domain.md: 42 sessions by three teams; a bad rating followed up, a contested one reviewed.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from db.actions.orders.ratings import close_order, contest_rating, settle_case
from db.audit import UNAUDITED
from db.engine import as_system, reading
from db.models import OrderCase, Place, Squad, SquadMember
from db.queries.orders.figures import order_figures
from db.queries.orders.page import cases, order_facts
from db.rules.permissions import Actor
from db.terms import OrderCaseKind, OrderState, PlaceKind, Satisfaction, VolunteerKind
from tests.builders.orders import a_helper, a_service, an_order, rated
from tests.builders.volunteers import a_theme
from tests.builders.world import NOW, TODAY, World, do

TEAMS = (("小区楼栋服务队", 20), ("企业服务队", 14), ("商圈服务队", 8))
R = Satisfaction


def a_team(world: World, name: str, volunteer: int) -> None:
    theme = a_theme(world)
    with as_system("test") as session:
        squad = Squad(community_id=world.here, name=name, theme_id=theme, founded_on=date(2025, 1, 1))
        session.add(squad)
        session.flush()
        values = {
            "community_id": world.here,
            "squad_id": squad.id,
            "volunteer_id": volunteer,
            "joined_on": date(2025, 1, 1),
        }
        session.execute(insert(SquadMember).values(**values), execution_options=UNAUDITED)


@pytest.fixture
def teams(small_world: World) -> dict[str, tuple[Actor, int]]:
    found = {}
    for number, (name, _sessions) in enumerate(TEAMS):
        kind = VolunteerKind.RESIDENT if number == 2 else VolunteerKind.PARTY_MEMBER
        found[name] = a_helper(small_world, f"team{number}", kind=kind)
        a_team(small_world, name, found[name][1])
    return found


def test_forty_two_sessions_are_counted_by_team_place_and_month(
    small_world: World, teams: dict[str, tuple[Actor, int]]
) -> None:
    world, service = small_world, a_service(small_world)
    with as_system("test") as session:
        session.add(Place(community_id=world.here, name="枫叶商圈", kind=PlaceKind.STREET))
    rates = iter([R.VERY_SATISFIED] * 30 + [R.SATISFIED] * 6 + [R.FAIR] * 2 + [R.NO_REPLY] * 4)
    for name, sessions in TEAMS:
        for n in range(sessions):
            order = an_order(world, service)
            rated(world, order, teams[name], next(rates), now=NOW - timedelta(days=n % 4, hours=n // 4))
            do(world.worker, close_order, order_id=order)

    with reading(world.secretary) as session:
        figures = order_figures(session, today=TODAY)

    assert figures.sessions == 42
    assert {team.team: team.sessions for team in figures.teams} == dict(TEAMS)
    assert [(place.place, place.months[-1], place.sum) for place in figures.places] == [("柳林小区", 42, 42)]
    assert figures.by_party_members == 34
    assert figures.minutes == 42 * 60
    assert (figures.satisfied.numerator, figures.satisfied.denominator) == (36, 38)
    assert (figures.revisited.numerator, figures.revisited.denominator, figures.spoken) == (42, 42, 38)


def test_few_ratings_say_that_they_are_few(small_world: World, teams: dict[str, tuple[Actor, int]]) -> None:
    rated(small_world, an_order(small_world), teams[TEAMS[0][0]], R.SATISFIED)

    with reading(small_world.secretary) as session:
        figures = order_figures(session, today=TODAY)

    assert figures.satisfied.small
    assert figures.months[-1] == date(2026, 3, 1)


def test_a_bad_rating_is_followed_up_and_a_contested_one_reviewed(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    bad, unjust = an_order(world, service), an_order(world, service)
    rated(world, bad, helper, R.DISSATISFIED, "只做了一半")
    rated(world, unjust, helper, R.FAIR, "来晚了", now=NOW - timedelta(hours=2))
    do(helper[0], contest_rating, order_id=unjust, said="居民改过时间")

    # Contested: it does not count until the secretary has decided.
    with reading(world.secretary) as session:
        waiting: list[OrderCase] = list(cases(session))  # type: ignore[arg-type]
        assert order_figures(session, today=TODAY).satisfied.denominator == 1
    assert {case.kind for case in waiting} == {OrderCaseKind.FOLLOW_UP, OrderCaseKind.REVIEW}

    for case in waiting:
        do(
            world.secretary, settle_case, case_id=case.id, version=case.version, result="已核实",
            rating_after=R.SATISFIED,
        )  # fmt: skip
    for order in (bad, unjust):
        do(world.worker, close_order, order_id=order)

    with reading(world.secretary) as session:
        figures = order_figures(session, today=TODAY)
        facts = order_facts(session, bad, now=NOW)
    assert (figures.satisfied.numerator, figures.satisfied.denominator) == (2, 2)
    assert facts is not None
    assert (facts.state, facts.rating, facts.cases[0].words) == (OrderState.CLOSED, R.SATISFIED, "只做了一半")
