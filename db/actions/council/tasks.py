"""决议事项: a passed item becomes tasks with an owner and a date, and an answer for everybody who asked."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import day, line, words
from db.actions.loading import actor_of, load
from db.actions.needs.agenda import need_of
from db.actions.needs.answering import owe_answers
from db.counters import day_of
from db.engine import action
from db.errors import Refused, WrongStage
from db.models import AgendaItem, Task
from db.rules.lifecycle import may_become
from db.rules.permissions import Permission
from db.terms import AnswerKind, ItemState, NeedStage, TaskState


@action(Permission.ASSIGN_TASK)
def assign_task(session: Session, *, item_id: int, title: str, owner: str, due_on: date | None, now: datetime) -> int:
    """Give a passed item an owner and a date. The id; raises WrongStage for an item that did not pass."""
    item = load(session, AgendaItem, item_id, lock=True)
    if item.state is not ItemState.PASSED:
        raise WrongStage(what="agenda_item", stage=item.state, permission=Permission.ASSIGN_TASK)
    task = Task(
        community_id=item.community_id,
        item_id=item.id,
        title=line("title", title, most=100),
        owner=line("owner", owner, most=60),
        due_on=day("due_on", due_on, least=day_of(now)),
        made_by=actor_of(session).id,
        made_at=now,
    )
    session.add(task)
    session.flush()
    return task.id


@action(Permission.FINISH_TASK)
def finish_task(session: Session, *, task_id: int, version: int, result: str, now: datetime) -> int:
    """办结: what became of it, in words."""
    return _end(session, task_id, version, TaskState.DONE, words("result", result, most=500), now)


@action(Permission.ASSIGN_TASK)
def cancel_task(session: Session, *, task_id: int, version: int, result: str, now: datetime) -> int:
    """Drop a task, with the reason."""
    return _end(session, task_id, version, TaskState.CANCELLED, words("result", result, most=500), now)


def _end(session: Session, task_id: int, version: int, to: TaskState, result: str, now: datetime) -> int:
    task = load(session, Task, task_id, version=version, lock=True)
    if not may_become(task.state, to):
        raise WrongStage(what="task", stage=task.state, permission=session.info.get("permission"))
    task.state, task.result, task.ended_by, task.ended_at = to, result, actor_of(session).id, now
    return task.id


@action(Permission.ASSIGN_TASK)
def answer_without_project(session: Session, *, item_id: int, reason: str, now: datetime) -> int:
    """A passed item whose tasks are done and that needs no project: everybody who asked is owed an answer.

    How many are. The need must have run its notice (it waits to be set up as a project) and no task may be open.
    """
    item = load(session, AgendaItem, item_id, lock=True)
    told = words("reason", reason, most=500)
    need = need_of(session, item)
    if item.state is not ItemState.PASSED or need is None or need.stage is not NeedStage.TO_PROJECT:
        raise Refused("no_answer_owed_yet")
    waiting = session.scalars(select(Task.id).where(Task.item_id == item.id, Task.state == TaskState.OPEN)).all()
    if waiting:
        raise Refused("tasks_open", count=len(waiting))
    return owe_answers(session, need, AnswerKind.DONE, told, now=now)
