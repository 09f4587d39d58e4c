"""敏感信息: kept for a purpose, on a consent or a law, until a day; seen for a reason, one look at a time."""

import secrets
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, words
from db.actions.loading import actor_of, load
from db.actions.people.consents import empty_fact, is_child, living_person
from db.audit import note
from db.counters import day_of
from db.engine import action
from db.errors import NotFound, Refused
from db.models import Consent, Person, SensitiveFact
from db.rules.limits import SENSITIVE_KEPT_MOST
from db.rules.people.consents import covers, may_give
from db.rules.permissions import Permission
from db.terms import ConsentScope, SensitiveKind


def ground(
    session: Session, person: Person, consent_id: int | None, scopes: tuple[ConsentScope, ...], *, child: bool
) -> Consent:
    """The consent of this very person that holds and covers one of the scopes, or Refused("consent_of_another")."""
    try:
        consent = load(session, Consent, consent_id or 0, lock=True)
    except NotFound as missing:
        raise Refused("consent_of_another") from missing
    owner = session.get(Person, consent.person_id) if consent.person_id else None
    its = owner is not None and person.id in (owner.id, owner.merged_into_id)
    if not its or consent.withdrawn_on is not None or consent.scope not in scopes:
        raise Refused("consent_of_another")
    if not may_give(consent.way, child=child):
        raise Refused("guardian_needed")
    return consent


@action(Permission.SEE_SENSITIVE)
def add_sensitive(
    session: Session,
    *,
    person_id: int,
    kind: SensitiveKind | None,
    said: str,
    purpose: str,
    keep_until: date | None,
    now: datetime,
    consent_id: int | None = None,
    legal_ground: str = "",
) -> int:
    """Keep a sensitive fact: what for, on whose consent or which law, until when. The id.

    Raises Refused("consent_missing"), ("consent_of_another"), ("guardian_needed").
    """
    kind = chosen("kind", kind, list(SensitiveKind))
    text, why = words("said", said, most=300), line("purpose", purpose, most=100)
    today = day_of(now)
    until = day("keep_until", keep_until, least=today, most=today + SENSITIVE_KEPT_MOST)
    law = line("legal_ground", legal_ground, most=100, needed=False)
    person = living_person(session, person_id, lock=True)
    child = kind is SensitiveKind.CHILD or is_child(session, person)
    if consent_id is None and not law:
        raise Refused("consent_missing")
    if consent_id is not None:
        scopes = tuple(scope for scope in ConsentScope if covers(scope, kind))
        consent_id = ground(session, person, consent_id, scopes, child=child).id
    fact = SensitiveFact(
        community_id=person.community_id,
        restricted=person.restricted,
        person_id=person.id,
        kind=kind.value,
        kind_index=SensitiveFact.index_of(person.community_id, kind),
        words=text,
        purpose=why,
        consent_id=consent_id,
        legal_ground=law,
        keep_until=until,
        recorded_by=actor_of(session).id,
        recorded_at=now,
    )
    session.add(fact)
    session.flush()
    return fact.id


@action(Permission.SEE_SENSITIVE)
def see_sensitive(session: Session, *, person_id: int, reason: str) -> str:
    """Allow one look at the sensitive facts of a person; the token of the trace. One log entry for every fact."""
    why = line("reason", reason, most=200)
    person, token = living_person(session, person_id), secrets.token_urlsafe(16)
    merged = select(Person.id).where(Person.merged_into_id == person.id)
    facts = select(SensitiveFact).where(
        (SensitiveFact.person_id == person.id) | SensitiveFact.person_id.in_(merged), SensitiveFact.erased_at.is_(None)
    )
    for fact in session.scalars(facts):
        note(session, fact, "read", {"words": (None, None), "look": (None, token)}, reason=why)
    note(session, person, "read", {"sensitive": (None, None), "look": (None, token)}, reason=why)
    return token


@action(Permission.SEE_SENSITIVE)
def erase_sensitive(session: Session, *, fact_id: int, reason: str, now: datetime) -> int:
    """It is not needed any more, or the person asks: class and words are overwritten. Raises Refused("fact_erased")."""
    why = line("reason", reason, most=200)
    fact = load(session, SensitiveFact, fact_id, lock=True)
    if fact.erased_at is not None:
        raise Refused("fact_erased")
    empty_fact(session, fact, now=now)
    note(session, fact, "update", {"erased_at": (None, now)}, reason=why)
    return fact.id
