"""一周一登: the needs of one week with what they lack, its visits, and the signature."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Need, Visit, WeekSignOff
from db.queries.needs.needs import NeedRow, listing, need_row
from db.rules.needs.register import Entry, Missing, missing, seal
from db.rules.workdays import bounds_of_week
from db.scope import UNSCOPED
from db.terms import NeedStage, VisitOutcome

WEEK_MOST = 50
"""Needs of a week that are opened; what is counted is counted over all of them."""
SIGN_OFFS = 12


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A need of the week and what it lacks."""

    need: NeedRow
    lacks: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """The signature of a week, compared with all its needs as the signer sent them on, whatever the reader may see.

    `unchanged` when number, title, words and people of every need still are what was signed.
    """

    at: datetime
    by: str
    needs: int
    remark: str
    seal: str
    unchanged: bool
    changed: int = 0
    """Needs that came, were amended or voided after the signature."""
    hidden: int = 0
    """Those of them that the reader does not see."""


@dataclass(frozen=True, slots=True)
class WeekRegister:
    """One week of one community, at most 50 needs: what changed after the signature and what lacks something before the
    rest. Of the voided ones those that were signed for before.
    """

    week: date
    visits: Mapping[VisitOutcome, int]
    rows: tuple[RegisterRow, ...]
    sign_off: SignOff | None
    needs: int = 0
    """How many needs the reader sees, voided ones left out; also where they are more than the rows."""
    lacking: int = 0
    """How many of them lack something."""
    standing: Mapping[NeedStage, int] = field(default_factory=dict)
    """How many of them stand where."""

    @property
    def incomplete(self) -> tuple[RegisterRow, ...]:
        return tuple(row for row in self.rows if row.lacks)


def week_register(session: Session, community_id: int, week: date) -> WeekRegister:
    """The register of the week that starts on Monday `week`; what changed after the signature comes first."""
    start, end = bounds_of_week(week)
    visits = session.execute(
        select(Visit.outcome, func.count())
        .where(Visit.community_id == community_id, Visit.at >= start, Visit.at < end)
        .group_by(Visit.outcome)
    ).all()
    there = or_(Need.stage != NeedStage.VOID, Need.changed_after_sign_off)
    of_week = (Need.community_id == community_id, Need.week == week, there)
    looked_at: Sequence[Any] = session.execute(
        select(
            *(Need.id, Need.stage, Need.changed_after_sign_off),
            # As `Entry` has them: a week has hundreds of needs.
            *(Need.description, Need.building, Need.reach, Need.people, Need.source),
            or_(*(one.is_not(None) for one in (Need.household_id, Need.asker_name, Need.asker_phone))),
        )
        .where(*of_week)
        .order_by(Need.id)
    ).all()
    lacks = {key: missing(Entry(*given)) for key, stage, _changed, *given in looked_at if stage is not NeedStage.VOID}
    first = sorted(looked_at, key=lambda row: (not row[2], not lacks.get(row[0]), row[0]))
    rows = session.execute(
        listing().where(*of_week, Need.id.in_([row[0] for row in first[:WEEK_MOST]])).order_by(Need.id)
    ).all()
    standing = Counter(stage for _key, stage, *_given in looked_at)
    return WeekRegister(
        week,
        {row[0]: row[1] for row in visits},
        tuple(RegisterRow(need_row(row), lacks.get(row.id, ())) for row in rows),
        _signature(
            session, community_id, week, seen=sum(is_changed for _key, _stage, is_changed, *_given in looked_at)
        ),
        needs=len(lacks),
        lacking=sum(map(bool, lacks.values())),
        standing=standing,
    )


def _signature(session: Session, community_id: int, week: date, *, seen: int) -> SignOff | None:
    """The signature with what became of the week; `seen` is how many changed needs the reader sees."""
    row = session.execute(
        select(
            WeekSignOff.signed_at,
            WeekSignOff.needs,
            WeekSignOff.remark,
            WeekSignOff.digest,
            WeekSignOff.signed_name,
        ).where(WeekSignOff.community_id == community_id, WeekSignOff.week == week)
    ).first()
    if row is None:
        return None
    # The signature covers restricted needs, too, so the comparison does: whoever sees fewer would else be told of a
    # change that was none. Nothing but a hash and a number leaves this function.
    needs = session.execute(
        select(
            *(Need.number, Need.title, Need.description, Need.people, Need.changed_after_sign_off),
            (Need.stage == NeedStage.VOID).label("void"),
        ).where(Need.community_id == community_id, Need.week == week),
        execution_options=UNSCOPED,
    ).all()
    now = seal((one.number, one.title, one.description, str(one.people)) for one in needs if not one.void)
    changed = sum(one.changed_after_sign_off for one in needs)
    return SignOff(
        *(row.signed_at, row.signed_name, row.needs, row.remark, row.digest),
        unchanged=row.digest == now,
        changed=changed,
        hidden=changed - seen,
    )


def signed_weeks(session: Session, community_id: int) -> frozenset[date]:
    """The weeks signed lately."""
    query = (
        select(WeekSignOff.week)
        .where(WeekSignOff.community_id == community_id)
        .order_by(WeekSignOff.week.desc())
        .limit(SIGN_OFFS * 2)
    )
    return frozenset(session.scalars(query))
