"""报出一个数: what left the house is kept with what it stood on, counted here and not taken from a screen."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Community, ReportedFigure, Squad
from db.queries.results.counted import Chosen
from db.queries.results.figures import base
from db.rules.permissions import Permission
from db.rules.results.period import period as period_of
from db.terms import ResultFigure


@action(Permission.REPORT_RESULT)
def report_figure(
    session: Session,
    *,
    what: ResultFigure,
    period: str,
    community_id: int | None,
    squad_id: int | None,
    text: str,
    now: datetime,
) -> int:
    """Keep a figure as it is reported today, in the words `text`; the id.

    Raises Refused("figure_without_base") where there is nothing to report.
    """
    actor = actor_of(session)
    what = fields.chosen("what", what, list(ResultFigure))
    try:
        days = period_of(period, today=day_of(now))
    except (TypeError, ValueError):
        raise BadInput("period", Problem.UNKNOWN_CHOICE) from None
    home = community_id if actor.community_id is None else actor.community_id
    if community_id is not None and community_id != home:
        raise NotPermitted(permission="scope", role=actor.role)
    if home is not None:
        chosen_row(session, Community, "community_id", home)
    if squad_id is not None:
        chosen_row(session, Squad, "squad_id", squad_id)
    words = fields.line("text", text, most=500)
    of_squads = what is ResultFigure.SESSIONS
    chosen = Chosen(days, home, squad_id if of_squads else None)
    numerator, denominator = base(session, what, chosen)
    if denominator == 0 and not (what is ResultFigure.HOURS and numerator):
        raise Refused("figure_without_base")
    kept = ReportedFigure(
        subdistrict_id=actor.subdistrict_id,
        what=what,
        period=days.code,
        since=days.since,
        until=days.until,
        community_id=home,
        squad_id=chosen.squad_id,
        numerator=numerator,
        denominator=denominator,
        restricted=actor.sees_restricted,
        words=words,
        at=now,
        by=actor.id,
    )
    session.add(kept)
    session.flush()
    return kept.id
