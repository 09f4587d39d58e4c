"""The subdistrict's own presets: dated, never edited, adopted by bodies, and without power over what was frozen."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.actions.admin.presets import set_preset
from db.actions.council.council import add_member, amend_member, create_body, set_rules
from db.actions.meetings.meetings import add_item, send_notice
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Problem
from db.models import BodyMember, HousePreset, HouseRules, Meeting, Subdistrict
from db.queries.council.council import council_body, presets
from db.rules.council.council import offers
from db.rules.permissions import Actor
from db.rules.voting.decision import PRESETS, HouseRule, Preset, QuorumOf, Threshold
from db.terms import BodyKind, MajorityBase, Role, TieRule
from tests.builders.admin import COUNCIL
from tests.builders.meetings import a_convened, a_draft
from tests.builders.world import TODAY, World, do, row

OWNERS = COUNCIL | {
    "key": Preset.OWNERS_GENERAL.value,
    "kind": BodyKind.OWNERS_ADVISORY,
    "quorum_of": QuorumOf.OWNERS,
    "area_quorum_share": "2/3",
    "area_quorum_strict": False,
    "area_majority_share": "1/2",
    "area_majority_strict": True,
}
RULES: dict[str, Any] = {
    "valid_from": TODAY,
    "basis": "第三届第二次会议通过",
    "tie": TieRule.VOTE_AGAIN,
    "call_days": 5,
    "notice_days": 7,
}


def admin(world: World) -> Actor:
    return world[Role.SUBDISTRICT_ADMIN]


def offered(world: World, kind: BodyKind = BodyKind.COUNCIL, day: date = TODAY) -> dict[str, HouseRule]:
    with reading(world.secretary) as session:
        return {key: offer.rule for key, offer in offers(kind, presets(session), day).items()}


# --- what the subdistrict sets ------------------------------------------------------------------------


def test_every_part_of_a_rule_can_be_set(world: World) -> None:
    preset = do(admin(world), set_preset, **COUNCIL)

    stored = row(world, HousePreset, preset)
    rule = HouseRule.from_json(stored.rule)
    assert (rule.quorum, rule.quorum_of) == (Threshold(3, 4, strict=False), QuorumOf.MEMBERS)
    assert (rule.majority, rule.majority_base) == (Threshold(3, 5, strict=True), MajorityBase.VALID)
    assert (rule.tie, rule.call_days, rule.notice_days) == (TieRule.VOTE_AGAIN, 5, 7)
    assert (rule.speech_seconds, rule.speeches) == (180, 3)
    assert (rule.phones_allowed, rule.shuffle_options, rule.verified, rule.advisory) == (False, True, True, False)
    assert (stored.basis, stored.in_force_since) == ("街道办〔2026〕3号", date(2026, 1, 1))


def test_a_newer_version_follows_and_the_older_one_stays_as_it_was(world: World) -> None:
    first = do(admin(world), set_preset, **COUNCIL)
    do(admin(world), set_preset, **COUNCIL | {"quorum_share": "4/5", "valid_from": TODAY + timedelta(days=10)})

    assert offered(world)[Preset.COUNCIL].quorum == Threshold(3, 4, strict=False)
    assert offered(world, day=TODAY + timedelta(days=10))[Preset.COUNCIL].quorum == Threshold(4, 5, strict=False)
    assert HouseRule.from_json(row(world, HousePreset, first).rule).quorum == Threshold(3, 4, strict=False)


def test_of_two_versions_on_one_day_the_later_one_holds(world: World) -> None:
    do(admin(world), set_preset, **COUNCIL)
    do(admin(world), set_preset, **COUNCIL | {"quorum_share": "4/5"})

    assert offered(world)[Preset.COUNCIL].quorum == Threshold(4, 5, strict=False)


def test_only_the_first_version_may_be_dated_back(world: World) -> None:
    do(admin(world), set_preset, **COUNCIL | {"valid_from": date(2025, 1, 1)})

    with pytest.raises(BadInput) as told:
        do(admin(world), set_preset, **COUNCIL | {"valid_from": TODAY - timedelta(days=1)})

    assert (told.value.field, told.value.problem) == ("valid_from", Problem.TOO_EARLY)


def test_a_preset_of_its_own_stands_beside_those_that_ship(world: World) -> None:
    preset = do(admin(world), set_preset, **COUNCIL | {"key": None, "name": "楼组议事会"})

    key = row(world, HousePreset, preset).key
    assert key.startswith("own_")
    assert list(offered(world)) == [
        *(Preset.COUNCIL, Preset.COUNCIL_MEMBERS_MAJORITY, Preset.COUNCIL_TWO_THIRDS),
        key,
    ]
    assert key not in offered(world, BodyKind.RESIDENTS)
    do(admin(world), set_preset, **COUNCIL | {"key": key, "name": "楼组议事会"})


def test_a_preset_that_ships_cannot_become_that_of_another_body(world: World) -> None:
    preset = do(admin(world), set_preset, **COUNCIL | {"kind": BodyKind.OWNERS_ADVISORY})

    assert row(world, HousePreset, preset).kind is BodyKind.COUNCIL


def test_what_owners_decide_stays_advisory_and_keeps_its_floor_area(world: World) -> None:
    preset = do(admin(world), set_preset, **OWNERS)

    rule = HouseRule.from_json(row(world, HousePreset, preset).rule)
    assert rule.advisory
    assert (rule.area_quorum, rule.area_majority) == (Threshold(2, 3, strict=False), Threshold(1, 2, strict=True))


def test_floor_area_is_not_asked_of_a_council(world: World) -> None:
    preset = do(admin(world), set_preset, **OWNERS | {"key": None, "kind": BodyKind.COUNCIL})

    assert not HouseRule.from_json(row(world, HousePreset, preset).rule).by_area


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("quorum_share", None, Problem.EMPTY),
        ("quorum_share", "", Problem.WRONG),
        ("quorum_share", "2/0", Problem.WRONG),
        ("quorum_share", "5/4", Problem.WRONG),
        ("quorum_share", "-1/2", Problem.WRONG),
        ("quorum_share", "0.5/1", Problem.WRONG),
        ("quorum_share", "٢/٣", Problem.WRONG),
        ("quorum_share", 5, Problem.WRONG),
        ("majority_share", "1/3", Problem.WRONG),
        ("majority_share", "1/1", Problem.WRONG),
        ("majority_strict", None, Problem.EMPTY),
        ("majority_base", None, Problem.EMPTY),
        ("quorum_of", None, Problem.EMPTY),
        ("tie", None, Problem.EMPTY),
        ("speech_seconds", 0, Problem.OUT_OF_RANGE),
        ("speeches", 0, Problem.OUT_OF_RANGE),
        ("notice_days", 0, Problem.OUT_OF_RANGE),
        ("name", " ", Problem.EMPTY),
        ("basis", "", Problem.EMPTY),
        ("valid_from", None, Problem.EMPTY),
        ("key", "own_ffffffff", Problem.UNKNOWN_CHOICE),
        ("key", "no_such", Problem.UNKNOWN_CHOICE),
        ("key", 5, Problem.UNKNOWN_CHOICE),
    ],
)
def test_a_preset_that_cannot_be_is_told_at_its_field(
    small_world: World, field: str, value: object, problem: Problem
) -> None:
    with pytest.raises(BadInput) as told:
        do(admin(small_world), set_preset, **COUNCIL | {field: value})

    assert (told.value.field, told.value.problem) == (field, problem)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER, Role.COUNCIL_MEMBER, Role.AUDITOR])
def test_only_the_subdistrict_sets_presets(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        do(small_world[role], set_preset, **COUNCIL)


# --- what a body adopts -------------------------------------------------------------------------------


def test_a_body_adopts_the_version_in_force_with_a_date(world: World) -> None:
    do(admin(world), set_preset, **COUNCIL)

    rules = do(world.secretary, set_rules, body_id=world.body, preset=Preset.COUNCIL.value, **RULES)

    adopted = HouseRule.from_json(row(world, HouseRules, rules).rule)
    assert (adopted.quorum, adopted.speech_seconds, adopted.phones_allowed) == (
        Threshold(3, 4, strict=False),
        180,
        False,
    )
    with reading(world.secretary) as session:
        assert council_body(session, world.body).rules[0].name == "居民议事会（街道版）"


def test_a_body_may_settle_speaking_phones_and_order_for_itself(world: World) -> None:
    own = {"speech_seconds": 90, "speeches": 1, "phones_allowed": False, "shuffle_options": True}

    rules = do(world.secretary, set_rules, body_id=world.body, preset=Preset.COUNCIL.value, **RULES, **own)

    adopted = HouseRule.from_json(row(world, HouseRules, rules).rule)
    assert (adopted.speech_seconds, adopted.speeches) == (90, 1)
    assert (adopted.phones_allowed, adopted.shuffle_options) == (False, True)


def test_a_version_that_is_not_yet_in_force_cannot_be_adopted(world: World) -> None:
    later = {"key": None, "valid_from": TODAY + timedelta(days=1)}
    key = row(world, HousePreset, do(admin(world), set_preset, **COUNCIL | later)).key

    with pytest.raises(BadInput) as told:
        do(world.secretary, set_rules, body_id=world.body, preset=key, **RULES)

    assert told.value.field == "preset"


def test_a_new_preset_changes_neither_adopted_rules_nor_a_meeting_that_was_called(world: World) -> None:
    meeting, _ = a_convened(world)

    do(admin(world), set_preset, **COUNCIL)
    draft = a_draft(world, number=2)
    do(world.secretary, add_item, meeting_id=draft, title="长廊命名", motion="命名为同心廊", proposer="街道办事处")
    do(world.secretary, send_notice, meeting_id=draft, version=1)

    for called in (meeting, draft):
        assert HouseRule.from_json(row(world, Meeting, called).rule).quorum == PRESETS[Preset.COUNCIL].quorum


def test_a_preset_of_another_subdistrict_is_neither_offered_nor_adopted(world: World) -> None:
    key = row(world, HousePreset, do(admin(world), set_preset, **COUNCIL | {"key": None})).key
    with as_system("test") as session:
        elsewhere = Subdistrict(name="隔壁街道", district="海丰区")
        session.add(elsewhere)
        session.flush()
        session.query(HousePreset).one().subdistrict_id = elsewhere.id

    assert key not in offered(world)
    with pytest.raises(BadInput):
        do(world.secretary, set_rules, body_id=world.body, preset=key, **RULES)
    with pytest.raises(BadInput):
        do(admin(world), set_preset, **COUNCIL | {"key": key})


# --- floor area of owners -----------------------------------------------------------------------------

OWNER: dict[str, Any] = {"seat": 1, "name": "业主甲", "capacity": "1幢101室", "since": TODAY}


def an_owners_body(world: World) -> int:
    return do(world.secretary, create_body, name="业主意见征询", kind=BodyKind.OWNERS_ADVISORY, term=1)


def test_an_owners_floor_area_is_kept_to_the_hundredth_and_may_be_corrected_or_taken_back(world: World) -> None:
    member = do(world.secretary, add_member, body_id=an_owners_body(world), **OWNER, floor_area=Decimal("89.07"))
    assert row(world, BodyMember, member).floor_area == 8_907

    values = {"member_id": member, "name": "业主甲", "capacity": "1幢101室", "account_id": None}
    do(world.secretary, amend_member, version=1, **values, floor_area=Decimal("90.5"))
    assert row(world, BodyMember, member).floor_area == 9_050

    do(world.secretary, amend_member, version=2, **values)
    assert row(world, BodyMember, member).floor_area is None


@pytest.mark.parametrize(
    "area", [Decimal(0), Decimal(-1), Decimal("1.005"), Decimal(10**7), Decimal("NaN"), 89.5, "89"]
)
def test_a_floor_area_that_cannot_be_is_told_at_its_field(small_world: World, area: Any) -> None:
    body = an_owners_body(small_world)

    with pytest.raises(BadInput) as told:
        do(small_world.secretary, add_member, body_id=body, **OWNER, floor_area=area)

    assert told.value.field == "floor_area"


def test_members_of_a_council_have_no_floor_area(small_world: World) -> None:
    with pytest.raises(BadInput):
        do(small_world.secretary, add_member, body_id=small_world.body, **OWNER | {"seat": 17}, floor_area=Decimal(80))
