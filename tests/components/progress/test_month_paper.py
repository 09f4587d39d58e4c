"""办事月报: one page with community, period, chart and the line for the seal."""

from datetime import date
from io import BytesIO
from pathlib import Path

from docx import Document
from PIL import Image

from components.progress.month_paper import chart, month_report
from db.queries.progress.month import MonthFigures
from db.rules.progress.months import months_until
from tests.support.optional import needs
from tests.support.pdf_files import to_pdf
from tests.support.proof import proof
from tests.support.word_files import text_of

MARCH = date(2026, 3, 1)
MONTHS = tuple(MonthFigures(first, 10 + n, 5 + n, 4, 3, 2, 1, 3, 90) for n, first in enumerate(months_until(MARCH)))
LONG = "澄湖街道新时代文明实践示范柳林社区"


def test_the_report_says_community_period_and_both_months() -> None:
    made = month_report(MONTHS, community="柳林社区", today=date(2026, 4, 2))()
    text = text_of(made)

    assert "2026年3月办事月报" in text
    assert "柳林社区（盖章）：____________    ____年__月__日" in text
    assert "新登记的需求（件）\n15\n14" in text
    assert "志愿服务时长\n1.5 小时\n1.5 小时" in text
    assert len(Document(BytesIO(made)).inline_shapes) == 1


def test_a_running_month_says_until_when_it_counts() -> None:
    assert "2026年3月（截至2026年3月15日）" in text_of(
        month_report(MONTHS, community="柳林社区", today=date(2026, 3, 15))()
    )


def test_the_higher_month_has_the_higher_bar() -> None:
    image = Image.open(BytesIO(chart(MONTHS))).convert("RGB")
    step = image.width / len(MONTHS)
    dark = [
        sum(image.getpixel((int(step * (n + 0.5)) - 40, y)) == (31, 78, 121) for y in range(image.height))
        for n in range(len(MONTHS))
    ]

    assert dark == sorted(dark)
    assert dark[0] < dark[-1]


def test_months_without_anything_are_drawn() -> None:
    assert chart([MonthFigures(first) for first in months_until(MARCH)]).startswith(b"\x89PNG")


@needs("office")
def test_the_report_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "month.docx").write_bytes(month_report(MONTHS, community=LONG, today=date(2026, 3, 15))())
    to_pdf(tmp_path, [tmp_path / "month.docx"])

    assert proof(tmp_path / "month.pdf").pages == 1
