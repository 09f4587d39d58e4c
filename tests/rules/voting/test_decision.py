"""How a motion passes: the worked numbers of docs/domain.md 5.3 and what no rule may ever allow."""

import json
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.rules.voting.decision import (
    HALF_OR_MORE,
    MORE_THAN_HALF,
    PRESETS,
    PRESETS_FOR,
    THREE_QUARTERS_OR_MORE,
    TWO_THIRDS_OR_MORE,
    AreaVotes,
    Decision,
    DecisionMisuse,
    Electorate,
    HouseRule,
    LegalBasis,
    Preset,
    QuorumOf,
    Threshold,
    VotesExceedPresent,
    decide,
    quorum,
)
from db.rules.voting.result import result_from_json, result_to_json
from db.terms import BodyKind, MajorityBase, Outcome, TieRule

COUNCIL = PRESETS[Preset.COUNCIL]


def vote(rule: HouseRule, due: int, present: int, votes: tuple[int, int, int], **recused: Any) -> Decision:
    votes_for, votes_against, votes_abstain = votes
    return decide(
        rule,
        due=due,
        present=present,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        **recused,
    )


thresholds = st.builds(
    lambda denominator, part, strict: Threshold(part % denominator + (not strict), denominator, strict),
    st.integers(1, 12),
    st.integers(0, 11),
    st.booleans(),
)
majorities = thresholds.filter(lambda share: 2 * share.numerator >= share.denominator)
rules = st.builds(
    HouseRule,
    preset=st.just("invented"),
    quorum=thresholds,
    quorum_of=st.sampled_from(QuorumOf),
    majority=majorities,
    majority_base=st.sampled_from(MajorityBase),
    tie=st.sampled_from(TieRule),
    notice_days=st.sampled_from((3, 5, 7, 10, 15)),
    advisory=st.booleans(),
    proxies_allowed=st.booleans(),
    call_days=st.integers(0, 10),
    legal_basis=st.sampled_from(LegalBasis),
    verified=st.booleans(),
)


@st.composite
def ballots(draw: st.DrawFn) -> tuple[int, int, tuple[int, int, int]]:
    due = draw(st.integers(0, 60))
    present = draw(st.integers(0, due))
    votes_for = draw(st.integers(0, present))
    votes_against = draw(st.integers(0, present - votes_for))
    votes_abstain = draw(st.integers(0, present - votes_for - votes_against))
    return due, present, (votes_for, votes_against, votes_abstain)


# --- thresholds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "least"), [(9, 6), (13, 9), (15, 10), (16, 11), (19, 13), (20, 14), (21, 14), (31, 21)]
)
def test_two_thirds_or_more_of_the_members_is_the_share_rounded_up(members: int, least: int) -> None:
    assert TWO_THIRDS_OR_MORE.least(members) == least
    assert TWO_THIRDS_OR_MORE.met(least, members)
    assert not TWO_THIRDS_OR_MORE.met(least - 1, members)


@pytest.mark.parametrize(("present", "least"), [(10, 6), (11, 6), (13, 7), (14, 8), (16, 9)])
def test_more_than_half_leaves_out_exactly_half(present: int, least: int) -> None:
    assert MORE_THAN_HALF.least(present) == least
    assert MORE_THAN_HALF.met(least, present)
    assert not MORE_THAN_HALF.met(least - 1, present)


@pytest.mark.parametrize(
    ("share", "base", "least"),
    [
        (HALF_OR_MORE, 20, 10),
        (HALF_OR_MORE, 21, 11),
        (THREE_QUARTERS_OR_MORE, 100, 75),
        (THREE_QUARTERS_OR_MORE, 101, 76),
        (MORE_THAN_HALF, 0, 1),
        (TWO_THIRDS_OR_MORE, 0, 0),
        (TWO_THIRDS_OR_MORE, 3, 2),
        (MORE_THAN_HALF, 1, 1),
    ],
)
def test_or_more_includes_the_share_itself(share: Threshold, base: int, least: int) -> None:
    assert share.least(base) == least


@given(share=thresholds, base=st.integers(0, 10**12))
def test_a_threshold_is_exact_one_below_at_and_one_above_the_share(share: Threshold, base: int) -> None:
    exact = Fraction(base * share.numerator, share.denominator)

    least = floor(exact) + 1 if share.strict else ceil(exact)

    assert share.least(base) == least
    assert [share.met(count, base) for count in (least - 1, least, least + 1)] == [False, True, True]


@pytest.mark.parametrize(
    ("numerator", "denominator", "strict"),
    [(1, 0, False), (-1, 2, False), (3, 2, False), (1, 1, True), (1, -2, True)],
)
def test_a_share_outside_nothing_to_all_is_refused(numerator: int, denominator: int, strict: bool) -> None:
    with pytest.raises(DecisionMisuse):
        Threshold(numerator, denominator, strict)


# --- the council -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "present", "votes", "outcome"),
    [
        (16, 14, (7, 5, 2), Outcome.NOT_PASSED),
        (16, 14, (8, 4, 2), Outcome.PASSED),
        (16, 14, (14, 0, 0), Outcome.PASSED),
        (16, 14, (0, 14, 0), Outcome.NOT_PASSED),
        (16, 14, (7, 7, 0), Outcome.TIE),
        (16, 14, (6, 6, 2), Outcome.TIE),
        (16, 14, (0, 0, 14), Outcome.NOT_PASSED),
        (16, 14, (0, 0, 0), Outcome.NOT_PASSED),
        (16, 14, (7, 0, 0), Outcome.NOT_PASSED),
        (16, 10, (10, 0, 0), Outcome.NO_QUORUM),
        (16, 11, (6, 5, 0), Outcome.PASSED),
        (16, 11, (5, 4, 2), Outcome.NOT_PASSED),
        (16, 16, (9, 7, 0), Outcome.PASSED),
        (16, 16, (8, 7, 1), Outcome.NOT_PASSED),
        (20, 14, (8, 6, 0), Outcome.PASSED),
        (20, 13, (13, 0, 0), Outcome.NO_QUORUM),
        (0, 0, (0, 0, 0), Outcome.NO_QUORUM),
        (1, 1, (1, 0, 0), Outcome.PASSED),
    ],
)
def test_the_council_needs_two_thirds_there_and_more_than_half_of_them_for(
    due: int, present: int, votes: tuple[int, int, int], outcome: Outcome
) -> None:
    assert vote(COUNCIL, due, present, votes).outcome is outcome


def test_a_result_sheet_carries_every_number_of_the_count() -> None:
    decision = vote(COUNCIL, 16, 14, (7, 4, 2))

    assert (decision.quorum.due, decision.quorum.present, decision.quorum.needed) == (16, 14, 11)
    assert (decision.base, decision.base_count, decision.needed) == (MajorityBase.PRESENT, 14, 8)
    assert (decision.not_cast, decision.passed) == (1, False)


def test_when_members_leave_and_the_quorum_is_lost_the_item_cannot_be_decided() -> None:
    before = quorum(COUNCIL, 16, 11)
    after = quorum(COUNCIL, 16, 10)

    assert before.met
    assert not after.met
    assert after.missing == 1


def test_a_recused_member_counts_neither_as_due_nor_as_present() -> None:
    decision = vote(COUNCIL, 16, 11, (6, 4, 0), recused_due=1, recused_present=1)

    assert (decision.quorum.due, decision.quorum.present, decision.quorum.needed) == (15, 10, 10)
    assert decision.base_count == 10
    assert decision.outcome is Outcome.PASSED


def test_a_recused_member_who_is_absent_lowers_only_the_number_due() -> None:
    check = quorum(COUNCIL, 16, 10, recused_due=1, recused_present=0)

    assert (check.due, check.present, check.needed, check.met) == (15, 10, 10, True)


def test_a_majority_of_all_members_is_counted_without_the_recused() -> None:
    by_members = PRESETS[Preset.COUNCIL_MEMBERS_MAJORITY]

    decision = vote(by_members, 16, 13, (8, 4, 0), recused_due=1, recused_present=1)

    assert (decision.base_count, decision.needed) == (15, 8)
    assert decision.outcome is Outcome.PASSED


@pytest.mark.parametrize("rule", [TieRule.NOT_PASSED, TieRule.BACK_TO_DISCUSSION, TieRule.VOTE_AGAIN])
def test_a_tie_does_not_pass_and_tells_what_the_house_rule_says_next(rule: TieRule) -> None:
    decision = vote(replace(COUNCIL, tie=rule), 16, 14, (7, 7, 0))

    assert decision.outcome is Outcome.TIE
    assert decision.tie_rule is rule


def test_a_tie_goes_back_to_discussion_unless_the_house_rules_otherwise() -> None:
    assert {rule.tie for rule in PRESETS.values()} == {TieRule.BACK_TO_DISCUSSION}


# --- the other bodies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "due", "present", "votes", "outcome"),
    [
        (Preset.COUNCIL_MEMBERS_MAJORITY, 16, 14, (8, 4, 2), Outcome.NOT_PASSED),
        (Preset.COUNCIL_MEMBERS_MAJORITY, 16, 14, (9, 3, 2), Outcome.PASSED),
        (Preset.COUNCIL_MEMBERS_MAJORITY, 15, 10, (8, 2, 0), Outcome.PASSED),
        (Preset.COUNCIL_TWO_THIRDS, 16, 14, (9, 5, 0), Outcome.NOT_PASSED),
        (Preset.COUNCIL_TWO_THIRDS, 16, 14, (10, 4, 0), Outcome.PASSED),
        (Preset.COUNCIL_TWO_THIRDS, 15, 12, (8, 4, 0), Outcome.PASSED),
        (Preset.RESIDENTS, 100, 50, (50, 0, 0), Outcome.NO_QUORUM),
        (Preset.RESIDENTS, 100, 51, (26, 25, 0), Outcome.PASSED),
        (Preset.RESIDENTS, 100, 52, (26, 25, 1), Outcome.NOT_PASSED),
        (Preset.RESIDENTS_REPRESENTATIVES, 60, 39, (39, 0, 0), Outcome.NO_QUORUM),
        (Preset.RESIDENTS_REPRESENTATIVES, 60, 40, (21, 19, 0), Outcome.PASSED),
        (Preset.RESIDENTS_REPRESENTATIVES, 60, 40, (20, 19, 1), Outcome.NOT_PASSED),
        (Preset.VILLAGERS_ADULTS, 901, 450, (450, 0, 0), Outcome.NO_QUORUM),
        (Preset.VILLAGERS_ADULTS, 901, 451, (226, 225, 0), Outcome.PASSED),
        (Preset.VILLAGERS_HOUSEHOLDS, 300, 199, (199, 0, 0), Outcome.NO_QUORUM),
        (Preset.VILLAGERS_HOUSEHOLDS, 300, 200, (101, 99, 0), Outcome.PASSED),
        (Preset.VILLAGERS_REPRESENTATIVES, 31, 20, (20, 0, 0), Outcome.NO_QUORUM),
        (Preset.VILLAGERS_REPRESENTATIVES, 31, 21, (11, 10, 0), Outcome.PASSED),
        (Preset.VILLAGERS_GROUP_ADULTS, 90, 59, (59, 0, 0), Outcome.NO_QUORUM),
        (Preset.VILLAGERS_GROUP_ADULTS, 90, 60, (31, 29, 0), Outcome.PASSED),
        (Preset.VILLAGERS_GROUP_HOUSEHOLDS, 30, 20, (10, 9, 1), Outcome.NOT_PASSED),
        (Preset.VILLAGERS_GROUP_HOUSEHOLDS, 30, 20, (11, 9, 0), Outcome.PASSED),
        (Preset.PARTY_ASSEMBLY, 20, 13, (13, 0, 0), Outcome.NO_QUORUM),
        (Preset.PARTY_ASSEMBLY, 20, 14, (10, 4, 0), Outcome.PASSED),
        (Preset.PARTY_ASSEMBLY, 20, 14, (9, 5, 0), Outcome.NOT_PASSED),
        (Preset.PARTY_ASSEMBLY, 21, 14, (10, 4, 0), Outcome.NOT_PASSED),
        (Preset.PARTY_ASSEMBLY, 20, 20, (10, 9, 1), Outcome.PASSED),
        (Preset.PARTY_ASSEMBLY, 20, 20, (10, 10, 0), Outcome.TIE),
        (Preset.OWNERS_GENERAL, 300, 200, (101, 99, 0), Outcome.PASSED),
        (Preset.OWNERS_GENERAL, 300, 200, (100, 99, 1), Outcome.NOT_PASSED),
        (Preset.OWNERS_GENERAL, 300, 200, (150, 49, 0), Outcome.NO_QUORUM),
        (Preset.OWNERS_THREE_QUARTERS, 300, 200, (149, 51, 0), Outcome.NOT_PASSED),
        (Preset.OWNERS_THREE_QUARTERS, 300, 200, (150, 50, 0), Outcome.PASSED),
    ],
)
def test_each_body_decides_by_its_own_rule(
    preset: Preset, due: int, present: int, votes: tuple[int, int, int], outcome: Outcome
) -> None:
    assert vote(PRESETS[preset], due, present, votes).outcome is outcome


def test_of_valid_votes_only_those_handed_in_are_the_base() -> None:
    by_valid = replace(COUNCIL, majority_base=MajorityBase.VALID)

    decision = vote(by_valid, 16, 14, (6, 5, 0))

    assert (decision.base_count, decision.needed, decision.not_cast) == (11, 6, 3)
    assert decision.outcome is Outcome.PASSED


def test_owners_heads_alone_only_advise() -> None:
    advisory = {name for name, rule in PRESETS.items() if rule.advisory}

    assert advisory == {Preset.OWNERS_GENERAL, Preset.OWNERS_THREE_QUARTERS}
    assert vote(PRESETS[Preset.OWNERS_GENERAL], 3, 3, (3, 0, 0)).advisory


def test_no_rule_whose_law_was_amended_unread_calls_itself_verified() -> None:
    verified = {rule.legal_basis for rule in PRESETS.values() if rule.verified}

    assert verified == {LegalBasis.HOUSE_RULES, LegalBasis.CIVIL_CODE_278}


def test_no_rule_allows_proxies_unless_the_house_says_so() -> None:
    assert not any(rule.proxies_allowed for rule in PRESETS.values())


def test_every_body_is_offered_rules_and_every_preset_has_its_name() -> None:
    assert set(PRESETS_FOR) == set(BodyKind)
    assert set(PRESETS) == {preset.value for preset in Preset}
    assert all(rule.preset == name for name, rule in PRESETS.items())


# --- heads and floor area (民法典 278) -----------------------------------------------------------------

GENERAL, THREE_QUARTERS = PRESETS[Preset.OWNERS_GENERAL], PRESETS[Preset.OWNERS_THREE_QUARTERS]


def owners(rule: HouseRule, heads: tuple[int, int, int], area: tuple[int, int, int]) -> Decision:
    """Of 300 owners with 3,000 m² (300,000 of 0.01 m²) those vote, with that much area behind each choice."""
    return decide(
        rule,
        due=300,
        present=300,
        votes_for=heads[0],
        votes_against=heads[1],
        votes_abstain=heads[2],
        area=AreaVotes(300_000, *area),
    )


@pytest.mark.parametrize(
    ("rule", "heads", "area", "outcome"),
    [
        (GENERAL, (101, 99, 0), (100_001, 99_999, 0), Outcome.PASSED),
        (GENERAL, (101, 99, 0), (100_000, 100_000, 0), Outcome.NOT_PASSED),
        (GENERAL, (101, 99, 0), (100_000, 99_999, 1), Outcome.NOT_PASSED),
        (GENERAL, (100, 99, 1), (150_000, 50_000, 0), Outcome.NOT_PASSED),
        (GENERAL, (101, 99, 0), (150_000, 49_999, 0), Outcome.NO_QUORUM),
        (GENERAL, (150, 49, 0), (150_000, 50_000, 0), Outcome.NO_QUORUM),
        (GENERAL, (0, 0, 200), (0, 0, 200_000), Outcome.NOT_PASSED),
        (GENERAL, (100, 100, 0), (150_000, 50_000, 0), Outcome.TIE),
        (THREE_QUARTERS, (150, 50, 0), (150_000, 50_000, 0), Outcome.PASSED),
        (THREE_QUARTERS, (150, 50, 0), (149_999, 50_001, 0), Outcome.NOT_PASSED),
        (THREE_QUARTERS, (149, 51, 0), (150_000, 50_000, 0), Outcome.NOT_PASSED),
    ],
)
def test_owners_need_heads_and_floor_area_both_to_take_part_and_to_agree(
    rule: HouseRule, heads: tuple[int, int, int], area: tuple[int, int, int], outcome: Outcome
) -> None:
    decision = owners(rule, heads, area)

    assert decision.outcome is outcome
    assert decision.advisory


def test_floor_area_is_counted_exactly_where_floats_would_round() -> None:
    due = 3 * 10**17 + 1

    decision = decide(
        GENERAL,
        due=3,
        present=3,
        votes_for=3,
        votes_against=0,
        votes_abstain=0,
        area=AreaVotes(due, votes_for=2 * 10**17, votes_against=0, votes_abstain=0),
    )

    assert decision.area is not None
    assert decision.area.quorum_needed == 2 * 10**17 + 1
    assert decision.outcome is Outcome.NO_QUORUM


def test_a_rule_of_heads_does_not_hear_floor_area() -> None:
    decision = owners(COUNCIL, (151, 149, 0), (1, 299_999, 0))

    assert decision.area is None
    assert decision.passed


def test_without_floor_areas_the_owners_rule_goes_by_heads_and_only_advises() -> None:
    decision = vote(GENERAL, 300, 200, (101, 99, 0))

    assert (decision.area, decision.passed, decision.advisory) == (None, True, True)


@pytest.mark.parametrize("areas", [(100, 101, 0, 0, 0), (100, 50, 50, 0, 1), (-1, 0, 0, 0, 0), (100, -1, 0, 0, 0)])
def test_floor_areas_that_cannot_be_are_refused(areas: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(DecisionMisuse):
        AreaVotes(*areas)


# --- blank and spoilt ballots ------------------------------------------------------------------------


def test_blank_and_spoilt_ballots_are_neither_abstentions_nor_absent() -> None:
    decision = decide(
        replace(COUNCIL, majority_base=MajorityBase.VALID),
        due=16,
        present=14,
        votes_for=6,
        votes_against=4,
        votes_abstain=1,
        blank=1,
        spoilt=1,
    )

    assert (decision.base_count, decision.needed) == (11, 6)
    assert (decision.votes_abstain, decision.blank, decision.spoilt, decision.not_cast) == (1, 1, 1, 1)


def test_who_handed_in_a_blank_ballot_took_part() -> None:
    decision = decide(
        GENERAL, due=300, present=200, votes_for=100, votes_against=60, votes_abstain=20, blank=15, spoilt=5
    )

    assert decision.quorum.met
    assert (decision.base_count, decision.outcome) == (200, Outcome.NOT_PASSED)


def test_a_blank_ballot_too_many_is_refused() -> None:
    with pytest.raises(VotesExceedPresent):
        decide(COUNCIL, due=16, present=14, votes_for=8, votes_against=4, votes_abstain=2, blank=1)


# --- frozen into the meeting -------------------------------------------------------------------------


@given(rule=rules)
def test_a_rule_frozen_into_a_meeting_is_read_back_unchanged(rule: HouseRule) -> None:
    assert HouseRule.from_json(json.loads(json.dumps(rule.to_json()))) == rule


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_survives_being_stored(name: str) -> None:
    assert HouseRule.from_json(json.loads(json.dumps(PRESETS[name].to_json()))) == PRESETS[name]


@pytest.mark.parametrize("field", sorted(COUNCIL.to_json()))
def test_a_stored_rule_with_a_missing_or_wrong_value_is_refused(field: str) -> None:
    stored = COUNCIL.to_json()
    missing = {name: value for name, value in stored.items() if name != field}

    with pytest.raises(ValueError, match=r".*"):
        HouseRule.from_json(missing)
    with pytest.raises(ValueError, match=r".*"):
        HouseRule.from_json(stored | {field: [None]})


def test_a_stored_threshold_that_is_a_float_is_refused() -> None:
    stored = COUNCIL.to_json() | {"majority": {"numerator": 0.5, "denominator": 1, "strict": True}}

    with pytest.raises(DecisionMisuse):
        HouseRule.from_json(stored)


def test_a_majority_under_one_half_is_refused_because_both_sides_could_win() -> None:
    with pytest.raises(DecisionMisuse):
        replace(COUNCIL, majority=Threshold(1, 3, strict=True))


# --- counts that cannot be ---------------------------------------------------------------------------


def test_more_votes_than_people_present_are_refused() -> None:
    with pytest.raises(VotesExceedPresent):
        vote(COUNCIL, 16, 14, (8, 5, 2))
    with pytest.raises(VotesExceedPresent):
        vote(COUNCIL, 16, 14, (8, 4, 2), recused_due=1, recused_present=1)


@pytest.mark.parametrize(
    ("due", "recused", "present", "recused_present"),
    [(16, 0, 17, 0), (16, 17, 10, 0), (16, 1, 10, 2), (16, 2, 15, 0), (-1, 0, 0, 0), (5, 5, 1, 2), (5, 0, -1, 0)],
)
def test_an_electorate_that_cannot_be_is_refused(due: int, recused: int, present: int, recused_present: int) -> None:
    with pytest.raises(DecisionMisuse):
        Electorate(due, recused, present, recused_present)


def test_a_negative_count_of_votes_is_refused() -> None:
    with pytest.raises(DecisionMisuse):
        vote(COUNCIL, 16, 14, (-1, 5, 2))


# --- what holds for every rule -----------------------------------------------------------------------


@given(rule=rules, ballot=ballots())
def test_nothing_passes_without_a_quorum_on_a_tie_or_with_only_abstentions(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]]
) -> None:
    due, present, votes = ballot
    decision = vote(rule, due, present, votes)

    if not decision.quorum.met:
        assert decision.outcome is Outcome.NO_QUORUM
    elif votes[0] == votes[1]:
        assert decision.outcome is (Outcome.TIE if votes[0] else Outcome.NOT_PASSED)
    if decision.passed:
        assert votes[0] > votes[1]


@given(rule=rules, ballot=ballots())
def test_one_more_vote_for_never_turns_a_pass_into_a_failure(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]]
) -> None:
    due, present, (votes_for, votes_against, votes_abstain) = ballot
    # The base of cast votes grows with them, so the added vote replaces one that was cast otherwise or not at all.
    assume(votes_against + votes_abstain > 0)
    fewer = (votes_against - 1, votes_abstain) if votes_against else (votes_against, votes_abstain - 1)

    before = vote(rule, due, present, (votes_for, votes_against, votes_abstain))
    after = vote(rule, due, present, (votes_for + 1, *fewer))

    assert after.passed or not before.passed


@given(rule=rules, ballot=ballots())
def test_a_vote_for_from_somebody_who_had_not_voted_never_hurts(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]]
) -> None:
    due, present, (votes_for, votes_against, votes_abstain) = ballot
    assume(votes_for + votes_against + votes_abstain < present)

    before = vote(rule, due, present, (votes_for, votes_against, votes_abstain))
    after = vote(rule, due, present, (votes_for + 1, votes_against, votes_abstain))

    assert after.passed or not before.passed


@given(rule=rules, due=st.integers(0, 200), present=st.integers(0, 199))
def test_one_more_person_there_never_loses_the_quorum(rule: HouseRule, due: int, present: int) -> None:
    assume(present < due)

    assert quorum(rule, due, present + 1).met or not quorum(rule, due, present).met


@given(rule=rules, ballot=ballots())
def test_every_head_is_accounted_for(rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]]) -> None:
    due, present, votes = ballot
    decision = vote(rule, due, present, votes)

    assert sum(votes) + decision.not_cast == present
    assert decision.passed == (decision.quorum.met and votes[0] >= decision.needed and votes[0] > votes[1])


@pytest.mark.parametrize("preset", sorted(PRESETS))
@given(members=st.integers(2, 3000))
def test_the_quorum_is_right_one_below_at_and_one_above(preset: str, members: int) -> None:
    needed = PRESETS[preset].quorum.least(members)
    beside = [there for there in (needed - 1, needed, needed + 1) if there <= members]

    met = [quorum(PRESETS[preset], members, there).met for there in beside]

    assert met == [False, True, True][: len(beside)]
    assert quorum(PRESETS[preset], members, needed - 1).missing == 1


@st.composite
def floors(draw: st.DrawFn) -> AreaVotes:
    parts = draw(st.tuples(*(st.integers(0, 10**6) for _ in range(4))))
    return AreaVotes(sum(parts) + draw(st.integers(0, 10**6)), *parts)


by_area = st.builds(
    lambda rule, quorum_share, majority: replace(rule, area_quorum=quorum_share, area_majority=majority),
    rules,
    thresholds,
    majorities,
)


def with_area(rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]], area: AreaVotes) -> Decision:
    due, present, (votes_for, votes_against, votes_abstain) = ballot
    counts = {"votes_for": votes_for, "votes_against": votes_against, "votes_abstain": votes_abstain}
    return decide(rule, due=due, present=present, **counts, area=area)


@given(rule=by_area, ballot=ballots(), area=floors())
def test_floor_area_can_only_stop_what_heads_would_pass(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]], area: AreaVotes
) -> None:
    heads = vote(rule, *ballot)
    both = with_area(rule, ballot, area)

    assert both.area is not None
    assert both.passed == (heads.passed and both.area.quorum_met and both.area.carried)
    if both.passed:
        assert area.votes_for > area.votes_against


@given(rule=by_area, ballot=ballots(), area=floors(), more=st.integers(0, 10**6))
def test_more_floor_area_for_never_turns_a_pass_into_a_failure(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]], area: AreaVotes, more: int
) -> None:
    assume(area.taking_part + more <= area.due)

    before = with_area(rule, ballot, area)
    after = with_area(rule, ballot, replace(area, votes_for=area.votes_for + more))

    assert after.passed or not before.passed


@given(rule=rules | by_area, ballot=ballots(), area=st.none() | floors())
def test_a_decision_is_kept_and_read_back_unchanged(
    rule: HouseRule, ballot: tuple[int, int, tuple[int, int, int]], area: AreaVotes | None
) -> None:
    decision = vote(rule, *ballot) if area is None else with_area(rule, ballot, area)

    assert result_from_json(json.loads(json.dumps(result_to_json(decision)))) == decision


def test_a_decision_kept_before_there_were_floor_areas_is_still_read() -> None:
    stored = result_to_json(vote(COUNCIL, 16, 14, (8, 4, 2)))
    older = {name: value for name, value in stored.items() if name not in ("blank", "spoilt", "area")}

    assert result_from_json(older) == vote(COUNCIL, 16, 14, (8, 4, 2))


@pytest.mark.parametrize("wrong", [{"area": 5}, {"area": {"due": 1}}, {"blank": "1"}, {"due": True}])
def test_a_stored_decision_of_another_shape_is_refused(wrong: dict[str, object]) -> None:
    stored = result_to_json(vote(COUNCIL, 16, 14, (8, 4, 2)))

    with pytest.raises(DecisionMisuse):
        result_from_json(stored | wrong)
