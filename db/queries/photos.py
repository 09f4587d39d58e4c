"""Which photos a thing has, and which file a photo is; only for whoever may see the thing itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Complaint, Intake, Need, Order, Photo
from db.rules.photo import MOST_PHOTOS


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of something; `by` is empty when a resident or a rider sent it."""

    id: int
    width: int
    height: int
    added_at: datetime
    by: str


def photos_of(
    session: Session,
    *,
    need_id: int | None = None,
    order_id: int | None = None,
    complaint_id: int | None = None,
    intake_id: int | None = None,
) -> tuple[PhotoRow, ...]:
    """The photos of one thing, oldest first."""
    given = {"need_id": need_id, "order_id": order_id, "complaint_id": complaint_id, "intake_id": intake_id}
    name, row_id = next((name, value) for name, value in given.items() if value is not None)
    rows = session.execute(
        select(Photo.id, Photo.width, Photo.height, Photo.added_at, func.coalesce(Account.name, "").label("by"))
        .outerjoin(Account, Account.id == Photo.added_by)
        .where(getattr(Photo, name) == row_id, Photo.removed_at.is_(None))
        .order_by(Photo.id)
        .limit(4 * MOST_PHOTOS)
    )
    return tuple(PhotoRow(**row._mapping) for row in rows)


def photo_file(session: Session, photo_id: int) -> str | None:
    """The name of a photo's file; None outside the reader's scope or when what it shows is restricted for them.

    The thing itself is asked as well: it may have become restricted after the photo was added.
    """
    subject = func.coalesce(Need.id, Order.id, Complaint.id, Intake.id)
    name: str | None = session.execute(
        select(Photo.sha256)
        .outerjoin(Need, Need.id == Photo.need_id)
        .outerjoin(Order, Order.id == Photo.order_id)
        .outerjoin(Complaint, Complaint.id == Photo.complaint_id)
        .outerjoin(Intake, Intake.id == Photo.intake_id)
        .where(Photo.id == photo_id, Photo.removed_at.is_(None), subject.is_not(None))
    ).scalar_one_or_none()
    return name
