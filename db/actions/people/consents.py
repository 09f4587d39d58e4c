"""同意: written down with who heard it and what was told; taken back at any time, with effect at once."""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line
from db.actions.loading import actor_of, load
from db.audit import note
from db.counters import day_of
from db.engine import action, sweep_after_commit
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Consent, Member, Person, ProgrammeMember, SensitiveFact, Volunteer
from db.rules.people.consent_input import ConsentInput
from db.rules.people.consents import may_give, witness_needed
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ConsentScope, ConsentWay, SensitiveKind

PAST_THE_SCOPE = UNSCOPED | {"audited": True, "synchronize_session": False}
"""A withdrawal or an erasure takes effect in a programme also when whoever enters it may not look into it."""

ASKED_BY_SCOPE = (ConsentScope.WALL, ConsentScope.CONTACT_CARD)
"""Papers ask whether any such consent holds: one that was written down twice is taken back whole."""


def is_child(session: Session, person: Person) -> bool:
    """Whether it is on file that this person is under fourteen."""
    query = select(SensitiveFact.id).where(
        SensitiveFact.person_id == person.id,
        SensitiveFact.erased_at.is_(None),
        SensitiveFact.kind_index == SensitiveFact.index_of(person.community_id, SensitiveKind.CHILD),
    )
    return session.execute(query).first() is not None


def living_person(session: Session, person_id: int, *, lock: bool = False) -> Person:
    """The person, or the one it was merged into; raises Refused("person_erased") after an erasure."""
    person = load(session, Person, person_id, lock=lock)
    if person.merged_into_id is not None:
        person = load(session, Person, person.merged_into_id, lock=lock)
    if person.erased_at is not None:
        raise Refused("person_erased")
    return person


def _subject(session: Session, given: ConsentInput) -> Person | Volunteer | Member:
    named = (given.person_id, given.volunteer_id, given.member_id)
    if sum(one is not None for one in named) != 1:
        raise BadInput("person_id", Problem.EMPTY)
    if given.person_id is not None:
        return living_person(session, given.person_id)
    others: tuple[tuple[str, type[Volunteer] | type[Member], int | None], ...] = (
        ("volunteer_id", Volunteer, given.volunteer_id),
        ("member_id", Member, given.member_id),
    )
    field, model, number = next(one for one in others if one[2] is not None)
    try:
        found = load(session, model, number or 0)
    except NotFound as missing:
        raise BadInput(field, Problem.UNKNOWN_CHOICE) from missing
    if isinstance(found, Member) and found.erased_at is not None:
        raise BadInput(field, Problem.UNKNOWN_CHOICE)
    return found


@action(Permission.RECORD_CONSENT)
def record_consent(
    session: Session,
    *,
    given: ConsentInput,
    now: datetime,
) -> int:
    """Write a consent down; the id. Spoken ones need a witness, under fourteen a guardian gives it.

    Raises Refused("guardian_needed") and Refused("person_erased"). A second consent to the same thing is a second row:
    the ledger forgets nothing.
    """
    subject = _subject(session, given)
    how = chosen("way", given.way, list(ConsentWay))
    child = given.under_14 or (isinstance(subject, Person) and is_child(session, subject))
    if not may_give(how, child=child):
        raise Refused("guardian_needed")
    row = Consent(
        community_id=subject.community_id,
        restricted=isinstance(subject, Person) and subject.restricted,
        person_id=subject.id if isinstance(subject, Person) else None,
        volunteer_id=subject.id if isinstance(subject, Volunteer) else None,
        member_id=subject.id if isinstance(subject, Member) else None,
        scope=chosen("scope", given.scope, list(ConsentScope)),
        given_on=day("given_on", given.given_on, most=day_of(now)),
        way=how,
        witness=line("witness", given.witness, most=60, needed=witness_needed(how)),
        told=line("told", given.told, most=200),
        recorded_by=actor_of(session).id,
        recorded_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.RECORD_CONSENT)
def withdraw_consent(session: Session, *, consent_id: int, reason: str, now: datetime) -> dict[str, int]:
    """撤回: from this moment nothing rests on it. What was wiped and ended: `facts`, `memberships`.

    Facts that a law requires stay on that ground; memberships of a programme end; a contact card reads the ledger when
    it is printed. Raises Refused("already_withdrawn").
    """
    why = line("reason", reason, most=200)
    row = load(session, Consent, consent_id, lock=True)
    if row.withdrawn_on is not None:
        raise Refused("already_withdrawn")
    row.withdrawn_on, row.withdrawn_reason = day_of(now), why
    if row.scope in ASKED_BY_SCOPE:
        for same in session.scalars(_same(row).with_for_update(), execution_options=UNSCOPED):
            same.withdrawn_on, same.withdrawn_reason = day_of(now), why
    facts = wipe_facts(session, consent_id=row.id, now=now)
    ended = end_memberships(session, consent_id=row.id, now=now)
    return {"facts": facts, "memberships": ended}


def _same(row: Consent) -> Select[Consent]:
    """What the same one consented to once more."""
    return select(Consent).where(
        Consent.id != row.id, Consent.scope == row.scope, Consent.withdrawn_on.is_(None),
        *(getattr(Consent, name) == number if (number := getattr(row, name)) is not None
          else getattr(Consent, name).is_(None) for name in ("person_id", "volunteer_id", "member_id")),
    )  # fmt: skip


def wipe_facts(session: Session, *, now: datetime, consent_id: int | None = None, person_id: int | None = None) -> int:
    """Empty the facts that rest on this consent and on no law, or all facts of this person; how many."""
    query = select(SensitiveFact).where(SensitiveFact.erased_at.is_(None))
    if consent_id is not None:
        query = query.where(SensitiveFact.consent_id == consent_id)
    else:
        query = query.where(SensitiveFact.person_id == person_id)
    wiped = 0
    for fact in session.scalars(query.with_for_update()):
        if consent_id is not None and fact.legal_ground:
            fact.consent_id = None
            continue
        empty_fact(session, fact, now=now)
        wiped += 1
    return wiped


def empty_fact(session: Session, fact: SensitiveFact, *, now: datetime) -> None:
    """Class and words are overwritten, the row says only that there was one."""
    fact.kind, fact.words, fact.purpose, fact.legal_ground = "", "", "", ""
    fact.kind_index, fact.erased_at = "", now
    sweep_after_commit(session, "sensitive_fact")


def end_memberships(
    session: Session, *, now: datetime, consent_id: int | None = None, person_id: int | None = None
) -> int:
    """Whoever may not look into a programme can still end a membership in it; the wish is wiped. How many ended."""
    found = select(ProgrammeMember).where(
        ProgrammeMember.consent_id == consent_id if consent_id is not None else ProgrammeMember.person_id == person_id
    )
    members = session.scalars(found, execution_options=UNSCOPED).all()
    for member in members:
        session.execute(
            update(ProgrammeMember)
            .where(ProgrammeMember.id == member.id)
            .values(
                left_on=member.left_on or day_of(now),
                wish="",
                version=ProgrammeMember.version + 1,
            ),
            execution_options=PAST_THE_SCOPE,
        )
        left = (str(member.left_on) if member.left_on else None, str(member.left_on or day_of(now)))
        note(session, member, "update", {"left_on": left, "wish": ("", "")})
        session.expunge(member)
    if members:
        sweep_after_commit(session, "programme_member")
    return len(members)
