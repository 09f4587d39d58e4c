"""What belongs to a member follows the account that they are linked with: promises, sheets, reviews, the code."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import (
    Commitment,
    CommitmentPause,
    CommitmentStep,
    CommitmentVerdict,
    CommitmentVersion,
    Keeping,
    Member,
    Miss,
    QuarterSheet,
    ReviewCorrection,
    ReviewedMember,
    ReviewTally,
    VerdictCode,
    WallCode,
)
from db.scope import UNSCOPED

OF_PROMISE: tuple[Any, ...] = (
    CommitmentVersion, CommitmentStep, CommitmentPause, Keeping, Miss, CommitmentVerdict, VerdictCode,
)  # fmt: skip
OF_MEMBER: tuple[Any, ...] = (Commitment, WallCode, QuarterSheet, ReviewedMember)
OF_REVIEWED: tuple[Any, ...] = (ReviewTally, ReviewCorrection)
PAST_THE_SCOPE = UNSCOPED | {"audited": True, "synchronize_session": False}
"""The link itself is in the log; whose rows these are follows from it."""


def account_follows(session: Session, member_ids: Iterable[int]) -> None:
    """Give the rows of these members, and of the entries that lead to them, the account that the member has now."""
    session.flush()
    for member_id in member_ids:
        account = select(Member.account_id).where(Member.id == member_id)
        account_id = session.scalar(account, execution_options=UNSCOPED)
        entries = select(Member.id).where((Member.id == member_id) | (Member.merged_into_id == member_id))
        ids = session.scalars(entries, execution_options=UNSCOPED).all()
        for model in OF_MEMBER:
            session.execute(
                update(model).where(model.member_id.in_(ids)).values(account_id=account_id),
                execution_options=PAST_THE_SCOPE,
            )
        promises = select(Commitment.id).where(Commitment.member_id.in_(ids))
        for model in OF_PROMISE:
            session.execute(
                update(model).where(model.commitment_id.in_(promises)).values(account_id=account_id),
                execution_options=PAST_THE_SCOPE,
            )
        reviewed = select(ReviewedMember.id).where(ReviewedMember.member_id.in_(ids))
        for model in OF_REVIEWED:
            session.execute(
                update(model).where(model.reviewed_id.in_(reviewed)).values(account_id=account_id),
                execution_options=PAST_THE_SCOPE,
            )
