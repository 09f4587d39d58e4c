"""How many lines a text takes: East Asian letters are two wide, words stay whole, and nothing of the text is lost."""

import pytest

from components.text_height import HIGHEST, broken, height_of, lines_within, pieces


def test_east_asian_letters_are_twice_as_wide_as_others() -> None:
    assert len(broken("楼" * 40, 40, 10.5)) == 3
    assert len(broken("ab " * 13, 40, 10.5)) == 2
    assert len(broken("ab " * 8, 40, 10.5)) == 1


def test_half_the_width_or_a_larger_type_takes_about_twice_the_lines() -> None:
    assert len(broken("楼" * 190, 40, 10.5)) == 10
    assert 20 <= len(broken("楼" * 190, 20, 10.5)) <= 22
    assert 20 <= len(broken("楼" * 190, 40, 21)) <= 22


def test_words_stay_whole_marks_never_begin_a_line_and_breaks_are_kept() -> None:
    assert broken("甲乙丙丁 LL-2026-0001 戊", 20, 10.5) == ["甲乙丙丁 ", "LL-2026-0001 戊"]
    assert not [line for line in broken("楼道灯坏了，" * 30, 13, 10.5) if line.startswith("，")]
    assert len(broken("一\n二\n\n三", 40, 10.5)) == 4


@pytest.mark.parametrize("text", ["", "楼", "一\r\n二\n", "A" * 500, "话。" * 500, "\ta  b\u3000c", "🌙" * 50])
def test_the_lines_and_the_pieces_together_are_the_text(text: str) -> None:
    assert "".join(broken(text, 8, 11)) == text
    assert "".join(pieces(text, 8, 11, 60)) == text


def test_a_piece_fits_and_ends_with_a_sentence_where_it_can() -> None:
    parts = pieces("老人晚上不敢下楼，请社区帮忙看看。" * 60, 36, 11, 300)

    assert len(parts) > 2
    assert all(part.endswith("。") for part in parts)
    assert all(len(broken(part, 36, 11)) <= lines_within(300, 11) for part in parts)


def test_no_row_is_higher_than_excel_takes() -> None:
    assert height_of(1000, 11) == HIGHEST
    assert height_of(2, 11) > 2 * 11
