"""What the sign-in page and the printing of cards ask: never a code, only who holds a card."""

from sqlalchemy import select

from db.engine import reading_as_system
from db.models import Meeting
from db.terms import MeetingState


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
