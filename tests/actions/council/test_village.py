"""四议两公开 and 协调会: each step in its order, decided by its own rule, and nothing without a record."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.complaints.mediation import (
    add_party,
    agree_action,
    check_action,
    convene_mediation,
    end_talk,
    escalate_mediation,
    open_mediation,
    record_talk,
    register_mediation,
    remove_party,
)
from db.actions.council.village import begin_matter, record_step, send_back, stop_matter, undo_step
from db.engine import as_system, reading
from db.errors import BadInput, NotFound, Refused, WrongStage
from db.models import HousePreset, Mediation, VillageMatter
from db.queries.complaints.mediation import mediation, mediations
from db.queries.council.village import village_matter, village_matters
from db.rules.complaints.mediation import MEDIATION
from db.rules.council.village import STEPS
from db.rules.voting.decision import PRESETS, THREE_QUARTERS_OR_MORE, Preset
from db.terms import BodyKind, MediationState, PartyKind, VillageState, VillageStep
from tests.builders.world import NOW, TODAY, World, do, row

MEETING: dict[str, Any] = {"place": "村部", "host": "李主任", "recorder": "陈会计", "due": 40, "present": 30}
VOTE: dict[str, Any] = {"votes_for": 26, "votes_against": 3, "votes_abstain": 1}
START = TODAY - timedelta(days=30)


def a_matter(world: World, **more: Any) -> int:
    values = {"title": "机耕路硬化", "proposal": "硬化东片机耕路 600 米"} | more
    matter: int = do(world.secretary, begin_matter, **values)
    return matter


def step(world: World, matter: int, on: date | None = None, **more: Any) -> dict[str, Any]:
    """Record the step that comes next, as it usually goes."""
    stands = row(world, VillageMatter, matter)
    values: dict[str, Any] = {"on": on or START, "said": "同意"}
    if stands.step in (VillageStep.PROPOSAL, VillageStep.CONSULTATION, VillageStep.REVIEW, VillageStep.RESOLUTION):
        values |= MEETING
    if stands.step in (VillageStep.REVIEW, VillageStep.RESOLUTION):
        values |= VOTE
    if stands.step in (VillageStep.OPINIONS, VillageStep.RESOLUTION_POSTED, VillageStep.RESULT_POSTED):
        values["until"] = (on or START) + timedelta(days=5)
    said: dict[str, Any] = do(
        world.secretary, record_step, matter_id=matter, version=stands.version, **{"step": stands.step} | values | more
    )
    return said


def walked_to(world: World, matter: int, wanted: VillageStep) -> int:
    for n, one in enumerate(STEPS):
        if one is wanted:
            break
        step(world, matter, START + timedelta(days=n))
    return matter


def test_a_matter_walks_all_eight_steps_to_its_end(world: World) -> None:
    matter = a_matter(world)

    walked_to(world, matter, VillageStep.IMPLEMENTATION)
    step(world, matter, START + timedelta(days=15))
    step(world, matter, START + timedelta(days=20))

    with reading(world.secretary) as session:
        facts = village_matter(session, matter, today=TODAY)
    assert facts.state is VillageState.FINISHED
    assert [record.step for record in facts.records] == list(STEPS)


def test_a_step_cannot_be_taken_before_the_one_before_it(world: World) -> None:
    matter = a_matter(world)

    with pytest.raises(BadInput) as told:
        step(world, matter, step=VillageStep.REVIEW)

    assert told.value.field == "step"


@pytest.mark.parametrize(
    ("present", "votes_for", "passed"),
    [(27, 20, True), (26, 26, False), (40, 19, False), (40, 20, True), (27, 19, False)],
)
def test_the_members_assembly_needs_two_thirds_there_and_half_of_all_in_favour(
    small_world: World, present: int, votes_for: int, passed: bool
) -> None:
    matter = walked_to(small_world, a_matter(small_world), VillageStep.REVIEW)

    votes = {"votes_for": votes_for, "votes_against": 0, "votes_abstain": present - votes_for}
    said = step(small_world, matter, START + timedelta(days=9), due=40, present=present, **votes)

    assert said["passed"] is passed


@pytest.mark.parametrize(("present", "votes_for", "passed"), [(27, 14, True), (27, 13, False), (26, 26, False)])
def test_the_representatives_need_two_thirds_there_and_more_than_half_of_those(
    small_world: World, present: int, votes_for: int, passed: bool
) -> None:
    matter = walked_to(small_world, a_matter(small_world), VillageStep.RESOLUTION)

    votes = {"votes_for": votes_for, "votes_against": 0, "votes_abstain": present - votes_for}
    said = step(small_world, matter, START + timedelta(days=9), due=40, present=present, **votes)

    assert said["passed"] is passed


def test_a_step_is_decided_by_the_subdistricts_own_version_of_its_rule(world: World) -> None:
    stricter = replace(PRESETS[Preset.PARTY_ASSEMBLY], majority=THREE_QUARTERS_OR_MORE)
    with as_system("test") as session:
        session.add(
            HousePreset(
                subdistrict_id=world.subdistrict, key=Preset.PARTY_ASSEMBLY, name="党员大会", kind=BodyKind.VILLAGERS,
                rule=stricter.to_json(), basis="街道规定", valid_from=START, set_by=world.secretary.id, set_at=NOW,
            )
        )  # fmt: skip
    matter = walked_to(world, a_matter(world), VillageStep.REVIEW)

    said = step(world, matter, START + timedelta(days=9), votes_for=26, votes_against=3, votes_abstain=1)

    assert said["passed"] is False


def test_a_refused_step_is_held_again_or_sent_back_with_other_words(world: World) -> None:
    matter = walked_to(world, a_matter(world), VillageStep.REVIEW)
    refused = step(world, matter, START + timedelta(days=9), votes_for=5, votes_against=20, votes_abstain=5)
    version = row(world, VillageMatter, matter).version

    do(world.secretary, send_back, matter_id=matter, version=version, to=VillageStep.CONSULTATION, reason="造价太高")
    step(world, matter, START + timedelta(days=10), proposal="先硬化 300 米")

    facts = row(world, VillageMatter, matter)
    assert refused == {"passed": False, "step": "review"}
    assert (facts.step, facts.proposal) == (VillageStep.OPINIONS, "先硬化 300 米")
    with reading(world.secretary) as session:
        assert [r.round for r in village_matter(session, matter, today=TODAY).records] == [1, 1, 1, 1, 2]


def test_nothing_is_carried_out_while_the_resolution_is_still_published(world: World) -> None:
    matter = walked_to(world, a_matter(world), VillageStep.IMPLEMENTATION)

    with pytest.raises(BadInput) as told:
        step(world, matter, START + timedelta(days=6))

    assert told.value.field == "on"


def test_a_publication_of_one_day_is_told_at_the_field(small_world: World) -> None:
    matter = walked_to(small_world, a_matter(small_world), VillageStep.OPINIONS)

    with pytest.raises(BadInput) as told:
        step(small_world, matter, START + timedelta(days=3), until=START + timedelta(days=4))

    assert told.value.field == "until"


def test_more_votes_than_people_are_refused(small_world: World) -> None:
    matter = walked_to(small_world, a_matter(small_world), VillageStep.REVIEW)

    with pytest.raises(Refused) as told:
        step(small_world, matter, START + timedelta(days=9), votes_for=30, votes_against=1)

    assert told.value.rule == "more_votes_than_present"


def test_a_step_entered_by_mistake_is_taken_back(world: World) -> None:
    matter = walked_to(world, a_matter(world), VillageStep.OPINIONS)

    back = do(world.secretary, undo_step, matter_id=matter, version=row(world, VillageMatter, matter).version)

    assert back == VillageStep.CONSULTATION
    assert row(world, VillageMatter, matter).step is VillageStep.CONSULTATION


def test_a_stopped_matter_says_why_and_takes_no_step(world: World) -> None:
    matter = a_matter(world)
    do(world.secretary, stop_matter, matter_id=matter, version=1, reason="征地未批")

    with pytest.raises(WrongStage):
        step(world, matter)

    assert row(world, VillageMatter, matter).stop_reason == "征地未批"


def test_matters_of_another_community_stay_there(world: World) -> None:
    matter = a_matter(world)

    with reading(world.other_secretary) as session:
        assert village_matters(session).rows == ()
        with pytest.raises(NotFound):
            village_matter(session, matter, today=TODAY)


# --- 协调会 -------------------------------------------------------------------------------------------------


def a_dispute(world: World, parties: int = 3) -> int:
    dispute: int = do(world.worker, register_mediation, title="沿街餐饮油烟扰民", matter="楼上住户反映油烟大")
    kinds = (PartyKind.DEPARTMENT, PartyKind.BUSINESS, PartyKind.OWNERS)
    for n, kind in enumerate(kinds[:parties], 1):
        values = {"name": f"第{n}方", "representative": "赵测试", "contact": "13812345678", "claim": "减少油烟"}
        do(world.worker, add_party, mediation_id=dispute, kind=kind, **values)
    return dispute


def version_of(world: World, dispute: int) -> int:
    version: int = row(world, Mediation, dispute).version
    return version


def convened(world: World, dispute: int) -> None:
    values = {"at": NOW + timedelta(days=2), "place": "议事厅", "host": "王书记", "version": version_of(world, dispute)}
    do(world.worker, convene_mediation, mediation_id=dispute, **values)


def in_talks(world: World) -> int:
    dispute = a_dispute(world)
    convened(world, dispute)
    with reading(world.worker) as session:
        present = [party.id for party in mediation(session, dispute).parties]
    values = {"version": version_of(world, dispute), "present": present, "recorder": "小陈"}
    do(world.worker, open_mediation, mediation_id=dispute, **values)
    return dispute


def agreed(world: World, actions: int = 1) -> tuple[int, list[int]]:
    dispute = in_talks(world)
    words = {"issues": "烟道不到顶", "basis": "检测超标", "agreed": "改造烟道", "not_agreed": ""}
    do(world.worker, record_talk, mediation_id=dispute, version=version_of(world, dispute), **words)
    due = TODAY + timedelta(days=20)
    made = [
        do(world.worker, agree_action, mediation_id=dispute, title=f"整改{n}", party_id=None, owner="餐饮店",
           due_on=due, checker="小陈")
        for n in range(actions)
    ]  # fmt: skip
    do(world.worker, end_talk, mediation_id=dispute, version=version_of(world, dispute), agreed=True)
    return dispute, made


def checked(world: World, action: int, *, passed: bool) -> str:
    said: str = do(world.worker, check_action, action_id=action, on=TODAY, passed=passed, said="现场检测")
    return said


def test_three_parties_agree_and_the_dispute_is_settled_when_every_check_passed(world: World) -> None:
    dispute, actions = agreed(world, 2)

    first, second = checked(world, actions[0], passed=True), checked(world, actions[1], passed=True)

    assert (first, second) == (MediationState.AGREED, MediationState.SETTLED)
    with reading(world.secretary) as session:
        assert mediation(session, dispute).settled


def test_a_failed_check_before_it_was_settled_only_keeps_it_open(world: World) -> None:
    _, actions = agreed(world)

    assert checked(world, actions[0], passed=False) == MediationState.AGREED


def test_a_relapse_reopens_the_dispute_and_the_parties_meet_again(world: World) -> None:
    dispute, actions = agreed(world)
    checked(world, actions[0], passed=True)

    relapsed = checked(world, actions[0], passed=False)
    convened(world, dispute)

    assert relapsed == MediationState.RELAPSED
    assert row(world, Mediation, dispute).state is MediationState.CONVENED


def test_fewer_than_two_parties_are_no_talk(world: World) -> None:
    dispute = a_dispute(world, parties=1)

    with pytest.raises(Refused) as told:
        convened(world, dispute)

    assert told.value.rule == "parties_missing"


def test_a_talk_without_an_action_is_not_agreed(world: World) -> None:
    dispute = in_talks(world)
    words = {"issues": "烟道", "basis": "", "agreed": "", "not_agreed": "费用"}
    with pytest.raises(Refused) as unrecorded:
        do(world.worker, end_talk, mediation_id=dispute, version=version_of(world, dispute), agreed=True)
    do(world.worker, record_talk, mediation_id=dispute, version=version_of(world, dispute), **words)

    with pytest.raises(Refused) as told:
        do(world.worker, end_talk, mediation_id=dispute, version=version_of(world, dispute), agreed=True)

    assert (unrecorded.value.rule, told.value.rule) == ("talk_not_recorded", "nothing_agreed")


def test_what_cannot_be_agreed_goes_up_with_the_reason(world: World) -> None:
    dispute = in_talks(world)
    words = {"issues": "烟道", "basis": "", "agreed": "", "not_agreed": "费用"}
    do(world.worker, record_talk, mediation_id=dispute, version=version_of(world, dispute), **words)
    do(world.worker, end_talk, mediation_id=dispute, version=version_of(world, dispute), agreed=False)

    values = {"version": version_of(world, dispute), "reason": "需环保部门执法"}
    state = do(world.worker, escalate_mediation, mediation_id=dispute, **values)

    assert state == MediationState.ESCALATED


def test_people_of_a_party_are_masked_and_a_mistaken_party_is_removed(world: World) -> None:
    dispute = a_dispute(world)
    with reading(world.secretary) as session:
        parties = mediation(session, dispute).parties

    do(world.worker, remove_party, party_id=parties[2].id)

    assert {(party.representative, party.contact) for party in parties} == {("赵**", "138****5678")}
    with reading(world.secretary) as session:
        assert len(mediation(session, dispute).parties) == 2
        assert [one.open_actions for one in mediations(session).rows] == [0]


def test_the_life_of_a_dispute_knows_every_state_and_reaches_each() -> None:
    reached = {MediationState.REGISTERED}.union(*MEDIATION.values())

    assert set(MEDIATION) == set(MediationState) == reached
