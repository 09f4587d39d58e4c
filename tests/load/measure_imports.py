"""A file of 50,000 rows: what reading it costs, and what it costs to bring it in, in time and memory of the process."""

import hashlib
import io
import resource
import time
from dataclasses import dataclass
from random import Random
from typing import Any

import xlsxwriter
from sqlalchemy import select

from components.imports.read_sheet import read_sheet
from db.actions.imports.imports import import_rows
from db.engine import carry_out, reading_as_system
from db.models import Account, Category, Place
from db.rules.imports.column_match import guess, knows
from db.rules.imports.rows import take_rows
from db.rules.imports.sheet import find_heading
from db.rules.permissions import Actor
from db.terms import ImportKind, Role
from tests.load.ground import Ground
from tests.load.report import Report


@dataclass(frozen=True, slots=True)
class Size:
    """Rows of the file."""

    rows: int = 50_000


FULL, SMALLEST = Size(), Size(rows=20)
CLAUSES = (
    "楼道灯坏了",
    "老人晚上看不见路",
    "电梯老是停",
    "下雨漏水",
    "垃圾没人清",
    "停车没地方",
    "孩子放学没人看",
    "路面坑洼",
)


def _file(kind: ImportKind, place: str, category: str, rng: Random, size: Size) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        needs = kind is ImportKind.NEEDS
        head = (
            ["需求内容", "类别", "小区", "楼栋", "姓名", "电话"]
            if needs
            else ["小区", "楼栋", "单元", "室号", "姓名", "电话"]
        )
        sheet.write_row(0, 0, head)
        for number in range(size.rows):
            who = [f"张测{number}", f"138{number:08d}"]
            if needs:
                said = ",".join(rng.choice(CLAUSES) for _ in range(3)) + f"，{number}号"
                sheet.write_row(number + 1, 0, [said, category, place, f"{number % 40 + 1}幢", *who])
            else:
                door = [
                    f"{number // 400 + 500}幢",
                    f"{number // 100 % 4 + 1}单元",
                    f"{number % 100 // 4 + 1}0{number % 4 + 1}",
                ]
                sheet.write_row(number + 1, 0, [place, *door, *who])
    return buffer.getvalue()


def _secretary(account_id: int) -> tuple[Actor, str, str]:
    with reading_as_system("bench") as session:
        one = session.get_one(Account, account_id)
        place = session.scalars(
            select(Place.name).where(Place.community_id == one.community_id).order_by(Place.id)
        ).first()
        category = session.scalars(select(Category.name).order_by(Category.id)).first()
        actor = Actor(id=one.id, name=one.name, role=one.role, subdistrict_id=one.subdistrict_id,
                      community_id=one.community_id)  # fmt: skip
        return actor, place or "", category or ""


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Processor time of reading and of importing, for households and needs; the peak of memory beside."""
    actor, place, category = _secretary(here.accounts[Role.SECRETARY])
    report.say(f"\nA file of {size.rows:,} rows, processor time of this process and of the child that reads:\n")
    report.table(["File", "Read (s)", "Import (s)", "Ratio", "Peak memory (MiB)"])
    for kind in (ImportKind.HOUSEHOLDS, ImportKind.NEEDS):
        content = _file(kind, place, category, Random(5), size)
        before = _cpu()
        sheet = read_sheet(content)
        read = _cpu() - before
        heading = find_heading(sheet.rows, knows(kind))
        rows, _numbers = take_rows(sheet, heading.data_at, guess(kind, heading.names), {})
        values: dict[str, Any] = {"kind": kind, "file_name": "bench.xlsx", "rows": rows}
        before, began = _cpu(), time.perf_counter()
        digest = hashlib.sha256(content).hexdigest()
        result = carry_out(actor, "", import_rows, sha256=digest, **values)
        brought, waited = _cpu() - before, time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        ratio = brought / read
        report.row(kind.value, read, f"{brought:.2f} ({waited:.1f} by the clock)", ratio, peak)
        found = f"{ratio:.1f} ×, {result['rows']} rows"
        report.target(f"import of {size.rows:,} {kind.value}", "≤ 5 × of reading the file", found, ratio <= 5)
