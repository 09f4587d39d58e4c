"""The year of a unit as one page: what it gave, to whom, and no contact."""

from datetime import date
from io import BytesIO

from docx import Document

from components.units.papers import year_sheet
from db.queries.units.units import GivenRow, Standing, UnitCard
from db.terms import UnitKind

CARD = UnitCard(
    *(1, 1, "澄湖街道总工会", UnitKind.MASS, None, "", "", "周**", "100****5678", None, None, None, ""), Standing.NONE
)


def test_the_year_of_a_unit_names_each_loan_and_the_sums_and_no_contact() -> None:
    day = date(2026, 3, 5)
    given = [
        GivenRow(day, day, "职工会堂", 60, "座", 1, "柳林社区", "居民议事会", "开了会", True),
        GivenRow(day, day, "职工会堂", 40, "座", 2, "荷塘社区", "沙龙", "来了四十人", False),
    ]

    document = Document(BytesIO(year_sheet(CARD, 2026, given)()))

    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "共 2 次，支持 2 个社区" in text
    assert "100 座" in cells
    assert "开了会（已致谢）" in cells
    assert "周" not in text
    assert "5678" not in text
