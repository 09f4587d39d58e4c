"""Projects of the invented subdistrict: from passed items, led by secretaries, and for people's livelihood."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from db.counters import day_of
from db.demo import days
from db.demo.council.council import Chamber
from db.demo.frame import Area, Demo
from db.demo.needs.lives import Life
from db.demo.projects.judging import Points, hand_in
from db.demo.projects.ventures import LIVELIHOOD, SECRETARY_LED, VENTURES, Venture
from db.demo.projects.works import Helper, Work, set_up
from db.terms import Happening, IndicatorKind, JoinMethod, PlacementState, ProjectKind, ProjectState, RiskLevel


@dataclass(frozen=True, slots=True)
class Fate:
    """How a project went: where it stands, how much of its goal is reached, how much of its time is gone."""

    stands: str
    reached: float
    gone: float
    high_risk: bool = False
    late_steps: int = 0
    """Milestones that are overdue."""
    fails: int = 0
    """Rounds of acceptance that it did not pass."""
    judges: int = 3


FATES = {
    "停车位不够": Fate("accepted", 1.2, 1, judges=5),
    "楼道灯不亮": Fate("accepted", 1.02, 1),
    "活动室开放时间短": Fate("accepted", 1.0, 1),
    "电瓶车没处充电": Fate("accepted", 1.0, 1, fails=1),
    "晾衣杆不够": Fate("accepted", 1.0, 1),
    "四点半放学没人接": Fate("running", 0.83, 0.8),
    "遛狗不牵绳": Fate("running", 0.74, 0.7),
    "油烟扰民": Fate("running", 0.3, 0.75, high_risk=True, late_steps=1),
    "老年食堂助餐点": Fate("running", 0.58, 0.6, late_steps=1),
    "防诈骗讲座": Fate("accepted", 1.0, 1, judges=5),
    "路面坑洼积水": Fate("running", 0.62, 1.15, late_steps=2),
    "手机不会用": Fate("handed_in", 0.97, 0.95, judges=2),
    "健身器材坏了": Fate("rework", 0.79, 0.98, fails=1),
    "休息座椅少": Fate("running", 0.35, 0.32),
    "垃圾房气味大": Fate("set_up", 0.0, 0.08),
}
"""Projects of the rich community, by the topic of their need."""
WAITS = ("监控坏了",)
"""Passed, its notice over, and nobody has set the project up yet."""
ORDINARY = (
    Fate("accepted", 1.03, 1),
    Fate("accepted", 1.0, 1),
    Fate("running", 0.66, 0.62),
    Fate("running", 0.52, 0.66),
    Fate("running", 0.4, 0.72, late_steps=1),
    Fate("handed_in", 0.96, 0.95, judges=1),
)
STEPS = (("方案公示、征求意见", 0.12), ("材料和人手到位", 0.35), ("主体完成", 0.7), ("自查与资料归档", 0.93))
RISKS = (
    ("雨天多，室外施工可能顺延", "备好雨布，先做室内部分", RiskLevel.LOW),
    ("志愿者假期返乡，人手可能不足", "提前两周招募替补", RiskLevel.MEDIUM),
    ("材料涨价，预算可能不够", "三家比价，分批采购", RiskLevel.MEDIUM),
)
HIGH_RISK = ("整改出现反弹，住户情绪大", "每周两次复查，必要时请职能部门到场", RiskLevel.HIGH)
GOOD: tuple[Points, ...] = (
    (27, 23, 14, 9, 9, 9, 2),
    (28, 22, 13, 8, 9, 10, 1),
    (26, 24, 14, 9, 8, 9, 0),
    (29, 23, 14, 9, 9, 9, 3),
    (24, 20, 12, 8, 8, 8, 0),
)
BAD: tuple[Points, ...] = ((14, 12, 9, 6, 4, 5, 0), (16, 13, 10, 5, 5, 4, 0), (15, 11, 8, 6, 5, 6, 0))
EVIDENCE = "附前后对比照片、点位清单、费用明细和公示照片；目标逐项对照，差额已说明；受益户回访记录在档。"
PASSED = "目标达成，台账齐全，群众认可"
FAILED = "目标未完成，资料缺复查记录，限期整改"
LEFT = ("搬家，不在本小区住了", "工作调动，时间对不上", "家里老人住院")


Begin = Callable[[], Work]


def tell(demo: Demo, chambers: list[Chamber], pools: dict[int, list[Helper]]) -> list[Work]:
    """Every project but the five standing ones; the works, to be released when everybody else is stored.

    In the order in which they were set up, so that their numbers follow each other.
    """
    begun: list[tuple[datetime, int, Begin]] = []
    for position, chamber in enumerate(chambers):
        area, pool = chamber.area, pools[chamber.area.id]
        rng = demo.rng("projects", area.code)
        begun += [(moment, area.id, begin) for moment, begin in _from_items(demo, chamber, pool, rng)]
        moment = days.at(_set_up_day(demo, SECRETARY_LED[position][-1], 330 - 9 * position), 14, 10 + position)
        begun.append((moment, area.id, partial(_secretary_led, demo, area, position, moment, pool, rng)))
        if 1 <= position <= len(LIVELIHOOD):
            moment = days.at(_set_up_day(demo, "", 300 - 11 * position), 10, 5)
            begun.append((moment, area.id, partial(_livelihood, demo, area, position - 1, moment, pool, rng)))
    return [begin() for _, _, begin in sorted(begun, key=lambda one: one[:2])]


def _set_up_day(demo: Demo, how: str, ago: int) -> date:
    return days.next_workday(demo.today - timedelta(days=12 if how == "set_up" else ago))


def _from_items(demo: Demo, chamber: Chamber, pool: list[Helper], rng: Random) -> Iterator[tuple[datetime, Begin]]:
    """When each passed item of a council became a project, and its story."""
    area = chamber.area
    for life, item_id, over, item in chamber.passed:
        moment = days.after(rng, over, 2, 7)
        fate = FATES.get(item.topic) if area.rich else rng.choice(ORDINARY)
        gone = _gone(demo, moment)
        if fate is not None and item.topic not in WAITS and gone > (2 if fate.stands == "set_up" else 24):
            yield moment, partial(_from_item, demo, area, life, item_id, VENTURES[item.topic], fate, moment, pool, rng)


def _from_item(
    demo: Demo,
    area: Area,
    life: Life,
    item_id: int,
    venture: Venture,
    fate: Fate,
    moment: datetime,
    pool: list[Helper],
    rng: Random,
) -> Work:
    work = _found(demo, area, venture, fate, ProjectKind.COUNCIL, rng.choice(area.leaders), moment)
    work.sources_from([(life, item_id)])
    return _story(work, venture, fate, pool, rng)


def _gone(demo: Demo, moment: datetime) -> int:
    """Days since a project began."""
    return (demo.today - day_of(moment)).days - 3


def _found(
    demo: Demo, area: Area, venture: Venture, fate: Fate, kind: ProjectKind, leader: int, moment: datetime
) -> Work:
    gone = _gone(demo, moment)
    lengths = {
        "accepted": min(120, round(gone * 0.6)),
        "stopped": 120,
        "set_up": 100,
        "handed_in": round(gone * 1.06),
        "rework": round(gone * 1.06),
    }
    return set_up(
        demo,
        area,
        title=venture.title,
        kind=kind,
        leader=leader,
        words=(venture.problem or f"居民反映集中：{venture.title}", venture.measures, venture.beneficiaries),
        count=venture.count,
        yuan=venture.yuan,
        funding="为民服务专项资金、小区公共收益",
        set_up_at=moment,
        length=max(20, lengths.get(fate.stands, round(gone / fate.gone))),
        begins_in=gone + 9 if fate.stands == "set_up" else 3,
    )


def _story(work: Work, venture: Venture, fate: Fate, pool: list[Helper], rng: Random) -> Work:
    upto = 0.9 if fate.stands == "accepted" else min(fate.gone, 1.0) * 0.97
    last = venture.baseline + round((venture.target - venture.baseline) * fate.reached)
    readings = [] if fate.stands == "set_up" else work.climb(upto, venture.baseline, last)
    if "油烟" in venture.title:
        # A relapse: half-way it was nearly solved, then the smoke came back.
        readings = [(moment, value) for (moment, _), value in zip(readings, (15, 9, 4, 6, 11, last), strict=True)]
    goal = work.goal(venture.goal, venture.unit, venture.kind, venture.baseline, venture.target, readings)
    if "停车位" in venture.title:
        work.retarget(goal, 50, work.at(0.3), "现场丈量后东侧围墙边可多划十个，议事会同意调高目标")
    households = max(10, venture.count // 3)
    reached = [] if fate.stands == "set_up" else work.climb(upto, 0, round(households * min(fate.reached, 1.05)))
    work.goal("受益户数", "户", IndicatorKind.REACH, 0, households, reached)
    _steps(work, fate)
    what, measure, level = rng.choice(RISKS)
    if fate.stands != "set_up":
        work.risk(what, measure, level, raised=0.15, closed=0.5)
    if fate.high_risk:
        work.risk(*HIGH_RISK[:2], HIGH_RISK[2], raised=min(0.6, fate.gone * 0.7))
    crew = _team(work, venture, fate, pool, rng)
    if fate.stands != "set_up":
        work.start(max(work.at(0.06), work.row["set_up_at"] + timedelta(days=4)), len(crew))
        _activities(work, venture, fate, crew, rng)
    _end(work, fate, rng)
    return work


def _steps(work: Work, fate: Fate) -> None:
    due = [title for title, share in STEPS if share < fate.gone]
    late = due[len(due) - fate.late_steps :] if fate.late_steps else []
    for title, share in STEPS:
        done = share - 0.01 if share < fate.gone and title not in late and fate.stands != "set_up" else None
        work.milestone(title, share, done)


def _team(work: Work, venture: Venture, fate: Fate, pool: list[Helper], rng: Random) -> list[Helper]:
    """Two posts: one full, one short, with all three ways in, and with those who left or wait."""
    early = work.row["set_up_at"] + timedelta(hours=5)
    size = 5 if work.area.rich else 3
    helpers = rng.sample(pool[1:] if not work.area.rich else pool[: 6 * 40], size * 2 + 3)
    if work.area.rich and rng.random() < 0.6:
        # People with accounts are in some of the teams, so that their own pages show something.
        helpers[0] = rng.choice(pool[:6])
        helpers[1:] = [helper for helper in helpers[1:] if helper is not helpers[0]]
    full = work.opening(venture.post, venture.skill, f"{venture.title}：{venture.measures}"[:60], size)
    ways = (JoinMethod.CLAIM, JoinMethod.SIGN_UP, JoinMethod.RECOMMENDATION)
    crew, placed = list[Helper](), []
    wanted = size if fate.stands != "set_up" else size - 3
    for number in range(wanted):
        helper = helpers.pop()
        moment = early + timedelta(hours=7 * number)
        placed.append(work.place(full, helper, ways[number % 3], PlacementState.ACCEPTED, moment, word="欢迎"))
        crew.append(helper)
    second = work.opening("宣传与记录员", "摄影", "入户通知、拍照、整理台账", 2)
    work.place(second, helpers.pop(), JoinMethod.SIGN_UP, PlacementState.ACCEPTED, early + timedelta(hours=30))
    declined = "岗位要白天到场，和您的时间对不上，下回一定请您"
    work.place(
        second, helpers.pop(), JoinMethod.SIGN_UP, PlacementState.DECLINED, early + timedelta(hours=40), word=declined
    )
    if fate.stands in ("running", "set_up"):
        waits = max(early + timedelta(hours=50), work.demo.now - timedelta(days=2, hours=rng.randrange(3, 20)))
        if waits < work.demo.now:
            work.place(second, helpers.pop(), JoinMethod.SIGN_UP, PlacementState.WAITING, waits)
    moment = work.at(min(fate.gone, 1.0) * 0.5)
    if fate.stands == "running" and moment < work.demo.now:
        if rng.random() < 0.5:
            crew.append(helpers[-1])
            work.replace(placed[0], full, helpers.pop(), moment, rng.choice(LEFT))
        else:
            work.leave(placed[-1], full, moment, rng.choice(LEFT))
    return crew


def _activities(work: Work, venture: Venture, fate: Fate, crew: list[Helper], rng: Random) -> None:
    places = [place.name for place in work.area.places]
    titles = (
        "现场踏勘与入户通知",
        venture.title + "集中行动",
        venture.title + "集中行动（二）",
        "居民开放日",
        "回访与收尾",
    )
    upto = 0.88 if fate.stands == "accepted" else min(fate.gone, 1.0) * 0.95
    for number, title in enumerate(titles, 1):
        on = day_of(work.at(upto * number / len(titles)))
        if on >= work.demo.today:
            break
        done = work.activity(
            title, on, rng.choice(places), len(crew), rng.randrange(12, 70), "到场人员按分工完成，问题已记"
        )
        if number == 3 and rng.random() < 0.4:
            work.cancel(done, "当天暴雨，改到下周")
            continue
        minutes = [work.serve(done, helper, rng.choice((60, 90, 120, 180))) for helper in crew]
        work.reported(done, sum(minutes), len(minutes))
    if fate.stands == "running":
        ahead = work.demo.today + timedelta(days=rng.randrange(2, 16))
        work.activity(venture.title + "推进日", ahead, rng.choice(places), max(2, len(crew)), 0, "")


def _end(work: Work, fate: Fate, rng: Random) -> None:
    judges = [*work.demo.admins, *[one for one in work.area.workers + work.area.members if one != work.leader]]
    told = f"“{work.row['title']}”已办成并通过验收，欢迎来看看，有不满意的地方直接说。"
    if fate.stands not in ("accepted", "handed_in", "rework"):
        return
    handed = (
        work.at(0.95) if fate.stands == "accepted" else work.demo.now - timedelta(days=16 if fate.fails else 4, hours=8)
    )
    for _ in range(fate.fails):
        hand_in(work, handed, EVIDENCE, judges, list(BAD), FAILED, told)
        handed += timedelta(days=28)
    if fate.stands == "rework":
        return
    down = rng.choice((0, 0, 0, 2, 3, 5))
    best = rng.sample(GOOD, len(GOOD))[: fate.judges]
    scores: list[Points] = [(points[0] - down, points[1] - down, points[2] - down, *points[3:]) for points in best]
    hand_in(work, handed, EVIDENCE, judges, scores, PASSED, told)


def _secretary_led(demo: Demo, area: Area, position: int, moment: datetime, pool: list[Helper], rng: Random) -> Work:
    """书记领办: one a community, in all states."""
    title, problem, measures, goal, unit, baseline, target, reached, how = SECRETARY_LED[position]
    stands, _, shade = how.partition(":")
    gone = {"green": 0.8, "amber": 0.58, "red": 1.04, "": 1.0}[shade]
    gone = {"set_up": 0.06, "handed_in": 0.96, "stopped": 0.36}.get(stands, gone)
    fails = 1 if stands == "rework" or (stands == "accepted" and position == 8) else 0
    late = {"amber": 1, "red": 2}.get(shade, 0)
    judges = 3 if stands == "accepted" else 2
    fate = Fate(stands, reached, gone, high_risk=shade == "red", late_steps=late, fails=fails, judges=judges)
    size, yuan = 400 + 60 * position, 30_000 + 4_000 * position
    venture = Venture(
        title, measures, "社区居民", size, yuan, goal, unit, target, "楼组联络员", baseline=baseline, problem=problem
    )
    work = _found(demo, area, venture, fate, ProjectKind.SECRETARY_LED, area.secretary, moment)
    _story(work, venture, fate, pool, rng)
    if stands == "stopped":
        work.row["state"] = ProjectState.STOPPED
        work.say(Happening.STOPPED, work.at(0.4), demo.admins[0], "旧改工程推迟到明年，管养无从谈起，先终止，另行立项")
    return work


def _livelihood(demo: Demo, area: Area, position: int, moment: datetime, pool: list[Helper], rng: Random) -> Work:
    """民生实事 of the subdistrict, led by somebody of the community."""
    title, problem, measures, goal, unit, target, reached, how = LIVELIHOOD[position]
    stands, _, shade = how.partition(":")
    gone = {"green": 0.82, "amber": 0.74, "": 0.97}[shade]
    fate = Fate(stands, reached, gone, late_steps=int(shade == "amber"), judges=3 if stands == "accepted" else 1)
    venture = Venture(title, measures, "辖区居民", 1_500, 400_000, goal, unit, target, "监督员", problem=problem)
    work = _found(demo, area, venture, fate, ProjectKind.LIVELIHOOD, area.leaders[0], moment)
    return _story(work, venture, fate, pool, rng)
