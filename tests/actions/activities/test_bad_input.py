"""The forms of market days and outings, tried with everything that a person, a paste or a forged request can send."""

from datetime import time, timedelta
from typing import Any

import pytest

from db.actions.activities.market import (
    add_stall,
    amend_stall,
    call_off_stall,
    copy_stalls,
    open_tallies,
    renew_tally,
    revoke_tally,
    set_market_hours,
)
from db.actions.activities.market_staff import leave_stall, place_helper
from db.actions.activities.market_tally import close_market, correct_tally
from db.actions.activities.outing import drop_escort, pair_up, replace_escort, set_trip, stay_home
from db.actions.activities.outing_steps import close_outing, come_back, leave_with, see_contact
from tests.builders.activities import a_market, a_pair, a_stall, a_stall_helper, a_tally, an_outing
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
NO_CLOCK: tuple[Any, ...] = (None, "09:00", 540, TODAY)
STALL = {"number": 3, "item": "磨刀", "description": "每户两把", "needs": "水桶", "helpers": 2, "planned": 30}
TEXTS, EMPTY = {"item": 20, "description": 100, "needs": 100}, frozenset({"description", "needs", "number"})
NUMBERS = {"number": (1, 99), "helpers": (1, 20), "planned": (0, 5000)}


@FORMS.add
def hours(world: World) -> Form:
    right = {"activity_id": a_market(world), "opens": time(9), "closes": time(11)}
    wrong = [{name: one} for name in ("opens", "closes") for one in NO_CLOCK]
    return Form(set_market_hours, world.worker, right, ids=("activity_id",), also=(*wrong, {"closes": time(9)}))


@FORMS.add
def stall(world: World) -> Form:
    return Form(add_stall, world.worker, {"activity_id": a_market(world)} | STALL, TEXTS, optional=EMPTY,
                numbers=NUMBERS, ids=("activity_id",))  # fmt: skip


@FORMS.add
def stall_amended(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "version": 1} | STALL
    return Form(amend_stall, world.worker, right, TEXTS, optional=EMPTY, numbers=NUMBERS, ids=("stall_id",))


@FORMS.add
def stall_off(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "version": 1, "reason": "下雨"}
    return Form(call_off_stall, world.worker, right, {"reason": 200}, ids=("stall_id",))


@FORMS.add
def stalls_copied(world: World) -> Form:
    last = a_market(world, TODAY - timedelta(days=28))
    a_stall(world, last)
    right = {"activity_id": a_market(world), "from_id": last}
    return Form(copy_stalls, world.worker, right, ids=("activity_id", "from_id"))


@FORMS.add
def tallies(world: World) -> Form:
    market = a_market(world)
    a_stall(world, market)
    return Form(open_tallies, world.worker, {"activity_id": market}, ids=("activity_id",))


@FORMS.add
def tally_renewed(world: World) -> Form:
    return Form(renew_tally, world.worker, {"stall_id": a_stall(world, a_market(world))}, ids=("stall_id",))


@FORMS.add
def tally_revoked(world: World) -> Form:
    held = a_stall(world, a_market(world))
    a_tally(world, held)
    return Form(revoke_tally, world.worker, {"stall_id": held}, ids=("stall_id",))


@FORMS.add
def helper(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "volunteer_id": a_volunteer(world), "starts": time(9),
             "ends": time(11)}  # fmt: skip
    wrong = [{name: one} for name in ("starts", "ends") for one in NO_CLOCK]
    return Form(place_helper, world.worker, right, ids=("stall_id", "volunteer_id"), also=(*wrong, {"ends": time(8)}))


@FORMS.add
def helper_left(world: World) -> Form:
    right = {"helper_id": a_stall_helper(world, a_stall(world, a_market(world)), a_volunteer(world)), "reason": "病了"}
    return Form(leave_stall, world.worker, right, {"reason": 200}, ids=("helper_id",))


@FORMS.add
def market_closed(world: World) -> Form:
    market = a_market(world)
    a_stall(world, market)
    return Form(close_market, world.worker, {"activity_id": market}, ids=("activity_id",))


@FORMS.add
def tally_corrected(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "served": 12, "reason": "手机没电，补记"}
    return Form(correct_tally, world.worker, right, {"reason": 200}, numbers={"served": (1, 100_000)},
                ids=("stall_id",), also=({"served": 0},))  # fmt: skip


@FORMS.add
def trip(world: World) -> Form:
    right = {"activity_id": an_outing(world), "meeting_point": "门口", "most": 2}
    return Form(set_trip, world.worker, right, {"meeting_point": 100}, optional=frozenset({"meeting_point"}),
                numbers={"most": (1, 2)}, ids=("activity_id",))  # fmt: skip


@FORMS.add
def pair(world: World) -> Form:
    right = {"activity_id": an_outing(world), "person_id": None, "elder_name": "甄老人", "alias": "甄阿婆",
             "volunteer_id": a_volunteer(world), "contact_name": "甄女儿", "contact_phone": "13800001234",
             "another": False}  # fmt: skip
    wrong = [{name: one} for name in ("person_id", "volunteer_id") for one in NO_ID if one is not None]
    return Form(
        pair_up, world.worker, right, {"elder_name": 30, "alias": 20, "contact_name": 30}, {"contact_phone": 40},
        frozenset({"elder_name", "alias"}), ids=("activity_id",), also=tuple(wrong),
    )  # fmt: skip


@FORMS.add
def escort_replaced(world: World) -> Form:
    right = {"pair_id": a_pair(world, an_outing(world), number="V1"), "version": 1,
             "volunteer_id": a_volunteer(world, "V2"), "reason": "换人"}  # fmt: skip
    return Form(replace_escort, world.worker, right, {"reason": 200}, ids=("pair_id", "volunteer_id"))


@FORMS.add
def escort_dropped(world: World) -> Form:
    right = {"pair_id": a_pair(world, an_outing(world), number="V1"), "version": 1, "reason": "有事"}
    return Form(drop_escort, world.worker, right, {"reason": 200}, ids=("pair_id",))


@FORMS.add
def elder_stays(world: World) -> Form:
    right = {"pair_id": a_pair(world, an_outing(world), number="V1"), "version": 1, "reason": "下雨"}
    return Form(stay_home, world.worker, right, {"reason": 200}, ids=("pair_id",))


TICKED = {"ticks": [], "all_checked": True, "missing": "没带手机", "at": time(9)}
NO_TICKS: tuple[dict[str, Any], ...] = (
    {"ticks": ["steal"]}, {"ticks": "papers"}, {"ticks": [5]}, {"all_checked": "yes"}, {"all_checked": None},
    {"all_checked": False, "missing": ""}, {"at": time(23, 59)}, {"at": "09:00"}, {"at": 9},
)  # fmt: skip


@FORMS.add
def left(world: World) -> Form:
    right = {"pair_id": a_pair(world, an_outing(world), number="V1"), "version": 1} | TICKED
    return Form(leave_with, world.worker, right, {"missing": 200}, optional=frozenset({"missing", "at"}),
                ids=("pair_id",), also=NO_TICKS)  # fmt: skip


@FORMS.add
def returned(world: World) -> Form:
    out = a_pair(world, an_outing(world), number="V1")
    do(world.worker, leave_with, pair_id=out, version=1, all_checked=True, at=time(8))
    right = {"pair_id": out, "version": 2} | TICKED
    return Form(come_back, world.worker, right, {"missing": 200}, optional=frozenset({"missing", "at"}),
                ids=("pair_id",), also=(*NO_TICKS, {"at": time(7)}))  # fmt: skip


@FORMS.add
def contact(world: World) -> Form:
    right = {"pair_id": a_pair(world, an_outing(world), number="V1"), "reason": "告诉家属"}
    return Form(see_contact, world.worker, right, {"reason": 200}, ids=("pair_id",))


@FORMS.add
def outing_closed(world: World) -> Form:
    outing = an_outing(world)
    do(world.worker, stay_home, pair_id=a_pair(world, outing, number="V1"), version=1, reason="下雨")
    return Form(close_outing, world.worker, {"activity_id": outing, "note": "都好"}, {"note": 200},
                optional=frozenset({"note"}), ids=("activity_id",))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
