"""A figure is reported: counted by the action, kept as it was, compared later; nothing without a base."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.results.reports import report_figure
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Refused
from db.models import ReportedFigure
from db.queries.results.counted import Chosen
from db.queries.results.figures import base
from db.queries.results.reported import bases_today, reports
from db.rules.results.period import period
from db.terms import ResultFigure, Role, Satisfaction
from tests.builders.orders import a_helper, a_service, an_order, rated
from tests.builders.world import NOW, TODAY, World, do

F = ResultFigure
SHOWN = Chosen(period("2026-03", today=TODAY))


def report(world: World, what: ResultFigure = F.SESSIONS, **more: Any) -> int:
    values = {"what": what, "period": "2026-03", "community_id": None, "squad_id": None, "text": "开展服务 1 场次。"}
    kept: int = do(more.pop("by", world.secretary), report_figure, **(values | more))
    return kept


def test_what_was_reported_stays_and_a_base_that_changed_is_seen(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    rated(world, an_order(world, service), helper, Satisfaction.SATISFIED)
    first = report(world)
    rated(world, an_order(world, service), helper, Satisfaction.SATISFIED, now=NOW - timedelta(hours=3))

    with reading(world.secretary) as session:
        kept = reports(session, Chosen(SHOWN.period, world.here), F.SESSIONS)
        known = base(session, F.SESSIONS, SHOWN)
        now = bases_today(session, kept, SHOWN, known, sees_restricted=False)

    assert [(one.id, one.base, one.text) for one in kept] == [(first, (1, None), "开展服务 1 场次。")]
    assert now == {first: (2, None)}


def test_a_reader_who_counts_other_matters_does_not_compare(world: World) -> None:
    rated(world, an_order(world), a_helper(world), Satisfaction.SATISFIED)
    report(world)

    with reading(world.secretary) as session:
        kept = reports(session, SHOWN)
        now = bases_today(session, kept, SHOWN, (1, None), sees_restricted=True)

    assert len(kept) == 1
    assert now == {}


def test_without_a_base_there_is_nothing_to_report(world: World) -> None:
    with pytest.raises(Refused, match="figure_without_base"):
        report(world, F.SATISFACTION)


def test_a_secretary_reports_for_the_own_community_alone_and_sees_no_other(world: World) -> None:
    with pytest.raises(NotPermitted):
        report(world, community_id=world.there)
    report(world)
    with as_system("test") as session:
        assert session.query(ReportedFigure).one().community_id == world.here

    with reading(world.other_secretary) as session:
        assert reports(session, Chosen(SHOWN.period, world.here)) == ()


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.AUDITOR, Role.DISTRICT_VIEWER])
def test_who_only_reads_reports_nothing(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        report(small_world, by=small_world[role])


@pytest.mark.parametrize("period_code", ["", "2026-13", "2027", None])
def test_no_period_no_report(small_world: World, period_code: str | None) -> None:
    with pytest.raises(BadInput, match="period"):
        report(small_world, period=period_code)
