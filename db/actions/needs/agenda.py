"""The need behind an item of an agenda: meetings, ballots and notices move it on."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.actions.life import add_to_life
from db.actions.loading import load
from db.actions.needs.stages import set_stage
from db.models import AgendaItem, Need, Topic
from db.terms import Happening, NeedStage, TopicState


def need_of(session: Session, item: AgendaItem) -> Need | None:
    """The need behind an item, if there is one."""
    return None if item.need_id is None else load(session, Need, item.need_id, lock=True)


def back_to_queue(session: Session, item: AgendaItem, *, now: datetime, note: str = "") -> None:
    """The need behind an item waits for another meeting."""
    if item.topic_id is not None:
        load(session, Topic, item.topic_id, lock=True).state = TopicState.ACCEPTED
    need = need_of(session, item)
    if need is not None and need.stage in (NeedStage.ON_AGENDA, NeedStage.NOTICE):
        set_stage(session, need, NeedStage.FOR_COUNCIL, now=now)
        add_to_life(session, need, Happening.OFF_AGENDA, now=now, note=note)
