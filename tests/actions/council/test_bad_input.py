"""The forms of the council, tried with everything that a person, a paste or a forged request can send."""

from datetime import date, timedelta

import pytest

from db.actions.council.council import (
    add_member,
    amend_member,
    begin_term,
    correct_term,
    create_body,
    end_member,
    set_rules,
)
from db.actions.council.notices import correct_notice, handle_objection, post_notice, receive_objection, withdraw_notice
from db.rules.voting.decision import Preset
from db.terms import (
    BodyKind,
    ObjectionState,
    Role,
    TieRule,
)
from tests.builders.council import OBJECTION, POSTED, a_notice, a_passed_item, an_objection
from tests.builders.world import TODAY, World
from tests.support.bad_input import NO_DAY, Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()


@FORMS.add
def body(world: World) -> Form:
    right = {"name": "楼组议事会", "kind": BodyKind.COUNCIL, "term": 1}
    return Form(create_body, world.secretary, right, {"name": 60}, numbers={"term": (1, 99)}, choices=("kind",))


@FORMS.add
def body_by_the_subdistrict(world: World) -> Form:
    right = {"name": "楼组议事会", "kind": BodyKind.COUNCIL, "term": 1, "community_id": world.there}
    return Form(create_body, world[Role.SUBDISTRICT_ADMIN], right, {"name": 60}, ids=("community_id",))


@FORMS.add
def term(world: World) -> Form:
    right = {"body_id": world.body, "version": 1, "term": 4}
    return Form(begin_term, world.secretary, right, numbers={"term": (4, 99)}, ids=("body_id",))


@FORMS.add
def seat(world: World) -> Form:
    right = {"body_id": world.body, "seat": 30, "name": "新议事员", "capacity": "居民代表", "since": TODAY,
             "account_id": world.worker.id}  # fmt: skip
    return Form(
        add_member, world.secretary, right, {"name": 60, "capacity": 60}, numbers={"seat": (17, 500)}, days=("since",),
        ids=("body_id", "account_id"), foreign={"account_id": world.other_secretary.id},
    )  # fmt: skip


@FORMS.add
def member_amended(world: World) -> Form:
    right = {"member_id": world.members[1], "version": 1, "name": "改名", "capacity": "楼组长",
             "account_id": world.worker.id}  # fmt: skip
    return Form(amend_member, world.secretary, right, {"name": 60, "capacity": 60}, ids=("member_id", "account_id"))


@FORMS.add
def member_ended(world: World) -> Form:
    right = {"member_id": world.members[1], "version": 1, "until": TODAY}
    return Form(end_member, world.secretary, right, days=("until",), ids=("member_id",),
                also=({"until": date(2024, 12, 31)},))  # fmt: skip


@FORMS.add
def member_dates(world: World) -> Form:
    right = {"member_id": world.members[1], "version": 1, "since": date(2025, 6, 1), "until": TODAY}
    wrong = tuple({"until": until} for until in (*NO_DAY, date(2025, 5, 31)))
    return Form(correct_term, world.secretary, right, days=("since",), ids=("member_id",), also=wrong)


@FORMS.add
def house_rules(world: World) -> Form:
    right = {"body_id": world.body, "preset": Preset.COUNCIL.value, "valid_from": TODAY, "basis": "居民会议通过",
             "tie": TieRule.NOT_PASSED, "call_days": 3, "notice_days": 5}  # fmt: skip
    return Form(
        set_rules, world.secretary, right, {"basis": 200}, numbers={"call_days": (0, 60), "notice_days": (1, 30)},
        days=("valid_from",), choices=("preset", "tie"), ids=("body_id",),
        also=({"valid_from": TODAY - timedelta(days=1)},),
    )  # fmt: skip


@FORMS.add
def notice_corrected(world: World) -> Form:
    texts = {"title": 100, "body": 2000, "where_posted": 200, "objection_contact": 200, "reason": 200}
    right = {name: POSTED[name] for name in texts if name in POSTED} | {
        "body": "更正后的正文", "reason": "漏了楼号", "personal_checked": True, "version": 1,
        "notice_id": a_notice(world),
    }  # fmt: skip
    return Form(correct_notice, world.secretary, right, texts, ids=("notice_id",))


@FORMS.add
def notice_withdrawn(world: World) -> Form:
    right = {"notice_id": a_notice(world), "version": 1, "reason": "张贴错了"}
    return Form(withdraw_notice, world.secretary, right, {"reason": 200}, ids=("notice_id",))


@FORMS.add
def notice(world: World) -> Form:
    texts = {"title": 100, "body": 2000, "where_posted": 200, "objection_contact": 200}
    right = POSTED | {"item_id": a_passed_item(world), "personal_checked": True}
    return Form(post_notice, world.secretary, right, texts, numbers={"working_days": (1, 30)}, ids=("item_id",))


@FORMS.add
def objection(world: World) -> Form:
    right = OBJECTION | {"notice_id": a_notice(world)}
    return Form(receive_objection, world.worker, right, {"objector": 60, "contact": 100, "matter": 500},
                ids=("notice_id",))  # fmt: skip


@FORMS.add
def objection_answered(world: World) -> Form:
    right = {"objection_id": an_objection(world, a_notice(world)), "version": 1, "result": ObjectionState.UPHELD,
             "answer": "已说明"}  # fmt: skip
    return Form(handle_objection, world.secretary, right, {"answer": 500}, choices=("result",), ids=("objection_id",))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []
