"""The template of an import: our headings, drop-downs with the community's own names, a sheet that explains."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from components.sheets import SAFE
from db.rules.imports.cells import Book
from db.rules.imports.fields import FIELDS, ImportField
from db.terms import ImportKind

ROWS = 2000
"""Rows that carry drop-downs; rows below are read as well."""


def options_of(field: ImportField, book: Book) -> list[str]:
    """The words of a drop-down, from the field itself or from the community's book."""
    return list(getattr(book, field.from_book)) if field.from_book else list(field.options)


def template(kind: ImportKind, book: Book) -> bytes:
    """An empty .xlsx file for one kind. Its words are Chinese, as the people who fill it in write."""
    buffer = BytesIO()
    fields = FIELDS[kind]
    with xlsxwriter.Workbook(buffer, SAFE) as file:
        sheet = file.add_worksheet("填这一页")
        lists = file.add_worksheet("选项")
        _explain(file, fields, book)
        needed = file.add_format({"bold": True, "bg_color": "#DCEBEC", "border": 1})
        free = file.add_format({"bold": True, "bg_color": "#F1EEE7", "border": 1})
        as_text = file.add_format({"num_format": "@"})
        for at, field in enumerate(fields):
            sheet.write_string(
                0, at, field.heading + ("（必填）" if field.needed else ""), needed if field.needed else free
            )
            sheet.set_column(at, at, 40 if field.key in ("description", "note", "address") else 14, as_text)
            offered = options_of(field, book)
            if offered:
                _drop_down(sheet, lists, at, field.heading, offered)
        sheet.freeze_panes(1, 0)
        lists.hide()
    return buffer.getvalue()


def _drop_down(sheet: Worksheet, lists: Worksheet, at: int, heading: str, offered: Sequence[str]) -> None:
    # A list in a range: one that is written into the rule itself may not be longer than 255 characters.
    lists.write_column(0, at, [heading, *offered])
    column = xlsxwriter.utility.xl_col_to_name(at, True)
    source = f"='选项'!{column}$2:{column}${len(offered) + 1}"
    sheet.data_validation(
        1, at, ROWS, at,
        {"validate": "list", "source": source, "error_type": "warning", "error_title": "请从列表中选择",
         "error_message": "名称不在列表中，导入时会提示改正。"},
    )  # fmt: skip


def _explain(file: Workbook, fields: Sequence[ImportField], book: Book) -> None:
    sheet = file.add_worksheet("填写说明")
    bold, wrap = file.add_format({"bold": True}), file.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, ["栏目", "必填", "可以怎么填", "例"], bold)
    for row, field in enumerate(fields, 1):
        offered = options_of(field, book)
        how = "从列表中选：" + "、".join(offered[:30]) if offered else "直接填写"
        example = offered[0] if offered and field.from_book else field.example
        sheet.write_row(row, 0, [field.heading, "是" if field.needed else "", how, example], wrap)
    notes = [
        "不需要的栏目可以留空，也可以删去；栏目顺序可以变。",
        "您自己的表格也可以直接上传：系统会认出常见的栏目名称，认不出的可以在页面上指定。",
        "日期可以写成 2026-03-05、2026年3月5日、2026.3.5 或 20260305，后面可以带时间。",
        "16 位以上的号码（如工单编号）请先把这一列设为“文本”再填，否则末几位会被表格改掉。",
        "请不要填写身份证号、疾病、收入等敏感信息。",
    ]
    for row, text in enumerate(notes, len(fields) + 2):
        sheet.write_string(row, 0, text)
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 60, wrap)
    sheet.set_column(3, 3, 36)
