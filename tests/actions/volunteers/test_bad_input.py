"""The forms of volunteers, tried with everything that a person, a paste or a forged request can send."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.actions.orders.leaving import bring_back, end_volunteer, pause_volunteer
from db.actions.people.consents import record_consent
from db.actions.volunteers.activities import Served, cancel_activity, plan_activity, report_activity
from db.actions.volunteers.applications import (
    confirm_application,
    decline_application,
    join_application,
)
from db.actions.volunteers.hours import correct_order_hours, correct_service
from db.actions.volunteers.life import (
    agree_as_guardian,
    amend_particulars,
    resume_volunteer,
    unmask_volunteer,
    withdraw_guardian,
)
from db.actions.volunteers.merges import merge_volunteers
from db.actions.volunteers.openings import change_places, post_opening
from db.actions.volunteers.placements import (
    accept_placement,
    decline_placement,
    leave_team,
    recommend_volunteer,
    sign_up,
)
from db.actions.volunteers.settling import answer_finding, answer_hours, settle_hours, settle_sheet
from db.actions.volunteers.showcase import add_story, post_squad_opening
from db.actions.volunteers.squads import (
    add_theme,
    answer_request,
    ask_to_join,
    change_squad,
    change_theme,
    dissolve_squad,
    found_squad,
    join_squad,
    leave_own_squad,
    leave_squad,
    name_leaders,
    take_out_member,
)
from db.actions.volunteers.volunteers import (
    amend_volunteer,
    link_account,
    register_volunteer,
    rename_volunteer,
    unlink_account,
)
from db.terms import (
    ConsentScope,
    ConsentWay,
    HoursAnswer,
    HoursFinding,
    Interest,
    ProjectState,
    Role,
    VolunteerKind,
)
from tests.builders.orders import a_helper, an_order, served
from tests.builders.projects import a_goal, a_project
from tests.builders.volunteers import (
    a_member,
    a_slot,
    a_squad,
    a_theme,
    a_volunteer,
    a_volunteer_actor,
    an_activity,
    an_application,
    an_opening,
    credit_slot,
)
from tests.builders.world import NOW, TODAY, World, do
from tests.support.bad_input import NO_AMOUNT, NO_ID, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def opening(world: World) -> Form:
    right = {"project_id": a_project(world), "title": "电工", "skill": "电工", "task": "换灯", "places": 3}
    return Form(post_opening, world.secretary, right, {"title": 60, "skill": 60, "task": 200},
                optional=frozenset({"skill", "task"}), numbers={"places": (1, 200)}, ids=("project_id",))  # fmt: skip


@FORMS.add
def places(world: World) -> Form:
    right = {"opening_id": an_opening(world, a_project(world)), "places": 5}
    return Form(change_places, world.secretary, right, numbers={"places": (1, 200)}, ids=("opening_id",))


@FORMS.add
def recommended(world: World) -> Form:
    right = {"opening_id": an_opening(world, a_project(world)), "volunteer_id": a_volunteer(world),
             "recommended_by": "楼组长老李"}  # fmt: skip
    return Form(recommend_volunteer, world.secretary, right, {"recommended_by": 60},
                optional=frozenset({"recommended_by"}), ids=("opening_id", "volunteer_id"))  # fmt: skip


def _waiting(world: World) -> int:
    volunteer = world[Role.VOLUNTEER]
    a_volunteer(world, account_id=volunteer.id)
    placement: int = do(volunteer, sign_up, opening_id=an_opening(world, a_project(world)))
    return placement


@FORMS.add
def taken(world: World) -> Form:
    right = {"placement_id": _waiting(world), "version": 1, "word": "欢迎"}
    return Form(accept_placement, world.secretary, right, {"word": 200}, optional=frozenset({"word"}),
                ids=("placement_id",))  # fmt: skip


@FORMS.add
def declined(world: World) -> Form:
    right = {"placement_id": _waiting(world), "version": 1, "word": "人够了"}
    return Form(decline_placement, world.secretary, right, {"word": 200}, ids=("placement_id",))


@FORMS.add
def left(world: World) -> Form:
    right = {"placement_id": _waiting(world), "reason": "搬家"}
    return Form(leave_team, world.secretary, right, {"reason": 200}, ids=("placement_id",))


@FORMS.add
def volunteer(world: World) -> Form:
    right = {"name": "李梅", "phone": "13812345678", "kind": VolunteerKind.RESIDENT, "skills": ["电工"],
             "free_times": "周末"}  # fmt: skip
    return Form(
        register_volunteer, world.secretary, right, {"name": 30, "free_times": 60}, {"phone": 20},
        frozenset({"phone", "free_times"}), choices=("kind",),
        also=({"skills": ["长" * 21]}, {"skills": [f"会{n}" for n in range(9)]}, {"skills": [5]}),
    )  # fmt: skip


@FORMS.add
def volunteer_amended(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "version": 1, "skills": ["木工"], "free_times": "晚上"}
    return Form(amend_volunteer, world.secretary, right, {"free_times": 60}, optional=frozenset({"free_times"}),
                ids=("volunteer_id",), also=({"skills": ["长" * 100_000]},))  # fmt: skip


@FORMS.add
def squad(world: World) -> Form:
    right = {"name": "银龄先锋", "theme_id": a_theme(world), "slogan": "老有所为", "founded_on": TODAY}
    return Form(found_squad, world.secretary, right, {"name": 30, "slogan": 60}, optional=frozenset({"slogan"}),
                ids=("theme_id",), also=({"founded_on": TODAY + timedelta(days=1)},))  # fmt: skip


@FORMS.add
def activity(world: World) -> Form:
    right = {"project_id": a_project(world), "title": "换灯", "on": TODAY, "place": "1幢", "needed": 3}
    return Form(plan_activity, world.secretary, right, {"title": 60, "place": 60}, numbers={"needed": (1, 500)},
                days=("on",), ids=("project_id",), also=({"on": TODAY - timedelta(days=1)},))  # fmt: skip


@FORMS.add
def activity_reported(world: World) -> Form:
    ours = a_project(world, state=ProjectState.RUNNING)
    goal, member = a_goal(world, ours), a_member(world, ours)
    right = {"activity_id": an_activity(world, ours), "version": 1, "people_served": 30, "report": "换好 12 盏",
             "served": [Served(member, 60)], "readings": {goal: Decimal(12)}}  # fmt: skip
    hours: tuple[Any, ...] = (0, 15, 721, 750, 10**30, True, "60", 60.0)
    return Form(
        report_activity, world.secretary, right, {"report": 500}, numbers={"people_served": (0, 100_000)},
        ids=("activity_id",),
        also=(*({"served": [Served(member, one)]} for one in hours), {"served": [Served(member, 510)]},
              *({"served": [Served(one, 60)]} for one in NO_ID), {"served": [Served(member, 60, "长" * 201)]},
              *({"readings": {one: Decimal(1)}} for one in NO_ID[:5]),
              *({"readings": {goal: one}} for one in NO_AMOUNT)),
    )  # fmt: skip


@FORMS.add
def activity_cancelled(world: World) -> Form:
    right = {
        "activity_id": an_activity(world, a_project(world, state=ProjectState.RUNNING)),
        "version": 1,
        "reason": "下雨",
    }
    return Form(cancel_activity, world.secretary, right, {"reason": 500}, ids=("activity_id",))


@FORMS.add
def service_corrected(world: World) -> Form:
    ours = a_project(world, state=ProjectState.RUNNING)
    member, event_id = a_member(world, ours), an_activity(world, ours)
    do(world.secretary, report_activity, activity_id=event_id, version=1, people_served=1, report="好",
       served=[Served(member, 60)])  # fmt: skip
    right = {"record_id": 1, "minutes": 90, "reason": "记错"}
    return Form(correct_service, world.worker, right, {"reason": 200}, ids=("record_id",),
                also=tuple({"minutes": one} for one in (15, 60, -30, 750, 10**30, True, "90", None)))  # fmt: skip


@FORMS.add
def hours_settled(world: World) -> Form:
    ours = a_project(world, state=ProjectState.RUNNING, starts_on=TODAY - timedelta(days=30))
    member, event_id = a_member(world, ours), an_activity(world, ours, TODAY - timedelta(days=20))
    do(world[Role.TEAM_LEADER], report_activity, activity_id=event_id, version=1, people_served=1, report="好",
       served=[Served(member, 60, "补记")])  # fmt: skip
    right = {"claim_ids": [1], "counted": True, "word": "有签到表"}
    wrong: tuple[dict[str, Any], ...] = ({"claim_ids": []}, {"counted": None}, {"counted": "yes"}, {"counted": 1})
    return Form(settle_hours, world.worker, right, {"word": 200},
                also=(*wrong, *({"claim_ids": [one]} for one in NO_ID)))  # fmt: skip


@FORMS.add
def order_hours_corrected(world: World) -> Form:
    order = an_order(world)
    served(world, order, a_helper(world))
    right = {"order_id": order, "minutes": 90, "reason": "记错"}
    return Form(correct_order_hours, world.worker, right, {"reason": 200}, ids=("order_id",),
                also=tuple({"minutes": one} for one in (15, 60, -30, 510, 10**30, True, "90", None)))  # fmt: skip


@FORMS.add
def volunteer_renamed(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world, phone="13800001234"), "version": 1, "name": "李梅",
             "phone": "13812345678", "no_phone": False, "reason": "登记时写错"}  # fmt: skip
    return Form(rename_volunteer, world.worker, right, {"name": 30, "reason": 200}, {"phone": 20},
                frozenset({"name", "phone", "reason"}), ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def volunteer_ended(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "version": 1, "on": TODAY, "reason": "搬家"}
    return Form(end_volunteer, world.worker, right, {"reason": 200}, days=("on",), ids=("volunteer_id",),
                also=({"on": TODAY + timedelta(days=1)},))  # fmt: skip


@FORMS.add
def volunteer_back(world: World) -> Form:
    gone = a_volunteer(world, ended_on=TODAY, ended_reason="搬家")
    right = {"volunteer_id": gone, "version": 1, "reason": "搬回来了"}
    return Form(bring_back, world.worker, right, {"reason": 200}, optional=frozenset({"reason"}),
                ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def volunteer_unlinked(world: World) -> Form:
    linked = a_volunteer(world, account_id=world[Role.VOLUNTEER].id)
    return Form(unlink_account, world.worker, {"volunteer_id": linked, "reason": "关联错人"}, {"reason": 200},
                ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def volunteer_linked(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "account_id": world[Role.VOLUNTEER].id}
    return Form(link_account, world.worker, right, ids=("volunteer_id", "account_id"))


@FORMS.add
def squad_left(world: World) -> Form:
    one, team = a_volunteer(world), do(world.worker, found_squad, name="巡河队", theme_id=a_theme(world))
    do(world.worker, join_squad, squad_id=team, volunteer_id=one)
    right = {"squad_id": team, "volunteer_id": one, "reason": "膝盖不好"}
    return Form(leave_squad, world.worker, right, {"reason": 200}, ids=("squad_id", "volunteer_id"))


@FORMS.add
def squad_changed(world: World) -> Form:
    right = {"squad_id": a_squad(world), "version": 1, "name": "巡河二队", "theme_id": a_theme(world, "环保宣传"),
             "slogan": "河清岸绿", "charter": "每周一次"}  # fmt: skip
    return Form(change_squad, world.worker, right, {"name": 30, "slogan": 60, "charter": 2000},
                optional=frozenset({"slogan", "charter"}), ids=("squad_id", "theme_id"))  # fmt: skip


@FORMS.add
def squad_dissolved(world: World) -> Form:
    right = {"squad_id": a_squad(world), "version": 1, "reason": "并入二队"}
    return Form(dissolve_squad, world.worker, right, {"reason": 200}, ids=("squad_id",))


@FORMS.add
def squad_led(world: World) -> Form:
    team, one = a_squad(world), a_volunteer(world)
    do(world.worker, join_squad, squad_id=team, volunteer_id=one)
    right = {"squad_id": team, "version": 1, "leader_id": one, "deputy_id": None}
    return Form(name_leaders, world.worker, right, ids=("squad_id",))


@FORMS.add
def squad_asked(world: World) -> Form:
    right = {"squad_id": a_squad(world), "word": "周末有空"}
    return Form(ask_to_join, a_volunteer_actor(world, "asks"), right, {"word": 200}, optional=frozenset({"word"}),
                ids=("squad_id",))  # fmt: skip


@FORMS.add
def request_answered(world: World) -> Form:
    request = do(a_volunteer_actor(world, "asks"), ask_to_join, squad_id=a_squad(world))
    right = {"request_id": request, "accepted": False, "answer": "人够了"}
    return Form(answer_request, world.worker, right, {"answer": 200}, ids=("request_id",),
                also=({"accepted": None}, {"accepted": "yes"}))  # fmt: skip


@FORMS.add
def own_squad_left(world: World) -> Form:
    team, person = a_squad(world), a_volunteer_actor(world, "one")
    do(world.worker, answer_request, request_id=do(person, ask_to_join, squad_id=team), accepted=True)
    return Form(leave_own_squad, person, {"squad_id": team, "reason": "搬家"}, {"reason": 200}, ids=("squad_id",))


@FORMS.add
def member_taken_out(world: World) -> Form:
    do(world.worker, join_squad, squad_id=a_squad(world), volunteer_id=a_volunteer(world))
    return Form(take_out_member, world.worker, {"member_id": 1, "reason": "联系不上"}, {"reason": 200},
                ids=("member_id",))  # fmt: skip


@FORMS.add
def squad_post(world: World) -> Form:
    right = {"squad_id": a_squad(world), "title": "换灯", "skill": "电工", "task": "随叫随到", "places": 2}
    return Form(post_squad_opening, world.worker, right, {"title": 60, "skill": 60, "task": 200},
                optional=frozenset({"skill", "task"}), numbers={"places": (1, 200)}, ids=("squad_id",))  # fmt: skip


@FORMS.add
def theme_added(world: World) -> Form:
    right = {"name": "应急救援", "name_en": "Rescue"}
    return Form(add_theme, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40},
                optional=frozenset({"name_en"}))  # fmt: skip


@FORMS.add
def theme_changed(world: World) -> Form:
    right = {"theme_id": a_theme(world), "version": 1, "name": "护水", "name_en": "Water", "active": True}
    return Form(change_theme, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40},
                optional=frozenset({"name_en"}), ids=("theme_id",))  # fmt: skip


@FORMS.add
def story_added(world: World) -> Form:
    team, one = a_squad(world), a_volunteer(world)
    do(world.worker, join_squad, squad_id=team, volunteer_id=one)
    do(world.worker, record_consent, volunteer_id=one, scope=ConsentScope.STORY, given_on=TODAY, way=ConsentWay.PAPER,
       told="登在风采里")  # fmt: skip
    right = {"squad_id": team, "volunteer_id": one, "words": "灯亮了", "activity_id": None}
    return Form(add_story, world.worker, right, {"words": 300}, ids=("squad_id", "volunteer_id"))


@FORMS.add
def hours_answered(world: World) -> Form:
    person = a_volunteer_actor(world, "one")
    credit_slot(world, a_slot(world, NOW - timedelta(hours=3)), 1, 120)
    right = {"record_ids": [1], "agreed": False, "objection": "只去了一小时"}
    wrong: tuple[dict[str, Any], ...] = ({"record_ids": []}, {"agreed": None}, {"agreed": "yes"})
    return Form(
        answer_hours, person, right, {"objection": 200}, also=(*wrong, *({"record_ids": [one]} for one in NO_ID))
    )


@FORMS.add
def sheet_settled(world: World) -> Form:
    slot, one = a_slot(world, NOW - timedelta(hours=3)), a_volunteer(world)
    credit_slot(world, slot, one, 120, sheet=21)
    right = {"slot_id": slot, "counted": True, "word": "看过签到表"}
    return Form(settle_sheet, world.worker, right, {"word": 200}, also=({"counted": None}, {"slot_id": None}))


@FORMS.add
def finding_answered(world: World) -> Form:
    right = {"key": "long_day:1:2026-03-05", "month": TODAY, "kind": HoursFinding.LONG_DAY, "facts": "9:00",
             "volunteer_id": a_volunteer(world), "answer": HoursAnswer.CONFIRMED, "word": "两场连着"}  # fmt: skip
    return Form(answer_finding, world.worker, right, {"word": 200}, choices=("kind", "answer"), days=("month",),
                ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def volunteers_merged(world: World) -> Form:
    right = {"kept_id": a_volunteer(world, "1"), "other_id": a_volunteer(world, "2")}
    return Form(merge_volunteers, world.secretary, right, ids=("kept_id", "other_id"))


@FORMS.add
def paused(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "version": 1, "first": TODAY, "last": TODAY + timedelta(days=9),
             "reason": "外出"}  # fmt: skip
    return Form(pause_volunteer, world.worker, right, {"reason": 200}, days=("first", "last"), ids=("volunteer_id",),
                also=({"last": TODAY - timedelta(days=1)}, {"last": TODAY + timedelta(days=900)}))  # fmt: skip


@FORMS.add
def resumed(world: World) -> Form:
    one = a_volunteer(world, paused_from=TODAY, paused_until=TODAY + timedelta(days=9))
    return Form(resume_volunteer, world.worker, {"volunteer_id": one, "version": 1}, ids=("volunteer_id",))


@FORMS.add
def particulars(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "version": 1, "birth_year": 1960, "platform_number": "3302123456",
             "contact_name": "女儿", "contact_phone": "13700001234", "fit": True,
             "interests": (Interest.ELDERS,), "cleared": ()}  # fmt: skip
    return Form(amend_particulars, world.worker, right, {"platform_number": 30, "contact_name": 30},
                {"contact_phone": 20}, frozenset({"platform_number", "contact_name", "contact_phone", "birth_year"}),
                ids=("volunteer_id",), also=({"birth_year": 1850}, {"birth_year": TODAY.year}, {"fit": "yes"},
                {"interests": ("war",)}, {"cleared": ("name",)}))  # fmt: skip


@FORMS.add
def guardian_agreed(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world, birth_year=TODAY.year - 15), "version": 1, "guardian": "李母",
             "phone": "13700001234", "on": TODAY}  # fmt: skip
    return Form(agree_as_guardian, world.worker, right, {"guardian": 30}, {"phone": 20}, days=("on",),
                ids=("volunteer_id",))  # fmt: skip


@FORMS.add
def guardian_withdrew(world: World) -> Form:
    one = a_volunteer(world, guardian="李母", guardian_agreed_on=TODAY)
    right = {"volunteer_id": one, "version": 1, "reason": "要考试"}
    return Form(withdraw_guardian, world.worker, right, {"reason": 200}, ids=("volunteer_id",))


@FORMS.add
def volunteer_unmasked(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "reason": "联系家属"}
    return Form(unmask_volunteer, world.worker, right, {"reason": 200}, ids=("volunteer_id",))


@FORMS.add
def application_confirmed(world: World) -> Form:
    right = {"application_id": an_application(world), "version": 1, "kind": VolunteerKind.RESIDENT}
    return Form(confirm_application, world.worker, right, choices=("kind",), ids=("application_id",))


@FORMS.add
def application_joined(world: World) -> Form:
    right = {"application_id": an_application(world), "version": 1, "volunteer_id": a_volunteer(world)}
    return Form(join_application, world.worker, right, ids=("application_id", "volunteer_id"))


@FORMS.add
def application_declined(world: World) -> Form:
    right = {"application_id": an_application(world), "version": 1, "reason": "外街道"}
    return Form(decline_application, world.worker, right, {"reason": 200}, ids=("application_id",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
