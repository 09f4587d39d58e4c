"""公示 after an objection: what holds now is the text, the former plan its explanation, nobody's name on the wall."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from components.admin.document_samples import sample_notice
from components.council.notice_paper import body_lines, notice_foot, objection_lines, public_notice
from components.council.notice_sheets import outcome_sheet, wall_sheet
from components.wording.telephones import telephone
from db.queries.council.notices import NoticeFacts, OldVersion
from db.terms import NoticeState, ObjectionState
from tests.support.word_files import text_of

CHANGED = sample_notice()
VOTED, PLAN = "更换 3 号楼楼道感应灯，经费从公益金列支", "更换 3 号楼楼道感应灯，夜里自动调暗"
UNTOUCHED = replace(CHANGED, objections=())


def objected(**more: Any) -> NoticeFacts:
    return replace(CHANGED, objections=(replace(CHANGED.objections[0], **more),))


def test_the_new_plan_is_the_text_and_the_old_one_its_explanation() -> None:
    text = text_of(public_notice(CHANGED)())

    assert text.index(PLAN) < text.index("说明") < text.index(VOTED) < text.index("异议和答复")
    assert "1. 异议：灯太亮，晚上睡不好。答复（修改方案）：改为夜里自动调暗。" in text
    assert "版" not in text


def test_a_notice_that_nobody_objected_to_has_its_text_alone() -> None:
    text = text_of(public_notice(UNTOUCHED)())

    assert VOTED in text
    assert "说明" not in text
    assert "异议和答复" not in text


def test_what_hangs_since_the_change_is_not_written_over() -> None:
    when = CHANGED.objections[0].handled_at or datetime.now(UTC)
    hung = OldVersion(
        *(1, CHANGED.title, CHANGED.body, CHANGED.where_posted, CHANGED.objection_contact, CHANGED.posted_on),
        *(CHANGED.ends_on, "根据异议修改方案", when, "测试书记", ("body",)),
    )
    own = replace(CHANGED, body="社区自己写的新文稿", versions=(hung,))

    assert body_lines(own) == ["社区自己写的新文稿"]
    assert notice_foot(own)[0] == "2026年3月6日更正了正文，原因：根据异议修改方案。公示期从这一天重新计算。"


def test_an_objection_that_waits_says_so() -> None:
    waiting = objected(state=ObjectionState.OPEN, answer="", handled_at=None, plan_after="")

    assert objection_lines(waiting) == ["1. 异议：灯太亮，晚上睡不好。正在处理，处理后答复。"]


@pytest.mark.parametrize("make", [public_notice, wall_sheet, outcome_sheet])
def test_no_telephone_of_a_resident_goes_up_on_the_wall(make: object) -> None:
    told = objected(matter="打 13812345678 找我", answer="已打 13812345678", plan_after="问 13812345678")

    assert "13812345678" not in text_of(make(told)())  # type: ignore[operator]


def test_the_wall_sheet_says_its_telephone_on_a_line_of_its_own() -> None:
    text = text_of(wall_sheet(replace(UNTOUCHED, objection_contact="柳林社区居委会 0574-87654321，13900002222"))())

    assert {"柳林社区居委会", "0574-87654321", "139 0000 2222"} <= set(text.splitlines())


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        (replace(UNTOUCHED, state=NoticeState.FINISHED), "公示期满，没有收到异议，按公示的方案实施。"),
        (replace(CHANGED, state=NoticeState.FINISHED), "公示期满，异议已全部答复，按修改后的方案实施。"),
        (UNTOUCHED, "公示还在进行，以上是到今天为止的情况，结果以期满为准。"),
        (
            replace(objected(state=ObjectionState.REVOTE, plan_after=""), state=NoticeState.WITHDRAWN),
            "根据异议，公示撤回，提交下次会议重新表决。",
        ),
    ],
)
def test_the_outcome_sheet_says_what_follows(notice: NoticeFacts, said: str) -> None:
    assert said in text_of(outcome_sheet(notice)())


def test_a_mobile_number_is_read_in_three_groups_and_nothing_else_is_touched() -> None:
    assert telephone("13900002222") == "139 0000 2222"
    assert telephone("社区 139-0000-2222") == "社区 139 0000 2222"
    assert telephone("0574-87654321") == "0574-87654321"
    assert telephone("编号 213900002222") == "编号 213900002222"
    assert telephone("c413900002222f0") == "c413900002222f0", "a part of a hash is no telephone"
