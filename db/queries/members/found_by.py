"""How a member is found though the name is encrypted: keyed hashes of the whole name, its sound and its initials."""

import json
from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from db.models import Member, blind_index
from db.rules.masking import masked_name
from db.rules.people.doubles import digits_of, likeness, tidy_name
from db.rules.search import LIKE_ESCAPE, like_pattern, looks_like_pinyin, pinyin_query, sounds_of_name
from db.scope import UNSCOPED

MOST = 200


def _sound(key: str) -> str:
    return blind_index(f"sound|{key}")


def _whole(tidy: str) -> str:
    return blind_index(f"name|{tidy}")


def name_keys(name: str) -> dict[str, str | None]:
    """The columns `name_index` and `sound_index` of a name."""
    tidy = tidy_name(name)
    if not tidy:
        return {"name_index": None, "sound_index": ""}
    keys: list[str] = []
    for syllables in sorted(sounds_of_name(tidy)):
        plain = [pinyin_query(part) for part in syllables]
        keys += ["".join(plain), "".join(part[:1] for part in plain)]
    return {"name_index": _whole(tidy), "sound_index": " ".join(_sound(key) for key in dict.fromkeys(keys))[:200]}


def phone_key(phone: str | None) -> str | None:
    """The column `phone_index` of a number."""
    digits = digits_of(phone or "")
    return blind_index(digits) if digits else None


def matches(words: str) -> Any:
    """Whether a member is meant: a whole name however it is typed, its pinyin or initials, a number, a skill."""
    said = words.strip()
    found: list[Any] = [
        Member.number.like(like_pattern(said.upper()), escape=LIKE_ESCAPE),
        cast(Member.skills, String).like(like_pattern(json.dumps(said)[1:-1]), escape=LIKE_ESCAPE),
    ]
    if tidy := tidy_name(said):
        found.append(Member.name_index == _whole(tidy))
    if looks_like_pinyin(said):
        found.append(Member.sound_index.contains(_sound(pinyin_query(said))))
    if len(digits_of(said)) >= 7:
        found.append(Member.phone_index == phone_key(said))
    return or_(*found)


def like_members(session: Session, community_id: int, name: str, phone: str | None) -> tuple[tuple[int, str], ...]:
    """Those of a community's roll who may be this very member, those who left too: id, and number with masked name."""
    keys = name_keys(name)
    alike = [Member.name_index == keys["name_index"]]
    alike += [Member.sound_index.contains(key) for key in (keys["sound_index"] or "").split()[::2]]
    if phone:
        alike.append(Member.phone_index == phone_key(phone))
    query = (
        select(Member.id, Member.number, Member.name, Member.phone)
        .where(
            Member.community_id == community_id,
            Member.merged_into_id.is_(None),
            Member.erased_at.is_(None),
            or_(*alike),
        )
        .order_by(Member.id)
        .limit(MOST)
    )
    return tuple(
        (row.id, f"{row.number} {masked_name(row.name)}")
        for row in session.execute(query, execution_options=UNSCOPED)
        if likeness((name, phone), (row.name, row.phone)) is not None
    )
