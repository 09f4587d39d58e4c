"""The plain page of a 评诺码: the promise and the visit, four words, once; no name without consent, no script."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.commitments.keeping import mark_kept, strike_keeping
from db.actions.commitments.verdict_codes import hand_out_code, new_verdict_code
from db.actions.people.consents import record_consent
from db.engine import as_system, reading_as_system
from db.models import CommitmentVerdict, Member
from db.rules.printed_code import printed
from db.terms import ConsentScope, ConsentWay, WitnessKind
from pages.public import verdict
from tests.builders.commitments import a_promise, on_the_roll
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone

MOST_BYTES = 15_000


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(verdict, "utc_now", lambda: NOW)
    for limit in (verdict.UNKNOWN, verdict.BY_ADDRESS):
        limit.forget()
    yield
    for limit in (verdict.UNKNOWN, verdict.BY_ADDRESS):
        limit.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(verdict.routes)


def a_visit(world: World, member: int | None = None) -> tuple[int, str]:
    """A visit and its code."""
    number = a_promise(world, member)
    visit = do(world.worker, mark_kept, commitment_id=number, on=TODAY - timedelta(days=1),
               witness=WitnessKind.RESIDENT, witness_name="刘奶奶", words="带了药", people=1)  # fmt: skip
    code = new_verdict_code()
    do(world.worker, hand_out_code, keeping_id=visit, code=code)
    return visit, code


def words_given() -> list[CommitmentVerdict]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(CommitmentVerdict)).all())


def test_the_page_shows_the_promise_and_the_visit_and_nobody(world: World, phone: Phone) -> None:
    _visit, code = a_visit(world, on_the_roll(world, "LL-M0042"))

    answer = phone.get(f"/k/{code}")

    assert answer.status == 200
    for words in ("党同志的承诺", "送学习材料上门并讲解", "2026年3月4日", "柳林社区"):
        assert words in answer.text, words
    for words in ("刘奶奶", "带了药", "党员42"):
        assert words not in answer.text, words
    assert "<script" not in answer.html
    assert answer.wire < MOST_BYTES
    assert answer.raw < MOST_BYTES
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_the_whole_name_stands_there_with_consent_alone_and_no_more_once_the_member_left(
    world: World, phone: Phone
) -> None:
    member = on_the_roll(world, "LL-M0042")
    do(world.worker, record_consent, member_id=member, scope=ConsentScope.WALL, given_on=TODAY, way=ConsentWay.PAPER,
       told="姓名写在墙上和扫码页上")  # fmt: skip
    _visit, code = a_visit(world, member)
    assert "党员42的承诺" in phone.get(f"/k/{code}").text

    with as_system("test") as session:
        session.get_one(Member, member).ended_on = TODAY

    page = phone.get(f"/k/{code}")
    assert page.status == 200
    assert "党员42" not in page.text


def test_a_code_read_out_is_typed_judged_with_and_used_up(world: World, phone: Phone) -> None:
    _visit, code = a_visit(world)

    form = phone.send("/k", code=printed(code).lower())
    thanks = phone.send(f"/k/{code}", verdict="good", words="讲得很耐心", quotable="1")
    again = phone.send(f"/k/{code}", verdict="poor")

    assert "这件事做得怎么样" in form.text
    assert (thanks.status, again.status) == (200, 200)
    assert "已经收到您的评价" in thanks.text
    assert "不能再评一次" in again.text
    assert "讲得很耐心" not in again.text
    (entry,) = words_given()
    assert (entry.verdict, entry.words, entry.quotable) == ("good", "讲得很耐心", True)


def test_what_is_missing_or_names_somebody_is_told_and_nothing_typed_is_lost(world: World, phone: Phone) -> None:
    _visit, code = a_visit(world)

    empty = phone.send(f"/k/{code}", words="还要来")
    named = phone.send(f"/k/{code}", verdict="fair", words="打 13912345678")

    assert (empty.status, named.status) == (422, 422)
    assert "还要来" in empty.text
    assert 'value="fair" checked' in named.html
    assert words_given() == []


def test_a_code_of_a_struck_visit_says_whom_to_ask(world: World, phone: Phone) -> None:
    visit, code = a_visit(world)
    do(world.worker, strike_keeping, keeping_id=visit, version=1, reason="记错")

    shown, sent = phone.get(f"/k/{code}"), phone.send(f"/k/{code}", verdict="good")

    assert (shown.status, sent.status) == (410, 410)
    assert "柳林社区" in shown.text
    assert "送学习材料" not in shown.text
    assert words_given() == []


def test_who_tries_codes_is_slowed_down(world: World, phone: Phone) -> None:
    asked = [phone.get(f"/k/{number:010d}").status for number in range(40)]
    typed = [phone.post("/k", code=f"{number:010d}").status for number in range(22)]

    assert asked == [404] * 40
    assert typed == [404] * 20 + [429] * 2


def test_a_form_of_another_site_gives_no_word(world: World) -> None:
    _visit, code = a_visit(world)
    elsewhere = Phone(verdict.routes)
    elsewhere.more = {"sec-fetch-site": "cross-site"}

    assert elsewhere.post(f"/k/{code}", verdict="poor").status == 400
    assert words_given() == []
