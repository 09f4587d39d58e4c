"""What belongs to an entry of the registry beside name and telephone: pauses, the guardian's word, whom to call."""

import unicodedata
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import load
from db.actions.volunteers.volunteers import must_serve, note_event, phone_number
from db.audit import note as note_in_log
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Volunteer
from db.rules.permissions import Permission
from db.rules.volunteers.asking import may_be_minor, year_may_be
from db.rules.volunteers.particulars import CLEARED, ParticularsInput
from db.terms import Interest, VolunteerChange

HIDDEN = ("name", "phone", "platform_number", "contact_name", "contact_phone", "guardian", "guardian_phone")


def birth_year_of(field: str, value: object, today: date) -> int | None:
    """A year of birth as a number or as it was typed (four digits, any width), None for none, or BadInput."""
    if value in (None, ""):
        return None
    text = unicodedata.normalize("NFKC", str(value)[:20]).strip().removesuffix("年").strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadInput(field, Problem.WRONG)
    if not year_may_be(int(text), today):
        raise BadInput(field, Problem.BAD_DATE)
    return int(text)


@action(Permission.MANAGE_VOLUNTEERS)
def resume_volunteer(session: Session, *, volunteer_id: int, version: int, now: datetime) -> None:
    """The pause is over before its last day, or does not begin. Raises Refused("volunteer_not_paused")."""
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    must_serve(volunteer)
    if volunteer.paused_until is None or volunteer.paused_until < day_of(now):
        raise Refused("volunteer_not_paused", number=volunteer.number)
    note_event(session, volunteer, VolunteerChange.RESUMED, now=now, before=volunteer.paused_until.isoformat())
    volunteer.paused_from, volunteer.paused_until, volunteer.paused_reason = None, None, ""


@action(Permission.MANAGE_VOLUNTEERS)
def amend_particulars(
    session: Session, *, volunteer_id: int, version: int, given: ParticularsInput, now: datetime
) -> None:
    """What else the registration form asks; what is left empty stays, what is in `cleared` is taken out."""
    cleared = [fields.chosen("cleared", one, list(CLEARED)) for one in given.cleared]
    said = {
        "birth_year": birth_year_of("birth_year", given.birth_year, day_of(now)),
        "platform_number": fields.line("platform_number", given.platform_number, most=30, needed=False) or None,
        "contact_name": fields.line("contact_name", given.contact_name, most=30, needed=False) or None,
        "contact_phone": fields.telephone("contact_phone", given.contact_phone),
    }
    if given.fit is not None and not isinstance(given.fit, bool):
        raise BadInput("fit", Problem.UNKNOWN_CHOICE)
    wanted = [fields.chosen("interests", one, list(Interest)) for one in given.interests]
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    for name, value in said.items():
        if value is not None or name in cleared:
            setattr(volunteer, name, value)
    volunteer.fit = given.fit
    volunteer.interests = [one.value for one in Interest if one in wanted]


@action(Permission.MANAGE_VOLUNTEERS)
def agree_as_guardian(
    session: Session, *, volunteer_id: int, version: int, guardian: str, phone: str, on: date | None, now: datetime
) -> None:
    """监护人同意, heard or signed on a day; who it is and under which number. Raises Refused("no_minor")."""
    name = fields.line("guardian", guardian, most=30)
    number = phone_number(phone)
    if number is None:
        raise BadInput("phone", Problem.EMPTY)
    day = fields.day("on", on, most=day_of(now))
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    must_serve(volunteer)
    if not may_be_minor(volunteer.birth_year, day_of(now)):
        raise Refused("no_minor", number=volunteer.number)
    volunteer.guardian, volunteer.guardian_phone, volunteer.guardian_agreed_on = name, number, day
    note_event(session, volunteer, VolunteerChange.GUARDIAN_AGREED, now=now, after=day.isoformat())


@action(Permission.MANAGE_VOLUNTEERS)
def withdraw_guardian(session: Session, *, volunteer_id: int, version: int, reason: str, now: datetime) -> None:
    """The guardian does not agree any more: nobody sends the minor anywhere. Raises Refused("guardian_missing")."""
    why = fields.line("reason", reason, most=200)
    volunteer = load(session, Volunteer, volunteer_id, version=version, lock=True)
    if volunteer.guardian_agreed_on is None:
        raise Refused("guardian_missing", number=volunteer.number)
    before = volunteer.guardian_agreed_on.isoformat()
    note_event(session, volunteer, VolunteerChange.GUARDIAN_WITHDREW, now=now, reason=why, before=before)
    volunteer.guardian = volunteer.guardian_phone = volunteer.guardian_agreed_on = None


@action(Permission.UNMASK)
def unmask_volunteer(session: Session, *, volunteer_id: int, reason: str, now: datetime) -> int:
    """查看原值: a reason and a trace; the look is `db.queries.volunteers.records.volunteer_originals`."""
    why = fields.line("reason", reason, most=200)
    volunteer = load(session, Volunteer, volunteer_id)
    note_in_log(session, volunteer, "read", dict.fromkeys(HIDDEN, (None, None)), reason=why)
    note_event(session, volunteer, VolunteerChange.UNMASKED, now=now, reason=why)
    return volunteer.id
