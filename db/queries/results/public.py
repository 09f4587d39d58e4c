"""What the public page of a community shows of the running quarter: numbers alone, no row of anybody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import (
    AgendaItem,
    Category,
    Commitment,
    CommitmentPause,
    Community,
    Keeping,
    Need,
    Order,
    ProgressCode,
    Project,
    blind_index,
)
from db.queries.commitments.standing import dates_of
from db.queries.results import counted
from db.queries.results.counted import Chosen
from db.rules.commitments.life import HAS_BEEN_KEPT
from db.rules.commitments.quarter import due_and_kept, quarter_of
from db.rules.printed_code import understood
from db.rules.results.period import Period, period
from db.rules.results.progress import Kept, kept_of, shown
from db.terms import NeedStage, Outcome, ProjectState

Mark = tuple[object, ...]
"""Changes whenever anything that the page shows has changed."""
MOST_PROMISES = 2000


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """A quarter of a community; None stands for fewer than five."""

    community: str
    since: date
    until: date
    asked: tuple[tuple[str, str, int | None], ...]
    """Needs by category: the name, the English name, how many."""
    passed: int | None
    accepted: int | None
    orders: int | None
    promises: Kept


@dataclass(frozen=True, slots=True)
class CodeRow:
    """The valid code of a community."""

    id: int
    version: int
    community: str
    code: str


def code_index(code: str) -> str:
    """Under what a code of the public page is found."""
    return blind_index(f"progress:{code}")


def running_quarter(today: date) -> Period:
    """From the first day of the quarter until today."""
    return period(f"{today:%Y}-Q{(today.month + 2) // 3}", today=today)


def _conditions(chosen: Chosen) -> dict[Any, Any]:
    """What counts, by table. Restricted matters are not counted where everybody reads."""
    return {
        Need: and_(
            chosen.of(Need), chosen.at(Need.logged_at), Need.stage != NeedStage.VOID, Need.restricted.is_(False)
        ),
        AgendaItem: and_(chosen.of(AgendaItem), chosen.at(AgendaItem.decided_at), AgendaItem.outcome == Outcome.PASSED),
        Project: and_(chosen.of(Project), chosen.at(Project.accepted_at), Project.state == ProjectState.ACCEPTED),
        Order: and_(counted.orders_done(chosen), Order.restricted.is_(False)),
    }


def mark_of(typed: str, *, today: date) -> Mark | None:
    """What a page depends on, in two statements; None for a code that nobody has.

    The version of the code and the name of the community are part of it: a code that was taken back and a community
    that was renamed show at the next scan.
    """
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("public page of progress") as session:
        held = session.execute(
            select(ProgressCode.id, ProgressCode.version, Community.id.label("home"), Community.name)
            .join(Community, Community.id == ProgressCode.community_id)
            .where(ProgressCode.code_index == code_index(code))
        ).first()
        if held is None:
            return None
        chosen = Chosen(running_quarter(today), held.home)
        parts: list[Any] = []
        for model, holds in _conditions(chosen).items():
            parts += [select(func.count()).where(holds), select(func.sum(model.version)).where(holds)]
        names = select(func.sum(Category.version)).where(Category.active)
        parts.append(names)
        for model in (Commitment, Keeping):
            parts += [select(one).where(chosen.of(model)) for one in (func.count(), func.sum(model.version))]
        rests = chosen.of(CommitmentPause)
        parts += [select(one).where(rests) for one in (func.count(), func.max(CommitmentPause.until))]
        row = session.execute(select(*(one.scalar_subquery() for one in parts))).one()
    return (*held, *row)


def public_progress(typed: str, *, today: date) -> PublicProgress | None:
    """What the page behind a code shows; None for an unknown or revoked code."""
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("public page of progress") as session:
        home = session.execute(
            select(Community.id, Community.name, Community.subdistrict_id)
            .join(ProgressCode, ProgressCode.community_id == Community.id)
            .where(ProgressCode.code_index == code_index(code), ProgressCode.revoked_at.is_(None))
        ).first()
        return None if home is None else _counted(session, home, today)


def _counted(session: Session, home: Any, today: date) -> PublicProgress:
    quarter, subdistrict = running_quarter(today), home.subdistrict_id
    holds = _conditions(Chosen(quarter, home.id))
    asked = (
        select(Category.name, Category.name_en, func.count(Need.id))
        .outerjoin(Need, and_(Need.category_id == Category.id, holds[Need]))
        .where(Category.subdistrict_id == subdistrict, or_(Category.active, Need.id.is_not(None)))
        .group_by(Category.id, Category.name, Category.name_en, Category.position)
        .order_by(Category.position, Category.id)
    )
    numbers = session.execute(
        select(*(select(func.count()).where(holds[model]).scalar_subquery() for model in (AgendaItem, Project, Order)))
    ).one()
    # Categories without a need stand there, too: a missing line would say that there was none.
    lines = tuple((one, english, shown(number)) for one, english, number in session.execute(asked))
    passed, accepted, orders = (shown(int(number or 0)) for number in numbers)
    promises = _promises(session, home.id, today)
    return PublicProgress(home.name, quarter.since, quarter.until, lines, passed, accepted, orders, promises)


def _promises(session: Session, home: int, today: date) -> Kept:
    quarter, due, kept = quarter_of(today), 0, 0
    found = select(Commitment).where(Commitment.community_id == home, Commitment.state.in_(HAS_BEEN_KEPT))
    found = found.where(Commitment.until >= quarter.first, Commitment.starts_on <= today)
    promises = session.scalars(found.order_by(Commitment.id).limit(MOST_PROMISES)).all()
    for one in dates_of(session, promises).values():
        of_one = due_and_kept(one.periods, one.days, quarter, times=one.times, today=today, paused=one.rests)
        due, kept = due + of_one[0], kept + of_one[1]
    return kept_of(due, kept)


def progress_codes(session: Session) -> tuple[CodeRow, ...]:
    """The valid codes within reach."""
    query = (
        select(ProgressCode.id, ProgressCode.version, ProgressCode.code, Community.name)
        .join(Community, Community.id == ProgressCode.community_id)
        .where(ProgressCode.revoked_at.is_(None))
        .order_by(Community.id)
        .limit(50)
    )
    return tuple(CodeRow(row.id, row.version, row.name, row.code) for row in session.execute(query))
