"""党员名册: who comes on the roll, what is known of them, from branch to branch, leaving and coming back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row
from db.actions.members.stays import (
    begin_stay,
    change_branch,
    current_stay,
    last_day,
    living_member,
    open_branch,
    standing_member,
    tell,
)
from db.actions.numbering import next_number
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Branch, Member, Unit
from db.queries.members.found_by import like_members, name_keys, phone_key
from db.rules.half_days import SLOTS
from db.rules.members.input import MemberInput
from db.rules.members.standing import KEPT_AFTER, read_year
from db.rules.permissions import Permission
from db.terms import MemberChange, MemberKind, MemberLeave
from db.together import amiss

SERIES = "DY"
MOST_SKILLS = 8


def _skills(skills: Sequence[str]) -> list[str]:
    cleaned = [fields.line("skills", skill, most=20, needed=False) for skill in skills]
    kept = list(dict.fromkeys(skill for skill in cleaned if skill))
    if len(kept) > MOST_SKILLS:
        raise BadInput("skills", Problem.OUT_OF_RANGE, least=0, most=MOST_SKILLS)
    return kept


def _slots(slots: Sequence[str]) -> list[str]:
    """The half days chosen, in the order of the week."""
    chosen = {fields.chosen("free_slots", slot, SLOTS) for slot in slots}
    return [slot for slot in SLOTS if slot in chosen]


def _year(text: str, today: date) -> str | None:
    said = fields.line("birth_year", text, most=20, needed=False)
    year = read_year(said, today) if said else None
    if said and year is None:
        return amiss(BadInput("birth_year", Problem.WRONG), None)
    return str(year) if year else None


def _unit(session: Session, unit_id: int | None, today: date) -> Unit | None:
    """A partner of today, or BadInput."""
    if unit_id is None:
        return None
    unit = chosen_row(session, Unit, "unit_id", unit_id)
    if unit.ended_on is not None and unit.ended_on < today:
        raise BadInput("unit_id", Problem.UNKNOWN_CHOICE)
    return unit


def _joining(joined_on: date | None, full_on: date | None, today: date) -> tuple[date, date | None]:
    joined = fields.day("joined_on", joined_on, least=date(1920, 1, 1), most=today)
    return joined, None if full_on is None else fields.day("full_on", full_on, least=joined, most=today)


@action(Permission.MANAGE_MEMBERS)
def add_member(session: Session, *, given: MemberInput, now: datetime, another: bool = False) -> int:
    """Put somebody on the roll; the id.

    Raises Refused("member_known", numbers=) when somebody of that name, its sound or that telephone is on it or was;
    with `another` it is said to be somebody else.
    """
    home, today = actor_of(session).community_id, day_of(now)
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    joined, full = _joining(given.joined_on, given.full_on, today)
    since = today if given.since is None else fields.day("since", given.since, least=joined, most=today)
    phone = fields.telephone("phone", given.phone)
    called = fields.line("name", given.name, most=30)
    kind, born = fields.chosen("kind", given.kind, list(MemberKind)), _year(given.birth_year, today)
    skills, slots = _skills(given.skills), _slots(given.free_slots)
    fields.row_id("branch_id", given.branch_id)
    unit = _unit(session, given.unit_id, today)
    # The number is drawn first: whoever enters the same member at the same moment waits here and then sees this one.
    number = next_number(session, home, SERIES, today.year)
    branch = open_branch(session, given.branch_id, home)
    member = Member(
        community_id=home,
        number=number,
        name=called,
        phone=phone,
        phone_index=phone_key(phone),
        **name_keys(called),
        branch_id=branch.id,
        kind=kind,
        joined_on=joined,
        full_on=full,
        birth_year=born,
        unit_id=unit.id if unit else None,
        skills=skills,
        free_slots=slots,
    )
    known = like_members(session, home, called, phone)
    if known and not another:
        raise Refused("member_known", numbers="、".join(name for _, name in known[:3]))
    session.add(member)
    session.flush()
    begin_stay(session, member, branch, since)
    tell(session, member, MemberChange.JOINED, on=since, now=now, after=branch.name)
    session.flush()
    return member.id


@action(Permission.MANAGE_MEMBERS)
def amend_member(
    session: Session, *, member_id: int, version: int, kind: MemberKind | None, unit_id: int | None,
    skills: Sequence[str], free_slots: Sequence[str], now: datetime, birth_year: str = "",
) -> None:  # fmt: skip
    """Kind, unit, skills and half days; a year of birth that is left empty stays as it is.

    A unit that ended meanwhile may stay with whom it has.
    """
    wanted, today = fields.chosen("kind", kind, list(MemberKind)), day_of(now)
    year, able, free = _year(birth_year, today), _skills(skills), _slots(free_slots)
    member = standing_member(session, member_id, version=version)
    unit_now = member.unit_id if unit_id == member.unit_id else None
    unit = None if unit_now else _unit(session, unit_id, today)
    if wanted is not member.kind:
        tell(
            session, member, MemberChange.KIND_CHANGED, on=today, now=now, before=member.kind.value, after=wanted.value
        )
        member.kind = wanted
    if unit_id != member.unit_id:
        before = session.get(Unit, member.unit_id) if member.unit_id else None
        names = (before.name if before else None, unit.name if unit else None)
        tell(session, member, MemberChange.UNIT_CHANGED, on=today, now=now, before=names[0], after=names[1])
        member.unit_id = unit.id if unit else None
    member.birth_year = year or member.birth_year
    member.skills, member.free_slots = able, free


@action(Permission.MANAGE_MEMBERS)
def set_joining(
    session: Session, *, member_id: int, version: int, joined_on: date | None, full_on: date | None, now: datetime
) -> None:
    """The days of joining and of becoming full: 转正, or a correction of what was entered."""
    joined, full = _joining(joined_on, full_on, day_of(now))
    member = standing_member(session, member_id, version=version)
    if full is not None and full != member.full_on:
        tell(session, member, MemberChange.FULL, on=full, now=now)
    member.joined_on, member.full_on = joined, full


@action(Permission.MANAGE_MEMBERS)
def rename_member(
    session: Session, *, member_id: int, version: int, now: datetime, name: str = "", phone: str = "",
    no_phone: bool = False, reason: str = "",
) -> None:  # fmt: skip
    """Another name or telephone: what is left empty stays, `no_phone` takes the number away; the history keeps it.

    Raises BadInput at `name` when nothing is changed.
    """
    said, number = fields.line("name", name, most=30, needed=False), fields.telephone("phone", phone)
    why, today = fields.line("reason", reason, most=200, needed=False), day_of(now)
    member = living_member(session, member_id, version=version)
    changed = False
    if said and said != member.name:
        before, changed = member.name, True
        tell(session, member, MemberChange.RENAMED, on=today, now=now, reason=why, before=before, after=said)
        member.name = said
        for column, value in name_keys(said).items():
            setattr(member, column, value)
    if (number is not None or no_phone) and number != member.phone:
        before_phone, changed = member.phone, True
        tell(
            session, member, MemberChange.PHONE_CHANGED, on=today, now=now, reason=why, before=before_phone,
            after=number,
        )  # fmt: skip
        member.phone, member.phone_index = number, phone_key(number)
    if not changed:
        raise BadInput("name", Problem.EMPTY)


@action(Permission.MANAGE_MEMBERS)
def move_member(
    session: Session, *, member_id: int, version: int, branch_id: int | None, on: date | None, now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    """From this day on in another branch of the community. Raises Refused("branch_same"), ("branch_closed")."""
    why = fields.line("reason", reason, most=200, needed=False)
    member = standing_member(session, member_id, version=version)
    branch = open_branch(session, branch_id, member.community_id)
    if branch.id == member.branch_id:
        raise Refused("branch_same", name=branch.name)
    before = session.get_one(Branch, member.branch_id).name
    day = change_branch(session, member, branch, on, day_of(now))
    member.offered_branch_id = None
    tell(session, member, MemberChange.MOVED, on=day, now=now, reason=why, before=before, after=branch.name)


@action(Permission.MANAGE_MEMBERS)
def leave_roll(
    session: Session, *, member_id: int, version: int, cause: MemberLeave | None, on: date | None, now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    """Somebody stands on the roll no more from the day after `on`; what they were stays for the days gone by."""
    why = fields.line("reason", reason, most=200, needed=False)
    left = fields.chosen("cause", cause, list(MemberLeave))
    member = standing_member(session, member_id, version=version)
    stay = current_stay(session, member)
    last = fields.day("on", on, least=stay.since, most=day_of(now))
    stay.until, member.ended_on, member.ended_as = last, last, left
    member.offered_branch_id, member.keep_until = None, max(last, day_of(now)) + KEPT_AFTER
    tell(session, member, MemberChange.LEFT, on=last, now=now, reason=why, after=left.value)


@action(Permission.MANAGE_MEMBERS)
def come_back(
    session: Session, *, member_id: int, version: int, branch_id: int | None, on: date | None, now: datetime
) -> None:
    """On the roll again from this day, which is after the last one. Raises Refused("member_on_roll")."""
    member = living_member(session, member_id, version=version)
    if member.ended_on is None:
        raise Refused("member_on_roll", number=member.number)
    branch = open_branch(session, branch_id, member.community_id)
    last = last_day(session, member)
    day = fields.day("on", on, most=day_of(now))
    if last is not None and day <= last:
        raise BadInput("on", Problem.TOO_EARLY, day=str(last + timedelta(days=1)))
    member.ended_on, member.ended_as, member.keep_until = None, None, None
    begin_stay(session, member, branch, day)
    tell(session, member, MemberChange.CAME_BACK, on=day, now=now, after=branch.name)
