"""Two Excel forms and a Word form as an invented subdistrict would send them out: the files themselves."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_THIN = Side(style="thin", color="FF444444")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
GREY = PatternFill("solid", fgColor="FFE7ECEA")
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
VISIT_ROWS, NEED_ROWS = 8, 6
MADE = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - what a file says of itself has no time zone
CHANGED = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=</dcterms:)")


def visit_form() -> bytes:
    """走访台账 with a header of two rows, merged, eight blank rows, a sum and a line to sign."""
    book, sheet = _sheet(
        "走访台账", "A1:J1", "{{subdistrict}}社区走访民情台账", (6, 12, 11, 14, 26, 11, 13, 36, 11, 14)
    )
    _facts(sheet, 2, {"A2:B2": "填报社区：", "C2:E2": "", "F2:G2": "统计时段：", "H2:J2": ""})
    for area, text in (
        *(("A3:A4", "序号"), ("B3:C3", "走访"), ("D3:F3", "住户"), ("G3:H3", "走访情况")),
        *(("I3:I4", "反映问题数"), ("J3:J4", "领导批示")),
    ):
        _head(sheet, area, text)
    for place, text in zip(
        "BCDEFGH", ("走访日期", "走访人员", "小区名称", "门牌号", "家庭类型", "是否见到本人", "走访内容"), strict=True
    ):
        _head(sheet, f"{place}4:{place}4", text)
    _blank_rows(sheet, 5, VISIT_ROWS, 10)
    last = 4 + VISIT_ROWS
    _head(sheet, f"A{last + 1}:H{last + 1}", "合计")
    _head(sheet, f"I{last + 1}:I{last + 1}", f"=SUM(I5:I{last})")
    _head(sheet, f"J{last + 1}:J{last + 1}", "")
    _facts(
        sheet,
        last + 2,
        {f"A{last + 2}:J{last + 2}": "填表人：{{filled_by}}      审核人：          填报日期：{{date}}      （盖章）"},
    )
    return _saved(book)


def need_form() -> bytes:
    """民情诉求汇总表: one header row, six blank rows, people added up and on average per row."""
    book, sheet = _sheet(
        "诉求汇总", "A1:I1", "{{community}}民情诉求汇总表（{{period}}）", (6, 19, 13, 40, 14, 18, 12, 12, 14)
    )
    for place, text in zip(
        "ABCDEFGHI",
        (
            "序号",
            "需求编号",
            "登记日期",
            "反映问题（居民原话）",
            "问题类别",
            "所在小区",
            "涉及人数",
            "涉及户数",
            "办理状态",
        ),
        strict=True,
    ):
        _head(sheet, f"{place}2:{place}2", text)
    _blank_rows(sheet, 3, NEED_ROWS, 9)
    last = 2 + NEED_ROWS
    _head(sheet, f"A{last + 1}:F{last + 1}", "合计")
    _head(sheet, f"G{last + 1}:G{last + 1}", f"=SUM(G3:G{last})")
    _head(sheet, f"H{last + 1}:H{last + 1}", f"=SUM(H3:H{last})")
    _head(sheet, f"I{last + 1}:I{last + 1}", f"=IF(G{last + 1}=0,0,H{last + 1}/G{last + 1})")
    _facts(sheet, last + 2, {f"A{last + 2}:I{last + 2}": "本表共 {{total}} 条    填表人：{{filled_by}}    {{date}}"})
    return _saved(book)


def topic_form() -> bytes:
    """议题报送表 as a Word form: fields in braces, one table row that repeats."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    document.add_heading("{{ community }}议题报送表", level=1)
    document.add_paragraph("统计时段：{{ period }}    共 {{ total }} 件")
    fields = (
        ("编号", "number"),
        ("议题名称", "title"),
        ("提议人", "proposer"),
        ("建议方案", "proposal"),
        ("审核结果", "state"),
    )
    table = document.add_table(rows=4, cols=len(fields), style="Table Grid")
    for column, (label, key) in enumerate(fields):
        table.cell(0, column).text = label
        table.cell(2, column).text = f"{{{{ row.{key} }}}}"
    table.cell(1, 0).text = "{%tr for row in rows %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph("填表人：{{ filled_by }}        填报日期：{{ date }}        （盖章）")
    kept = BytesIO()
    document.save(kept)
    return _undated(kept)


# --- parts of a form ------------------------------------------------------------------------------------------


def _sheet(name: str, across: str, title: str, widths: tuple[int, ...]) -> tuple[Any, Any]:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    sheet.merge_cells(across)
    sheet["A1"] = title
    sheet["A1"].font = Font(name="SimHei", size=18, bold=True)
    sheet["A1"].alignment = MIDDLE
    sheet.row_dimensions[1].height = 34
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[sheet.cell(2, column).column_letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return book, sheet


def _facts(sheet: Any, row: int, texts: dict[str, str]) -> None:
    for area, text in texts.items():
        sheet.merge_cells(area)
        cell = sheet[area.split(":")[0]]
        cell.value, cell.alignment, cell.font = text or None, LEFT, Font(name="FangSong", size=12)
    sheet.row_dimensions[row].height = 24


def _head(sheet: Any, area: str, text: str) -> None:
    for line in sheet[area]:
        for cell in line:
            cell.border, cell.fill = BOX, GREY
    first = sheet[area.split(":")[0]]
    first.value, first.font, first.alignment = text or None, Font(name="SimHei", size=11, bold=True), MIDDLE
    if area.split(":")[0] != area.split(":")[1]:
        sheet.merge_cells(area)


def _blank_rows(sheet: Any, first: int, count: int, columns: int) -> None:
    for row in range(first, first + count):
        sheet.row_dimensions[row].height = 27
        for column in range(1, columns + 1):
            cell = sheet.cell(row, column)
            cell.border, cell.font, cell.alignment = BOX, Font(name="FangSong", size=11), LEFT


def _saved(book: Any) -> bytes:
    kept = BytesIO()
    book.properties.creator, book.properties.created = "", MADE
    book.save(kept)
    return _undated(kept)


def _undated(made: BytesIO) -> bytes:
    """The same file at every building: a container notes the moment at which each of its parts was put in."""
    kept = BytesIO()
    with ZipFile(made) as read, ZipFile(kept, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            part = read.read(name)
            if name == "docProps/core.xml":
                part = CHANGED.sub(MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), part)
            written.writestr(ZipInfo(name, MADE.timetuple()[:6]), part, ZIP_DEFLATED)
    return kept.getvalue()
