"""成效数字 as a ledger: the seven figures with what they are made of, for a form of the subdistrict."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from db.queries.results.counted import Chosen
from db.queries.results.figures import results
from db.rules.reports.fields import Period
from db.rules.results.period import of_days, year_before
from db.terms import FigureUnit, ResultFigure

F, U = ResultFigure, FigureUnit
UNITS = {
    F.PARTICIPATION: U.MEMBERS,
    F.SOLVED: U.MATTERS,
    F.HOURS: U.MINUTES,
    F.SATISFACTION: U.RATINGS,
    F.SESSIONS: U.SESSIONS,
    F.BENEFICIARIES: U.HOUSEHOLDS,
    F.LIVELIHOOD: U.PROJECTS,
}


def figure_rows(session: Session, community_id: int, period: Period) -> list[dict[str, Any]]:
    """A row for each figure, as the page of results counts it over these days.

    What has no denominator leaves the cell empty; the sample is what a figure stands on, which a growth has not.
    """
    chosen = Chosen(of_days(period.start, period.end), community_id)
    found = results(session, chosen, replace(chosen, period=year_before(chosen.period)))
    rows = []
    for serial, (what, unit) in enumerate(UNITS.items(), 1):
        part, whole = found.base(what)
        sample = None if what is F.HOURS else part if whole is None else whole
        rows.append(
            {
                "serial": serial, "figure": what, "numerator": part, "denominator": whole, "sample": sample,
                "unit": unit, "span": period,
            }
        )  # fmt: skip
    return rows
