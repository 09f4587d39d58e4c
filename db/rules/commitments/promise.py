"""A promise is precise or it is not taken: whom for, what, how often, until when, measured in what.

The standard of the trade is 实化、细化、量化、具体化 (docs/domain.md 10.1).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.terms import PromiseRhythm

FEWEST, MOST = 2, 5
"""Promises of a member in a year (docs/domain.md 10.1); the old and ill promise what they can."""
MOST_TIMES = 31
LONGEST_DAYS = 366 * 3
VAGUE = (
    "尽量", "尽力", "尽可能", "力所能及", "积极", "努力", "经常", "常常", "随时", "有空", "适当", "适时", "不定期",
    "大力", "不断", "进一步", "认真", "做好", "加强", "多多", "等等", "带头",
)  # fmt: skip
"""Words that promise an attitude and no act; they are named, and an act must stand beside them."""

_EMPTY = ("，", "。", "；", "、", "！", "工作", "服务", "人民", "群众", "居民", "大家", "为")
"""What says for whom and that something is done, and still names no act."""


class Part(StrEnum):
    """A part that a promise must have."""

    WHOM = "whom"  # 服务对象
    WHAT = "what"  # 内容
    OFTEN = "often"  # 频次
    UNTIL = "until"  # 完成时限
    MEASURE = "measure"  # 计量


@dataclass(frozen=True, slots=True)
class PromiseInput:
    """What a member promises, unchecked; `times` is how often within each period of the rhythm."""

    whom: str = ""
    what: str = ""
    rhythm: PromiseRhythm | None = None
    times: int | None = 1
    starts_on: date | None = None
    until: date | None = None
    measure: str = ""
    """What is counted, such as 次, 小时, 户, 人次."""
    need_id: int | None = None
    """The need of the list that it takes up."""
    series_id: int | None = None
    """The regular service by which it is kept."""
    instant: bool = False
    """即时承诺 for one task."""


def missing(given: PromiseInput) -> tuple[Part, ...]:
    """The parts that are not there yet, in the order of the form; nothing missing means that it can be reviewed."""
    there = {
        Part.WHOM: bool(given.whom.strip()),
        Part.WHAT: bool(_act(given.what)),
        Part.OFTEN: given.rhythm is not None and given.times is not None and 1 <= given.times <= MOST_TIMES,
        Part.UNTIL: given.until is not None
        and given.starts_on is not None
        and 0 <= (given.until - given.starts_on).days <= LONGEST_DAYS,
        Part.MEASURE: bool(given.measure.strip()),
    }
    return tuple(part for part, good in there.items() if not good)


def vague_words(text: str) -> tuple[str, ...]:
    """Words of the text that promise an attitude, in the order of the text."""
    found = [(text.index(word), word) for word in VAGUE if word in text]
    return tuple(word for _at, word in sorted(found))


def _act(text: str) -> str:
    """What is left of a text without its vague words; at least two characters name an act."""
    rest = "".join(text.split())
    for word in VAGUE:
        rest = rest.replace(word, "")
    for word in _EMPTY:
        rest = rest.replace(word, "")
    return rest if len(rest) >= 2 else ""
