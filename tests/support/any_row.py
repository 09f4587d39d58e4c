"""A row of any table with whatever it needs, so that a test can go through all that point at something."""

from datetime import date, datetime
from enum import Enum
from itertools import count
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, inspect, select
from sqlalchemy.orm import Session

from db.models import Model
from db.scope import UNSCOPED
from tests.builders.world import NOW, TODAY, World

MODELS: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers}
_NUMBERS = count(1)
FILLED = object()
"""This column may be empty, and here it is not."""
MEANT: dict[str, dict[str, Any]] = {
    "slot": {"on": TODAY, "starts_at": NOW.replace(hour=1), "ends_at": NOW.replace(hour=2)},
    "consent": {"person_id": None, "member_id": None},
    "market_helper": {"starts": 540, "ends": 600},
    "opening": {"squad_id": FILLED},
    "commitment": {"year": 2026, "rhythm": FILLED},
    "venue": {"hours": {}},
    "market_day": {"opens": 540, "closes": 600},
    "market_stall": {"helpers": 1, "number": 1},
    "escort_trip": {"most": 1},
    "volunteer_training": {"minutes": 60},
    "service_record": {"activity_id": FILLED, "minutes": 60},
    "hours_claim": {"order_id": FILLED, "minutes": 60},
    "hours_change": {"record_id": FILLED},
    "yearly_review": {"year": 2026},
    "review_tally": {
        "handed_out": 1,
        "returned": 0,
        "valid": 0,
        "excellent": 0,
        "qualified": 0,
        "basic": 0,
        "unqualified": 0,
    },
}
"""What the checks of a table ask for."""


def pointing_at(table: str) -> list[tuple[Any, str]]:
    """Every column of every table that points at the id of a table: the model and the attribute."""
    return [
        (model, column.key)
        for model in MODELS.values()
        for column in inspect(model).column_attrs
        for key in column.columns[0].foreign_keys
        if key.column.table.name == table
    ]


def any_row(session: Session, world: World, model: Any, **given: Any) -> Any:
    """A new row with what is given; the rest is the least that its columns and checks ask for."""
    values = MEANT.get(model.__tablename__, {}) | given
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        said, left = attribute.key in values, column.primary_key or column.nullable or column.default is not None
        if values.get(attribute.key) is not FILLED and (said or left):
            continue
        values[attribute.key] = _value(session, world, attribute.key, column)
    row = model(**{key: value for key, value in values.items() if value is not None})
    session.add(row)
    session.flush()
    return row


def _value(session: Session, world: World, name: str, column: Any) -> Any:
    if name == "community_id":
        return world.here
    for key in column.foreign_keys:
        target = MODELS[key.column.table.name]
        once = any(index.unique and list(index.columns) == [column] for index in column.table.indexes)
        there = session.scalars(select(target.id).limit(1), execution_options=UNSCOPED).first()
        return (not once and there) or any_row(session, world, target).id
    kind = column.type
    python = getattr(kind, "python_type", str) if not isinstance(kind, (Boolean, Integer, Date)) else None
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Date) or python is date:
        return TODAY
    if python is datetime or "DateTime" in type(kind).__name__:
        return NOW
    if isinstance(python, type) and issubclass(python, Enum):
        return next(iter(python))
    enums = getattr(kind, "enum_class", None) or getattr(kind, "enum", None)
    if isinstance(enums, type) and issubclass(enums, Enum):
        return next(iter(enums))
    if isinstance(kind, String) or python is str:
        return f"r{next(_NUMBERS)}"[: kind.length or 20]
    return f"r{next(_NUMBERS)}"
