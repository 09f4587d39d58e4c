"""志愿者登记: who may help, in which standing team, and which account is theirs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.numbering import next_number
from db.audit import guarded
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Account, OrderOffer, Placement, ServiceRecord, Squad, SquadMember, Volunteer, VolunteerEvent
from db.rules.permissions import GRANTS, Permission
from db.terms import TeamTheme, VolunteerChange, VolunteerKind

MOST_SKILLS = 8


def _skills(skills: Sequence[str]) -> list[str]:
    """Clean, each once, in the order given."""
    cleaned = [fields.line("skills", skill, most=20, needed=False) for skill in skills]
    kept = list(dict.fromkeys(skill for skill in cleaned if skill))
    if len(kept) > MOST_SKILLS:
        raise BadInput("skills", Problem.OUT_OF_RANGE, least=0, most=MOST_SKILLS)
    return kept


@action(Permission.MANAGE_VOLUNTEERS)
def register_volunteer(
    session: Session,
    *,
    name: str,
    phone: str = "",
    kind: VolunteerKind | None,
    skills: Sequence[str] = (),
    free_times: str = "",
    now: datetime,
) -> int:
    """Enter somebody into the registry; returns the id."""
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    volunteer = Volunteer(
        community_id=home,
        name=fields.line("name", name, most=30),
        phone=fields.line("phone", phone, most=20, needed=False) or None,
        kind=fields.chosen("kind", kind, list(VolunteerKind)),
        skills=_skills(skills),
        free_times=fields.line("free_times", free_times, most=60, needed=False),
        since=day_of(now),
    )
    volunteer.number = next_number(session, home, "V", day_of(now).year)
    session.add(volunteer)
    session.flush()
    return volunteer.id


@action(Permission.MANAGE_VOLUNTEERS)
def amend_volunteer(
    session: Session, *, volunteer_id: int, version: int, skills: Sequence[str], free_times: str = ""
) -> None:
    """What somebody can do and when."""
    volunteer = load(session, Volunteer, volunteer_id, version=version)
    volunteer.skills = _skills(skills)
    volunteer.free_times = fields.line("free_times", free_times, most=60, needed=False)


@action(Permission.MANAGE_VOLUNTEERS)
def link_account(session: Session, *, volunteer_id: int, account_id: int | None) -> None:
    """Give a volunteer an account of the same community, so that they claim by themselves and see what is theirs.

    Raises Refused: account_cannot_join, account_linked, volunteer_linked.
    """
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
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
    for placement in session.scalars(select(Placement).where(Placement.volunteer_id == volunteer.id)):
        placement.account_id = account.id
    for record in session.scalars(select(ServiceRecord).where(ServiceRecord.volunteer_id == volunteer.id)):
        record.account_id = account.id
    for offer in session.scalars(select(OrderOffer).where(OrderOffer.volunteer_id == volunteer.id)):
        offer.account_id = account.id


@action(Permission.MANAGE_VOLUNTEERS)
def found_squad(session: Session, *, name: str, theme: TeamTheme | None, now: datetime) -> int:
    """A standing team with its theme; returns its id."""
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    called = fields.line("name", name, most=30)
    if session.scalar(select(Squad.id).where(Squad.community_id == home, Squad.name == called)) is not None:
        raise BadInput("name", Problem.TAKEN)
    squad = Squad(
        community_id=home,
        name=called,
        theme=fields.chosen("theme", theme, list(TeamTheme)),
        founded_on=day_of(now),
    )
    session.add(squad)
    session.flush()
    return squad.id


@action(Permission.MANAGE_VOLUNTEERS)
def join_squad(session: Session, *, squad_id: int | None, volunteer_id: int) -> None:
    """Put a volunteer into a standing team."""
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
    squad = load(session, Squad, fields.chosen("squad_id", squad_id))
    inside = select(SquadMember.id).where(SquadMember.squad_id == squad.id, SquadMember.volunteer_id == volunteer.id)
    if session.scalar(inside) is not None:
        raise Refused("already_in_squad")
    session.add(SquadMember(community_id=squad.community_id, squad_id=squad.id, volunteer_id=volunteer.id))


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
