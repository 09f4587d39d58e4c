"""What a search is made of before any kind is asked: where a door can be, which communities a number can be of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select, true
from sqlalchemy.orm import Session

from db.models import Community, Household, Place, blind_index
from db.queries.doors.households import at_doors
from db.queries.paging import ROWS
from db.rules.doors.door import Door
from db.rules.find.asked import Asked, Kind, places_meant
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.scope import bare

FEW = 8
"""Hits of a kind that are shown; its own list has the rest."""
LOOKED_THROUGH = 5_000
"""Rows of a kind, the newest in reach, in which words are looked for: as many as a community has in ten years."""
AT_ONCE = 200
"""Rows from one door that are sorted to find the newest."""
READ_ALOUD = 300
"""Rows of a kind without sounds of its own that are read, the newest: there are hardly more of them."""
PLACES_MOST = 200


@dataclass(frozen=True)
class Asking:
    """One search: who asks, what for, and what that can mean here."""

    session: Session
    asked: Asked
    year: int
    communities: tuple[tuple[int, str], ...] = ()
    """Communities in reach with their codes, when a number was typed."""
    places: tuple[int, ...] = ()
    """Places in which the door can be."""
    homes: tuple[int, ...] | None = None
    """Households behind the door, None when only a building was typed. None of them has an alias, and none is
    restricted: whoever finds them by the door would learn who that is."""

    @property
    def home(self) -> int | None:
        """The community of the one who asks."""
        home: int | None = self.session.info["actor"].community_id
        return home

    @property
    def form(self) -> tuple[bool, ...]:
        """What a statement for words depends on besides the words."""
        return bool(self.asked.sounds), self.home is None, self._sqlite

    @cached_property
    def values(self) -> dict[str, object]:
        """What is put into the statements for words; JSON stores Chinese as escapes, so one pattern is made of them."""
        words = self.asked.words
        return {
            "words": like_pattern(words),
            "sounds": like_pattern(self.asked.sounds),
            "escaped": like_pattern(json.dumps(words)[1:-1]),
            "home": self.home,
        }

    @property
    def _sqlite(self) -> bool:
        return self.session.get_bind().dialect.name == "sqlite"

    def numbered(self, kind: Kind, model: Any) -> ColumnElement[bool] | None:
        """Rows of these numbers; None when no number was typed."""
        if not (self.asked.number or self.asked.running is not None):
            return None
        ids, codes = [one[0] for one in self.communities], [one[1] for one in self.communities]
        of, numbers = bare(model), self.asked.numbers(kind, codes, self.year)
        known: ColumnElement[bool] = model.id.in_(select(of.id).where(of.community_id.in_(ids), of.number.in_(numbers)))
        return known

    def at_door(self, model: Any) -> ColumnElement[bool] | None:
        """Rows of a model with `household_id`, `place_id` and `building` that came from the door; None without one."""
        if self.asked.door is None:
            return None
        of = bare(model)
        if self.homes is None:
            return by_id(model, of.place_id.in_(self.places), of.building == self.asked.door.building)
        return by_id(model, of.household_id.in_(self.homes))

    def behind(self) -> Any:
        """Households of the door, or the newest of the building."""
        if self.homes is not None or self.asked.door is None:
            return self.homes or ()
        of = bare(Household)
        inside = select(of.id).where(of.place_id.in_(self.places), of.building == self.asked.door.building)
        return inside.order_by(of.id.desc()).limit(AT_ONCE)

    def said(self, *columns: Any) -> ColumnElement[bool]:
        """Rows in one of whose columns the words stand, whatever the case of Latin letters."""
        return self._hold("words", columns)

    def sounding(self, pinyin: Any, initials: Any) -> ColumnElement[bool]:
        """Rows that are read so; none when no sounds were typed."""
        return self._hold("sounds", (pinyin, initials)) if self.asked.sounds else false()

    def aloud(self, words: ColumnElement[bool]) -> ColumnElement[bool]:
        """The words, or every row when sounds were typed: it will be read aloud."""
        return true() if self.asked.sounds else words

    def recent(self, model: Any) -> ColumnElement[bool]:
        """Rows of a large table in which words are looked for: a word that nowhere stands costs no more than these."""
        of = bare(model)  # an id that nobody sees: what is in reach is said by the statement around it
        ids = select(of.id).order_by(of.id.desc()).offset(LOOKED_THROUGH).limit(1)
        oldest = ids if self.home is None else ids.where(of.community_id == bindparam("home"))
        recent: ColumnElement[bool] = model.id > func.coalesce(oldest.scalar_subquery(), 0)
        return recent

    def _hold(self, name: str, columns: Sequence[Any]) -> ColumnElement[bool]:
        # LIKE of SQLite knows no case of Latin letters; lower() around both sides would double its time.
        like = "like" if self._sqlite else "ilike"
        return or_(*(getattr(column, like)(bindparam(name), escape=LIKE_ESCAPE) for column in columns))


def by_id(model: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Rows of a model whose table fulfils this, looked up by their ids: the few rows of a door come first, and are then
    asked whether they are in reach. Left to itself the scope leads, and every row of the community is read.
    """
    of = bare(model)
    found: ColumnElement[bool] = model.id.in_(select(of.id).where(*where).order_by(of.id.desc()).limit(AT_ONCE))
    return found


def asking(session: Session, asked: Asked, *, year: int) -> Asking:
    """Look up what the kinds need to know: one statement for a number, three or four for a door."""
    if asked.number or asked.running is not None:
        home = session.info["actor"].community_id
        within = select(Community.id, Community.code).order_by(Community.id).limit(ROWS)
        rows = session.execute(within if home is None else within.where(Community.id == home))
        return Asking(session, asked, year, communities=tuple((row.id, row.code) for row in rows))
    if asked.door is None:
        return Asking(session, asked, year)
    names = session.execute(select(Place.id, Place.name).order_by(Place.id).limit(PLACES_MOST)).all()
    places = tuple(places_meant(((row.id, row.name) for row in names), asked.place))
    homes = _homes(session, places, asked.door) if asked.door.room or asked.door.stairwell else None
    return Asking(session, asked, year, places=places, homes=homes)


def _homes(session: Session, places: tuple[int, ...], door: Door) -> tuple[int, ...]:
    of = bare(Household)  # the index alone answers; what is in reach is said by the places and by the last query
    inside = (of.place_id.in_(places), of.building == door.building)
    open_ = (Household.restricted.is_(False), func.coalesce(Household.alias, "") == "")
    found = select(Household.id).where(*open_).limit(PLACES_MOST)
    if not door.room:
        within = select(of.id).where(*inside, of.stairwell == door.stairwell).limit(AT_ONCE)
        return tuple(session.scalars(found.where(Household.id.in_(within))))
    known = [(place, door.stairwell) for place in places]
    if not door.stairwell:
        stairwells = select(of.place_id, of.stairwell).where(*inside).distinct().limit(AT_ONCE)
        known += [(row.place_id, row.stairwell) for row in session.execute(stairwells)]
    doors = [blind_index(replace(door, stairwell=stairwell).key(place)) for place, stairwell in known]
    # A household that was made one with another stands in no list, but its door still leads to the other.
    return tuple(session.scalars(found.where(Household.id.in_(at_doors(session, doors)))))
