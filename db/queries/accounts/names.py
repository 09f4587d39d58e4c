"""Under which names somebody signed, for the page of the person."""

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from db.models import Account
from db.names import copied_columns


def former_names(session: Session, account_id: int) -> tuple[str, ...]:
    """Names other than the present one that stand on papers which this account signed, in one statement."""
    present = select(Account.name).where(Account.id == account_id).scalar_subquery()
    signed = [
        select(getattr(model, name).label("name")).where(
            getattr(model, of) == account_id, getattr(model, name) != "", getattr(model, name) != present
        )
        for model, name, of, target, _what in copied_columns()
        if target.name == Account.__tablename__
    ]
    return tuple(sorted(session.scalars(union(*signed))))
