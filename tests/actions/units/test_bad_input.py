"""The forms of units, tried with everything that a person, a paste or a forged request can send."""

from datetime import timedelta

import pytest

from db.actions.units.requests import (
    ask_resource,
    cancel_request,
    decline_request,
    promise_request,
    record_use,
    thank_unit,
    withdraw_promise,
)
from db.actions.units.resources import close_resource, save_resource
from db.actions.units.units import end_unit, save_unit, take_back_unit, unmask_unit
from db.terms import DayPart, ResourceKind, UnitKind, Weekday
from tests.builders.units import HALL_DAY, a_request, a_resource, a_unit, promised, used
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def unit(world: World) -> Form:
    right = {
        "name": "澄湖文化站", "kind": UnitKind.INSTITUTION, "address": "澄湖路1号", "contact_name": "周测试",
        "contact_phone": "10012345678", "agreed_on": TODAY, "agreed_until": TODAY + timedelta(days=365),
        "home_id": None,
    }  # fmt: skip
    return Form(
        save_unit, world.secretary, right, {"address": 200, "contact_name": 30},
        codes={"name": 60, "contact_phone": 40}, optional=frozenset({"address", "contact_name", "contact_phone"}),
        choices=("kind",), also=({"agreed_until": TODAY - timedelta(days=1)}, {"agreed_on": None}),
    )  # fmt: skip


@FORMS.add
def unit_ended(world: World) -> Form:
    right = {"unit_id": a_unit(world), "version": 1, "on": TODAY, "reason": "搬走"}
    return Form(end_unit, world.secretary, right, {"reason": 200}, days=("on",), ids=("unit_id",))


@FORMS.add
def unit_taken_back(world: World) -> Form:
    one = a_unit(world)
    do(world.secretary, end_unit, unit_id=one, version=1, on=TODAY, reason="搬走")
    right = {"unit_id": one, "version": 2, "reason": "又回来了"}
    return Form(take_back_unit, world.secretary, right, {"reason": 200}, ids=("unit_id",))


@FORMS.add
def unit_unmasked(world: World) -> Form:
    return Form(unmask_unit, world.worker, {"unit_id": a_unit(world), "reason": "商量"}, ids=("unit_id",))


@FORMS.add
def resource(world: World) -> Form:
    right = {
        "unit_id": a_unit(world), "name": "会堂", "kind": ResourceKind.VENUE, "amount": 80, "measure": "座",
        "category_id": None, "skill": "调音", "words": "开会", "place": "二楼", "weekdays": (Weekday.MONDAY,),
        "parts": (DayPart.MORNING,), "from_on": TODAY, "until_on": TODAY + timedelta(days=9), "conditions": "打扫",
    }  # fmt: skip
    texts = {"name": 60, "measure": 12, "skill": 20, "words": 200, "place": 200, "conditions": 200}
    return Form(
        save_resource, world.secretary, right, texts, optional=frozenset({"skill", "words", "place", "conditions"}),
        numbers={"amount": (1, 100_000)}, choices=("kind",), ids=("unit_id",),
        also=({"until_on": TODAY - timedelta(days=1)}, {"weekdays": ("no",)}, {"parts": ("no",)}),
    )  # fmt: skip


@FORMS.add
def resource_closed(world: World) -> Form:
    right = {"resource_id": a_resource(world, a_unit(world)), "version": 1, "reason": "装修"}
    return Form(close_resource, world.secretary, right, {"reason": 200}, ids=("resource_id",))


@FORMS.add
def asked(world: World) -> Form:
    right = {
        "resource_id": a_resource(world, a_unit(world), amount=100_000), "amount": 20, "on_day": HALL_DAY,
        "until_on": None, "part": None, "purpose": "开会",
    }  # fmt: skip
    return Form(
        ask_resource, world.worker, right, {"purpose": 200}, numbers={"amount": (1, 100_000)}, days=("on_day",),
        ids=("resource_id",),
        also=(
            {"until_on": HALL_DAY - timedelta(days=1)}, {"until_on": HALL_DAY + timedelta(days=70)}, {"part": "no"},
            {"need_id": 10**9}, {"project_id": -1},
        ),
    )  # fmt: skip


def _of(world: World, number: int, **more: object) -> dict[str, object]:
    return {"request_id": number, "version": 1, **more}


@FORMS.add
def said_yes(world: World) -> Form:
    right = _of(world, a_request(world, a_resource(world, a_unit(world))), said_by="周主席", note="早点来")
    return Form(
        promise_request, world.worker, right, {"said_by": 30, "note": 200}, optional=frozenset({"note"}),
        ids=("request_id",),
    )  # fmt: skip


@FORMS.add
def said_no(world: World) -> Form:
    right = _of(world, a_request(world, a_resource(world, a_unit(world))), said_by="周主席", reason="装修")
    return Form(decline_request, world.worker, right, {"said_by": 30, "reason": 200}, ids=("request_id",))


@FORMS.add
def taken_back(world: World) -> Form:
    right = _of(world, promised(world, a_resource(world, a_unit(world))), said_by="周主席", reason="装修")
    right["version"] = 2
    return Form(withdraw_promise, world.worker, right, {"said_by": 30, "reason": 200}, ids=("request_id",))


@FORMS.add
def called_off(world: World) -> Form:
    right = _of(world, a_request(world, a_resource(world, a_unit(world))), reason="改期")
    return Form(cancel_request, world.worker, right, {"reason": 200}, ids=("request_id",))


@FORMS.add
def was_used(world: World) -> Form:
    one = promised(world, a_resource(world, a_unit(world)), on_day=TODAY)
    right = _of(world, one, used_amount=60, used_words="开了会") | {"version": 2}
    return Form(
        record_use, world.worker, right, {"used_words": 200}, numbers={"used_amount": (1, 100_000)},
        ids=("request_id",),
    )  # fmt: skip


@FORMS.add
def was_thanked(world: World) -> Form:
    right = _of(world, used(world, a_resource(world, a_unit(world))), words="感谢信") | {"version": 3}
    # How a unit was thanked stands in its history, which is a log of its own.
    return Form(thank_unit, world.worker, right, {"words": 200}, ids=("request_id",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, small_world: World) -> None:
    assert complaints(FORMS[name](small_world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, small_world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](small_world)) == []
