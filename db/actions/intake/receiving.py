"""Take in what somebody without an account sends from a plain page, once, and let its words go when they are due.

Nobody is signed in, so it runs as the system; what is kept waits in a queue and is no fact until a worker takes it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions.doors.visits import door_from
from db.actions.fields import day, line, words
from db.actions.intake.posters import code_index
from db.actions.photos import keep_photo
from db.counters import day_of
from db.engine import as_system
from db.errors import BadInput, Problem, Refused
from db.models import Community, Household, Intake, Photo, Place, Poster, Service, blind_index
from db.photos import Stripped, remove_after_commit, stripped
from db.rules.clock import lately
from db.rules.doors.door import DoorInput
from db.rules.intake.intake import (
    AN_HOUR,
    BUILDING_MOST,
    KEPT_DAYS,
    NAME_MOST,
    PHONE_MOST,
    WHERE_MOST,
    WORDS_MOST,
    can_be_reached,
    day_may_be_wanted,
    door_words,
    is_phone,
)
from db.rules.printed_code import RECEIPT, new_code, understood
from db.terms import IntakeState, PosterKind
from db.trouble import again

AT_ONCE = 200
"""Messages wiped in one go."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a form held; every field as it was typed or chosen."""

    kind: PosterKind
    key: str
    """Made when the form was drawn: a second tap sends the same."""
    what: str = ""
    place_id: int | None = None
    building: str = ""
    stairwell: str = ""
    room: str = ""
    where: str = ""
    service_id: int | None = None
    wanted_on: date | None = None
    wanted_time: str = ""
    name: str = ""
    phone: str = ""
    urgent: bool = False
    photo: bytes = b""


def receive(code: str, message: Message, *, now: datetime) -> str:
    """Keep a message in the queue; its receipt. The same key again gives the first receipt and stores nothing; so
    do the same words within an hour, while they wait: a form that was gone back to has a new key.

    Raises BadInput at the field, Refused("poster_unknown"), Refused("poster_revoked"), Refused("intake_too_many"),
    Refused of a photo that cannot be kept, Busy, StorageFull.
    """
    picture = stripped(message.photo) if message.photo else None

    def work() -> str:
        with as_system("message from a plain page") as session:
            return _receive(session, code, message, picture, now)

    return again(work, IntegrityError)  # the twin of a double tap was faster: the next turn finds it


def _receive(session: Session, code: str, message: Message, picture: Stripped | None, now: datetime) -> str:
    poster = _poster(session, code, message.kind)
    key = blind_index(f"intake:{poster.id}:{message.key}")
    stored: str | None = session.scalar(select(Intake.receipt).where(Intake.request_key == key))
    if stored is not None:
        return stored
    intake = _row(session, poster, message, now)
    with session.no_autoflush:
        before = session.scalars(
            select(Intake).where(Intake.poster_id == poster.id, lately(Intake.received_at, now, timedelta(hours=1)))
        ).all()
    if picture is None:
        twin = next((one for one in before if one.state is IntakeState.WAITING and _said(one) == _said(intake)), None)
        if twin is not None:
            return twin.receipt
    if len(before) >= AN_HOUR:
        raise Refused("intake_too_many")
    intake.request_key, intake.receipt = key, new_code(RECEIPT)
    session.add(intake)
    session.flush()
    if picture is not None:
        keep_photo(session, picture, intake, "intake_id", now=now, added_by=None)
    wipe_due(session, now=now)
    return intake.receipt


def _said(row: Intake) -> tuple[Any, ...]:
    """What a message says: somebody who goes back to the form and sends it again says the same."""
    return (
        *(row.what, row.where_text, row.service_id, row.wanted_on, row.wanted_time, row.place_id),
        *(row.asker_name, row.asker_phone, row.urgent),
    )


def _poster(session: Session, code: str, kind: PosterKind) -> Poster:
    meant = understood(code)
    found = session.scalars(select(Poster).where(Poster.code_index == code_index(meant or ""))).one_or_none()
    if meant is None or found is None or found.kind is not kind:
        raise Refused("poster_unknown")
    if found.revoked_at is not None:
        raise Refused("poster_revoked")
    return found


def _row(session: Session, poster: Poster, message: Message, now: datetime) -> Intake:
    """The message, clean, or BadInput at the field."""
    place = _place(session, poster, message)
    row = Intake(
        community_id=poster.community_id,
        poster_id=poster.id,
        kind=poster.kind,
        place_id=place.id if place else None,
        urgent=message.urgent,
        received_at=now,
        state=IntakeState.WAITING,
    )
    if poster.kind is PosterKind.REPORT:
        row.what = words("what", message.what, most=WORDS_MOST)
        row.where_text = line("where", message.where, most=WHERE_MOST, needed=place is None) or None
        row.wanted_time = ""
        return row
    row.service_id = _service(session, poster, message).id
    row.what = words("what", message.what, most=WORDS_MOST, needed=False)
    row.wanted_on = _wanted(message, day_of(now))
    row.wanted_time = line("wanted_time", message.wanted_time, most=20, needed=False)
    _say_who(session, row, message)
    return row


def _say_who(session: Session, row: Intake, message: Message) -> None:
    """Name, telephone and door; a door that only named staff visit makes a message that only they see."""
    row.asker_name = line("name", message.name, most=NAME_MOST, needed=False) or None
    phone = line("phone", message.phone, most=PHONE_MOST, needed=False)
    if phone and not is_phone(phone):
        raise BadInput("phone", Problem.WRONG)
    row.asker_phone = phone or None
    for field in ("building", "stairwell", "room"):
        line(field, getattr(message, field), most=BUILDING_MOST, needed=False)
    door = door_from(DoorInput(building=message.building, stairwell=message.stairwell, room=message.room))
    if not can_be_reached(phone, door.building, door.room):
        raise BadInput("phone", Problem.EMPTY)
    if row.place_id is None:
        raise BadInput("place_id", Problem.EMPTY)
    row.where_text = door_words(door.building, door.stairwell, door.room) or None
    index = blind_index(door.key(row.place_id))
    at_door = select(func.coalesce(Household.merged_into_id, Household.id)).where(Household.door_index == index)
    household = select(Household.restricted).where(Household.id == at_door.scalar_subquery())
    row.restricted = bool(session.scalar(household))


def _place(session: Session, poster: Poster, message: Message) -> Place | None:
    if message.place_id is None:
        return None
    place = session.get(Place, message.place_id)
    if place is None or place.community_id != poster.community_id:
        raise BadInput("place_id", Problem.UNKNOWN_CHOICE)
    return place


def _service(session: Session, poster: Poster, message: Message) -> Service:
    if message.service_id is None:
        raise BadInput("service_id", Problem.EMPTY)
    found = session.scalars(
        select(Service)
        .join(Community, Community.subdistrict_id == Service.subdistrict_id)
        .where(Service.id == message.service_id, Service.active, Community.id == poster.community_id)
    ).one_or_none()
    if found is None:
        raise BadInput("service_id", Problem.UNKNOWN_CHOICE)
    return found


def _wanted(message: Message, today: date) -> date | None:
    if message.wanted_on is None:
        return None
    wanted = message.wanted_on
    # Days are chosen from a list: another one is none, and no limit of days would help whoever reads it.
    if type(wanted) is date and not day_may_be_wanted(wanted, today):
        raise BadInput("wanted_on", Problem.BAD_DATE)
    return day("wanted_on", wanted)


def address_key(address: str) -> str:
    """Under what messages of one address are counted; the address itself is kept nowhere."""
    return blind_index(f"address:{address}")


# --- when its words go ----------------------------------------------------------------------------------


def wipe_due(session: Session, *, now: datetime) -> int:
    """Take the sender's words, name, telephone, door and photos out of messages decided 30 days ago; how many.

    What came of a message (need, order, complaint) has its own row and its own time. Runs whenever a message comes in
    and before every backup, so that no timer is needed and no backup carries them on.
    """
    due = session.scalars(
        select(Intake)
        .where(
            Intake.state != IntakeState.WAITING,
            Intake.wiped_at.is_(None),
            Intake.decided_at <= now - timedelta(days=KEPT_DAYS),
        )
        .order_by(Intake.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for intake in due:
        intake.what, intake.wiped_at = "", now
        intake.where_text = intake.asker_name = intake.asker_phone = None
    if due:
        left = select(Photo).where(Photo.intake_id.in_([intake.id for intake in due]), Photo.removed_at.is_(None))
        for photo in session.scalars(left):
            photo.removed_at = now
            remove_after_commit(session, photo.sha256)
    session.flush()
    return len(due)
