"""志愿者登记: who may help, under which name, and which account is theirs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.numbering import next_number
from db.actions.people.differing import keep_different
from db.actions.people.people import phone_of
from db.audit import guarded
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import (
    Account,
    ActivityHelper,
    EscortEvent,
    EscortPair,
    HoursChange,
    HoursClaim,
    MarketHelper,
    OrderOffer,
    Placement,
    ServiceRecord,
    Turn,
    Volunteer,
    VolunteerAward,
    VolunteerCertificate,
    VolunteerEvent,
    VolunteerTraining,
)
from db.queries.accounts.accounts import is_gone
from db.queries.volunteers.doubles import in_words, like_volunteers
from db.rules.permissions import GRANTS, Permission
from db.rules.volunteers.asking import is_paused, known_slots, may_be_minor
from db.terms import DoubleKind, VolunteerChange, VolunteerKind

MOST_SKILLS = 8
OWNED: tuple[Any, ...] = (
    Placement, ServiceRecord, OrderOffer, HoursClaim, HoursChange, VolunteerEvent, VolunteerTraining, VolunteerAward,
    VolunteerCertificate, Turn, ActivityHelper, MarketHelper, EscortPair, EscortEvent,
)  # fmt: skip
"""Rows of a volunteer that their account may see."""


def tidy_skills(skills: Sequence[str]) -> list[str]:
    """Clean, each once, in the order given."""
    cleaned = [fields.line("skills", skill, most=20, needed=False) for skill in skills]
    kept = list(dict.fromkeys(skill for skill in cleaned if skill))
    if len(kept) > MOST_SKILLS:
        raise BadInput("skills", Problem.OUT_OF_RANGE, least=0, most=MOST_SKILLS)
    return kept


def serving_volunteer(session: Session, volunteer_id: int, *, lock: bool = False) -> Volunteer:
    """A volunteer who serves now; Refused("volunteer_ended"), ("volunteer_merged"), ("helper_gone") for others."""
    volunteer = load(session, Volunteer, volunteer_id, lock=lock)
    must_serve(volunteer)
    if not serves_by_account(session, volunteer):
        raise Refused("helper_gone", number=volunteer.number)
    return volunteer


def serves(session: Session, volunteer: Volunteer) -> bool:
    """Whether somebody can be asked: has not ended, and has no account that cannot answer here."""
    return volunteer.ended_on is None and serves_by_account(session, volunteer)


def serves_by_account(session: Session, volunteer: Volunteer) -> bool:
    """Whether the account of a volunteer, if there is one, can answer in their community."""
    return not is_gone(session, volunteer.account_id, volunteer.community_id)


def must_serve(volunteer: Volunteer) -> None:
    """Refused("volunteer_ended") or ("volunteer_merged") for somebody who does not serve now."""
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    if volunteer.ended_on is not None:
        raise Refused("volunteer_ended", number=volunteer.number, day=volunteer.ended_on.isoformat())


def askable_volunteer(session: Session, volunteer_id: int, on: date, *, lock: bool = False) -> Volunteer:
    """A volunteer who can be sent somewhere on a day: serves, is not paused, and has a guardian's word as a minor.

    Raises what `serving_volunteer` raises, Refused("volunteer_paused"), Refused("guardian_missing").
    """
    volunteer = serving_volunteer(session, volunteer_id, lock=lock)
    must_be_there(volunteer, on)
    return volunteer


def must_be_there(volunteer: Volunteer, on: date) -> None:
    """Refused("guardian_missing") or ("volunteer_paused") for a day on which somebody is sent nowhere."""
    if not guarded_enough(volunteer, on):
        raise Refused("guardian_missing", number=volunteer.number)
    if is_paused(volunteer.paused_from, volunteer.paused_until, on) and volunteer.paused_until is not None:
        raise Refused("volunteer_paused", number=volunteer.number, day=volunteer.paused_until.isoformat())


def guarded_enough(volunteer: Volunteer, on: date) -> bool:
    """Whether somebody is grown up on a day, or the guardian has agreed."""
    return volunteer.guardian_agreed_on is not None or not may_be_minor(volunteer.birth_year, on)


def can_be_asked(session: Session, volunteer: Volunteer, on: date) -> bool:
    """Whether somebody can be sent somewhere on a day."""
    return serves(session, volunteer) and is_there(volunteer, on)


def is_there(volunteer: Volunteer, on: date) -> bool:
    """Whether neither a pause nor a guardian's missing word keeps somebody away on a day."""
    return not is_paused(volunteer.paused_from, volunteer.paused_until, on) and guarded_enough(volunteer, on)


def phone_number(phone: str) -> str | None:
    return phone_of("phone", fields.line("phone", phone, most=20, needed=False))[0]


@action(Permission.MANAGE_VOLUNTEERS)
def register_volunteer(
    session: Session,
    *,
    name: str,
    phone: str = "",
    kind: VolunteerKind | None,
    skills: Sequence[str] = (),
    free_times: str = "",
    another: bool = False,
    now: datetime,
) -> int:
    """Enter somebody into the registry; returns the id.

    Raises Refused("volunteer_known", numbers=) when somebody of that name or telephone is in the registry, those who
    ended too. With `another` it is said to be somebody else, which is remembered.
    """
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    volunteer = Volunteer(
        community_id=home,
        name=fields.line("name", name, most=30),
        phone=phone_number(phone),
        kind=fields.chosen("kind", kind, list(VolunteerKind)),
        skills=tidy_skills(skills),
        free_times=fields.line("free_times", free_times, most=60, needed=False),
        since=day_of(now),
    )
    return enter_registry(session, volunteer, another=another, now=now)


def enter_registry(session: Session, volunteer: Volunteer, *, another: bool, now: datetime) -> int:
    """Give an entry its number and keep it, unless somebody like it is there; the id.

    Raises Refused("volunteer_known", numbers=).
    """
    home = volunteer.community_id
    # The number is drawn first: whoever registers the same person at the same moment waits here and then sees this one.
    volunteer.number = next_number(session, home, "V", day_of(now).year)
    known = like_volunteers(session, home, volunteer.name, volunteer.phone)
    if known and not another:
        raise Refused("volunteer_known", numbers=in_words(known))
    session.add(volunteer)
    session.flush()
    for one in known:
        keep_different(session, DoubleKind.VOLUNTEER, home, (one.id, volunteer.id), now=now)
    return volunteer.id


@action(Permission.MANAGE_VOLUNTEERS)
def amend_volunteer(
    session: Session,
    *,
    volunteer_id: int,
    version: int,
    skills: Sequence[str],
    free_times: str = "",
    free_slots: Sequence[str] | None = None,
) -> None:
    """What somebody can do and when; half days as dispatch reads them (None leaves them), and in words beside it."""
    volunteer = load(session, Volunteer, volunteer_id, version=version)
    volunteer.skills = tidy_skills(skills)
    volunteer.free_times = fields.line("free_times", free_times, most=60, needed=False)
    if free_slots is not None:
        volunteer.free_slots = half_days("free_slots", free_slots)


def half_days(field: str, slots: Sequence[str]) -> list[str]:
    """Some of the twenty-one half days, in the order of the week, or BadInput."""
    try:
        return known_slots([str(slot) for slot in slots])
    except ValueError as unknown:
        raise BadInput(field, Problem.UNKNOWN_CHOICE) from unknown


@action(Permission.MANAGE_VOLUNTEERS)
def rename_volunteer(
    session: Session,
    *,
    volunteer_id: int,
    version: int,
    now: datetime,
    name: str = "",
    phone: str = "",
    no_phone: bool = False,
    reason: str = "",
) -> None:
    """Another name or telephone: what is left empty stays as it is, `no_phone` takes the number away.

    What it was stays in the history. Raises BadInput at `name` when nothing is changed.
    """
    said, number = fields.line("name", name, most=30, needed=False), phone_number(phone)
    why = fields.line("reason", reason, most=200, needed=False)
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    changed = False
    if said and said != volunteer.name:
        note_event(session, volunteer, VolunteerChange.RENAMED, now=now, reason=why, before=volunteer.name, after=said)
        volunteer.name, changed = said, True
    if (number is not None or no_phone) and number != volunteer.phone:
        note_event(
            session, volunteer, VolunteerChange.PHONE_CHANGED, now=now, reason=why, before=volunteer.phone, after=number
        )
        volunteer.phone, changed = number, True
    if not changed:
        raise BadInput("name", Problem.EMPTY)


@action(Permission.MANAGE_VOLUNTEERS)
def link_account(session: Session, *, volunteer_id: int, account_id: int | None, now: datetime) -> None:
    """Give a volunteer an account of the same community, so that they claim by themselves and see what is theirs.

    Raises Refused: account_cannot_join, account_linked, volunteer_linked, volunteer_ended, volunteer_merged.
    """
    volunteer = serving_volunteer(session, volunteer_id, lock=True)
    account = load(session, Account, fields.chosen("account_id", account_id), lock=True)
    able = account.role in GRANTS[Permission.JOIN_TEAM].roles and account.disabled_at is None
    if not able or account.community_id != volunteer.community_id:
        raise Refused("account_cannot_join")
    if volunteer.account_id is not None:
        raise Refused("volunteer_linked")
    if session.scalar(select(Volunteer.id).where(Volunteer.account_id == account.id)) is not None:
        raise Refused("account_linked")
    volunteer.account_id = account.id
    # What they did before the account existed becomes theirs to see.
    hand_rows(session, volunteer.id, account.id)
    note_event(session, volunteer, VolunteerChange.LINKED, now=now, after=account.name)


@action(Permission.MANAGE_VOLUNTEERS)
def unlink_account(session: Session, *, volunteer_id: int, reason: str, now: datetime) -> None:
    """The account is not this volunteer's any more: neither sees the other's rows. Raises Refused("not_linked")."""
    why = fields.line("reason", reason, most=200)
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
    if volunteer.account_id is None:
        raise Refused("not_linked")
    account = load(session, Account, volunteer.account_id)
    volunteer.account_id = None
    hand_rows(session, volunteer.id, None)
    note_event(session, volunteer, VolunteerChange.UNLINKED, now=now, reason=why, before=account.name)


def hand_rows(session: Session, volunteer_id: int, account_id: int | None) -> None:
    """Every row of a volunteer is seen by this account from now on, or by none."""
    for model in OWNED:
        for row in session.scalars(select(model).where(model.volunteer_id == volunteer_id)):
            row.account_id = account_id


def note_event(
    session: Session, volunteer: Volunteer, kind: VolunteerChange, *, now: datetime, reason: str = "",
    before: str | None = None, after: str | None = None,
) -> None:  # fmt: skip
    """One line in the history of an entry."""
    session.add(
        VolunteerEvent(
            community_id=volunteer.community_id,
            account_id=volunteer.account_id,
            volunteer_id=volunteer.id,
            kind=kind,
            before=before,
            after=after,
            reason=reason,
            at=now,
            by=actor_of(session).id,
        )
    )


def add_minutes(session: Session, volunteer: Volunteer, minutes: int) -> None:
    """Raise (or lower) the sum of service; the caller holds the volunteer's row."""
    before = volunteer.minutes
    adding = (
        update(Volunteer)
        .where(Volunteer.id == volunteer.id, Volunteer.minutes + minutes >= 0)
        .values(minutes=Volunteer.minutes + minutes)
    )
    guarded(session, adding, volunteer, {"minutes": (before, before + minutes)})
