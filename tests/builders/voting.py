"""Ballots of a meeting, by hand, by slip and on paper."""

from typing import Any

from db.actions.voting.slips import print_slips
from db.actions.voting.voting import close_ballot, enter_count, enter_paper, open_ballot
from db.engine import as_system, reading
from db.models import AgendaItem, Ballot, BallotVoter, NamedVote
from db.queries.voting.ballots import ballot_accounts
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.question import Question
from db.rules.voting.slip_code import new_code
from db.terms import BallotState, Choice, VoteMethod
from tests.builders.world import NOW, World, do


def vote_by_hands(world: World, item: int, votes_for: int, votes_against: int, votes_abstain: int) -> dict[str, Any]:
    """A whole ballot by show of hands; what closing returned."""
    ballot = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.HANDS)
    counts = {"votes_for": votes_for, "votes_against": votes_against, "votes_abstain": votes_abstain}
    do(world.secretary, enter_count, ballot_id=ballot, teller=1, name="计票甲", **counts)
    do(world.secretary, enter_count, ballot_id=ballot, teller=2, name="监票乙", **counts)
    closed: dict[str, Any] = do(world.secretary, close_ballot, ballot_id=ballot)
    return closed


def ask(item: int, question: Question) -> None:
    """Let an item ask another question than yes or no."""
    with as_system("test") as session:
        session.get_one(AgendaItem, item).question = question.to_json()


def printed_slips(world: World, meeting: int, count: int) -> list[str]:
    """So many slips of a meeting, as their holders read them."""
    codes = [new_code() for _ in range(count)]
    do(world.secretary, print_slips, meeting_id=meeting, codes=codes)
    return codes


def count_paper(world: World, ballot: int, sheet: dict[str, int], *, blank: int = 0, spoilt: int = 0) -> Any:
    """Two people enter the same figures of the paper ballots; what the second was told."""
    figures = {"returned": sum(sheet.values()) + blank + spoilt, "blank": blank, "spoilt": spoilt, "sheet": sheet}
    do(world.secretary, enter_paper, ballot_id=ballot, entry=1, name="计票甲", **figures)
    return do(world.worker, enter_paper, ballot_id=ballot, entry=2, name="监票乙", **figures)


def accounts_of(world: World, meeting: int) -> dict[VoteMethod, BallotAccount]:
    """The books of the meeting's last closed ballot, by way."""
    with reading(world.secretary) as session:
        return {books.way: books for books in ballot_accounts(session, meeting)[-1].ways}


def a_ballot(world: World, meeting: int, item: int, method: VoteMethod = VoteMethod.NAMED, votes: int = 0) -> int:
    with as_system("test") as session:
        ballot = Ballot(
            community_id=world.here,
            meeting_id=meeting,
            item_id=item,
            method=method,
            state=BallotState.OPEN,
            due=16,
            present=14,
            recused_due=0,
            recused_present=0,
            opened_at=NOW,
        )
        session.add(ballot)
        session.flush()
        for member in world.members[:14]:
            session.add(BallotVoter(community_id=world.here, ballot_id=ballot.id, member_id=member))
        for member in world.members[:votes]:
            session.add(
                NamedVote(
                    community_id=world.here,
                    ballot_id=ballot.id,
                    member_id=member,
                    choice=Choice.FOR,
                    cast_at=NOW,
                    entered_by=world.secretary.id,
                )
            )
        return ballot.id
