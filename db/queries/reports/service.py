"""志愿者名册 and 志愿服务记录 as ledgers: what the national volunteer system asks for, so that its form can be filled.

Names, telephones and numbers of that system leave unmasked only with a reason; nobody's year of birth is in it.
Hours of orders stand in the ledger of orders.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from db.models import Account, Activity, Place, Rota, RotaPost, ServiceRecord, Slot, Volunteer
from db.rules.masking import masked_name, masked_phone
from db.rules.reports.fields import Period
from db.terms import Interest

_WHO: tuple[Any, ...] = (Volunteer.number, Volunteer.name, Volunteer.phone, Volunteer.platform_number)
_ROLL: tuple[Any, ...] = (
    *(Volunteer.id, *_WHO, Volunteer.kind, Volunteer.skills, Volunteer.free_times, Volunteer.interests),
    *(Volunteer.since, Volunteer.ended_on, Volunteer.minutes, Place.name.label("place"), Volunteer.building),
)
_SERVED: tuple[Any, ...] = (
    *(ServiceRecord.id, ServiceRecord.on, ServiceRecord.minutes, *_WHO, Account.name.label("worker")),
    *(Activity.title, Activity.place, Rota.title.label("rota"), Rota.place.label("rota_place")),
    RotaPost.name.label("post"),
)


def on_the_roll(period: Period) -> ColumnElement[bool]:
    """Who was registered by the end of the period and had not ended before it; an entry that leads on is nobody."""
    there = or_(Volunteer.ended_on.is_(None), Volunteer.ended_on >= period.start)
    return and_(Volunteer.since <= period.end, there, Volunteer.merged_into_id.is_(None))


def served_in(period: Period) -> ColumnElement[bool]:
    """Confirmed service of these days; what was struck out has no minutes."""
    return and_(ServiceRecord.on >= period.start, ServiceRecord.on <= period.end, ServiceRecord.minutes > 0)


def read_volunteers() -> Select[Any]:
    """The roll with the place where somebody lives."""
    return select(*_ROLL).select_from(Volunteer).outerjoin(Place, Place.id == Volunteer.place_id)


def volunteer_fields(row: Any, masked: bool) -> dict[str, Any]:
    """One volunteer as fields of the dictionary."""
    return _who(row, masked) | {
        "day": row.since,
        "category": row.kind,
        "place": row.place or "",
        "building": row.building,
        "skills": "、".join(row.skills),
        "interests": tuple(Interest(value) for value in row.interests),
        "free_times": row.free_times,
        "left": row.ended_on,
        "minutes": row.minutes,
        "hours": _hours(row.minutes),
    }


def read_service() -> Select[Any]:
    """Records of activities and of slots, with who wrote them down."""
    return (
        select(*_SERVED)
        .select_from(ServiceRecord)
        .join(Volunteer, Volunteer.id == ServiceRecord.volunteer_id)
        .outerjoin(Account, Account.id == ServiceRecord.recorded_by)
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
    )


def service_fields(row: Any, masked: bool) -> dict[str, Any]:
    """One record as fields of the dictionary."""
    return _who(row, masked) | {
        "day": row.on,
        "title": row.title or f"{row.rota or ''} {row.post or ''}".strip(),
        "place": row.place or row.rota_place or "",
        "worker": row.worker or "",
        "minutes": row.minutes,
        "hours": _hours(row.minutes),
    }


def _who(row: Any, masked: bool) -> dict[str, Any]:
    name, phone, platform = row.name, row.phone or "", row.platform_number or ""
    if masked:
        name, phone, platform = masked_name(name), masked_phone(phone) if phone else "", _masked(platform)
    return {"number": row.number, "volunteer": name, "phone": phone, "platform": platform}


def _masked(number: str) -> str:
    return f"****{number[-4:]}" if len(number) > 8 else "****" if number else ""


def _hours(minutes: int) -> str:
    """Hours as the system counts them, halves as .5."""
    return f"{minutes / 60:g}"
