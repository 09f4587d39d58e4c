"""A table as a file holds it: limits, how words become days, and where the heading row is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.masking import redact
from db.rules.numerals import NUMERALS, number_of

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELL = 5_000
"""Characters of one cell."""
MOST_HEADER_AT, MOST_HEADER_ROWS = 15, 3


class SheetTrouble(StrEnum):
    """Why a file was not read; `components.refusals.imports` says what to do."""

    EMPTY = "empty"  # 空文件
    TOO_BIG = "too_big"  # 超过大小
    BOMB = "bomb"  # 解压后过大
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_LONG_CELL = "too_long_cell"
    ENCRYPTED = "encrypted"  # 有打开密码
    WEB_PAGE = "web_page"  # 其实是网页
    NOT_A_SHEET = "not_a_sheet"  # 不是表格
    UNKNOWN_TEXT = "unknown_text"  # 编码认不出
    FORMULA = "formula"  # 公式没有算好的值
    BROKEN = "broken"  # 损坏
    TOO_SLOW = "too_slow"  # 读取超时
    TOO_MUCH = "too_much"  # 占用内存过多


class BadSheet(Exception):
    """A file that was not read: `trouble`, and where (a cell) when that is known."""

    def __init__(self, trouble: SheetTrouble, where: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble, self.where = trouble, where


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells as text, merged ones filled; `first_row` is the number that the first row has in the user's own program."""

    sheets: tuple[str, ...]
    name: str
    first_row: int
    rows: list[list[str]]
    hidden: tuple[int, ...] = ()
    """Places in `rows` of those that a filter or a hand has hidden."""
    pictures: tuple[str, ...] = ()
    """Cells that held a picture and are empty here: B7."""
    first_column: int = 0
    """Columns of the user's own program before the first one here."""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings stand (`at`, `span` rows) and what every column is called."""

    at: int
    span: int
    names: tuple[str, ...]

    @property
    def data_at(self) -> int:
        return self.at + self.span


def cell(row: Sequence[str], column: int) -> str:
    """The text of a cell; rows may be shorter than the sheet is wide."""
    return row[column] if 0 <= column < len(row) else ""


_JUST_DATA = re.compile(r"[\d.\-/:年月日 ]{2,}")


def _joined(rows: Sequence[Sequence[str]], column: int) -> str:
    parts = [" ".join(cell(row, column).split()) for row in rows]
    return "/".join(dict.fromkeys(part for part in parts if part))


def find_heading(rows: Sequence[Sequence[str]], known: Callable[[str], bool]) -> Heading:
    """The rows that hold the headings, below titles, one to three of them; `known` says whether a word names a field.

    The span whose columns name most fields wins; without any known word the first row that is well filled.
    """
    width = max((len(row) for row in rows), default=0)
    best: tuple[tuple[int, int, int, int], Heading] | None = None
    for at in range(min(MOST_HEADER_AT, len(rows))):
        for span in range(1, min(MOST_HEADER_ROWS, len(rows) - at) + 1):
            part = rows[at : at + span]
            if span > 1 and any(_JUST_DATA.fullmatch(text.strip()) for text in part[-1]):
                break
            names = tuple(_joined(part, column) for column in range(width))
            columns = sum(1 for name in names if any(known(word) for word in name.split("/")))
            cells = sum(1 for row in part for text in row if known(text))
            if columns and (best is None or (columns, cells, -span, -at) > best[0]):
                best = (columns, cells, -span, -at), Heading(at, span, names)
    if best is not None:
        return best[1]
    most = max((sum(bool(text.strip()) for text in row) for row in rows[:MOST_HEADER_AT]), default=0)
    for at, row in enumerate(rows[:MOST_HEADER_AT]):
        if most and sum(bool(text.strip()) for text in row) * 2 > most:
            return Heading(at, 1, tuple(_joined([row], column) for column in range(width)))
    return Heading(0, 0, tuple("" for _ in range(width)))


_N = rf"[\d{NUMERALS}]"
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]|\([一二三四五六日天]\)"
_PART_OF_DAY = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜间|[早晚]|[AP]M"
_CLOCK = (
    rf"{_N}{{1,3}}\s*[时点分秒]|\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?|[+-]\d{{2}}:\d{{2}}|[TZ]"
    "|半|整|许|左右|[-~—至到]"
)
_TIME = rf"(?:\s|[(),]|{_WEEKDAY}|{_PART_OF_DAY}|{_CLOCK})*"
"""What may stand behind a day without making it another: the day of the week and the time. "至8日" may not."""
_DAY = re.compile(rf"({_N}{{4}})\s*[-/.年]\s*({_N}{{1,3}})\s*[-/.月]\s*({_N}{{1,3}})\s*[日号]?{_TIME}", re.IGNORECASE)
_EIGHT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:\d{{4}}|\d{{6}})?(?:[\sT(]{_TIME})?", re.IGNORECASE)


def day_from(text: str) -> date | None:
    """A day in any of the usual spellings, with or without a time: 2026-03-05, 2026/3/5 14:20, 2026年3月5日（星期四）,
    20260305, 二〇二六年三月五日; else None.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(plain) or _EIGHT.fullmatch(plain)
    parts = [number_of(part) for part in found.groups()] if found else []
    try:
        return date(*(part for part in parts if part is not None)) if parts else None
    except (ValueError, TypeError):
        return None


def shown(text: str, most: int = 40) -> str:
    """A cell as a screen may show it: personal numbers masked, one short line."""
    line = redact(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"
