"""When a need has run its course, everybody who asked is owed an answer (件件有回音)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.life import add_to_life
from db.actions.needs.stages import set_stage
from db.counters import day_of
from db.models import Answer, Need
from db.scope import UNSCOPED
from db.terms import AnswerKind, Happening, NeedStage

ANSWER_WITHIN = timedelta(days=7)
"""House custom: an answer is given within a week of the result."""


def owe_answers(session: Session, lead: Need, kind: AnswerKind, words: str, *, now: datetime) -> int:
    """Move the lead need to 待回音 and put it and every need merged into it on the call-back list; how many."""
    set_stage(session, lead, NeedStage.ANSWERING, now=now)
    # Also restricted askers, whom the actor may not see: they are owed an answer like everybody.
    merged = session.scalars(select(Need).where(Need.merged_into_id == lead.id), execution_options=UNSCOPED)
    asked = [lead, *merged]
    for need in asked:
        session.add(
            Answer(
                community_id=need.community_id,
                restricted=need.restricted,
                need_id=need.id,
                lead_need_id=lead.id,
                kind=kind,
                words=words[:500],
                due_on=day_of(now + ANSWER_WITHIN),
            )
        )
    add_to_life(session, lead, Happening.ANSWER_DUE, now=now, note=words, kind=kind, households=lead.voices)
    return len(asked)
