"""Every form of the app, tried with everything that a person, a paste or a forged request can send.

One table: the action, arguments that are right, and which of them are text, numbers, days, choices, ids. From it every
bad value is made. Each must be stored exactly as a person would expect, or be refused in our own words; nothing may
reach the database that it would refuse itself, or cut.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import String, event, func, select
from sqlalchemy import inspect as inspected

from db import engine
from db.actions.accounts.accounts import change_account, create_account
from db.actions.admin.presets import set_preset
from db.actions.admin.settings import add_category, add_place, change_place, rename_category, set_day
from db.actions.council.council import add_member, amend_member, begin_term, create_body, end_member, set_rules
from db.actions.council.notices import handle_objection, post_notice, receive_objection
from db.actions.doors.visits import log_visit
from db.actions.meetings.attendance import recuse, take_attendance
from db.actions.meetings.discussion import move_amendment, record_point
from db.actions.meetings.meetings import (
    add_item,
    add_need,
    amend_meeting,
    cancel_meeting,
    postpone_item,
    prepare_meeting,
)
from db.actions.needs.answers import give_answer
from db.actions.needs.merging import merge_needs, undo_merge
from db.actions.needs.needs import amend_need, finish_handling, log_need, void_need
from db.actions.needs.register import sign_week
from db.actions.needs.screening import finish_order, route_need, score_need, set_weights
from db.actions.projects.acceptance import decide_acceptance, hand_in, judge_project
from db.actions.projects.indicators import change_target, record_reading
from db.actions.projects.projects import (
    add_indicator,
    add_milestone,
    finish_milestone,
    raise_risk,
    set_up_project,
    start_project,
    stop_project,
)
from db.actions.unmasking import unmask_need
from db.actions.volunteers.activities import Served, cancel_activity, correct_service, plan_activity, report_activity
from db.actions.volunteers.openings import change_places, post_opening
from db.actions.volunteers.placements import (
    accept_placement,
    decline_placement,
    leave_team,
    recommend_volunteer,
    sign_up,
)
from db.actions.volunteers.volunteers import amend_volunteer, found_squad, register_volunteer
from db.actions.voting.voting import cancel_ballot, enter_count, open_ballot
from db.engine import reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AuditEntry, Model, Need, RequestKey
from db.passwords import PasswordHash
from db.rules.permissions import Actor
from db.rules.voting.house_rule import QuorumOf
from db.rules.workdays import week_of
from db.terms import (
    AnswerChannel,
    BodyKind,
    IndicatorKind,
    MajorityBase,
    NeedSource,
    NeedStage,
    ObjectionState,
    PlaceKind,
    ProjectState,
    Reach,
    RiskLevel,
    Role,
    Route,
    Satisfaction,
    TeamTheme,
    TieRule,
    Urgency,
    VisitOutcome,
    VolunteerKind,
    VoteMethod,
)
from tests.actions.council.test_notices import OBJECTION, POSTED, a_notice, a_passed_item, an_objection
from tests.actions.needs.test_answers import owed
from tests.actions.needs.test_screening import opened, scored
from tests.actions.projects.test_acceptance import EVIDENCE, a_read_project, handed_in, judged
from tests.actions.projects.test_projects import a_goal, a_plan
from tests.actions.volunteers.test_activities import a_member, an_activity
from tests.builders import NOW, TODAY, World, a_need, a_project, a_volunteer, an_opening
from tests.builders.council import a_convened, a_draft, a_need_for_council, do, in_session
from tests.builders.inputs import bundled, carry_out

OURS = (BadInput, Refused, NotFound, Conflict, NotPermitted, WrongStage)
RARE = "𠮷喆👵🏻"
"""Beyond 16 bits, rare in names, and an emoji of two code points."""
HIDDEN = ("甲\u202e乙\x00\x07丙\u200b丁\ud800", "甲乙丙丁")
SWELLING = "\ufdfa"
"""One character that Unicode writes out in eighteen."""
LITERAL = ("=1+1", "@SUM(A1)", "+86", "-2", "![x](http://a)", "<script>", "$x^2$", ":red[y]", "O'Brien;--", "%_\\")
NO_TEXT: tuple[Any, ...] = (5, b"x", ["a"], {"a": 1}, 1.5)
NO_NUMBER: tuple[Any, ...] = (True, "5", 3.5, float("nan"), [], 10**30, -(10**30))
NO_AMOUNT: tuple[Any, ...] = (True, "5", 1.5, Decimal("NaN"), Decimal("Infinity"), Decimal("1e40"), Decimal("0.001"))
NO_DAY: tuple[Any, ...] = (date.min, date.max, "2026-03-05", 20260305, datetime(2026, 3, 5), NOW)  # noqa: DTZ001
NO_CHOICE: tuple[Any, ...] = ("no_such", "", 5, True, [])
NO_ID: tuple[Any, ...] = (10**9, 0, -1, 2**63, 10**40, True)


@dataclass(frozen=True)
class Form:
    """An action, right arguments, and what they are."""

    act: Any
    who: Actor
    right: dict[str, Any]
    texts: Mapping[str, int] = field(default_factory=dict)
    """Free text with its most characters; it must be stored as it was typed."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """Text with a shape of its own (telephone, user name, door)."""
    optional: frozenset[str] = frozenset()
    numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    foreign: Mapping[str, int] = field(default_factory=dict)
    """Rows of another community."""
    least: Mapping[str, int] = field(default_factory=dict)
    """Texts that need some length."""
    also: tuple[dict[str, Any], ...] = ()
    """Further combinations that must be refused, such as an end before the start."""


Make = Callable[[World], Form]
FORMS: dict[str, Make] = {}


def form(make: Make) -> Make:
    FORMS[make.__name__] = make
    return make


def _far(world: World) -> dict[str, int]:
    return {"need_id": a_need(world, community_id=world.there)}


NEED: dict[str, Any] = {
    "description": "楼道灯坏了", "title": "楼道灯", "reach": Reach.BUILDING, "people": 30, "urgency": Urgency.NORMAL,
    "building": "1幢", "special_group": False,
}  # fmt: skip


@form
def visit(world: World) -> Form:
    right = {"place_id": world.place, "outcome": VisitOutcome.MET, "building": "1", "stairwell": "1", "room": "101",
             "where_text": "东门", "note": "说了很多", "on": TODAY}  # fmt: skip
    return Form(
        log_visit, world.worker, right, {"where_text": 200, "note": 500}, {"building": 20, "stairwell": 20, "room": 20},
        frozenset({"where_text", "note", "building", "stairwell", "room"}), days=("on",), choices=("outcome",),
        ids=("place_id",), foreign={"place_id": world.place_there},
        also=({"on": TODAY + timedelta(days=1)}, {"on": TODAY - timedelta(days=31)}),
    )  # fmt: skip


@form
def need(world: World) -> Form:
    right = NEED | {"category_id": world.categories[0], "place_id": world.place, "source": NeedSource.WALK_IN,
                    "stairwell": "1", "room": "101", "asker_name": "王芳", "asker_phone": "13812345678"}  # fmt: skip
    return Form(
        log_need, world.worker, right, {"description": 1000, "title": 60, "asker_name": 30},
        {"asker_phone": 30, "building": 20, "stairwell": 20, "room": 20},
        frozenset({"title", "asker_name", "asker_phone", "building", "stairwell", "room"}),
        {"people": (1, 100_000)}, choices=("reach", "urgency", "source"), ids=("category_id", "place_id"),
        foreign={"place_id": world.place_there},
    )  # fmt: skip


@form
def need_amended(world: World) -> Form:
    right = NEED | {"need_id": a_need(world), "version": 1, "category_id": world.categories[1], "place_id": world.place}
    return Form(
        amend_need, world.worker, right, {"description": 1000, "title": 60}, {"building": 20},
        frozenset({"title", "building"}), {"people": (1, 100_000)}, choices=("reach", "urgency"),
        ids=("need_id", "category_id", "place_id"), foreign=_far(world) | {"place_id": world.place_there},
    )  # fmt: skip


@form
def need_void(world: World) -> Form:
    right = {"need_id": a_need(world), "version": 1, "reason": "重复登记"}
    return Form(void_need, world.secretary, right, {"reason": 500}, ids=("need_id",), foreign=_far(world))


@form
def need_handled(world: World) -> Form:
    right = {"need_id": a_need(world, stage=NeedStage.HANDLING), "version": 1, "done": "已断电维修"}
    return Form(finish_handling, world.worker, right, {"done": 500}, ids=("need_id",), foreign=_far(world))


@form
def order_done(world: World) -> Form:
    right = {"need_id": a_need(world, stage=NeedStage.ORDERED), "version": 1, "done": "已上门"}
    return Form(finish_order, world.worker, right, {"done": 500}, ids=("need_id",), foreign=_far(world))


@form
def merge_undone(world: World) -> Form:
    lead, member = a_need(world), a_need(world)
    do(world.secretary, merge_needs, lead_id=lead, member_id=member)
    right = {"member_id": member, "reason": "不是同一件"}
    return Form(undo_merge, world.secretary, right, {"reason": 200}, optional=frozenset({"reason"}), ids=("member_id",))


@form
def unmasked(world: World) -> Form:
    right = {"need_id": a_need(world), "reason": "回访"}
    return Form(unmask_need, world.worker, right, {"reason": 200}, ids=("need_id",), foreign=_far(world))


@form
def register(world: World) -> Form:
    a_need(world, logged_at=NOW - timedelta(days=7))
    right = {"week": week_of(TODAY) - timedelta(days=7), "remark": "本周齐全"}
    return Form(sign_week, world.secretary, right, {"remark": 200}, optional=frozenset({"remark"}), days=("week",),
                also=({"week": week_of(TODAY) + timedelta(days=7)}, {"week": TODAY}))  # fmt: skip


@form
def weights(world: World) -> Form:
    right = {"demand": 40, "reach": 30, "feasibility": 30, "valid_from": TODAY}
    each = (0, 100)
    return Form(set_weights, world.secretary, right, numbers={"demand": each, "reach": each, "feasibility": each},
                days=("valid_from",), also=({"demand": 41}, {"valid_from": TODAY - timedelta(days=1)}))  # fmt: skip


@form
def score(world: World) -> Form:
    right = {"screening_id": opened(world)[1], "demand": 30, "reach": 20, "feasibility": 20, "reason": "按评分表"}
    points = {"demand": (0, 40), "reach": (0, 30), "feasibility": (0, 30)}
    return Form(score_need, world.worker, right, {"reason": 500}, numbers=points, ids=("screening_id",))


@form
def route(world: World) -> Form:
    need_id = scored(world)
    with reading_as_system("test") as session:
        version = session.get_one(Need, need_id).version
    right = {
        "need_id": need_id,
        "version": version,
        "route": Route.REFER,
        "reason": "不归本社区",
        "referred_to": "城管",
    }
    return Form(route_need, world.secretary, right, {"reason": 500, "referred_to": 60}, choices=("route",),
                ids=("need_id",), foreign=_far(world))  # fmt: skip


@form
def answer(world: World) -> Form:
    right = {"answer_id": owed(world)[1][0], "channel": AnswerChannel.PHONE, "satisfaction": Satisfaction.SATISFIED,
             "comment": "谢谢"}  # fmt: skip
    return Form(give_answer, world.worker, right, {"comment": 500}, optional=frozenset({"comment"}),
                choices=("channel", "satisfaction"), ids=("answer_id",))  # fmt: skip


@form
def body(world: World) -> Form:
    right = {"name": "楼组议事会", "kind": BodyKind.COUNCIL, "term": 1}
    return Form(create_body, world.secretary, right, {"name": 60}, numbers={"term": (1, 99)}, choices=("kind",))


@form
def body_by_the_subdistrict(world: World) -> Form:
    right = {"name": "楼组议事会", "kind": BodyKind.COUNCIL, "term": 1, "community_id": world.there}
    return Form(create_body, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, ids=("community_id",))


@form
def term(world: World) -> Form:
    right = {"body_id": world.body, "version": 1, "term": 4}
    return Form(begin_term, world.secretary, right, numbers={"term": (4, 99)}, ids=("body_id",))


@form
def seat(world: World) -> Form:
    right = {"body_id": world.body, "seat": 30, "name": "新议事员", "capacity": "居民代表", "since": TODAY,
             "account_id": world.worker.id}  # fmt: skip
    return Form(
        add_member, world.secretary, right, {"name": 60, "capacity": 60}, numbers={"seat": (17, 500)}, days=("since",),
        ids=("body_id", "account_id"), foreign={"account_id": world.other_secretary.id if world.other_secretary else 0},
    )  # fmt: skip


@form
def member_amended(world: World) -> Form:
    right = {"member_id": world.members[1], "version": 1, "name": "改名", "capacity": "楼组长",
             "account_id": world.worker.id}  # fmt: skip
    return Form(amend_member, world.secretary, right, {"name": 60, "capacity": 60}, ids=("member_id", "account_id"))


@form
def member_ended(world: World) -> Form:
    right = {"member_id": world.members[1], "version": 1, "until": TODAY}
    return Form(end_member, world.secretary, right, days=("until",), ids=("member_id",),
                also=({"until": date(2024, 12, 31)},))  # fmt: skip


@form
def house_rules(world: World) -> Form:
    right = {"body_id": world.body, "preset": _preset(), "valid_from": TODAY, "basis": "居民会议通过",
             "tie": TieRule.NOT_PASSED, "call_days": 3, "notice_days": 5}  # fmt: skip
    return Form(
        set_rules, world.secretary, right, {"basis": 200}, numbers={"call_days": (0, 60), "notice_days": (1, 30)},
        days=("valid_from",), choices=("preset", "tie"), ids=("body_id",),
        also=({"valid_from": TODAY - timedelta(days=1)},),
    )  # fmt: skip


@form
def subdistrict_preset(world: World) -> Form:
    right = {"key": _preset(), "name": "街道版", "kind": BodyKind.COUNCIL, "quorum_of": QuorumOf.MEMBERS,
             "quorum_share": "2/3", "quorum_strict": False, "majority_share": "1/2", "majority_strict": True,
             "majority_base": MajorityBase.PRESENT, "tie": TieRule.NOT_PASSED, "call_days": 3, "notice_days": 5,
             "speech_seconds": 120, "speeches": 2, "phones_allowed": True, "shuffle_options": False,
             "basis": "街道文件", "in_force_since": TODAY, "verified": True, "valid_from": TODAY}  # fmt: skip
    return Form(
        set_preset, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60, "basis": 200},
        numbers={"call_days": (0, 60), "notice_days": (1, 30), "speech_seconds": (10, 3600), "speeches": (1, 20)},
        days=("valid_from",), choices=("quorum_of", "majority_base", "tie"),
        also=({"quorum_share": "3/2"}, {"majority_share": "1/3"}, {"majority_strict": 1}, {"verified": None},
              {"key": "no_such"}, {"key": 5}, {"in_force_since": date.max}),
    )  # fmt: skip


def _preset() -> str:
    from db.rules.voting.decision import PRESETS_FOR

    return str(next(iter(PRESETS_FOR[BodyKind.COUNCIL])))


@form
def meeting(world: World) -> Form:
    right = {"body_id": world.body, "title": "三月例会", "number": 7, "at": NOW + timedelta(days=5), "place": "议事厅"}
    return Form(
        prepare_meeting, world.secretary, right, {"title": 80, "place": 80}, numbers={"number": (1, 999)},
        ids=("body_id",), also=tuple({"at": at} for at in (*NO_DAY[:5], None, datetime.max)),  # noqa: DTZ901
    )  # fmt: skip


@form
def meeting_amended(world: World) -> Form:
    right = {
        "meeting_id": a_draft(world),
        "version": 1,
        "title": "改期",
        "at": NOW + timedelta(days=6),
        "place": "广场",
    }
    return Form(amend_meeting, world.secretary, right, {"title": 80, "place": 80}, ids=("meeting_id",),
                also=tuple({"at": at} for at in (*NO_DAY[:5], None)))  # fmt: skip


@form
def meeting_cancelled(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "version": 1, "reason": "台风"}
    return Form(cancel_meeting, world.secretary, right, {"reason": 200}, ids=("meeting_id",))


@form
def agenda_need(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "need_id": a_need_for_council(world), "motion": "加装感应灯"}
    return Form(add_need, world.secretary, right, {"motion": 1000}, ids=("meeting_id", "need_id"), foreign=_far(world))


@form
def agenda_item(world: World) -> Form:
    right = {"meeting_id": a_draft(world), "title": "长廊命名", "motion": "命名为同心廊", "proposer": "街道"}
    texts = {"title": 60, "motion": 1000, "proposer": 60}
    return Form(add_item, world.secretary, right, texts, ids=("meeting_id",))


@form
def item_postponed(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "reason": "材料不齐"}
    return Form(postpone_item, world.secretary, right, {"reason": 200}, ids=("item_id",))


@form
def attendance(world: World) -> Form:
    right = {"meeting_id": a_convened(world)[0], "present": world.members[:12], "on_leave": [], "observers": 3}
    return Form(take_attendance, world.secretary, right, numbers={"observers": (0, 500)}, ids=("meeting_id",),
                also=tuple({"present": [one]} for one in NO_ID[:5]))  # fmt: skip


@form
def recusal(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "member_id": world.members[2], "reason": "本人承包"}
    return Form(recuse, world.secretary, right, {"reason": 200}, ids=("item_id", "member_id"))


@form
def discussion(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "said": "灯要防水", "member_id": world.members[2]}
    return Form(record_point, world.secretary, right, {"said": 500}, ids=("item_id", "member_id"))


@form
def amendment(world: World) -> Form:
    right = {"item_id": in_session(world)[1][0], "new_motion": "两盏", "said": "太暗", "member_id": world.members[2]}
    return Form(move_amendment, world.secretary, right, {"new_motion": 1000, "said": 500},
                optional=frozenset({"said"}), ids=("item_id", "member_id"))  # fmt: skip


@form
def hand_count(world: World) -> Form:
    ballot = do(world.secretary, open_ballot, item_id=in_session(world)[1][0], method=VoteMethod.HANDS)
    right = {"ballot_id": ballot, "teller": 1, "name": "计票甲", "votes_for": 8, "votes_against": 4, "votes_abstain": 2}
    each = (0, 14)
    return Form(
        enter_count, world.worker, right, {"name": 60},
        numbers={"votes_for": each, "votes_against": each, "votes_abstain": each, "teller": (1, 2)}, ids=("ballot_id",),
        also=({"votes_for": 9},),
    )  # fmt: skip


@form
def ballot_void(world: World) -> Form:
    ballot = do(world.secretary, open_ballot, item_id=in_session(world)[1][0], method=VoteMethod.HANDS)
    return Form(cancel_ballot, world.secretary, {"ballot_id": ballot, "reason": "数错"}, {"reason": 200},
                ids=("ballot_id",))  # fmt: skip


@form
def notice(world: World) -> Form:
    texts = {"title": 100, "body": 2000, "where_posted": 200, "objection_contact": 200}
    right = POSTED | {"item_id": a_passed_item(world), "personal_checked": True}
    return Form(post_notice, world.secretary, right, texts, numbers={"working_days": (1, 30)}, ids=("item_id",))


@form
def objection(world: World) -> Form:
    right = OBJECTION | {"notice_id": a_notice(world)}
    return Form(receive_objection, world.worker, right, {"objector": 60, "contact": 100, "matter": 500},
                ids=("notice_id",))  # fmt: skip


@form
def objection_answered(world: World) -> Form:
    right = {"objection_id": an_objection(world, a_notice(world)), "version": 1, "result": ObjectionState.UPHELD,
             "answer": "已说明"}  # fmt: skip
    return Form(handle_objection, world.secretary, right, {"answer": 500}, choices=("result",), ids=("objection_id",))


@form
def project(world: World) -> Form:
    right = a_plan(world, need_ids=[a_need(world, stage=NeedStage.TO_PROJECT)])
    other = world.other_secretary
    return Form(
        set_up_project, world.secretary, right,
        {"title": 60, "problem": 1000, "measures": 1000, "beneficiaries": 200, "funding": 200},
        optional=frozenset({"funding"}),
        numbers={"beneficiary_count": (1, 1_000_000), "budget_yuan": (0, 100_000_000)}, days=("starts_on", "due_on"),
        choices=("kind",), ids=("leader_id",), foreign={"leader_id": other.id if other else 0},
        also=({"due_on": TODAY - timedelta(days=1)}, {"due_on": TODAY},
              *({"need_ids": [one]} for one in (*NO_ID, a_need(world, community_id=world.there)))),
    )  # fmt: skip


@form
def project_started(world: World) -> Form:
    started = a_project(world, state=ProjectState.SET_UP)
    a_goal(world, started)
    right = {"project_id": started, "version": 1, "reason": "先干起来"}
    return Form(start_project, world.secretary, right, {"reason": 200}, ids=("project_id",))


@form
def project_stopped(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "version": 1, "reason": "资金撤回",
             "answer": "暂不实施"}  # fmt: skip
    return Form(stop_project, world.secretary, right, {"reason": 500}, ids=("project_id",))


@form
def indicator(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "name": "装灯", "unit": "盏",
             "kind": IndicatorKind.QUANTITY, "baseline": Decimal(0), "target": Decimal("60.5")}  # fmt: skip
    return Form(add_indicator, world.secretary, right, {"name": 60, "unit": 12}, amounts=("baseline", "target"),
                choices=("kind",), ids=("project_id",), also=({"target": Decimal(0)},))  # fmt: skip


@form
def indicator_read(world: World) -> Form:
    goal = a_goal(world, a_project(world, state=ProjectState.RUNNING))
    right = {"indicator_id": goal, "on": TODAY, "value": Decimal("12.25"), "note": "现场清点"}
    return Form(record_reading, world.secretary, right, {"note": 200}, optional=frozenset({"note"}), amounts=("value",),
                days=("on",), ids=("indicator_id",), also=({"on": TODAY + timedelta(days=1)},))  # fmt: skip


@form
def target(world: World) -> Form:
    goal = a_goal(world, a_project(world, state=ProjectState.RUNNING))
    right = {"indicator_id": goal, "version": 1, "target": Decimal(80), "reason": "多了两幢"}
    return Form(change_target, world.secretary, right, {"reason": 500}, amounts=("target",), ids=("indicator_id",))


@form
def milestone(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "title": "采购", "due_on": TODAY}
    return Form(add_milestone, world.secretary, right, {"title": 60}, days=("due_on",), ids=("project_id",))


@form
def milestone_done(world: World) -> Form:
    step = do(world.secretary, add_milestone, project_id=a_project(world), title="采购", due_on=TODAY)
    return Form(finish_milestone, world.secretary, {"milestone_id": step, "done_on": TODAY}, days=("done_on",),
                ids=("milestone_id",), also=({"done_on": TODAY + timedelta(days=1)},))  # fmt: skip


@form
def risk(world: World) -> Form:
    right = {"project_id": a_project(world, state=ProjectState.RUNNING), "what": "缺货", "measure": "换型号",
             "level": RiskLevel.HIGH}  # fmt: skip
    return Form(raise_risk, world.secretary, right, {"what": 200, "measure": 200}, choices=("level",),
                ids=("project_id",))  # fmt: skip


@form
def opening(world: World) -> Form:
    right = {"project_id": a_project(world), "title": "电工", "skill": "电工", "task": "换灯", "places": 3}
    return Form(post_opening, world.secretary, right, {"title": 60, "skill": 60, "task": 200},
                optional=frozenset({"skill", "task"}), numbers={"places": (1, 200)}, ids=("project_id",))  # fmt: skip


@form
def places(world: World) -> Form:
    right = {"opening_id": an_opening(world, a_project(world)), "places": 5}
    return Form(change_places, world.secretary, right, numbers={"places": (1, 200)}, ids=("opening_id",))


@form
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


@form
def taken(world: World) -> Form:
    right = {"placement_id": _waiting(world), "version": 1, "word": "欢迎"}
    return Form(accept_placement, world.secretary, right, {"word": 200}, optional=frozenset({"word"}),
                ids=("placement_id",))  # fmt: skip


@form
def declined(world: World) -> Form:
    right = {"placement_id": _waiting(world), "version": 1, "word": "人够了"}
    return Form(decline_placement, world.secretary, right, {"word": 200}, ids=("placement_id",))


@form
def left(world: World) -> Form:
    right = {"placement_id": _waiting(world), "reason": "搬家"}
    return Form(leave_team, world.secretary, right, {"reason": 200}, ids=("placement_id",))


@form
def volunteer(world: World) -> Form:
    right = {"name": "李梅", "phone": "13812345678", "kind": VolunteerKind.RESIDENT, "skills": ["电工"],
             "free_times": "周末"}  # fmt: skip
    return Form(
        register_volunteer, world.secretary, right, {"name": 30, "free_times": 60}, {"phone": 20},
        frozenset({"phone", "free_times"}), choices=("kind",),
        also=({"skills": ["长" * 21]}, {"skills": [f"会{n}" for n in range(9)]}, {"skills": [5]}),
    )  # fmt: skip


@form
def volunteer_amended(world: World) -> Form:
    right = {"volunteer_id": a_volunteer(world), "version": 1, "skills": ["木工"], "free_times": "晚上"}
    return Form(amend_volunteer, world.secretary, right, {"free_times": 60}, optional=frozenset({"free_times"}),
                ids=("volunteer_id",), also=({"skills": ["长" * 100_000]},))  # fmt: skip


@form
def squad(world: World) -> Form:
    right = {"name": "银龄先锋", "theme": next(iter(TeamTheme))}
    return Form(found_squad, world.secretary, right, {"name": 30}, choices=("theme",))


@form
def activity(world: World) -> Form:
    right = {"project_id": a_project(world), "title": "换灯", "on": TODAY, "place": "1幢", "needed": 3}
    return Form(plan_activity, world.secretary, right, {"title": 60, "place": 60}, numbers={"needed": (1, 500)},
                days=("on",), ids=("project_id",), also=({"on": TODAY - timedelta(days=1)},))  # fmt: skip


@form
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


@form
def activity_cancelled(world: World) -> Form:
    right = {
        "activity_id": an_activity(world, a_project(world, state=ProjectState.RUNNING)),
        "version": 1,
        "reason": "下雨",
    }
    return Form(cancel_activity, world.secretary, right, {"reason": 500}, ids=("activity_id",))


@form
def service_corrected(world: World) -> Form:
    ours = a_project(world, state=ProjectState.RUNNING)
    member, event_id = a_member(world, ours), an_activity(world, ours)
    do(world.secretary, report_activity, activity_id=event_id, version=1, people_served=1, report="好",
       served=[Served(member, 60)])  # fmt: skip
    right = {"record_id": 1, "minutes": 90, "reason": "记错"}
    return Form(correct_service, world.secretary, right, {"reason": 200}, ids=("record_id",),
                also=tuple({"minutes": one} for one in (15, 60, -30, 750, 10**30, True, "90", None)))  # fmt: skip


@form
def hand_over(world: World) -> Form:
    right = {"project_id": a_read_project(world), "version": 1, "evidence": EVIDENCE}
    return Form(hand_in, world.secretary, right, {"evidence": 2000}, ids=("project_id",), least={"evidence": 20})


@form
def judged_project(world: World) -> Form:
    most = {"goals": 30, "benefit": 25, "procedure": 15, "members": 10, "lasting": 10, "files": 10, "bonus": 5}
    right = {"acceptance_id": handed_in(world, a_read_project(world)), "reason": "现场查看过"} | dict.fromkeys(most, 5)
    points = {name: (0, top) for name, top in most.items()}
    return Form(judge_project, world.secretary, right, {"reason": 500}, numbers=points, ids=("acceptance_id",))


@form
def decided(world: World) -> Form:
    round_id = handed_in(world, a_read_project(world))
    judged(world, round_id, 82, 82, 82)
    right = {"acceptance_id": round_id, "version": 1, "reason": "达到目标", "answer": "灯已换好"}
    return Form(decide_acceptance, world.secretary, right, {"reason": 500}, ids=("acceptance_id",))


@form
def category(world: World) -> Form:
    right = {"name": "宠物管理", "name_en": "Pets"}
    return Form(add_category, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40})


@form
def category_renamed(world: World) -> Form:
    right = {"category_id": world.categories[0], "version": 1, "name": "助老", "name_en": "Elderly"}
    return Form(rename_category, world[Role.SUBDISTRICT_ADMIN], right, {"name": 20, "name_en": 40},
                ids=("category_id",))  # fmt: skip


@form
def place(world: World) -> Form:
    right = {"community_id": world.here, "name": "新村", "kind": PlaceKind.ESTATE, "households": 300}
    return Form(add_place, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, numbers={"households": (0, 100_000)},
                choices=("kind",), ids=("community_id",))  # fmt: skip


@form
def place_changed(world: World) -> Form:
    right = {"place_id": world.place, "version": 1, "name": "新名", "kind": PlaceKind.ESTATE, "households": 300}
    return Form(change_place, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, numbers={"households": (0, 100_000)},
                choices=("kind",), ids=("place_id",))  # fmt: skip


@form
def holiday(world: World) -> Form:
    right = {"on": TODAY, "workday": False, "note": "台风停工"}
    return Form(set_day, world[Role.SUBDISTRICT_ADMIN], right, {"note": 60}, optional=frozenset({"note"}), days=("on",),
                choices=("workday",))  # fmt: skip


@form
def account(world: World) -> Form:
    right = {"username": "li.mei", "name": "李梅", "role": Role.AREA_WORKER, "community_id": world.here,
             "password_hash": PasswordHash("!")}  # fmt: skip
    return Form(create_account, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, {"username": 60}, choices=("role",),
                ids=("community_id",))  # fmt: skip


@form
def account_changed(world: World) -> Form:
    right = {"account_id": world.worker.id, "version": 1, "name": "改名", "role": Role.SECRETARY,
             "community_id": world.there, "sees_restricted": False}  # fmt: skip
    return Form(change_account, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, choices=("role",),
                ids=("account_id", "community_id"))  # fmt: skip


# --- trying -----------------------------------------------------------------------------------------------------------


class Undone(Exception):
    """The action went through; nothing of it stays."""


def tried(form: Form, **values: Any) -> list[Any] | Exception:
    """What the action would store, or how it refuses; carried out like any other, and rolled back."""
    touched: list[Model] = []

    def act(session: Any, **arguments: Any) -> None:
        event.listen(session, "before_flush", lambda s, *_: touched.extend([*s.new, *s.dirty]))
        form.act(session, **bundled(form.act, arguments))
        session.flush()
        raise Undone

    arguments = form.right | values
    if "now" in inspect.signature(form.act).parameters:
        arguments.setdefault("now", NOW)
    try:
        engine.carry_out(form.who, "", act, **arguments)
    except Undone:
        return list(_columns(touched))
    except OURS as refused:
        return refused
    raise AssertionError("neither stored nor refused")


def _columns(rows: list[Model]) -> Iterator[Any]:
    """Every value of the rows; none may be longer than its column, whatever the engine lets through."""
    for row in rows:
        for attribute in inspected(type(row)).column_attrs:
            value, kind = row.__dict__.get(attribute.key), attribute.columns[0].type
            if isinstance(kind, String) and kind.length and isinstance(value, str):
                assert len(value) <= kind.length, f"{attribute} holds {len(value)} characters"
            if isinstance(value, list | dict):
                yield from value if isinstance(value, list) else value.values()
            yield value


def is_bad(outcome: list[Any] | Exception, name: str, problem: Problem | None = None) -> bool:
    """Refused at this field."""
    at_field = isinstance(outcome, BadInput) and outcome.field == name
    return at_field and (problem is None or (isinstance(outcome, BadInput) and outcome.problem is problem))


def what_goes_wrong(form: Form) -> Iterator[str]:
    """Every complaint about an action."""
    if isinstance(right := tried(form), Exception):
        yield f"the right arguments are refused: {right!r}"
    for name, most in {**form.texts, **form.codes}.items():
        yield from _no_texts(form, name, most)
        yield from _texts_kept(form, name, most)
    for name, limits in form.numbers.items():
        yield from _not_at_field(form, name, (*NO_NUMBER, limits[0] - 1, limits[1] + 1))
        yield from _limits_kept(form, name, limits)
    for name in form.amounts:
        yield from _not_at_field(form, name, (*NO_AMOUNT, None))
    for name in form.days:
        yield from _not_at_field(form, name, NO_DAY if form.act is log_visit else (*NO_DAY, None))
    for name in form.choices:
        yield from _choices(form, name)
    wrong = [{name: value} for name in form.ids for value in (*NO_ID, form.foreign.get(name, 0))]
    for values in (*wrong, *form.also):
        if not isinstance(tried(form, **values), Exception):
            yield f"{values!r} is stored"
    if "version" in form.right:
        yield from _versions(form)


def _choices(form: Form, name: str) -> Iterator[str]:
    yield from _not_at_field(form, name, [one for one in (*NO_CHOICE, None) if (name, one) != ("workday", True)])
    word = form.right[name]
    if isinstance(word, StrEnum) and isinstance(plain := tried(form, **{name: word.value}), Exception):
        yield f"{name} as a plain word: {plain!r}"


def _versions(form: Form) -> Iterator[str]:
    for value in (form.right["version"] + 1, 0, 2**70, "1"):
        if not isinstance(outcome := tried(form, version=value), Conflict):
            yield f"version={value!r}: {outcome!r}"


def _not_at_field(form: Form, name: str, values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if not is_bad(outcome := tried(form, **{name: value}), name):
            yield f"{name}={value!r} is not told at the field: {outcome!r}"


def _limits_kept(form: Form, name: str, limits: tuple[int, int]) -> Iterator[str]:
    for value in limits:
        outcome = tried(form, **{name: value})
        # A guarded statement leaves nothing to look at; money is kept in hundredths.
        stored = isinstance(outcome, list) and (value in outcome or 100 * value in outcome or not outcome)
        if not stored and not isinstance(outcome, Refused):
            yield f"{name}={value!r} is within the limits: {outcome!r}"


def _no_texts(form: Form, name: str, most: int) -> Iterator[str]:
    yield from _not_at_field(form, name, (*NO_TEXT, "字" * (most + 1), "a" * 100_000, "👵" * (most + 1)))
    for value in ("", "  \n\u200b\t ", None):
        outcome = tried(form, **{name: value})
        if name not in form.optional and not is_bad(outcome, name, Problem.EMPTY):
            yield f"{name}={value!r} must not be empty: {outcome!r}"


def _texts_kept(form: Form, name: str, most: int) -> Iterator[str]:
    filler = "充" * form.least.get(name, 0)
    exact = {full: full for full in ("字" * most, SWELLING * most, "👵" * most)}
    short = {filler + value: filler + value for value in (RARE, *LITERAL) if len(filler + value) <= most}
    for value, wanted in (exact | short | {filler + HIDDEN[0]: filler + HIDDEN[1]}).items():
        outcome = tried(form, **{name: value})
        if name in form.texts and (isinstance(outcome, Exception) or wanted not in outcome):
            yield f"{name}={value[:20]!r} is not kept as it is: {outcome!r}"


# --- the rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    complaints = list(what_goes_wrong(FORMS[name](world)))

    assert not complaints, "\n".join(complaint[:400] for complaint in complaints)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    form = FORMS[name](world)
    arguments = form.right | ({"now": NOW} if "now" in inspect.signature(form.act).parameters else {})

    first = carry_out(form.who, "the same key", form.act, **arguments)
    stored = how_many(AuditEntry)
    second = carry_out(form.who, "the same key", form.act, **arguments)

    assert second == first
    assert how_many(AuditEntry) == stored
    assert how_many(RequestKey, RequestKey.key == "the same key") == 1


def how_many(model: type[Model], *where: Any) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def test_the_table_finds_a_form_that_lets_something_through(small_world: World) -> None:
    careful = FORMS["need_void"](small_world)

    def careless(session: Any, *, need_id: int, version: int, reason: str, now: datetime) -> int:
        session.get(Need, need_id).title = str(reason).encode(errors="replace").decode()[:60]
        return need_id

    complaints = list(what_goes_wrong(replace(careful, act=careless, texts={"reason": 60}, ids=())))

    assert any("must not be empty" in complaint for complaint in complaints)
    assert any("version" in complaint for complaint in complaints)
