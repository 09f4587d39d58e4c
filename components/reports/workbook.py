"""The standard layout of a ledger: an Excel file ready to print on A4 across, and the same as plain CSV.

Title, period and community above; the headings on every page; below, a line to sign and stamp. Opens in WPS too.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from components.needs.workbook import SAFE
from components.reports.fill import RISKY, tidy_cell
from components.reports.words import heading, worded_row
from components.wording import _
from components.wording.terms import term
from db.rules.reports.fields import FIELDS, Fact
from db.terms import LedgerKind

BODY, HEAD = "FangSong", "SimHei"
A4 = 9
_NUMBERS = ("serial", "people", "voices", "needs", "minutes", "budget")


def ledger_title(kind: LedgerKind) -> str:
    """What the sheet is called."""
    return term(kind)


def standard_sheet(
    kind: LedgerKind, keys: Sequence[str], rows: Iterable[Mapping[str, object]], said: Mapping[str, str | int]
) -> tuple[bytes, int]:
    """The Excel file with these fields, and how many rows it holds; `said` is `reports.words.facts`."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        sheet = book.add_worksheet(ledger_title(kind)[:31])
        look = {"font_name": BODY, "font_size": 10.5, "border": 1, "valign": "vcenter", "text_wrap": True}
        text, count = book.add_format(look), book.add_format(look | {"align": "center"})
        bold = book.add_format(look | {"font_name": HEAD, "align": "center", "bg_color": "#F1F1EC"})
        last = max(1, len(keys) - 1)
        title = book.add_format({"font_name": HEAD, "font_size": 16, "align": "center", "valign": "vcenter"})
        sheet.merge_range(0, 0, 0, last, "", title)
        sheet.write_string(0, 0, f"{said[Fact.COMMUNITY]}{ledger_title(kind)}", title)
        sheet.set_row(0, 30)
        for column, key in enumerate(keys):
            sheet.set_column(column, column, FIELDS[key].width)
            sheet.write_string(2, column, heading(key), bold)
        total = 0
        for row in rows:
            for column, value in enumerate(worded_row(row, keys).values()):
                number = isinstance(value, int)
                write = sheet.write_number if number else sheet.write_string
                write(3 + total, column, value if number else tidy_cell(str(value)), count if number else text)
            total += 1
        note = book.add_format({"font_name": BODY, "font_size": 10.5, "valign": "vcenter"})
        over = _(
            "时段：{period}    共 {n} 条    填报日期：{day}", period=said[Fact.PERIOD], n=total, day=said[Fact.DATE]
        )
        sheet.merge_range(1, 0, 1, last, "", note)
        sheet.write_string(1, 0, over, note)
        foot = 4 + total
        sheet.merge_range(foot, 0, foot, last, "", note)
        signs = _("填表人：{who}    审核人：____________    社区（盖章）：____________", who=said[Fact.FILLED_BY])
        sheet.write_string(foot, 0, signs, note)
        _to_print(sheet, last)
    return buffer.getvalue(), total


def _to_print(sheet: Worksheet, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, min(2, last))
    sheet.set_footer(_("&C第 &P 页，共 &N 页"))


def plain_sheet(keys: Sequence[str], rows: Iterable[Mapping[str, object]]) -> tuple[bytes, int]:
    """The same as CSV that Excel and WPS read as UTF-8; what could run gets an apostrophe before it."""
    kept = StringIO()
    writer = csv.writer(kept)
    writer.writerow([heading(key) for key in keys])
    total = 0
    for row in rows:
        writer.writerow([_harmless(value) for value in worded_row(row, keys).values()])
        total += 1
    return b"\xef\xbb\xbf" + kept.getvalue().encode(), total


def _harmless(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    text = tidy_cell(value)
    return f"'{text}" if text.lstrip(" \u3000").startswith(RISKY) else text
