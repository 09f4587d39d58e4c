"""An entry as it leaves the house: Word, a long picture, words with pictures; whole with nothing and with much."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from PIL import Image

from components.results import diary_papers, diary_picture
from components.results.diary_papers import Shown, diary_bundle, diary_paper
from components.results.diary_picture import CARRIED, NOT_FIRST, NOT_LAST, WIDTH, broken, chinese_font, long_picture
from db.queries.results.diary import Entry, EntryRow, Quote
from db.terms import DiarySource, DiaryState
from tests.builders.intake import a_picture
from tests.support.handed import word_text


def an_entry(body: str = "四十名居民学会插花。", *quotes: str) -> Entry:
    row = EntryRow(1, "一起学插花", date(2026, 3, 5), DiarySource.ACTIVITY, DiaryState.APPROVED, "王工", None, 0)
    said = tuple(Quote(number, words, "一位学员") for number, words in enumerate(quotes, 1))
    return Entry(row, 1, body, 1, "柳林社区", 1, None, "李书记", "", said, (), (), frozenset())


def test_the_word_file_has_words_photos_and_quotes_in_this_order() -> None:
    made = diary_paper(
        an_entry("第一段。\n\n第二段。", "手不抖了"), [Shown(a_picture(1600, 1200)), Shown(a_picture(300, 1500))]
    )()

    assert word_text(made).split("\n")[:4] == ["一起学插花", "柳林社区 · 2026年3月5日", "第一段。", "第二段。"]
    document = Document(BytesIO(made))
    assert [(round(one.width.mm), round(one.height.mm)) for one in document.inline_shapes] == [(150, 112), (36, 180)]
    assert "“手不抖了”——一位学员" in word_text(made)


def test_the_bundle_has_the_words_and_each_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diary_papers, "chinese_font", lambda: None)
    photo = a_picture(640, 480)

    with ZipFile(BytesIO(diary_bundle(an_entry(), [Shown(photo)]))) as bundle:
        assert bundle.namelist() == ["文字.txt", "照片1.jpg"]
        assert "四十名居民学会插花。" in bundle.read("文字.txt").decode("utf-8-sig")
        assert bundle.read("照片1.jpg") == photo


def test_without_a_chinese_font_none_is_found_and_no_picture_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chinese_font((str(tmp_path),)) is None
    monkeypatch.setattr(diary_picture, "chinese_font", lambda: None)
    with pytest.raises(LookupError):
        long_picture("题", "", ["字"], [], [], "")


@pytest.mark.parametrize(
    ("body", "photos"),
    [("一句话。", 0), ("一句话。", 1), ("社区志愿者（含“红骑士”）清理楼道2026；" * 60, 2), ("A" * 1000, 0)],
)
def test_the_long_picture_is_1080_wide_and_as_high_as_what_stands_on_it(body: str, photos: int) -> None:
    shown = [a_picture(1600, 1200)] * photos
    made = diary_papers.diary_picture(an_entry(body, "手不抖了"), [Shown(one) for one in shown])

    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.width) == ("PNG", WIDTH)
        assert picture.height > 400 + 700 * photos
        foot = picture.convert("L").crop((0, picture.height - 72, WIDTH, picture.height))
        assert foot.getextrema() == (255, 255)


@pytest.mark.parametrize("text", ["社区（含“红骑士”）清理，2026年" * 30, "）" * 200, "“" * 200, "字" * 500, "A" * 500])
def test_lines_fit_lose_nothing_and_keep_the_marks_where_they_belong(text: str) -> None:
    font = diary_picture._font(42)
    lines = broken(text, font, 936)

    assert "".join(lines) == text
    assert all(font.getlength(line) <= 936 for line in lines)
    assert len(lines) <= len(text) // (22 - CARRIED) + 2
    if "社区" in text:
        assert not any(line[0] in NOT_FIRST or line[-1] in NOT_LAST for line in lines)
