"""阵地: register and change one, close it with its last day."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, telephone
from db.actions.loading import actor_of, chosen_row, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Community, Subdistrict, Unit, Venue
from db.rules.permissions import Permission
from db.rules.results.opening_hours import read_hours, stored
from db.rules.results.venues import LATITUDE, LONGITUDE, VenueInput, millionths, overlap, venue_key
from db.terms import Datum, VenueKind


@action(Permission.MANAGE_VENUES)
def save_venue(
    session: Session, *, given: VenueInput, now: datetime, venue_id: int | None = None, version: int | None = None
) -> int:
    """A new place, or a changed one; the id.

    Raises Refused("venue_elsewhere"), Refused("venue_closed", day=) for one whose last day is over.
    """
    actor = actor_of(session)
    venue = own_venue(session, venue_id, version=version) if venue_id is not None else None
    if venue is not None:
        _must_not_be_over(venue, day_of(now))
    name = line("name", given.name, most=60)
    opened_on = day("opened_on", given.opened_on) if given.opened_on is not None else None
    closed_on = venue.closed_on if venue is not None else None
    if opened_on is not None and closed_on is not None and opened_on > closed_on:
        raise BadInput("opened_on", Problem.TOO_LATE, day=str(closed_on))
    latitude, longitude, datum = point_of(given.latitude, given.longitude, given.datum)
    hours = read_hours(line("hours", given.hours, most=200, needed=False))
    if hours is None:
        raise BadInput("hours", Problem.WRONG)
    values = {
        "name": name,
        "kind": chosen("kind", given.kind, list(VenueKind)),
        "home_id": _home(session, given.home_id, venue),
        "unit_id": chosen_row(session, Unit, "unit_id", given.unit_id).id if given.unit_id is not None else None,
        "address": line("address", given.address, most=200, needed=False),
        "hours": stored(hours),
        "holidays": line("holidays", given.holidays, most=200, needed=False),
        "desk_phone": _desk_phone(given.desk_phone),
        "latitude": latitude,
        "longitude": longitude,
        "datum": datum,
        "opened_on": opened_on,
    }
    _must_be_free(session, name, (opened_on, closed_on), venue)
    if venue is None:
        venue = Venue(subdistrict_id=actor.subdistrict_id, **values)
        session.add(venue)
    else:
        for column, value in values.items():
            setattr(venue, column, value)
    session.flush()
    return venue.id


def _desk_phone(text: str) -> str:
    kept = telephone("desk_phone", text) or ""
    if len(kept) > 60:
        raise BadInput("desk_phone", Problem.TOO_LONG, length=len(kept), most=60)
    return kept


def point_of(latitude: str, longitude: str, datum: Datum | None) -> tuple[int | None, int | None, Datum]:
    """Both numbers of a coordinate and where it was read, or nothing of it, or BadInput at the field."""
    typed = {
        name: line(name, text, most=30, needed=False) for name, text in
        (("latitude", latitude), ("longitude", longitude))
    }  # fmt: skip
    system = chosen("datum", datum, list(Datum)) if datum is not None else Datum.GCJ02
    if not any(typed.values()):
        return None, None, system
    read = {}
    for name, limits in (("latitude", LATITUDE), ("longitude", LONGITUDE)):
        if not typed[name]:
            raise BadInput(name, Problem.EMPTY)
        read[name] = millionths(typed[name], limits)
        if read[name] is None:
            raise BadInput(name, Problem.WRONG)
    if datum is None:
        raise BadInput("datum", Problem.EMPTY)
    return read["latitude"], read["longitude"], system


def own_venue(session: Session, venue_id: int, *, version: int | None = None) -> Venue:
    """The place, held against others, for those who keep it: its community, and the subdistrict."""
    venue = load(session, Venue, venue_id, version=version, lock=True)
    home = actor_of(session).community_id
    if home is not None and venue.home_id != home:
        raise Refused("venue_elsewhere")
    return venue


def _must_not_be_over(venue: Venue, today: date) -> None:
    if venue.closed_on is not None and venue.closed_on < today:
        raise Refused("venue_closed", day=venue.closed_on.isoformat())


def _home(session: Session, home_id: int | None, venue: Venue | None) -> int | None:
    """The subdistrict says who keeps a place; a community registers its own."""
    own = actor_of(session).community_id
    if own is not None:
        return venue.home_id if venue is not None else own
    return chosen_row(session, Community, "home_id", home_id).id if home_id is not None else None


def names_held(session: Session) -> None:
    """Two who register places of one name at once come one after the other."""
    own = actor_of(session).subdistrict_id
    session.execute(select(Subdistrict.id).where(Subdistrict.id == own).with_for_update())


def _must_be_free(session: Session, name: str, days: tuple[date | None, date | None], venue: Venue | None) -> None:
    """No other place is known by this name in the same days, however it is typed; one that was closed may come back."""
    names_held(session)
    key = venue_key(name)
    if not key:
        raise BadInput("name", Problem.WRONG)
    query = select(Venue.id, Venue.name, Venue.opened_on, Venue.closed_on).where(
        Venue.subdistrict_id == actor_of(session).subdistrict_id
    )
    with session.no_autoflush:
        known = session.execute(query).all()
    for row in known:
        other = venue is None or row.id != venue.id
        if other and venue_key(row.name) == key and overlap(days, (row.opened_on, row.closed_on)):
            raise BadInput("name", Problem.TAKEN)


@action(Permission.MANAGE_VENUES)
def close_venue(
    session: Session, *, venue_id: int, version: int, on: date | None, reason: str, now: datetime
) -> str | None:
    """The last day of a place, today or later; None takes back a closing that is still to come. The day as text.

    Raises Refused("venue_closed", day=) once the last day is over: the coverage of days gone by stays what it was.
    """
    venue = own_venue(session, venue_id, version=version)
    today = day_of(now)
    _must_not_be_over(venue, today)
    if on is None and venue.closed_on is not None:
        _must_be_free(session, venue.name, (venue.opened_on, None), venue)
        venue.closed_on, venue.closed_reason = None, ""
        return None
    last = day("on", on, least=max(today, venue.opened_on or today))
    why = line("reason", reason, most=200)
    _must_be_free(session, venue.name, (venue.opened_on, last), venue)
    venue.closed_on, venue.closed_reason = last, why
    return last.isoformat()
