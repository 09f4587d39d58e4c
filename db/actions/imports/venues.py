"""阵地 from a file: each comes to the community that brings it; one that is kept up under its name stays as it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from db.actions.imports.store import Store
from db.actions.loading import actor_of
from db.actions.results.venues import names_held
from db.models import Venue
from db.rules.results.venues import overlap, venue_key
from db.terms import Datum


def store_venues(store: Store, rows: Sequence[dict[str, Any]], **_more: Any) -> None:
    """However its name is typed, a place is registered once; one that was closed before may come back under it."""
    session = store.session
    names_held(session)
    query = select(Venue.name, Venue.opened_on, Venue.closed_on).where(
        Venue.subdistrict_id == actor_of(session).subdistrict_id
    )
    known: dict[str, list[tuple[Any, Any]]] = {}
    for one in session.execute(query):
        known.setdefault(venue_key(one.name), []).append((one.opened_on, one.closed_on))
    for row in rows:
        days = (row["opened_on"], None)
        there = known.setdefault(venue_key(row["venue_name"]), [])
        if any(overlap(days, other) for other in there):
            store.known += 1
            continue
        there.append(days)
        store.add(
            Venue,
            name=row["venue_name"],
            kind=row["venue_kind"],
            home_id=store.community_id,
            address=row["venue_address"],
            hours=row["hours"] or {},
            holidays=row["holidays"],
            desk_phone=row["desk_phone"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            datum=row["datum"] or Datum.GCJ02,
            opened_on=row["opened_on"],
        )
        store.room()
