"""筛选: weights fixed beforehand, two scorers who do not see each other, and a route with its reason."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, row_id, whole, words
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.needs.answering import owe_answers
from db.actions.needs.stages import set_stage
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Answer, Community, Need, Place, Resource, Screening, ScreeningScore, ScreeningWeights
from db.rules.needs.precedents import IN_TIME, Precedents
from db.rules.needs.screening import (
    Points,
    Score,
    Suggested,
    Weights,
    combine,
    needs_third,
    suggested_points,
    suggested_route,
)
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import AnswerKind, Happening, NeedStage, Reach, Route, ScreeningState, Urgency

LOOKED_BACK = timedelta(days=730)
LOOKED_THROUGH = 200
"""Needs of the kind, the newest."""
DONE_HERE = (AnswerKind.DONE, AnswerKind.SERVED, AnswerKind.HANDLED)
IN_ROUND = (NeedStage.SCREENING, NeedStage.SCREENED)


def weights_on(session: Session, community_id: int, on: date) -> Weights:
    """The weights in force on a day; those of the rubric while a community has set none."""
    row = session.execute(
        select(ScreeningWeights.demand, ScreeningWeights.reach, ScreeningWeights.feasibility)
        .where(ScreeningWeights.community_id == community_id, ScreeningWeights.valid_from <= on)
        .order_by(ScreeningWeights.valid_from.desc(), ScreeningWeights.id.desc())
        .limit(1)
    ).first()
    return Weights(row.demand, row.reach, row.feasibility) if row else Weights()


@action(Permission.SET_WEIGHTS)
def set_weights(
    session: Session,
    *,
    demand: int | None,
    reach: int | None,
    feasibility: int | None,
    valid_from: date | None,
    now: datetime,
    community_id: int | None = None,
) -> int:
    """New weights of a community from a day on, today or later; rounds that run keep theirs.

    Raises Refused: "weights_sum" (total=), "weights_round_open" (needs=) while needs of the community are being scored.
    """
    actor = actor_of(session)
    parts = (
        whole("demand", demand, least=0, most=100),
        whole("reach", reach, least=0, most=100),
        whole("feasibility", feasibility, least=0, most=100),
    )
    start = day("valid_from", valid_from, least=day_of(now))
    if sum(parts) != 100:
        raise Refused("weights_sum", total=sum(parts))
    community_id = actor.community_id or row_id("community_id", community_id)
    reachable = select(Community.id).where(
        Community.id == community_id, Community.subdistrict_id == actor.subdistrict_id
    )
    if session.execute(reachable).first() is None:
        raise NotFound(what="community", id=community_id)
    in_round = session.execute(
        select(func.count()).select_from(Need).where(Need.community_id == community_id, Need.stage.in_(IN_ROUND)),
        execution_options=UNSCOPED,
    ).scalar_one()
    if in_round:
        raise Refused("weights_round_open", needs=in_round)
    weights = ScreeningWeights(
        community_id=community_id,
        demand=parts[0],
        reach=parts[1],
        feasibility=parts[2],
        valid_from=start,
        set_by=actor.id,
        set_at=now,
    )
    session.add(weights)
    session.flush()
    return weights.id


@action(Permission.OPEN_SCREENING)
def open_screening(session: Session, *, need_id: int, version: int, now: datetime) -> int:
    """Open a round of scoring: weights in force today and the evidence are frozen. Returns the round's id."""
    need = load(session, Need, need_id, version=version, lock=True)
    weights = weights_on(session, need.community_id, day_of(now))
    place, in_place, in_community = session.execute(
        select(Place.name, Place.households, Community.households)
        .join(Community, Community.id == Place.community_id)
        .where(Place.id == need.place_id)
    ).one()
    last = session.execute(select(func.max(Screening.round)).where(Screening.need_id == need.id)).scalar_one()
    number = (last or 0) + 1
    screening = Screening(
        community_id=need.community_id,
        need_id=need.id,
        round=number,
        weight_demand=weights.demand,
        weight_reach=weights.reach,
        weight_feasibility=weights.feasibility,
        scale_demand=weights.demand,
        scale_reach=weights.reach,
        scale_feasibility=weights.feasibility,
        evidence={
            "voices": need.voices,
            "place": place,
            # A street or a square has no households of its own: the community's stand in.
            "households": in_place or in_community,
            "of_community": not in_place,
            "reach": need.reach.value,
            "people": need.people,
            "special_group": need.special_group,
            "precedents": asdict(_precedents(session, need, now)),
        },
        opened_at=now,
    )
    session.add(screening)
    set_stage(session, need, NeedStage.SCREENING, now=now)
    add_to_life(session, need, Happening.SCREENING_OPENED, now=now, round=number)
    session.flush()
    return screening.id


def _precedents(session: Session, need: Need, now: datetime) -> Precedents:
    """What became of the community's newest needs of the same kind, and what partner units offer for it."""
    ended = session.execute(
        select(Answer.kind, Need.logged_at, Need.stage_since)
        .join(Need, Need.id == Answer.need_id)
        .where(
            Need.community_id == need.community_id,
            Need.category_id == need.category_id,
            Need.stage == NeedStage.CLOSED,
            Need.logged_at >= now - LOOKED_BACK,
            Answer.need_id == Answer.lead_need_id,
        )
        .order_by(Need.id.desc())
        .limit(LOOKED_THROUGH)
    ).all()
    own = [row for row in ended if row.kind in DONE_HERE]
    resources = session.execute(
        select(func.count()).select_from(Resource).where(
            Resource.category_id == need.category_id,
            Resource.closed_on.is_(None),
            or_(Resource.until_on.is_(None), Resource.until_on >= day_of(now)),
        )
    ).scalar_one()  # fmt: skip
    in_time = sum(row.stage_since - row.logged_at <= IN_TIME for row in own)
    return Precedents(len(ended), len(own), in_time, resources)


def weights_of(screening: Screening) -> Weights:
    """The weights frozen into a round."""
    return Weights(screening.weight_demand, screening.weight_reach, screening.weight_feasibility)


def scale_of(screening: Screening) -> Weights:
    """What the points of a round are out of."""
    return Weights(screening.scale_demand, screening.scale_reach, screening.scale_feasibility)


def _scores_of(session: Session, screening: Screening) -> dict[int, Score]:
    """The scores of a round in the order in which they came, by who gave them."""
    scale = scale_of(screening)
    rows = session.execute(
        select(ScreeningScore.scorer_id, ScreeningScore.demand, ScreeningScore.reach, ScreeningScore.feasibility)
        .where(ScreeningScore.screening_id == screening.id)
        .order_by(ScreeningScore.id)
    )
    return {row.scorer_id: Points(row.demand, row.reach, row.feasibility).score(scale) for row in rows}


@action(Permission.SCORE_NEED)
def score_need(
    session: Session,
    *,
    screening_id: int,
    demand: int | None,
    reach: int | None,
    feasibility: int | None,
    reason: str = "",
    now: datetime,
) -> str:
    """Give one's own score in the scale of the round; ten or more from what the evidence suggests needs a reason
    (BadInput at "reason"). The second closes the round, or asks for a third pair of eyes when 20 points are exceeded.

    Raises Refused("scored_already") for somebody who scored before. Returns the state of the round.
    """
    actor = actor_of(session)
    why = words("reason", reason, most=500, needed=False)
    screening = load(session, Screening, screening_id, lock=True)
    need, scale = load(session, Need, screening.need_id, lock=True), scale_of(screening)
    points = Points(
        whole("demand", demand, least=0, most=scale.demand),
        whole("reach", reach, least=0, most=scale.reach),
        whole("feasibility", feasibility, least=0, most=scale.feasibility),
    )
    given = _scores_of(session, screening)
    if actor.id in given:
        raise Refused("scored_already")
    if not why and _suggested(screening).far(points):
        raise BadInput("reason", Problem.EMPTY)
    session.add(
        ScreeningScore(
            community_id=need.community_id,
            screening_id=screening.id,
            scorer_id=actor.id,
            demand=points.demand,
            reach=points.reach,
            feasibility=points.feasibility,
            reason=why,
            scored_at=now,
        )
    )
    scores = [*given.values(), points.score(scale)]
    add_to_life(session, need, Happening.SCORED, now=now, count=len(scores))
    weights = weights_of(screening)
    if len(scores) == 2 and needs_third(scores[0], scores[1], weights):
        gap = abs(scores[0].total(weights) - scores[1].total(weights))
        screening.state = ScreeningState.THIRD_NEEDED
        add_to_life(session, need, Happening.THIRD_NEEDED, now=now, gap=_decimal(gap))
    elif len(scores) >= 2:
        total = combine(scores, weights).total
        screening.state = ScreeningState.SCORED
        screening.total_hundredths = hundredths(total)
        set_stage(session, need, NeedStage.SCREENED, now=now)
        add_to_life(session, need, Happening.SCREENED, now=now, total=_decimal(total))
    return screening.state.value


def _suggested(screening: Screening) -> Suggested:
    known = screening.evidence
    if not known:
        return Suggested(0, 0)
    reach, special = Reach(known["reach"]), known["special_group"]
    precedents = Precedents(**known["precedents"]) if "precedents" in known else None
    return suggested_points(known["voices"], known["households"], reach, special, scale_of(screening), precedents)


def hundredths(total: Fraction) -> int:
    """A total × 100, half up."""
    return int(total * 100 + Fraction(1, 2))


def _decimal(value: Fraction) -> str:
    tenths = int(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


@action(Permission.ROUTE_NEED)
def route_need(
    session: Session,
    *,
    need_id: int,
    version: int,
    route: Route | None,
    reason: str = "",
    now: datetime,
    referred_to: str = "",
) -> str:
    """Decide where a scored need goes. 转办 and 答复 put the asker on the call-back list with the reason.

    Going where the score suggests needs no more words; any other way does (BadInput at "reason"), and so do 转办 and
    答复, whose askers read them. Returns the need's new stage.
    """
    way = chosen("route", route, list(Route))
    why = words("reason", reason, most=500, needed=route is None or way in (Route.REFER, Route.ANSWER))
    to_whom = line("referred_to", referred_to, most=60, needed=way is Route.REFER)
    need = load(session, Need, need_id, version=version, lock=True)
    screening = session.scalars(
        select(Screening).where(Screening.need_id == need.id).order_by(Screening.round.desc()).limit(1)
    ).first()
    if screening is None or screening.state is not ScreeningState.SCORED:
        raise Refused("not_scored")
    if not why and way is not _route_by_score(session, need, screening):
        raise BadInput("reason", Problem.EMPTY)
    screening.state, screening.route, screening.route_reason = ScreeningState.ROUTED, way, why
    screening.referred_to, screening.routed_at, screening.routed_by = to_whom, now, actor_of(session).id
    add_to_life(session, need, Happening.ROUTED, now=now, note=why, route=way, referred_to=to_whom)
    _send(session, need, way, why, now)
    session.flush()
    return need.stage.value


def _route_by_score(session: Session, need: Need, screening: Screening) -> Route:
    scores = list(_scores_of(session, screening).values())
    return suggested_route(
        combine(scores, weights_of(screening)).total,
        households=screening.evidence["voices"],
        reach=Reach(screening.evidence["reach"]),
        urgent_safety=need.urgency is Urgency.SAFETY,
    ).route


def _send(session: Session, need: Need, way: Route, why: str, now: datetime) -> None:
    stages: dict[Route, NeedStage] = {
        Route.COUNCIL: NeedStage.FOR_COUNCIL,
        Route.RESERVE: NeedStage.RESERVE,
        Route.ORDER: NeedStage.ORDERED,
    }
    answers: dict[Route, AnswerKind] = {Route.REFER: AnswerKind.REFERRED, Route.ANSWER: AnswerKind.DECLINED}
    if way in stages:
        set_stage(session, need, stages[way], now=now)
    else:
        owe_answers(session, need, answers[way], why, now=now)


@action(Permission.FINISH_ORDER)
def finish_order(session: Session, *, need_id: int, version: int, done: str, now: datetime) -> int:
    """个人服务 is done: what was done, told to whoever asked. Returns how many answers are owed."""
    what = words("done", done, most=500)
    need = load(session, Need, need_id, version=version, lock=True)
    add_to_life(session, need, Happening.ORDER_DONE, now=now, note=what)
    return owe_answers(session, need, AnswerKind.SERVED, what, now=now)
