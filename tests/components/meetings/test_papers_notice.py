"""Papers before a meeting: the name once, a telephone for leave, a sheet that says nothing of who came."""

from dataclasses import replace

import pytest

from components.admin.document_samples import sample_sitting
from components.meetings.notice_text import meeting_name, notice_text
from components.meetings.papers_notice import notice_document, sign_in_sheet
from db.rules.voting.decision import PRESETS, Preset
from db.terms import MemberPresence
from tests.support.word_files import text_of

HELD = sample_sitting()
BEFORE = replace(
    HELD,
    opened_at=None,
    seats=tuple(replace(seat, presence=MemberPresence.DUE, came_at=None) for seat in HELD.seats),
    desk_phone="13900002222",
)


@pytest.mark.parametrize(
    "title", ["第三届第二次会议", "第3届第2次会议", "第2次会议", "示例社区居民议事会第3届第2次会议", "第三届第二次"]
)
def test_a_title_that_only_counts_is_not_said_beside_the_number(title: str) -> None:
    assert meeting_name(replace(HELD, title=title)) == "示例社区居民议事会第3届第2次会议"


def test_a_title_with_words_of_its_own_stays() -> None:
    assert meeting_name(HELD) == "示例社区居民议事会第3届第2次会议：三月议事会"


@pytest.mark.parametrize("made", [notice_text(BEFORE), text_of(notice_document(BEFORE)())])
def test_whoever_cannot_come_reads_a_telephone(made: str) -> None:
    assert "不能到会请提前请假，电话 139 0000 2222。议事会不接受委托表决。" in made


def test_without_a_telephone_leave_is_asked_of_the_community() -> None:
    assert "不能到会请提前向社区请假。" in notice_text(replace(BEFORE, desk_phone=""))


def test_where_the_rules_allow_a_proxy_the_notice_does_not_forbid_it() -> None:
    rule = replace(PRESETS[Preset.COUNCIL], proxies_allowed=True)

    assert "可以书面委托。" in notice_text(replace(BEFORE, rule=rule))


def test_a_sheet_printed_before_the_meeting_says_nothing_of_who_came() -> None:
    text = text_of(sign_in_sheet(BEFORE)())

    assert "应到 16 人；实到 ____ 人，请假 ____ 人，列席 ____ 人" in text
    assert "未报到" not in text
    assert "应到" not in text.splitlines()


def test_leave_that_was_asked_for_stands_on_the_sheet_already() -> None:
    seats = (replace(BEFORE.seats[0], presence=MemberPresence.LEAVE), *BEFORE.seats[1:])
    text = text_of(sign_in_sheet(replace(BEFORE, seats=seats))())

    assert "应到 16 人，已请假 1 人；" in text
    assert "请假" in text.splitlines()


def test_the_chair_has_a_line_of_the_own_on_the_sheet() -> None:
    lines = text_of(sign_in_sheet(BEFORE)()).splitlines()

    assert lines[lines.index("主持") + 1] == "主持人甲"
