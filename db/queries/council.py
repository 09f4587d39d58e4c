"""Bodies, their members and their dated rules."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Account, Body, BodyMember, Community, HouseRules
from db.queries.paging import ROWS
from db.rules.council import BodyInList, CouncilBody, DatedRule, Member, Named
from db.rules.decision import HouseRule
from db.rules.permissions import GRANTS, Permission

MOST_MEMBERS = 500


def bodies(session: Session, *, today: date) -> tuple[BodyInList, ...]:
    """The bodies in the actor's scope with the number of members in office."""
    seated = (
        select(func.count())
        .where(
            BodyMember.body_id == Body.id,
            BodyMember.since <= today,
            func.coalesce(BodyMember.until, date.max) >= today,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Body.id, Body.name, Body.kind, Body.term, Community.name.label("community"), seated.label("members"))
        .join(Community, Community.id == Body.community_id)
        .order_by(Community.id, Body.id)
        .limit(ROWS)
    )
    return tuple(BodyInList(r.id, r.name, r.kind, r.term, r.community, r.members) for r in rows)


def council_body(session: Session, body_id: int) -> CouncilBody:
    """One body with its members, former ones too, and all rules it ever had; raises NotFound."""
    body = session.execute(
        select(Body.id, Body.version, Body.community_id, Body.name, Body.kind, Body.term).where(Body.id == body_id)
    ).first()
    if body is None:
        raise NotFound(what="body", id=body_id)
    members = session.execute(
        select(
            BodyMember.id,
            BodyMember.version,
            BodyMember.seat,
            BodyMember.name,
            BodyMember.capacity,
            BodyMember.account_id,
            func.coalesce(Account.username, "").label("account_name"),
            BodyMember.since,
            BodyMember.until,
        )
        .outerjoin(Account, Account.id == BodyMember.account_id)
        .where(BodyMember.body_id == body_id)
        .order_by(BodyMember.seat, BodyMember.since.desc())
        .limit(MOST_MEMBERS)
    )
    rules = session.execute(
        select(
            HouseRules.id,
            HouseRules.valid_from,
            HouseRules.rule,
            HouseRules.basis,
            Account.name.label("set_by"),
            HouseRules.set_at,
        )
        .outerjoin(Account, Account.id == HouseRules.set_by)
        .where(HouseRules.body_id == body_id)
        .order_by(HouseRules.valid_from.desc(), HouseRules.id.desc())
        .limit(ROWS)
    )
    return CouncilBody(
        id=body.id,
        version=body.version,
        community_id=body.community_id,
        name=body.name,
        kind=body.kind,
        term=body.term,
        members=tuple(Member(*row) for row in members),
        rules=tuple(
            DatedRule(r.id, r.valid_from, HouseRule.from_json(r.rule), r.basis, r.set_by or "", r.set_at) for r in rules
        ),
    )


def accounts_that_may_vote(session: Session, community_id: int) -> tuple[Named, ...]:
    """Accounts of a community that a seat can be tied to."""
    roles = sorted(GRANTS[Permission.CAST_BALLOT].roles)
    rows = session.execute(
        select(Account.id, Account.name, Account.username)
        .where(Account.community_id == community_id, Account.disabled_at.is_(None), Account.role.in_(roles))
        .order_by(Account.name, Account.id)
        .limit(MOST_MEMBERS)
    )
    return tuple(Named(row.id, f"{row.name}({row.username})") for row in rows)


def communities(session: Session) -> tuple[Named, ...]:
    """The communities in the actor's scope, for those who set up a body in one of them."""
    rows = session.execute(select(Community.id, Community.name).order_by(Community.id).limit(MOST_MEMBERS))
    return tuple(Named(row.id, row.name) for row in rows)
