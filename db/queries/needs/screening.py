"""筛选: what waits for a round, for scores, for a route; nobody sees another's scores before the round is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from db.models import Need, Screening, ScreeningScore, ScreeningWeights
from db.queries.needs.needs import NeedRow, listing, need_row
from db.rules.needs.screening import (
    Combined,
    Points,
    Score,
    Stability,
    Suggestion,
    WeightedParts,
    Weights,
    combine,
    stability,
    suggested_route,
)
from db.terms import NeedStage, Reach, Route, ScreeningState, Urgency

LIST_MOST = 100
CLOSED = (ScreeningState.SCORED, ScreeningState.ROUTED)
_Earlier = aliased(Screening)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A need in the desk's list; the total only when the round is closed, `mine` when the viewer has scored."""

    need: NeedRow
    state: ScreeningState | None
    scores: int
    mine: bool
    total_hundredths: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """One scorer's points with the reason."""

    scorer: str
    score: Score
    reason: str
    used: bool
    """Whether it went into the average: of three the two closest do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One need on the scorer's desk. Results are None while the round is open."""

    need_id: int
    need_version: int
    number: str
    title: str
    stage: NeedStage
    screening_id: int
    round: int
    state: ScreeningState
    weights: Weights
    scale: Weights
    """What points are given out of: the weights, in rounds of before the rubric's 40, 30 and 30."""
    evidence: Mapping[str, Any]
    scores: int
    mine: Score | None
    given: tuple[Given, ...]
    combined: Combined | None
    parts: WeightedParts | None
    suggestion: Suggestion | None
    stability: Stability | None
    candidates: int
    route: Route | None
    route_reason: str


@dataclass(frozen=True, slots=True)
class DatedWeights:
    """Weights from a day on, and who set them."""

    weights: Weights
    valid_from: date
    by: str
    set_at: datetime


def begins_with(session: Session, community_id: int) -> NeedStage:
    """The stage that the desk opens with: where scores are missing, else the first at which something waits.

    One statement that stops at the first need of each stage.
    """
    there = {
        stage: exists().where(Need.community_id == community_id, Need.stage == stage)
        for stage in (NeedStage.SCREENING, NeedStage.REGISTERED, NeedStage.SCREENED)
    }
    row = session.execute(select(*(one.label(stage.value) for stage, one in there.items()))).one()
    return next((stage for stage in there if row._mapping[stage.value]), NeedStage.SCREENING)


def desk_list(session: Session, community_id: int, viewer_id: int, stage: NeedStage) -> tuple[RoundRow, ...]:
    """Needs at one stage of screening, oldest first, at most 100; one statement."""
    last = select(func.max(_Earlier.round)).where(_Earlier.need_id == Need.id).correlate(Need).scalar_subquery()
    scores = (
        select(func.count())
        .select_from(ScreeningScore)
        .where(ScreeningScore.screening_id == Screening.id)
        .scalar_subquery()
    )
    mine = (
        select(func.count())
        .select_from(ScreeningScore)
        .where(ScreeningScore.screening_id == Screening.id, ScreeningScore.scorer_id == viewer_id)
        .scalar_subquery()
    )
    rows = session.execute(
        listing(Screening.state, Screening.total_hundredths, scores.label("scores"), mine.label("mine"))
        .outerjoin(Screening, (Screening.need_id == Need.id) & (Screening.round == last))
        .where(Need.community_id == community_id, Need.stage == stage)
        .order_by(Need.id)
        .limit(LIST_MOST)
    ).all()
    return tuple(
        RoundRow(
            need_row(row),
            row.state,
            row.scores or 0,
            bool(row.mine),
            row.total_hundredths if row.state in CLOSED else None,
        )
        for row in rows
    )


def has_scored(session: Session, need_id: int, scorer_id: int) -> bool:
    """Whether this account has given its score in the last round of a need."""
    last = select(func.max(Screening.id)).where(Screening.need_id == need_id).scalar_subquery()
    query = select(ScreeningScore.id).where(ScreeningScore.screening_id == last, ScreeningScore.scorer_id == scorer_id)
    return session.execute(query).first() is not None


def desk(session: Session, need_id: int, viewer_id: int) -> Desk | None:
    """The last round of a need; None outside the scope or before the first round. Three statements."""
    row = session.execute(
        select(Screening, Need.version, Need.number, Need.title, Need.stage, Need.urgency)
        .join(Need, Need.id == Screening.need_id)
        .where(Screening.need_id == need_id)
        .order_by(Screening.round.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    screening: Screening = row.Screening
    weights = Weights(screening.weight_demand, screening.weight_reach, screening.weight_feasibility)
    scale = Weights(screening.scale_demand, screening.scale_reach, screening.scale_feasibility)
    rows = _scores(session, screening.id, scale)
    mine = next((score for by, _name, score, _why in rows if by == viewer_id), None)
    closed = screening.state in CLOSED
    combined = combine([score for _by, _name, score, _why in rows], weights) if closed and rows else None
    reach = Reach(screening.evidence["reach"])
    firm = _firmness(session, screening, combined, weights) if combined else {}
    return Desk(
        need_id=need_id,
        need_version=row.version,
        number=row.number,
        title=row.title,
        stage=row.stage,
        screening_id=screening.id,
        round=screening.round,
        state=screening.state,
        weights=weights,
        scale=scale,
        evidence=screening.evidence,
        scores=len(rows),
        mine=mine,
        given=tuple(
            Given(name, score, why, position in combined.used) for position, (_by, name, score, why) in enumerate(rows)
        )
        if combined
        else (),
        combined=combined,
        parts=combined.parts(weights) if combined else None,
        suggestion=suggested_route(
            combined.total,
            households=screening.evidence["voices"],
            reach=reach,
            urgent_safety=row.urgency is Urgency.SAFETY,
        )
        if combined
        else None,
        stability=firm.get(need_id),
        candidates=len(firm),
        route=screening.route,
        route_reason=screening.route_reason,
    )


def _scores(session: Session, screening_id: int, scale: Weights) -> list[tuple[int, str, Score, str]]:
    rows = session.execute(
        select(
            ScreeningScore.scorer_id,
            ScreeningScore.demand,
            ScreeningScore.reach,
            ScreeningScore.feasibility,
            ScreeningScore.reason,
            ScreeningScore.scorer_name,
        )
        .where(ScreeningScore.screening_id == screening_id)
        .order_by(ScreeningScore.id)
    )
    return [(r.scorer_id, r.scorer_name, Points(r.demand, r.reach, r.feasibility).score(scale), r.reason) for r in rows]


def _firmness(session: Session, screening: Screening, combined: Combined, weights: Weights) -> Mapping[int, Stability]:
    """Ranks among the needs now on the table (waiting for their route), under weights near the round's."""
    rows = session.execute(
        select(
            Screening.need_id,
            Screening.weight_demand,
            Screening.weight_reach,
            Screening.weight_feasibility,
            *(Screening.scale_demand, Screening.scale_reach, Screening.scale_feasibility),
            ScreeningScore.demand,
            ScreeningScore.reach,
            ScreeningScore.feasibility,
        )
        .join(ScreeningScore, ScreeningScore.screening_id == Screening.id)
        .join(Need, Need.id == Screening.need_id)
        .where(
            Need.community_id == screening.community_id,
            Need.stage == NeedStage.SCREENED,
            Screening.state == ScreeningState.SCORED,
        )
        .order_by(ScreeningScore.id)
        .limit(LIST_MOST * 3)
    ).all()
    scores: dict[int, list[Score]] = {}
    frozen: dict[int, Weights] = {}
    for row in rows:
        scale = Weights(row.scale_demand, row.scale_reach, row.scale_feasibility)
        scores.setdefault(row.need_id, []).append(Points(row.demand, row.reach, row.feasibility).score(scale))
        frozen[row.need_id] = Weights(row.weight_demand, row.weight_reach, row.weight_feasibility)
    table = {need_id: combine(given, frozen[need_id]) for need_id, given in scores.items()}
    return stability(table | {screening.need_id: combined}, weights)


def weights_in_force(session: Session, community_id: int) -> tuple[DatedWeights, ...]:
    """The weights of a community, newest first, at most ten; empty while the rubric's own are in force."""
    rows = session.execute(
        select(
            ScreeningWeights.demand,
            ScreeningWeights.reach,
            ScreeningWeights.feasibility,
            ScreeningWeights.valid_from,
            ScreeningWeights.set_at,
            ScreeningWeights.set_name,
        )
        .where(ScreeningWeights.community_id == community_id)
        .order_by(ScreeningWeights.valid_from.desc(), ScreeningWeights.id.desc())
        .limit(10)
    )
    return tuple(
        DatedWeights(Weights(row.demand, row.reach, row.feasibility), row.valid_from, row.set_name, row.set_at)
        for row in rows
    )
