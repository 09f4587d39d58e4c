"""Rows of files as somebody would bring them, and files of them."""

import hashlib
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from db.actions.imports.imports import import_rows
from db.engine import carry_out
from db.rules.permissions import Actor
from db.terms import ImportKind
from tests.builders.world import NOW

HOUSEHOLD_HEAD = ["小区", "楼栋", "单元", "室号", "户类型", "姓名", "联系电话", "备注"]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def brought(actor: Actor, kind: ImportKind, rows: Sequence[dict[str, str]], **more: Any) -> dict[str, Any]:
    """Import as the page would."""
    name = more.pop("file_name", "名单.xlsx")
    values = {"sha256": digest(repr((kind, rows))), "now": NOW} | more
    return carry_out(actor, more.pop("key", ""), import_rows, kind=kind, file_name=name, rows=rows, **values)


def door_row(number: int, **more: str) -> dict[str, str]:
    """A household of 柳林小区; the number makes the door."""
    row = {
        "place": "柳林小区",
        "building": f"{number // 40 + 1}幢",
        "stairwell": f"{number // 20 % 2 + 1}单元",
        "room": f"{number % 20 // 4 + 1}0{number % 4 + 1}",
        "name": f"张测{number}",
        "phone": f"138{number:08d}",
    }
    return row | more


def need_row(number: int, **more: str) -> dict[str, str]:
    row = {
        "description": f"{number}号路灯不亮，晚上看不见路",
        "category": "设施维修·安全",
        "place": "柳林小区",
        "building": f"{number % 30 + 1}幢",
        "reach": "楼栋",
        "people": str(number % 50 + 1),
    }
    return row | more


def hotline_row(number: int, **more: str) -> dict[str, str]:
    row = {
        "source_number": f"12345-{number}",
        "category": "环境整治",
        "description": f"{number}栋垃圾没人清",
        "address": "柳林小区3幢2单元401室",
        "name": "周测试",
        "phone": "13800001111",
        "on": "2026-03-04",
        "due": "2026-03-11",
    }
    return row | more


def workbook(rows: Sequence[Sequence[Any]], *, merged: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    """An .xlsx file; `merged`: first row, first column, last row, last column, text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for one in merged:
            sheet.merge_range(*one)
    return buffer.getvalue()


def household_file(count: int, *, faulty: int | None = None) -> bytes:
    """A title, a heading of two rows, and households; row `faulty` has a telephone number that is none."""
    head = ["序号", "小区", "门牌", "", "", "户主", ""]
    second = ["", "", "楼栋", "单元", "室号", "姓名", "联系电话"]
    rows: list[list[Any]] = [["柳林小区住户花名册"], head, second]
    for number in range(count):
        row = door_row(number)
        phone = "没有" if number == faulty else row["phone"]
        rows.append([number + 1, row["place"], row["building"], row["stairwell"], row["room"], row["name"], phone])
    merged = [
        (0, 0, 0, 6, "柳林小区住户花名册"),
        (1, 0, 2, 0, "序号"),
        (1, 1, 2, 1, "小区"),
        (1, 2, 1, 4, "门牌"),
        (1, 5, 1, 6, "户主"),
    ]
    return workbook(rows, merged=merged)
