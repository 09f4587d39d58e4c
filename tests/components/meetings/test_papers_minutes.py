"""The minutes say what was decided, each thing once, and stay short: an office prints them and counts their pages."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx import Document

from components.admin.document_samples import sample_record, sample_sitting
from components.meetings.decided import decided_words
from components.meetings.papers_minutes import minutes
from components.meetings.papers_result import result_sheet
from db.queries.meetings.papers import MeetingRecord
from db.rules.meetings.sitting import Point, Seat, Sitting
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.decision import PRESETS, Preset, decide
from db.terms import ItemState, MemberPresence, VoteMethod
from tests.support.optional import needs
from tests.support.pdf_files import to_pdf
from tests.support.proof import proof
from tests.support.word_files import text_of

SITTING = sample_sitting()
HANDS = BallotAccount(VoteMethod.HANDS, 14, 14, 14, choices={"for": 8, "against": 4, "abstain": 2})
LONG = "欧阳阿依古丽买买提江{n:02d}"


def paragraphs_of(made: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(made)).paragraphs]


def a_long_sitting(*, items: int, members: int, name: str = "成员{n:02d}") -> Sitting:
    """So many motions that passed, each with a point made, and so many members, all of whom are there."""
    passed = decide(
        PRESETS[Preset.COUNCIL], due=members, present=members, votes_for=members - 6, votes_against=4, votes_abstain=2
    )
    motion = SITTING.items[0]
    seats = (
        Seat(n, n, name.format(n=n), "居民代表", False, MemberPresence.PRESENT, SITTING.at)
        for n in range(1, members + 1)
    )
    return replace(
        SITTING,
        seats=tuple(seats),
        items=tuple(
            replace(motion, id=n, position=n, title=f"第{n}处楼道灯更换和公共区域照明改造", result=passed)
            for n in range(1, items + 1)
        ),
        points=tuple(Point(n, n, "先修东单元，那里老人多。", "成员03") for n in range(1, items + 1)),
        recusals=(),
        changes=(),
        counts=(),
        short_notice_reason="",
    )


def its_record(sitting: Sitting) -> MeetingRecord:
    """Accounts that balance, a hash and a task of every item."""
    members, task = len(sitting.seats), sample_record().tasks[0]
    choices = {"for": members - 6, "against": 4, "abstain": 2}
    return replace(
        sample_record(),
        accounts={one.id: [BallotAccount(VoteMethod.HANDS, *(members,) * 3, choices=choices)] for one in sitting.items},
        counters={},
        hashes={one.id: f"{one.id:02d}" * 32 for one in sitting.items},
        tasks=tuple(replace(task, id=one.id, item_id=one.id) for one in sitting.items),
        corrections=(),
    )


def test_what_was_decided_is_one_sentence_with_its_vote() -> None:
    motion, ranked = SITTING.items
    rule = PRESETS[Preset.COUNCIL]
    lost = decide(rule, due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2)

    assert decided_words(motion) == ("会议以赞成8票、反对4票、弃权2票通过：更换 3 号楼楼道感应灯，经费从公益金列支。")
    assert decided_words(replace(motion, result=lost)) == (
        "会议表决“更换 3 号楼楼道感应灯，经费从公益金列支”：赞成7票、反对5票、弃权2票，未通过。"
    )
    assert decided_words(ranked) == "会议表决“从三处中选一处先装”：“南门”第2轮8票入选（名额1个）：通过。"


def test_an_item_without_a_vote_says_what_became_of_it() -> None:
    item = replace(SITTING.items[0], result=None, motion="更换楼道灯。")

    assert decided_words(replace(item, state=ItemState.POSTPONED)) == "“更换楼道灯”没有表决，顺延到下次会议。"
    assert decided_words(replace(item, state=ItemState.PENDING)) == "“更换楼道灯”没有表决（待议）。"


def test_minutes_without_tasks_have_no_part_about_them() -> None:
    text = text_of(minutes(SITTING)())

    assert "会议以赞成8票" in text
    assert "交办事项" not in text


def test_hashes_accounts_and_the_command_stand_in_the_annex_alone() -> None:
    for paper in (minutes(SITTING, sample_record()), result_sheet(SITTING, sample_record())):
        body = paragraphs_of(paper())
        annex = body.index("附件：计票核对")

        assert not [line for line in body[:annex] if "5f5f" in line or "recount" in line or "发出" in line]
        assert any("python -m db recount" in line for line in body[annex:])


def test_a_paper_without_a_proof_has_no_annex() -> None:
    assert "附件" not in text_of(minutes(SITTING)())


def test_the_chair_signs_above_the_members() -> None:
    made = Document(BytesIO(minutes(SITTING, sample_record())()))
    first_cells = [table.rows[0].cells[0].text for table in made.tables]

    assert first_cells.index("主持人") + 1 == first_cells.index("成员")


def test_a_result_is_told_once_and_without_what_does_not_apply() -> None:
    sitting = replace(SITTING, items=SITTING.items[:1])
    text = text_of(result_sheet(sitting, MeetingRecord(accounts={1: [HANDS]}))())
    body = text[: text.index("附件：计票核对")]

    assert body.count("赞成8票") == 1
    assert "赞成 8" not in text
    for idle in ("有效票中", "收回", "选项", "重新清点"):
        assert idle not in body


def test_a_sheet_before_any_vote_says_so() -> None:
    assert "本次会议还没有表决。" in text_of(result_sheet(replace(SITTING, items=()))())


@needs("office")
def test_two_items_make_two_pages_and_thirty_with_sixty_members_eight_at_most(tmp_path: Path) -> None:
    short, long = a_long_sitting(items=2, members=16), a_long_sitting(items=30, members=60)
    named = a_long_sitting(items=1, members=60, name=LONG)
    for name, sitting in {"short": short, "long": long, "named": named}.items():
        (tmp_path / f"{name}.docx").write_bytes(minutes(sitting, its_record(sitting))())

    to_pdf(tmp_path, tmp_path.glob("*.docx"))

    assert proof(tmp_path / "short.pdf").pages == 2
    assert proof(tmp_path / "long.pdf").pages <= 8
    # One for the names, one for the item, one for the signatures, one for the annex.
    assert proof(tmp_path / "named.pdf").pages == 4
