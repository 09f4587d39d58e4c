"""Bodies, seats and dated house rules."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.council.council import add_member, amend_member, begin_term, create_body, end_member, set_rules
from db.actions.meetings.meetings import add_item, send_notice
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused
from db.models import Body, BodyMember, Meeting
from db.rules.voting.decision import HouseRule, Preset
from db.terms import BodyKind, MajorityBase, Role, TieRule
from tests.builders.meetings import a_convened, a_draft
from tests.builders.world import TODAY, World, another_actor, do, row

SEAT: dict[str, Any] = {"seat": 17, "name": "新成员", "capacity": "物业代表", "since": TODAY}
RULES: dict[str, Any] = {
    "preset": Preset.COUNCIL_TWO_THIRDS.value,
    "valid_from": TODAY,
    "basis": "第三届第二次会议通过",
    "tie": TieRule.VOTE_AGAIN,
    "call_days": 3,
    "notice_days": 5,
}


def test_a_seat_has_one_holder_at_a_time(world: World) -> None:
    do(world.secretary, add_member, body_id=world.body, **SEAT)

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SEAT)

    assert (told.value.field, told.value.problem) == ("seat", Problem.TAKEN)


def test_a_successor_takes_the_same_seat(world: World) -> None:
    first = world.members[3]
    do(world.secretary, end_member, member_id=first, version=1, until=TODAY)

    second = do(world.secretary, add_member, body_id=world.body, **SEAT | {"seat": 4, "since": TODAY + timedelta(1)})

    assert row(world, BodyMember, first).until == TODAY
    assert row(world, BodyMember, second).seat == 4


def test_a_membership_ends_only_once(world: World) -> None:
    do(world.secretary, end_member, member_id=world.members[3], version=1, until=TODAY)

    with pytest.raises(Refused, match="member_ended"):
        do(world.secretary, end_member, member_id=world.members[3], version=2, until=TODAY)


def test_one_account_holds_one_seat_of_a_body(world: World) -> None:
    account = world[Role.COUNCIL_MEMBER].id

    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SEAT, account_id=account)

    assert told.value.problem is Problem.TAKEN


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.DISPLAY])
def test_only_an_account_that_may_vote_can_hold_a_seat(world: World, role: Role) -> None:
    with pytest.raises(BadInput) as told:
        do(world.secretary, add_member, body_id=world.body, **SEAT, account_id=world[role].id)

    assert told.value.field == "account_id"


def test_an_account_of_another_community_cannot_hold_a_seat(world: World) -> None:
    stranger = another_actor(world, Role.COUNCIL_MEMBER, "member_there", community_id=world.there)

    with pytest.raises(BadInput):
        do(world.secretary, add_member, body_id=world.body, **SEAT, account_id=stranger.id)


def test_a_member_gets_an_account_later(world: World) -> None:
    account = another_actor(world, Role.COUNCIL_MEMBER, "member_two")

    values = {"name": "议事员02", "capacity": "楼组长", "account_id": account.id}
    do(world.secretary, amend_member, member_id=world.members[1], version=1, **values)

    assert row(world, BodyMember, world.members[1]).account_id == account.id


def test_two_editors_of_one_member_do_not_overwrite_each_other(world: World) -> None:
    values = {"name": "议事员02", "capacity": "楼组长", "account_id": None}
    do(world.secretary, amend_member, member_id=world.members[1], version=1, **values)

    with pytest.raises(Conflict):
        do(world.secretary, amend_member, member_id=world.members[1], version=1, **values | {"name": "别人"})

    assert row(world, BodyMember, world.members[1]).name == "议事员02"


def test_a_new_rule_leaves_a_meeting_that_was_called_alone(world: World) -> None:
    meeting, _ = a_convened(world)

    do(world.secretary, set_rules, body_id=world.body, **RULES)

    frozen = HouseRule.from_json(row(world, Meeting, meeting).rule)
    assert frozen.preset == Preset.COUNCIL
    assert frozen.majority_base is MajorityBase.PRESENT


def test_the_newest_rule_in_force_is_the_one_that_is_frozen(world: World) -> None:
    do(world.secretary, set_rules, body_id=world.body, **RULES)
    do(world.secretary, set_rules, body_id=world.body, **RULES | {"valid_from": TODAY + timedelta(days=30)})
    meeting = a_draft(world)
    do(world.secretary, add_item, meeting_id=meeting, title="长廊命名", motion="命名为同心廊", proposer="街道办事处")

    do(world.secretary, send_notice, meeting_id=meeting, version=1)

    frozen = HouseRule.from_json(row(world, Meeting, meeting).rule)
    assert frozen.preset == Preset.COUNCIL_TWO_THIRDS
    assert frozen.tie is TieRule.VOTE_AGAIN


def test_a_rule_cannot_be_dated_back(world: World) -> None:
    with pytest.raises(BadInput) as told:
        do(world.secretary, set_rules, body_id=world.body, **RULES | {"valid_from": TODAY - timedelta(days=1)})

    assert told.value.field == "valid_from"


def test_a_rule_of_another_kind_of_body_is_not_offered(world: World) -> None:
    with pytest.raises(BadInput):
        do(world.secretary, set_rules, body_id=world.body, **RULES | {"preset": Preset.OWNERS_GENERAL.value})


def test_the_subdistrict_sets_up_a_body_in_one_of_its_communities(world: World) -> None:
    values = {"name": "荷塘社区居民议事会", "kind": BodyKind.COUNCIL, "term": 1}

    body = do(world[Role.SUBDISTRICT_ADMIN], create_body, **values, community_id=world.there)

    with pytest.raises(NotFound):
        do(world.secretary, add_member, body_id=body, **SEAT)
    do(world.other_secretary, add_member, body_id=body, **SEAT)


def test_two_bodies_of_one_name_cannot_be_told_apart(world: World) -> None:
    values = {"name": "柳林社区居民议事会", "kind": BodyKind.COUNCIL, "term": 1}

    with pytest.raises(BadInput) as told:
        do(world.secretary, create_body, **values)

    assert told.value.problem is Problem.TAKEN


def test_a_new_term_counts_its_meetings_anew(world: World) -> None:
    a_draft(world, number=1)

    do(world.secretary, begin_term, body_id=world.body, version=1, term=4)

    assert row(world, Body, world.body).term == 4
    assert row(world, Meeting, a_draft(world, number=1)).term == 4


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.AUDITOR, Role.VOLUNTEER])
def test_others_cannot_change_the_council(world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        do(world[role], add_member, body_id=world.body, **SEAT)


def test_what_cannot_be_kept_is_told_at_its_field(world: World) -> None:
    bad = [("seat", None), ("name", "  "), ("name", "长" * 61), ("capacity", ""), ("since", None)]

    for field, value in bad:
        with pytest.raises(BadInput) as told:
            do(world.secretary, add_member, body_id=world.body, **SEAT | {field: value})
        assert told.value.field == field


def test_rare_characters_and_markup_are_kept_as_written(world: World) -> None:
    name = "𠮷喆<b>=1+1</b>"

    member = do(world.secretary, add_member, body_id=world.body, **SEAT | {"name": name})

    assert row(world, BodyMember, member).name == name


def test_the_first_rule_of_a_body_may_lie_in_the_past(world: World) -> None:
    body = do(world.secretary, create_body, name="居民代表会议", kind=BodyKind.RESIDENTS_REPRESENTATIVES, term=1)

    old = RULES | {"preset": Preset.RESIDENTS_REPRESENTATIVES.value, "valid_from": date(2024, 1, 1)}

    assert do(world.secretary, set_rules, body_id=body, **old) > 0
