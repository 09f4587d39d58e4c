"""The ballot file: the same ballots give the same bytes, any other text is refused with its line, and counting again
gives the result that was announced (docs/ballot-file.md)."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.ballot_file import (
    BLANK,
    SPOILT,
    BadBallotFile,
    BallotFile,
    BallotLine,
    digest,
    read,
    recount,
    write,
)
from db.rules.voting.decision import PRESETS, Decision, Electorate, Preset, decide
from db.rules.voting.question import MOTION, Option, Question, canonical
from db.rules.voting.verdict import Verdict
from db.terms import Outcome, QuestionKind, VoteMethod

PEOPLE = Electorate(due=16, recused=0, present=14)


def a_file(
    *lines: BallotLine, issued: dict[VoteMethod, int] | None = None, question: Question = MOTION, **more: object
) -> BallotFile:
    issued = issued or {VoteMethod.SLIP: 14}
    values: dict[str, object] = {
        "title": "第三届第2次会议",
        "motion": "在1幢楼道加装感应灯",
        "round": 1,
        "question": question,
        "rule": PRESETS[Preset.COUNCIL],
        "people": PEOPLE,
        "owners_matter": False,
        "area_due": 0,
        "issued": tuple(issued.items()),
        "ballots": lines,
    }
    return BallotFile(**values | more)  # type: ignore[arg-type]


def slips(votes_for: int, votes_against: int, votes_abstain: int) -> list[BallotLine]:
    choices = ["for"] * votes_for + ["against"] * votes_against + ["abstain"] * votes_abstain
    return [BallotLine(VoteMethod.SLIP, f"K{number:03d}", choice, 1) for number, choice in enumerate(choices)]


CHOOSE = Question(QuestionKind.CHOOSE, tuple(Option(n, f"方案{n}") for n in range(1, 5)), seats=2, most=3)
SCORE = Question(QuestionKind.SCORE, tuple(Option(n, f"方案{n}") for n in range(1, 4)))


# --- one text for the same ballots --------------------------------------------------------------------


@given(order=st.permutations(range(14)))
def test_the_same_ballots_in_any_order_give_the_same_bytes(order: list[int]) -> None:
    lines = slips(8, 4, 2)

    shuffled = a_file(*(lines[place] for place in order))

    assert write(shuffled) == write(a_file(*lines))


def test_what_is_written_is_read_back_and_written_the_same() -> None:
    hands = [BallotLine(VoteMethod.HANDS, "", "1,3", 4), BallotLine(VoteMethod.HANDS, "", "2", 3)]
    named = [BallotLine(VoteMethod.NAMED, "07", "abstain", 1), BallotLine(VoteMethod.ASSISTED, "09", "4", 1)]
    paper = [BallotLine(VoteMethod.PAPER, "", BLANK, 1), BallotLine(VoteMethod.PAPER, "", SPOILT, 2)]
    text = write(a_file(*hands, *named, *paper, question=CHOOSE, issued={VoteMethod.HANDS: 7, VoteMethod.PAPER: 5}))

    again = read(text)

    assert write(again) == text
    assert {(line.way, line.code, line.choice, line.count) for line in again.ballots} == {
        (line.way, line.code, line.choice, line.count) for line in (*hands, *named, *paper)
    }


def test_counts_of_hands_that_say_the_same_are_one_line() -> None:
    two = [BallotLine(VoteMethod.HANDS, "", "for", 3), BallotLine(VoteMethod.HANDS, "", "for", 4)]
    nobody = BallotLine(VoteMethod.HANDS, "", "against", 0)

    text = write(a_file(*two, nobody))

    assert text.endswith("way,code,choice,count,area\nhands,,for,7,0\n")


words = st.text(st.characters(codec=None), max_size=30)


@given(title=words, motion=words)
def test_any_title_survives_the_file_line_ends_and_half_characters_too(title: str, motion: str) -> None:
    file = a_file(*slips(1, 0, 0), title=title, motion=motion)

    again = read(write(file))

    assert (again.title, again.motion) == (title, motion)


@given(scores=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=3, max_size=3))
def test_a_score_that_begins_with_a_hyphen_is_text_and_no_formula(scores: list[int | None]) -> None:
    pattern = ",".join("-" if score is None else str(score) for score in scores)
    if set(scores) == {None}:
        return

    text = write(a_file(BallotLine(VoteMethod.SLIP, "AB", pattern, 1), question=SCORE))

    assert read(text).ballots[0].choice == canonical(SCORE, pattern)


def test_the_hash_is_that_of_the_file_on_disk() -> None:
    text = write(a_file(*slips(8, 4, 2)))

    assert digest(text) == hashlib.sha256(text.encode()).hexdigest()


# --- any other text is refused with its line ----------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# yiqilai-ballots 1", "# yiqilai-ballots 2", 1),
        ("# round: 1", "# round: one", 4),
        ("# round: 1", "# round: -1", 4),
        ("# round: 1", "# round: true", 4),
        ("# round: 1", "# rounds: 1", 4),
        ("# round: 1\n", "", 10),
        ("# round: 1", "# round: 1\n# round: 1", 5),
        ('"kind":"motion"', '"kind":"poll"', 5),
        ('"numerator":2', '"numerator":9', 6),
        ('"present":14', '"present":17', 7),
        ('"present":14', '"present":Infinity', 7),
        ('"slip":14', '"post":14', 10),
        ('"slip":14', '"slip":1.5', 10),
        ("way,code,choice,count,area", "way,code,choice,count", 11),
        ("slip,K000,for,1,0", "slip,K000,perhaps,1,0", 12),
        ("slip,K000,for,1,0", "slip,K000,for,2,0", 12),
        ("slip,K000,for,1,0", "slip,K000,for,0,0", 12),
        ("slip,K000,for,1,0", "slip,K000,for,1", 12),
        ("slip,K000,for,1,0", "fax,K000,for,1,0", 12),
        ("slip,K000,for,1,0", "slip,=K0+1,for,1,0", 12),
        ("slip,K000,for,1,0", "slip,K000,for,1,٣", 12),
        ("slip,K000,for,1,0", 'slip,"K000,for,1,0', 12),
        ("slip,K000,for,1,0", "\nslip,K000,for,1,0", 12),
        ("slip,K001,for,1,0", "slip,K000,for,1,0", 13),
    ],
)
def test_a_file_that_was_changed_so_that_it_cannot_be_is_refused_at_its_line(old: str, new: str, line: int) -> None:
    text = write(a_file(*slips(8, 4, 2)))
    assert old in text

    with pytest.raises(BadBallotFile) as told:
        read(text.replace(old, new, 1))

    assert told.value.line == line


def test_one_seat_cannot_vote_alone_and_assisted() -> None:
    text = write(a_file(BallotLine(VoteMethod.NAMED, "07", "for", 1), BallotLine(VoteMethod.ASSISTED, "07", "for", 1)))

    with pytest.raises(BadBallotFile):
        read(text)


@given(text=st.text())
def test_garbage_is_refused_and_never_a_crash(text: str) -> None:
    with pytest.raises(BadBallotFile):
        read(text)


def refusal(text: str) -> BadBallotFile | None:
    """Why a text is no ballot file; None when it is one and was counted again."""
    try:
        recount(read(text), text)
    except BadBallotFile as told:
        return told
    return None


GOOD = write(a_file(*slips(3, 2, 1), BallotLine(VoteMethod.PAPER, "", "for", 2)))


@given(start=st.integers(0, len(GOOD)), length=st.integers(0, 40), put=st.text(max_size=20))
def test_a_damaged_file_is_read_or_refused_and_never_a_crash(start: int, length: int, put: str) -> None:
    damaged = GOOD[:start] + put + GOOD[start + length :]

    refused = refusal(damaged)

    assert refused is None or 1 <= refused.line <= damaged.count("\n") + 1


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)),
    max_leaves=8,
)
STORED = [line for line in GOOD.split("\n") if line.startswith("# ") and ":" in line]


@given(line=st.sampled_from(STORED), value=json_values, name=st.text(max_size=8), data=st.data())
def test_any_json_in_the_header_is_read_or_refused_and_never_a_crash(
    line: str, value: object, name: str, data: st.DataObject
) -> None:
    head, _, kept = line.partition(": ")
    stored = json.loads(kept)
    if isinstance(stored, dict):
        stored[data.draw(st.sampled_from([*stored, name]))] = value
    else:
        stored = value

    refused = refusal(GOOD.replace(line, f"{head}: {json.dumps(stored)}"))

    assert refused is None or refused.line >= 2


# --- counting again -----------------------------------------------------------------------------------


def test_counting_a_motion_again_gives_the_decision() -> None:
    text = write(a_file(*slips(7, 5, 2)))

    again = recount(read(text), text)

    assert again.result == decide(
        PRESETS[Preset.COUNCIL], due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2
    )
    assert (again.balanced, again.digest) == (True, digest(text))


def test_ways_are_counted_together_and_keep_their_own_books() -> None:
    paper = [BallotLine(VoteMethod.PAPER, "", "for", 3), BallotLine(VoteMethod.PAPER, "", SPOILT, 1)]
    file = a_file(*slips(5, 3, 1), *paper, issued={VoteMethod.SLIP: 10, VoteMethod.PAPER: 4})

    again = recount(file, write(file))

    assert isinstance(again.result, Decision)
    assert (again.result.votes_for, again.result.spoilt, again.result.not_cast) == (8, 1, 1)
    assert [(way.way, way.issued, way.returned, way.valid, way.not_cast) for way in file.accounts()] == [
        (VoteMethod.SLIP, 10, 9, 9, 1),
        (VoteMethod.PAPER, 4, 4, 3, 0),
    ]


def test_more_ballots_than_were_issued_give_no_result_but_the_equation_that_fails() -> None:
    file = a_file(*slips(5, 3, 1), issued={VoteMethod.SLIP: 8})

    again = recount(file, write(file))

    assert again.result is None
    assert again.faults == ((VoteMethod.SLIP, ("issued",)),)


def test_a_way_that_was_never_offered_gives_no_result() -> None:
    file = a_file(*slips(5, 3, 1), BallotLine(VoteMethod.HANDS, "", "for", 1))

    assert recount(file, write(file)).faults == ((VoteMethod.HANDS, ("issued",)),)


def test_more_ballots_than_people_present_give_no_result() -> None:
    file = a_file(*slips(9, 5, 1), issued={VoteMethod.SLIP: 16})

    again = recount(file, write(file))

    assert (again.result, again.balanced, again.excess) == (None, False, 1)


def test_counting_a_question_with_options_again_gives_the_verdict() -> None:
    choices = ["1,2"] * 6 + ["2,3"] * 4 + ["1"] * 2 + ["abstain"]
    lines = [BallotLine(VoteMethod.SLIP, f"K{number:02d}", choice, 1) for number, choice in enumerate(choices)]
    file = a_file(*lines, BallotLine(VoteMethod.PAPER, "", BLANK, 1), question=CHOOSE,
                  issued={VoteMethod.SLIP: 13, VoteMethod.PAPER: 1})  # fmt: skip

    again = recount(read(write(file)), write(file))

    assert isinstance(again.result, Verdict)
    assert again.result.tally.winners == (2, 1)
    assert {option.number: option.count for option in again.result.tally.options} == {1: 8, 2: 10, 3: 4, 4: 0}
    assert (again.result.tally.abstained, again.result.blank, again.result.not_cast) == (1, 1, 0)


def test_an_owners_matter_stays_advisory_in_a_recount() -> None:
    file = a_file(*slips(8, 4, 2), owners_matter=True)

    again = recount(file, write(file))

    assert again.result is not None
    assert again.result.advisory


def test_floor_area_is_counted_again_where_the_rule_asks_for_it() -> None:
    rule = replace(PRESETS[Preset.OWNERS_GENERAL])
    areas = [(8_912, "for"), (12_050, "for"), (8_912, "against")]
    named = [BallotLine(VoteMethod.NAMED, str(seat), choice, 1, area) for seat, (area, choice) in enumerate(areas, 1)]
    file = a_file(*named, issued={VoteMethod.NAMED: 3}, rule=rule, people=Electorate(3, 0, 3), area_due=29_874)

    again = recount(read(write(file)), write(file))

    assert isinstance(again.result, Decision)
    assert again.result.outcome is Outcome.PASSED
    if rule.by_area:
        assert again.result.area is not None
        assert again.result.area.votes.votes_for == 20_962


@given(order=st.permutations(range(14)), votes=st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_the_order_of_the_ballots_changes_nothing_in_the_result(order: list[int], votes: tuple[int, int]) -> None:
    lines = slips(votes[0], votes[1], 14 - sum(votes))

    shuffled = a_file(*(lines[place] for place in order))

    assert recount(shuffled, write(shuffled)) == recount(a_file(*lines), write(a_file(*lines)))
