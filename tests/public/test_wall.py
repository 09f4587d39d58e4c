"""The plain page of a member's code: what is promised and when it was kept, nobody's number, gone at the next scan."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from db.actions.commitments.keeping import mark_kept
from db.actions.commitments.wall import give_codes, revoke_code
from db.actions.people.consents import record_consent, withdraw_consent
from db.engine import as_system, reading
from db.errors import Refused
from db.models import Branch, Member, WallScan
from db.queries.commitments.wall import board, codes, scans_by_day
from db.terms import CommitmentState, ConsentScope, ConsentWay, WitnessKind
from pages.public import wall
from tests.builders.commitments import a_code, a_promise, on_the_roll
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Phone

MOST_BYTES = 15_000


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wall, "utc_now", lambda: NOW)
    monkeypatch.setattr(wall, "PAGES", wall.Kept())
    monkeypatch.setattr(wall, "SCANS", wall.Scans())
    wall.UNKNOWN.forget()
    yield
    wall.UNKNOWN.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(wall.routes)


def consented(world: World, member_id: int) -> int:
    number: int = do(
        world.worker, record_consent, member_id=member_id, scope=ConsentScope.WALL, given_on=TODAY,
        way=ConsentWay.PAPER, told="姓名写在墙上和扫码页上",
    )  # fmt: skip
    return number


def test_a_scan_shows_the_promise_the_next_time_and_the_last(world: World, phone: Phone) -> None:
    number = a_promise(world, times=2)
    do(world.worker, mark_kept, commitment_id=number, on=TODAY, witness=WitnessKind.RESIDENT, witness_name="刘奶奶",
       words="", people=1)  # fmt: skip
    answer = phone.get(f"/w/{a_code(world)}")

    assert answer.status == 200
    for words in ("送学习材料上门并讲解", "每月 2 次", "3月31日", "柳林社区"):
        assert words in answer.text, words
    assert "刘奶奶" not in answer.text
    assert "<script" not in answer.text
    assert answer.wire < MOST_BYTES
    assert "set-cookie" not in answer.headers


def test_without_consent_the_surname_alone_stands_there_and_a_withdrawn_one_is_gone_at_the_next_scan(
    world: World, phone: Phone
) -> None:
    member = on_the_roll(world, "LL-M0042")
    a_promise(world, member)
    code = a_code(world)
    assert "党同志的承诺" in phone.get(f"/w/{code}").text

    consent = consented(world, member)
    assert "党员42的承诺" in phone.get(f"/w/{code}").text
    do(world.worker, withdraw_consent, consent_id=consent, reason="不想写全名")

    assert "党员42" not in phone.get(f"/w/{code}").text


def test_what_is_kept_shows_at_the_next_scan(world: World, phone: Phone) -> None:
    number = a_promise(world)
    code = a_code(world)
    assert "还没有记录" in phone.get(f"/w/{code}").text

    do(world.worker, mark_kept, commitment_id=number, on=TODAY - timedelta(days=1), witness=WitnessKind.NONE,
       witness_name="", words="", people=1)  # fmt: skip

    assert "2026年3月4日" in phone.get(f"/w/{code}").text


def test_a_code_that_was_taken_back_shows_nothing_from_the_next_scan_on(world: World, phone: Phone) -> None:
    a_promise(world)
    code = a_code(world)
    assert phone.get(f"/w/{code}").status == 200
    with reading(world.secretary) as session:
        (held,) = codes(session)

    do(world.secretary, revoke_code, code_id=held.code_id, version=held.code_version)

    assert phone.get(f"/w/{code}").status == 410
    with pytest.raises(Refused, match="code_revoked"):
        do(world.secretary, revoke_code, code_id=held.code_id, version=held.code_version + 1)


def test_who_left_the_roll_is_shown_no_more_and_a_new_name_at_once(world: World, phone: Phone) -> None:
    member = on_the_roll(world)
    a_promise(world, member)
    consented(world, member)
    code = a_code(world)
    phone.get(f"/w/{code}")
    with as_system("test") as session:
        session.get_one(Member, member).name = "新姓名"
    assert "新姓名的承诺" in phone.get(f"/w/{code}").text

    with as_system("test") as session:
        session.get_one(Member, member).ended_on = TODAY

    assert phone.get(f"/w/{code}").status == 410


def test_an_unknown_code_says_so_and_slows_down_those_who_try(world: World, phone: Phone) -> None:
    answers = [phone.get(f"/w/{number:013d}").status for number in range(62)]

    assert answers == [404] * 60 + [429] * 2


def test_scans_are_counted_by_community_and_day_alone(world: World, phone: Phone) -> None:
    a_promise(world)
    code = a_code(world)
    for _n in range(3):
        phone.get(f"/w/{code}")
    wall.SCANS.write()
    phone.get(f"/w/{code}")
    wall.SCANS.write()

    with reading(world.secretary) as session:
        assert scans_by_day(session, since=TODAY) == [(TODAY, 4)]
    with reading(world.other_secretary) as session:
        assert scans_by_day(session, since=TODAY) == []
    assert {column.key for column in WallScan.__table__.columns} == {"id", "community_id", "on", "scans"}


def test_codes_are_made_once_and_the_board_is_in_the_order_of_branch_and_roll(world: World) -> None:
    first, second = on_the_roll(world, "LL-M0002"), on_the_roll(world, "LL-M0001")
    with as_system("test") as session:
        session.get_one(Branch, session.get_one(Member, first).branch_id).name = "乙支部"
        session.get_one(Branch, session.get_one(Member, second).branch_id).name = "甲支部"
    for member in (first, second):
        a_promise(world, member)
    a_promise(world, on_the_roll(world, "LL-M0003"), state=CommitmentState.APPROVED)

    assert [do(world.secretary, give_codes) for _n in range(2)] == [2, 0]
    with reading(world.secretary) as session:
        hung = board(session, today=TODAY, codes=True)
    assert {one.branch for one in hung} == {"甲支部", "乙支部"}
    assert [one.branch for one in hung] == sorted(one.branch for one in hung)
    assert all(len(one.code) == 13 for one in hung)
