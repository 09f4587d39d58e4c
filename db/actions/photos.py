"""照片: add one to a need, an order or a complaint, and take one away; nobody ever has to."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import line
from db.actions.loading import actor_of, load
from db.audit import note
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Complaint, Intake, Model, Need, Order, Photo
from db.photos import Stripped, hold, remove_after_commit, store, stripped
from db.rules.permissions import Permission
from db.rules.photo import MOST_PHOTOS

SUBJECTS: dict[str, type[Model]] = {
    "need_id": Need, "order_id": Order, "complaint_id": Complaint, "intake_id": Intake,
}  # fmt: skip


@action(Permission.ADD_PHOTO)
def add_photo(
    session: Session,
    *,
    jpeg: bytes,
    now: datetime,
    need_id: int | None = None,
    order_id: int | None = None,
    complaint_id: int | None = None,
    intake_id: int | None = None,
) -> int:
    """Strip a picture and keep it with exactly one thing in the actor's reach; the photo's id.

    Raises Refused("photo_too_big"), Refused("photo_unreadable"), Refused("photos_full").
    """
    given = {"need_id": need_id, "order_id": order_id, "complaint_id": complaint_id, "intake_id": intake_id}
    named = {name: value for name, value in given.items() if value is not None}
    if len(named) != 1 or not isinstance(jpeg, bytes):
        raise BadInput("photo", Problem.WRONG)
    name, row_id = next(iter(named.items()))
    subject = load(session, SUBJECTS[name], row_id, lock=True)
    column = getattr(Photo, name)
    there = session.scalar(select(func.count()).select_from(Photo).where(column == row_id, Photo.removed_at.is_(None)))
    if (there or 0) >= MOST_PHOTOS:
        raise Refused("photos_full", most=MOST_PHOTOS)
    return keep_photo(session, stripped(jpeg), subject, name, now=now, added_by=actor_of(session).id)


def keep_photo(
    session: Session, picture: Stripped, subject: Model, name: str, *, now: datetime, added_by: int | None
) -> int:
    """A row and a file for a picture of `subject`, which the column `name` refers to."""
    hold(session, picture.sha256)
    store(picture)
    photo = Photo(
        **{name: subject.id},  # type: ignore[attr-defined]
        community_id=subject.community_id,  # type: ignore[attr-defined]
        restricted=subject.restricted,  # type: ignore[attr-defined]
        sha256=picture.sha256,
        size=len(picture.jpeg),
        width=picture.width,
        height=picture.height,
        added_by=added_by,
        added_at=now,
    )
    session.add(photo)
    session.flush()
    return photo.id


@action(Permission.ADD_PHOTO)
def remove_photo(session: Session, *, photo_id: int, reason: str, now: datetime) -> int:
    """Take a photo away for good, with a reason that stays in the audit log; the photo's id.

    The row stays to say that there was one; the picture itself is deleted from the disk.
    """
    why = line("reason", reason, most=200)
    photo = load(session, Photo, photo_id, lock=True)
    if photo.removed_at is not None:
        raise Refused("photo_removed")
    photo.removed_at = now
    note(session, photo, "remove", {"removed_at": (None, now)}, reason=why)
    session.flush()
    remove_after_commit(session, photo.sha256)
    return photo.id


def move_photos(session: Session, intake_id: int, name: str, target: Model) -> None:
    """What came with a message goes over to what a worker made of it."""
    rows = session.scalars(select(Photo).where(Photo.intake_id == intake_id, Photo.removed_at.is_(None)))
    for photo in rows.all():
        photo.intake_id = None
        setattr(photo, name, target.id)  # type: ignore[attr-defined]
        photo.restricted = target.restricted  # type: ignore[attr-defined]
    session.flush()
