"""接龙: read a list as it is copied out of a chat: title, people, telephones, doors, how many come, what they say."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.rules.doors.address import find_door
from db.rules.doors.door import Door
from db.rules.doors.reading import plain as without_spaces
from db.rules.imports.names import HAN, one_dot_of_signs
from db.rules.imports.people_count import count_people
from db.rules.imports.standing import SAME_MOST, SameDoor

MOST_CHARACTERS = 20_000
MOST_LINES = 500
NAME_MOST, NOTE_MOST = 30, 200

_HEAD = re.compile(r"^\s*#\s*接龙\s*")
_NUMBERED = re.compile(r"^\s*(?:[(（]?\s*(\d{1,3})\s*[)）]?\s*[.、,，:：\s)）]\s*|[①-⑳]\s*)(?=\D|\d{2,}幢|$)")
_INNER = re.compile(r"(?<=\S)\s+(?=\d{1,3}\s*[.、]\s*[^\d\s])")
_KEYCAP = re.compile(r"((?:\d\ufe0f?\u20e3)+)|([①-⑳])|\U0001F51F")
"""Numbers as telephones draw them: 1️⃣, ①, 🔟."""
_EXAMPLE = re.compile(r"^\s*(?:例|示例|格式|例如|模板)(?:[:：\s.]|$)")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)|(?<!\d)(0\d{2,3}-?\d{7,8})(?!\d)")
_HAN_NAME = rf"(?=[{HAN}·]{{2,20}}(?![{HAN}·]))(?:[{HAN}]+(?:·[{HAN}]+)+|[{HAN}]{{2,5}})"
"""Two to five characters, or parts with a dot between them, twenty characters with the dots."""
_ROOM_FIRST = re.compile(rf"^\d{{3,4}}(?=\s+{_HAN_NAME}(?:\W|$))")
"""201 李测试: a number before a name is the room."""
_CALLED = re.compile(r"(?:联系)?(?:电话|手机)号?码?(?:是|为)?\s*[:：]?\s*$")
"""The word before a telephone number goes with it."""
_NAME = re.compile(rf"^{_HAN_NAME}(?=[\s,，、:：;；.。(（+]|$)|^[A-Za-z][A-Za-z .]{{1,20}}(?=[,，、:：;；(（+]|$)")
_EDGE = " \t,，、。.;；:：-—~()（）【】[]|/"
_EMPTY = re.compile(r"^[\W_]*$")
_MARKS = re.compile("([，；：？！（）])")


@dataclass(frozen=True, slots=True)
class SignUp:
    """One entry; `line` is its number in what was pasted, `text` what stood there. "" where nothing was said."""

    line: int
    text: str
    name: str
    phone: str
    place: str
    building: str
    stairwell: str
    room: str
    people: int
    note: str
    door_text: str = ""
    """The words that were read as the door."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no entry: the example that the list begins with, or nothing that we understand."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class SignUpList:
    """Everything that was pasted is in exactly one of the parts: title, entries, skipped."""

    title: str
    title_lines: tuple[int, ...]
    entries: tuple[SignUp, ...]
    skipped: tuple[Skipped, ...]
    repeated: tuple[int, ...]
    """Places in `entries` of people who stand there already further up."""
    same_doors: tuple[SameDoor, ...]
    """Entries (their lines) of one household whose doors are written differently."""


def _plain(line: str) -> str:
    """Full-width becomes half-width but for the marks of a sentence; emoji and invisible characters go."""
    drawn = list(_KEYCAP.finditer(line))
    if len(drawn) > 1 or (drawn and not re.search(r"\w", line[: drawn[0].start()])):
        line = _KEYCAP.sub(_number_drawn, line)
    parts = _MARKS.split(one_dot_of_signs(line.replace("\ufe0f", "")))
    normal = "".join(part if _MARKS.fullmatch(part) else unicodedata.normalize("NFKC", part) for part in parts)
    kept = [
        " " if unicodedata.category(letter) in ("So", "Sk", "Cf", "Cs", "Co", "Cn", "Cc") else letter
        for letter in normal
    ]
    return " ".join("".join(kept).split())


def _number_drawn(found: re.Match[str]) -> str:
    """A drawn number as it is typed, with a dot behind it."""
    keys, ring = found.groups()
    typed = "".join(letter for letter in keys if letter.isdigit()) if keys else ring or "10"
    return f" {typed}. "


def read_sign_up_list(text: str, places: Iterable[str] = ()) -> SignUpList:
    """Never raises, and loses no line that is not blank."""
    known = list(places)
    lines = [(number, raw) for number, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    numbered = any(_NUMBERED.match(_plain(raw)) for _, raw in lines)
    title: list[tuple[int, str]] = []
    entries: list[SignUp] = []
    skipped: list[Skipped] = []
    for number, raw in lines:
        plain = _plain(raw)
        starts = bool(_NUMBERED.match(_plain(raw)))
        if _HEAD.match(plain):
            title.append((number, _HEAD.sub("", plain)))
        elif _EXAMPLE.match(_NUMBERED.sub("", plain)) or _EMPTY.match(plain):
            skipped.append(Skipped(number, raw.strip()))
        elif not entries and not starts and (numbered or (title and not _looks_like_entry(plain))):
            title.append((number, plain))
        elif starts or not numbered or not entries:
            _take(number, raw, plain, known, entries, skipped)
        else:
            # A line without a number below one with: its writer went on in a new line.
            entries[-1] = _went_on(entries[-1], raw, plain, _entry(number, plain, known))
    seen: set[tuple[str, str]] = set()
    repeated = []
    for place, entry in enumerate(entries):
        key = (entry.name, entry.phone)
        if entry.name and key in seen:
            repeated.append(place)
        seen.add(key)
    said = " ".join(part for _, part in title if part)
    return SignUpList(
        said[:NOTE_MOST], tuple(n for n, _ in title), tuple(entries), tuple(skipped), tuple(repeated),
        _same_doors(entries),
    )  # fmt: skip


def _same_doors(entries: Iterable[SignUp]) -> tuple[SameDoor, ...]:
    first: dict[tuple[str, Door], SignUp] = {}
    found: list[SameDoor] = []
    texts: set[tuple[Door, str]] = set()
    for entry in entries:
        door = Door(entry.building, entry.stairwell, entry.room)
        if not (door.room and entry.door_text):
            continue
        above = first.setdefault((entry.place, door), entry)
        if above is not entry and (door, without_spaces(entry.door_text)) not in texts:
            found.append(SameDoor(above.line, entry.line, above.door_text, entry.door_text, door))
        texts.add((door, without_spaces(entry.door_text)))
    return tuple(found[:SAME_MOST])


def _went_on(last: SignUp, raw: str, plain: str, more: SignUp) -> SignUp:
    """An entry with what its writer added in the next line."""
    if not last.building and not last.room:
        last = replace(last, building=more.building, stairwell=more.stairwell, room=more.room, door_text=more.door_text)
    added = plain.strip(_EDGE) if last.phone else _without_phone(plain)
    note = " ".join(part for part in (last.note, added) if part)[:NOTE_MOST]
    return replace(last, text=f"{last.text}\n{raw.strip()}", phone=last.phone or more.phone, note=note)


def _looks_like_entry(plain: str) -> bool:
    return bool(
        _PHONE.search(plain)
        or find_door(plain)
        or ((called := _NAME.match(plain)) and (len(plain) <= 12 or "·" in called[0]))
    )


def _take(number: int, raw: str, plain: str, known: list[str], entries: list[SignUp], skipped: list[Skipped]) -> None:
    """One line, which may hold several numbered entries."""
    parts = _INNER.split(plain)
    for part in parts:
        entry = _entry(number, _NUMBERED.sub("", part, count=1), known)
        if entry.name or entry.phone or entry.note or entry.building:
            entries.append(replace(entry, text=part if len(parts) > 1 else raw.strip()))
        else:
            skipped.append(Skipped(number, part if len(parts) > 1 else raw.strip()))


def _without_phone(text: str) -> str:
    found = _PHONE.search(text)
    text = _CALLED.sub("", text[: found.start()]) + " " + text[found.end() :] if found else text
    return " ".join(text.split()).strip(_EDGE)


def _name_first(text: str) -> tuple[str, str]:
    """The name that a text begins with, "" for none, and what comes behind."""
    rest = text.strip(_EDGE)
    called = _NAME.match(rest)
    return (called[0].strip(), rest[called.end() :]) if called else ("", rest)


def _entry(number: int, line: str, known: list[str]) -> SignUp:
    rest = line
    phone = ""
    found = _PHONE.search(rest)
    if found is not None:
        phone = found[4] or "".join(found.groups()[:3])
        rest = _CALLED.sub("", rest[: found.start()]) + " " + rest[found.end() :]
    place = max((name for name in known if name in rest), key=len, default="")
    rest = rest.replace(place, " ", 1) if place else rest
    people, rest = count_people(rest)
    name, rest = _name_first(rest)
    building = stairwell = room = door_text = ""
    found_door = find_door(rest)
    if found_door is not None:
        door, start, end = found_door
        building, stairwell, room = door.building, door.stairwell, door.room
        door_text, behind = rest[start:end], rest[end:]
        if not name:
            name, behind = _name_first(behind)
        rest = f"{rest[:start]} {behind}"
    elif not name and (first := _ROOM_FIRST.match(rest)):
        room = first[0]
        name, rest = _name_first(rest[first.end() :])
    if not name:
        name, rest = _name_first(rest)
    note = " ".join(rest.split()).strip(_EDGE)
    return SignUp(
        number, line, name[:NAME_MOST], phone, place, building, stairwell, room, people, note[:NOTE_MOST], door_text
    )
