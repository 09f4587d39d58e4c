"""成员卡: cards with a code, with which a member signs in at the door alone.

The database keeps a keyed hash of a code and never the code itself: a lost card is replaced, never looked up.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.loading import load
from db.actions.meetings.attendance import sheet_of
from db.actions.meetings.meetings import meeting_at
from db.actions.screen.screen import turn_if_following
from db.counters import day_of
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Body, BodyMember, Meeting, blind_index
from db.rules.permissions import Permission
from db.rules.voting.card_code import BITS, card_code, understood
from db.terms import MeetingState, MemberPresence
from db.trouble import again

SIGN_IN_AT = (MeetingState.CONVENED, MeetingState.OPEN)
"""The states at which the chair, too, may write the sign-in sheet."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a member who signed in with a card is shown: the seat and nothing else."""

    seat: int
    before: bool
    """Whether this member was there already."""


def card_hash(code: str) -> str:
    """What is kept of a card's code (`db.rules.voting.card_code.understood`)."""
    return blind_index(f"card:{code}")


def new_codes(members: Collection[int]) -> dict[int, str]:
    """A fresh code for every member, for `make_cards` and for the printer; drawn here because a rule draws nothing."""
    drawn: set[str] = set()
    while len(drawn) < len(members):
        drawn.add(card_code(secrets.randbits(BITS)))
    return dict(zip(members, drawn, strict=True))


@action(Permission.MANAGE_COUNCIL)
def make_cards(session: Session, *, body_id: int, codes: Mapping[int, str], now: datetime) -> dict[str, int]:
    """Give members in office new cards, in place of older ones, which no longer work. How many.

    The caller draws the codes (`new_codes`) and prints them, so that they never lie in a stored result. Print only
    what was stored: keep codes and request key together, because a repeat stores nothing new.
    """
    body = load(session, Body, body_id, lock=True)
    meant = {member_id: understood(code) for member_id, code in codes.items() if isinstance(code, str)}
    if not codes or len(meant) < len(codes) or None in meant.values() or len(set(meant.values())) < len(codes):
        raise BadInput("codes", Problem.WRONG)
    goes_on = func.coalesce(BodyMember.until, date.max) > day_of(now)
    asked = select(BodyMember).where(BodyMember.body_id == body.id, goes_on)
    seated = {member.id: member for member in session.scalars(asked)}
    if not meant.keys() <= seated.keys():
        raise BadInput("codes", Problem.UNKNOWN_CHOICE)
    for member_id, code in meant.items():
        seated[member_id].card_hash = card_hash(str(code))
    return {"cards": len(meant)}


@action(Permission.MANAGE_COUNCIL)
def revoke_card(session: Session, *, member_id: int) -> int:
    """A card was lost: it signs nobody in any more. The member's id."""
    member = load(session, BodyMember, member_id)
    if member.card_hash is None:
        raise Refused("card_missing")
    member.card_hash = None
    return member.id


def sign_in_by_card(key: str, code: str, *, now: datetime) -> SignedIn:
    """Mark the member of a card present at the meeting whose screen shows `key`, as the chair would; again is no harm.

    Nobody is signed in on that phone, so it runs as the system. Raises Refused("sign_in_closed") when no meeting
    shows this key, Refused("card_unknown") for a code that belongs to nobody due there, Busy, StorageFull.
    """

    def work() -> SignedIn:
        with as_system("member card") as session:
            return _sign_in(session, key, code, now)

    try:
        return again(work)
    except WrongStage:
        raise Refused("sign_in_closed") from None  # closed in this very moment


def _sign_in(session: Session, key: str, code: str, now: datetime) -> SignedIn:
    meeting_id = session.scalar(
        select(Meeting.id).where(Meeting.sign_in_key == key, Meeting.sign_in_key != "", Meeting.state.in_(SIGN_IN_AT))
    )
    if meeting_id is None:
        raise Refused("sign_in_closed")
    meant = understood(code)
    member = session.execute(
        select(BodyMember.id, BodyMember.seat).where(BodyMember.card_hash == card_hash(meant or ""))
    ).first()
    meeting = meeting_at(session, meeting_id, *SIGN_IN_AT)
    row = sheet_of(session, meeting.id).get(member.id) if member and meant else None
    if member is None or row is None:
        raise Refused("card_unknown")
    before = row.presence is MemberPresence.PRESENT
    if not before:
        row.presence, row.left_at, row.proxy = MemberPresence.PRESENT, None, ""
        row.came_at = row.came_at or now
        turn_if_following(session, meeting, now=now)
    return SignedIn(member.seat, before)
