"""Ballots: opened once, counted by two, cast once each, decided by the frozen rule; nothing passes silently."""

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.council.council import set_rules
from db.actions.meetings.attendance import leave_early, recuse
from db.actions.meetings.meetings import close_meeting
from db.actions.voting.voting import (
    answer_rejected,
    cancel_ballot,
    cast_for_member,
    cast_vote,
    close_ballot,
    enter_count,
    keep_in_reserve,
    open_ballot,
)
from db.engine import as_system, carry_out, reading, reading_as_system
from db.errors import BadInput, NotPermitted, Refused, WrongStage
from db.models import AgendaItem, Answer, AuditEntry, Ballot, BallotVoter, BodyMember, HandCount, NamedVote
from db.rules.permissions import Actor
from db.rules.voting.decision import Decision
from db.rules.voting.result import result_from_json
from db.terms import (
    AnswerKind,
    BallotState,
    Choice,
    ItemState,
    NeedStage,
    Outcome,
    Role,
    TieRule,
    VoteMethod,
)
from tests.builders.meetings import a_convened, in_session, need_behind
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, TODAY, World, another_actor, do, row


def an_open_ballot(world: World, item: int, method: VoteMethod = VoteMethod.HANDS) -> int:
    ballot: int = do(world.secretary, open_ballot, item_id=item, method=method)
    return ballot


def count(world: World, ballot: int, teller: int, name: str, *votes: int) -> dict[str, Any]:
    result: dict[str, Any] = do(
        world.secretary,
        enter_count,
        ballot_id=ballot,
        teller=teller,
        name=name,
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
    )
    return result


def give_accounts(world: World, seats: int) -> list[Actor]:
    """The first `seats` members with an account each; the first has one already."""
    actors = [world[Role.COUNCIL_MEMBER]]
    actors += [another_actor(world, Role.COUNCIL_MEMBER, f"member{n}") for n in range(2, seats + 1)]
    with as_system("test") as session:
        for member_id, actor in zip(world.members, actors, strict=False):
            session.get(BodyMember, member_id).account_id = actor.id  # type: ignore[union-attr]
    return actors


def at_once(*acts: Any) -> list[Any]:
    """Run callables from one starting line; results or the errors they raised."""
    line = threading.Barrier(len(acts))

    def run(act: Any) -> Any:
        line.wait()
        try:
            return act()
        except (Refused, BadInput, WrongStage) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


# --- quorum -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("present", [0, 10])
def test_below_the_quorum_nothing_can_be_voted(world: World, present: int) -> None:
    _, items = in_session(world, present=present)

    with pytest.raises(Refused) as refused:
        an_open_ballot(world, items[0])

    assert refused.value.rule == "quorum_missing"
    assert refused.value.values == {
        "rule": "quorum_missing",
        "due": 16,
        "present": present,
        "needed": 11,
        "missing": 11 - present,
    }


@pytest.mark.parametrize("present", [11, 12, 16])
def test_at_and_above_the_quorum_an_item_can_be_voted(world: World, present: int) -> None:
    _, items = in_session(world, present=present)

    ballot = row(world, Ballot, an_open_ballot(world, items[0]))

    assert (ballot.due, ballot.present) == (16, present)


def test_a_member_who_leaves_can_take_the_quorum_away(world: World) -> None:
    meeting, items = in_session(world, present=11)
    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[0])

    with pytest.raises(Refused, match="quorum_missing"):
        an_open_ballot(world, items[0])


def test_the_recused_are_neither_due_nor_present(world: World) -> None:
    _, items = in_session(world, present=11)
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[0], reason="承包方亲属")

    ballot = row(world, Ballot, an_open_ballot(world, items[0]))

    assert (ballot.due, ballot.recused_due, ballot.present, ballot.recused_present) == (16, 1, 11, 1)


# --- opening ------------------------------------------------------------------------------------------


def test_one_ballot_at_a_time_in_a_meeting(world: World) -> None:
    _, items = in_session(world, needs=2)
    an_open_ballot(world, items[0])

    with pytest.raises(Refused, match="ballot_open"):
        an_open_ballot(world, items[1])


def test_of_two_people_who_open_a_ballot_at_once_one_does(world: World) -> None:
    _, items = in_session(world, needs=2)

    results = at_once(*(lambda i=item: an_open_ballot(world, i) for item in items))

    assert sum(isinstance(result, int) for result in results) == 1
    assert [r.rule for r in results if isinstance(r, Refused)] == ["ballot_open"]


def test_one_pressing_twice_at_once_opens_one_ballot(world: World) -> None:
    _, items = in_session(world)

    at_once(*[lambda: an_open_ballot(world, items[0])] * 4)

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(Ballot)) == 1


def test_the_electorate_is_frozen_when_the_ballot_opens(world: World) -> None:
    meeting, items = in_session(world, present=14)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    do(world.secretary, leave_early, meeting_id=meeting, member_id=world.members[3])

    with reading(world.secretary) as session:
        voters = set(session.scalars(select(BallotVoter.member_id).where(BallotVoter.ballot_id == ballot)))
    assert voters == set(world.members[:14])
    assert row(world, Ballot, ballot).present == 14


def test_a_meeting_that_has_not_begun_votes_on_nothing(world: World) -> None:
    _, items = a_convened(world)

    with pytest.raises(WrongStage):
        an_open_ballot(world, items[0])


def test_a_void_ballot_sends_the_item_back_to_discussion(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])

    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="动议宣读有误")

    assert row(world, AgendaItem, items[0]).state is ItemState.DISCUSSING
    assert row(world, Ballot, ballot).void_reason == "动议宣读有误"
    assert row(world, Ballot, an_open_ballot(world, items[0])).round == 2


# --- by hands -----------------------------------------------------------------------------------------


def test_two_tellers_who_agree_decide_the_count(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])

    first = count(world, ballot, 1, "计票甲", 8, 4, 2)
    second = count(world, ballot, 2, "监票乙", 8, 4, 2)

    assert (first, second) == ({"agreed": None}, {"agreed": True})


def test_two_tellers_who_differ_both_count_again_and_the_log_keeps_their_counts(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])
    count(world, ballot, 1, "计票甲", 8, 4, 2)

    second = count(world, ballot, 2, "监票乙", 7, 5, 2)

    with reading_as_system("test") as session:
        left = session.scalar(select(func.count()).select_from(HandCount))
        told = session.scalars(select(AuditEntry.changes).where(AuditEntry.operation == "recount")).one()
        rows = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "hand_count")).all()
    assert (second, left) == ({"agreed": False}, 0)
    assert told == {"teller_1": [[8, 4, 2], None], "teller_2": [[7, 5, 2], None]}
    assert all("•••" in change["votes_for"] for change in rows)
    assert row(world, Ballot, ballot).recounts == 1


def test_the_two_tellers_are_two_people(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])
    count(world, ballot, 1, "计票甲", 8, 4, 2)

    with pytest.raises(Refused, match="teller_twice"):
        count(world, ballot, 2, " 计票甲 ", 8, 4, 2)


def test_the_proposer_does_not_count(world: World) -> None:
    _, items = in_session(world, needs=0)
    ballot = an_open_ballot(world, items[0])

    with pytest.raises(Refused, match="teller_is_proposer"):
        count(world, ballot, 1, "街道", 8, 4, 2)


def test_there_are_never_more_hands_than_people(world: World) -> None:
    _, items = in_session(world, present=14)
    ballot = an_open_ballot(world, items[0])

    with pytest.raises(Refused) as refused:
        count(world, ballot, 1, "计票甲", 8, 5, 2)

    assert refused.value.values == {"rule": "more_votes_than_present", "cast": 15, "present": 14}


@pytest.mark.parametrize("votes", [(15, 0, 0), (-1, 0, 0), (None, 0, 0)])
def test_a_count_that_cannot_be_is_told_at_its_field(world: World, votes: Any) -> None:
    _, items = in_session(world, present=14)
    ballot = an_open_ballot(world, items[0])

    with pytest.raises(BadInput) as told:
        count(world, ballot, 1, "计票甲", *votes)

    assert told.value.field == "votes_for"


def test_one_teller_cannot_count_twice(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])
    count(world, ballot, 1, "计票甲", 8, 4, 2)

    with pytest.raises(Refused, match="count_is_in"):
        count(world, ballot, 1, "计票丙", 8, 4, 2)


def test_a_ballot_by_hands_is_not_closed_on_one_count(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])
    count(world, ballot, 1, "计票甲", 8, 4, 2)

    with pytest.raises(Refused, match="counts_missing"):
        do(world.secretary, close_ballot, ballot_id=ballot)


def test_two_tellers_who_enter_at_once_are_both_heard(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])

    results = at_once(
        lambda: count(world, ballot, 1, "计票甲", 8, 4, 2), lambda: count(world, ballot, 2, "监票乙", 8, 4, 2)
    )

    assert sorted(str(result["agreed"]) for result in results) == ["None", "True"]


def test_two_first_tellers_at_once_are_one(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])

    results = at_once(
        lambda: count(world, ballot, 1, "计票甲", 8, 4, 2), lambda: count(world, ballot, 1, "计票丙", 7, 5, 2)
    )

    assert [r.rule for r in results if isinstance(r, Refused)] == ["count_is_in"]


# --- by name ------------------------------------------------------------------------------------------


def test_a_vote_can_be_changed_until_the_ballot_closes_and_the_last_one_counts(world: World) -> None:
    member = give_accounts(world, 1)[0]
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    for choice in (Choice.FOR, Choice.ABSTAIN, Choice.AGAINST):
        do(member, cast_vote, ballot_id=ballot, choice=choice)
    do(world.secretary, close_ballot, ballot_id=ballot)

    closed = row(world, Ballot, ballot)
    assert (closed.votes_for, closed.votes_against, closed.votes_abstain) == (0, 1, 0)
    with pytest.raises(Refused, match="ballot_closed"):
        do(member, cast_vote, ballot_id=ballot, choice=Choice.FOR)


def test_who_is_absent_or_recused_has_no_vote(world: World) -> None:
    members = give_accounts(world, 16)
    _, items = in_session(world, present=14)
    do(world.secretary, recuse, item_id=items[0], member_id=world.members[0], reason="承包方亲属")
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    for outsider in (members[0], members[15], world.worker):
        with pytest.raises(Refused, match="no_vote_here"):
            do(outsider, cast_vote, ballot_id=ballot, choice=Choice.FOR)


def test_the_chair_enters_the_vote_of_a_member_without_an_account_and_is_named(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[4], choice=Choice.FOR)

    with reading(world.secretary) as session:
        vote = session.scalars(select(NamedVote)).one()
    assert (vote.member_id, vote.entered_by) == (world.members[4], world.secretary.id)


def test_the_chair_never_votes_for_a_member_who_can(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    with pytest.raises(Refused, match="member_votes_alone"):
        do(world.secretary, cast_for_member, ballot_id=ballot, member_id=world.members[0], choice=Choice.FOR)


def test_a_ballot_by_hands_takes_no_named_vote(world: World) -> None:
    member = give_accounts(world, 1)[0]
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])

    with pytest.raises(Refused, match="votes_another_way"):
        do(member, cast_vote, ballot_id=ballot, choice=Choice.FOR)


def test_sixteen_members_casting_three_times_while_it_closes_leave_one_vote_each(world: World) -> None:
    members = give_accounts(world, 16)
    _, items = in_session(world, present=16)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    def cast_thrice(actor: Actor, seat: int) -> None:
        for turn in range(3):
            choice = list(Choice)[(seat + turn) % 3]
            carry_out(actor, secrets.token_hex(8), cast_vote, ballot_id=ballot, choice=choice)

    def close() -> None:
        carry_out(world.secretary, secrets.token_hex(8), close_ballot, ballot_id=ballot)

    results = at_once(*(lambda a=actor, s=seat: cast_thrice(a, s) for seat, actor in enumerate(members)), close)

    closed = row(world, Ballot, ballot)
    with reading(world.secretary) as session:
        per_member = session.execute(select(NamedVote.member_id, func.count()).group_by(NamedVote.member_id)).all()
    assert {result.rule for result in results if isinstance(result, Refused)} <= {"ballot_closed"}
    assert all(number == 1 for _, number in per_member)
    assert closed.votes_for + closed.votes_against + closed.votes_abstain == len(per_member) <= 16


def test_two_people_closing_one_ballot_at_once_close_it_once(world: World) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0])
    count(world, ballot, 1, "计票甲", 8, 4, 2)
    count(world, ballot, 2, "监票乙", 8, 4, 2)

    results = at_once(*[lambda: do(world.secretary, close_ballot, ballot_id=ballot)] * 3)

    assert results == [{"outcome": "passed", "round": 1}] * 3
    with reading_as_system("test") as session:
        changes = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "ballot")).all()
    assert sum("closed_at" in change and "state" in change and len(change) < 8 for change in changes) == 1


# --- the outcome --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "outcome", "state"),
    [
        ((8, 4, 2), Outcome.PASSED, ItemState.PASSED),
        ((7, 5, 2), Outcome.NOT_PASSED, ItemState.NOT_PASSED),
        ((0, 0, 14), Outcome.NOT_PASSED, ItemState.NOT_PASSED),
        ((7, 7, 0), Outcome.TIE, ItemState.DISCUSSING),
    ],
)
def test_the_frozen_rule_decides(world: World, votes: tuple[int, int, int], outcome: Outcome, state: ItemState) -> None:
    _, items = in_session(world, present=14)

    closed = vote_by_hands(world, items[0], *votes)

    item = row(world, AgendaItem, items[0])
    assert (closed["outcome"], item.outcome, item.state) == (outcome, outcome, state)
    decision = result_from_json(item.decision)
    assert (decision.quorum.due, decision.quorum.present, decision.quorum.needed) == (16, 14, 11)
    assert isinstance(decision, Decision)
    assert (decision.base_count, decision.needed) == (14, 8)


def test_a_passed_need_stays_on_the_agenda_until_its_notice_is_posted(world: World) -> None:
    _, items = in_session(world)

    vote_by_hands(world, items[0], 8, 4, 2)

    assert need_behind(world, items[0]).stage is NeedStage.ON_AGENDA


def test_everybody_behind_a_rejected_need_is_owed_the_reason(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 7, 5, 2)

    do(world.secretary, answer_rejected, item_id=items[0], reason="赞成7票未过半数；先修物业门禁")

    with reading(world.secretary) as session:
        answer = session.scalars(select(Answer)).one()
    assert (answer.kind, answer.words) == (AnswerKind.NOT_PASSED, "赞成7票未过半数；先修物业门禁")
    assert need_behind(world, items[0]).stage is NeedStage.ANSWERING


def test_a_rejected_need_may_wait_on_the_reserve_list(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 7, 5, 2)

    do(world.secretary, keep_in_reserve, item_id=items[0], reason="明年预算再议")

    assert need_behind(world, items[0]).stage is NeedStage.RESERVE


def test_words_are_owed_only_after_a_no_and_only_once(world: World) -> None:
    _, items = in_session(world, needs=2)
    vote_by_hands(world, items[0], 8, 4, 2)
    vote_by_hands(world, items[1], 7, 5, 2)
    do(world.secretary, answer_rejected, item_id=items[1], reason="未过半数")

    for item in items:
        with pytest.raises(Refused, match="no_words_owed"):
            do(world.secretary, answer_rejected, item_id=item, reason="未过半数")


def use_tie_rule(world: World, tie: TieRule) -> None:
    do(
        world.secretary,
        set_rules,
        body_id=world.body,
        preset="council",
        valid_from=TODAY,
        basis="修订",
        tie=tie,
        call_days=3,
        notice_days=5,
    )


@pytest.mark.parametrize(
    ("tie", "state"),
    [
        (TieRule.NOT_PASSED, ItemState.NOT_PASSED),
        (TieRule.BACK_TO_DISCUSSION, ItemState.DISCUSSING),
        (TieRule.VOTE_AGAIN, ItemState.TIED),
    ],
)
def test_a_tie_goes_where_the_house_rules_say_and_never_passes(world: World, tie: TieRule, state: ItemState) -> None:
    use_tie_rule(world, tie)
    _, items = in_session(world)

    vote_by_hands(world, items[0], 6, 6, 2)

    item = row(world, AgendaItem, items[0])
    assert (item.outcome, item.state) == (Outcome.TIE, state)


def test_after_a_tie_the_item_is_voted_again_in_a_new_round(world: World) -> None:
    use_tie_rule(world, TieRule.VOTE_AGAIN)
    _, items = in_session(world)
    vote_by_hands(world, items[0], 6, 6, 2)

    again = vote_by_hands(world, items[0], 9, 4, 1)

    assert again == {"outcome": "passed", "round": 2}
    assert row(world, AgendaItem, items[0]).state is ItemState.PASSED


def test_an_item_tied_to_the_end_is_postponed(world: World) -> None:
    meeting, items = in_session(world)
    vote_by_hands(world, items[0], 6, 6, 2)

    from db.models import Meeting

    do(world.secretary, close_meeting, meeting_id=meeting, version=row(world, Meeting, meeting).version)

    assert row(world, AgendaItem, items[0]).state is ItemState.POSTPONED
    assert need_behind(world, items[0]).stage is NeedStage.FOR_COUNCIL


def test_an_owners_matter_is_advice_whatever_the_vote(world: World) -> None:
    _, items = in_session(world)
    with as_system("test") as session:
        session.get(AgendaItem, items[0]).owners_matter = True  # type: ignore[union-attr]

    vote_by_hands(world, items[0], 14, 0, 0)

    assert result_from_json(row(world, AgendaItem, items[0]).decision).advisory


def test_where_owners_take_part_the_quorum_is_of_the_votes_cast(world: World) -> None:
    from db.models import Meeting
    from db.rules.voting.decision import PRESETS, Preset

    meeting, items = in_session(world, present=14)
    with as_system("test") as session:
        session.get(Meeting, meeting).rule = PRESETS[Preset.OWNERS_GENERAL].to_json()  # type: ignore[union-attr]

    closed = vote_by_hands(world, items[0], 9, 1, 0)

    assert closed["outcome"] == Outcome.NO_QUORUM
    assert row(world, AgendaItem, items[0]).state is ItemState.POSTPONED
    assert need_behind(world, items[0]).stage is NeedStage.FOR_COUNCIL


def test_a_closed_ballot_stays_closed(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    with reading(world.secretary) as session:
        ballot = session.scalars(select(Ballot)).one()

    with pytest.raises(Refused, match="ballot_closed"):
        do(world.secretary, cancel_ballot, ballot_id=ballot.id, reason="反悔")

    assert row(world, Ballot, ballot.id).state is BallotState.CLOSED


def test_a_repeated_submit_casts_once(world: World) -> None:
    member = give_accounts(world, 1)[0]
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    for _ in range(3):
        carry_out(member, "one-key", cast_vote, ballot_id=ballot, choice=Choice.FOR, now=NOW)

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(NamedVote)) == 1


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER, Role.DISPLAY, Role.AUDITOR])
def test_who_has_no_seat_has_no_ballot(world: World, role: Role) -> None:
    _, items = in_session(world)
    ballot = an_open_ballot(world, items[0], VoteMethod.NAMED)

    with pytest.raises(NotPermitted):
        do(world[role], cast_vote, ballot_id=ballot, choice=Choice.FOR)
