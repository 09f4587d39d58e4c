"""What a need and a complaint have in common on their pages: what somebody asked, where, and who it was, masked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.queries.needs.needs import asker
from db.terms import NeedSource


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """Words without numbers of people, the asker masked."""

    id: int
    version: int
    community_id: int
    number: str
    title: str
    description: str
    source: NeedSource
    category: str
    category_en: str
    place: str
    building: str
    restricted: bool
    logged_at: datetime
    worker: str
    asker: str
    has_originals: bool
    """Whether there is anything that a look at the originals would show in clear."""


@dataclass(frozen=True, slots=True)
class _Asking:
    place: str
    building: str
    household_id: int | None
    asker_name: str | None
    asker_phone: str | None
    alias: str | None


def who_asked(row: Any, place: str, alias: str | None) -> str:
    """Who asked for this row, masked: an alias, a surname with a telephone, or a door."""
    return asker(_Asking(place, row.building, row.household_id, row.asker_name, row.asker_phone, alias))


def hides(row: Any, shown: str) -> bool:
    """Whether there is more to see than what is `shown` of its words."""
    return bool(row.asker_name or row.asker_phone or row.household_id or shown != row.description)
