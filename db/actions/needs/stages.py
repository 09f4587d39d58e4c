"""Move a need along its life cycle: the one place that changes `Need.stage`."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.errors import WrongStage
from db.models import Need
from db.rules.lifecycle import may_become
from db.terms import NeedStage


def set_stage(session: Session, need: Need, to: NeedStage, *, now: datetime) -> None:
    """Change the stage, or WrongStage when the life cycle has no such step."""
    if not may_become(need.stage, to):
        raise WrongStage(what="need", stage=need.stage, permission=session.info.get("permission"), to=to)
    need.stage = to
    need.stage_since = now
