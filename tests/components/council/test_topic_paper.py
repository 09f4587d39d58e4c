"""议题征集审核表: what the record knows is filled in, what it does not know is left for the pen."""

from datetime import UTC, datetime
from typing import Any

import pytest

from components.council.topic_paper import TopicSheet, topic_sheet
from db.queries.council.topics import TopicFacts
from db.terms import TopicGround, TopicSource, TopicState
from tests.support.word_files import text_of

AT = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)


def a_topic(**more: Any) -> TopicFacts:
    values: dict[str, Any] = {
        "id": 1,
        "version": 1,
        "community_id": 1,
        "number": "2026-003",
        "title": "楼道灯更换",
        "source": TopicSource.MEMBER,
        "proposer": "议事员03",
        "signed_at": AT,
        "signed_on_paper": True,
        "category": "公共设施",
        "background": "晚上看不见路",
        "scope": "3 幢",
        "proposal": "换感应灯",
        "budget_yuan": 12000,
        "stakeholders": "",
        "state": TopicState.SUBMITTED,
        "ground": None,
        "review_reason": "",
        "merged_into": "",
        "referred_to": "",
        "reviewer": "",
        "made_at": AT,
        "reviewed_at": None,
        "desk_phone": "13900002222",
        "joined": ("2026-004 东单元楼道灯",),
    }
    return TopicFacts(**values | more)


def test_source_contact_attachments_and_merged_topics_are_filled_in() -> None:
    lines = text_of(topic_sheet(TopicSheet.of(a_topic()))()).splitlines()

    assert lines[lines.index("联系方式") + 1] == "社区服务台 139 0000 2222 转"
    assert lines[lines.index("附件") + 1] == "书面提议单原件 1 份"
    assert lines[lines.index("并入的议题") + 1] == "2026-004 东单元楼道灯"
    assert lines[lines.index("初审意见") + 1] == ""
    assert lines[lines.index("预算") + 1] == "12,000 元"
    assert "（盖章）" in lines[lines.index("社区党组织") + 1]


def test_a_topic_signed_in_the_system_has_no_paper_attached() -> None:
    sheet = TopicSheet.of(a_topic(signed_on_paper=False, desk_phone=""))

    assert sheet.attachments == "无（提议人在系统中签字）"
    assert sheet.contact == "社区居民委员会转"


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ({"state": TopicState.ACCEPTED}, "属于议事范围，受理，待上会。"),
        ({"state": TopicState.MERGED, "merged_into": "2026-001"}, "与 2026-001 是同一件事，合并办理。"),
        ({"state": TopicState.REFERRED, "referred_to": "物业公司"}, "不由议事会决定，转 物业公司 办理。"),
        ({"state": TopicState.DECLINED, "ground": next(iter(TopicGround))}, "不予受理。"),
    ],
)
def test_the_first_opinion_says_what_the_reviewer_found(review: dict[str, Any], said: str) -> None:
    assert TopicSheet.of(a_topic(reviewed_at=AT, **review)).first_opinion.endswith(said)
