"""Papers to cut: as many ballots to a sheet as the page says, that tell nobody's name; codes that lead home."""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
import segno
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE

from components.admin.document_samples import sample_sitting
from components.council.topic_paper import TopicSheet, topic_sheet
from components.meetings.papers_ballot import (
    ballot_options,
    ballot_papers,
    check_list,
    member_cards,
    paper_orders,
    papers_on_a_sheet,
    slip_sheet,
)
from db.rules.meetings.sitting import Item
from db.rules.voting.question import MOTION, Option, Question
from db.terms import QuestionKind
from tests.support.word_files import text_of

SITTING = sample_sitting()
TITLES = ("南门", "长廊", "北门", "东园", "西园")
QUESTIONS: dict[QuestionKind, Question] = {
    QuestionKind.MOTION: MOTION,
    **{
        kind: Question(
            kind,
            tuple(Option(n, title, 3000 * n) for n, title in enumerate(TITLES, 1)),
            seats=2 if kind is not QuestionKind.BUDGET else 1,
            most=2 if kind is QuestionKind.CHOOSE else 1,
            budget=20000 if kind is QuestionKind.BUDGET else 0,
        )
        for kind in QuestionKind
        if kind is not QuestionKind.MOTION
    },
}


def asking(kind: QuestionKind) -> Item:
    return replace(SITTING.items[0], question=QUESTIONS[kind])


def papers_of(made: bytes) -> list[str]:
    """The text of every ballot paper, one per cell."""
    return [cell.text for row in Document(BytesIO(made)).tables[0].rows for cell in row.cells]


@pytest.mark.parametrize("kind", QuestionKind)
def test_equal_papers_stand_on_a_sheet_as_many_as_the_page_says(kind: QuestionKind) -> None:
    many = papers_on_a_sheet(SITTING, asking(kind))
    found = papers_of(ballot_papers(SITTING, asking(kind), copies=1)())

    assert len(found) == many == (8 if kind is QuestionKind.MOTION else 6)
    assert set(found) == {found[0]}, "nothing tells one voter from another"
    assert "楼道灯更换" in found[0]
    assert "示例社区居民议事会第3届第2次会议" in found[0]
    assert all(line in found[0] for line in ballot_options(QUESTIONS[kind]))


SHUFFLING = replace(SITTING, rule=replace(SITTING.rule, shuffle_options=True) if SITTING.rule else None)
CHOICES = [kind for kind in QuestionKind if kind is not QuestionKind.MOTION]


def firsts(papers: list[str]) -> list[int]:
    """The number of the option that stands on top of each paper."""
    return [int(next(line for line in paper.splitlines() if line[:1] in "□_").split()[1][0]) for paper in papers]


@pytest.mark.parametrize("kind", CHOICES)
def test_where_the_rule_shuffles_papers_begin_differently_and_options_keep_their_numbers(kind: QuestionKind) -> None:
    """A count goes by number, so it is the same whatever stood on top."""
    found = papers_of(ballot_papers(SHUFFLING, asking(kind), copies=16)())

    assert len(set(firsts(found))) == 4, "16 voters, at least four to an order"
    for paper in found:
        assert set(ballot_options(QUESTIONS[kind])) <= set(paper.splitlines())
        assert "编号不变" in paper


@pytest.mark.parametrize("voters", [1, 3, 4, 7, 8, 16, 20, 40, 400])
def test_no_order_of_options_is_on_fewer_than_four_papers(voters: int) -> None:
    """An order that only one paper has would tell whose paper it was."""
    question = QUESTIONS[QuestionKind.CHOOSE]
    found = papers_of(ballot_papers(SHUFFLING, asking(QuestionKind.CHOOSE), copies=voters)())

    tops = Counter(firsts(found))

    assert len(tops) == max(1, min(len(question.options), voters // 4))
    assert max(tops.values()) - min(tops.values()) <= 1
    if voters >= 4:
        assert min(tops.values()) >= 4


def test_the_same_papers_come_out_of_the_printer_again_and_another_item_has_its_own() -> None:
    question = QUESTIONS[QuestionKind.RANK]

    again = [paper_orders(question, 7, 40, shuffled=True) for _time in range(2)]
    others = {tuple(map(tuple, paper_orders(question, item, 40, shuffled=True))) for item in range(1, 20)}

    assert again[0] == again[1]
    assert len(others) > 10
    assert all(sorted(order) == list(question.numbers) for order in again[0])


def test_for_against_and_abstain_are_never_shuffled() -> None:
    assert len(set(papers_of(ballot_papers(SHUFFLING, asking(QuestionKind.MOTION), copies=16)()))) == 1


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (QuestionKind.MOTION, "请在一个□内打“√”"),
        (QuestionKind.CHOOSE, "最多选 2 项"),
        (QuestionKind.SCORE, "0 到 10 的整数"),
        (QuestionKind.RANK, "1 为最想要"),
        (QuestionKind.BUDGET, "预算共 20,000 元"),
    ],
)
def test_a_paper_says_in_one_line_how_to_fill_it_in(kind: QuestionKind, line: str) -> None:
    assert line in papers_of(ballot_papers(SITTING, asking(kind))())[0]


def test_a_motion_has_three_boxes_and_a_long_one_is_cut() -> None:
    found = papers_of(ballot_papers(SITTING, replace(SITTING.items[0], motion="很" * 600))())[0]

    assert [line for line in found.splitlines() if line.startswith("□")] == ["□ 赞成", "□ 反对", "□ 弃权"]
    assert "很" * 80 + "……（全文见会议通知）" in found
    assert "很" * 81 not in found


@pytest.mark.parametrize(("motion", "many"), [("换灯", 8), ("很" * 600, 6)])
def test_a_long_motion_has_fewer_papers_on_a_sheet_and_rows_that_fill_it(motion: str, many: int) -> None:
    item = replace(SITTING.items[0], motion=motion)
    rows = Document(BytesIO(ballot_papers(SITTING, item, copies=16)())).tables[0].rows

    assert papers_on_a_sheet(SITTING, item) == many
    assert len(rows) * 2 % many == 0
    assert {round(row.height.cm * many / 2, 1) for row in rows if row.height} == {26.8}


def test_a_ballot_with_thirty_long_options_stands_alone_with_its_neighbour() -> None:
    question = Question(QuestionKind.CHOOSE, tuple(Option(n, "长" * 20) for n in range(1, 31)), seats=1, most=1)
    assert papers_on_a_sheet(SITTING, replace(SITTING.items[0], question=question)) == 2


@pytest.mark.parametrize(("due", "sheets"), [(1, 8), (8, 8), (9, 16), (16, 16)])
def test_papers_come_in_whole_sheets(due: int, sheets: int) -> None:
    assert len(papers_of(ballot_papers(SITTING, asking(QuestionKind.MOTION), copies=due)())) == sheets


def pictures(made: bytes) -> set[bytes]:
    with ZipFile(BytesIO(made)) as archive:
        return {archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}


def qr(content: str) -> bytes:
    """The picture that this content must have, made apart from the document."""
    kept = BytesIO()
    segno.make(content, error="m", micro=False).save(kept, kind="png", scale=12, border=2)
    return kept.getvalue()


def test_every_slip_leads_to_its_own_address_and_shows_its_code() -> None:
    slips = [(serial, f"7K3M9QX{serial:02d}A") for serial in range(1, 14)]

    made = slip_sheet(SITTING, slips, "https://yiqilai.example/")()

    assert pictures(made) == {qr(f"https://yiqilai.example/v/{code}") for _, code in slips}
    text = text_of(made)
    assert all(f"{code[:5]}-{code[5:]}" in text for _, code in slips)
    assert all(f"票号 {serial:03d}" in text for serial, _ in slips)
    assert text.count("一人一票") == 13, "the empty place on the last row stays empty"


def test_a_slip_names_nobody() -> None:
    text = text_of(slip_sheet(SITTING, [(1, "7K3M9QX01A")], "https://yiqilai.example")())

    assert not any(seat.name in text for seat in SITTING.seats)


def test_three_hundred_slips_are_made_in_a_few_seconds() -> None:
    made = slip_sheet(SITTING, [(n, f"7K3M9Q{n:04d}") for n in range(300)], "https://yiqilai.example")()

    assert len(pictures(made)) == 300


def test_a_card_holds_seat_name_code_and_its_picture() -> None:
    made = member_cards(
        "柳林社区居民议事会", [(1, "王一", "7K3M9QXA"), (2, "李二", "8K3M9QXB"), (3, "张三", "9K3M-9QXC")]
    )()

    text = text_of(made)
    assert "席位 01" in text
    assert "王一" in text
    assert "卡号 7K3M-9QXA" in text
    assert "卡号 9K3M-9QXC" in text
    assert pictures(made) == {qr("7K3M9QXA"), qr("8K3M9QXB"), qr("9K3M-9QXC")}


def test_nothing_on_a_paper_to_cut_has_a_fixed_height_that_would_cut_it() -> None:
    """A name of twelve characters takes two lines; its row grows."""
    cards = member_cards("柳林社区居民议事会", [(1, "阿卜杜热合曼·买买提艾力江", "7K3M9QXA")])()
    slips = slip_sheet(SITTING, [(1, "7K3M9QX01A")], "https://yiqilai.example")()
    for made in (cards, slips, ballot_papers(SITTING, SITTING.items[0])()):
        rules = {row.height_rule for row in Document(BytesIO(made)).tables[0].rows}
        assert rules == {WD_ROW_HEIGHT_RULE.AT_LEAST}


def test_the_check_list_keeps_its_order() -> None:
    text = text_of(check_list(SITTING, SITTING.items[1], [("0A1B", "赞成"), ("9Z8Y", "{{ 反对 }}")])())

    assert text.index("0A1B") < text.index("9Z8Y")
    assert "{{ 反对 }}" in text
    assert "共 2 张票码票" in text
    assert "供业主大会参考" in text


def test_the_topic_form_holds_what_is_known_and_room_for_the_rest() -> None:
    sheet = TopicSheet("2026-007", "加装电梯", "成员提案", "王一", background="七楼老人下不了楼\n已征求意见")

    found = Document(BytesIO(topic_sheet(sheet)()))

    rows = {row.cells[0].text: row.cells[1].text for row in found.tables[0].rows}
    assert rows["议题名称"] == "加装电梯"
    assert rows["背景与诉求"] == "七楼老人下不了楼\n已征求意见"
    assert rows["审核结论"] == ""
    assert len(rows) == 19
