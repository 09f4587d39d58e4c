"""The forms of accounts, tried with everything that a person, a paste or a forged request can send."""

import pytest

from db.actions.accounts.accounts import create_account
from db.actions.admin.leaving import change_account
from db.passwords import PasswordHash
from db.terms import (
    Role,
)
from tests.builders.world import World
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def account(world: World) -> Form:
    right = {"username": "li.mei", "name": "李梅", "role": Role.AREA_WORKER, "community_id": world.here,
             "password_hash": PasswordHash("!")}  # fmt: skip
    return Form(create_account, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, {"username": 60}, choices=("role",),
                ids=("community_id",))  # fmt: skip


@FORMS.add
def account_changed(world: World) -> Form:
    right = {"account_id": world.worker.id, "version": 1, "name": "改名", "role": Role.SECRETARY,
             "community_id": world.there, "sees_restricted": False}  # fmt: skip
    return Form(change_account, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, choices=("role",),
                ids=("account_id", "community_id"))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
