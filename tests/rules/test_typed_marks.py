"""What people type with wide marks (，：（）) is read and found like the narrow ones, and kept as typed."""

import pytest

from components.volunteers.registry import skills_from
from components.voting.ballot_paper import read_sheet
from components.voting.question_form import read_options
from db.engine import reading
from db.queries.needs.needs import NeedFilters, ledger
from db.rules.imports.cells import Book, phone, skills
from db.rules.imports.column_match import tidy
from db.rules.imports.sign_up_list import read_sign_up_list
from db.rules.masking import redact
from db.rules.meetings.floor import without_count
from db.rules.needs.register import title_from
from db.rules.needs.twins import bigrams
from db.rules.orders.life import half_of
from db.rules.reports.form import plain
from db.rules.voting.question import Option, Question
from db.terms import QuestionKind
from tests.builders.needs import a_need
from tests.builders.world import World

OPTIONS = tuple(Option(number, title) for number, title in enumerate(("健身角", "长廊", "花坛"), 1))
TODAY_S_BOOK = Book(today=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("told", ["水管漏了,夜里停水", "水管漏了，夜里停水"])
@pytest.mark.parametrize("words", ["漏了,夜", "漏了，夜"])
def test_a_need_is_found_with_either_comma_and_stays_as_it_was_told(small_world: World, told: str, words: str) -> None:
    wanted = a_need(small_world, told)
    a_need(small_world, "电梯停了")

    with reading(small_world.secretary) as session:
        found = ledger(session, small_world.here, NeedFilters(words=words)).rows

    assert [(row.id, row.title) for row in found] == [(wanted, told)]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("楼道灯坏了,老人怕摔", "楼道灯坏了，老人怕摔"),
        ("电梯(3幢)停了!", "电梯（3幢）停了！"),
    ],
)
def test_twins_are_compared_without_marks(narrow: str, wide: str) -> None:
    assert bigrams(narrow) == bigrams(wide)


@pytest.mark.parametrize("text", ["联系电话: 87654321", "联系电话：87654321", "3幢,2单元,501室", "3幢，2单元，501室"])
def test_numbers_and_rooms_are_masked_behind_either_mark(text: str) -> None:
    assert not {"87654321", "501"} & set(redact(text).replace("：", " ").replace("室", " ").split())
    assert "*" in redact(text)
    assert "501" not in redact(text)


@pytest.mark.parametrize("heading", ["预算(元)", "预算（元）", "* 预算：", "预算:"])
def test_headings_of_files_and_forms_are_known_with_either_bracket(heading: str) -> None:
    assert tidy(heading) == "预算"
    assert plain(heading) == "预算"


@pytest.mark.parametrize("typed", ["电工,理发;急救", "电工，理发；急救", "电工、理发，急救"])
def test_skills_part_at_either_mark(typed: str) -> None:
    assert skills_from(typed) == ["电工", "理发", "急救"]
    assert skills(typed, TODAY_S_BOOK) == ["电工", "理发", "急救"]


@pytest.mark.parametrize("typed", ["0574-87654321;13812345678", "0574-87654321；13812345678", "0574-87654321，转2"])
def test_of_several_telephones_in_a_cell_the_first_is_kept(typed: str) -> None:
    assert phone(typed, TODAY_S_BOOK) == "0574-87654321"


@pytest.mark.parametrize(
    ("line", "name", "note"),
    [
        ("1. 张测试,2幢301,想学书法(周末)", "张测试", "想学书法(周末)"),
        ("1. 张测试，2幢301，想学书法（周末）", "张测试", "想学书法（周末）"),
        ("（1）张测试：2幢301，想学书法", "张测试", "想学书法"),
        ("1：张测试（2幢301），想学书法", "张测试", "想学书法"),
    ],
)
def test_a_sign_up_list_is_read_with_either_mark_and_keeps_the_note(line: str, name: str, note: str) -> None:
    first = read_sign_up_list(line).entries[0]

    assert (first.name, first.building, first.room) == (name, "2幢", "301")
    assert first.note.strip("（）() ，,") == note.strip("（）()")


@pytest.mark.parametrize(("typed", "half"), [("9:30", "am"), ("9：30", "am"), ("15：00", "pm")])
def test_a_time_is_understood_with_either_colon(typed: str, half: str) -> None:
    assert half_of(typed) == half


@pytest.mark.parametrize(
    "told", ["灯坏了!请修", "灯坏了！请修", "灯坏了?请修", "灯坏了？请修", "灯坏了;请修", "灯坏了；请修"]
)
def test_a_title_ends_with_its_sentence(told: str) -> None:
    assert title_from(told) == "灯坏了"


@pytest.mark.parametrize("counted", ["稳妥些〔举手:赞成9,反对3〕", "稳妥些〔举手：赞成9，反对3〕"])
def test_a_count_of_hands_is_taken_away_however_it_was_written(counted: str) -> None:
    assert without_count(counted) == "稳妥些"


@pytest.mark.parametrize("typed", ["1,3 × 4", "1，3 × 4", "1、3 × 4"])
def test_a_paper_ballot_may_part_its_numbers_either_way(typed: str) -> None:
    assert read_sheet(Question(QuestionKind.CHOOSE, OPTIONS, most=2), typed) == {"1,3": 4}


@pytest.mark.parametrize("typed", ["3 > 1 × 4", "3＞1 × 4"])
def test_a_ranking_may_be_written_with_either_sign(typed: str) -> None:
    assert read_sheet(Question(QuestionKind.RANK, OPTIONS), typed) == {"3>1": 4}


@pytest.mark.parametrize("typed", ["健身角 | 30,000\n长廊 | 8000元", "健身角｜30，000\n长廊｜8000元"])
def test_options_with_costs_take_either_bar_and_comma(typed: str) -> None:
    assert read_options(typed, with_cost=True) == [["健身角", 30000], ["长廊", 8000]]
