"""A table as a file of Excel, in the two ways in which it is used: to print, and to reckon and sift with.

The print view has about nine columns, at least 9 points on A4 or A3 across, its headings on every page, community,
period and page numbers, and rows as high as their text. The data view has every column, filters, frozen headings, and
numbers, shares and days as such. What a resident typed stays text in both, never a formula or a link.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial
from io import BytesIO

import xlsxwriter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.address import filter_view
from components.file_button import file_button
from components.file_tickets import XLSX
from components.text_height import broken, height_of, pieces
from components.wording import N_, _
from db.rules.permissions import Actor, Permission

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "SimSun", "font_size": 11},
}
"""Widths of columns are told in digits of the usual font: one that every Chinese office has, or has a stand-in for."""
BODY, HEAD = "FangSong", "SimHei"
TYPE, SMALLEST = 10.0, 9.0
LONGEST_CELL = 32_000
MOST_HEIGHT = 200.0
"""Points of one row: a longer text goes on in the next one, so that no page stays half empty."""
WIDEST = 6.5
"""Of one unit of width where an office program has the widest of the usual fonts."""
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_WIDE, _GIVES = 20, 0.7
"""Columns from this width on take what is left of the paper, and give of their own down to this share."""


class View(StrEnum):
    """How a table is to be used."""

    PRINT = "print"  # 打印版
    DATA = "data"  # 数据版


VIEWS = {View.PRINT: N_("打印版（常用列，A4/A3 横向）"), View.DATA: N_("数据版（全部列，可筛选）")}
SHORT = {View.PRINT: N_("打印版"), View.DATA: N_("数据版")}


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    DAY = "day"


class Paper(StrEnum):
    """A sheet of paper, lying across."""

    A4 = "a4"
    A3 = "a3"


_CODES = {Paper.A4: 9, Paper.A3: 8}
_ACROSS = {Paper.A4: 785.0, Paper.A3: 1133.0}
"""Points between the margins of a centimetre."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: heading, width in half-width letters, what it holds, and whether it is among those that are printed."""

    heading: str
    width: float = 12
    kind: Kind = Kind.TEXT
    printed: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What a sheet says of itself: its title, whose it is, of what time; `foot` is where it is signed."""

    title: str
    community: str
    period: str
    foot: str = ""

    @property
    def whole(self) -> str:
        """柳林社区需求台账."""
        return f"{self.community}{self.title}"


Cell = object
"""str, int, Fraction, float, date or None."""


def view_words(view: View) -> str:
    """What a view is called where it is chosen."""
    return _(VIEWS[view])


def sheet_button(
    user: Actor, permission: Permission, title: str, day: date, make: Callable[[View, Actor], bytes], *, key: str
) -> None:
    """The choice between the views, held in the address as `?sheet=`, and the button that fetches the file."""
    view = filter_view("sheet", _("文件版式"), list(View), view_words, start=View.PRINT, read=View)
    name = f"{title}-{_(SHORT[view])}-{day:%Y%m%d}.xlsx"
    file_button(
        user, permission, _("导出筛选结果（Excel，脱敏）"), name, XLSX,
        partial(make, view), key=key, help=_("最多 5,000 条；每次导出都会记入审计日志。"),
    )  # fmt: skip


def sheet(view: View, about: About, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> tuple[bytes, int]:
    """The file, and how many rows it holds; each row has a value for every field."""
    return print_view(about, fields, rows) if view is View.PRINT else data_view(about, fields, rows)


# --- to print -------------------------------------------------------------------------------------------------


def paper_for(widths: Sequence[float]) -> tuple[Paper, list[float]]:
    """The smallest paper that holds the columns at 9 points, and their widths so that they fill it."""
    room = {paper: points / WIDEST * TYPE / SMALLEST for paper, points in _ACROSS.items()}
    wide = sum(width for width in widths if width >= _WIDE)
    paper = Paper.A4 if sum(widths) - wide * (1 - _GIVES) <= room[Paper.A4] else Paper.A3
    rest = sum(widths) - wide
    change = max(_GIVES, (room[paper] - rest) / wide) if wide else 1.0
    others = min(1.0, (room[paper] - wide * change) / rest) if rest else 1.0
    return paper, [width * (change if width >= _WIDE else others) for width in widths]


def print_view(about: About, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> tuple[bytes, int]:
    """The printed columns with title, community, period, page numbers, and rows as high as their text."""
    kept = [at for at, field in enumerate(fields) if field.printed]
    paper, widths = paper_for([fields[at].width for at in kept])
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        _properties(book, about)
        page = book.add_worksheet(sheet_name(about.title))
        last = max(1, len(kept) - 1)
        look = _Looks(book)
        for column, (at, width) in enumerate(zip(kept, widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(2, column, fields[at].heading, look.head)
        page.set_row(2, max(_height(fields[at].heading, width) for at, width in zip(kept, widths, strict=True)))
        row, total = 3, 0
        for values in rows:
            row = _write(page, row, [(fields[at].kind, values[at]) for at in kept], widths, look)
            total += 1
        if not total:
            page.merge_range(row, 0, row, last, _("本期没有记录"), look.head)
            row += 1
        note = _("{period}    共 {n} 条", period=about.period, n=total)
        _across(page, 0, last, about.whole, look.title, 30)
        _across(page, 1, last, note, look.note, 20)
        if about.foot:
            _across(page, row + 1, last, about.foot, look.note, 24)
        _to_print(page, about, paper)
        page.freeze_panes(3, 1)
    return buffer.getvalue(), total


class _Looks:
    """The formats of a printed sheet."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book, self._made = book, dict[tuple[Kind, bool, bool], Format]()
        frame = {"border": 1, "valign": "vcenter", "text_wrap": True, "align": "center"}
        self.title = book.add_format({"font_name": HEAD, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.note = book.add_format({"font_name": BODY, "font_size": TYPE, "valign": "vcenter"})
        self.head = book.add_format(frame | {"font_name": HEAD, "font_size": TYPE, "bg_color": "#F1F1EC"})

    def body(self, kind: Kind, *, above: bool, below: bool) -> Format:
        """A cell; `above` and `below` say that the row belongs to the one there, without a line between."""
        if (kind, above, below) not in self._made:
            edges = {"left": 1, "right": 1, "top": 0 if above else 1, "bottom": 0 if below else 1}
            form = {"font_name": BODY, "font_size": TYPE, "text_wrap": True}
            form["valign"] = "top" if above or below else "vcenter"
            form |= {Kind.SHARE: {"num_format": "0.0%"}, Kind.DAY: {"num_format": "yyyy-mm-dd"}}.get(kind, {})
            form |= {} if kind is Kind.TEXT else {"align": "center"}
            self._made[kind, above, below] = self._book.add_format(form | edges)
        return self._made[kind, above, below]


def _write(page: Worksheet, row: int, cells: Sequence[tuple[Kind, Cell]], widths: Sequence[float], look: _Looks) -> int:
    """Write a row, and those in which a long text goes on; the number of the next one."""
    parts = [
        pieces(tidy_cell(value), width, TYPE, MOST_HEIGHT) if isinstance(value, str) else [value]
        for (_kind, value), width in zip(cells, widths, strict=True)
    ]
    count = max(map(len, parts))
    for at in range(count):
        highest = 0.0
        for column, ((kind, _value), part) in enumerate(zip(cells, parts, strict=True)):
            value = part[at] if at < len(part) else ""
            put(page, row + at, column, value, kind, look.body(kind, above=at > 0, below=at < count - 1))
            highest = max(highest, _height(value, widths[column]) if isinstance(value, str) else 0.0)
        page.set_row(row + at, max(highest, height_of(1, TYPE)))
    return row + count


def _height(text: str, width: float) -> float:
    return height_of(len(broken(text, width, TYPE)), TYPE)


def _across(page: Worksheet, row: int, last: int, text: str, look: Format, height: float) -> None:
    page.merge_range(row, 0, row, last, "", look)
    page.write_string(row, 0, text, look)
    page.set_row(row, height)


def _to_print(page: Worksheet, about: About, paper: Paper) -> None:
    page.set_landscape()
    page.set_paper(_CODES[paper])
    page.set_margins(left=0.39, right=0.39, top=0.47, bottom=0.59)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    said = f"{about.whole[:60]}  {about.period[:60]}".replace("&", "&&")
    page.set_footer(f"&L&10{said}&R&10" + _("第 &P 页，共 &N 页"))


# --- to reckon with -------------------------------------------------------------------------------------------


def data_view(about: About, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> tuple[bytes, int]:
    """Every column from the first row on, with filters; what the sheet is stands on a second one."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        _properties(book, about)
        total = data_page(book, about.title, fields, rows)
        told = book.add_worksheet(_("说明"))
        for row, text in enumerate((about.whole, about.period, _("共 {n} 条", n=total))):
            told.write_string(row, 0, text)
        told.set_column(0, 0, 80)
    return buffer.getvalue(), total


def data_page(book: xlsxwriter.Workbook, name: str, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> int:
    """A page of a workbook for reckoning: headings, filters, values as what they are. How many rows it holds."""
    page = book.add_worksheet(sheet_name(name))
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F1EC", "valign": "vcenter"})
    top = {"valign": "top"}
    looks = {
        Kind.TEXT: book.add_format(top), Kind.COUNT: book.add_format(top),
        Kind.SHARE: book.add_format(top | {"num_format": "0.0%"}),
        Kind.DAY: book.add_format(top | {"num_format": "yyyy-mm-dd"}),
    }  # fmt: skip
    total = 0
    for total, values in enumerate(rows, 1):
        for column, (field, value) in enumerate(zip(fields, values, strict=True)):
            put(page, total, column, value, field.kind, looks[field.kind])
    for column, field in enumerate(fields):
        page.write_string(0, column, field.heading, bold)
        page.set_column(column, column, max(field.width, 2 * len(field.heading) + 4))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(total, 1), len(fields) - 1)
    return total


def put(page: Worksheet, row: int, column: int, value: Cell, kind: Kind, look: Format) -> None:
    """Numbers, shares and days as such where the column holds them; everything else is text."""
    if isinstance(value, str) and kind is not Kind.TEXT:
        value = _meant(value, kind)
    if isinstance(value, date):
        page.write_datetime(row, column, value, look)
    elif isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        page.write_number(row, column, float(value), look)
    elif value is None or value == "":
        page.write_blank(row, column, None, look)
    else:
        page.write_string(row, column, tidy_cell(str(value)), look)


def _meant(text: str, kind: Kind) -> Cell:
    """What a text in a column of numbers or days says; the text itself when it says none, such as <5."""
    if kind is not Kind.DAY:
        return float(text) if _NUMBER.fullmatch(text) else text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def tidy_cell(text: str) -> str:
    """Text that a cell can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])


def sheet_name(title: str) -> str:
    """A title as a spreadsheet takes it for the name of a page."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "1"


def _properties(book: xlsxwriter.Workbook, about: About) -> None:
    book.set_properties({"title": about.whole, "subject": about.period, "author": about.community})
