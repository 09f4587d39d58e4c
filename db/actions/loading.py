"""Load a row for an action: inside the actor's scope, at a stage that allows it, in the version the user saw."""

from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.errors import BadInput, Conflict, NotFound, Problem, WrongStage
from db.models import Household, Model
from db.rules.permissions import GRANTS, Actor
from db.scope import UNSCOPED
from db.together import amiss

M = TypeVar("M", bound=Model)


def actor_of(session: Session) -> Actor:
    """Who acts in this session."""
    actor: Actor = session.info["actor"]
    return actor


def load(session: Session, model: type[M], row_id: int, *, version: int | None = None, lock: bool = False) -> M:
    """The row, or NotFound outside the scope, WrongStage when the permission does not hold at its stage, Conflict
    when it is no longer in `version`. `lock` holds it against other writers until the transaction ends.
    """
    if not fields.is_id(row_id):
        raise NotFound(what=model.__tablename__, id=row_id)
    # Nothing is filed under a household in the moment in which it is made one with another.
    lock = lock or model is Household
    query = select(model).where(inspect(model).primary_key[0] == row_id)
    if lock:
        query = query.with_for_update()
    row = session.execute(query, execution_options={"populate_existing": lock}).scalar_one_or_none()
    if row is None and model is Household and (kept := merged_into(session, row_id)) is not None:
        return load(session, model, kept, version=version, lock=lock)
    if row is None:
        raise NotFound(what=model.__tablename__, id=row_id)
    permission = session.info.get("permission")
    stage: Any = getattr(row, "stage", None) or getattr(row, "state", None)
    # Only the noun whose stages the table names is checked: a need's stages say nothing about a meeting.
    if permission is not None and stage is not None:
        stages = GRANTS[permission].stages
        if stages and type(stage) is type(next(iter(stages))) and stage not in stages:
            raise WrongStage(what=model.__tablename__, stage=stage, permission=permission)
    if version is not None and getattr(row, "version", version) != version:
        raise Conflict(what=model.__tablename__, id=row_id, version=getattr(row, "version", None))
    return row


def merged_into(session: Session, household_id: int) -> int | None:
    """The household that this record was made one with, if it was; a merge leads straight to the one that is left."""
    query = select(Household.merged_into_id).where(Household.id == household_id)
    return session.execute(query, execution_options=UNSCOPED).scalar_one_or_none()


def chosen_row(session: Session, model: type[M], field: str, number: int | None, *, lock: bool = False) -> M:
    """The row that was chosen in a form, or BadInput at its field: none, none of the actor's, or no longer offered."""
    found = fields.row_id(field, number)
    if not found:
        return model()  # noted already: a row that is nowhere, so that the fields after it are looked at, too
    try:
        row = load(session, model, found, lock=lock)
    except NotFound:
        return amiss(BadInput(field, Problem.UNKNOWN_CHOICE), model())
    if getattr(row, "active", True) is False:
        return amiss(BadInput(field, Problem.UNKNOWN_CHOICE), row)
    return row
