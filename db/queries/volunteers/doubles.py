"""Who may be registered twice: told before somebody is taken into the registry, and listed for those who are in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.models import Account, Volunteer, VolunteerMerge
from db.queries.paging import ROWS
from db.queries.people.pairs import Doubles, MergeRow, Side, decided, neighbours, page_of
from db.rules.masking import masked_name, masked_phone
from db.rules.people.doubles import digits_of, likeness, tidy_name
from db.rules.search import sounds_of_name
from db.scope import UNSCOPED
from db.terms import DoubleKind, Likeness

VOLUNTEERS_MOST = 10_000
"""Entries of a community that are opened to compare names, newest first; a large community has some two thousand."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the registry who may be the same person; the name is masked."""

    id: int
    number: str
    name: str
    ended_on: date | None
    why: Likeness


def like_volunteers(session: Session, community_id: int, name: str, phone: str | None) -> tuple[Known, ...]:
    """Those of a community who have this name, its sound, or this telephone, the likeliest first.

    What stood in an entry that was merged leads to the one that was kept.
    """
    kept = aliased(Volunteer)
    query = (
        select(*(Volunteer.name, Volunteer.phone), *(kept.id, kept.number, kept.name.label("kept_name"), kept.ended_on))
        .join(kept, kept.id == func.coalesce(Volunteer.merged_into_id, Volunteer.id))
        .where(Volunteer.community_id == community_id)
        .order_by(Volunteer.id.desc())
        .limit(VOLUNTEERS_MOST)
    )
    order = {why: place for place, why in enumerate(Likeness)}
    found: dict[int, Known] = {}
    for row in session.execute(query, execution_options=UNSCOPED):
        why = likeness((name, phone), (row.name, row.phone))
        if why is not None and (row.id not in found or order[why] < order[found[row.id].why]):
            found[row.id] = Known(row.id, row.number, masked_name(row.kept_name), row.ended_on, why)
    return tuple(sorted(found.values(), key=lambda one: (order[one.why], one.id)))


def in_words(known: tuple[Known, ...]) -> str:
    """Numbers and masked names of a few of them."""
    return "、".join(f"{one.number} {one.name}" for one in known[:3])


def volunteer_doubles(session: Session, page: int = 1) -> Doubles:
    """Pairs of the registry with the same telephone, the same name or its sound, the best first."""
    rows = session.execute(
        select(
            *(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.phone, Volunteer.building),
            *(Volunteer.since, Volunteer.ended_on),
        )
        .where(Volunteer.merged_into_id.is_(None))
        .order_by(Volunteer.id.desc())
        .limit(VOLUNTEERS_MOST)
    ).all()
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        tidy = tidy_name(row.name)
        sounds = (("sound", " ".join(sound)) for sound in sounds_of_name(tidy))
        for key in (("phone", digits_of(row.phone or "")), ("name", tidy), *sounds):
            if key[1]:
                groups[key].append(row)
    known, found = decided(session, DoubleKind.VOLUNTEER), dict[tuple[int, int], tuple[Likeness, Any, Any]]()
    for one, other in neighbours(groups.values()):
        pair = (one.id, other.id)
        if pair in known or pair in found:
            continue
        why = likeness((one.name, one.phone), (other.name, other.phone))
        if why is not None:
            found[pair] = (why, one, other)
    return page_of(found, page, _side)


def _side(row: Any) -> Side:
    phone = masked_phone(row.phone) if row.phone else ""
    return Side(row.id, tuple(part for part in (f"{row.number} {masked_name(row.name)}", row.building, phone) if part))


def volunteer_sides(session: Session, ids: set[int]) -> dict[int, str]:
    """Number and masked name of these volunteers."""
    query = select(Volunteer.id, Volunteer.number, Volunteer.name).where(Volunteer.id.in_(ids))
    rows = session.execute(query) if ids else ()
    return {row.id: f"{row.number} {masked_name(row.name)}" for row in rows}


def volunteer_merges(session: Session) -> tuple[MergeRow, ...]:
    """Merges of volunteers that can be undone, newest first."""
    other = aliased(Volunteer)
    query = (
        select(
            *(VolunteerMerge.id, VolunteerMerge.merged_at, Volunteer.name, Volunteer.number),
            *(other.number.label("other"), Account.name.label("by")),
        )
        .join(Volunteer, Volunteer.id == VolunteerMerge.kept_id)
        .join(other, other.id == VolunteerMerge.other_id)
        .join(Account, Account.id == VolunteerMerge.merged_by)
        .where(VolunteerMerge.undone_at.is_(None))
        .order_by(VolunteerMerge.id.desc())
        .limit(ROWS)
    )
    return tuple(
        MergeRow(row.id, f"{row.number} {masked_name(row.name)}", f"← {row.other}", row.merged_at, row.by)
        for row in session.execute(query)
    )
