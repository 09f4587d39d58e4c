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
from tests.builders.activities import a_unit, an_event, helped, sessions, signed_up, the_activity
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
    right = {"participant_ids": [signed_up(world, an_event(world))["id"]]}
    return Form(mark_told, world.worker, right,
                also=({"participant_ids": []}, *({"participant_ids": [one]} for one in NO_ID)))  # fmt: skip


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


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
