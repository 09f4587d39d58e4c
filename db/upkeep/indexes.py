"""Whether blind indexes are what the secret key makes of the row beside them: by another one nobody is found."""

from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import (
    Activity,
    ActivityParticipant,
    Household,
    Member,
    Person,
    Poster,
    ProgressCode,
    SensitiveFact,
    WallCode,
    blind_index,
    name_index,
)
from db.queries.members.found_by import name_keys, phone_key
from db.rules.doors.door import Door
from db.rules.people.doubles import digits_of
from db.terms import SensitiveKind

INDEX_OF: dict[InstrumentedAttribute[Any], Callable[[Any], str | None]] = {
    Household.door_index: lambda door: blind_index(Door(door.building, door.stairwell, door.room).key(door.place_id)),
    Person.phone_index: lambda person: blind_index(digits_of(person.phone)) if person.phone else None,
    Person.name_index: lambda person: name_index(person.name),
    Poster.code_index: lambda poster: blind_index(f"poster:{poster.code}"),
    Activity.code_index: lambda activity: blind_index(f"activity:{activity.code}") if activity.code else None,
    ActivityParticipant.name_index: lambda seat: name_index(seat.name or ""),
    ActivityParticipant.phone_index: lambda seat: phone_key(seat.phone),
    Member.name_index: lambda member: name_keys(member.name)["name_index"],
    Member.sound_index: lambda member: name_keys(member.name)["sound_index"],
    Member.phone_index: lambda member: phone_key(member.phone),
    WallCode.code_index: lambda code: blind_index(f"wall:{code.code}"),
    ProgressCode.code_index: lambda code: blind_index(f"progress:{code.code}"),
    SensitiveFact.kind_index: lambda fact: (
        SensitiveFact.index_of(fact.community_id, SensitiveKind(fact.kind)) if fact.kind_index else fact.kind_index
    ),
}
"""Every blind index of a row whose plain value stands in the same row, and what it must be."""


def index_fits(session: Session, column: InstrumentedAttribute[Any]) -> bool:
    """Whether the oldest and the newest value of a blind index are right."""
    model = column.class_
    there = select(model).where(column.is_not(None)).limit(1)
    for end in (there.order_by(model.id), there.order_by(model.id.desc())):
        try:
            row = session.scalars(end).first()
            if row is not None and getattr(row, column.key) != INDEX_OF[column](row):
                return False
        except (InvalidTag, ValueError):
            return False
    return True
