"""议定事项: what a meeting decided about one item, in one sentence with its vote."""

from components.voting.outcome import options_outcome, outcome_name
from components.wording import _
from components.wording.terms import term
from db.rules.meetings.sitting import Item
from db.rules.voting.decision import Decision
from db.rules.voting.result import Result
from db.terms import ItemState


def decided_words(item: Item) -> str:
    """会议以赞成8票、反对4票、弃权2票通过：更换楼道灯。Of an item without a vote what became of it."""
    motion = item.motion.strip().rstrip("。；;.")
    if item.result is None:
        return _undecided(item, motion)
    if isinstance(item.result, Decision):
        return _on_motion(item.result, motion)
    return _on_options(item, item.result, motion)


def _on_motion(decision: Decision, motion: str) -> str:
    votes = {
        "votes_for": decision.votes_for,
        "votes_against": decision.votes_against,
        "votes_abstain": decision.votes_abstain,
    }
    if decision.passed:
        return _(
            "会议以赞成{votes_for}票、反对{votes_against}票、弃权{votes_abstain}票通过：{motion}。",
            **votes,
            motion=motion,
        )
    return _(
        "会议表决“{motion}”：赞成{votes_for}票、反对{votes_against}票、弃权{votes_abstain}票，{outcome}。",
        **votes,
        motion=motion,
        outcome=outcome_name(decision),
    )


def _on_options(item: Item, result: Result, motion: str) -> str:
    if isinstance(result, Decision):
        raise TypeError("a motion has no options")
    return _("会议表决“{motion}”：{outcome}。", motion=motion, outcome=options_outcome(result, item.answered))


def _undecided(item: Item, motion: str) -> str:
    if item.state is ItemState.POSTPONED:
        return _("“{motion}”没有表决，顺延到下次会议。", motion=motion)
    return _("“{motion}”没有表决（{state}）。", motion=motion, state=term(item.state))
