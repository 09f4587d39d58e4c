"""One vote of an invented council: counted by two tellers or cast by name, decided by the frozen rule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.demo.agendas import Item
from db.demo.frame import Area, Demo
from db.models import Ballot, BallotVoter, HandCount, NamedVote
from db.rules.decision import PRESETS, Preset, decide
from db.rules.decision_json import decision_to_json
from db.terms import BallotState, Choice, VoteMethod


@dataclass(frozen=True, slots=True)
class Voter:
    """A member who is there, and the account by which the vote comes in: the own one, or the chair's."""

    member_id: int
    name: str
    account_id: int


def vote(
    demo: Demo,
    area: Area,
    rng: Random,
    meeting_id: int,
    item_id: int,
    item: Item,
    due: int,
    there: list[Voter],
    moment: datetime,
) -> dict[str, Any]:
    """Write the ballot of an item by the members who are there; the item's outcome, decision and moment."""
    assert item.votes is not None  # noqa: S101 - for the type checker
    votes_for, votes_against, votes_abstain = item.votes
    opened = moment - timedelta(minutes=5)
    decision = decide(
        PRESETS[Preset.COUNCIL],
        due=due,
        present=len(there),
        recused_due=item.recused,
        recused_present=item.recused,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
    )
    counts = {"votes_for": votes_for, "votes_against": votes_against, "votes_abstain": votes_abstain}
    ballot = demo.bulk.add(
        Ballot,
        community_id=area.id,
        meeting_id=meeting_id,
        item_id=item_id,
        round=1,
        method=item.method,
        state=BallotState.CLOSED,
        due=due,
        present=len(there),
        recused_due=item.recused,
        recused_present=item.recused,
        recounts=item.recounts,
        opened_at=opened,
        closed_at=moment,
        **counts,
    )
    common = {"community_id": area.id, "ballot_id": ballot}
    if item.method is VoteMethod.HANDS:
        for teller, counting in enumerate(there[:2], 1):
            demo.bulk.add(
                HandCount,
                **common,
                **counts,
                teller=teller,
                teller_name=counting.name,
                entered_by=area.secretary if teller == 1 else area.workers[0],
                counted_at=moment - timedelta(minutes=2),
            )
    else:
        choices = [Choice.FOR] * votes_for + [Choice.AGAINST] * votes_against + [Choice.ABSTAIN] * votes_abstain
        rng.shuffle(choices)
        for voter, choice in zip(there, choices, strict=True):
            demo.bulk.add(BallotVoter, **common, member_id=voter.member_id)
            demo.bulk.add(
                NamedVote,
                **common,
                member_id=voter.member_id,
                choice=choice,
                cast_at=opened + timedelta(seconds=rng.randrange(20, 280)),
                entered_by=voter.account_id,
            )
    stored = decision_to_json(decision)
    return {
        "outcome": decision.outcome,
        "decision": stored | {"advisory": decision.advisory or item.owners},
        "decided_at": moment,
    }
