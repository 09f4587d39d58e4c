"""评诺, 亮绩, 政治生日, 提醒信: a promise is judged by three sides, a quarter's sheet is confirmed, a birthday kept.

A2-17, A2-21, A2-22 and A2-27 of docs/domain.md.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from components.commitments.sheet_papers import birthday_cards, letters_document, sheets_document
from components.papers.word import Paper
from db.actions.commitments.commitments import follow_the_days
from db.actions.commitments.judging import close_follow_up, record_verdict, settle_promise
from db.actions.commitments.keeping import mark_kept
from db.actions.commitments.sheets import choose_birthday, confirm_sheet, draft_sheets, post_sheets, review_sheets
from db.actions.commitments.verdict_codes import hand_out_code, new_verdict_code
from db.engine import reading
from db.errors import BadInput
from db.queries.commitments.birthdays import birthday_kind, birthdays_of
from db.queries.commitments.judging import judged, open_follow_ups
from db.queries.commitments.letters import letters
from db.queries.commitments.quarter import sheets, sheets_to_confirm
from db.terms import JudgeSide, JudgeWay, PoliticalDay, Role, Verdict, WitnessKind
from pages.public import verdict
from tests.builders.commitments import a_promise, on_the_roll, the_promise, version_of
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone

QUARTER = date(2026, 1, 1)
MAY, JANUARY = TODAY + timedelta(days=62), date(2027, 1, 2)
NEXT_YEAR = NOW + timedelta(days=303)


def printed(document: Paper) -> str:
    made = Document(BytesIO(document()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_a_promise_goes_from_publication_to_appraisal(world: World) -> None:
    number = a_promise(world, on_the_roll(world, account_id=world[Role.VOLUNTEER].id))
    do(world[Role.VOLUNTEER], mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.RESIDENT,
       witness_name="刘奶奶")  # fmt: skip
    do(world.worker, follow_the_days, now=NEXT_YEAR)

    # 群众评 by telephone, with a bad word among them; 党员评 in the meeting.
    said = {"side": JudgeSide.RESIDENTS, "way": JudgeWay.PHONE}
    do(world.worker, record_verdict, commitment_id=number, verdict=Verdict.GOOD, number=5, now=NEXT_YEAR, **said)
    do(world.worker, record_verdict, commitment_id=number, verdict=None, number=2, now=NEXT_YEAR, **said)
    bad = do(world.worker, record_verdict, commitment_id=number, verdict=Verdict.POOR, number=1, words="夏天没来",
             now=NEXT_YEAR, **said)  # fmt: skip
    with pytest.raises(BadInput) as refused:
        do(world.secretary, settle_promise, commitment_id=number, version=version_of(number), verdict=Verdict.FAIR,
           word="夏天没有做到", now=NEXT_YEAR)  # fmt: skip
    assert refused.value.field == "without"
    do(world.worker, record_verdict, commitment_id=number, side=JudgeSide.MEMBERS, way=JudgeWay.MEETING,
       verdict=Verdict.RATHER_GOOD, number=11, now=NEXT_YEAR)  # fmt: skip

    # 组织评: a choice with a cause; the bad word is closed by somebody's word.
    do(world.secretary, settle_promise, commitment_id=number, version=version_of(number), verdict=Verdict.RATHER_GOOD,
       cause="七八月住院", now=NEXT_YEAR)  # fmt: skip
    with reading(world.worker) as session:
        assert [one.until for one in open_follow_ups(session, today=JANUARY)] == [
            (NEXT_YEAR + timedelta(days=10)).date()
        ]
    do(world.worker, close_follow_up, verdict_id=bad, version=1, word="说明住院，老人谅解", now=NEXT_YEAR)
    with reading(world[Role.VOLUNTEER]) as session:
        found = judged(session, number, staff=False)
    assert [(one.asked, one.answered) for one in found.sides] == [(8, 6), (11, 11), (1, 1)]
    assert (found.verdict, found.cause) == (Verdict.RATHER_GOOD, "七八月住院")
    assert the_promise(number).verdict is Verdict.RATHER_GOOD


def test_who_was_served_judges_on_the_own_phone_by_the_code_of_the_visit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict, "utc_now", lambda: NOW)
    member, phone, code = world[Role.VOLUNTEER], Phone(verdict.routes), new_verdict_code()
    number = a_promise(world, on_the_roll(world, account_id=member.id))
    visit = do(member, mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶")
    do(member, hand_out_code, keeping_id=visit, code=code)

    # The resident scans, chooses one of four words, and the code is used up.
    assert "送学习材料上门并讲解" in phone.get(f"/k/{code}").text
    assert "已经收到" in phone.send(f"/k/{code}", verdict="poor", words="没有讲完").text
    assert "不能再评" in phone.send(f"/k/{code}", verdict="good").text

    # The branch speaks about the bad word; the member reads how many said what, and no words.
    with reading(world.secretary) as session:
        (waits,) = open_follow_ups(session, today=TODAY)
        (entry,) = judged(session, number, staff=True).entries
    assert (waits.side, entry.way, entry.words) == (JudgeSide.RESIDENTS, JudgeWay.PAGE, "没有讲完")
    do(world.secretary, close_follow_up, verdict_id=entry.id, version=entry.version, word="补讲了一次")
    with reading(member) as session:
        assert [one.words for one in judged(session, number, staff=False).entries] == [""]


def test_a_member_confirms_the_drafted_sheet_and_the_board_is_posted(world: World) -> None:
    member = world[Role.VOLUNTEER]
    number = a_promise(world, on_the_roll(world, account_id=member.id))
    do(member, mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶", people=3)

    assert do(world.worker, draft_sheets, first=QUARTER) == 1
    with reading(member) as session:
        (own,) = sheets_to_confirm(session, member.id, today=TODAY)
    do(member, confirm_sheet, sheet_id=own.id, version=own.version, example="带三位老人读报告")
    do(world.secretary, review_sheets, sheet_ids=[own.id])
    with reading(world.secretary) as session:
        found = sheets(session, QUARTER, account_id=world.secretary.id, today=TODAY)
    board = printed(sheets_document(found, "柳林社区", QUARTER))
    assert "2026 年第一季度党员亮绩" in board
    assert "3 人次" in board
    assert "带三位老人读报告" in board
    assert "刘奶奶" not in board
    assert do(world.worker, post_sheets, first=QUARTER) == 1


def test_the_birthdays_of_the_month_come_with_the_own_promises(world: World) -> None:
    member = on_the_roll(world)
    a_promise(world, member)
    on_the_roll(world, "LL-M0002", full_on=date(1997, 3, 9))

    with reading(world.worker) as session:
        found = birthdays_of(session, birthday_kind(session), 2026, 3, today=TODAY)
    card = printed(birthday_cards(found, PoliticalDay.JOINED))
    assert [(one.day.years, one.day.marked) for one in found.rows] == [(30, True)] * 2
    assert "入党 30 年" in card
    assert "1. 送学习材料上门并讲解（3 名老年党员）" in card

    do(world[Role.SUBDISTRICT_ADMIN], choose_birthday, day=PoliticalDay.FULL)
    with reading(world.worker) as session:
        chosen = birthdays_of(session, birthday_kind(session), 2026, 3)
    assert [(one.number, one.day.years) for one in chosen.rows] == [("LL-M0002", 29)]
    assert len(chosen.unknown) == 1


def test_a_letter_tells_a_member_what_is_due_and_missed(world: World) -> None:
    number = a_promise(world)
    do(world.worker, mark_kept, commitment_id=number, on=date(2026, 1, 8), witness=WitnessKind.STAFF,
       witness_name="小李")  # fmt: skip

    with reading(world.secretary) as session:
        found = letters(session, account_id=world.secretary.id, today=MAY)
    letter = printed(letters_document(found, MAY))

    assert "党同志（LL-M0001" in letter
    assert "没有做到也没有说明" in letter
    assert "补记待第二人确认：1 次" in letter
    assert "现在该做" in letter
