"""Promises of last year, judged or waiting for it, and the sheets of the last quarter (docs/domain.md 10.1, 10.4)."""

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import Commitment, CommitmentStep, CommitmentVerdict, Keeping, Member, QuarterSheet, VerdictCode
from db.rules.commitments.judging import follow_until
from db.rules.commitments.quarter import Figures, last_quarters
from db.rules.commitments.verdict_code import last_day
from db.terms import (
    CommitmentHappening,
    CommitmentState,
    JudgeSide,
    JudgeWay,
    PromiseRhythm,
    SheetState,
    Verdict,
    WitnessKind,
)

JUDGED, WAITING, SHEETS = 8, 5, 30
WHAT = ("送学习材料上门并讲解", "检查楼道灯和消防通道", "周末辅导作业两小时", "教会挂号、缴费")
WORDS = ("每次都讲得很耐心", "灯坏了当天就来看", "孩子愿意跟着学", "教了三遍，我会了")
EXAMPLES = ("陪一位老人办好了社保卡", "修好了三楼的楼道灯", "", "带孩子们认了消防栓")


def tell(demo: Demo) -> None:
    """Write it for the rich community, after the promises of this year."""
    demo.bulk.flush()
    for area in demo.areas:
        if area.rich:
            _tell(demo, area)


def _tell(demo: Demo, area: Area) -> None:
    rng: Random = demo.rng("judged", area.code)
    query = (
        select(Member.id, Member.account_id, Member.branch_id)
        .where(Member.community_id == area.id, Member.ended_on.is_(None), Member.merged_into_id.is_(None))
        .order_by(Member.account_id.is_(None), Member.id)
        .limit(SHEETS)
    )
    members = demo.bulk.connection.execute(query).all()
    for at, member in enumerate(members[: JUDGED + WAITING]):
        _promise(demo, area, rng, member, at)
    for at, member in enumerate(members):
        _sheet(demo, area, rng, member, at)


def _promise(demo: Demo, area: Area, rng: Random, member: Any, at: int) -> None:
    """A promise of last year; the first ones have their result, the others wait for it."""
    begun, over = date(demo.today.year - 1, 1, 1), date(demo.today.year - 1, 12, 31)
    done = at < JUDGED
    result = Verdict.FAIR if at == 3 else (Verdict.GOOD if at % 2 else Verdict.RATHER_GOOD)
    ended = days.at(over, 10)
    number = demo.bulk.new_id(Commitment)
    of = {"community_id": area.id, "account_id": member.account_id, "commitment_id": number}
    demo.bulk.add(
        Commitment, id=number, community_id=area.id, account_id=member.account_id,
        number=area.number("C", begun.year), member_id=member.id, year=begun.year, whom="本楼栋居民",
        what=WHAT[at % len(WHAT)], rhythm=PromiseRhythm.QUARTERLY, times=1, starts_on=begun, until=over, measure="次",
        state=CommitmentState.JUDGED if done else CommitmentState.TO_JUDGE, state_since=ended,
        made_by=area.workers[0], made_at=days.at(begun, 9), reviewed_by=area.secretary,
        reviewed_at=days.at(begun, 15), published_on=begun, verdict=result if done else None,
        judged_by=area.secretary if done else None, judged_at=ended if done else None,
        judged_word="第三季度没有做到" if done and result is Verdict.FAIR else "",
        cause="住院" if done and result is Verdict.FAIR else "",
    )  # fmt: skip
    told = [(CommitmentHappening.WRITTEN, area.workers[0]), (CommitmentHappening.FELL_DUE, None)]
    for kind, by in [*told, *([(CommitmentHappening.JUDGED, area.secretary)] if done else [])]:
        moment = days.at(begun, 9) if kind is CommitmentHappening.WRITTEN else ended
        demo.bulk.add(CommitmentStep, **of, kind=kind, word="", at=moment, by=by)
    for month in (2, 5, 11) if result is Verdict.FAIR else (2, 5, 8, 11):
        on = date(begun.year, month, 1 + rng.randrange(27))
        visit = demo.bulk.new_id(Keeping)
        demo.bulk.add(
            Keeping, id=visit, **of, on=on, witness=WitnessKind.STAFF, witness_name="社区工作者", words="", people=2,
            late=False, entered_at=days.at(on, 17), entered_by=area.workers[0],
        )  # fmt: skip
        if month == 11:
            _code(demo, area, of, visit, on, used=at % 2 == 0)
    if not done and at % 2:
        return
    words = [(JudgeSide.RESIDENTS, JudgeWay.PHONE, Verdict.GOOD, rng.randrange(3, 8), WORDS[at % len(WORDS)], True),
             (JudgeSide.RESIDENTS, JudgeWay.PHONE, None, rng.randrange(1, 4), "", False),
             (JudgeSide.RESIDENTS, JudgeWay.PAGE, Verdict.RATHER_GOOD, 1, "", False),
             (JudgeSide.MEMBERS, JudgeWay.MEETING, Verdict.GOOD, rng.randrange(9, 15), "", False)]  # fmt: skip
    if at == JUDGED:
        words.append((JudgeSide.RESIDENTS, JudgeWay.VISIT, Verdict.POOR, 1, "八月以后没有来过", False))
    if done:
        words.append((JudgeSide.ORGANISATION, JudgeWay.MEETING, result, 1, "", False))
    for side, way, verdict, count, said, quotable in words:
        by = None if way is JudgeWay.PAGE else area.workers[0]
        demo.bulk.add(
            CommitmentVerdict, **of, side=side, way=way, verdict=verdict, number=count, words=said, quotable=quotable,
            at=ended, by=by, follow_until=follow_until(verdict, demo.today),
        )  # fmt: skip


def _code(demo: Demo, area: Area, of: dict[str, Any], visit: int, on: date, *, used: bool) -> None:
    """The code of the last visit; whoever was served has used it, or it ran out."""
    rng: Random = demo.rng("verdict_codes", f"{area.code}{visit}")
    demo.bulk.add(
        VerdictCode, **of, keeping_id=visit, code_hash=rng.randbytes(16).hex(), made_by=area.workers[0],
        made_at=days.at(on, 18), until=last_day(on), used_on=on if used else None,
    )  # fmt: skip


def _sheet(demo: Demo, area: Area, rng: Random, member: Any, at: int) -> None:
    """The last quarter that is over: most sheets are posted, some still wait for the member or the branch."""
    quarter = last_quarters(demo.today, 2)[1]
    state = {4: SheetState.DRAFT, 7: SheetState.CONFIRMED, 9: SheetState.REVIEWED}.get(at % 11, SheetState.POSTED)
    draft, reviewed = state is SheetState.DRAFT, state in (SheetState.REVIEWED, SheetState.POSTED)
    figures = Figures(rng.randrange(6, 9), 6, rng.randrange(6, 12), rng.randrange(10, 40), rng.randrange(0, 900), 4, 4)
    demo.bulk.add(
        QuarterSheet, community_id=area.id, account_id=member.account_id, member_id=member.id,
        branch_id=member.branch_id, first=quarter.first, state=state, figures={} if draft else figures.plain(),
        quotes=[] if draft or at % 3 else [WORDS[at % len(WORDS)]],
        example="" if draft else EXAMPLES[at % len(EXAMPLES)],
        confirmed_by=None if draft else member.account_id or area.workers[0],
        confirmed_at=None if draft else days.at(quarter.last, 10), reviewed_by=area.secretary if reviewed else None,
        reviewed_at=days.at(quarter.last, 16) if reviewed else None,
        posted_on=quarter.last if state is SheetState.POSTED else None,
    )  # fmt: skip
