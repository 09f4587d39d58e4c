"""Take the rows of a chart away as a workbook: aggregates only, typed text never becomes a formula."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
import xlsxwriter

from components.wording import _
from components.wording.dates import moment


def workbook(title: str, head: Sequence[str], rows: Sequence[Sequence[str | int | float | None]], made: str) -> bytes:
    """One sheet: title, where the numbers come from, head, rows."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet = book.add_worksheet(title[:31])
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, made)
    for column, name in enumerate(head):
        sheet.write_string(3, column, name, bold)
    for line, row in enumerate(rows, 4):
        for column, value in enumerate(row):
            if value is None:
                sheet.write_string(line, column, "")
            elif isinstance(value, str):
                sheet.write_string(line, column, value)
            else:
                sheet.write_number(line, column, value)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(1, len(head) - 1), 14)
    sheet.freeze_panes(4, 1)
    book.close()
    return file.getvalue()


def take_away(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str | int | float | None]],
    *,
    key: str,
    now: datetime,
    record: Callable[[], object],
) -> None:
    """A button that hands the rows out; `record` writes down that they left, before the file is made."""
    # The file is made in another thread, which knows no reader and so no language: words are chosen here.
    source = _("导出时间 {when}；汇总数据，不含个人信息", when=moment(now))

    def made() -> bytes:
        record()
        return workbook(title, head, rows, source)

    st.download_button(
        _("导出表格"),
        made,
        file_name=f"{title}-{now:%Y%m%d}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        key=key,
        on_click="ignore",
    )
