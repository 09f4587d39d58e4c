"""Around the councils of the invented subdistrict: topics and tasks, a village matter, two mediations."""

from datetime import date, datetime, timedelta
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.council.council import Chamber
from db.demo.frame import Area, Demo
from db.models import (
    Mediation,
    MediationAction,
    MediationCheck,
    MediationEscalation,
    MediationParty,
    Task,
    Topic,
    VillageMatter,
    VillageRecord,
)
from db.rules.complaints.mediation import ANSWER_WITHIN
from db.rules.council.village import STEPS, rule_of
from db.terms import (
    EscalationTo,
    MediationState,
    PartyKind,
    TaskState,
    TopicGround,
    TopicSource,
    TopicState,
    VillageState,
    VillageStep,
)

RURAL = "DX"
"""稻香社区 has fields, and a village's procedure."""

TOPICS: tuple[tuple[str, str, str, int | None, TopicState, TopicGround | None, str], ...] = (
    (
        *("望柳花园3幢加装扶手", "3幢老人多，楼梯没有扶手。", "四个单元楼道加装不锈钢扶手。"),
        *(26000, TopicState.SUBMITTED, None, ""),
    ),
    (
        *("柳荫广场增设直饮水", "夏天广场上孩子多，买水不便。", "在广场东南角装一台直饮水机。"),
        *(18000, TopicState.ACCEPTED, None, "具体、可行，建议列入下次会议。"),
    ),
    (
        *("要求取消路边停车收费", "停车收费贵。", "取消澄湖东街路边停车收费。"),
        *(None, TopicState.DECLINED, TopicGround.STATUTORY_DUTY, "停车收费由区交通部门依法核定，意见已转去。"),
    ),
    (
        *("老旧电梯更新", "望柳花园电梯常停。", "更换两台电梯。"),
        *(None, TopicState.REFERRED, None, "涉及维修资金，须由业主共同决定。"),
    ),
)
"""Title, background, proposal, budget, state, ground, reason."""
VILLAGE = (
    (VillageStep.PROPOSAL, "党支部提议把东片机耕路硬化 600 米，方便秋收运粮。", (7, 7, None)),
    (VillageStep.CONSULTATION, "“两委”商议：先做 600 米，资金由集体经济列支 18 万元。", (9, 8, None)),
    (VillageStep.OPINIONS, "入户征求 112 户意见，107 户赞成，5 户建议加宽会车处，已采纳。", None),
    (VillageStep.REVIEW, "党员大会审议，同意提交村民代表会议。", (42, 33, (31, 1, 1))),
    (VillageStep.RESOLUTION, "村民代表会议决议实施。", (45, 38, (35, 2, 1))),
    (VillageStep.RESOLUTION_POSTED, "决议张贴在村务公开栏。", None),
)
"""Step, words, (due, present, votes)."""


def tell(demo: Demo, chambers: list[Chamber]) -> None:
    """Topics, tasks and mediations of the rich community, the village matter of the rural one."""
    for chamber in chambers:
        if chamber.area.rich:
            _topics(demo, chamber)
            _tasks(demo, chamber)
            _fumes(demo, chamber.area)
            _parking(demo, chamber.area)
            _went_up(demo, chamber.area)
        if chamber.area.code == RURAL:
            _village(demo, chamber.area)


def _topics(demo: Demo, chamber: Chamber) -> None:
    area = chamber.area
    for n, (title, background, proposal, budget, state, ground, reason) in enumerate(TOPICS):
        made = days.at(days.next_workday(demo.today - timedelta(days=17 - 2 * n)), 10, 15)
        reviewed = state is not TopicState.SUBMITTED
        demo.bulk.add(
            Topic,
            community_id=area.id,
            number=area.number("YT", made.year),
            title=title,
            source=TopicSource.MEMBER,
            member_id=chamber.seats[n],
            proposer=chamber.names[n],
            signed_at=made,
            signed_on_paper=n % 2 == 1,
            background=background,
            proposal=proposal,
            budget_yuan=budget,
            state=state,
            ground=ground,
            review_reason=reason,
            referred_to="望柳花园业主委员会" if state is TopicState.REFERRED else "",
            made_by=area.secretary,
            made_at=made,
            reviewed_by=area.secretary if reviewed else None,
            reviewed_at=made + timedelta(hours=23) if reviewed else None,
        )


def _tasks(demo: Demo, chamber: Chamber) -> None:
    area = chamber.area
    for n, (_life, item_id, _over, item) in enumerate(chamber.passed[-3:]):
        done = n == 0
        made = demo.now - timedelta(days=40 - 10 * n)
        demo.bulk.add(
            Task,
            community_id=area.id,
            item_id=item_id,
            title=("落实资金与询价", "张贴方案并收集意见", "联系物业排定时间")[n],
            owner=demo.account_names[area.workers[n % len(area.workers)]],
            due_on=demo.today + timedelta(days=(-20, -2, 14)[n]),
            state=TaskState.DONE if done else TaskState.OPEN,
            result=f"“{item.topic}”的三家报价已比对，资金已落实。" if done else "",
            made_by=area.secretary,
            made_at=made,
            ended_by=area.secretary if done else None,
            ended_at=made + timedelta(days=18) if done else None,
        )


# --- 协调会 -------------------------------------------------------------------------------------------------


def _dispute(demo: Demo, area: Area, ago: int, **values: Any) -> tuple[int, datetime]:
    made = days.at(days.next_workday(demo.today - timedelta(days=ago)), 9, 20)
    number = area.number("XT", made.year)
    mediation = demo.bulk.add(
        Mediation,
        community_id=area.id,
        number=number,
        at=made + timedelta(days=3, hours=5),
        place="社区党群服务中心二楼议事厅",
        host=demo.account_names[area.secretary],
        recorder=demo.account_names[area.workers[0]],
        made_by=area.workers[0],
        made_at=made,
        **values,
    )
    area.disputes[values["title"]] = (mediation, number, made)
    return mediation, made


def _parties(demo: Demo, area: Area, mediation: int, parties: tuple[tuple[PartyKind, str, str], ...]) -> None:
    for n, (kind, name, claim) in enumerate(parties):
        demo.bulk.add(
            MediationParty,
            community_id=area.id,
            mediation_id=mediation,
            kind=kind,
            name=name,
            representative=next(demo.names),
            contact=f"100{mediation:04d}{n:04d}",
            claim=claim,
            present=True,
        )


def _measure(
    demo: Demo, area: Area, mediation: int, title: str, owner: str, due: date, checks: tuple[tuple[int, bool, str], ...]
) -> None:
    """One agreed measure with its checks, each (days ago, passed, words)."""
    passed = bool(checks) and checks[-1][1]
    action = demo.bulk.add(
        MediationAction,
        community_id=area.id,
        mediation_id=mediation,
        title=title,
        owner=owner,
        due_on=due,
        checker=demo.account_names[area.workers[0]],
        state=TaskState.DONE if passed else TaskState.OPEN,
    )
    for ago, well, words in checks:
        day = demo.today - timedelta(days=ago)
        demo.bulk.add(
            MediationCheck,
            community_id=area.id,
            action_id=action,
            on=day,
            passed=well,
            words=words,
            checked_by=area.workers[0],
            recorded_at=days.at(day, 16),
        )


def _went_up(demo: Demo, area: Area) -> None:
    """One dispute waits for the subdistrict's answer; of another a department's answer came back to the table."""
    waiting, made = _dispute(
        demo, area, 34, title="晚间广场活动音响扰民", matter="两栋楼的住户和活动队对音量、时段谈不拢。",
        state=MediationState.ESCALATED, issues="几点结束、音量多大。", not_agreed="两次协商未达成一致，请街道牵头。",
        meetings=2,
    )  # fmt: skip
    _escalation(demo, area, waiting, EscalationTo.SUBDISTRICT, "", day_of(made) + timedelta(days=22))
    back, made = _dispute(
        demo, area, 60, title="沿街店铺占道经营", matter="店铺把货架摆上人行道，住户出行不便。",
        state=MediationState.NOT_AGREED, issues="能摆多宽、什么时段。", not_agreed="店铺不同意全部收进店内。",
        meetings=1,
    )  # fmt: skip
    raised = day_of(made) + timedelta(days=10)
    _escalation(
        demo, area, back, EscalationTo.DEPARTMENT, "区综合执法局", raised, answered_by=area.secretary,
        answer="已上门告知，划出一米通行线，请社区再约各方签字。", answered_on=raised + timedelta(days=9),
    )  # fmt: skip


def _escalation(
    demo: Demo, area: Area, mediation: int, level: EscalationTo, name: str, raised: date, **more: Any
) -> None:
    demo.bulk.add(
        MediationEscalation, community_id=area.id, mediation_id=mediation, level=level, name=name,
        reason="协商未果，请上级牵头", raised_on=raised, raised_by=area.secretary, due_on=raised + ANSWER_WITHIN,
        **more,
    )  # fmt: skip


def _fumes(demo: Demo, area: Area) -> None:
    mediation, _ = _dispute(
        demo,
        area,
        96,
        title="澄湖东街餐饮油烟扰民",
        matter="楼上住户反映三家餐饮店晚间油烟大，多次来电。",
        state=MediationState.AGREED,
        issues="烟道只到二层；净化器滤网长期不清洗。",
        basis="现场检测油烟浓度超标；环保部门意见：烟道须高出楼顶。",
        agreed="三家店各自改造烟道、每周清洗滤网，社区与住户代表共同复查。",
        meetings=2,
    )
    parties = (
        (PartyKind.DEPARTMENT, "区生态环境分局", "依法达标排放"),
        (PartyKind.BUSINESS, "澄湖东街三家餐饮店", "改造要时间，费用希望分期"),
        (PartyKind.OWNERS, "东苑2幢住户代表", "晚上能开窗"),
    )
    _parties(demo, area, mediation, parties)
    due = demo.today - timedelta(days=40)
    again = ((38, True, "烟道已高出楼顶，检测达标。"), (21, False, "晚七点检测又超标，滤网未清洗：反弹。"))
    _measure(demo, area, mediation, "烟道改造到楼顶以上", "三家餐饮店", due, (*again, (6, True, "再次检测达标。")))
    _measure(demo, area, mediation, "每周清洗滤网并登记", "三家餐饮店", demo.today - timedelta(days=1), ())


def _parking(demo: Demo, area: Area) -> None:
    mediation, _ = _dispute(
        demo,
        area,
        12,
        title="桥头新村固定车位纠纷",
        matter="两户长期用地锁占位，其他住户有意见。",
        state=MediationState.CONVENED,
    )
    parties = (
        (PartyKind.PROPERTY_COMPANY, "桥头新村物业", "统一管理公共车位"),
        (PartyKind.OWNERS, "1幢业主代表", "拆除地锁，先到先停"),
    )
    _parties(demo, area, mediation, parties)


# --- 四议两公开 ---------------------------------------------------------------------------------------------


def _village(demo: Demo, area: Area) -> None:
    start = demo.today - timedelta(days=52)
    proposal = "硬化东片机耕路 600 米，宽 3.5 米，设会车处两处，资金 18 万元由集体经济列支。"
    made = days.at(start, 9)
    matter = demo.bulk.add(
        VillageMatter,
        community_id=area.id,
        number=area.number("SY", made.year),
        title="东片机耕路硬化",
        proposal=proposal,
        step=STEPS[len(VILLAGE)],
        state=VillageState.RUNNING,
        made_by=area.secretary,
        made_at=made,
    )
    for n, (step, words, people) in enumerate(VILLAGE):
        on = start + timedelta(days=6 * n)
        rule = rule_of(step, households=False)
        due, present, votes = people or (None, None, None)
        demo.bulk.add(
            VillageRecord,
            community_id=area.id,
            matter_id=matter,
            step=step,
            on=on,
            until=None if people else on + timedelta(days=5),
            place="稻香社区议事厅" if people else "",
            host=demo.account_names[area.secretary] if people else "",
            recorder=demo.account_names[area.workers[0]] if people else "",
            due=due,
            present=present,
            votes_for=votes[0] if votes else None,
            votes_against=votes[1] if votes else None,
            votes_abstain=votes[2] if votes else None,
            rule=rule.to_json() if rule else None,
            passed=True,
            words=words,
            proposal=proposal,
            recorded_by=area.secretary,
            recorded_at=days.at(on, 17),
        )
