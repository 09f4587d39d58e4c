"""Which rows a session can reach: the actor's scope goes on every ORM statement, so no query can forget it."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import ColumnClause, Executable, Integer, bindparam, event, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from db.audit import UNAUDITED, bulk_written
from db.errors import NotPermitted
from db.models import (
    AuditEntry,
    Community,
    Consent,
    Household,
    InCommunity,
    InProgramme,
    InSubdistrict,
    OwnedByAccount,
    ProgrammeMember,
    ProgrammeStaff,
    Restricted,
)
from db.rules.permissions import Actor, Scope
from db.terms import ConsentScope
from db.together import before_writing

P = ParamSpec("P")
S = TypeVar("S", bound=Executable)
UNSCOPED = {"unscoped": True}
"""Execution option of the few statements that look at the actor itself."""


def bare(model: Any) -> Any:
    """The columns of a model's table, without the scope: for ids that are looked up inside a statement of the model.

    The statement around it selects the mapped class and is in scope; what nobody may reach never leaves it. Left to
    itself a database reads every row in scope before it asks an index.
    """
    return model.__table__.c


class OfActor(ColumnClause[int]):
    """A value of whoever reads. It comes with each execution, so that what is compiled and kept serves everybody.

    A parameter in the conditions would be copied to each place where one applies, and at each execution SQLAlchemy
    compares all copies with each other. Where the value is not handed over the statement fails.
    """

    inherit_cache = True


SUBDISTRICT, COMMUNITY, ACCOUNT = (
    OfActor(f"scope_{name}", Integer) for name in ("subdistrict", "community", "account")
)
_PARAMETERS = {
    one.name: bindparam(one.name, type_=one.type, required=True) for one in (SUBDISTRICT, COMMUNITY, ACCOUNT)
}


@compiles(OfActor)
def _as_parameter(element: OfActor, compiler: Any, **options: Any) -> Any:
    return compiler.process(_PARAMETERS[element.name], **options)


def _values(actor: Actor) -> dict[str, int | None]:
    return {
        SUBDISTRICT.name: actor.subdistrict_id,
        COMMUNITY.name: actor.community_id,
        ACCOUNT.name: actor.id,
    }


@cache
def _criteria(scope: Scope, sees_restricted: bool) -> tuple[Any, ...]:
    """The loader criteria of whoever has this reach; kept, because building them costs as much as a statement."""
    criteria: list[Any] = []
    if scope in (Scope.COMMUNITY, Scope.OWN_ROWS):
        criteria.append(
            with_loader_criteria(InCommunity, lambda cls: cls.community_id == COMMUNITY, include_aliases=True)
        )
    elif scope is Scope.SUBDISTRICT:
        criteria.append(
            with_loader_criteria(
                InCommunity,
                lambda cls: cls.community_id.in_(select(Community.id).where(Community.subdistrict_id == SUBDISTRICT)),
                include_aliases=True,
            )
        )
    # A record that was made one with another stands in no list; who asks for it by its id or its door is led on.
    criteria.append(with_loader_criteria(Household, Household.merged_into_id.is_(None), include_aliases=True))
    # An entry that the system made names only the community.
    if scope in (Scope.COMMUNITY, Scope.OWN_ROWS):
        criteria.append(with_loader_criteria(AuditEntry, AuditEntry.community_id == COMMUNITY))
    elif scope is Scope.SUBDISTRICT:
        communities = select(Community.id).where(Community.subdistrict_id == SUBDISTRICT)
        within = or_(AuditEntry.subdistrict_id == SUBDISTRICT, AuditEntry.community_id.in_(communities))
        criteria.append(with_loader_criteria(AuditEntry, within))
    if scope is not Scope.EVERYTHING:
        criteria.append(
            with_loader_criteria(InSubdistrict, lambda cls: cls.subdistrict_id == SUBDISTRICT, include_aliases=True)
        )
    if scope is Scope.OWN_ROWS:
        criteria.append(
            with_loader_criteria(OwnedByAccount, lambda cls: cls.account_id == ACCOUNT, include_aliases=True)
        )
    if not sees_restricted:
        criteria.append(with_loader_criteria(Restricted, lambda cls: cls.restricted.is_(False), include_aliases=True))
    # The tables themselves: criteria within criteria would ask for each other without end.
    staff, member = ProgrammeStaff.__table__, ProgrammeMember.__table__
    criteria.append(
        with_loader_criteria(
            InProgramme,
            lambda cls: cls.programme_id.in_(
                select(staff.c.programme_id).where(staff.c.account_id == ACCOUNT, staff.c.until.is_(None))
            ),
            include_aliases=True,
        )
    )
    # That somebody consented to a restricted programme tells that they are in one.
    theirs = select(member.c.consent_id).where(
        member.c.programme_id.in_(
            select(staff.c.programme_id).where(staff.c.account_id == ACCOUNT, staff.c.until.is_(None))
        )
    )
    criteria.append(
        with_loader_criteria(
            Consent,
            or_(
                Consent.scope != ConsentScope.PROGRAMME,
                Consent.recorded_by == ACCOUNT,
                Consent.id.in_(theirs),
            ),
            include_aliases=True,
        )
    )
    return tuple(criteria)


@event.listens_for(Session, "do_orm_execute")
def _limit(state: ORMExecuteState) -> None:
    info = state.session.info
    options = state.execution_options
    if state.is_insert or state.is_update or state.is_delete:
        if info.get("reads"):
            raise RuntimeError("a reading session must not write")
        if not (options.get("audited") or options.get("unaudited")):
            raise RuntimeError("a bulk statement passes the audit log by: use db.audit.guarded or UNAUDITED")
        if options.get("unaudited"):
            bulk_written(state.session, cast(Any, state.statement).table.name)
        before_writing()
    actor: Actor | None = info.get("actor")
    if actor is None or options.get("unscoped") or state.is_column_load:
        return
    if "criteria" not in info:
        info["criteria"] = _criteria(actor.scope, actor.sees_restricted)
        info["scope"] = _values(actor)
    limited = _kept_in_scope if options.get("kept") else _in_scope
    state.statement = limited(state.statement, info["criteria"])
    if not state.is_executemany:
        state.parameters = cast(dict[str, Any], state.parameters or {}) | info["scope"]


def _in_scope(statement: Any, criteria: tuple[Any, ...]) -> Any:
    return statement.options(*criteria)


# Some 15 MB at most: SQLAlchemy's key of a large statement, which a kept one holds, takes 200 KiB.
_kept_in_scope = lru_cache(maxsize=256)(_in_scope)


def built_once(build: Callable[P, S]) -> Callable[P, S]:
    """A statement that is built once for each set of arguments; what differs from look to look are its parameters.

    To build a large one costs ten times what it costs to run it, and its key for SQLAlchemy's cache is kept with it.
    """

    @lru_cache(maxsize=256)
    def built(*args: P.args, **kwargs: P.kwargs) -> S:
        return build(*args, **kwargs).execution_options(kept=True)

    return cast(Callable[P, S], built)


@event.listens_for(Session, "before_flush")
def _stay_in_scope(session: Session, _context: Any, _instances: Any) -> None:
    """Nothing may be written into, or moved to, a community that the actor cannot reach."""
    if session.info.get("reads") and (session.new or session.dirty or session.deleted):
        raise RuntimeError("a reading session must not write")
    before_writing()
    actor: Actor | None = session.info.get("actor")
    if actor is None or actor.scope is Scope.EVERYTHING:
        return
    for row in (*session.new, *session.dirty):
        if isinstance(row, InCommunity) and not _reaches(session, actor, row.community_id):
            raise NotPermitted(permission="scope", role=actor.role)
        if isinstance(row, InSubdistrict) and row.subdistrict_id != actor.subdistrict_id:
            raise NotPermitted(permission="scope", role=actor.role)
        if isinstance(row, OwnedByAccount) and actor.scope is Scope.OWN_ROWS and row.account_id != actor.id:
            raise NotPermitted(permission="scope", role=actor.role)
        if isinstance(row, InProgramme) and not _is_staff(session, actor, row.programme_id):
            raise NotPermitted(permission="programme", role=actor.role)


def _is_staff(session: Session, actor: Actor, programme_id: int) -> bool:
    with session.no_autoflush:
        return (
            session.execute(
                select(ProgrammeStaff.id).where(
                    ProgrammeStaff.programme_id == programme_id,
                    ProgrammeStaff.account_id == actor.id,
                    ProgrammeStaff.until.is_(None),
                ),
                execution_options=UNSCOPED | UNAUDITED,
            ).first()
            is not None
        )


def _reaches(session: Session, actor: Actor, community_id: int) -> bool:
    if actor.community_id is not None:
        return community_id == actor.community_id
    known: dict[int, bool] = session.info.setdefault("reachable", {})
    if community_id not in known:
        with session.no_autoflush:
            known[community_id] = (
                session.execute(
                    select(Community.id).where(
                        Community.id == community_id, Community.subdistrict_id == actor.subdistrict_id
                    ),
                    execution_options=UNSCOPED | UNAUDITED,
                ).first()
                is not None
            )
    return known[community_id]
