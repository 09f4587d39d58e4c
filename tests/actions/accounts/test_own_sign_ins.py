"""One's own sign-ins: listed with what is known again, ended one by one or all but this."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.accounts.own_sign_ins import end_other_sign_ins, end_sign_in
from db.actions.accounts.sign_in import enter, grant, open_attempt
from db.engine import reading, reading_as_system, utc_now
from db.errors import NotFound, Refused
from db.models import AuditEntry
from db.queries.accounts.accounts import signed_in_by
from db.queries.accounts.own import SignInRow, own_sign_ins
from db.rules.accounts.slowing import FREE
from db.rules.permissions import Actor
from tests.builders.world import World, do

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0"


def sign_in(username: str, mark: str = "", *, device: str = PHONE, inside: bool | None = True) -> str:
    ticket = grant(open_attempt(username, "10.0.0.1", now=utc_now()), now=utc_now())
    assert ticket is not None
    token = enter(ticket, device=device, mark=mark, inside=inside, now=utc_now())
    assert token is not None
    return token


def acting(token: str) -> Actor:
    found = signed_in_by(token, now=utc_now())
    assert found is not None
    return found.actor


def listed(actor: Actor) -> list[SignInRow]:
    with reading(actor) as session:
        return own_sign_ins(session, actor.id, now=utc_now())


def test_the_list_holds_the_own_living_sign_ins_with_device_and_network(world: World) -> None:
    here, _there = sign_in("secretary", "a" * 43), sign_in("secretary", "b" * 43, inside=False)
    sign_in("area_worker")
    actor = acting(here)

    found = listed(actor)

    assert {(row.agent, row.inside) for row in found} == {(PHONE, True), (PHONE, False)}
    assert actor.sign_in_id in {row.id for row in found}


def test_a_sign_in_that_was_ended_is_worth_nothing_and_its_browser_is_a_stranger(world: World) -> None:
    here, there = sign_in("secretary", "a" * 43), sign_in("secretary", "b" * 43)
    actor, other = acting(here), acting(there).sign_in_id

    do(actor, end_sign_in, sign_in_id=other)

    assert signed_in_by(there, now=utc_now()) is None
    assert signed_in_by(here, now=utc_now()) is not None
    assert [row.id for row in listed(actor)] == [actor.sign_in_id]
    for _ in range(FREE):
        open_attempt("secretary", "10.0.0.1", now=utc_now())
    later = utc_now() + timedelta(seconds=1)
    assert open_attempt("secretary", "10.0.0.1", mark="b" * 43, now=later).wait is not None
    assert open_attempt("secretary", "10.0.0.1", mark="a" * 43, now=later).wait is None
    with reading_as_system("test") as session:
        assert "sign_out" in session.scalars(select(AuditEntry.operation)).all()


def test_nobody_ends_a_sign_in_of_somebody_else_or_the_one_that_asks(world: World) -> None:
    actor, foreign = acting(sign_in("secretary")), acting(sign_in("area_worker")).sign_in_id

    for unknown in (foreign, 10**15):
        with pytest.raises(NotFound):
            do(actor, end_sign_in, sign_in_id=unknown)
    with pytest.raises(Refused) as refused:
        do(actor, end_sign_in, sign_in_id=actor.sign_in_id)

    assert refused.value.rule == "this_sign_in"


def test_all_others_end_at_once(world: World) -> None:
    here = sign_in("secretary")
    others = [sign_in("secretary") for _ in range(3)]
    foreign = sign_in("area_worker")

    assert do(acting(here), end_other_sign_ins) == 3

    assert [signed_in_by(token, now=utc_now()) is not None for token in (here, *others, foreign)] == [
        True, False, False, False, True,
    ]  # fmt: skip
    assert do(replace(acting(here)), end_other_sign_ins) == 0
