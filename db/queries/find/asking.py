"""What a search is made of before any kind is asked: where a door can be, which communities a number can be of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Community, Household, Place, blind_index
from db.queries.doors.households import at_doors
from db.queries.paging import ROWS
from db.rules.doors.door import Door
from db.rules.find.asked import Asked, Kind, places_meant
from db.rules.search import LIKE_ESCAPE, like_pattern

FEW = 8
"""Hits of a kind that are shown; its own list has the rest."""
LOOKED_THROUGH = 10_000
"""Rows of a kind, the newest in reach, in which words are looked for: as many as a community has in twenty years."""
AT_ONCE = 200
"""Rows from one door that are sorted to find the newest."""
READ_ALOUD = 300
"""Rows of a kind without sounds of its own that are read, the newest: there are hardly more of them."""
PLACES_MOST = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """One search: who asks, what for, and what that can mean here."""

    session: Session
    asked: Asked
    year: int
    codes: tuple[str, ...]
    """Codes of the communities in reach, when the end of a number was typed."""
    places: tuple[int, ...]
    """Places in which the door can be."""
    homes: tuple[int, ...] | None
    """Households behind the door, None when only a building was typed. None of them has an alias, and none is
    restricted: whoever finds them by the door would learn who that is."""

    def numbered(self, kind: Kind, column: InstrumentedAttribute[str]) -> ColumnElement[bool] | None:
        """Rows of these numbers; None when no number was typed."""
        if not (self.asked.number or self.asked.running is not None):
            return None
        return column.in_(self.asked.numbers(kind, self.codes, self.year))

    def at_door(self, model: Any) -> ColumnElement[bool] | None:
        """Rows of a model with `household_id`, `place_id` and `building` that came from the door; None without one."""
        if self.asked.door is None:
            return None
        of = model.__table__.c
        if self.homes is None:
            return by_id(model, of.place_id.in_(self.places), of.building == self.asked.door.building)
        return by_id(model, of.household_id.in_(self.homes))

    def behind(self) -> Any:
        """Households of the door, or the newest of the building."""
        if self.homes is not None or self.asked.door is None:
            return self.homes or ()
        of = Household.__table__.c
        inside = select(of.id).where(of.place_id.in_(self.places), of.building == self.asked.door.building)
        return inside.order_by(of.id.desc()).limit(AT_ONCE)

    def said(self, *columns: Any) -> ColumnElement[bool]:
        """Rows in one of whose columns the words stand, whatever the case of Latin letters."""
        return _holds(self.session, self.asked.words, columns)

    def recent(self, model: Any) -> ColumnElement[bool]:
        """Rows of a large table in which words are looked for: a word that nowhere stands costs no more than these."""
        table = model.__table__  # an id that nobody sees: what is in reach is said by the statement around it
        ids = select(table.c.id).order_by(table.c.id.desc()).offset(LOOKED_THROUGH).limit(1)
        home = self.session.info["actor"].community_id
        oldest = ids if home is None else ids.where(table.c.community_id == home)
        return model.id > func.coalesce(oldest.scalar_subquery(), 0)

    def sounding(self, pinyin: Any, initials: Any) -> ColumnElement[bool]:
        """Rows that are read so; none when no sounds were typed."""
        return _holds(self.session, self.asked.sounds, (pinyin, initials)) if self.asked.sounds else false()


def by_id(model: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows of a model whose table fulfils this, looked up by their ids: the few rows of a door come first, and are then
    asked whether they are in reach. Left to itself the scope leads, and every row of the community is read.
    """
    of = model.__table__.c
    return model.id.in_(select(of.id).where(*where).order_by(of.id.desc()).limit(AT_ONCE))


def _holds(session: Session, words: str, columns: Sequence[Any]) -> ColumnElement[bool]:
    pattern = like_pattern(words)
    # LIKE of SQLite knows no case of Latin letters; lower() around both sides would double its time.
    plain = session.get_bind().dialect.name == "sqlite"
    return or_(
        *(
            column.like(pattern, escape=LIKE_ESCAPE) if plain else column.ilike(pattern, escape=LIKE_ESCAPE)
            for column in columns
        )
    )


def asking(session: Session, asked: Asked, *, year: int) -> Asking:
    """Look up what the kinds need to know: one statement for a number's end, three at most for a door."""
    codes: tuple[str, ...] = ()
    if asked.running is not None:
        codes = tuple(session.scalars(select(Community.code).order_by(Community.id).limit(ROWS)))
    if asked.door is None:
        return Asking(session, asked, year, codes, (), None)
    names = session.execute(select(Place.id, Place.name).order_by(Place.id).limit(PLACES_MOST)).all()
    places = tuple(places_meant(((row.id, row.name) for row in names), asked.place))
    homes = _homes(session, places, asked.door) if asked.door.room or asked.door.stairwell else None
    return Asking(session, asked, year, codes, places, homes)


def _homes(session: Session, places: tuple[int, ...], door: Door) -> tuple[int, ...]:
    inside = select(Household.place_id, Household.stairwell).where(
        Household.place_id.in_(places), Household.building == door.building
    )
    if door.stairwell:
        inside = inside.where(Household.stairwell == door.stairwell)
    open_ = (Household.restricted.is_(False), func.coalesce(Household.alias, "") == "")
    found = select(Household.id).where(*open_).limit(PLACES_MOST)
    if not door.room:
        within = inside.with_only_columns(Household.id)
        return tuple(session.scalars(found.where(Household.id.in_(within))))
    known = {(row.place_id, row.stairwell) for row in session.execute(inside.distinct().limit(PLACES_MOST))}
    # A household that was made one with another stands in no list, but its door still leads to the other.
    known |= {(place, door.stairwell) for place in places}
    doors = [blind_index(replace(door, stairwell=stairwell).key(place)) for place, stairwell in known]
    return tuple(session.scalars(found.where(Household.id.in_(at_doors(session, doors)))))
