"""Forms of the roster's desk and of the calendar's address, with everything that somebody can send."""

from datetime import timedelta

import pytest

from db.actions.rota.feeds import make_feed, new_feed_token
from db.actions.rota.proposals import draft_roster, move_in_draft, put_in_draft, serve_together, take_from_draft
from tests.builders.orders import a_helper
from tests.builders.rota import a_post, a_rota, a_slot
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
GIVEN = {
    "first_on": TODAY,
    "last_on": TODAY + timedelta(days=7),
    "per_week": 3,
    "per_day": 1,
    "hours_between": 8,
    "unknown_free": True,
}
NUMBERS = {"per_week": (1, 14), "per_day": (1, 3), "hours_between": (0, 48)}


def a_draft(world: World) -> tuple[int, int, int, int]:
    """A draft with one person in the first of two slots: its id, the slots, the person."""
    rota = a_rota(world)
    post = a_post(world, rota)
    slot, other = (a_slot(world, rota, post, TODAY + timedelta(days=ahead)) for ahead in (1, 2))
    person = a_volunteer(world)
    made = do(world.worker, draft_roster, rota_id=rota, filling=[(person, slot)], result={}, **GIVEN)
    return made, slot, other, person


@FORMS.add
def drafted(world: World) -> Form:
    right = {"rota_id": a_rota(world), "filling": [], "result": {}} | GIVEN
    backwards = {"last_on": TODAY - timedelta(days=1)}
    made_up = [{"filling": [(one, 1)]} for one in NO_ID if one != 10**9]
    return Form(draft_roster, world.worker, right, numbers=NUMBERS, days=("first_on", "last_on"), ids=("rota_id",),
                also=(backwards, {"last_on": TODAY + timedelta(days=400)}, *made_up))  # fmt: skip


@FORMS.add
def put_in(world: World) -> Form:
    draft, _slot, other, _person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "slot_id": other, "volunteer_id": a_volunteer(world, "V002")}
    return Form(put_in_draft, world.worker, right, ids=("draft_id", "slot_id", "volunteer_id"))


@FORMS.add
def taken_out(world: World) -> Form:
    draft, slot, _other, person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "slot_id": slot, "volunteer_id": person}
    return Form(take_from_draft, world.worker, right, ids=("draft_id",), also=({"volunteer_id": 0}, {"slot_id": 0}))


@FORMS.add
def moved(world: World) -> Form:
    draft, slot, other, person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "slot_id": slot, "volunteer_id": person, "to_slot_id": other}
    return Form(move_in_draft, world.worker, right, ids=("draft_id", "to_slot_id"), also=({"to_slot_id": None},))


@FORMS.add
def friends(world: World) -> Form:
    draft, _slot, _other, person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "one_id": person, "other_id": a_volunteer(world, "V002")}
    return Form(serve_together, world.worker, right, ids=("draft_id", "one_id", "other_id"))


@FORMS.add
def calendar(world: World) -> Form:
    person, _volunteer = a_helper(world)
    wrong = tuple({"token": token} for token in ("", "x", "x" * 44, 5, None, ["a"]))
    return Form(make_feed, person, {"token": new_feed_token()}, also=wrong)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
