"""One vote of an invented council, in any of the ways, counted from its ballot file by the frozen rule."""

import json
from base64 import b32encode
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.demo.frame import Area, Demo
from db.demo.meetings.agendas import Item
from db.models import Ballot, BallotVoter, BallotWay, HandCount, NamedVote, PaperCount, SecretVote, Slip
from db.rules.voting.ballot_file import BallotFile, BallotLine, recount, write
from db.rules.voting.decision import PRESETS, Decision, Electorate, Preset
from db.rules.voting.question import MOTION
from db.rules.voting.result import result_to_json
from db.terms import BallotState, Choice, SlipState, VoteMethod


@dataclass(frozen=True, slots=True)
class Voter:
    """A member who is there, and the account by which the vote comes in: the own one, or the chair's."""

    member_id: int
    seat: int
    name: str
    account_id: int


def vote(
    demo: Demo,
    area: Area,
    rng: Random,
    meeting_id: int,
    item_id: int,
    title: str,
    item: Item,
    due: int,
    there: list[Voter],
    moment: datetime,
) -> dict[str, Any]:
    """Write the ballot of an item by the members who are there; the item's outcome, decision and moment."""
    assert item.votes is not None  # noqa: S101 - for the type checker
    # Those who step back are the last of those who are there.
    voters = there[: len(there) - item.recused]
    cast = dict(zip(Choice, item.votes, strict=True))
    common = {"community_id": area.id, "ballot_id": demo.bulk.new_id(Ballot)}
    opened = moment - timedelta(minutes=5)
    write_votes = {
        VoteMethod.HANDS: _hands,
        VoteMethod.NAMED: _named,
        VoteMethod.SLIP: _slips,
        VoteMethod.PAPER: _paper,
    }[item.method]
    lines = write_votes(demo, area, rng, common, voters, cast, moment)
    if item.method is VoteMethod.SLIP:
        print_slips(demo, area, rng, meeting_id, due, len(voters))
    file = BallotFile(
        title=title,
        motion=item.motion,
        round=1,
        question=MOTION,
        rule=PRESETS[Preset.COUNCIL],
        people=Electorate(due, item.recused, len(there), item.recused),
        owners_matter=item.owners,
        area_due=0,
        issued=((item.method, len(voters)),),
        ballots=tuple(lines),
    )
    result = recount(file, write(file))
    decision, (account,) = result.result, file.accounts()
    assert isinstance(decision, Decision)  # noqa: S101 - for the type checker: the agendas add up
    demo.bulk.add(
        Ballot,
        id=common["ballot_id"],
        community_id=area.id,
        meeting_id=meeting_id,
        item_id=item_id,
        round=1,
        method=item.method,
        title=title,
        motion=item.motion,
        state=BallotState.CLOSED,
        due=due,
        present=len(there),
        recused_due=item.recused,
        recused_present=item.recused,
        recounts=item.recounts,
        opened_at=opened,
        stopped_at=moment - timedelta(seconds=40),
        closed_at=moment,
        file_hash=result.digest,
        votes_for=decision.votes_for,
        votes_against=decision.votes_against,
        votes_abstain=decision.votes_abstain,
    )
    for voter in voters:
        demo.bulk.add(BallotVoter, **common, member_id=voter.member_id, way=item.method)
    counted = {name: getattr(account, name) for name in ("issued", "returned", "valid", "blank", "spoilt")}
    demo.bulk.add(BallotWay, **common, way=item.method, **counted)
    return {"outcome": decision.outcome, "decision": result_to_json(decision), "decided_at": moment}


Cast = dict[Choice, int]


def _shuffled(rng: Random, cast: Cast) -> list[Choice]:
    choices = [choice for choice, count in cast.items() for _ in range(count)]
    rng.shuffle(choices)
    return choices


def _hands(
    demo: Demo, area: Area, rng: Random, common: dict[str, int], voters: list[Voter], cast: Cast, moment: datetime
) -> list[BallotLine]:
    for teller, counting in enumerate(voters[:2], 1):
        demo.bulk.add(
            HandCount,
            **common,
            votes_for=cast[Choice.FOR],
            votes_against=cast[Choice.AGAINST],
            votes_abstain=cast[Choice.ABSTAIN],
            teller=teller,
            teller_name=counting.name,
            entered_by=area.secretary if teller == 1 else area.workers[0],
            counted_at=moment - timedelta(minutes=2),
        )
    return [BallotLine(VoteMethod.HANDS, "", choice.value, count) for choice, count in cast.items()]


def _named(
    demo: Demo, area: Area, rng: Random, common: dict[str, int], voters: list[Voter], cast: Cast, moment: datetime
) -> list[BallotLine]:
    opened, lines = moment - timedelta(minutes=5), []
    for voter, choice in zip(voters, _shuffled(rng, cast), strict=True):
        demo.bulk.add(
            NamedVote,
            **common,
            member_id=voter.member_id,
            choice=choice,
            cast_at=opened + timedelta(seconds=rng.randrange(20, 250)),
            entered_by=voter.account_id,
        )
        lines.append(BallotLine(VoteMethod.NAMED, str(voter.seat), choice.value, 1))
    return lines


def _slips(
    demo: Demo, area: Area, rng: Random, common: dict[str, int], voters: list[Voter], cast: Cast, moment: datetime
) -> list[BallotLine]:
    """In order of the check codes, as an announcement leaves them."""
    choices = _shuffled(rng, cast)
    codes = sorted({b32encode(rng.randbytes(5)).decode() for _ in range(2 * len(choices))})[: len(choices)]
    for code, choice in zip(codes, choices, strict=True):
        demo.bulk.add(SecretVote, **common, id=rng.getrandbits(62), code=code, choice=choice.value)
    return [BallotLine(VoteMethod.SLIP, code, choice.value, 1) for code, choice in zip(codes, choices, strict=True)]


def print_slips(demo: Demo, area: Area, rng: Random, meeting_id: int, due: int, used: int) -> None:
    """A slip for everybody due; those of the absent were declared void. Nobody knows the codes any more."""
    for serial in range(1, due + 1):
        left = serial > used
        demo.bulk.add(
            Slip,
            community_id=area.id,
            meeting_id=meeting_id,
            serial=serial,
            code_hash=rng.randbytes(32).hex(),
            state=SlipState.VOID if left else SlipState.READY,
            void_reason="余票" if left else "",
        )


def _paper(
    demo: Demo, area: Area, rng: Random, common: dict[str, int], voters: list[Voter], cast: Cast, moment: datetime
) -> list[BallotLine]:
    """What is missing to the number of voters came in empty."""
    counted = Counter({choice.value: count for choice, count in cast.items() if count})
    blank = len(voters) - counted.total()
    for entry, counting in enumerate(voters[:2], 1):
        demo.bulk.add(
            PaperCount,
            **common,
            entry=entry,
            name=counting.name,
            returned=len(voters),
            blank=blank,
            spoilt=0,
            sheet=json.dumps(counted, sort_keys=True),
            entered_by=area.secretary if entry == 1 else area.workers[0],
        )
    lines = [BallotLine(VoteMethod.PAPER, "", choice, count) for choice, count in counted.items()]
    return [*lines, BallotLine(VoteMethod.PAPER, "", "blank", blank)] if blank else lines
