"""一周一登: the secretary signs the week; what comes later is marked."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import day, line
from db.actions.life import add_to_life
from db.actions.loading import actor_of
from db.actions.needs.needs import week_is_signed
from db.actions.needs.stages import set_stage
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Need, RunningNumber, Visit, WeekSignOff
from db.rules.needs.register import may_be_signed, opens_on, seal
from db.rules.permissions import Permission
from db.rules.workdays import bounds_of_week
from db.scope import UNSCOPED
from db.terms import Happening, NeedStage, VisitOutcome


@action(Permission.SIGN_WEEK)
def sign_week(session: Session, *, week: date, remark: str, now: datetime) -> dict[str, int]:
    """Sign the register of the week that starts on Monday `week`; how many needs stand at which stage afterwards.

    Raises Refused("week_too_early", opens=) before its Friday, Refused("week_signed") the second time.
    """
    actor = actor_of(session)
    community_id = actor.community_id
    said = line("remark", remark, most=200, needed=False)
    if day("week", week).weekday() != 0 or community_id is None:
        raise BadInput("week", Problem.BAD_DATE)
    if not may_be_signed(week, day_of(now)):
        raise Refused("week_too_early", opens=opens_on(week).isoformat())
    # The lock under which needs get their numbers: none can slip in between this look and the signature.
    session.execute(
        select(RunningNumber.id)
        .where(RunningNumber.community_id == community_id, RunningNumber.series == "")
        .with_for_update()
    ).all()
    if week_is_signed(session, community_id, week):
        raise Refused("week_signed")
    # Restricted needs go on as well, whoever signs; nothing of them is shown.
    needs = session.scalars(
        select(Need)
        .where(Need.community_id == community_id, Need.week == week, Need.stage != NeedStage.VOID)
        .order_by(Need.id),
        execution_options=UNSCOPED,
    ).all()
    start, end = bounds_of_week(week)
    counted = session.execute(
        select(Visit.outcome, func.count())
        .where(Visit.community_id == community_id, Visit.at >= start, Visit.at < end)
        .group_by(Visit.outcome),
        execution_options=UNSCOPED,
    ).all()
    met: dict[VisitOutcome, int] = {row[0]: row[1] for row in counted}
    session.add(
        WeekSignOff(
            community_id=community_id,
            week=week,
            needs=len(needs),
            visits=sum(met.values()),
            not_in=met.get(VisitOutcome.NOT_IN, 0),
            signed_at=now,
            signed_by=actor.id,
            digest=seal((need.number, need.title, need.description, str(need.people)) for need in needs),
            remark=said,
        )
    )
    for need in needs:
        if need.stage is NeedStage.LOGGED:
            set_stage(session, need, NeedStage.REGISTERED, now=now)
            add_to_life(session, need, Happening.WEEK_SIGNED, now=now, note=said)
    return dict(Counter(need.stage.value for need in needs))
