"""Several ways in one ballot: everybody in exactly one, accounts that balance, one result counted from the file."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.actions.meetings.attendance import leave_early, recuse
from db.actions.meetings.meetings import close_meeting
from db.actions.voting.slips import cast_by_slip
from db.actions.voting.voting import (
    cast_for_member,
    cast_vote,
    close_ballot,
    enter_count,
    open_ballot,
    stop_ballot,
)
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import AgendaItem, AuditEntry, Ballot, BallotVoter, BodyMember, Meeting, NamedVote
from db.queries.meetings.meetings import open_ballot as standing
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.queries.voting.ballots import ballot_accounts, ballot_file
from db.queries.voting.voting import my_ballot, voters_to_assist, voters_without_account
from db.rules.voting.ballot_file import digest, read, recount, write
from db.rules.voting.decision import PRESETS, Decision, Preset
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_from_json
from db.terms import ItemState, Outcome, QuestionKind, Role, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import accounts_of, ask, count_paper, printed_slips
from tests.builders.world import NOW, World, do, row

OPTIONS = tuple(Option(n, f"方案{n}", 1000 * n) for n in (1, 2, 3))


def opened(world: World, item: int, method: VoteMethod = VoteMethod.HANDS, **more: Any) -> int:
    ballot: int = do(world.secretary, open_ballot, item_id=item, method=method, **more)
    return ballot


def hands(world: World, ballot: int, *votes: int) -> None:
    counts = dict(zip(("votes_for", "votes_against", "votes_abstain"), votes, strict=True))
    for teller, name in ((1, "计票甲"), (2, "监票乙")):
        do(world.secretary, enter_count, ballot_id=ballot, teller=teller, name=name, **counts)


# --- the electorate -----------------------------------------------------------------------------------


def test_everybody_entitled_has_one_way_and_every_way_its_number(world: World) -> None:
    _, items = in_session(world, present=14)
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[13], reason="承包方亲属")

    ballot = opened(world, items[0], apart={"named": world.members[:2], "assisted": [world.members[5]]})

    with reading(world.secretary) as session:
        ways = dict(session.execute(select(BallotVoter.member_id, BallotVoter.way)).all())
        issued = {way.way: way.issued for way in standing(session, row(world, Ballot, ballot).meeting_id).ways}  # type: ignore[union-attr]
    assert set(ways) == set(world.members[:13])
    assert ways[world.members[0]] is VoteMethod.NAMED
    assert ways[world.members[5]] is VoteMethod.ASSISTED
    assert issued == {VoteMethod.HANDS: 10, VoteMethod.NAMED: 2, VoteMethod.ASSISTED: 1}
    assert row(world, Ballot, ballot).method is VoteMethod.HANDS


@pytest.mark.parametrize(
    ("apart", "problem"),
    [
        ({"named": [15]}, Problem.UNKNOWN_CHOICE),  # not there
        ({"named": [10**9]}, Problem.UNKNOWN_CHOICE),
        ({"named": ["1"]}, Problem.UNKNOWN_CHOICE),
        ({"by_mail": [1]}, Problem.UNKNOWN_CHOICE),
        ({"named": [1], "assisted": [1]}, Problem.WRONG),
        ({"named": [1, 1]}, Problem.WRONG),
        ([1], Problem.UNKNOWN_CHOICE),
    ],
)
def test_who_votes_apart_has_a_vote_and_one_way(small_world: World, apart: Any, problem: Problem) -> None:
    _, items = in_session(small_world, present=14)

    with pytest.raises(BadInput) as told:
        opened(small_world, items[0], apart=apart)

    assert (told.value.field, told.value.problem) == ("apart", problem)


def test_hands_are_for_motions_only(world: World) -> None:
    _, items = in_session(world)
    ask(items[0], Question(QuestionKind.CHOOSE, OPTIONS))

    with pytest.raises(Refused, match="hands_only_for_motions"):
        opened(world, items[0])
    with pytest.raises(Refused, match="hands_only_for_motions"):
        opened(world, items[0], VoteMethod.NAMED, apart={"hands": world.members[:1]})


def test_phones_vote_only_where_the_house_rules_say_so(world: World) -> None:
    from dataclasses import replace

    meeting, items = in_session(world)
    printed_slips(world, meeting, 14)
    with as_system("test") as session:
        rule = replace(PRESETS[Preset.COUNCIL], phones_allowed=False)
        session.get_one(Meeting, meeting).rule = rule.to_json()

    with pytest.raises(Refused, match="phones_not_allowed"):
        opened(world, items[0], VoteMethod.SLIP)


@pytest.mark.parametrize(("few", "way"), [(1, "slip"), (2, "slip"), (1, "paper"), (2, "paper")])
def test_one_or_two_alone_in_a_secret_way_would_be_no_secret(world: World, few: int, way: str) -> None:
    meeting, items = in_session(world, present=14)
    printed_slips(world, meeting, few)

    with pytest.raises(Refused) as refused:
        opened(world, items[0], apart={way: world.members[:few]})

    assert refused.value.values == {"rule": "too_few_for_secrecy", "way": VoteMethod(way), "count": few}


def test_three_in_a_secret_way_are_enough(world: World) -> None:
    _, items = in_session(world, present=14)

    assert opened(world, items[0], apart={"paper": world.members[:3]})


def test_an_owners_matter_with_known_areas_is_voted_by_name(world: World) -> None:
    meeting, items = in_session(world, present=16)
    with as_system("test") as session:
        session.get_one(Meeting, meeting).rule = PRESETS[Preset.OWNERS_GENERAL].to_json()
        for number, member in enumerate(world.members):
            session.get_one(BodyMember, member).floor_area = 8000 + 100 * number

    with pytest.raises(Refused, match="owners_vote_by_name"):
        opened(world, items[0])
    ballot = opened(world, items[0], VoteMethod.ASSISTED)

    for member in world.members[:12]:
        do(world.secretary, cast_for_member, ballot_id=ballot, member_id=member, choice="for", witness="王见证")
    do(world.secretary, close_ballot, ballot_id=ballot)
    decision = result_from_json(row(world, AgendaItem, items[0]).decision)
    assert row(world, Ballot, ballot).area_due == sum(8000 + 100 * number for number in range(16))
    assert isinstance(decision, Decision)
    assert decision.area is not None
    assert decision.area.votes.votes_for == sum(8000 + 100 * number for number in range(12))


# --- voting -------------------------------------------------------------------------------------------


def test_who_votes_another_way_is_told_which(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], apart={"named": world.members[1:3]})

    with pytest.raises(Refused, match="votes_another_way"):
        do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="for")
    with pytest.raises(Refused, match="votes_another_way"):
        do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[9], choice="for")


def test_an_assisted_vote_needs_a_witness_who_is_somebody_else(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], apart={"assisted": world.members[:2]})
    values = {"ballot_id": ballot, "member_id": world.members[1], "choice": "for"}

    with pytest.raises(BadInput) as told:
        do(world.secretary, cast_for_member, **values)
    with pytest.raises(Refused, match="witness_is_enterer"):
        do(world.secretary, cast_for_member, **values, witness=f" {world.secretary.name} ")
    do(world.secretary, cast_for_member, **values, witness="王见证")

    assert (told.value.field, told.value.problem) == ("witness", Problem.EMPTY)
    with reading(world.secretary) as session:
        vote = session.scalars(select(NamedVote)).one()
        assert [named.id for named in voters_to_assist(session, ballot)] == [world.members[0]]
        assert voters_without_account(session, ballot) == ()
    assert (vote.witness, vote.entered_by) == ("王见证", world.secretary.id)


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (QuestionKind.CHOOSE, "2", "2"),
        (QuestionKind.SCORE, " 8,-,0", "8,-,0"),
        (QuestionKind.RANK, "3>1", "3>1"),
        (QuestionKind.BUDGET, "3,1", "1,3"),
        (QuestionKind.CHOOSE, "abstain", "abstain"),
    ],
)
def test_every_kind_of_question_is_voted_on_and_counted(world: World, kind: QuestionKind, said: str, kept: str) -> None:
    _, items = in_session(world, present=14)
    ask(items[0], Question(kind, OPTIONS, budget=4000 if kind is QuestionKind.BUDGET else 0))
    ballot = opened(world, items[0], VoteMethod.NAMED)

    cast = do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=said)
    with reading(world.secretary) as session:
        mine = my_ballot(session, world[Role.COUNCIL_MEMBER].id)
    do(world.secretary, close_ballot, ballot_id=ballot)

    item = row(world, AgendaItem, items[0])
    assert cast == {"choice": kept}
    assert mine is not None
    assert (mine.pattern, mine.question.kind, mine.choice) == (kept, kind, None)
    assert item.decision["tally"]["valid"] == 1
    assert item.outcome in Outcome


@pytest.mark.parametrize("choice", ["", None, "1", "yes", 5, True, [], "for,against"])
def test_a_choice_that_is_none_is_told_at_its_field(small_world: World, choice: Any) -> None:
    _, items = in_session(small_world)
    ballot = opened(small_world, items[0], VoteMethod.NAMED)

    with pytest.raises(BadInput) as told:
        do(small_world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=choice)

    assert told.value.field == "choice"


def test_a_member_is_reminded_only_of_a_vote_that_is_cast_in_the_app(world: World) -> None:
    member = world[Role.COUNCIL_MEMBER]
    _, items = in_session(world, present=14, needs=2)
    seen = []
    for item, way in zip(items, ("hands", "named"), strict=True):
        ballot = opened(world, item, apart={way: world.members[:1]})
        with reading(member) as session:
            seen.append(ToDo.BALLOT_OPEN in {line.kind for line in today_for(session, member, now=NOW).lines})
        if way == "hands":
            hands(world, ballot, 14, 0, 0)
            do(world.secretary, close_ballot, ballot_id=ballot)

    assert seen == [False, True]


# --- announcing ---------------------------------------------------------------------------------------


def test_hands_named_and_assisted_make_one_result(world: World) -> None:
    meeting, items = in_session(world, present=14)
    ballot = opened(world, items[0], apart={"named": world.members[:1], "assisted": world.members[1:2]})
    hands(world, ballot, 6, 4, 1)
    do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="for")
    do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[1], choice="for", witness="王见证")

    closed = do(world.secretary, close_ballot, ballot_id=ballot)

    accounts = accounts_of(world, meeting)
    kept = row(world, Ballot, ballot)
    assert closed["outcome"] == Outcome.PASSED
    assert (kept.votes_for, kept.votes_against, kept.votes_abstain) == (8, 4, 1)
    assert {way: (b.issued, b.returned, b.not_cast) for way, b in accounts.items()} == {
        VoteMethod.HANDS: (12, 11, 1), VoteMethod.NAMED: (1, 1, 0), VoteMethod.ASSISTED: (1, 1, 0),
    }  # fmt: skip
    with reading(world.secretary) as session:
        signed = ballot_accounts(session, meeting)[0]
    assert signed.counted_by == ((VoteMethod.HANDS, 1, "计票甲"), (VoteMethod.HANDS, 2, "监票乙"))
    assert (signed.witnesses, signed.balanced) == (("王见证",), True)


def test_slips_and_paper_make_one_result_and_both_need_to_be_in(world: World) -> None:
    meeting, items = in_session(world, present=14)
    codes = printed_slips(world, meeting, 8)
    ballot = opened(world, items[0], VoteMethod.SLIP, apart={"paper": world.members[8:14]})
    for code in codes[:7]:
        cast_by_slip(code, ballot_id=ballot, pattern="for")
    do(world.secretary, stop_ballot, ballot_id=ballot)
    with pytest.raises(Refused, match="counts_missing"):
        do(world.secretary, close_ballot, ballot_id=ballot)

    count_paper(world, ballot, {"for": 1, "against": 3}, blank=1)
    do(world.secretary, close_ballot, ballot_id=ballot)

    decision = result_from_json(row(world, AgendaItem, items[0]).decision)
    assert isinstance(decision, Decision)
    assert (decision.votes_for, decision.votes_against, decision.blank, decision.not_cast) == (8, 3, 1, 2)
    assert decision.outcome is Outcome.PASSED


def test_tellers_count_only_those_who_vote_by_hands(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], apart={"named": world.members[:4]})

    with pytest.raises(BadInput) as told:
        hands(world, ballot, 11, 0, 0)
    with pytest.raises(Refused, match="more_votes_than_present"):
        hands(world, ballot, 9, 1, 1)

    assert told.value.field == "votes_for"


def test_counting_the_exported_file_again_gives_the_same_result_and_the_hash_in_the_minutes(world: World) -> None:
    meeting, items = in_session(world, present=14)
    codes = printed_slips(world, meeting, 10)
    ballot = opened(
        world, items[0], VoteMethod.SLIP, apart={"named": world.members[:1], "assisted": world.members[1:4]}
    )
    for n, code in enumerate(codes):
        cast_by_slip(code, ballot_id=ballot, pattern=("for", "against")[n % 2])
    do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="against")
    with reading(world.secretary) as session, pytest.raises(NotFound):
        ballot_file(session, ballot)
    do(world.secretary, close_ballot, ballot_id=ballot)
    with as_system("test") as session:  # a clerical error put right later does not change what was voted on
        session.get_one(AgendaItem, items[0]).title = "改过的题目"

    with reading(world.secretary) as session:
        text = write(ballot_file(session, ballot))

    again = recount(read(text), text)
    assert row(world, Ballot, ballot).file_hash == digest(text) == again.digest
    assert again.result == result_from_json(row(world, AgendaItem, items[0]).decision)
    assert "议事员" not in text


def test_an_unbalanced_ballot_is_never_announced(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], VoteMethod.NAMED, apart={"assisted": world.members[1:2]})
    do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="for")
    with as_system("test") as session:  # what no action does: two votes in a way of one voter
        for voter in session.scalars(select(BallotVoter).where(BallotVoter.member_id.in_(world.members[:1]))):
            voter.way = VoteMethod.ASSISTED
    do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[1], choice="for", witness="王见证")

    with pytest.raises(Refused, match="books_do_not_balance"):
        do(world.secretary, close_ballot, ballot_id=ballot)

    assert row(world, AgendaItem, items[0]).state is ItemState.VOTING


def test_a_meeting_does_not_end_over_a_ballot_that_is_not_announced(world: World) -> None:
    meeting, items = in_session(world, present=14)
    ballot = opened(world, items[0], VoteMethod.NAMED)
    do(world.secretary, stop_ballot, ballot_id=ballot)

    with pytest.raises(Refused, match="ballot_open"):
        do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)
    with pytest.raises(Refused, match="ballot_open"):
        opened(world, items[0], VoteMethod.NAMED)


def test_nothing_is_cast_by_name_after_the_stop(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], VoteMethod.NAMED)
    do(world.secretary, stop_ballot, ballot_id=ballot)

    with pytest.raises(Refused, match="ballot_stopped"):
        do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice="for")


def test_the_audit_log_holds_no_choice_of_a_vote_by_name(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = opened(world, items[0], VoteMethod.NAMED)
    for choice in ("for", "against"):
        do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=choice)

    with reading_as_system("test") as session:
        logged = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "named_vote")).all()

    assert [change["choice"] for change in logged] == [[None, "•••"], ["•••", "•••"]]


@pytest.mark.parametrize(("present", "quorate"), [(10, False), (11, True), (12, True)])
def test_the_quorum_is_right_around_the_edge_in_every_way(world: World, present: int, quorate: bool) -> None:
    meeting, items = in_session(world, present=present + 1)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[present])
    printed_slips(world, meeting, present)

    for way in VoteMethod:
        if not quorate:
            with pytest.raises(Refused, match="quorum_missing"):
                opened(world, items[0], way)
    if quorate:
        assert opened(world, items[0], VoteMethod.SLIP)


# --- accounts --------------------------------------------------------------------------------------------

WAYS = st.lists(st.sampled_from(("hands", "named", "assisted", "paper")), min_size=14, max_size=14)
SAID = st.lists(st.sampled_from(("for", "against", "abstain", None)), min_size=14, max_size=14)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ways=WAYS, said=SAID)
def test_whoever_votes_however_the_books_balance_and_say_what_was_cast(
    small_world: World, ways: list[str], said: list[str | None]
) -> None:
    world = small_world
    if not hasattr(world, "hall"):
        world.hall = in_session(world, present=14)  # type: ignore[attr-defined]
    meeting, items = world.hall  # type: ignore[attr-defined]
    with as_system("test") as session:
        session.get_one(AgendaItem, items[0]).state = ItemState.DISCUSSING
    if 0 < ways.count("paper") < 3:
        ways = ["hands" if way == "paper" else way for way in ways]
    voters = list(zip(world.members[:14], ways, said, strict=True))
    apart = {way: [member for member, own, _ in voters if own == way] for way in ("named", "assisted", "paper")}

    ballot = opened(world, items[0], apart=apart)
    for member, way, choice in voters:
        if choice and way == "named" and member == world.members[0]:
            do(world[Role.COUNCIL_MEMBER], cast_vote, ballot_id=ballot, choice=choice)
        elif choice and way in ("named", "assisted"):
            do(world.secretary, cast_for_member, ballot_id=ballot, member_id=member, choice=choice, witness="王见证")
    counted = {way: [choice for _, own, choice in voters if own == way] for way in ("hands", "paper")}
    if counted["hands"]:
        hands(world, ballot, *(counted["hands"].count(choice) for choice in ("for", "against", "abstain")))
    if counted["paper"]:
        sheet = {choice: counted["paper"].count(choice) for choice in ("for", "against", "abstain")}
        count_paper(world, ballot, sheet, blank=counted["paper"].count(None))
    with as_system("test") as session:  # the rule of a tie or a missing majority is not what is tried here
        session.get_one(AgendaItem, items[0]).need_id = None
    do(world.secretary, close_ballot, ballot_id=ballot)

    accounts = accounts_of(world, meeting)
    kept = row(world, Ballot, ballot)
    assert not [way.faults() for way in accounts.values() if way.faults()]
    assert sum(way.issued for way in accounts.values()) == 14
    assert sum(way.returned + way.not_cast for way in accounts.values()) == 14
    assert (kept.votes_for, kept.votes_against, kept.votes_abstain) == tuple(
        said.count(choice) for choice in ("for", "against", "abstain")
    )
