"""Items of an invented council that ask more than yes or no: money to give out, places to put in order; by slip."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.demo.frame import Area, Demo
from db.demo.voting.ballots import Voter, print_slips
from db.models import AgendaItem, Ballot, BallotVoter, BallotWay, Notice, SecretVote, SlipChange
from db.rules.voting.ballot_file import BallotFile, BallotLine, recount, write
from db.rules.voting.decision import PRESETS, Electorate, Preset
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_to_json, tally_to_json
from db.rules.voting.verdict import Verdict
from db.terms import BallotState, BudgetRule, Completion, ItemState, NoticeState, QuestionKind, VoteMethod


@dataclass(frozen=True, slots=True)
class Asked:
    """One item with options and what thirteen people say."""

    title: str
    motion: str
    question: Question
    said: tuple[str, ...]


def _options(*titles: tuple[str, int]) -> tuple[Option, ...]:
    return tuple(Option(number, title, cost) for number, (title, cost) in enumerate(titles, 1))


ASKED = (
    Asked(
        "社区公益金 3 万元怎么用",
        "从四个方案里选，总额不超过 3 万元。",
        Question(
            QuestionKind.BUDGET,
            _options(("楼道感应灯", 9000), ("休闲长椅", 9000), ("晾衣架", 8000), ("儿童沙坑", 15000)),
            budget=30000,
            budget_rule=BudgetRule.EQUAL_SHARES,
            completion=Completion.BY_VOTES,
            named=True,
        ),
        ("1,2",) * 4 + ("1,2,3",) * 3 + ("2,3",) * 2 + ("4",) * 3 + ("abstain",),
    ),
    Asked(
        "小花园取什么名",
        "给柳荫广场边的小花园取一个名字，按喜好排先后。",
        Question(QuestionKind.RANK, _options(("同心园", 0), ("柳荫小园", 0), ("邻里花园", 0)), named=True),
        ("1>3>2",) * 5 + ("2>3>1",) * 3 + ("3>2>1",) * 4 + ("3",),
    ),
)
"""By thirteen slips."""


def vote(
    demo: Demo, area: Area, rng: Random, meeting: dict[str, Any], first: int, due: int, voters: list[Voter]
) -> None:
    """Put the items on the agenda from place `first` on, count them from their files, and post what was chosen."""
    print_slips(demo, area, rng, meeting["id"], due, len(voters))
    for place, asked in enumerate(ASKED):
        moment = meeting["closed_at"] - timedelta(minutes=20 - 8 * place)
        _item(demo, area, rng, meeting, first + place, asked, due, voters, moment)


def _item(
    demo: Demo,
    area: Area,
    rng: Random,
    meeting: dict[str, Any],
    position: int,
    asked: Asked,
    due: int,
    voters: list[Voter],
    moment: datetime,
) -> None:
    said = list(asked.said[: len(voters)])
    rng.shuffle(said)
    codes = sorted({b32encode(rng.randbytes(5)).decode() for _ in range(2 * len(said))})[: len(said)]
    lines = tuple(BallotLine(VoteMethod.SLIP, code, choice, 1) for code, choice in zip(codes, said, strict=True))
    file = BallotFile(
        title=asked.title,
        motion=asked.motion,
        round=1,
        question=asked.question,
        rule=PRESETS[Preset.COUNCIL],
        people=Electorate(due, 0, len(voters), 0),
        owners_matter=False,
        area_due=0,
        issued=((VoteMethod.SLIP, len(voters)),),
        ballots=lines,
    )
    result = recount(file, write(file))
    verdict, (account,) = result.result, file.accounts()
    assert isinstance(verdict, Verdict)  # noqa: S101 - for the type checker: a question with options has one
    stored = asked.question.to_json()
    item_id = demo.bulk.add(
        AgendaItem,
        community_id=area.id,
        meeting_id=meeting["id"],
        position=position,
        title=asked.title,
        motion=asked.motion,
        question=stored,
        proposer="社区居委会",
        state=ItemState.PASSED,
        outcome=verdict.outcome,
        decision=result_to_json(verdict),
        decided_at=moment,
    )
    common = {"community_id": area.id, "ballot_id": demo.bulk.new_id(Ballot)}
    demo.bulk.add(
        Ballot,
        id=common["ballot_id"],
        community_id=area.id,
        meeting_id=meeting["id"],
        item_id=item_id,
        round=1,
        method=VoteMethod.SLIP,
        title=asked.title,
        motion=asked.motion,
        question=stored,
        state=BallotState.CLOSED,
        due=due,
        present=len(voters),
        recused_due=0,
        recused_present=0,
        opened_at=moment - timedelta(minutes=5),
        stopped_at=moment - timedelta(seconds=40),
        closed_at=moment,
        tally=tally_to_json(verdict.tally),
        file_hash=result.digest,
    )
    for voter in voters:
        demo.bulk.add(BallotVoter, **common, member_id=voter.member_id, way=VoteMethod.SLIP)
    counted = {name: getattr(account, name) for name in ("issued", "returned", "valid", "blank", "spoilt")}
    demo.bulk.add(BallotWay, **common, way=VoteMethod.SLIP, **counted)
    for code, choice in zip(codes, said, strict=True):
        demo.bulk.add(SecretVote, **common, id=rng.getrandbits(62), code=code, choice=choice)
    chance = demo.rng("slip changes", item_id)
    for elsewhere in (False,) * chance.randrange(3) + (True,) * chance.randrange(2):
        demo.bulk.add(SlipChange, **common, id=chance.getrandbits(62), elsewhere=elsewhere)
    _post(demo, area, item_id, asked, verdict.tally.winners, moment)


def _post(demo: Demo, area: Area, item_id: int, asked: Asked, winners: tuple[int, ...], moment: datetime) -> None:
    day = moment.date() + timedelta(days=1)
    chosen = "、".join(asked.question.option(number).title for number in winners)
    demo.bulk.add(
        Notice,
        community_id=area.id,
        item_id=item_id,
        title=f"关于“{asked.title}”的公示",
        body=f"经居民议事会票码表决，选定：{chosen}。现予公示，接受居民监督。",
        posted_on=day,
        working_days=5,
        ends_on=day + timedelta(days=7),
        where_posted="小区公告栏、社区公众号",
        objection_contact=f"{area.name}居委会",
        state=NoticeState.FINISHED,
        finished_at=moment + timedelta(days=9),
    )
