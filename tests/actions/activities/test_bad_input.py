"""Every form of activities with bad values: stored exactly as meant, or said why not."""

from datetime import time, timedelta
from typing import Any

import pytest

from db.actions.activities.activities import (
    amend_activity,
    call_off_activity,
    move_activity,
    note_notice,
    record_activity,
    set_up_activity,
)
from db.actions.activities.crew import HelperHours, assign_helper, credit_helpers, release_helper
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
from db.actions.activities.market_again import hold_again
from db.actions.activities.market_staff import leave_stall, place_helper
from db.actions.activities.market_tally import close_market, correct_tally
from db.actions.activities.outing import drop_escort, pair_up, replace_escort, set_trip, stay_home
from db.actions.activities.outing_steps import close_outing, come_back, leave_with, see_contact
from db.actions.activities.quotes import add_quote, drop_quote
from db.actions.activities.sessions import add_session, drop_session, take_presence
from db.actions.activities.sign_ups import (
    cancel_sign_up,
    close_sign_up,
    drop_guardian_consent,
    mark_told,
    open_sign_up,
    sign_up_list,
    sign_up_participant,
)
from db.terms import ActivityKind, ConsentScope
from tests.builders.activities import (
    a_market,
    a_pair,
    a_stall,
    a_stall_helper,
    a_tally,
    a_unit,
    an_event,
    an_outing,
    helped,
    sessions,
    signed_up,
    the_activity,
)
from tests.builders.people import a_consent, a_person
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do
from tests.support.bad_input import NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()
TEXTS = {"title": 60, "place": 60, "target": 60, "weather_plan": 200, "safety_person": 30}
OPTIONAL = frozenset({"target", "weather_plan", "safety_person"})
NUMBERS = {"needed": (1, 500), "places": (1, 5000), "cost_yuan": (0, 10_000_000)}
NO_CLOCK: tuple[Any, ...] = (None, "14:00", 14, 14.5, [], TODAY)


def _what(world: World) -> dict[str, Any]:
    return {"title": "沙龙", "kind": ActivityKind.SALON, "place": "中心", "target": "女性", "needed": 2, "places": 30,
            "cost_yuan": 200, "weather_plan": "改室内", "safety_person": "李工", "minors": True, "sensitive": False,
            "leading": [a_unit(world)]}  # fmt: skip


WRONG_UNITS: tuple[dict[str, Any], ...] = tuple({"assisting": [one]} for one in NO_ID)
WRONG_FLAGS = tuple({name: one} for name in ("minors", "sensitive") for one in (1, "yes", None))


@FORMS.add
def set_up(world: World) -> Form:
    right = {**_what(world), "on": TODAY, "begins": time(14), "ends": time(16)}
    same = {"assisting": right["leading"]}
    clocks = tuple({name: one} for name in ("begins", "ends") for one in NO_CLOCK)
    return Form(set_up_activity, world.secretary, right, TEXTS, optional=OPTIONAL, numbers=NUMBERS, days=("on",),
                choices=("kind",),
                also=(*clocks, {"ends": time(13)}, {"on": TODAY + timedelta(days=400)}, same,
                      *WRONG_UNITS, *WRONG_FLAGS, *({"lead_id": one} for one in NO_ID)))  # fmt: skip


@FORMS.add
def amended(world: World) -> Form:
    event = an_event(world)
    right = {"activity_id": event, "version": the_activity(event).version, **_what(world)}
    return Form(amend_activity, world.secretary, right, TEXTS, optional=OPTIONAL, numbers=NUMBERS, choices=("kind",),
                ids=("activity_id",), also=(*WRONG_UNITS, *WRONG_FLAGS))  # fmt: skip


@FORMS.add
def session(world: World) -> Form:
    right = {"activity_id": an_event(world), "on": TODAY + timedelta(days=1), "begins": time(9), "ends": time(11),
             "title": "第二天", "speaker": "姚老师", "modules": "花艺\n色彩"}  # fmt: skip
    many = "\n".join(str(n) for n in range(13))
    return Form(add_session, world.worker, right, {"title": 60, "speaker": 30},
                optional=frozenset({"title", "speaker"}), days=("on",), ids=("activity_id",),
                also=(*({"begins": one} for one in NO_CLOCK), {"modules": many}, {"modules": "长" * 61}, {"modules": 5},
                      {"on": TODAY, "begins": time(15), "ends": time(17)}))  # fmt: skip


@FORMS.add
def session_dropped(world: World) -> Form:
    event = an_event(world)
    do(world.worker, add_session, activity_id=event, on=TODAY + timedelta(days=1), begins=time(9), ends=time(11))
    return Form(drop_session, world.worker, {"session_id": sessions(event)[1].id}, ids=("session_id",))


@FORMS.add
def presence(world: World) -> Form:
    event = an_event(world)
    someone = signed_up(world, event)["id"]
    right = {"session_id": sessions(event)[0].id, "version": 1, "present": [someone], "heads": 9, "children": 0}
    return Form(take_presence, world.worker, right, numbers={"heads": (0, 100_000), "children": (0, 9)},
                ids=("session_id",), also=tuple({"present": [one]} for one in NO_ID))  # fmt: skip


@FORMS.add
def moved(world: World) -> Form:
    event = an_event(world)
    right = {
        "activity_id": event,
        "version": the_activity(event).version,
        "on": TODAY + timedelta(days=1),
        "reason": "雨",
    }
    return Form(move_activity, world.worker, right, {"reason": 200}, days=("on",), ids=("activity_id",),
                also=({"on": TODAY}, {"on": TODAY - timedelta(days=1)},
                      {"on": TODAY + timedelta(days=400)}))  # fmt: skip


@FORMS.add
def called_off(world: World) -> Form:
    event = an_event(world)
    right = {"activity_id": event, "version": the_activity(event).version, "reason": "停电"}
    return Form(call_off_activity, world.worker, right, {"reason": 500}, ids=("activity_id",))


@FORMS.add
def recorded(world: World) -> Form:
    event = an_event(world)
    right = {"activity_id": event, "version": the_activity(event).version, "report": "都办了", "people_served": 40,
             "asked": 20, "satisfied": 0, "cost_yuan": 300, "media": "街道公众号"}  # fmt: skip
    return Form(record_activity, world.worker, right, {"report": 500, "media": 200}, optional=frozenset({"media"}),
                numbers={"people_served": (0, 100_000), "asked": (0, 100_000), "satisfied": (0, 20),
                         "cost_yuan": (0, 10_000_000)}, ids=("activity_id",))  # fmt: skip


@FORMS.add
def noticed(world: World) -> Form:
    return Form(note_notice, world.worker, {"activity_id": an_event(world)}, ids=("activity_id",))


@FORMS.add
def participant(world: World) -> Form:
    right = {"activity_id": an_event(world, minors=True), "name": "王秀兰", "phone": "13812345678", "children": 2,
             "under_14": False, "guardian": "", "guardian_on": None, "volunteer_number": ""}  # fmt: skip
    child = {"under_14": True, "guardian": "妈妈", "guardian_on": TODAY}
    return Form(sign_up_participant, world.worker, right, {"name": 30}, {"phone": 20}, frozenset({"phone"}),
                numbers={"children": (0, 10)}, ids=("activity_id",),
                also=(child | {"guardian": ""}, child | {"guardian_on": None}, child | {"guardian": 5},
                      child | {"guardian_on": TODAY + timedelta(days=1)}, {"under_14": 1}, {"volunteer_number": "没有"},
                      {"volunteer_number": 5}))  # fmt: skip


@FORMS.add
def listed(world: World) -> Form:
    right = {"activity_id": an_event(world), "rows": [{"name": "王秀兰", "phone": "13812345678"}]}
    wrong: tuple[Any, ...] = (
        [],
        [{"name": "甲"}] * 301,
        [5],
        [{"name": ""}],
        [{"name": 5}],
        [{"name": "甲", "phone": "无"}],
    )
    return Form(sign_up_list, world.worker, right, ids=("activity_id",), also=tuple({"rows": one} for one in wrong))


@FORMS.add
def cancelled(world: World) -> Form:
    right = {"participant_id": signed_up(world, an_event(world))["id"], "version": 1}
    return Form(cancel_sign_up, world.worker, right, ids=("participant_id",))


@FORMS.add
def told(world: World) -> Form:
    event = an_event(world)
    right = {"activity_id": event, "participant_ids": [signed_up(world, event)["id"]]}
    return Form(mark_told, world.worker, right, ids=("activity_id",),
                also=({"participant_ids": []}, *({name: [one]} for name in ("participant_ids", "volunteer_ids")
                                                 for one in NO_ID)))  # fmt: skip


@FORMS.add
def guardian_dropped(world: World) -> Form:
    event = an_event(world, minors=True)
    child = signed_up(world, event, "小河", "", under_14=True, guardian="妈妈", guardian_on=TODAY)
    right = {"participant_id": child["id"], "version": 1}
    return Form(drop_guardian_consent, world.worker, right, ids=("participant_id",),
                also=({"participant_id": signed_up(world, event)["id"]},))  # fmt: skip


@FORMS.add
def page_opened(world: World) -> Form:
    return Form(open_sign_up, world.worker, {"activity_id": an_event(world)}, ids=("activity_id",))


@FORMS.add
def page_closed(world: World) -> Form:
    event = an_event(world)
    do(world.worker, open_sign_up, activity_id=event)
    return Form(close_sign_up, world.worker, {"activity_id": event}, ids=("activity_id",))


@FORMS.add
def helper(world: World) -> Form:
    right = {"activity_id": an_event(world), "volunteer_id": a_volunteer(world), "task": "签到"}
    return Form(assign_helper, world.worker, right, {"task": 60}, optional=frozenset({"task"}),
                ids=("activity_id", "volunteer_id"))  # fmt: skip


@FORMS.add
def helper_released(world: World) -> Form:
    right = {"helper_id": helped(world, an_event(world), a_volunteer(world))}
    return Form(release_helper, world.worker, right, ids=("helper_id",))


@FORMS.add
def hours(world: World) -> Form:
    event, one = an_event(world), a_volunteer(world)
    helped(world, event, one)
    right = {"activity_id": event, "served": [HelperHours(one, 60)]}
    minutes: tuple[Any, ...] = (0, 15, 721, 10**30, True, "60", 60.0)
    return Form(credit_helpers, world.worker, right, ids=("activity_id",),
                also=({"served": []}, {"served": [HelperHours(one, 60)] * 2}, {"served": [HelperHours(one, 510)]},
                      {"served": [HelperHours(one, 60, "长" * 201)]},
                      *({"served": [HelperHours(one, each)]} for each in minutes),
                      *({"served": [HelperHours(each, 60)]} for each in NO_ID)))  # fmt: skip


@FORMS.add
def quote(world: World) -> Form:
    story = a_consent(world.worker, a_person(world), scope=ConsentScope.STORY)
    right = {"activity_id": an_event(world), "words": "手不抖了", "called": "一位学员", "consent_id": story}
    return Form(add_quote, world.worker, right, {"words": 200, "called": 30}, optional=frozenset({"called"}),
                ids=("activity_id", "consent_id"))  # fmt: skip


@FORMS.add
def quote_dropped(world: World) -> Form:
    story = a_consent(world.worker, a_person(world), scope=ConsentScope.STORY)
    made = do(world.worker, add_quote, activity_id=an_event(world), words="好", called="", consent_id=story)
    return Form(drop_quote, world.worker, {"quote_id": made}, ids=("quote_id",))


NO_HOUR: tuple[Any, ...] = (None, "09:00", 540, TODAY)
STALL = {"number": 3, "item": "磨刀", "description": "每户两把", "needs": "水桶", "helpers": 2, "planned": 30}
STALL_TEXTS = {"item": 20, "description": 100, "needs": 100}
STALL_EMPTY = frozenset({"description", "needs", "number"})
STALL_NUMBERS = {"number": (1, 99), "helpers": (1, 20), "planned": (0, 5000)}


@FORMS.add
def market_hours(world: World) -> Form:
    right = {"activity_id": a_market(world), "opens": time(9), "closes": time(11)}
    wrong = [{name: one} for name in ("opens", "closes") for one in NO_HOUR]
    return Form(set_market_hours, world.worker, right, ids=("activity_id",), also=(*wrong, {"closes": time(9)}))


@FORMS.add
def stall(world: World) -> Form:
    return Form(add_stall, world.worker, {"activity_id": a_market(world)} | STALL, STALL_TEXTS, optional=STALL_EMPTY,
                numbers=STALL_NUMBERS, ids=("activity_id",))  # fmt: skip


@FORMS.add
def stall_amended(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "version": 1} | STALL
    return Form(
        amend_stall, world.worker, right, STALL_TEXTS, optional=STALL_EMPTY, numbers=STALL_NUMBERS, ids=("stall_id",)
    )


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
def market_again(world: World) -> Form:
    last = a_market(world, TODAY - timedelta(days=28))
    a_stall(world, last)
    right = {"from_id": last, "title": "四月集市", "on": TODAY, "sure": False}
    return Form(hold_again, world.worker, right, {"title": 60}, ids=("from_id",))


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
def stall_helper(world: World) -> Form:
    right = {"stall_id": a_stall(world, a_market(world)), "volunteer_id": a_volunteer(world), "starts": time(9),
             "ends": time(11)}  # fmt: skip
    wrong = [{name: one} for name in ("starts", "ends") for one in NO_HOUR]
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
