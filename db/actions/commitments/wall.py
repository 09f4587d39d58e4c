"""承诺墙: give members their codes, take one back, count how often codes are opened."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.audit import UNAUDITED
from db.engine import action, as_system
from db.errors import Refused
from db.models import Commitment, Member, WallCode, WallScan
from db.queries.commitments.wall import SHOWN, code_index
from db.rules.permissions import Permission
from db.rules.printed_code import new_code

MOST_AT_ONCE = 500


@action(Permission.MANAGE_WALL)
def give_codes(session: Session, *, now: datetime) -> int:
    """A code for every member with promises on the wall who has no valid one; how many were made."""
    valid = select(WallCode.member_id).where(WallCode.revoked_at.is_(None))
    query = (
        select(Member)
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .where(Member.id.in_(select(Commitment.member_id).where(Commitment.state.in_(SHOWN))))
        .where(Member.id.not_in(valid))
        .order_by(Member.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    found = session.scalars(query).all()
    for member in found:
        code = new_code()
        session.add(
            WallCode(
                community_id=member.community_id,
                account_id=member.account_id,
                member_id=member.id,
                code=code,
                code_index=code_index(code),
                made_by=actor_of(session).id,
                made_at=now,
            )
        )
    return len(found)


@action(Permission.MANAGE_WALL)
def revoke_code(session: Session, *, code_id: int, version: int, now: datetime) -> None:
    """From the next scan on the code shows nothing; Refused("code_revoked")."""
    code = load(session, WallCode, code_id, version=version, lock=True)
    if code.revoked_at is not None:
        raise Refused("code_revoked")
    code.revoked_at = now


def count_scans(scans: Mapping[tuple[int, date], int]) -> None:
    """Add scans that were counted in memory: community and day, never whose code and never whose phone."""
    with as_system("scans of the wall") as session:
        insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
        for (community_id, on), number in sorted(scans.items()):
            statement = insert(WallScan).values(community_id=community_id, on=on, scans=number)
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=["community_id", "on"], set_={"scans": WallScan.scans + number}
                ),
                execution_options=UNAUDITED,
            )
