"""便民联系卡 that were handed out and still name somebody whose consent does not hold any more."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Consent, Export, Household, Pairing, Place, Volunteer
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS
from db.rules.masking import masked_name
from db.terms import ConsentScope

MOST = 2_000
"""Cards that are looked through, the last first."""


@dataclass(frozen=True, slots=True)
class HandedCard:
    """The last card of a household, with somebody whom it must not name any more; masked."""

    id: int
    """Of the household."""
    label: str
    printed_at: datetime
    volunteer_id: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class _Span:
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def cards_to_fetch(session: Session, *, named: Collection[int] | None = None) -> tuple[HandedCard, ...]:
    """Cards at a door that name somebody who took the consent back, the last printed first; five statements.

    A card that was printed anew is out of use, so only the last one of a household counts. `named` keeps to these
    volunteers. A restricted household appears for its named staff alone.
    """
    last = _last_cards(session)
    naming = _named_on(session, last)
    everybody = {one for names in naming.values() for one in names}
    if named is not None:
        everybody &= set(named)
    agreed = set(
        session.scalars(
            select(Consent.volunteer_id).where(
                Consent.volunteer_id.in_(everybody),
                Consent.scope == ConsentScope.CONTACT_CARD,
                Consent.withdrawn_on.is_(None),
            )
        )
    )
    gone = everybody - agreed
    if not gone:
        return ()
    who = session.execute(select(Volunteer.id, Volunteer.name, Volunteer.number).where(Volunteer.id.in_(gone)))
    people = {row.id: row for row in who}
    homes = _labels(session, [home for home, names in naming.items() if gone & names])
    found = [
        HandedCard(home, homes[home], last[home].at, one, masked_name(people[one].name), people[one].number)
        for home, names in naming.items()
        for one in sorted(gone & names)
        if home in homes and one in people
    ]
    return tuple(sorted(found, key=lambda card: (card.printed_at, card.id), reverse=True)[:ROWS])


@dataclass(frozen=True, slots=True)
class _Printed:
    at: datetime
    named: tuple[int, ...] | None
    """None for a card that was printed before the log kept whom it names."""


def _last_cards(session: Session) -> dict[int, _Printed]:
    query = (
        select(Export.filters, Export.at).where(Export.what == "contact_card").order_by(Export.id.desc()).limit(MOST)
    )
    last: dict[int, _Printed] = {}
    for row in session.execute(query):
        home, named = row.filters.get("household"), row.filters.get("named")
        if isinstance(home, int) and home not in last:
            last[home] = _Printed(row.at, None if named is None else tuple(named))
    return last


def _named_on(session: Session, last: dict[int, _Printed]) -> dict[int, set[int]]:
    """Household → whom its last card names. What the log does not say is told by the days of pairing and consent."""
    unsaid = [home for home, card in last.items() if card.named is None]
    naming = {home: set(card.named or ()) for home, card in last.items()}
    for home, volunteer, pairing, consent in _days(session, unsaid):
        day = day_of(last[home].at)
        if pairing.holds(day) and consent.holds(day):
            naming[home].add(volunteer)
    return naming


def _days(session: Session, homes: list[int]) -> Iterator[tuple[int, int, _Span, _Span]]:
    if not homes:
        return
    query = (
        select(Pairing.household_id, Pairing.volunteer_id, Pairing.since, Pairing.ended_on)
        .add_columns(Consent.given_on, Consent.withdrawn_on)
        .join(Consent, Consent.volunteer_id == Pairing.volunteer_id)
        .where(Pairing.household_id.in_(homes), Consent.scope == ConsentScope.CONTACT_CARD)
    )
    for row in session.execute(query):
        yield row[0], row[1], _Span(row[2], row[3]), _Span(row[4], row[5])


def _labels(session: Session, homes: list[int]) -> dict[int, str]:
    query = (
        select(Household.id, Household.building, Household.stairwell, Household.alias, Household.restricted)
        .add_columns(Place.name.label("place"))
        .join(Place, Place.id == Household.place_id)
        .where(Household.id.in_(homes))
    )
    labels: dict[int, str] = defaultdict(str)
    for row in session.execute(query):
        door = masked_door(row.place, f"{row.building}{row.stairwell}", known=True)
        labels[row.id] = (row.alias or "***") if row.restricted else door
    return dict(labels)
