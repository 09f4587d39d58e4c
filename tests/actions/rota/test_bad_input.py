"""The forms of rotas, tried with everything that a person, a paste or a forged request can send."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.rota.attendance import came_after_all, mark_slot
from db.actions.rota.feeds import make_feed, new_feed_token
from db.actions.rota.proposals import draft_roster, move_in_draft, put_in_draft, serve_together, take_from_draft
from db.actions.rota.rotas import add_posts, change_rota, make_rota
from db.actions.rota.slots import (
    call_off_day,
    call_off_slot,
    change_slot_places,
    lay_slots,
    move_slot,
    prolong_rota,
)
from db.actions.rota.swaps import answer_turn_swap, ask_turn_swap
from db.actions.rota.turns import give_back_turn, mark_told, put_in, replace_turn, take_out, unmask_turns
from db.terms import DaysOff, MonthEnd, SlotRhythm
from tests.builders.orders import a_helper
from tests.builders.rota import (
    a_helper_with_account,
    a_plain_rota,
    a_post,
    a_rota,
    a_slot,
    a_turn,
    an_open_slot,
    china,
    posts_of,
    slots_of,
)
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
TOMORROW = TODAY + timedelta(days=1)
HEAD: dict[str, Any] = {
    "title": "春运志愿服务", "place": "南广场", "call": "来帮一把", "starts_on": TODAY,
    "ends_on": TODAY + timedelta(days=39), "give_back_hours": 24,
}  # fmt: skip


@FORMS.add
def made(world: World) -> Form:
    return Form(
        make_rota, world.secretary, HEAD | {"posts": "进站口，引导"}, {"title": 60, "place": 200, "call": 500},
        optional=frozenset({"call"}), numbers={"give_back_hours": (0, 720)}, days=("starts_on", "ends_on"),
        also=(
            {"ends_on": TODAY - timedelta(days=1)}, {"ends_on": TODAY + timedelta(days=367)}, {"posts": ""},
            {"posts": "，，"}, {"posts": "一\n一"}, {"posts": "\n".join(map(str, range(13)))}, {"posts": "长" * 61},
            {"posts": 5}, {"starts_on": date(1, 1, 1)}, {"squad_id": 9999}, {"project_id": 9999}, {"place_id": 9999},
        ),
    )  # fmt: skip


@FORMS.add
def changed(world: World) -> Form:
    right = HEAD | {"rota_id": a_rota(world), "version": 1}
    return Form(
        change_rota, world.secretary, right, {"title": 60, "place": 200, "call": 500}, optional=frozenset({"call"}),
        numbers={"give_back_hours": (0, 720)}, days=("starts_on", "ends_on"), ids=("rota_id",),
        also=({"ends_on": TODAY - timedelta(days=1)},),
    )  # fmt: skip


@FORMS.add
def posts(world: World) -> Form:
    right = {"rota_id": a_rota(world), "posts": "站台，看秩序"}
    return Form(add_posts, world.secretary, right, ids=("rota_id",),
                also=({"posts": ""}, {"posts": "进站口"}, {"posts": "长" * 2001}, {"posts": []}))  # fmt: skip


@FORMS.add
def laid(world: World) -> Form:
    rota_id = a_rota(world)
    right = {
        "rota_id": rota_id, "post_ids": posts_of(world, rota_id), "rhythm": SlotRhythm.WEEKLY, "starts_on": TODAY,
        "until": TODAY + timedelta(days=30), "shifts": "22:00-06:00", "places": 2, "every": 1, "weekdays": [5],
        "month_day": 31, "month_end": MonthEnd.LAST_DAY, "days_off": DaysOff.ALSO,
    }  # fmt: skip
    return Form(
        lay_slots, world.secretary, right, numbers={"places": (1, 100)},
        days=("starts_on", "until"), choices=("rhythm", "days_off"), ids=("rota_id",),
        also=(
            {"places": 0}, {"places": 10_000}, {"every": 0}, {"every": 13},
            {"weekdays": []}, {"weekdays": [7]}, {"weekdays": ["一"]},
            {"post_ids": []}, *({"post_ids": [one]} for one in NO_ID), {"shifts": ""}, {"shifts": "早班"},
            {"shifts": "08:00-08:00"}, {"shifts": "06:00-20:00"}, {"shifts": "08:00-10:00\n08:00-12:00"},
            {"until": TODAY - timedelta(days=1)}, {"until": TODAY + timedelta(days=40)},
            {"starts_on": TODAY - timedelta(days=21)},
            {"rhythm": SlotRhythm.MONTHLY, "month_day": 0}, {"rhythm": SlotRhythm.MONTHLY, "month_day": 32},
        ),
    )  # fmt: skip


@FORMS.add
def prolonged(world: World) -> Form:
    rota_id = a_rota(world)
    do(world.secretary, lay_slots, rota_id=rota_id, post_ids=posts_of(world, rota_id), rhythm=SlotRhythm.DAILY,
       starts_on=TODAY, until=TODAY + timedelta(days=39), shifts="08:00-12:00", places=1)  # fmt: skip
    right = {"rota_id": rota_id, "version": 1, "ends_on": TODAY + timedelta(days=50)}
    return Form(prolong_rota, world.secretary, right, days=("ends_on",), ids=("rota_id",),
                also=({"ends_on": TODAY}, {"ends_on": TODAY + timedelta(days=500)}))  # fmt: skip


@FORMS.add
def moved(world: World) -> Form:
    right = {"slot_id": an_open_slot(world), "version": 1, "on": TOMORROW, "shift": "22:00-06:00"}
    return Form(move_slot, world.secretary, right, days=("on",), ids=("slot_id",),
                also=({"shift": ""}, {"shift": "早"}, {"shift": "08:00-12:00"}, {"on": TODAY, "shift": "08:00-09:00"},
                      {"on": TODAY + timedelta(days=40)}))  # fmt: skip


@FORMS.add
def places(world: World) -> Form:
    return Form(change_slot_places, world.secretary, {"slot_id": an_open_slot(world), "places": 3},
                numbers={"places": (1, 100)}, ids=("slot_id",))  # fmt: skip


@FORMS.add
def called_off(world: World) -> Form:
    return Form(call_off_slot, world.secretary, {"slot_id": an_open_slot(world), "reason": "台风"}, {"reason": 200},
                ids=("slot_id",))  # fmt: skip


@FORMS.add
def day_called_off(world: World) -> Form:
    right = {"rota_id": a_rota(world, opened=True), "on": TOMORROW, "reason": "台风"}
    return Form(call_off_day, world.secretary, right, {"reason": 200}, days=("on",), ids=("rota_id",))


@FORMS.add
def someone_put_in(world: World) -> Form:
    right = {"slot_id": an_open_slot(world), "volunteer_id": a_volunteer(world)}
    return Form(put_in, world.secretary, right, ids=("slot_id", "volunteer_id"))


def _taken(world: World, **more: Any) -> tuple[Any, int]:
    person, _id = a_helper_with_account(world, "one")
    return person, a_turn(world, person, an_open_slot(world, starts_on=TODAY + timedelta(days=2), **more))


@FORMS.add
def given_back(world: World) -> Form:
    person, turn = _taken(world)
    return Form(give_back_turn, person, {"turn_id": turn, "reason": "出差"}, {"reason": 200}, ids=("turn_id",))


@FORMS.add
def taken_out(world: World) -> Form:
    _person, turn = _taken(world)
    return Form(take_out, world.secretary, {"turn_id": turn, "reason": "出差"}, {"reason": 200}, ids=("turn_id",))


@FORMS.add
def replaced(world: World) -> Form:
    _person, turn = _taken(world)
    right = {"turn_id": turn, "volunteer_id": a_volunteer(world, "two"), "reason": "发烧"}
    return Form(replace_turn, world.secretary, right, {"reason": 200}, ids=("turn_id", "volunteer_id"))


@FORMS.add
def told(world: World) -> Form:
    turn = do(world.secretary, put_in, slot_id=an_open_slot(world), volunteer_id=a_volunteer(world))
    return Form(mark_told, world.secretary, {"turn_ids": [turn]}, also=tuple({"turn_ids": [one]} for one in NO_ID))


@FORMS.add
def unmasked(world: World) -> Form:
    # The reason stands in the log, not in a row.
    return Form(unmask_turns, world.secretary, {"rota_id": a_rota(world), "reason": "打电话"}, ids=("rota_id",),
                also=({"reason": ""}, {"reason": "长" * 201}, {"reason": 5}))  # fmt: skip


def _marked(world: World) -> tuple[int, int]:
    """A slot of this morning with somebody in it: the two ids."""
    slot = an_open_slot(world, starts_on=TODAY, until=TODAY, shifts="08:00-10:00")
    return slot, do(world.secretary, put_in, slot_id=slot, volunteer_id=a_volunteer(world), now=china(TODAY, 7))


@FORMS.add
def marked(world: World) -> Form:
    slot, turn = _marked(world)
    right = {"slot_id": slot, "missed": [turn], "reason": "发烧"}
    return Form(mark_slot, world.secretary, right, {"reason": 200},
                ids=("slot_id",), also=({"note": "长" * 201}, *({"missed": [one]} for one in NO_ID)))  # fmt: skip


@FORMS.add
def set_right(world: World) -> Form:
    slot, turn = _marked(world)
    do(world.secretary, mark_slot, slot_id=slot, missed=[turn], reason="发烧")
    right = {"turn_id": turn, "reason": "有签到表"}
    return Form(came_after_all, world.worker, right, {"reason": 200}, ids=("turn_id",))


@FORMS.add
def swap_asked(world: World) -> Form:
    person, turn = _taken(world)
    return Form(ask_turn_swap, person, {"turn_id": turn, "wanted_id": None}, ids=("turn_id",),
                also=tuple({"wanted_id": one} for one in NO_ID))  # fmt: skip


@FORMS.add
def swap_answered(world: World) -> Form:
    rota_id = a_rota(world, opened=True)
    slots = [slot.id for slot in slots_of(world, rota_id)]
    (one, _id), (other, _other_id) = (a_helper_with_account(world, name) for name in ("one", "two"))
    mine, theirs = a_turn(world, one, slots[0]), a_turn(world, other, slots[2])
    right = {"swap_id": do(one, ask_turn_swap, turn_id=mine, wanted_id=theirs), "agreed": True}
    return Form(
        answer_turn_swap, other, right, ids=("swap_id",), also=({"agreed": None}, {"agreed": 1}, {"agreed": "是"})
    )


GIVEN = {
    "first_on": TODAY,
    "last_on": TODAY + timedelta(days=7),
    "per_week": 3,
    "per_day": 1,
    "hours_between": 8,
    "unknown_free": True,
}
LIMITS = {"per_week": (1, 14), "per_day": (1, 3), "hours_between": (0, 48)}


def a_draft(world: World) -> tuple[int, int, int, int]:
    """A draft with one person in the first of two slots: its id, the slots, the person."""
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    slot, other = (a_slot(world, rota, post, TODAY + timedelta(days=ahead)) for ahead in (1, 2))
    person = a_volunteer(world)
    made = do(world.worker, draft_roster, rota_id=rota, filling=[(person, slot)], result={}, **GIVEN)
    return made, slot, other, person


@FORMS.add
def drafted(world: World) -> Form:
    right = {"rota_id": a_plain_rota(world), "filling": [], "result": {}} | GIVEN
    backwards = {"last_on": TODAY - timedelta(days=1)}
    made_up = [{"filling": [(one, 1)]} for one in NO_ID if one != 10**9]
    return Form(draft_roster, world.worker, right, numbers=LIMITS, days=("first_on", "last_on"), ids=("rota_id",),
                also=(backwards, {"last_on": TODAY + timedelta(days=400)}, *made_up))  # fmt: skip


@FORMS.add
def put_in_roster(world: World) -> Form:
    draft, _slot, other, _person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "slot_id": other, "volunteer_id": a_volunteer(world, "V002")}
    return Form(put_in_draft, world.worker, right, ids=("draft_id", "slot_id", "volunteer_id"))


@FORMS.add
def taken_from_draft(world: World) -> Form:
    draft, slot, _other, person = a_draft(world)
    right = {"draft_id": draft, "version": 1, "slot_id": slot, "volunteer_id": person}
    return Form(take_from_draft, world.worker, right, ids=("draft_id",), also=({"volunteer_id": 0}, {"slot_id": 0}))


@FORMS.add
def moved_in_draft(world: World) -> Form:
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
