"""Everything that the meeting-room screen can show, scene after scene, for tests and for whoever looks at it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from db.audit import UNAUDITED
from db.engine import as_system, utc_now
from db.models import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotWay,
    HandCount,
    Meeting,
    NamedVote,
    ScreenState,
    SecretVote,
    SpeakerTurn,
)
from db.rules.voting.decision import PRESETS, Electorate, decide
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_to_json
from db.rules.voting.tally import OptionCount, Tally
from db.rules.voting.verdict import judge
from db.terms import (
    BallotState,
    BudgetRule,
    Choice,
    ItemState,
    MeetingState,
    MemberPresence,
    Outcome,
    QuestionKind,
    ScreenMode,
    SpeakerSide,
    SpeakerState,
    VoteMethod,
)
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.world import World
from tests.support.every_model import BENEATH_THE_LOG

RULE = next(iter(PRESETS.values()))
PLACES = (
    "南门休闲座椅", "3号楼东侧健身角", "中心花园长廊", "北门快递架", "地下车库照明", "垃圾分类亭改造",
    "1至6幢楼道扶手", "儿童滑梯更换", "电动车充电棚", "消防通道划线", "晾衣架", "老年活动室空调",
)  # fmt: skip
MOTION = "在1至6幢楼道加装感应灯120盏，费用3.6万元由社区公益金列支，物业负责日后维护，10月底前完工。"
FILE_HASH = "3f9a27c41be0d85f6c12" + "0" * 44


def options(kind: QuestionKind, count: int = 12, **more: Any) -> Question:
    words = [PLACES[index % 12] + ("" if index < 12 else f"（{index // 12 + 1}期）") for index in range(count)]
    costs = [12_000 + 1_500 * index for index in range(count)] if kind is QuestionKind.BUDGET else [0] * count
    return Question(kind, tuple(Option(n, t, c) for n, (t, c) in enumerate(zip(words, costs, strict=True), 1)), **more)


NAMES = (
    "rotation", "agenda", "speaker", "last_seconds", "time_is_up", "long_words", "no_quorum", "everybody_back",
    "ballot_mixed", "ballot_hands", "ballot_twelve", "ballot_fifty", "ballot_stopped", "result_not_revealed",
    "result_passed", "result_not_passed", "result_choose", "result_tie", "result_budget", "result_rank",
)  # fmt: skip
"""The scenes in the order of a meeting."""


class Scenes:
    """One meeting in the world `world`; every method puts the screen into a state, in its own transaction."""

    def __init__(self, world: World) -> None:
        self.world = world
        titles = (
            "楼道照明改造", "中心花园改造方案", "南门电动自行车停放点选址及充电棚建设", "公益金年度使用", "长廊命名",
        )  # fmt: skip
        with as_system("test") as session:
            meeting = Meeting(
                community_id=world.here, body_id=world.body, term=3, number=4, title="第三届议事会第四次会议",
                at=utc_now(), place="社区议事厅", state=MeetingState.OPEN, rule=RULE.to_json(),
                sign_in_key="kXw93bTq0Lm2",
            )  # fmt: skip
            session.add(meeting)
            session.flush()
            self.meeting = meeting.id
            for seat, member in enumerate(world.members):
                presence = MemberPresence.PRESENT if seat < 14 else MemberPresence.ABSENT
                session.add(
                    Attendance(community_id=world.here, meeting_id=meeting.id, member_id=member, presence=presence)
                )
            items = [
                AgendaItem(
                    community_id=world.here, meeting_id=meeting.id, position=n, title=title, motion=MOTION,
                    state=ItemState.PASSED if n == 1 else ItemState.PENDING,
                )
                for n, title in enumerate(titles, 1)
            ]  # fmt: skip
            session.add_all(items)
            session.add(ScreenState(community_id=world.here, changed_at=utc_now(), mode=ScreenMode.ROTATION))
            session.flush()
            self.items = [item.id for item in items]
        for _ in range(3):
            a_need(world)
        a_project(world)

    # --- steps ------------------------------------------------------------------------------------------

    def steer(self, item: int | None, *, revealed: bool = False, mode: ScreenMode = ScreenMode.MEETING) -> None:
        with as_system("test") as session:
            session.execute(
                update(ScreenState)
                .where(ScreenState.community_id == self.world.here)
                .values(
                    mode=mode, meeting_id=self.meeting if mode is ScreenMode.MEETING else None, item_id=item,
                    revealed=revealed, turn=ScreenState.turn + 1, changed_at=utc_now(),
                ),
                execution_options=UNAUDITED,
            )  # fmt: skip

    def change(self, model: Any, row_id: int, **values: Any) -> None:
        with as_system("test") as session:
            session.execute(update(model).where(model.id == row_id).values(**values), execution_options=BENEATH_THE_LOG)

    def fresh_item(self, **values: Any) -> int:
        """The second item, without a ballot and without speakers."""
        item = self.items[1]
        with as_system("test") as session:
            for model in (NamedVote, SecretVote, BallotWay, HandCount, Ballot, SpeakerTurn):
                session.execute(delete(model), execution_options=UNAUDITED)
        start = {
            "title": "中心花园改造方案", "motion": MOTION, "state": ItemState.DISCUSSING, "question": None,
            "outcome": None, "decision": None, "owners_matter": False, "short_title": "",
        }  # fmt: skip
        self.change(AgendaItem, item, **(start | values))
        return item

    def ballot(
        self,
        item: int,
        ways: dict[VoteMethod, int],
        *,
        named: int = 0,
        slips: int = 0,
        state: BallotState = BallotState.OPEN,
        question: Question | None = None,
    ) -> int:
        stored = question.to_json() if question else None
        with as_system("test") as session:
            ballot = Ballot(
                community_id=self.world.here, meeting_id=self.meeting, item_id=item, method=next(iter(ways)),
                state=state, due=16, present=14, recused_due=0, recused_present=0, opened_at=utc_now(),
                question=stored,
            )  # fmt: skip
            session.add(ballot)
            session.flush()
            common = {"community_id": self.world.here, "ballot_id": ballot.id}
            session.add_all(BallotWay(**common, way=way, issued=issued) for way, issued in ways.items())
            session.add_all(
                NamedVote(
                    **common, member_id=member, choice=Choice.FOR, cast_at=utc_now(), entered_by=self.world.secretary.id
                )
                for member in self.world.members[:named]
            )
            session.add_all(SecretVote(**common, code=f"CODE{n:04d}", sealed="for") for n in range(slips))
            return ballot.id

    def speak(
        self, item: int, seat: int, *, waiting: tuple[int, ...] = (), ends_in: float = 85, now: datetime | None = None
    ) -> None:
        began = (now or utc_now()) - timedelta(seconds=RULE.speech_seconds - ends_in)
        with as_system("test") as session:
            common = {"community_id": self.world.here, "item_id": item, "asked_at": began}
            session.add(
                SpeakerTurn(
                    **common, member_id=self.world.members[seat - 1], side=SpeakerSide.AGAINST,
                    state=SpeakerState.SPEAKING, began_at=began,
                )
            )  # fmt: skip
            for other in waiting:
                session.add(SpeakerTurn(**common, member_id=self.world.members[other - 1], side=SpeakerSide.FOR))

    def decided(self, outcome: Outcome, decision: dict[str, Any], **values: Any) -> None:
        state = {Outcome.PASSED: ItemState.PASSED, Outcome.TIE: ItemState.TIED}.get(outcome, ItemState.NOT_PASSED)
        item = self.fresh_item(outcome=outcome, decision=decision, state=state, **values)
        ballot = self.ballot(item, {VoteMethod.NAMED: 14}, state=BallotState.CLOSED)
        self.change(Ballot, ballot, file_hash=FILE_HASH)
        self.steer(item, revealed=True)

    def verdict(self, question: Question, counts: list[int], winners: tuple[int, ...], **more: Any) -> None:
        ranked = sorted(counts, reverse=True)
        tally = Tally(
            valid=14, abstained=1,
            options=tuple(
                OptionCount(n, count, n in winners, ranked.index(count) + 1) for n, count in enumerate(counts, 1)
            ),
            winners=winners, **more,
        )  # fmt: skip
        found = judge(RULE, question, Electorate(16, 0, 14), tally, blank=0, spoilt=0)
        self.decided(found.outcome, result_to_json(found), question=question.to_json())

    # --- scenes -----------------------------------------------------------------------------------------

    def rotation(self) -> None:
        self.steer(None, mode=ScreenMode.ROTATION)

    def agenda(self) -> None:
        self.fresh_item()
        self.steer(None)

    def speaker(self) -> None:
        item = self.fresh_item(owners_matter=True)
        self.speak(item, 3, waiting=(5, 9, 12))
        self.steer(item)

    def last_seconds(self) -> None:
        item = self.fresh_item()
        self.speak(item, 16, ends_in=12)
        self.steer(item)

    def time_is_up(self) -> None:
        item = self.fresh_item()
        self.speak(item, 3, ends_in=-4)
        self.steer(item)

    def long_words(self) -> None:
        item = self.fresh_item(
            title="关于利用中心花园西侧闲置空地建设电动自行车集中充电棚并同步调整北门快递架位置及消防通道划线的方案",
            motion=(MOTION * 30)[:1000],
        )
        self.steer(item)

    def no_quorum(self) -> None:
        item = self.fresh_item()
        for member in self.world.members[8:14]:
            with as_system("test") as session:
                session.execute(
                    update(Attendance).where(Attendance.member_id == member).values(presence=MemberPresence.LEFT_EARLY),
                    execution_options=UNAUDITED,
                )
        self.steer(item)

    def everybody_back(self) -> None:
        with as_system("test") as session:
            session.execute(
                update(Attendance)
                .where(Attendance.member_id.in_(self.world.members[:14]))
                .values(presence=MemberPresence.PRESENT),
                execution_options=UNAUDITED,
            )

    def ballot_mixed(self) -> None:
        item = self.fresh_item(state=ItemState.VOTING, owners_matter=True)
        self.ballot(item, {VoteMethod.SLIP: 9, VoteMethod.PAPER: 3, VoteMethod.ASSISTED: 2}, slips=7, named=0)
        self.steer(item)

    def ballot_hands(self) -> None:
        item = self.fresh_item(state=ItemState.VOTING)
        self.ballot(item, {VoteMethod.HANDS: 14})
        self.steer(item)

    def ballot_twelve(self) -> None:
        question = options(QuestionKind.CHOOSE, seats=2, most=3)
        item = self.fresh_item(state=ItemState.VOTING, question=question.to_json())
        self.ballot(item, {VoteMethod.SLIP: 14}, slips=9, question=question)
        self.steer(item)

    def ballot_fifty(self) -> None:
        question = options(QuestionKind.BUDGET, 50, budget=200_000, budget_rule=BudgetRule.EQUAL_SHARES)
        item = self.fresh_item(state=ItemState.VOTING, question=question.to_json())
        self.ballot(item, {VoteMethod.SLIP: 14}, slips=9, question=question)
        self.steer(item)

    def ballot_stopped(self) -> None:
        item = self.fresh_item(state=ItemState.VOTING)
        self.ballot(item, {VoteMethod.SLIP: 14}, slips=13, state=BallotState.STOPPED)
        self.steer(item)

    def result_not_revealed(self) -> None:
        self.result_passed()
        self.steer(self.items[1])

    def result_passed(self) -> None:
        found = decide(RULE, due=16, present=14, votes_for=9, votes_against=3, votes_abstain=2)
        self.decided(found.outcome, result_to_json(found))

    def result_not_passed(self) -> None:
        found = decide(replace(RULE, advisory=True), due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2)
        self.decided(found.outcome, result_to_json(found), owners_matter=True)

    def result_choose(self) -> None:
        question = options(QuestionKind.CHOOSE, seats=2, most=3)
        self.verdict(question, [3, 9, 8, 2, 1, 0, 4, 2, 3, 1, 0, 2], (2, 3))

    def result_tie(self) -> None:
        question = options(QuestionKind.SCORE, 5, seats=2)
        self.verdict(question, [101, 88, 88, 42, 7], (1,), tied=(2, 3))

    def result_budget(self) -> None:
        question = options(QuestionKind.BUDGET, 6, budget=40_000)
        self.verdict(question, [11, 8, 7, 5, 3, 1], (1, 2), spent=25_500)

    def result_rank(self) -> None:
        question = options(QuestionKind.RANK, 5, seats=3)
        self.verdict(question, [3, 5, 2, 2, 1], (2, 1, 4))

    def all(self) -> dict[str, Callable[[], None]]:
        """Every scene by name."""
        return {name: getattr(self, name) for name in NAMES}
