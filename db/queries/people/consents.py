"""The ledger of consents, and who has one that holds: whatever leaves the house on a consent asks here, every time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Consent
from db.queries.paging import ROWS
from db.terms import ConsentScope, ConsentWay


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of the ledger."""

    id: int
    scope: ConsentScope
    given_on: date
    way: ConsentWay
    witness: str
    told: str
    withdrawn_on: date | None
    withdrawn_reason: str
    by: str


def _ledger(session: Session, whose: object) -> tuple[ConsentRow, ...]:
    query = (
        select(
            *(Consent.id, Consent.scope, Consent.given_on, Consent.way, Consent.witness, Consent.told),
            *(Consent.withdrawn_on, Consent.withdrawn_reason, Consent.recorded_name.label("by")),
        )
        .where(whose)  # type: ignore[arg-type]
        .order_by(Consent.id.desc())
        .limit(ROWS)
    )
    return tuple(ConsentRow(**row._mapping) for row in session.execute(query))


def consents_of_person(session: Session, person_ids: Collection[int]) -> tuple[ConsentRow, ...]:
    """The ledger of a person and of the records merged into it, newest first."""
    return _ledger(session, Consent.person_id.in_(person_ids))


def consents_of_member(session: Session, member_ids: Collection[int]) -> tuple[ConsentRow, ...]:
    """The ledger of a party member and of the entries that lead to theirs, newest first."""
    return _ledger(session, Consent.member_id.in_(member_ids))
