"""A table as a file holds it: limits, how words become days, and where the heading row is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.masking import redact

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


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*|\d{1,2}[:时点].*)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4,6})?")


def day_from(text: str) -> date | None:
    """A day in any of the usual spellings: 2026-03-05, 2026/3/5 14:20, 2026.3.5, 2026年3月5日, 20260305; else None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(plain) or _EIGHT.fullmatch(plain)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def shown(text: str, most: int = 40) -> str:
    """A cell as a screen may show it: personal numbers masked, one short line."""
    line = redact(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"
