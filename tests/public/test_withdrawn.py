"""同意撤回: a name, a telephone, a quoted word is gone with the next request and from every next print."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from components.activities.papers import record
from components.commitments.board_paper import board_document
from components.commitments.sheet_papers import birthday_cards, letters_document, sheets_document
from components.papers.word import Paper
from components.screen.words import slides
from db.actions.activities.quotes import add_quote
from db.actions.commitments.judging import record_verdict, withdraw_quote
from db.actions.commitments.keeping import mark_kept
from db.actions.commitments.sheets import confirm_sheet, draft_sheets, review_sheets
from db.actions.commitments.verdict_codes import hand_out_code, new_verdict_code
from db.actions.people.consents import withdraw_consent
from db.engine import reading
from db.errors import Refused
from db.queries.activities.market_turns import names_on_paper
from db.queries.activities.outing import escort_phones
from db.queries.activities.page import activity_facts, quotes_of, sessions_of
from db.queries.commitments.birthdays import birthday_kind, birthdays_of
from db.queries.commitments.letters import letters
from db.queries.commitments.quarter import sheets
from db.queries.commitments.wall import board
from db.queries.screen.screen import scene
from db.rules.permissions import Actor
from db.terms import ActivityKind, ConsentScope, JudgeSide, JudgeWay, Role, Verdict, WitnessKind
from pages.public import verdict, wall
from tests.builders.activities import a_market, a_pair, a_stall, a_stall_helper, an_event, an_own_activity
from tests.builders.commitments import a_code, a_promise, on_the_roll, to_judge
from tests.builders.people import a_consent, a_person
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone
from tests.support.signed_in import open_app, words

QUARTER = date(2026, 1, 1)
NAME, WORDS = "党员42", "每次都讲得很耐心"


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in (wall, verdict):
        monkeypatch.setattr(page, "utc_now", lambda: NOW)
    monkeypatch.setattr(wall, "PAGES", wall.Kept())


def printed(document: Paper) -> str:
    made = Document(BytesIO(document()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def papers(actor: Actor) -> dict[str, str]:
    """Every paper of promises as it comes out of the printer now."""
    with reading(actor) as session:
        hung = board(session, today=TODAY, codes=True)
        shown = sheets(session, QUARTER, account_id=actor.id, today=TODAY)
        kind = birthday_kind(session)
        born = birthdays_of(session, kind, TODAY.year, 3)
        behind = letters(session, account_id=actor.id, today=TODAY)
    made: dict[str, Callable[[], Paper]] = {
        "wall, large": lambda: board_document(hung, "柳林", "http://a.example", on=TODAY, large=True),
        "wall, small": lambda: board_document(hung, "柳林", "http://a.example", on=TODAY, large=False),
        "quarter": lambda: sheets_document(shown, "柳林", QUARTER),
        "birthdays": lambda: birthday_cards(born, kind),
        "letters": lambda: letters_document(behind, TODAY),
    }
    return {name: printed(make()) for name, make in made.items()}


def a_confirmed_sheet(world: World) -> None:
    do(world.worker, draft_sheets, first=QUARTER)
    with reading(world.worker) as session:
        (sheet,) = sheets(session, QUARTER, account_id=world.worker.id, today=TODAY)
    do(world.worker, confirm_sheet, sheet_id=sheet.id, version=sheet.version, example="")
    do(world.secretary, review_sheets, sheet_ids=[sheet.id])


def test_a_name_is_gone_from_the_code_page_its_cache_and_every_next_print(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, phone = small_world, Phone([*wall.routes, *verdict.routes])
    member = on_the_roll(world, "LL-M0042")
    number = a_promise(world, member, starts_on=date(2026, 2, 1))
    visit = do(world.worker, mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.NONE, people=1)
    handed = new_verdict_code()
    do(world.worker, hand_out_code, keeping_id=visit, code=handed)
    consents = [a_consent(world.worker, member_id=member, scope=ConsentScope.WALL) for _twice in range(2)]
    pages = (f"/w/{a_code(world)}", f"/k/{handed}")
    a_confirmed_sheet(world)
    # The page of a code is drawn, and then comes from memory.
    assert [NAME in phone.get(path).text for path in (*pages, *pages)] == [True] * 4
    named = {paper for paper, text in papers(world.worker).items() if NAME in text}
    assert named >= {"wall, large", "wall, small", "quarter", "birthdays"}

    do(world.worker, withdraw_consent, consent_id=consents[0], reason="不想写全名")

    assert [NAME in phone.get(path).text for path in pages] == [False, False]
    assert {paper for paper, text in papers(world.worker).items() if NAME in text} == set()
    for page in ("results/results.py", "commitments/sheets.py", "commitments/commitments.py"):
        assert NAME not in words(open_app(monkeypatch, world.secretary.id, page)), page
    with reading(world.secretary) as session:
        assert NAME not in str(slides(scene(session, world.here, now=NOW), "http://a.example"))
    with pytest.raises(Refused, match="already_withdrawn"):
        do(world.worker, withdraw_consent, consent_id=consents[1], reason="同一件事记了两次")


def test_a_residents_quoted_words_are_gone_from_the_confirmed_sheet_too(world: World) -> None:
    number = to_judge(world, on_the_roll(world, "LL-M0042"))
    said = {"side": JudgeSide.RESIDENTS, "way": JudgeWay.PHONE, "verdict": Verdict.GOOD, "number": 1}
    quoted = do(world.worker, record_verdict, commitment_id=number, words=WORDS, quotable=True, **said)
    do(world.worker, record_verdict, commitment_id=number, words="灯坏了当天就来看", quotable=True, **said)
    a_confirmed_sheet(world)
    assert WORDS in papers(world.worker)["quarter"]

    assert do(world.secretary, withdraw_quote, verdict_id=quoted, version=1) == 1

    left = papers(world.worker)["quarter"]
    assert WORDS not in left
    assert "灯坏了当天就来看" in left
    with reading(world.worker) as session:
        (sheet,) = sheets(session, QUARTER, account_id=world.worker.id, today=TODAY)
    assert sheet.figures.answers == 2, "the word itself still counts"
    with pytest.raises(Refused, match="words_unquoted"):
        do(world.secretary, withdraw_quote, verdict_id=quoted, version=2)


def test_words_of_an_activity_are_gone_from_its_page_and_its_record(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = small_world
    event, lady = an_event(world, kind=ActivityKind.CRAFT, title="学做手工花"), a_person(world, "王秀兰")
    consent = a_consent(world.worker, lady, scope=ConsentScope.STORY)
    do(world.worker, add_quote, activity_id=event, words=WORDS, called="一位学员", consent_id=consent)

    def shown() -> list[bool]:
        page = words(open_app(monkeypatch, world.worker.id, "activities/activity.py", id=str(event), part="work"))
        with reading(world.worker) as session:
            facts = activity_facts(session, event)
            assert facts is not None
            paper = record(facts, sessions_of(session, event), 1, quotes_of(session, event))
        return [WORDS in page, WORDS in printed(paper)]

    assert shown()[1]
    do(world.worker, withdraw_consent, consent_id=consent, reason="不想登了")

    assert shown() == [False, False]


def test_a_telephone_and_a_helpers_name_are_gone_from_the_lists_of_an_outing_and_a_market(world: World) -> None:
    helper = a_volunteer(world, "V0042", phone="13800004242")
    consent = a_consent(world.worker, volunteer_id=helper, scope=ConsentScope.CONTACT_CARD)
    a_consent(world.worker, volunteer_id=helper, scope=ConsentScope.CONTACT_CARD)
    outing, market = an_own_activity(world, ActivityKind.OUTING), a_market(world)
    pair = a_pair(world, outing, escort=helper)
    a_stall_helper(world, a_stall(world, market), helper)

    def shown() -> tuple[str, str]:
        with reading(world.secretary) as session:
            return escort_phones(session, outing).get(pair, ""), names_on_paper(session, market)[helper]

    phone, name = shown()
    assert phone == "13800004242"
    assert "*" not in name
    do(world.worker, withdraw_consent, consent_id=consent, reason="换了号码")

    assert shown()[0] == ""
    assert "*" in shown()[1]


def test_a_consent_of_somebody_else_stands(world: World) -> None:
    one, other = on_the_roll(world, "LL-M0042"), on_the_roll(world, "LL-M0043")
    for member in (one, other):
        a_promise(world, member)
    mine, _theirs = (a_consent(world.worker, member_id=member, scope=ConsentScope.WALL) for member in (one, other))

    do(world.worker, withdraw_consent, consent_id=mine, reason="不想写全名")

    with reading(world[Role.AREA_WORKER]) as session:
        assert {member.name for member in board(session, today=TODAY)} == {"党同志", "党员43"}
