"""Slips: printed as hashes, cast from any phone, last one counts, nothing after the stop, nobody's name anywhere."""

import json
import re

import pytest
from sqlalchemy import func, select

from db.actions.voting.slips import cast_by_slip, print_slips, reprint_slips, void_slips
from db.actions.voting.voting import cancel_ballot, close_ballot, open_ballot, resume_ballot, stop_ballot
from db.engine import carry_out, reading, reading_as_system
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import AssistedEntry, AuditEntry, Ballot, Model, RequestKey, SecretVote, Slip
from db.queries.meetings.meetings import open_ballot as standing
from db.queries.voting.ballots import slip_list, slip_standing
from db.queries.voting.slips import slip_view
from db.rules.voting.question import Option, Question
from db.rules.voting.slip_code import new_code, printed, understood
from db.rules.voting.verdict import Verdict
from db.terms import Outcome, QuestionKind, Role, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import accounts_of, ask, printed_slips
from tests.builders.world import World, do, row


def by_slip(world: World, *, present: int = 11, slips: int | None = None) -> tuple[int, int, int, list[str]]:
    """Meeting, item, open ballot and slips, as many as there are voters."""
    meeting, items = in_session(world, present=present)
    codes = printed_slips(world, meeting, present if slips is None else slips)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)
    return meeting, items[0], ballot, codes


# --- codes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["7K3M9-QXA2T", "7k3m9 qxa2t", "７Ｋ３Ｍ９ＱＸＡ２Ｔ", " 7K3M9QXA2T "])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert understood(typed) == "7K3M9QXA2T"


def test_letters_that_are_mistaken_for_digits_are_read_as_them() -> None:
    assert understood("oOiIl-LABCD") == "001111ABCD"


@pytest.mark.parametrize("typed", ["", "7K3M9", "7K3M9-QXA2U", "7K3M9-QXA2T7", "票" * 10, "x" * 10_000])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert understood(typed) is None


def test_new_codes_differ_and_are_printed_in_two_groups() -> None:
    codes = {new_code() for _ in range(2000)}

    assert len(codes) == 2000
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", printed(code)) for code in codes)


# --- printing -----------------------------------------------------------------------------------------


def test_slips_get_running_serials(world: World) -> None:
    meeting, _ = in_session(world)

    first = do(world.secretary, print_slips, meeting_id=meeting, codes=[new_code() for _ in range(5)])
    more = do(world.worker, print_slips, meeting_id=meeting, codes=[new_code() for _ in range(3)])

    assert (first, more) == ({"first": 1, "count": 5}, {"first": 6, "count": 3})
    with reading(world.secretary) as session:
        assert slip_standing(session, meeting).ready == tuple(range(1, 9))


def test_a_code_is_nowhere_in_the_database(world: World) -> None:
    meeting, _ = in_session(world)
    codes = printed_slips(world, meeting, 4)

    with reading_as_system("test") as session:
        everything = json.dumps(
            [
                list(map(str, values))
                for table in Model.metadata.sorted_tables
                for values in session.execute(select(table))
            ]
        )
        masked = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "slip")).all()
        results = session.scalars(select(RequestKey.result).where(RequestKey.action == "print_slips")).all()

    assert not [code for code in codes if code in everything]
    assert {change["code_hash"][1] for change in masked} == {"•••"}
    assert results == [{"first": 1, "count": 4}]


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        ([], Problem.OUT_OF_RANGE),
        (["0000000000"] * 2, Problem.WRONG),
        (["0000000000", "no code"], Problem.WRONG),
        ([5, None], Problem.WRONG),
        (["0"] * 601, Problem.OUT_OF_RANGE),
    ],
)
def test_codes_that_cannot_be_are_told(small_world: World, codes: list[str], problem: Problem) -> None:
    meeting, _ = in_session(small_world)

    with pytest.raises(BadInput) as told:
        do(small_world.secretary, print_slips, meeting_id=meeting, codes=codes)

    assert (told.value.field, told.value.problem) == ("codes", problem)


def test_a_code_is_printed_once(world: World) -> None:
    meeting, _ = in_session(world)
    codes = printed_slips(world, meeting, 3)

    with pytest.raises(BadInput) as told:
        do(world.secretary, print_slips, meeting_id=meeting, codes=[new_code(), codes[1].lower()])

    assert told.value.problem is Problem.TAKEN


def test_a_repeated_printing_prints_once(world: World) -> None:
    meeting, _ = in_session(world)

    for _ in range(3):
        carry_out(world.secretary, "one-key", print_slips, meeting_id=meeting, codes=[new_code(), new_code()])

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(Slip)) == 2


def test_void_slips_cannot_vote_and_are_not_counted(world: World) -> None:
    meeting, items = in_session(world, present=11)
    codes = printed_slips(world, meeting, 13)
    do(world.worker, void_slips, meeting_id=meeting, serials=[2, 13], reason="余票")

    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    with pytest.raises(Refused, match="slip_void"):
        cast_by_slip(codes[1], ballot_id=ballot, pattern="for")
    with reading(world.secretary) as session:
        assert slip_standing(session, meeting).void == (2, 13)
    for serials, problem in (([2], Problem.UNKNOWN_CHOICE), ([99], Problem.UNKNOWN_CHOICE), ([], Problem.EMPTY)):
        do(world.secretary, cancel_ballot, ballot_id=ballot, reason="重来") if serials == [2] else None
        with pytest.raises(BadInput) as told:
            do(world.secretary, void_slips, meeting_id=meeting, serials=serials, reason="余票")
        assert (told.value.field, told.value.problem) == ("serials", problem)


def test_printing_anew_makes_every_earlier_slip_void(world: World) -> None:
    meeting, _ = in_session(world)
    printed_slips(world, meeting, 3)

    anew = do(world.secretary, reprint_slips, meeting_id=meeting, codes=[new_code(), new_code()], reason="卡纸")

    with reading(world.secretary) as session:
        standing_now = slip_standing(session, meeting)
    assert anew == {"first": 4, "count": 2}
    assert (standing_now.ready, standing_now.void) == ((4, 5), (1, 2, 3))


def test_while_slips_are_cast_none_is_printed_or_declared_void(world: World) -> None:
    meeting, _, ballot, _ = by_slip(world)

    for stopped in (False, True):
        if stopped:
            do(world.secretary, stop_ballot, ballot_id=ballot)
        with pytest.raises(Refused, match="ballot_open"):
            do(world.secretary, print_slips, meeting_id=meeting, codes=[new_code()])
        with pytest.raises(Refused, match="ballot_open"):
            do(world.secretary, void_slips, meeting_id=meeting, serials=[1], reason="离会")


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.VOLUNTEER, Role.AUDITOR, Role.DISPLAY])
def test_who_may_not_print_slips(small_world: World, role: Role) -> None:
    meeting, _ = in_session(small_world)

    with pytest.raises(NotPermitted):
        do(small_world[role], print_slips, meeting_id=meeting, codes=[new_code()])


# --- opening ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("slips", "surplus", "missing"), [(10, 0, 1), (12, 1, 0), (0, 0, 11)])
def test_slips_and_their_voters_must_be_as_many(world: World, slips: int, surplus: int, missing: int) -> None:
    meeting, items = in_session(world, present=11)
    if slips:
        printed_slips(world, meeting, slips)

    with pytest.raises(Refused) as refused:
        do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    assert refused.value.values == {
        "rule": "slips_do_not_match", "ready": slips, "voters": 11, "surplus": surplus, "missing": missing,
    }  # fmt: skip


def test_a_slip_that_is_set_aside_does_not_vote_this_time_but_the_next(world: World) -> None:
    meeting, items = in_session(world, present=11, needs=2)
    codes = printed_slips(world, meeting, 12)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP, aside=[12])

    with pytest.raises(Refused, match="slip_set_aside"):
        cast_by_slip(codes[11], ballot_id=ballot, pattern="for")
    assert slip_view(codes[11]).set_aside  # type: ignore[union-attr]
    do(world.secretary, close_ballot, ballot_id=ballot)

    later = do(world.secretary, open_ballot, item_id=items[1], method=VoteMethod.SLIP, aside=[1])
    assert cast_by_slip(codes[11], ballot_id=later, pattern="for").pattern == "for"


@pytest.mark.parametrize("aside", [[99], ["1"], "12", [True], 5])
def test_only_usable_slips_are_set_aside(small_world: World, aside: object) -> None:
    meeting, items = in_session(small_world, present=11)
    printed_slips(small_world, meeting, 12)

    with pytest.raises(BadInput) as told:
        do(small_world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP, aside=aside)

    assert told.value.field == "aside"


# --- casting ------------------------------------------------------------------------------------------


def test_the_last_vote_of_a_slip_counts(world: World) -> None:
    meeting, _, ballot, codes = by_slip(world)

    receipts = [cast_by_slip(codes[0], ballot_id=ballot, pattern=said) for said in ("for", "abstain", " against ")]
    cast_by_slip(codes[1], ballot_id=ballot, pattern="for")
    do(world.secretary, close_ballot, ballot_id=ballot)

    assert len({receipt.check_code for receipt in receipts}) == 1
    assert receipts[-1].pattern == "against"
    assert dict(accounts_of(world, meeting)[VoteMethod.SLIP].choices) == {"for": 1, "against": 1}


def test_a_voter_finds_the_own_vote_in_the_list(world: World) -> None:
    _, _, ballot, codes = by_slip(world)
    receipts = [cast_by_slip(code, ballot_id=ballot, pattern="for" if n % 3 else "against")
                for n, code in enumerate(codes)]  # fmt: skip
    with reading(world.secretary) as session:
        early = slip_list(session, ballot)
    do(world.secretary, close_ballot, ballot_id=ballot)

    with reading(world.secretary) as session:
        listed = slip_list(session, ballot)

    assert early == ()
    assert listed == tuple(sorted((receipt.check_code, receipt.pattern) for receipt in receipts))


def test_two_ballots_have_other_check_codes_and_nothing_joins_a_slip_to_a_vote(world: World) -> None:
    meeting, items = in_session(world, present=11, needs=2)
    codes = printed_slips(world, meeting, 11)
    seen: list[set[str]] = []
    for item in items:
        ballot = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.SLIP)
        seen.append({cast_by_slip(code, ballot_id=ballot, pattern="for").check_code for code in codes})
        do(world.secretary, close_ballot, ballot_id=ballot)

    with reading_as_system("test") as session:
        hashes = session.scalars(select(Slip.code_hash)).all()

    assert not seen[0] & seen[1]
    assert not [code for code in seen[0] | seen[1] for kept in hashes if code.lower() in kept]


@pytest.mark.parametrize("code", ["", "0000000000", "票", None, 5])
def test_an_unknown_code_casts_nothing(world: World, code: object) -> None:
    _, _, ballot, _ = by_slip(world)

    with pytest.raises(Refused, match="slip_unknown"):
        cast_by_slip(code, ballot_id=ballot, pattern="for")  # type: ignore[arg-type]


def test_a_slip_of_another_meeting_votes_nowhere_else(world: World) -> None:
    _, _, _, codes = by_slip(world)
    other, items = in_session(world, present=11, number=2)
    printed_slips(world, other, 11)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    with pytest.raises(Refused, match="ballot_closed"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern="for")


def test_a_ballot_without_slips_takes_none(world: World) -> None:
    meeting, items = in_session(world)
    codes = printed_slips(world, meeting, 14)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)

    with pytest.raises(Refused, match="ballot_closed"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern="for")


def test_nothing_comes_in_after_the_stop_and_again_after_it_is_resumed(world: World) -> None:
    meeting, _, ballot, codes = by_slip(world)
    cast_by_slip(codes[0], ballot_id=ballot, pattern="for")
    do(world.secretary, stop_ballot, ballot_id=ballot)
    with pytest.raises(Refused, match="ballot_stopped"):
        cast_by_slip(codes[1], ballot_id=ballot, pattern="for")

    do(world.secretary, resume_ballot, ballot_id=ballot)
    cast_by_slip(codes[2], ballot_id=ballot, pattern="against")
    do(world.secretary, close_ballot, ballot_id=ballot)

    with pytest.raises(Refused, match="ballot_closed"):
        cast_by_slip(codes[3], ballot_id=ballot, pattern="for")
    assert dict(accounts_of(world, meeting)[VoteMethod.SLIP].choices) == {"for": 1, "against": 1}


SEVERAL = Question(QuestionKind.CHOOSE, tuple(Option(n, f"方案{n}") for n in (1, 2, 3)), seats=1, most=2)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", Problem.EMPTY),
        ("for", Problem.UNKNOWN_CHOICE),
        ("1,2,3", Problem.OUT_OF_RANGE),
        ("1,1", Problem.WRONG),
        ("4", Problem.UNKNOWN_CHOICE),
        (5, Problem.UNKNOWN_CHOICE),
    ],
)
def test_a_vote_that_the_question_does_not_allow_is_told(world: World, said: object, problem: Problem) -> None:
    meeting, items = in_session(world, present=11)
    codes = printed_slips(world, meeting, 11)
    ask(items[0], SEVERAL)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    with pytest.raises(BadInput) as told:
        cast_by_slip(codes[0], ballot_id=ballot, pattern=said)  # type: ignore[arg-type]

    assert (told.value.field, told.value.problem) == ("choice", problem)


def test_a_choice_of_several_is_counted_and_wins(world: World) -> None:
    meeting, items = in_session(world, present=11)
    codes = printed_slips(world, meeting, 11)
    ask(items[0], SEVERAL)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    for n, code in enumerate(codes):
        cast_by_slip(code, ballot_id=ballot, pattern="2,1" if n < 6 else "2")
    closed = do(world.secretary, close_ballot, ballot_id=ballot)

    kept = row(world, Ballot, ballot)
    assert closed["outcome"] == Outcome.PASSED
    assert kept.tally["winners"] == [2]
    assert dict(accounts_of(world, meeting)[VoteMethod.SLIP].choices) == {"1,2": 6, "2": 5}
    result = slip_view(codes[0]).result  # type: ignore[union-attr]
    assert result is not None
    assert isinstance(result.result, Verdict)
    assert (result.pattern, result.result.tally.winners) == ("1,2", (2,))


def test_a_witness_is_written_down_once_and_tells_nothing_of_the_vote(world: World) -> None:
    _, _, ballot, codes = by_slip(world)

    for said in ("for", "against", "against"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern=said, witness="王见证")

    with reading_as_system("test") as session:
        entries = session.execute(select(AssistedEntry.ballot_id, AssistedEntry.witness)).all()
    assert [tuple(entry) for entry in entries] == [(ballot, "王见证")]


def test_a_void_ballot_wipes_its_votes(world: World) -> None:
    _, _, ballot, codes = by_slip(world)
    for code in codes:
        cast_by_slip(code, ballot_id=ballot, pattern="for")
    do(world.secretary, stop_ballot, ballot_id=ballot)

    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="念错了动议")

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(SecretVote)) == 0


# --- what a phone sees --------------------------------------------------------------------------------


def test_the_phone_shows_the_open_ballot_with_the_own_vote_and_the_turnout(world: World) -> None:
    _, _, ballot, codes = by_slip(world)
    before = slip_view(codes[0])
    receipt = cast_by_slip(codes[0], ballot_id=ballot, pattern="against", phone="own")

    mine, other = slip_view(codes[0].lower(), "own"), slip_view(codes[1], "own")

    assert before is not None
    assert before.ballot is not None
    assert (before.ballot.pattern, before.ballot.turnout, before.ballot.voting) == ("", 0, 11)
    assert mine is not None
    assert mine.ballot is not None
    assert (mine.ballot.pattern, mine.ballot.check_code, mine.ballot.turnout) == ("against", receipt.check_code, 1)
    assert other is not None
    assert other.ballot is not None
    assert other.ballot.pattern == ""


def test_the_phone_waits_while_a_ballot_is_stopped_and_then_shows_the_result(world: World) -> None:
    _, _, ballot, codes = by_slip(world)
    receipt = cast_by_slip(codes[0], ballot_id=ballot, pattern="for")
    do(world.secretary, stop_ballot, ballot_id=ballot)
    waiting = slip_view(codes[0])
    do(world.secretary, close_ballot, ballot_id=ballot)

    told, silent = slip_view(codes[0]), slip_view(codes[1])

    assert waiting is not None
    assert (waiting.ballot, waiting.result, bool(waiting.stopped)) == (None, None, True)
    assert told is not None
    assert told.result is not None
    assert (told.result.outcome, told.result.pattern, told.result.check_code) == (
        Outcome.NOT_PASSED, "for", receipt.check_code,
    )  # fmt: skip
    assert silent is not None
    assert silent.result is not None
    assert silent.result.pattern == ""


@pytest.mark.parametrize("code", ["", "0000000000", "票", None])
def test_a_code_that_belongs_to_no_slip_sees_nothing(world: World, code: str) -> None:
    by_slip(world)

    assert slip_view(code) is None


# --- stopping and turnout -----------------------------------------------------------------------------


def test_stopping_and_resuming_twice_changes_nothing_and_shows_only_the_turnout(world: World) -> None:
    meeting, _, ballot, codes = by_slip(world)
    cast_by_slip(codes[0], ballot_id=ballot, pattern="for")

    assert [do(world.secretary, stop_ballot, ballot_id=ballot) for _ in range(2)] == [ballot, ballot]
    with reading(world.secretary) as session:
        stopped = standing(session, meeting)
    assert [do(world.secretary, resume_ballot, ballot_id=ballot) for _ in range(2)] == [ballot, ballot]

    assert stopped is not None
    assert (stopped.turnout, stopped.ways[0].issued, stopped.secret) == (1, 11, True)


def test_what_is_over_is_neither_stopped_nor_resumed(world: World) -> None:
    _, _, ballot, _ = by_slip(world)
    do(world.secretary, close_ballot, ballot_id=ballot)

    for act in (stop_ballot, resume_ballot):
        with pytest.raises(Refused, match="ballot_closed"):
            do(world.secretary, act, ballot_id=ballot)
