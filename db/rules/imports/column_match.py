"""Guess which column of a file is which field: the same word, a known other name, or nearly so."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from db.rules.imports.fields import FIELDS, ImportField
from db.rules.imports.sheet import find_heading
from db.terms import ImportKind

SURE, LIKELY, LEAST = 100, 90, 75
_BRACKETS = re.compile(r"[(\[【〔<][^)\]】〕>]*[)\]】〕>]")
_NOISE = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def tidy(heading: str) -> str:
    """A heading in the form in which it is compared: without brackets (必填), stars, spaces, case and width."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    return _NOISE.sub("", _BRACKETS.sub("", plain)) or _NOISE.sub("", plain)


@cache
def _names(kind: ImportKind) -> Mapping[str, tuple[str, ...]]:
    return {one.key: tuple(map(tidy, one.names)) for one in FIELDS[kind]}


def likeness(kind: ImportKind, field: ImportField, heading: str) -> int:
    """0 to 100: the last part of a heading of several rows counts as much as the whole."""
    names = _names(kind)[field.key]
    parts = [tidy(part) for part in (heading, *heading.split("/")[::-1])]
    best = 0
    for rank, part in enumerate(part for part in parts if part):
        for at, name in enumerate(names):
            if part == name:
                # Our own heading before other names, the earlier name before the later one.
                best = max(best, SURE + 2 - min(at, 5) - min(rank, 2))
            elif len(name) >= 2 and (name in part or (len(part) >= 2 and part in name)):
                best = max(best, LEAST + 10 * min(len(name), len(part)) // max(len(name), len(part)))
            else:
                ratio = round(fuzz.ratio(part, name))
                best = max(best, ratio if ratio >= 80 else 0)
    return best


def knows(kind: ImportKind) -> Callable[[str], bool]:
    """Whether a word is the heading of a field of this kind, for `find_heading`."""
    words = {name for names in _names(kind).values() for name in names}
    return lambda text: bool(text) and len(text) <= 40 and tidy(text) in words


def guess(kind: ImportKind, headings: Sequence[str]) -> dict[str, int]:
    """Field → number of the column, each column once, the surest pairs first."""
    pairs = [
        (likeness(kind, field, heading), -column, -order, field.key)
        for order, field in enumerate(FIELDS[kind])
        for column, heading in enumerate(headings)
        if heading.strip()
    ]
    found: dict[str, int] = {}
    for score, column, _order, key in sorted(pairs, reverse=True):
        if score >= LEAST and key not in found and -column not in found.values():
            found[key] = -column
    return found


def looks_like(headings: Sequence[str]) -> ImportKind | None:
    """Which kind of file this is by its headings: where the needed fields are there and most columns are understood."""
    best = max(FIELDS, key=lambda kind: _sure(kind, headings))
    return best if _sure(best, headings) else None


def _sure(kind: ImportKind, headings: Sequence[str]) -> int:
    """How many columns are surely fields of this kind; none when a field that is needed has no column."""
    fields, found = FIELDS[kind], guess(kind, headings)
    if any(field.needed and field.key not in found for field in fields):
        return 0
    return sum(field.key in found and likeness(kind, field, headings[found[field.key]]) >= LIKELY for field in fields)


def recognised(rows: Sequence[Sequence[str]]) -> ImportKind | None:
    """Which kind of file a table is, wherever its headings stand."""
    known = [knows(kind) for kind in FIELDS]
    return looks_like(find_heading(rows, lambda text: any(knows_it(text) for knows_it in known)).names)


def better_kind(kind: ImportKind, rows: Sequence[Sequence[str]]) -> ImportKind | None:
    """The kind that a table looks like more than like the one it was taken for; None when there is none."""
    found = recognised(rows)
    if found is None or found is kind:
        return None
    least = _sure(kind, find_heading(rows, knows(kind)).names)
    return found if _sure(found, find_heading(rows, knows(found)).names) > least else None


def headings_hash(headings: Sequence[str]) -> str:
    """Under which a mapping is remembered: the same headings in the same order."""
    return hashlib.sha256("\n".join(tidy(heading) for heading in headings).encode()).hexdigest()
