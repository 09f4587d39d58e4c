"""Votes by slip that come in one moment are stored in one piece of writing; each is told what became of its own."""

import asyncio
import sqlite3
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from db.actions.voting import slips as slip_actions
from db.actions.voting.slips import SlipReceipt, SlipVote, cast_by_slips, void_slips
from db.actions.voting.voting import open_ballot, stop_ballot
from db.engine import engine, reading_as_system
from db.errors import BadInput, Busy, Refused, StorageFull
from db.models import AssistedEntry, AuditEntry, Sealed, SecretVote, SlipChange, box_code
from db.rules.voting.slip_code import new_code
from db.terms import VoteMethod
from pages.public import slip as slip_page
from tests.builders.meetings import in_session
from tests.builders.voting import printed_slips
from tests.builders.world import World, do
from tests.support.browser import in_own_loop
from tests.support.phone import Answer, Phone

VOTERS = 11


def a_ballot(world: World, number: int = 1) -> tuple[int, int, list[str]]:
    """A ballot by slip of eleven, with three slips too many that are void: meeting, ballot, codes."""
    meeting, items = in_session(world, present=VOTERS)
    codes = printed_slips(world, meeting, VOTERS + 3)
    do(world.worker, void_slips, meeting_id=meeting, serials=[12, 13, 14], reason="余票")
    ballot: int = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    return meeting, ballot, codes


def in_the_box() -> list[Sealed]:
    with reading_as_system("test") as session:
        return sorted(Sealed.read(sealed) for sealed in session.scalars(select(SecretVote.sealed)) if sealed)


def rows(model: Any) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def rule(told: SlipReceipt | Exception) -> str:
    if isinstance(told, Refused):
        return told.rule
    return told.field if isinstance(told, BadInput) else "stored" if isinstance(told, SlipReceipt) else str(told)


def test_each_is_told_its_own_and_a_refused_one_takes_nobody_down(world: World) -> None:
    _, ballot, codes = a_ballot(world)
    noted = rows(AuditEntry)

    told = cast_by_slips([
        SlipVote(codes[0], ballot, "for"),
        SlipVote(new_code(), ballot, "for"),
        SlipVote(codes[11], ballot, "for"),
        SlipVote(codes[1], ballot, "against", "陈见证"),
        SlipVote(codes[2], ballot, "maybe"),
        SlipVote(codes[3], ballot, "for", "长" * 61),
        SlipVote(codes[4], ballot + 1, "for"),
        SlipVote(codes[5], ballot, "abstain"),
    ])  # fmt: skip

    assert [rule(one) for one in told] == [
        "stored", "slip_unknown", "slip_void", "stored", "choice", "witness", "ballot_closed", "stored",
    ]  # fmt: skip
    receipts = {(one.pattern, one.check_code) for one in told if isinstance(one, SlipReceipt)}
    assert {(one.choice, one.check_code) for one in in_the_box()} == receipts
    assert (rows(SecretVote), rows(AssistedEntry), rows(AuditEntry)) == (3, 1, noted)


def test_of_one_slip_sent_several_times_in_one_moment_the_last_counts_and_each_change_is_counted(world: World) -> None:
    _, ballot, codes = a_ballot(world)

    said = [("for", "a"), ("for", "a"), ("against", "a"), ("against", "b"), ("abstain", "b")]
    told = cast_by_slips([SlipVote(codes[0], ballot, choice, "陈见证", phone) for choice, phone in said])

    assert [one.pattern for one in told if isinstance(one, SlipReceipt)] == [choice for choice, _ in said]
    assert [one.choice for one in in_the_box()] == ["abstain"]
    assert (rows(SlipChange), rows(AssistedEntry)) == (3, 1)


def test_after_the_stop_all_are_refused_and_nothing_is_stored(world: World) -> None:
    _, ballot, codes = a_ballot(world)
    do(world.secretary, stop_ballot, ballot_id=ballot)

    told = cast_by_slips([SlipVote(code, ballot, "for") for code in codes[:VOTERS]])

    assert {rule(one) for one in told} == {"ballot_stopped"}
    assert in_the_box() == []


def test_eleven_votes_take_as_many_statements_as_two(world: World) -> None:
    _, ballot, codes = a_ballot(world)
    seen: list[str] = []
    event.listen(engine(), "before_cursor_execute", lambda *given: seen.append(given[2]))

    counts = []
    for number in (2, VOTERS):
        seen.clear()
        cast_by_slips([SlipVote(code, ballot, "for") for code in codes[:number]])
        counts.append(len([statement for statement in seen if "pg_advisory" not in statement]))

    assert rows(SecretVote) == VOTERS
    assert counts[0] == counts[1]


def breaking(code: str, error: Exception) -> Any:
    """The vote of one slip breaks what it is stored with."""
    put_in = slip_actions._put_in

    def put(session: Any, ballot_id: int, taken: Any) -> None:
        put_in(session, ballot_id, taken)
        if box_code(code, ballot_id) in {one.box for one in taken}:
            raise error

    return put


def test_what_breaks_the_writing_hits_only_the_one_that_brought_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ballot, codes = a_ballot(world)
    broken = IntegrityError("INSERT", {}, Exception("a rule of the table"))
    monkeypatch.setattr(slip_actions, "_put_in", breaking(codes[2], broken))

    told = cast_by_slips([SlipVote(code, ballot, "for") for code in codes[:5]])

    assert [one is broken for one in told] == [False, False, True, False, False]
    assert {one.check_code for one in in_the_box()} == {one.check_code for one in told if isinstance(one, SlipReceipt)}
    assert rows(SecretVote) == 4


def test_a_full_disk_is_told_to_all_and_nobody_tries_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, ballot, codes = a_ballot(world)
    full = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    monkeypatch.setattr(slip_actions, "_put_in", breaking(codes[2], full))

    told = cast_by_slips([SlipVote(code, ballot, "for") for code in codes[:5]])

    assert [type(one) for one in told] == [StorageFull] * 5
    assert issubclass(StorageFull, Busy)
    assert in_the_box() == []


def test_a_hall_of_phones_in_one_moment_each_gets_its_page(small_world: World) -> None:
    _, ballot, codes = a_ballot(small_world)
    commits: list[object] = []
    event.listen(engine(), "commit", commits.append)
    codes[5] = codes[11]

    async def hall() -> list[Answer]:
        sent = []
        for code in codes[:VOTERS]:
            body = f"ballot={ballot}&asks=motion.0.1&choice=for".encode()
            phone = Phone(slip_page.routes)
            form = {"content-type": "application/x-www-form-urlencoded"}
            sent.append(phone.spoken(phone.scope("POST", f"/v/{code}", len(body), form), body))
        return await asyncio.gather(*sent)

    answers = in_own_loop(hall())

    assert [answer.status for answer in answers] == [303] * 5 + [409] + [303] * 5
    assert "这张票已作废" in answers[5].text
    assert rows(SecretVote) == VOTERS - 1
    assert len(commits) <= 4, "the first, the others, and the looks of the one that was refused"
