"""回音: tell whoever asked what became of it; only then is a need struck off."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, words
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.needs.stages import set_stage
from db.engine import action
from db.errors import Refused
from db.models import Answer, Need
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import AnswerChannel, AnswerState, Happening, NeedStage, Satisfaction


def _lead_of(session: Session, answer_id: int) -> tuple[Answer, Need]:
    """The answer and its lead need. The lead is locked first: two last answers at once must both see each other."""
    lead_id = load(session, Answer, answer_id).lead_need_id
    lead = session.execute(
        select(Need).where(Need.id == lead_id).with_for_update(), execution_options=UNSCOPED
    ).scalar_one()
    return load(session, Answer, answer_id, lock=True), lead


def _asked(session: Session, answer: Answer, lead: Need) -> Need:
    return lead if answer.need_id == lead.id else load(session, Need, answer.need_id)


@action(Permission.GIVE_ANSWER)
def give_answer(
    session: Session,
    *,
    answer_id: int,
    channel: AnswerChannel | None,
    satisfaction: Satisfaction | None,
    comment: str,
    now: datetime,
) -> dict[str, Any]:
    """Record that one asker was told, and how satisfied it is. The last answer strikes the need off (销号).

    Raises Refused("answer_given") when a colleague was faster. Returns `number` and `closed`.
    """
    way = chosen("channel", channel, list(AnswerChannel))
    how = chosen("satisfaction", satisfaction, list(Satisfaction))
    said = words("comment", comment, most=500, needed=False)
    answer, lead = _lead_of(session, answer_id)
    if answer.state is AnswerState.GIVEN:
        raise Refused("answer_given")
    answer.state, answer.channel, answer.satisfaction, answer.comment = AnswerState.GIVEN, way, how, said
    answer.given_at, answer.given_by = now, actor_of(session).id
    need = _asked(session, answer, lead)
    add_to_life(session, need, Happening.ANSWERED, now=now, note=said, channel=way, satisfaction=how)
    session.flush()
    left = session.execute(
        select(func.count()).select_from(Answer).where(Answer.lead_need_id == lead.id, Answer.state == AnswerState.DUE),
        execution_options=UNSCOPED,
    ).scalar_one()
    if not left:
        set_stage(session, lead, NeedStage.CLOSED, now=now)
        add_to_life(session, lead, Happening.CLOSED, now=now)
        if need is not lead:
            add_to_life(session, need, Happening.CLOSED, now=now)
    return {"number": need.number, "closed": not left}


@action(Permission.GIVE_ANSWER)
def answer_tried(session: Session, *, answer_id: int, now: datetime) -> int:
    """Nobody was reached; how often so far. The answer stays on the list."""
    answer = load(session, Answer, answer_id, lock=True)
    if answer.state is AnswerState.GIVEN:
        raise Refused("answer_given")
    answer.tries += 1
    add_to_life(session, load(session, Need, answer.need_id), Happening.ANSWER_TRIED, now=now, tries=answer.tries)
    return answer.tries
