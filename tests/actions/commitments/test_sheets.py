"""季度亮绩: from the record, confirmed by the member, reviewed by another, posted; what changed later is said."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from components.commitments.sheet_papers import sheets_document
from db.actions.commitments.keeping import mark_kept
from db.actions.commitments.sheets import confirm_sheet, draft_sheets, post_sheets, return_sheet, review_sheets
from db.engine import as_system, reading
from db.errors import NotFound, NotPermitted, Refused
from db.models import Member
from db.queries.commitments.quarter import SheetRow, sheets, sheets_to_confirm
from db.rules.commitments.quarter import Figures
from db.terms import Role, SheetState, WitnessKind
from tests.builders.commitments import a_promise, a_sheet, on_the_roll
from tests.builders.world import NOW, TODAY, World, do

FIRST = date(2026, 1, 1)


def the_sheet(world: World) -> SheetRow:
    with reading(world.secretary) as session:
        (found,) = sheets(session, FIRST, account_id=world.secretary.id, today=TODAY)
    return found


def keep(world: World, commitment_id: int) -> None:
    do(world.worker, mark_kept, commitment_id=commitment_id, on=TODAY, witness=WitnessKind.RESIDENT,
       witness_name="刘奶奶", people=3)  # fmt: skip


def test_a_draft_follows_the_record_and_a_confirmed_sheet_keeps_its_figures(world: World) -> None:
    member = on_the_roll(world, account_id=world[Role.VOLUNTEER].id)
    number = a_promise(world, member)
    do(world.worker, draft_sheets, first=FIRST)
    keep(world, number)
    with reading(world[Role.VOLUNTEER]) as session:
        (own,) = sheets_to_confirm(session, world[Role.VOLUNTEER].id, today=TODAY)
    assert own.figures == Figures(due=3, kept=1, sessions=1, people=3)

    do(world[Role.VOLUNTEER], confirm_sheet, sheet_id=own.id, version=1, example="陪一位老人办了社保卡")
    keep(world, number)

    found = the_sheet(world)
    assert found.figures == Figures(due=3, kept=1, sessions=1, people=3)
    assert found.now == Figures(due=3, kept=1, sessions=2, people=6)
    assert not found.for_member


def test_drafting_twice_gives_nobody_a_second_sheet(world: World) -> None:
    a_sheet(world)

    assert do(world.worker, draft_sheets, first=FIRST) == 0
    assert do(world.worker, draft_sheets, first=date(2025, 10, 1)) == 0  # nobody had promised anything then


def test_somebody_else_reviews_what_staff_confirmed_for_a_member(world: World) -> None:
    sheet = a_sheet(world)
    do(world.worker, confirm_sheet, sheet_id=sheet, version=1, example="")
    assert the_sheet(world).for_member

    with pytest.raises(Refused, match="own_sheet"):
        do(world.worker, review_sheets, sheet_ids=[sheet])
    do(world.secretary, review_sheets, sheet_ids=[sheet])
    assert do(world.worker, post_sheets, first=FIRST) == 1

    assert (the_sheet(world).state, the_sheet(world).posted_on) == (SheetState.POSTED, TODAY)
    with pytest.raises(Refused, match="no_sheet_to_post"):
        do(world.worker, post_sheets, first=FIRST)


def test_a_returned_sheet_is_a_draft_that_follows_the_record_again(world: World) -> None:
    sheet = a_sheet(world)
    do(world.worker, confirm_sheet, sheet_id=sheet, version=1, example="")
    do(world.secretary, return_sheet, sheet_id=sheet, version=2, reason="人次不对")

    found = the_sheet(world)
    assert (found.state, found.review_word, found.now) == (SheetState.DRAFT, "人次不对", None)
    with pytest.raises(Refused, match="sheet_elsewhere"):
        do(world.secretary, review_sheets, sheet_ids=[sheet])


def test_another_member_confirms_nobody_elses_sheet(world: World) -> None:
    sheet = a_sheet(world)

    with pytest.raises((NotPermitted, NotFound)):
        do(world[Role.VOLUNTEER], confirm_sheet, sheet_id=sheet, version=1, example="")


def test_who_left_before_the_quarter_has_no_sheet_and_who_left_in_it_has(world: World) -> None:
    gone, going = on_the_roll(world, "LL-M0001"), on_the_roll(world, "LL-M0002")
    for one, last in ((gone, FIRST - timedelta(days=1)), (going, FIRST + timedelta(days=40))):
        a_promise(world, one)
        with as_system("test") as session:
            member = session.get(Member, one)
            assert member is not None
            member.ended_on = last

    assert do(world.worker, draft_sheets, first=FIRST, now=NOW) == 1


def test_the_board_stands_in_order_of_branch_and_number_and_names_by_surname(world: World) -> None:
    sheet = a_sheet(world, on_the_roll(world, "LL-M0007"))
    do(world.worker, confirm_sheet, sheet_id=sheet, version=1, example="修好了三楼的灯")
    do(world.secretary, review_sheets, sheet_ids=[sheet])

    printed = Document(BytesIO(sheets_document([the_sheet(world)], "柳林社区", FIRST)()))

    cells = [cell.text for cell in printed.tables[0].rows[1].cells]
    assert cells[1] == "党同志"
    assert "修好了三楼的灯" in cells[3]
