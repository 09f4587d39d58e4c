"""志愿服务情况说明（内部）: asked for, accepted, issued with confirmed hours only, posted, handed out, or void."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.numbering import next_number
from db.audit import guarded
from db.counters import day_of
from db.engine import action
from db.errors import Refused
from db.models import Volunteer, VolunteerCertificate
from db.queries.council.notices import holidays
from db.queries.volunteers.records import served_between
from db.rules.permissions import Permission
from db.rules.volunteers.certificate import LEAST_NOTICE, MOST_NOTICE, CertificateStep, ServedLine, after, minutes_of
from db.rules.workdays import CalendarSource, add_working_days, notice_is_over

SERIES = "ZM"


@action(Permission.MANAGE_VOLUNTEERS)
def ask_certificate(
    session: Session, *, volunteer_id: int, purpose: str, since: date | None, until: date | None, now: datetime
) -> int:
    """申请: the volunteer wants it for a purpose, about the service of these days; its id.

    It is free of charge; somebody who ended can ask for it, too. Raises Refused("volunteer_merged").
    """
    why, today = fields.line("purpose", purpose, most=100), day_of(now)
    first = fields.day("since", since, most=today)
    last = fields.day("until", until, least=first, most=today)
    volunteer = load(session, Volunteer, volunteer_id, lock=True)
    if volunteer.merged_into_id is not None:
        raise Refused("volunteer_merged", number=volunteer.number)
    row = VolunteerCertificate(
        community_id=volunteer.community_id,
        account_id=volunteer.account_id,
        volunteer_id=volunteer.id,
        purpose=why,
        since=first,
        until=last,
        asked_on=today,
        noted_by=actor_of(session).id,
        service={},
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.MANAGE_VOLUNTEERS)
def accept_certificate(session: Session, *, certificate_id: int, now: datetime) -> int:
    """受理. Raises Refused("certificate_state") when it is not its turn."""
    row = load(session, VolunteerCertificate, certificate_id)
    _move(session, row, CertificateStep.ACCEPT, accepted_at=now, accepted_by=actor_of(session).id)
    return row.id


@action(Permission.MANAGE_VOLUNTEERS)
def issue_certificate(session: Session, *, certificate_id: int, now: datetime) -> str:
    """开具: the number, and the confirmed service as it stands now; the number.

    The name is that of today. Raises Refused("certificate_state"), ("no_service") when nothing is confirmed.
    """
    row = load(session, VolunteerCertificate, certificate_id, lock=True)
    lines = served_between(session, row.volunteer_id, row.since, row.until)
    if not lines:
        raise Refused("no_service")
    volunteer = load(session, Volunteer, row.volunteer_id, lock=True)
    _move(session, row, CertificateStep.ISSUE, number=next_number(session, row.community_id, SERIES, day_of(now).year))
    row.issued_at, row.issued_by, row.name = now, actor_of(session).id, volunteer.name
    row.minutes, row.service = minutes_of(lines), {"lines": [_kept(line) for line in lines]}
    session.flush()
    return row.number or ""


def _kept(line: ServedLine) -> list[Any]:
    return [line.on.isoformat(), line.what, line.minutes]


@action(Permission.MANAGE_VOLUNTEERS)
def post_certificate(session: Session, *, certificate_id: int, working_days: int | None, now: datetime) -> str:
    """公示 from today, at least seven working days; its last day. Raises Refused("certificate_state")."""
    days = fields.whole("working_days", working_days, least=LEAST_NOTICE, most=MOST_NOTICE)
    row = load(session, VolunteerCertificate, certificate_id)
    end = add_working_days(day_of(now), days, holidays(session))
    _move(
        session, row, CertificateStep.POST, posted_on=day_of(now), working_days=days, ends_on=end.ends_on,
        approximate=end.counted_by is CalendarSource.APPROXIMATE,
    )  # fmt: skip
    return end.ends_on.isoformat()


@action(Permission.MANAGE_VOLUNTEERS)
def hand_out_certificate(session: Session, *, certificate_id: int, now: datetime) -> int:
    """发出 when the notice is over and the hours are still those of the paper.

    Raises Refused("certificate_state"), ("certificate_notice", ends_on=), ("certificate_hours", was=, now=).
    """
    row = load(session, VolunteerCertificate, certificate_id)
    if after(row.state, CertificateStep.HAND_OUT) is None or row.ends_on is None:
        raise Refused("certificate_state", state=row.state)
    if not notice_is_over(day_of(now), row.ends_on):
        raise Refused("certificate_notice", ends_on=row.ends_on.isoformat())
    minutes = minutes_of(served_between(session, row.volunteer_id, row.since, row.until))
    if minutes != row.minutes:
        raise Refused("certificate_hours", was=row.minutes or 0, now=minutes)
    _move(session, row, CertificateStep.HAND_OUT, handed_on=day_of(now), handed_by=actor_of(session).id)
    return row.id


@action(Permission.MANAGE_VOLUNTEERS)
def void_certificate(session: Session, *, certificate_id: int, reason: str, now: datetime) -> int:
    """作废 with its reason, also after it was handed out; its number is not given again."""
    why = fields.line("reason", reason, most=200)
    row = load(session, VolunteerCertificate, certificate_id)
    _move(session, row, CertificateStep.VOID, void_at=now, void_by=actor_of(session).id)
    row.void_reason = why
    session.flush()
    return row.id


def _move(session: Session, row: VolunteerCertificate, step: CertificateStep, **values: Any) -> None:
    """One step, only once: two who press at the same moment make one number and one paper."""
    following = after(row.state, step)
    if following is None:
        raise Refused("certificate_state", state=row.state)
    values["state"] = following
    changes = {name: (getattr(row, name), value) for name, value in values.items()}
    guard = (VolunteerCertificate.id == row.id, VolunteerCertificate.state == row.state)
    moving = update(VolunteerCertificate).where(*guard).values(version=row.version + 1, **values)
    if not guarded(session, moving, row, changes):
        raise Refused("certificate_state", state=row.state)
