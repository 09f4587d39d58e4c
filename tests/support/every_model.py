"""Rows of every model in both communities, and every way to read them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date, Enum, Integer, LargeBinary, Numeric, Table, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import JSON, Boolean

from db.engine import writing
from db.models import Community, InCommunity, Model
from db.models.types import Encrypted, UtcDateTime
from db.rules.permissions import Actor
from db.terms import NeedStage, PeriodKept, SensitiveKind
from tests.builders.world import NOW

BENEATH_THE_LOG = {"audited": True, "synchronize_session": False}
"""Execution option of a test that changes rows of any table behind the program's back; nobody tells of it."""
MODELS: list[Any] = [mapper.class_ for mapper in Model.registry.mappers]

IN_COMMUNITY = sorted((m for m in MODELS if issubclass(m, InCommunity)), key=lambda m: m.__tablename__)

# Rows that break a CHECK when they are filled by type alone.
FITTING: dict[str, dict[str, Any]] = {
    "need": {"people": 1, "stage": NeedStage.LOGGED, "merged_into_id": None},
    "screening_weights": {"demand": 40, "reach": 30, "feasibility": 30},
    "twin_verdict": {"first_id": 1},
    "project": {"due_on": date(2026, 12, 31)},
    "indicator": {"target": Decimal(9)},
    "thread_entry": {"need_id": 1},
    "service_record": {"minutes": 60, "activity_id": 1},
    "hours_claim": {"minutes": 60, "activity_id": 1},
    "different_pair": {"first_id": 0},
    "activity_session": {"ends_at": NOW + timedelta(hours=2)},
    "slot": {"ends_at": NOW + timedelta(hours=2)},
    "paper_count": {"entry": 1},
    "venue_walk": {"minutes": 9},
    "commitment": {"year": 2026},
    "led_round": {"year": 2026},
    "defence": {"year": 2026, "minutes": 5, "background": 25, "course": 25, "results": 25, "delivery": 25},
    "defence_sheet": {"of_background": 25, "of_course": 25, "of_results": 25, "of_delivery": 25},
    "led_project": {"year": 2026},
    "market_helper": {"starts": 540, "ends": 660},
    "market_day": {"opens": 540, "closes": 660},
    "volunteer_training": {"minutes": 60},
    "opening": {"project_id": 1},
    "volunteer": {"birth_year": 1960, "paused_from": date(2026, 3, 1), "paused_until": date(2026, 3, 9)},
    "volunteer_application": {"birth_year": 1960},
    "hours_change": {"record_id": 1},
    "consent": {"person_id": 1},
    "photo": {"need_id": 1},
    "diary_entry": {"activity_id": 1},
    "sensitive_fact": {"kind": SensitiveKind.CHILD.value},
    "moved_period": {"notice_id": 1, "after": NOW},
    "yearly_review": {"year": 2026},
    "review_tally": {
        "handed_out": 9,
        "returned": 9,
        "valid": 4,
        "excellent": 1,
        "qualified": 1,
        "basic": 1,
        "unqualified": 1,
    },
}
FITTING_TOO: dict[str, list[dict[str, Any]]] = {
    "moved_period": [
        {subject: 1, "kept": PeriodKept.OVER} for subject in ("order_id", "case_id", "complaint_id", "certificate_id")
    ],
    "consent": [{"volunteer_id": 1, "person_id": None}, {"member_id": 1, "person_id": None}],
    "diary_entry": [{column: 1, "activity_id": None} for column in ("order_id", "keeping_id", "project_id")],
    "hours_claim": [
        {"minutes": 60, "order_id": 1, "activity_id": None},
        {"minutes": 60, "slot_id": 1, "activity_id": None},
    ],
}
"""Further rows for columns of which a CHECK lets one in at a time."""


def value_for(column: Column[Any], row: int) -> Any:
    kind = column.type
    if isinstance(kind, Enum) and kind.enum_class:
        return next(iter(kind.enum_class))
    if column.foreign_keys:
        return 1000 + row
    for its_kind, value in (
        (Encrypted, "某人"), (UtcDateTime, NOW), (Date, date(2026, 3, 1 + row)), (Boolean, False), (JSON, {}),
        (Numeric, Decimal(1)), (Integer, row), (LargeBinary, b"-"),
    ):  # fmt: skip
        if isinstance(kind, its_kind):
            return value
    return f"{row}"


def a_row(model: Any, row: int, **more: Any) -> dict[str, Any]:
    table: Table = model.__table__
    values = {
        column.name: value_for(column, row)
        for column in table.columns
        if not column.nullable and not column.primary_key
    }
    return values | {"id": 1000 + row} | FITTING.get(table.name, {}) | more


def reads(model: Any) -> Iterator[tuple[str, Callable[[Session], set[int]]]]:
    """Every way to read a model that the house uses, as the set of communities whose rows come out."""
    other, within = aliased(model), select(model.community_id).subquery()
    yield "select", lambda s: set(s.scalars(select(model.community_id)))
    yield "entity", lambda s: {row.community_id for row in s.scalars(select(model))}
    yield "alias", lambda s: set(s.scalars(select(other.community_id)))
    yield "subquery", lambda s: set(s.scalars(select(within.c.community_id)))
    yield "cte", lambda s: set(s.scalars(select(select(model.community_id).cte().c.community_id)))
    yield (
        "exists",
        lambda s: set(
            s.scalars(select(Community.id).where(select(model.id).where(model.community_id == Community.id).exists()))
        ),
    )
    yield (
        "join",
        lambda s: set(s.scalars(select(model.community_id).join(Community, Community.id == model.community_id))),
    )
    yield (
        "joined from the other side",
        lambda s: (
            set(
                s.scalars(
                    select(model.community_id)
                    .select_from(Community)
                    .outerjoin(model, model.community_id == Community.id)
                )
            )
            - {None}
        ),
    )
    yield (
        "self join",
        lambda s: set(s.scalars(select(other.community_id).join(model, model.id != other.id, isouter=True))),
    )
    yield "aggregate", lambda s: set(s.scalars(select(func.max(model.community_id))))
    yield "group", lambda s: set(s.scalars(select(model.community_id).group_by(model.community_id)))
    yield (
        "union",
        lambda s: set(s.scalars(select(model.community_id).where(model.id == 1001).union(select(model.community_id)))),
    )
    yield "get", lambda s: {row.community_id for key in (1001, 1002) if (row := s.get(model, key))}


@contextmanager
def taken_back(actor: Actor) -> Iterator[Session]:
    """A writing session that leaves nothing behind."""
    with suppress(ZeroDivisionError), writing(actor) as session:
        yield session
        raise ZeroDivisionError
