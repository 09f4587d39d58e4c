"""回音: whom to call back, by when and with which words; and how satisfied people were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session

from db.models import Answer, Household, Need, Place
from db.queries.needs.needs import asker
from db.queries.paging import ROWS, Page
from db.rules.masking import redact
from db.terms import AnswerKind, AnswerState, Satisfaction

PERIOD = timedelta(days=90)
SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)
FEW = 30
"""Under this many replies a rate says little (docs/domain.md 4)."""


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """One asker to be told; `words` is what to say."""

    id: int
    need_id: int
    lead_id: int
    number: str
    title: str
    asker: str
    kind: AnswerKind
    words: str
    due_on: date
    tries: int
    reachable: bool
    """There is a telephone number or a door behind the asker."""


@dataclass(frozen=True, slots=True)
class SatisfactionSummary:
    """Answers given in a period. Satisfied = 很满意 + 满意, of those who gave an opinion."""

    since: date
    until: date
    given: int
    replied: int
    satisfied: int
    by: Mapping[Satisfaction, int]

    @property
    def few(self) -> bool:
        return self.replied < FEW


def _due(community_id: int) -> Select[*tuple[object, ...]]:
    return (
        select(
            Answer.id,
            Answer.need_id,
            Answer.lead_need_id,
            Answer.kind,
            Answer.words,
            Answer.due_on,
            Answer.tries,
            Need.number,
            Need.title,
            Need.building,
            Need.household_id,
            Need.asker_name,
            Need.asker_phone,
            Place.name.label("place"),
            Household.alias,
        )
        .select_from(Answer)
        .join(Need, Need.id == Answer.need_id)
        .outerjoin(Place, Place.id == Need.place_id)
        .outerjoin(Household, Household.id == Need.household_id)
        .where(Answer.community_id == community_id, Answer.state == AnswerState.DUE)
    )


def _row(row: Any) -> DueAnswer:
    names = ("id", "need_id", "number", "title", "kind", "due_on", "tries")
    return DueAnswer(
        **{name: getattr(row, name) for name in names},
        lead_id=row.lead_need_id or 0,
        asker=asker(row),
        words=redact(row.words),
        reachable=bool(row.asker_phone) or row.household_id is not None,
    )


def due_answers(session: Session, community_id: int, *, after: tuple[date, int] | None = None) -> Page[DueAnswer]:
    """Answers still owed, the most urgent first; the next page starts `after` (due day, id) of the last row."""
    query = _due(community_id).order_by(Answer.due_on, Answer.id).limit(ROWS + 1)
    if after is not None:
        query = query.where(tuple_(Answer.due_on, Answer.id) > after)
    rows = session.execute(query).all()
    return Page(tuple(_row(row) for row in rows[:ROWS]), len(rows) > ROWS)


def due_answer(session: Session, community_id: int, answer_id: int) -> DueAnswer | None:
    """One answer that is still owed, or None."""
    row = session.execute(_due(community_id).where(Answer.id == answer_id)).first()
    return _row(row) if row else None


def given_lately(community_id: Any, since: Any, now: Any) -> tuple[ColumnElement[bool], ...]:
    """Answers of a community that were given from `since`, which is `PERIOD` ago, until now, along their index; all
    three may be parameters.
    """
    return (Answer.community_id == community_id, Answer.given_at >= since, Answer.given_at <= now)


def satisfaction_summary(session: Session, community_id: int, *, now: datetime, today: date) -> SatisfactionSummary:
    """What was answered in the last 90 days; one statement along the index of given answers."""
    rows = session.execute(
        select(Answer.satisfaction, func.count())
        .where(*given_lately(community_id, now - PERIOD, now))
        .group_by(Answer.satisfaction)
    ).all()
    by: dict[Satisfaction, int] = {row[0]: row[1] for row in rows if row[0] is not None}
    given = sum(by.values())
    replied = given - by.get(Satisfaction.NO_REPLY, 0)
    satisfied = sum(by.get(one, 0) for one in SATISFIED)
    return SatisfactionSummary(today - PERIOD, today, given, replied, satisfied, by)
