"""What came in by file: three rosters of households; a batch of needs was taken back."""

import hashlib
from datetime import timedelta

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import ColumnMapping, ImportBatch, ImportedRow
from db.rules.imports.column_match import headings_hash
from db.rules.imports.runs import runs_of
from db.terms import ImportKind

BATCHES = (
    (ImportKind.HOUSEHOLDS, "柳林小区住户花名册（2025年底）.xlsx", 40, 300, ""),
    (ImportKind.HOUSEHOLDS, "柳林东苑-住户登记.xls", 32, 210, ""),
    (ImportKind.NEEDS, "去年民情台账.csv", 18, 120, "和系统里已有的需求重复，改从今年起导入"),
    (ImportKind.HOUSEHOLDS, "望柳花园底册.xlsx", 25, 64, ""),
)
"""Kind, file, rows, days ago, and why it was taken back."""
HEADINGS = ("序号", "小区名称", "幢号", "单元", "室", "户主姓名", "联系方式")


def tell(demo: Demo) -> None:
    """The batches of the rich community, and how its roster's columns were understood."""
    for area in demo.areas:
        if area.rich:
            _batches(demo, area)
            _mapping(demo, area)


def _batches(demo: Demo, area: Area) -> None:
    """A batch that stands names the households that came with it; one that was taken back names none."""
    doors = iter(area.doors)
    for number, (kind, name, rows, ago, reason) in enumerate(BATCHES):
        at = days.at(days.next_workday(demo.today - timedelta(days=ago + 4)), 10, 7 * number)
        back = at + timedelta(hours=3) if reason else None
        batch = demo.bulk.add(
            ImportBatch,
            community_id=area.id,
            kind=kind,
            file_name=name,
            sha256=hashlib.sha256(f"{demo.seed}{name}".encode()).hexdigest(),
            rows=rows,
            made_by=area.secretary if number % 2 == 0 else area.workers[0],
            made_at=at,
            undone_at=back,
            undone_by=area.secretary if back else None,
            undone_reason=reason,
        )
        if not reason:
            for first, last in runs_of(next(doors).id for _ in range(rows)):
                run = {"batch_id": batch, "noun": "household", "first_id": first, "last_id": last}
                demo.bulk.add(ImportedRow, community_id=area.id, **run)


def _mapping(demo: Demo, area: Area) -> None:
    columns = {"place": 1, "building": 2, "stairwell": 3, "room": 4, "name": 5, "phone": 6}
    demo.bulk.add(
        ColumnMapping,
        community_id=area.id,
        kind=ImportKind.HOUSEHOLDS,
        headers_hash=headings_hash(HEADINGS),
        columns={"columns": columns, "fixed": {}},
        used_at=days.at(demo.today - timedelta(days=304), 10),
    )
