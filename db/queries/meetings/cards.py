"""What the sign-in page and the printing of cards ask: never a code, only who holds a card."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import BodyMember, Meeting
from db.terms import MeetingState


@dataclass(frozen=True, slots=True)
class CardHolder:
    """A member in office, for the cards of a body."""

    member_id: int
    seat: int
    name: str
    capacity: str
    has_card: bool


def card_holders(session: Session, body_id: int) -> tuple[CardHolder, ...]:
    """Everybody in office in a body, by seat."""
    rows = session.execute(
        select(
            *(BodyMember.id, BodyMember.seat, BodyMember.name, BodyMember.capacity),
            BodyMember.card_hash.is_not(None),
        )
        .where(BodyMember.body_id == body_id, BodyMember.until.is_(None))
        .order_by(BodyMember.seat)
        .limit(500)
    )
    return tuple(CardHolder(*row) for row in rows)


def meeting_of_key(key: str) -> str | None:
    """The title of the meeting whose screen shows this key, or None; for a phone on which nobody is signed in."""
    with reading_as_system("sign-in page") as session:
        title: str | None = session.scalar(
            select(Meeting.title).where(
                Meeting.sign_in_key == key,
                Meeting.sign_in_key != "",
                Meeting.state.in_((MeetingState.CONVENED, MeetingState.OPEN)),
            )
        )
        return title
