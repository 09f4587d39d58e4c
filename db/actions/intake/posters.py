"""海报与专属码: make a code that residents order from or a rider reports with, and make it invalid."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.doors.visits import place_in_reach
from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.actions.volunteers.volunteers import must_serve
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Poster, Volunteer, blind_index
from db.rules.permissions import Permission
from db.rules.printed_code import new_code
from db.terms import PosterKind


def code_index(code: str) -> str:
    """Under what a code (`db.rules.printed_code.understood`) is found; the code itself lies there encrypted."""
    return blind_index(f"poster:{code}")


@action(Permission.MANAGE_POSTERS)
def make_poster(
    session: Session,
    *,
    kind: PosterKind | None,
    now: datetime,
    name: str = "",
    place_id: int | None = None,
    volunteer_number: str = "",
) -> int:
    """An order poster for a place, or the personal code of a volunteer, who is named by number only; the poster's id.

    Raises Refused("poster_has_code") while the volunteer holds a valid one.
    """
    what = chosen("kind", kind, list(PosterKind))
    if what is PosterKind.ORDER:
        place = place_in_reach(session, place_id)
        named, volunteer_id, community_id = line("name", name, most=60), None, place.community_id
    else:
        volunteer = _volunteer(session, line("volunteer_number", volunteer_number, most=60))
        named, volunteer_id, community_id = volunteer.number, volunteer.id, volunteer.community_id
        if place_id is not None and place_in_reach(session, place_id).community_id != community_id:
            raise BadInput("place_id", Problem.UNKNOWN_CHOICE)
    code = new_code()
    poster = Poster(
        community_id=community_id,
        kind=what,
        name=named,
        code=code,
        code_index=code_index(code),
        volunteer_id=volunteer_id,
        place_id=place_id,
        made_by=actor_of(session).id,
        made_at=now,
    )
    session.add(poster)
    session.flush()
    return poster.id


def _volunteer(session: Session, number: str) -> Volunteer:
    # Two codes for one person would make one of them impossible to take back by looking at the list.
    found = session.scalars(select(Volunteer).where(Volunteer.number == number).with_for_update()).one_or_none()
    if found is None:
        raise BadInput("volunteer_number", Problem.UNKNOWN_CHOICE)
    must_serve(found)
    held = select(Poster.id).where(Poster.volunteer_id == found.id, Poster.revoked_at.is_(None)).limit(1)
    if session.execute(held).first() is not None:
        raise Refused("poster_has_code", number=number)
    return found


@action(Permission.MANAGE_POSTERS)
def revoke_poster(session: Session, *, poster_id: int, version: int, now: datetime) -> int:
    """From now on the code takes nothing more and says so; what came by it before stays. The poster's id."""
    poster = load(session, Poster, poster_id, version=version, lock=True)
    if poster.revoked_at is not None:
        raise Refused("poster_revoked")
    poster.revoked_at = now
    session.flush()
    return poster.id
