"""Keys under which Chinese words are found by typing pinyin or initials, and safe patterns for LIKE."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import RE_HANS
from pypinyin.seg.mmseg import seg as cutter

LIKE_ESCAPE = "\\"
"""The escape character of `like_pattern`: `column.like(pattern, escape=LIKE_ESCAPE)`."""

_LATIN_QUERY = re.compile(r"[a-zü' ]*[a-zü][a-zü' ]*", re.IGNORECASE)
_HAN_RUNS = re.compile(f"({RE_HANS.pattern.removeprefix('^').removesuffix('$')})")
_MARKS = ",.;:!?、。 \n"
_ANY_WIDTH = str.maketrans(dict.fromkeys(",;:?!()，；：？！（）", "_"))
_WORDS = re.compile(r"[A-Za-z]+|[0-9]+")
_KEPT = re.compile(r"[^0-9a-z]+")
# In an address 幢 is read zhuang and 弄 long, not chuang and nong: a character of that sound stands in.
_BUILDING = "撞"
_LANE = re.compile(r"(?<=[0-9])弄")


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """Lower-case keys without spaces or tones: `pinyin` in full (nantang), `initials` (nt)."""

    pinyin: str
    initials: str


def _keys(syllables: list[str]) -> SearchKeys:
    kept = [_KEPT.sub("", syllable.lower()) for syllable in syllables]
    return SearchKeys("".join(kept), "".join(key if key.isdigit() else key[:1] for key in kept))


def search_keys(text: str) -> SearchKeys:
    """Keys of a place, a need or a title; Latin letters and digits stay, punctuation goes.

    A run of digits stays whole in the initials (`南塘3幢` → `nt3z`), a Latin word gives its first letter.
    """
    plain = unicodedata.normalize("NFKC", text)
    parts = [_run_keys(run.strip(_MARKS)) for run in _runs(plain)]
    return SearchKeys("".join([part[0] for part in parts]), "".join([part[1] for part in parts]))


def _runs(plain: str) -> list[str]:
    spoken = plain.replace("幢", _BUILDING)
    runs = _HAN_RUNS.split(_LANE.sub("龙", spoken) if "弄" in spoken else spoken)
    return [run for run in runs if run]


def _run_keys(run: str) -> tuple[str, str]:
    # A number is its own key; there are too many to remember them.
    return (run, run) if run.isdigit() and run.isascii() else _word_keys(run)


@lru_cache(maxsize=16_384)
def _word_keys(run: str) -> tuple[str, str]:
    keys = _keys(list(_read(run)))
    return keys.pinyin, keys.initials


def _read(run: str) -> tuple[str, ...]:
    if not RE_HANS.match(run):
        return tuple(_WORDS.findall(run))
    return tuple(syllable for word in cutter.cut(run) for syllable in _read_word(word))


@lru_cache(maxsize=32_768)
def _read_word(word: str) -> tuple[str, ...]:
    # A character without a reading comes back as it is.
    syllables = lazy_pinyin(word, style=Style.NORMAL, errors="default")
    return tuple(part for syllable in syllables for part in _WORDS.findall(syllable))


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
