"""Keys under which Chinese words are found by typing pinyin or initials, and safe patterns for LIKE."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from db.rules.readings import BUILT_IN, Reading, surname_in

LIKE_ESCAPE = "\\"
"""The escape character of `like_pattern`: `column.like(pattern, escape=LIKE_ESCAPE)`."""

_LATIN_QUERY = re.compile(r"[a-zü' ]*[a-zü][a-zü' ]*", re.IGNORECASE)
_MARKS = ",.;:!?、。 \n"
_ANY_WIDTH = str.maketrans(dict.fromkeys(",;:?!()，；：？！（）", "_"))
_WORDS = re.compile(r"[A-Za-z]+|[0-9]+")
_KEPT = re.compile(r"[^0-9a-z]+")
# In an address 幢 is read zhuang and 弄 long, not chuang and nong: a character of that sound stands in.
_BUILDING = "撞"
_LANE = re.compile(r"(?<=[0-9])弄")


PINYIN_MOST, INITIALS_MOST = 2000, 400
"""Characters of the keys that are kept; what is said otherwise takes half of them at most."""
AROUND = 6
"""Characters before and behind a name that is read otherwise, with which it is found by that reading."""
MOST_OTHERS = 24


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """Lower-case keys without tones: `pinyin` in full (nantang), `initials` (nt).

    Where a name has another reading, a blank and the words around it follow, read that way: 朝阳路 → zhaoyanglu
    chaoyanglu. No query reaches over the blank.
    """

    pinyin: str
    initials: str


def _keys(syllables: list[str]) -> SearchKeys:
    kept = [_KEPT.sub("", syllable.lower()) for syllable in syllables]
    return SearchKeys("".join(kept), "".join(key if key.isdigit() else key[:1] for key in kept))


def search_keys(text: str, readings: Sequence[Reading] = BUILT_IN) -> SearchKeys:
    """Keys of a place, a need or a title; Latin letters and digits stay, punctuation goes.

    A run of digits stays whole in the initials (`南塘3幢` → `nt3z`), a Latin word gives its first letter.
    """
    plain = unicodedata.normalize("NFKC", text)
    pinyin, initials = _plain_keys(plain)
    others = list(dict.fromkeys(_otherwise(plain, readings)))[:MOST_OTHERS]
    return SearchKeys(
        _fitted(pinyin, [other[0] for other in others], PINYIN_MOST),
        _fitted(initials, [other[1] for other in others], INITIALS_MOST),
    )


def _plain_keys(plain: str) -> tuple[str, str]:
    parts = [_run_keys(run.strip(_MARKS)) for run in _runs(plain)]
    return "".join([part[0] for part in parts]), "".join([part[1] for part in parts])


Place = tuple[int, int, tuple[str, ...]]
"""From where to where in a text stands a name with these syllables."""


def _otherwise(plain: str, readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """The words around each name that has another reading, with that one, and with all of those around it."""
    found: list[Place] = [
        (at, at + len(one.written), one.syllables) for one in readings if one.written in plain
        for at in one.places(plain)
    ]  # fmt: skip
    for name in sorted(found)[:MOST_OTHERS]:
        yield _read_with(plain, name, [name])
        yield _read_with(plain, name, _beside(name, found))


def _beside(name: Place, found: Sequence[Place]) -> list[Place]:
    """A name and those near it that do not lie across one another."""
    chosen = [name]
    for other in sorted(found):
        if all(other[1] <= one[0] or other[0] >= one[1] for one in chosen):
            chosen.append(other)
    return sorted(chosen)


def _read_with(plain: str, name: Place, said: Sequence[Place]) -> tuple[str, str]:
    at, until = max(0, name[0] - AROUND), min(len(plain), name[1] + AROUND)
    pinyin, initials = [], []
    for start, end, syllables in (one for one in said if at <= one[0] and one[1] <= until):
        before = _plain_keys(plain[at:start])
        pinyin += [before[0], *syllables]
        initials += [before[1], *(syllable[0] for syllable in syllables)]
        at = end
    after = _plain_keys(plain[at:until])
    return "".join(pinyin) + after[0], "".join(initials) + after[1]


def _fitted(main: str, others: Sequence[str], most: int) -> str:
    kept = ""
    for other in dict.fromkeys(others):
        if other and other not in main and len(kept) + len(other) < most // 2:
            kept += f" {other}"
    return main[: most - len(kept)] + kept


def _runs(plain: str) -> list[str]:
    spoken = plain.replace("幢", _BUILDING)
    runs = _han_runs().split(_LANE.sub("龙", spoken) if "弄" in spoken else spoken)
    return [run for run in runs if run]


# The dictionaries of pypinyin are an eighth of what a start costs: the first text that is read brings them in.
@cache
def _han() -> re.Pattern[str]:
    from pypinyin.constants import RE_HANS

    found: re.Pattern[str] = RE_HANS
    return found


@cache
def _han_runs() -> re.Pattern[str]:
    return re.compile(f"({_han().pattern.removeprefix('^').removesuffix('$')})")


def _run_keys(run: str) -> tuple[str, str]:
    # A number is its own key; there are too many to remember them.
    return (run, run) if run.isdigit() and run.isascii() else _word_keys(run)


@lru_cache(maxsize=16_384)
def _word_keys(run: str) -> tuple[str, str]:
    keys = _keys(list(_read(run)))
    return keys.pinyin, keys.initials


def _read(run: str) -> tuple[str, ...]:
    if not _han().match(run):
        return tuple(_WORDS.findall(run))
    from pypinyin.seg.mmseg import seg as cutter

    return tuple(syllable for word in cutter.cut(run) for syllable in _read_word(word))


@lru_cache(maxsize=32_768)
def _read_word(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    # A character without a reading comes back as it is.
    syllables = lazy_pinyin(word, style=Style.NORMAL, errors="default")
    return tuple(part for syllable in syllables for part in _WORDS.findall(syllable))


def sounds_of_name(name: str) -> frozenset[tuple[str, ...]]:
    """How a person's name may be read: as words, and with its surname as a surname (仇 is qiu)."""
    from pypinyin import lazy_pinyin

    as_words = tuple(lazy_pinyin(name))
    surname = surname_in(name)
    if surname is None:
        return frozenset({as_words})
    return frozenset({as_words, (*surname[1], *lazy_pinyin(name[len(surname[0]) :]))})


def looks_like_pinyin(query: str) -> bool:
    """Whether a query is typed in Latin letters only (spaces and apostrophes allowed), hence maybe pinyin."""
    return _LATIN_QUERY.fullmatch(query) is not None


def pinyin_query(query: str) -> str:
    """A typed pinyin query in the form of the keys: lower case, no spaces or apostrophes, ü as v."""
    return query.lower().replace("ü", "v").replace("'", "").replace(" ", "")


def like_pattern(query: str) -> str:
    r"""A LIKE pattern that finds `query` anywhere, its own `%`, `_` and `\` taken literally.

    Half of the people type `,` where the others type `，`: a mark that has two widths stands for any one character.
    Pass `LIKE_ESCAPE` as the escape character.
    """
    escaped = query.strip()
    for special in (LIKE_ESCAPE, "%", "_"):
        escaped = escaped.replace(special, LIKE_ESCAPE + special)
    return f"%{escaped.translate(_ANY_WIDTH)}%"
