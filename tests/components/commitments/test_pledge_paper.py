"""The pledge as it is printed: who, what, how often, until when, and room to sign where nobody reviewed it yet."""

from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document

from components.commitments.pledge_paper import pledges_document
from db.queries.commitments.pledges import Pledge, PledgedItem
from db.terms import PromiseRhythm

ITEM = PledgedItem("3 名老年党员", "送学习材料上门", PromiseRhythm.MONTHLY, 2, "次", date(2026, 12, 31))
REVIEWED = (("同意公示", "周敏", datetime(2026, 1, 8, 2, tzinfo=UTC)),)


def test_each_member_has_a_page_with_promises_in_lines() -> None:
    found = [
        Pledge(1, "周敏", "LL-M0001", "第一党支部", "柳树社区", (ITEM, ITEM), REVIEWED),
        Pledge(2, "李同志", "LL-M0002", "第二党支部", "柳树社区", (ITEM,), ()),
    ]

    made = Document(BytesIO(pledges_document(found, 2026)()))

    rows = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    line = ["3 名老年党员", "送学习材料上门", "每月 2 次", "2026年12月31日"]
    assert [row for row in rows if row[0] in ("1", "2")] == [["1", *line], ["2", *line], ["1", *line]]
    text = [one.text for one in made.paragraphs]
    assert sum("党员公开承诺书" in one for one in text) == 2
    assert sum("同意公示（周敏，2026年1月8日）" in one for one in text) == 1
    assert "党员姓名：李同志（LL-M0002）　　所在支部：第二党支部" in text
