"""读音表: the subdistrict says how names are read here; needs that hold such a name are found by it from then on."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import audit
from db.actions.fields import chosen, line
from db.actions.loading import actor_of, load
from db.actions.needs.finding import renew_keys
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import NameReading, Subdistrict
from db.rules.permissions import Permission
from db.rules.readings import BUILT_IN, MOST_CHARACTERS, MOST_SOUNDS, BadReading, reading_from
from db.terms import ReadingKind

MOST_READINGS = 200
"""Each is looked for in every need that is written."""


@action(Permission.MANAGE_SETTINGS)
def add_reading(session: Session, *, kind: ReadingKind | None, written: str, sounds: str) -> int:
    """One more reading. Raises BadInput (what is no reading, or there already) and Refused("readings_full")."""
    kind = chosen("kind", kind, list(ReadingKind))
    written = line("written", written, most=MOST_CHARACTERS)
    try:
        reading = reading_from(written, line("sounds", sounds, most=MOST_SOUNDS), kind)
    except BadReading as wrong:
        raise BadInput(wrong.field, Problem.WRONG) from None
    subdistrict = load(session, Subdistrict, actor_of(session).subdistrict_id, lock=True)
    row = NameReading(
        subdistrict_id=subdistrict.id, written=reading.written, sounds=" ".join(reading.syllables), kind=kind
    )
    same = (NameReading.written == row.written, NameReading.sounds == row.sounds, NameReading.kind == kind)
    if reading in BUILT_IN or session.execute(select(NameReading.id).where(*same)).first() is not None:
        raise BadInput("sounds", Problem.TAKEN)
    if (session.scalar(select(func.count(NameReading.id))) or 0) >= MOST_READINGS:
        raise Refused("readings_full", most=MOST_READINGS)
    session.add(row)
    session.flush()
    _renew(session, row)
    return row.id


@action(Permission.MANAGE_SETTINGS)
def drop_reading(session: Session, *, reading_id: int) -> None:
    """Take a reading away; needs are found by it no more."""
    load(session, Subdistrict, actor_of(session).subdistrict_id, lock=True)
    row = load(session, NameReading, reading_id)
    session.delete(row)
    session.flush()
    _renew(session, row)


def _renew(session: Session, row: NameReading) -> None:
    """The keys of the needs that hold the name; one entry in the log for all of them."""
    if changed := renew_keys(session, row.subdistrict_id, row.written):
        audit.note(session, row, "update", {"needs": (0, changed)})
