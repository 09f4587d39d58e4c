"""The base of every paper: nothing foreign in it, and GB/T 9704-2012 as an office prints it."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from components.papers.author import written_by
from components.papers.word import (
    addressee,
    blank,
    fill,
    heading,
    headline,
    in_plain_layout,
    line,
    official,
    signed,
    subheading,
)
from tests.support.optional import needs
from tests.support.pdf_files import PrintedLine, printed, to_pdf

SENTENCE = "社区党委组织议事会成员逐户听取居民意见并当场作出答复"
"""Twenty-four characters without a mark, so that nothing moves to another line because of one."""


def saved(document: object) -> bytes:
    kept = BytesIO()
    document.save(kept)  # type: ignore[attr-defined]
    return kept.getvalue()


def letter() -> bytes:
    """An official paper of three pages."""
    document = official()
    headline(document, "关于加装楼道扶手的通知")
    addressee(document, "各位成员：")
    line(document, SENTENCE * 60, indent=True)
    heading(document, "一、背景")
    subheading(document, "（一）来源")
    line(document, SENTENCE, indent=True)
    signed(document, "柳林社区居民委员会", "2026年3月5日")
    return saved(document)


# --- nothing foreign ----------------------------------------------------------------------------------


def test_a_paper_carries_no_part_of_anybody_else() -> None:
    parts = ZipFile(BytesIO(saved(blank()))).namelist()

    assert not [part for part in parts if "thumbnail" in part or "custom" in part or "stylesWithEffects" in part]
    assert len(saved(blank())) < 10_000


def test_a_file_says_what_it_is_whose_and_since_when() -> None:
    document = blank()
    headline(document, "{{ title }}")

    with written_by("柳林社区"):
        made = fill(saved(document), {"title": "会议纪要", "meeting": "第3届第1次"})

    told = Document(BytesIO(made)).core_properties
    assert (told.title, told.subject, told.author) == ("会议纪要", "第3届第1次", "柳林社区")
    assert told.created is not None
    assert abs((datetime.now(UTC) - told.created.astimezone(UTC)).days) < 400
    assert b"Macintosh" not in ZipFile(BytesIO(made)).read("docProps/app.xml")


def test_a_file_made_without_a_community_has_no_author() -> None:
    made = fill(saved(blank()), {})

    assert Document(BytesIO(made)).core_properties.author == ""


# --- styles and measures in the file ------------------------------------------------------------------


def test_parts_are_headings_so_that_an_office_lists_them() -> None:
    styles = [paragraph.style.name for paragraph in Document(BytesIO(letter())).paragraphs if paragraph.style]

    assert styles == ["Title", "Salutation", "Body Text", "Heading 1", "Heading 2", "Body Text", "Signature", "Date"]


def test_running_text_begins_two_characters_in_whatever_its_size() -> None:
    document = blank(size=12, line=22)
    line(document, SENTENCE, indent=True)
    line(document, SENTENCE, indent=True, size=9)

    by_style = document.styles["Body Text"].element.find(f".//{qn('w:ind')}")
    small = document.paragraphs[1]._p.find(f".//{qn('w:ind')}")
    assert (by_style.get(qn("w:firstLineChars")), by_style.get(qn("w:firstLine"))) == ("200", "480")
    assert (small.get(qn("w:firstLineChars")), small.get(qn("w:firstLine"))) == ("200", "360")


def test_an_official_paper_has_a_grid_of_lines_and_the_date_four_characters_from_the_right() -> None:
    document = Document(BytesIO(letter()))

    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    date = document.styles["Date"].element.find(f".//{qn('w:ind')}")
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert date.get(qn("w:rightChars")) == "400"


def test_every_font_has_others_that_stand_in_for_it() -> None:
    fonts = ZipFile(BytesIO(letter())).read("word/fontTable.xml").decode()

    for used in ("FZXiaoBiaoSong-B05S", "FangSong", "SimHei", "KaiTi", "SimSun"):
        assert f'w:name="{used}"><w:altName' in fonts


def test_a_subdistrict_that_wants_the_plain_layout_gets_it() -> None:
    with in_plain_layout():
        document = Document(BytesIO(letter()))

    assert document.sections[0]._sectPr.find(qn("w:docGrid")) is None
    assert document.styles["Normal"].font.size.pt == 14


# --- as it is printed ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[list[PrintedLine]]:
    folder = tmp_path_factory.mktemp("printed")
    file = folder / "letter.docx"
    file.write_bytes(letter())
    to_pdf(folder, [file])
    return printed(folder / "letter.pdf")


@needs("office")
def test_a_page_of_text_holds_twenty_two_lines_of_twenty_eight_characters(pages: list[list[PrintedLine]]) -> None:
    *text, foot = pages[1]

    assert [len(one.text) for one in text] == [28] * 22
    assert foot.text == "—2—"


@needs("office")
def test_text_stands_in_the_area_of_the_standard(pages: list[list[PrintedLine]]) -> None:
    *text, _foot = pages[1]

    # Letters are a little smaller than their place, and a line is taller than its letters.
    assert 28 <= min(one.left for one in text) < 29
    assert 182 < max(one.right for one in text) <= 184
    assert 37 <= text[0].top < 41
    assert 258 < text[-1].bottom <= 262.1


@needs("office")
def test_page_numbers_stand_outside_one_character_from_the_edge(pages: list[list[PrintedLine]]) -> None:
    first, second = pages[0][-1], pages[1][-1]

    assert (first.text, second.text) == ("—1—", "—2—")
    assert 184 - first.right == pytest.approx(4.9, abs=1)
    assert second.left - 28 == pytest.approx(4.9, abs=1)
    assert 262 + 5 < first.top < 262 + 10
