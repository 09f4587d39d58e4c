"""The keys under which a need is found by typing how it sounds; renewed when a reading comes or goes."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import Community, NameReading, Need
from db.rules.readings import Reading, stored, with_built_in
from db.rules.search import search_keys
from db.scope import UNSCOPED

AT_ONCE = 1000


def readings_of(session: Session, community_id: int) -> tuple[Reading, ...]:
    """The readings that hold in a community: those of its subdistrict, and those that hold everywhere."""
    subdistrict = select(Community.subdistrict_id).where(Community.id == community_id).scalar_subquery()
    rows = session.execute(
        select(NameReading.written, NameReading.sounds, NameReading.kind)
        .where(NameReading.subdistrict_id == subdistrict)
        .order_by(NameReading.id),
        execution_options=UNSCOPED,
    )
    return with_built_in([stored(row.written, row.sounds, row.kind) for row in rows])


def found_by(title: str, description: str, readings: tuple[Reading, ...]) -> dict[str, str]:
    """The columns `pinyin` and `initials` of a need."""
    keys = search_keys(f"{title}{description}", readings)
    return {"pinyin": keys.pinyin, "initials": keys.initials}


def renew_keys(session: Session, subdistrict_id: int, written: str = "") -> int:
    """Reckon the keys of the needs of a subdistrict anew, of those alone that hold `written` where it is given.

    How many changed. The version of a need stays: nobody who has it open is told that somebody else changed it.
    """
    homes = select(Community.id).where(Community.subdistrict_id == subdistrict_id).order_by(Community.id)
    found = list(session.scalars(homes, execution_options=UNSCOPED))
    return sum(_renew(session, community_id, written) for community_id in found)


def _renew(session: Session, community_id: int, written: str) -> int:
    readings = readings_of(session, community_id)
    query = select(Need.id, Need.title, Need.description, Need.pinyin, Need.initials).where(
        Need.community_id == community_id
    )
    if written:
        # A name may begin in the title and end in the words: they are read as one text.
        query = query.where((Need.title + Need.description).contains(written, autoescape=True))
    last, changed = 0, 0
    while True:
        page = query.where(Need.id > last).order_by(Need.id).limit(AT_ONCE).with_for_update()
        rows = session.execute(page, execution_options=UNSCOPED).all()
        if not rows:
            return changed
        last = rows[-1].id
        for row in rows:
            keys = found_by(row.title, row.description, readings)
            if keys != {"pinyin": row.pinyin, "initials": row.initials}:
                session.execute(
                    update(Need).where(Need.id == row.id).values(keys),
                    execution_options=UNSCOPED | {"audited": True, "synchronize_session": False},
                )
                changed += 1
