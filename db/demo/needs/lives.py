"""The life of one need: what is said about it, how it is scored and routed, and the answer at the door.

A life is told step by step with moments that are drawn in order; whatever would lie in the future does not happen.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.frame import Area, Demo, Door, Ordered
from db.demo.needs.words import Topic
from db.demo.orders.words import SERVICE_OF_NEED, TOLD
from db.models import Answer, Model, Need, Screening, ScreeningScore, ThreadEntry
from db.rules.needs.screening import (
    COUNCIL_LINE,
    DEMAND_MOST,
    FEASIBILITY_MOST,
    REACH_MOST,
    RESERVE_LINE,
    Points,
    Score,
    Weights,
    combine,
    demand_points,
    needs_third,
    reach_points,
    suggested_route,
)
from db.terms import (
    AnswerChannel,
    AnswerKind,
    AnswerState,
    Happening,
    NeedStage,
    Reach,
    Route,
    Satisfaction,
    ScreeningState,
    Urgency,
)

SCORE_REASONS = (
    "走访时好几户都提到，现场也看过",
    "楼组长口头摸底还有十来户同样诉求",
    "诉求集中，但要协调物业出一部分",
    "社区权限内能做，经费从为民服务资金里列",
    "影响面不算大，可老人多，先照顾",
    "涉及产权单位，半年内办成有难度",
    "可以先做一小块试点",
    "同类事情去年办过，流程熟",
)
ROUTE_REASONS = {
    Route.COUNCIL: ("诉求集中、社区能办，提交议事会讨论方案", "涉及面广，方案有几种，请议事会定"),
    Route.RESERVE: ("经费本季度已排满，入储备库下月复评", "可行性待物业答复，先储备"),
    Route.ORDER: ("单户心愿，转志愿队上门", "安排结对志愿者服务"),
    Route.REFER: ("属职能部门职责，已转办并跟踪", "产权在外单位，转请处理"),
    Route.ANSWER: ("目前条件不具备，当面说明原因", "已有同类服务，告知使用办法"),
}
DESPITE_THE_SCORE = "评分没到 70 分，但多户联名，书记会上同意由议事会定："
"""What is said where the council gets a need whose own score leads elsewhere."""
REFERRED = ("物业服务中心", "街道城建办", "街道民政窗口", "供电营业站", "自来水营业站", "市场监管所", "社区民警")
SERVED = ("志愿者已上门，办好了", "结对志愿者每周去一次", "陪同看病回来了，药也配好", "已教会，留了联系电话")
HANDLED = ("当天拉警戒线并修好", "已通知抢修，两小时到场处理完毕", "现场排除隐患，留人看护到修复", "清障完毕，张贴提示")
COMMENTS = ("", "", "", "说话算数", "比预想的快", "谢谢小伙子跑了几趟", "要是早点办就更好了", "满意，就是声音大了两天")
MARKS = (
    (Satisfaction.VERY_SATISFIED, 560),
    (Satisfaction.SATISFIED, 375),
    (Satisfaction.FAIR, 13),
    (Satisfaction.DISSATISFIED, 7),
    (Satisfaction.NO_REPLY, 45),
)
"""98 of 100 replies are satisfied (docs/domain.md A2-16), one in twenty gives none."""
_MARKS, _MARK_SUMS = [mark for mark, _ in MARKS], list(accumulate(weight for _, weight in MARKS))


@dataclass
class Life:
    """One need from the door on; rows wait here until the story is told to its end."""

    demo: Demo
    area: Area
    rng: Random
    topic: Topic
    row: dict[str, Any]
    door: Door | None
    members: list["Life"] = field(default_factory=list)
    stages: list[tuple[NeedStage, datetime]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    rows: list[tuple[type[Model], dict[str, Any]]] = field(default_factory=list)
    rounds: int = 0

    @property
    def id(self) -> int:
        number: int = self.row["id"]
        return number

    @property
    def stage(self) -> NeedStage:
        return self.stages[-1][0]

    @property
    def worker(self) -> int:
        number: int = self.row["worker_id"]
        return number

    @property
    def logged_at(self) -> datetime:
        moment: datetime = self.row["logged_at"]
        return moment

    @property
    def voices(self) -> int:
        """Distinct households; an anonymous voice counts as one."""
        return len({life.door.id if life.door else -life.id for life in (self, *self.members)})

    def past(self, moment: datetime) -> bool:
        return moment < self.demo.now

    def enter(self, stage: NeedStage, moment: datetime) -> None:
        self.demo.entered(self.area, stage, moment, new=not self.stages)
        self.stages.append((stage, moment))

    def say(self, kind: Happening, moment: datetime, actor: int, note: str = "", /, **values: Any) -> None:
        self.entries.append(
            {"at": moment, "actor_id": actor, "kind": kind.value, "values": values, "note": note, "need_id": self.id}
        )

    def keep(self, model: type[Model], **values: Any) -> None:
        self.rows.append((model, {"community_id": self.area.id, **values}))

    def release(self) -> None:
        """Hand everything over, the members after their lead."""
        bulk = self.demo.bulk
        stage, since = self.stages[-1]
        bulk.add(Need, **self.row, stage=stage, stage_since=since, voices=self.voices)
        for model, values in self.rows:
            bulk.add(model, **values)
        for entry in sorted(self.entries, key=lambda entry: entry["at"]):
            bulk.add(ThreadEntry, community_id=self.area.id, **entry)
        for member in self.members:
            member.release()

    # --- from the register to the route -----------------------------------------------------------------

    def sign(self) -> datetime | None:
        """The week is signed, when that has come; the moment."""
        signed = self.demo.signed_at(self.area, self.row["week"])
        if signed is None or self.stage is not NeedStage.LOGGED:
            return signed
        self.enter(NeedStage.REGISTERED, signed)
        self.say(Happening.WEEK_SIGNED, signed, self.area.secretary)
        return signed

    def screen(self, start: datetime, route: Route, pace: float = 1.0) -> datetime | None:
        """One round of scoring that leads to a route; the moment of routing, or None while it is not over."""
        rng, area = self.rng, self.area
        opened = days.after(rng, start, 1, 20 * pace)
        if not self.past(opened):
            return None
        self.rounds += 1
        self.enter(NeedStage.SCREENING, opened)
        self.say(Happening.SCREENING_OPENED, opened, area.secretary, round=self.rounds)
        weights = area.weights_on(day_of(opened))
        place = next(place for place in area.places if place.id == self.row["place_id"])
        household_count = place.households or sum(other.households for other in area.places)
        row: dict[str, Any] = {
            "id": self.demo.bulk.new_id(Screening),
            "need_id": self.id,
            "round": self.rounds,
            "weight_demand": weights.demand,
            "weight_reach": weights.reach,
            "weight_feasibility": weights.feasibility,
            "scale_demand": weights.demand,
            "scale_reach": weights.reach,
            "scale_feasibility": weights.feasibility,
            "evidence": {
                "voices": self.voices,
                "place": place.name,
                "households": household_count,
                "of_community": not place.households,
                "reach": self.row["reach"].value,
                "people": self.row["people"],
                "special_group": self.row["special_group"],
            },
            "opened_at": opened,
            "state": ScreeningState.OPEN,
        }
        self.keep(Screening, **row)
        kept = self.rows[-1][1]
        scored = self._score(kept, opened, self._scores(route, weights, household_count), weights, pace)
        if scored is None:
            return None
        routed = days.after(rng, scored, 0.2, 8 * pace)
        return self._route(kept, routed, route) if self.past(routed) else None

    def _scores(self, route: Route, weights: Weights, households: int) -> list[Points]:
        """Points out of the weights: two, or three when the first two are far apart, whose total leads to the route."""
        rng = self.rng
        reach = reach_points(self.row["reach"], self.row["special_group"])
        least = demand_points(self.voices, households)
        ceiling = 20 if route in (Route.REFER, Route.ANSWER) else 30
        apart = rng.random() < 0.08
        given: list[Points] = []
        for _ in range(60):
            first = max(least, rng.choice((5, 12, 12, 20, 30))), rng.choice((0, 10, 20, 30))
            demand = [first[0], rng.choice((first[0], first[0], max(least, 12))), first[0]]
            feasible = [first[1], rng.choice((0, 10, 20, 30)) if apart else first[1], min(30, first[1] + 10)]
            given = [
                Points(
                    points * weights.demand // DEMAND_MOST,
                    max(0, reach - rng.choice((0, 0, 0, 4))) * weights.reach // REACH_MOST,
                    min(ceiling, easy) * weights.feasibility // FEASIBILITY_MOST,
                )
                for points, easy in zip(demand, feasible, strict=True)
            ]
            scores = [one.score(weights) for one in given]
            if _third(scores[0], scores[1], weights) != apart:
                continue
            if not apart:
                del scores[2], given[2]
            total = _total(tuple(scores), weights)
            if route is Route.COUNCIL and total >= COUNCIL_LINE:
                break
            if route is Route.RESERVE and RESERVE_LINE <= total < COUNCIL_LINE:
                break
            if route is Route.ANSWER and total < RESERVE_LINE:
                break
            if route in (Route.ORDER, Route.REFER) and total < COUNCIL_LINE:
                break
        first_two = [one.score(weights) for one in given[:2]]
        return given[: 3 if _third(first_two[0], first_two[1], weights) else 2]

    def _score(
        self, kept: dict[str, Any], opened: datetime, given: list[Points], weights: Weights, pace: float
    ) -> datetime | None:
        rng, area = self.rng, self.area
        scores = [points.score(weights) for points in given]
        moment = opened
        scorers = rng.sample([area.secretary, *area.workers[:4]], len(scores))
        for count, (scorer, score) in enumerate(zip(scorers, given, strict=True), 1):
            moment = days.after(rng, moment, 0.1, 4 * pace)
            if not self.past(moment):
                return None
            self.keep(
                ScreeningScore,
                screening_id=kept["id"],
                scorer_id=scorer,
                demand=score.demand,
                reach=score.reach,
                feasibility=score.feasibility,
                reason=rng.choice(SCORE_REASONS),
                scored_at=moment,
            )
            self.say(Happening.SCORED, moment, scorer, count=count)
            if count == 2 and len(scores) == 3:
                gap = abs(scores[0].total(weights) - scores[1].total(weights))
                kept["state"] = ScreeningState.THIRD_NEEDED
                self.say(Happening.THIRD_NEEDED, moment, scorer, gap=f"{float(gap):.1f}")
        total = _total(tuple(scores), weights)
        hundredths = int(total * 100 + Fraction(1, 2))
        kept["state"], kept["total_hundredths"] = ScreeningState.SCORED, hundredths
        self.enter(NeedStage.SCREENED, moment)
        self.say(Happening.SCREENED, moment, scorers[-1], total=f"{(hundredths + 5) // 10 / 10:.1f}")
        return moment

    def _route(self, kept: dict[str, Any], routed: datetime, route: Route) -> datetime:
        rng, secretary = self.rng, self.area.secretary
        why = rng.choice(ROUTE_REASONS[route])
        by_score = suggested_route(
            Fraction(kept["total_hundredths"], 100),
            households=kept["evidence"]["voices"],
            reach=self.row["reach"],
            urgent_safety=self.row["urgency"] is Urgency.SAFETY,
        )
        if route is Route.COUNCIL and by_score.route is not route:
            why = DESPITE_THE_SCORE + why
        to_whom = rng.choice(REFERRED) if route is Route.REFER else ""
        kept |= {
            "state": ScreeningState.ROUTED,
            "route": route,
            "route_reason": why,
            "referred_to": to_whom,
            "routed_at": routed,
            "routed_by": secretary,
        }
        self.say(Happening.ROUTED, routed, secretary, why, route=route.value, referred_to=to_whom)
        if route is Route.COUNCIL:
            self.enter(NeedStage.FOR_COUNCIL, routed)
        elif route is Route.RESERVE:
            self.enter(NeedStage.RESERVE, routed)
        elif route is Route.ORDER:
            self.enter(NeedStage.ORDERED, routed)
            done = days.after(rng, routed, 2, 28)
            said = rng.choice(SERVED)
            service = SERVICE_OF_NEED.get(self.row["title"])
            if service is not None and self.door and self.area.rich and not self.row["restricted"]:
                said = TOLD[service][1][0]
                ended = done if self.past(done) else None
                self.demo.ordered.append(Ordered(self.id, self.row["title"], self.door, routed, ended, said))
            if self.past(done):
                self.say(Happening.ORDER_DONE, done, self.worker, said)
                self.owe(AnswerKind.SERVED, said, done, self.worker)
        else:
            kind = AnswerKind.REFERRED if route is Route.REFER else AnswerKind.DECLINED
            self.owe(kind, f"{why}（{to_whom}）" if to_whom else why, routed, secretary)
        return routed

    def handle(self) -> None:
        """Danger is dealt with at once."""
        done = self.logged_at + timedelta(hours=self.rng.uniform(4, 52))
        if self.past(done):
            said = self.rng.choice(HANDLED)
            self.say(Happening.HANDLED, done, self.worker, said)
            self.owe(AnswerKind.HANDLED, said, done, self.worker)

    # --- the answer -------------------------------------------------------------------------------------

    def owe(self, kind: AnswerKind, words: str, moment: datetime, actor: int) -> None:
        """Everybody who asked is told; the last answer strikes the need off."""
        self.enter(NeedStage.ANSWERING, moment)
        self.say(Happening.ANSWER_DUE, moment, actor, words, kind=kind.value, households=self.voices)
        given = [asked.answer(self, kind, words, moment) for asked in (self, *self.members)]
        last = max((one for one in given if one is not None), default=None)
        if last is not None and None not in given:
            self.enter(NeedStage.CLOSED, last)
            self.say(Happening.CLOSED, last, self.worker)

    def answer(self, lead: "Life", kind: AnswerKind, words: str, moment: datetime) -> datetime | None:
        """The answer to this asker; when it was given, or None while it is due."""
        rng = self.rng
        late = rng.random() < 0.2
        given: datetime | None = days.after(rng, moment, 9, 30) if late else days.after(rng, moment, 0.5, 8)
        tries = rng.randrange(1, 4) if late else int(rng.random() < 0.15)
        row: dict[str, Any] = {
            "restricted": self.row["restricted"],
            "need_id": self.id,
            "lead_need_id": lead.id,
            "kind": kind,
            "words": words,
            "due_on": day_of(moment + timedelta(days=7)),
        }
        tried = [moment + timedelta(days=ahead + 1, hours=2) for ahead in range(tries)]
        for count, at in enumerate(at for at in tried if self.past(at) and (given is None or at < given)):
            self.say(Happening.ANSWER_TRIED, at, self.worker, tries=count + 1)
            row["tries"] = count + 1
        if given is not None and self.past(given):
            self._given(row, given)
        else:
            given = None
        self.keep(Answer, **row)
        return given

    def _given(self, row: dict[str, Any], given: datetime) -> None:
        rng = self.rng
        channel = rng.choices(list(AnswerChannel), (45, 42, 13, 0))[0] if self.door else AnswerChannel.POSTED
        mark = rng.choices(_MARKS, cum_weights=_MARK_SUMS)[0]
        mark = mark if self.door else Satisfaction.NO_REPLY
        said = rng.choice(COMMENTS) if mark in (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED) else ""
        row |= {
            "state": AnswerState.GIVEN,
            "channel": channel,
            "satisfaction": mark,
            "comment": said,
            "given_at": given,
            "given_by": self.worker,
        }
        self.say(Happening.ANSWERED, given, self.worker, said, channel=channel.value, satisfaction=mark.value)


@cache
def _third(first: Score, second: Score, weights: Weights) -> bool:
    """Whether the two are far apart; the same few points come again and again."""
    return needs_third(first, second, weights)


@cache
def _total(scores: tuple[Score, ...], weights: Weights) -> Fraction:
    return combine(scores, weights).total


def is_danger(row: dict[str, Any]) -> bool:
    return row["urgency"] is Urgency.SAFETY


def is_public(row: dict[str, Any]) -> bool:
    """Whether the need reaches beyond one household."""
    return row["reach"] is not Reach.HOUSEHOLD
