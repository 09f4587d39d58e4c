"""Photos of the service diary: whose consent holds, and which entries left the house with one that ended since.

A photo is put to an entry when it is taken away and is kept nowhere; which consents it rested on stands in the record
of the files that left (`record_export`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from db.models import Consent, Export, Member, Person, Volunteer
from db.queries.paging import ROWS
from db.rules.masking import masked_name
from db.terms import ConsentScope, ConsentWay

WHAT = "diary"
"""As the files of the diary stand in the record of what left."""
_READ = 500

HOLDS = and_(
    Consent.scope == ConsentScope.PHOTO,
    Consent.withdrawn_on.is_(None),
    Consent.restricted.is_(False),
    # No child is shown, whoever consented for them.
    Consent.way != ConsentWay.GUARDIAN,
)
"""A consent on which the diary may show a person."""


@dataclass(frozen=True, slots=True)
class PhotoConsent:
    """Who may be shown; the name is masked."""

    id: int
    name: str
    given_on: date


def photo_consents(session: Session) -> tuple[PhotoConsent, ...]:
    """Consents to be shown on a photo that hold, the latest first; one statement."""
    query = (
        select(Consent.id, Consent.given_on)
        .add_columns(Person.name.label("person"), Volunteer.name.label("volunteer"), Member.name.label("member"))
        .outerjoin(Person, Person.id == Consent.person_id)
        .outerjoin(Volunteer, Volunteer.id == Consent.volunteer_id)
        .outerjoin(Member, Member.id == Consent.member_id)
        .where(HOLDS)
        .order_by(Consent.id.desc())
        .limit(ROWS * 4)
    )
    return tuple(
        PhotoConsent(row.id, masked_name(row.person or row.volunteer or row.member or ""), row.given_on)
        for row in session.execute(query)
    )


def all_hold(session: Session, consent_ids: Collection[int]) -> bool:
    """Whether every one of these consents holds at this moment and is within reach."""
    wanted = set(consent_ids)
    found = select(Consent.id).where(Consent.id.in_(wanted), HOLDS)
    return not wanted or set(session.scalars(found)) == wanted


def shown_without_consent(session: Session) -> frozenset[int]:
    """Entries of which a file left with somebody on a photo whose consent has ended since; two statements."""
    left = select(Export.filters).where(Export.what == WHAT).order_by(Export.id.desc()).limit(_READ)
    rested: dict[int, set[int]] = {}
    for filters in session.scalars(left):
        for one in filters.get("consents", ()):
            rested.setdefault(one, set()).add(filters["entry"])
    if not rested:
        return frozenset()
    holding = set(session.scalars(select(Consent.id).where(Consent.id.in_(rested), HOLDS)))
    return frozenset(number for one, numbers in rested.items() if one not in holding for number in numbers)
