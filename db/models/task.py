"""决议事项: what a meeting decided, with an owner and a date."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.models.types import Id, InCommunity, Line, Model, Short, Versioned, public, reference, stored_enum
from db.terms import (
    TaskState,
)


class Task(InCommunity, Versioned, Model):
    """决议事项: what, by whom, until when."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_state", "community_id", "state", "due_on"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id")
    title: Mapped[Line] = public()
    owner: Mapped[Short] = public()
    owner_account_id: Mapped[int | None] = reference("account.id", nullable=True)
    due_on: Mapped[date]
    state: Mapped[TaskState] = stored_enum(TaskState, default=TaskState.OPEN)
    result: Mapped[str] = public(500, default="")
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = reference("account.id", nullable=True)
    ended_at: Mapped[datetime | None]
