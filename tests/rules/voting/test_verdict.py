"""A question with options by a house rule: the quorum first, then what the count says."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.decision import PRESETS, DecisionMisuse, Electorate, Preset
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_from_json, result_to_json
from db.rules.voting.tally import OptionCount, Round, Tally
from db.rules.voting.verdict import judge
from db.terms import MajorityBase, Outcome, QuestionKind

COUNCIL = PRESETS[Preset.COUNCIL]
QUESTION = Question(QuestionKind.CHOOSE, (Option(1, "健身角"), Option(2, "长廊"), Option(3, "花坛")), seats=1, most=2)
PEOPLE = Electorate(due=16, recused=0, present=14)


def a_tally(valid: int = 14, abstained: int = 0, winners: tuple[int, ...] = (1,), tied: tuple[int, ...] = ()) -> Tally:
    options = tuple(OptionCount(number, 9 - number, number in winners, number) for number in (1, 2, 3))
    return Tally(valid, abstained, options, winners, tied, (Round(((1, 9, 2), (2, 7, 2)), (1,), (2,), (1, 3)),), 5)


@pytest.mark.parametrize(
    ("tally", "outcome"),
    [
        (a_tally(), Outcome.PASSED),
        (a_tally(winners=()), Outcome.NOT_PASSED),
        (a_tally(winners=(), tied=(1, 2)), Outcome.TIE),
        (a_tally(winners=(1,), tied=(2, 3)), Outcome.TIE),
        (a_tally(abstained=14, winners=()), Outcome.NOT_PASSED),
    ],
)
def test_winners_pass_a_tie_is_told_and_abstentions_choose_nothing(tally: Tally, outcome: Outcome) -> None:
    assert judge(COUNCIL, QUESTION, PEOPLE, tally, blank=0, spoilt=0).outcome is outcome


@pytest.mark.parametrize(("present", "outcome"), [(10, Outcome.NO_QUORUM), (11, Outcome.PASSED), (12, Outcome.PASSED)])
def test_one_below_the_quorum_nothing_is_decided(present: int, outcome: Outcome) -> None:
    verdict = judge(COUNCIL, QUESTION, Electorate(16, 0, present), a_tally(valid=10), blank=0, spoilt=0)

    assert verdict.outcome is outcome


@pytest.mark.parametrize(("valid", "outcome"), [(9, Outcome.NO_QUORUM), (10, Outcome.PASSED), (11, Outcome.PASSED)])
def test_where_those_taking_part_count_blank_ballots_took_part(valid: int, outcome: Outcome) -> None:
    rule = replace(COUNCIL, majority_base=MajorityBase.PARTICIPATING)

    verdict = judge(rule, QUESTION, PEOPLE, a_tally(valid=valid), blank=1, spoilt=0)

    assert (verdict.outcome, verdict.quorum.present) == (outcome, valid + 1)


def test_blank_spoilt_and_not_cast_are_kept_apart() -> None:
    verdict = judge(COUNCIL, QUESTION, PEOPLE, a_tally(valid=10, abstained=2), blank=1, spoilt=2)

    assert (verdict.blank, verdict.spoilt, verdict.not_cast, verdict.tally.abstained) == (1, 2, 1, 2)


def test_more_ballots_than_people_are_refused() -> None:
    with pytest.raises(DecisionMisuse):
        judge(COUNCIL, QUESTION, PEOPLE, a_tally(valid=14), blank=1, spoilt=0)


def test_the_recused_are_neither_due_nor_present() -> None:
    verdict = judge(COUNCIL, QUESTION, Electorate(16, 1, 11, 1), a_tally(valid=10), blank=0, spoilt=0)

    assert (verdict.quorum.due, verdict.quorum.present, verdict.quorum.needed) == (15, 10, 10)
    assert verdict.passed


@given(
    valid=st.integers(0, 14), blank=st.integers(0, 5), spoilt=st.integers(0, 5), preset=st.sampled_from(list(PRESETS))
)
def test_a_verdict_is_kept_and_read_back_unchanged(valid: int, blank: int, spoilt: int, preset: str) -> None:
    people = Electorate(30, 2, 26, 1)

    verdict = judge(PRESETS[preset], QUESTION, people, a_tally(valid=valid), blank=blank, spoilt=spoilt)

    assert result_from_json(json.loads(json.dumps(result_to_json(verdict)))) == verdict
    assert valid + blank + spoilt + verdict.not_cast == people.voting


@pytest.mark.parametrize("field", ["outcome", "due", "tally", "not_cast", "tie_rule"])
def test_a_stored_verdict_of_another_shape_is_refused(field: str) -> None:
    stored = result_to_json(judge(COUNCIL, QUESTION, PEOPLE, a_tally(), blank=0, spoilt=0))

    with pytest.raises(DecisionMisuse):
        result_from_json({name: value for name, value in stored.items() if name != field})
    with pytest.raises(DecisionMisuse):
        result_from_json(stored | {field: "?"})
