"""The sentence of a decision, and the papers of a meeting read back as a printer would."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from components.council.notice_paper import public_notice
from components.meetings.notice_text import notice_text
from components.meetings.papers import DOCUMENTS
from components.voting.outcome import decision_sentence, quorum_words
from db.actions.council.council import end_member
from db.actions.council.notices import post_notice
from db.actions.meetings.discussion import move_amendment, record_point, settle_amendment
from db.actions.meetings.meetings import close_meeting
from db.actions.meetings.moving import move_meeting
from db.actions.voting.voting import answer_rejected
from db.engine import reading
from db.models import Meeting
from db.queries.council.notices import notice
from db.queries.meetings.meetings import sitting
from db.rules.meetings.sitting import Sitting
from db.rules.voting.decision import PRESETS, Preset, decide, quorum
from tests.builders.meetings import a_convened, in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, do, row

RULE = PRESETS[Preset.COUNCIL]


def said(votes: tuple[int, int, int], preset: Preset = Preset.COUNCIL, present: int = 14, recused: int = 0) -> str:
    rule = PRESETS[preset]
    decision = decide(
        rule,
        due=16,
        present=present,
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
        recused_due=recused,
        recused_present=recused,
    )
    return decision_sentence(decision, rule)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            said((7, 5, 2)),
            "应到16人，实到14人，达到法定人数11人；赞成7票、反对5票、弃权2票；7票未超过实到14人的半数（需8票）：未通过。",
        ),
        (
            said((8, 4, 2)),
            "应到16人，实到14人，达到法定人数11人；赞成8票、反对4票、弃权2票；8票超过实到14人的半数（需8票）：通过。",
        ),
        (
            said((6, 6, 2)),
            "应到16人，实到14人，达到法定人数11人；赞成6票、反对6票、弃权2票；"
            "赞成与反对同为6票：同票，未通过，按议事规则退回再议。",
        ),
        (
            said((8, 2, 0), present=10),
            "应到16人，实到10人，未达到法定人数11人（差1人）；赞成8票、反对2票、弃权0票；到会不足，不得表决，议题顺延。",
        ),
        (
            said((9, 3, 0)),
            "应到16人，实到14人，达到法定人数11人；赞成9票、反对3票、弃权0票；2人未投票；"
            "9票超过实到14人的半数（需8票）：通过。",
        ),
        (
            said((9, 4, 1), Preset.COUNCIL_TWO_THIRDS),
            "应到16人，实到14人，达到法定人数11人；赞成9票、反对4票、弃权1票；9票未达到实到14人的三分之二（需10票）：未通过。",
        ),
        (
            said((8, 5, 1), Preset.COUNCIL_MEMBERS_MAJORITY),
            "应到16人，实到14人，达到法定人数11人；赞成8票、反对5票、弃权1票；8票未超过全体成员16人的半数（需9票）：未通过。",
        ),
        (
            said((7, 5, 1), recused=1),
            "应到15人，实到13人，达到法定人数10人；赞成7票、反对5票、弃权1票；7票超过实到13人的半数（需7票）：通过。",
        ),
    ],
)
def test_a_decision_is_one_sentence_with_its_base(sentence: str, expected: str) -> None:
    assert sentence == expected


def test_an_owners_decision_never_reads_as_one() -> None:
    assert said((12, 1, 1), Preset.OWNERS_GENERAL).endswith("本结果仅供业主大会参考。")


def test_the_quorum_is_told_with_its_numbers() -> None:
    assert quorum_words(quorum(RULE, 16, 14)) == "应到 16 · 实到 14 · 需 11，到会有效"
    assert quorum_words(quorum(RULE, 16, 10)) == "应到 16 · 实到 10 · 需 11，到会不足，还差 1 人"


# --- papers -------------------------------------------------------------------------------------------


def text_of(made: bytes) -> str:
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture
def closed(small_world: World) -> tuple[World, Sitting, int]:
    meeting, items = in_session(small_world, needs=2)
    do(small_world.worker, record_point, item_id=items[0], said="<b>费用</b>{{从哪来}}&谁管？")
    point = do(small_world.worker, move_amendment, item_id=items[0], new_motion="先在1幢试装三个月")
    do(small_world.secretary, settle_amendment, point_id=point, carried=True)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    vote_by_hands(small_world, items[1], 7, 5, 2)
    do(small_world.secretary, answer_rejected, item_id=items[1], reason="未过半数")
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, close_meeting, meeting_id=meeting, version=version)
    with reading(small_world.secretary) as session:
        return small_world, sitting(session, meeting, now=NOW), items[0]


def test_the_minutes_hold_who_came_what_was_said_and_lines_to_sign(closed: tuple[World, Sitting, int]) -> None:
    text = text_of(DOCUMENTS["minutes"](closed[1])())

    assert "实到（14）：议事员01" in text
    assert "<b>费用</b>{{从哪来}}&谁管？" in text
    assert "提出修正（采纳）：先在1幢试装三个月" in text
    assert "14 议事员14" in text.splitlines()
    assert "16 议事员16" not in text.splitlines()


def test_the_result_sheet_holds_every_number_and_both_tellers(closed: tuple[World, Sitting, int]) -> None:
    text = text_of(DOCUMENTS["results"](closed[1])())

    assert "7票未超过实到14人的半数（需8票）：未通过。" in text
    assert "计票人：计票甲；监票人：监票乙" in text
    assert "议事员" not in text


def test_papers_say_what_changed_after_the_first_notice(small_world: World) -> None:
    meeting, _ = a_convened(small_world)
    later = {"at": NOW + timedelta(days=12), "place": "文化礼堂", "reason": "台风"}
    version = row(small_world, Meeting, meeting).version
    do(small_world.secretary, move_meeting, **later, meeting_id=meeting, version=version)
    do(small_world.secretary, end_member, member_id=small_world.members[15], version=1, until=TODAY)
    with reading(small_world.secretary) as session:
        facts = sitting(session, meeting, now=NOW)

    texts = {what: text_of(DOCUMENTS[what](facts)()) for what in DOCUMENTS}

    moved = "会议改期：原定2026年3月10日 10:30在社区议事厅，改为2026年3月17日 10:30在文化礼堂。原因：台风"
    left = "第16席 议事员16 已不在任，不再应到（测试secretary登记）"
    for paper in ("sheet", "minutes"):
        assert moved in texts[paper]
        assert left in texts[paper]
    assert moved in texts["notice"]
    assert left not in texts["notice"]
    assert moved in notice_text(facts)


@pytest.mark.parametrize("what", list(DOCUMENTS))
def test_every_paper_is_a_word_file_without_leftover_marks(closed: tuple[World, Sitting, int], what: str) -> None:
    made = DOCUMENTS[what](closed[1])()

    with ZipFile(BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert "{%" not in archive.read("word/document.xml").decode()
    assert "柳林社区居民议事会" in text_of(made)


def test_the_notice_for_the_chat_group_lists_the_agenda(closed: tuple[World, Sitting, int]) -> None:
    text = notice_text(closed[1])

    assert "2026年3月10日 10:30在社区议事厅召开" in text
    assert "1. 楼道灯坏了半个月" in text


def test_the_public_notice_names_its_period_and_where_to_object(closed: tuple[World, Sitting, int]) -> None:
    world, _, item = closed
    posted = {
        "title": "关于楼道感应灯的公示",
        "body": "经议事会表决通过，现予公示。",
        "working_days": 5,
        "where_posted": "公告栏",
        "objection_contact": "居委会 0574-87654321",
    }
    made = do(world.secretary, post_notice, item_id=item, **posted)
    with reading(world.secretary) as session:
        facts = notice(session, int(made["notice_id"]), today=TODAY)

    text = text_of(public_notice(facts)())

    assert "公示期：2026年3月5日至2026年3月12日（5个工作日）。" in text
    assert "实名提出：居委会 0574-87654321" in text
