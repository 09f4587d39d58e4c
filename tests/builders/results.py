"""Periods and figures for tests."""

from datetime import date
from typing import Any

from db.engine import reading
from db.queries.results.counted import Chosen
from db.queries.results.figures import Results, results
from db.rules.permissions import Actor
from db.rules.results.period import before, period
from tests.builders.world import TODAY, World


def counted_for(
    world: World, code: str = "2026-03", *, by: Actor | None = None, today: date = TODAY, **more: Any
) -> Results:
    """The figures of a period as an actor reads them, beside the period before."""
    shown = period(code, today=today)
    with reading(by or world.secretary) as session:
        return results(session, Chosen(shown, **more), Chosen(before(shown), **more))
