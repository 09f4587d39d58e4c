"""Promises of members in every state, kept with witnesses for most of the year (docs/domain.md 10.1; A2-01, A2-06)."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import resident
from db.models import (
    Commitment,
    CommitmentPause,
    CommitmentStep,
    Keeping,
    Member,
    Miss,
    WallCode,
    WallScan,
)
from db.queries.commitments.wall import code_index
from db.rules.commitments.dates import Window, windows
from db.rules.printed_code import CODE
from db.rules.voting.card_code import ALPHABET
from db.terms import CommitmentHappening, CommitmentState, PromiseRhythm, WitnessKind

R, S, H = PromiseRhythm, CommitmentState, CommitmentHappening
RICH, QUIET = 74, 6
"""Members who promised, in the rich community and in each of the others."""
PROMISES: tuple[tuple[str, str, PromiseRhythm, int, str], ...] = (
    ("3 名行动不便的老年党员", "送学习材料上门并讲解", R.MONTHLY, 1, "次"),
    ("5 户独居老人", "上门量血压、查药箱", R.WEEKLY, 1, "次"),
    ("本楼栋居民", "检查楼道灯和消防通道", R.FORTNIGHTLY, 1, "次"),
    ("小区内 12 名小学生", "周末辅导作业两小时", R.WEEKLY, 1, "次"),
    ("不会用手机的老人", "教会挂号、缴费", R.MONTHLY, 2, "人次"),
    ("孤寡老人 2 户", "修水管、换灯泡", R.QUARTERLY, 1, "次"),
    ("沿河居民", "巡河并清理岸边垃圾", R.WEEKLY, 1, "次"),
    ("待业居民", "提供招聘信息并陪同面试", R.MONTHLY, 1, "人次"),
    ("集市上的居民", "法律咨询摆摊", R.QUARTERLY, 1, "场"),
    ("小区儿童", "讲一堂消防安全课", R.ONCE, 1, "场"),
)
WORDS = ("讲了新政策", "量了血压，都正常", "换了一盏灯", "教会了扫码挂号", "捡了两袋垃圾", "陪着去了招聘会", "")
LATE_STATES = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.ENDED, S.PAUSED)
"""States of some promises of the rich community; the others are being kept."""


def tell(demo: Demo) -> None:
    """Write it, after the members."""
    demo.bulk.flush()
    for area in demo.areas:
        Wall(demo, area).tell()


class Wall:
    """The promises of one community."""

    def __init__(self, demo: Demo, area: Area) -> None:
        self.demo, self.area = demo, area
        self.rng: Random = demo.rng("commitments", area.code)
        self.begun = date(demo.today.year, 1, 1) if demo.today.month > 2 else date(demo.today.year - 1, 1, 1)

    def tell(self) -> None:
        """Members, their promises, their codes, the scans of the last weeks."""
        query = (
            select(Member.id, Member.account_id)
            .where(Member.community_id == self.area.id, Member.ended_on.is_(None), Member.merged_into_id.is_(None))
            .order_by(Member.account_id.is_(None), Member.id)
            .limit(RICH if self.area.rich else QUIET)
        )
        for at, member in enumerate(self.demo.bulk.connection.execute(query).all()):
            for number in range(self.rng.choice((2, 2, 3))):
                odd = self.area.rich and number == 1 and at % 9 == 4
                self._promise(member, LATE_STATES[at // 9 % len(LATE_STATES)] if odd else S.KEEPING)
            self._code(member)
        if self.area.rich:
            for back in range(1, 22):
                on = self.demo.today - timedelta(days=back)
                scans = 480 if (on.month, on.day) == (3, 5) else self.rng.randrange(2, 40)
                self.demo.bulk.add(WallScan, community_id=self.area.id, on=on, scans=scans)

    def _promise(self, member: Any, state: CommitmentState) -> None:
        whom, what, rhythm, times, measure = self.rng.choice(PROMISES)
        until = date(self.begun.year, 12, 31) if self.demo.today <= date(self.begun.year, 12, 31) else self.demo.today
        live = state in (S.KEEPING, S.PAUSED, S.ENDED)
        made = days.at(self.begun + timedelta(days=self.rng.randrange(0, 12)), 9)
        secretary = self.area.secretary
        promise = {
            "id": self.demo.bulk.new_id(Commitment), "community_id": self.area.id, "account_id": member.account_id,
            "number": self.area.number("C", self.begun.year), "member_id": member.id, "year": self.begun.year,
            "instant": rhythm is R.ONCE, "whom": whom, "what": what, "rhythm": rhythm, "times": times,
            "starts_on": self.begun, "until": until, "measure": measure, "state": state, "state_since": made,
            "made_by": self.area.workers[0], "made_at": made,
            "reviewed_by": secretary if live or state is S.APPROVED else None,
            "reviewed_at": made + timedelta(days=3) if live or state is S.APPROVED else None,
            "published_on": self.begun + timedelta(days=14) if live else None,
            "ended_reason": "组织关系转出" if state is S.ENDED else "",
        }  # fmt: skip
        if state is S.ENDED:
            promise["state_since"] = days.at(self.demo.today - timedelta(days=20), 10)
        self.demo.bulk.add(Commitment, **promise)
        self._steps(promise, state)
        if state is S.PAUSED:
            since = self.demo.today - timedelta(days=6)
            self.demo.bulk.add(
                CommitmentPause, **self._of(promise), since=since, until=min(until, since + timedelta(days=20)),
                reason="住院", made_by=self.area.workers[0], made_at=days.at(since, 9),
            )  # fmt: skip
        if live:
            self._keep(promise, windows(rhythm, self.begun, until), times)

    def _of(self, promise: dict[str, Any]) -> dict[str, Any]:
        """What every row of a promise says of it."""
        return {
            "community_id": self.area.id, "account_id": promise["account_id"], "commitment_id": promise["id"],
        }  # fmt: skip

    def _steps(self, promise: dict[str, Any], state: CommitmentState) -> None:
        worker, secretary, made = self.area.workers[0], self.area.secretary, promise["made_at"]
        told = [(H.WRITTEN, 0, worker), (H.SUBMITTED, 1, worker), (H.APPROVED, 3, secretary),
                (H.PUBLISHED, 14, secretary), (H.BEGUN, 14, None)]  # fmt: skip
        upto = {S.DRAFT: 1, S.SUBMITTED: 2, S.APPROVED: 3}.get(state, 5)
        for kind, after, by in told[:upto]:
            self.demo.bulk.add(
                CommitmentStep, **self._of(promise), kind=kind, word="", at=made + timedelta(days=after), by=by
            )
        if state is S.ENDED:
            self.demo.bulk.add(
                CommitmentStep, **self._of(promise), kind=H.ENDED, word="组织关系转出", at=promise["state_since"],
                by=secretary,
            )  # fmt: skip
        if state is S.PAUSED:
            self.demo.bulk.add(
                CommitmentStep, **self._of(promise), kind=H.PAUSED, word="住院",
                at=days.at(self.demo.today - timedelta(days=6), 9), by=worker,
            )  # fmt: skip

    def _keep(self, promise: dict[str, Any], periods: tuple[Window, ...], times: int) -> None:
        """Most periods are kept; of those that went by some are explained."""
        today, worker = self.demo.today, self.area.workers[0]
        for period in periods:
            last = min(period.last, today - timedelta(days=1))
            if period.first > last:
                break
            over = period.last < today
            if self.rng.random() < (0.07 if over else 0.5):
                if over and self.rng.random() < 0.6:
                    self.demo.bulk.add(
                        Miss, **self._of(promise), first=period.first, reason="出差，已与支部说明",
                        at=days.at(last, 18), by=worker,
                    )  # fmt: skip
                continue
            for _time in range(times):
                on = period.first + timedelta(days=self.rng.randrange((last - period.first).days + 1))
                self.demo.bulk.add(
                    Keeping, **self._of(promise), on=on, witness=WitnessKind.RESIDENT,
                    witness_name=resident(self.rng), words=self.rng.choice(WORDS),
                    people=self.rng.choice((1, 1, 2, 3, 5)), late=False, entered_at=days.at(on, 17), entered_by=worker,
                )  # fmt: skip

    def _code(self, member: Any) -> None:
        code = "".join(self.rng.choice(ALPHABET) for _ in range(CODE))
        self.demo.bulk.add(
            WallCode, community_id=self.area.id, account_id=member.account_id, member_id=member.id, code=code,
            code_index=code_index(code), made_by=self.area.secretary,
            made_at=days.at(self.begun + timedelta(days=15), 10),
        )  # fmt: skip
