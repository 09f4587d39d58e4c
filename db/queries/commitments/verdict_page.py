"""What the holder of a code is shown before judging: the promise, whose it is, which visit; nobody else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db.engine import reading_as_system
from db.models import Commitment, Community, Keeping, Member, VerdictCode, blind_index
from db.queries.commitments.wall import consented, wall_name
from db.rules.commitments.verdict_code import LENGTH, CodeStand, stand
from db.rules.masking import redact
from db.rules.printed_code import understood


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One visit as whoever was served knows it; the member whole with consent, else by surname."""

    stand: CodeStand
    community: str
    desk_phone: str
    member: str
    """Empty once the member is off the roll."""
    what: str
    whom: str
    on: date


def code_hash(code: str) -> str:
    """What is kept of a code as it was understood."""
    return blind_index(f"verdict:{code}")


def verdict_view(typed: str, *, today: date) -> VerdictView | None:
    """The visit that a code was handed out for; None for a code that nobody was given."""
    code = understood(typed, LENGTH)
    if code is None:
        return None
    entered = aliased(Member)
    query = (
        select(
            *(VerdictCode.until, VerdictCode.used_on, VerdictCode.revoked_at, Keeping.on, Keeping.struck_at),
            *(Commitment.state, Commitment.what, Commitment.whom, Community.name, Community.desk_phone),
            *(Member.id.label("member_id"), Member.name.label("member"), Member.ended_on, Member.erased_at),
        )
        .join(Keeping, Keeping.id == VerdictCode.keeping_id)
        .join(Commitment, Commitment.id == VerdictCode.commitment_id)
        .join(entered, entered.id == Commitment.member_id)
        .join(Member, Member.id == func.coalesce(entered.merged_into_id, entered.id))
        .join(Community, Community.id == VerdictCode.community_id)
        .where(VerdictCode.code_hash == code_hash(code))
    )
    with reading_as_system("plain page of a verdict") as session:
        row = session.execute(query).one_or_none()
        if row is None:
            return None
        there = row.ended_on is None and row.erased_at is None
        member = wall_name(row.member, row.member_id in consented([row.member_id], session)) if there else ""
    stands = stand(
        row.state, today=today, until=row.until, used=row.used_on is not None, revoked=row.revoked_at is not None,
        counts=row.struck_at is None,
    )  # fmt: skip
    return VerdictView(
        stands, row.name, row.desk_phone or "", member, redact(row.what), redact(row.whom), row.on
    )  # fmt: skip
