"""A meeting as one slip sees it, without a database: questions, what is filled in, and what the page would be told."""

from dataclasses import replace
from typing import Any

from db.errors import Refused
from db.queries.voting.slips import SlipBallot, SlipResult, SlipView
from db.rules.voting.decision import PRESETS, Preset, decide
from db.rules.voting.question import MOTION, Option, Question
from db.terms import MeetingState, Outcome, QuestionKind

MEETING = "第三届第4次居民议事会"
MOTION_TEXT = "在1幢楼道加装感应灯，费用由社区公益金列支。" * 4
CODE = "7K3M9QXA2T"
MOST = 15_000
TITLES = (
    "南门休闲座椅更换成防腐木并加装扶手",
    "3幢北侧非机动车充电雨棚",
    "中心花园夜间照明",
    "健身步道防滑改造",
    "老年食堂送餐电动车",
)
"""Of about the length that titles of options have on a real agenda."""
FIVE = tuple(Option(number, title, 8000 * number) for number, title in enumerate(TITLES, 1))
FIFTY = tuple(Option(number, f"{TITLES[number % 5]}（{number}号）", 8000) for number in range(1, 51))
QUESTIONS = {
    "motion": MOTION,
    "choose": Question(QuestionKind.CHOOSE, FIVE, seats=2, most=2),
    "choose one": Question(QuestionKind.CHOOSE, FIVE),
    "score": Question(QuestionKind.SCORE, FIVE),
    "rank": Question(QuestionKind.RANK, FIVE, seats=2),
    "budget": Question(QuestionKind.BUDGET, FIVE, budget=30_000),
}
FILLED: dict[str, list[tuple[str, str]]] = {
    "motion": [("choice", "against")],
    "choose": [("choice", "4"), ("choice", "2")],
    "choose one": [("choice", "3")],
    "score": [("p1", "8"), ("p2", ""), ("p3", "0"), ("p4", "—"), ("p5", "10")],
    "rank": [("p1", ""), ("p2", "3"), ("p3", "1"), ("p4", ""), ("p5", "2")],
    "budget": [("choice", "1"), ("choice", "2")],
}
PATTERNS = {
    "motion": "against", "choose": "2,4", "choose one": "3", "score": "8,-,0,-,10", "rank": "3>5>2", "budget": "1,2",
}  # fmt: skip


class Hall:
    """A meeting as one slip sees it: what the database would say, and what was cast."""

    def __init__(self) -> None:
        self.view: SlipView | None = a_view()
        self.cast: list[tuple[str, str]] = []
        self.by: str | None = None
        """The phone that cast the vote; None while the view says it all."""

    def see(self, code: str, phone: str = "") -> SlipView | None:
        if code == CODE and self.view and self.view.ballot and self.by not in (None, phone):
            return replace(self.view, ballot=replace(self.view.ballot, pattern=""))
        return self.view if code == CODE else None

    def take(self, code: str, *, ballot_id: int, pattern: str, witness: str = "", phone: str = "") -> None:
        assert self.view is not None
        assert self.view.ballot is not None
        assert code == CODE
        if ballot_id != self.view.ballot.ballot_id:
            raise Refused("ballot_closed")
        self.cast.append((pattern, witness))
        self.by = phone
        self.view = replace(self.view, ballot=replace(self.view.ballot, pattern=pattern, cast=True))


def a_view(question: Question = MOTION, pattern: str = "", **more: Any) -> SlipView:
    ballot = SlipBallot(
        ballot_id=71, position=2, title="楼道加装感应灯", motion=MOTION_TEXT,
        question=question, owners_matter=False, shuffle=False, cast=bool(pattern), pattern=pattern,
        check_code="Q7RD2KXM", turnout=5, voting=14,
    )  # fmt: skip
    facts: dict[str, Any] = {
        "meeting": MEETING, "state": MeetingState.OPEN, "void": False, "set_aside": False, "stopped": "",
        "ballot": ballot, "result": None, "rule": PRESETS[Preset.COUNCIL].to_json(),
    }  # fmt: skip
    return SlipView(**facts | more)


def a_result(pattern: str) -> SlipResult:
    rule = PRESETS[Preset.COUNCIL]
    decision = decide(rule, due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2)
    return SlipResult(
        ballot_id=71, position=2, title="楼道加装感应灯", motion="加装感应灯", question=MOTION, owners_matter=False,
        outcome=Outcome.NOT_PASSED, result=decision, check_code="Q7RD2KXM", pattern=pattern,
    )  # fmt: skip


HERE = f"/v/{CODE}"
BALLOT = ("ballot", "71")


def tell(hall: Hall, **more: Any) -> None:
    """The meeting went on."""
    assert hall.view is not None
    hall.view = replace(hall.view, **more)
