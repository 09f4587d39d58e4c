"""A hall of five hundred, every slip sent four times from two devices, while the chair opens, stops and announces."""

import itertools
import secrets
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.voting.slips import cast_by_slip
from db.actions.voting.voting import close_ballot, open_ballot, stop_ballot
from db.engine import carry_out, reading, reading_as_system
from db.errors import Busy, Refused
from db.models import AgendaItem, Ballot, BallotVoter, RequestKey, SecretVote
from db.queries.voting.ballots import slip_list
from db.rules.voting.decision import Decision
from db.rules.voting.result import result_from_json
from db.terms import BallotState, VoteMethod
from tests.builders.council import seat_more
from tests.builders.meetings import in_session
from tests.builders.voting import accounts_of, printed_slips
from tests.builders.world import NOW, World, do, row
from tests.support.waiting import DEADLINE, wait_until

pytestmark = pytest.mark.load

VOTERS, SUBMITS, PHONES = 500, 4, 24
SAID = ("for", "against", "abstain")


def together(*acts: Any) -> list[Any]:
    """Run callables from one starting line; what they returned or how they were refused."""
    line = threading.Barrier(len(acts))

    def run(act: Any) -> Any:
        line.wait()
        try:
            return act()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def opening(world: World, item: int) -> list[Any]:
    """Four devices open the ballot at once, two of them with one request key."""
    keys = [secrets.token_hex(8)] * 2 + [secrets.token_hex(8), secrets.token_hex(8)]
    values = {"item_id": item, "method": VoteMethod.SLIP, "now": NOW}
    return together(*(lambda k=key: carry_out(world.secretary, k, open_ballot, **values) for key in keys))


def test_of_five_hundred_slips_sent_four_times_each_counts_once_and_none_after_the_stop(world: World) -> None:
    seat_more(world, VOTERS)
    meeting, items = in_session(world, present=VOTERS)
    codes = printed_slips(world, meeting, VOTERS)
    opened = opening(world, items[0])
    (ballot,) = {result for result in opened if isinstance(result, int)}
    assert {result.rule for result in opened if isinstance(result, Refused)} <= {"ballot_open"}

    submits = [(number, turn) for turn in range(SUBMITS) for number in range(VOTERS)]
    accepted: list[tuple[int, str, float]] = []
    refused: list[tuple[str, float]] = []
    ended = threading.Event()

    def phone(mine: list[tuple[int, int]]) -> None:
        for number, turn in mine:
            if (number, turn) == mine[-1]:
                assert ended.wait(DEADLINE)  # somebody always comes too late, however fast the hall is
            said = SAID[(number + turn // 2) % 3]  # sent twice, changed once, sent twice again
            began = time.monotonic()
            try:
                receipt = cast_by_slip(codes[number], ballot_id=ballot, pattern=said)
            except Refused as no:
                refused.append((no.rule, time.monotonic()))
            except Busy:
                refused.append(("busy", time.monotonic()))
            else:
                accepted.append((number, receipt.check_code, began))

    def chair() -> float:
        wait_until(lambda: len(accepted) >= VOTERS * SUBMITS * 2 // 3, "two thirds of the slips")
        together(*[lambda: do(world.secretary, stop_ballot, ballot_id=ballot)] * 3)
        stopped = time.monotonic()
        ended.set()
        return stopped

    with ThreadPoolExecutor(PHONES + 1) as pool:
        waiting = pool.submit(chair)
        list(pool.map(phone, [submits[start::PHONES] for start in range(PHONES)]))
        stopped = waiting.result()
    announced = together(*[lambda: do(world.secretary, close_ballot, ballot_id=ballot)] * 4)

    with reading_as_system("test") as session:
        stored = session.execute(select(SecretVote.code, SecretVote.choice)).all()
        keys = session.scalar(select(func.count()).select_from(RequestKey).where(RequestKey.action == "cast_by_slip"))
        listed = slip_list(session, ballot)
    voted = {number for number, _, _ in accepted}
    slip_books = accounts_of(world, meeting)[VoteMethod.SLIP]
    decision = result_from_json(row(world, AgendaItem, items[0]).decision)
    counted = Counter(choice for _, choice in stored)

    assert {rule for rule, _ in refused} <= {"ballot_stopped"}
    assert len(refused) > 0
    assert not [began for _, _, began in accepted if began > stopped]
    assert len(stored) == len(voted) == len({code for _, code, _ in accepted}) <= VOTERS
    assert {code for code, _ in stored} == {code for _, code, _ in accepted} == {code for code, _ in listed}
    assert (slip_books.issued, slip_books.returned, sum(slip_books.choices.values())) == (
        VOTERS,
        len(stored),
        len(stored),
    )
    assert isinstance(decision, Decision)
    assert (decision.votes_for, decision.votes_against, decision.votes_abstain) == tuple(counted[one] for one in SAID)
    assert decision.not_cast == VOTERS - len(stored)
    assert announced == [announced[0]] * 4
    assert keys == 0
    with pytest.raises(Refused, match="ballot_closed"):
        cast_by_slip(codes[0], ballot_id=ballot, pattern="for")


def test_casting_around_the_very_moment_of_the_announcement_is_counted_or_refused(world: World) -> None:
    """Without a stop before it: whoever was told that the vote is in finds it in the list."""
    seat_more(world, 60)
    meeting, items = in_session(world, present=60)
    codes = printed_slips(world, meeting, 60)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.SLIP)

    votes = [lambda c=code: cast_by_slip(c, ballot_id=ballot, pattern="for").check_code for code in codes[:24]]
    close = [lambda: do(world.secretary, close_ballot, ballot_id=ballot)] * 2
    mixed = list(itertools.chain(votes[:12], close, votes[12:]))
    results = together(*mixed)

    told = {result for result in results if isinstance(result, str)}
    with reading(world.secretary) as session:
        listed = {code for code, _ in slip_list(session, ballot)}
    assert listed == told
    assert {result.rule for result in results if isinstance(result, Refused)} <= {"ballot_closed"}
    assert accounts_of(world, meeting)[VoteMethod.SLIP].returned == len(told)


@pytest.mark.parametrize("present", [333, 334, 335])
def test_the_quorum_of_five_hundred_is_right_around_the_edge(world: World, present: int) -> None:
    seat_more(world, VOTERS)
    meeting, items = in_session(world, present=present)
    printed_slips(world, meeting, present)

    results = opening(world, items[0])

    with reading(world.secretary) as session:
        ballots = session.execute(select(Ballot.id, Ballot.present).where(Ballot.state == BallotState.OPEN)).all()
        voters = session.scalar(select(func.count()).select_from(BallotVoter))
    if present < 334:
        assert {result.rule for result in results} == {"quorum_missing"}
        assert (ballots, voters) == ([], 0)
    else:
        assert [ballot.present for ballot in ballots] == [present]
        assert voters == present
