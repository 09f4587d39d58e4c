"""The machinery of bad input finds an action that is careless."""

from datetime import datetime
from typing import Any

from db.models import Need
from tests.builders.needs import a_need
from tests.builders.world import World
from tests.support.bad_input import Form, complaints


def test_the_table_finds_a_form_that_lets_something_through(small_world: World) -> None:
    def careless(session: Any, *, need_id: int, version: int, reason: str, now: datetime) -> int:
        session.get(Need, need_id).title = str(reason).encode(errors="replace").decode()[:60]
        return need_id

    right = {"need_id": a_need(small_world), "version": 1, "reason": "重复登记"}

    found = complaints(Form(careless, small_world.secretary, right, texts={"reason": 60}))

    assert any("must not be empty" in complaint for complaint in found)
    assert any("version" in complaint for complaint in found)
