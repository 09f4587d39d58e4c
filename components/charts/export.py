"""Take a chart away as a workbook: its picture, title, community and period on the first sheet, numbers behind it.

The picture is a chart of the workbook itself, which prints sharply and can be copied into a report; a map of numbers
is the table in shades. Aggregates only; typed text never becomes a formula.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

import streamlit as st
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from components.community_choice import Community
from components.sheets import BODY, HEAD, SAFE, TYPE, Field, Kind, data_page, put, sheet_name
from components.text_height import broken, height_of
from components.wording import _, language, speaking
from components.wording.dates import moment

COLOURS = ("#1F6F78", "#C8743A", "#8A8F3C")
PALE, DARK = "#F3F7F7", "#5FA3AA"
ROW = 20
"""Pixels of a row where nothing else is said."""
ACROSS, LOW = 900, 220
"""Pixels of a picture: the width of A4 across, and the height of one that does not grow with its rows."""
PAGE = 500
"""Points of A4 across that are left for rows and pictures."""


class Picture(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    COLUMNS = "columns"
    LINES = "lines"
    SHADES = "shades"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the first column as their name; `drawn` are the columns that the picture shows."""

    name: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[object]]
    picture: Picture | None = None
    drawn: tuple[int, ...] = (1,)
    printed: bool = True
    """Whether the rows stand below the pictures on the first sheet too."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What goes out: title, whose, of what time, and its tables."""

    title: str
    community: str
    period: str
    tables: Sequence[Table]


def community_words(communities: Sequence[Community], community_id: int | None) -> str:
    """The name of the community that is shown, or how many are shown together."""
    shown = [one.name for one in communities if community_id in (None, one.id)]
    return shown[0] if len(shown) == 1 else _("{n} 个社区", n=len(shown))


def workbook(chart: Chart, made: str) -> bytes:
    """The first sheet to print, and one for each table to reckon with."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        book.set_properties({"title": chart.title, "subject": chart.period, "author": chart.community})
        page = book.add_worksheet(sheet_name(chart.title))
        names = [sheet_name(f"{at}·{table.name}") for at, table in enumerate(chart.tables, 1)]
        last = max(3, max(len(table.fields) for table in chart.tables) - 1)
        row, breaks = _told(book, page, chart, made, last), _Breaks()
        for name, table in zip(names, chart.tables, strict=True):
            row = _drawn(book, page, row, (name, table), breaks)
        for table in chart.tables:
            row = _printed(book, page, row, table, breaks) if table.printed else row
        page.set_h_pagebreaks(breaks.rows)
        for name, table in zip(names, chart.tables, strict=True):
            data_page(book, name, table.fields, table.rows)
        _to_print(page, chart)
    return buffer.getvalue()


class _Breaks:
    """Where a page ends, so that no picture is cut."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self._used = 75.0

    def take(self, row: int, points: float) -> None:
        """Something that begins at this row stands whole on this page or on the next one."""
        if self._used + points > PAGE and self._used > 0:
            self.rows.append(row)
            self._used = 0.0
        self._used += points


def _told(book: Workbook, page: Worksheet, chart: Chart, made: str, last: int) -> int:
    bold = book.add_format({"font_name": HEAD, "font_size": 16, "bold": True, "valign": "vcenter"})
    plain = book.add_format({"font_name": BODY, "font_size": TYPE})
    for row, (text, look) in enumerate(((chart.title, bold), (f"{chart.community}    {chart.period}", plain),
                                        (made, plain))):  # fmt: skip
        page.merge_range(row, 0, row, last, "", look)
        page.write_string(row, 0, text, look)
    page.set_row(0, 30)
    return 4


def _drawn(book: Workbook, page: Worksheet, row: int, named: tuple[str, Table], breaks: _Breaks) -> int:
    """Put the picture of a table at a row; the next free row. The name is that of the page with its numbers."""
    name, table = named
    if table.picture in (None, Picture.SHADES) or not table.rows:
        return row
    bars = table.picture is Picture.BARS
    kind = {Picture.BARS: "bar", Picture.COLUMNS: "column", Picture.LINES: "line"}[table.picture]
    drawing = book.add_chart({"type": kind})
    last = len(table.rows)
    for place, column in enumerate(table.drawn):
        colour = COLOURS[place % len(COLOURS)]
        drawing.add_series(
            {
                "name": [name, 0, column], "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                "fill": {"color": colour}, "line": {"color": colour, "width": 2}, "gap": 60, "overlap": -1,
                "data_labels": {"value": bars and len(table.drawn) == 1},
            }
        )  # fmt: skip
    drawing.set_title({"name": table.name, "name_font": {"size": 12}, "overlay": False})
    drawing.set_legend({"none": True} if len(table.drawn) == 1 else {"position": "bottom"})
    lined = {"major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}, "min": 0}
    lined |= {"num_format": "0%"} if table.fields[table.drawn[0]].kind is Kind.SHARE else {}
    drawing.set_x_axis(lined if bars else {})
    # A bar chart begins below; the first row is to stand on top.
    drawing.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 9}} if bars else lined)
    height = 80 + 20 * last * len(table.drawn) if bars else LOW
    drawing.set_size({"width": ACROSS, "height": height})
    breaks.take(row, height * 0.75 + 15)
    page.insert_chart(row, 0, drawing, {"object_position": 3, "y_offset": 4, "description": table.name})
    return row + -(-height // ROW) + 1


def _printed(book: Workbook, page: Worksheet, row: int, table: Table, breaks: _Breaks) -> int:
    """The rows of a table on the first sheet, in shades where that is their picture; the next free row."""
    breaks.take(row, (len(table.rows) + 2) * height_of(1, TYPE))
    frame = {"font_name": BODY, "font_size": TYPE, "border": 1, "valign": "vcenter", "text_wrap": True}
    bold = book.add_format(frame | {"font_name": HEAD, "bg_color": "#F1F1EC", "align": "center"})
    looks = {
        kind: book.add_format(frame | more)
        for kind, more in (
            (Kind.TEXT, {}), (Kind.COUNT, {"align": "center"}),
            (Kind.SHARE, {"align": "center", "num_format": "0.0%"}),
            (Kind.DAY, {"align": "center", "num_format": "yyyy-mm-dd"}),
        )
    }  # fmt: skip
    widths = [max(field.width, 2 * len(field.heading) + 2) for field in table.fields]
    for column, (field, width) in enumerate(zip(table.fields, widths, strict=True)):
        page.write_string(row, column, field.heading, bold)
        page.set_column(column, column, width)
    for at, values in enumerate(table.rows, row + 1):
        for column, (field, value) in enumerate(zip(table.fields, values, strict=True)):
            put(page, at, column, value, field.kind, looks[field.kind])
        lines = max(
            len(broken(str(value), width, TYPE)) if isinstance(value, str) else 1
            for value, width in zip(values, widths, strict=True)
        )
        page.set_row(at, height_of(lines, TYPE))
    end = row + len(table.rows)
    if table.picture is Picture.SHADES and table.rows:
        shades = {"type": "2_color_scale", "min_color": PALE, "max_color": DARK}
        page.conditional_format(row + 1, 1, end, len(table.fields) - 1, shades)
    return end + 2


def _to_print(page: Worksheet, chart: Chart) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.39, right=0.39, top=0.47, bottom=0.59)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    said = f"{chart.community[:60]}  {chart.title[:40]}  {chart.period[:60]}".replace("&", "&&")
    page.set_footer(f"&L&10{said}&R&10" + _("第 &P 页，共 &N 页"))


def take_away(chart: Chart, *, key: str, now: datetime, record: Callable[[], object]) -> None:
    """A button that hands the chart out; `record` writes down that it left, before the file is made."""
    # The file is made in another thread, which knows no reader and so no language: it is chosen here.
    reads = language()
    source = _("导出时间 {when}；汇总数据，不含个人信息", when=moment(now))

    def made() -> bytes:
        record()
        with speaking(reads):
            return workbook(chart, source)

    st.download_button(
        _("导出图表"),
        made,
        file_name=f"{chart.title}-{now:%Y%m%d}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        key=key,
        on_click="ignore",
    )
