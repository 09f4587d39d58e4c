"""What the councils of the invented subdistrict met about, and how they voted; `council` tells it."""

from dataclasses import dataclass
from random import Random

from db.demo.projects.ventures import VENTURES
from db.terms import VoteMethod

Votes = tuple[int, int, int]
"""For, against, abstain."""


@dataclass(frozen=True, slots=True)
class Item:
    """One matter on one agenda. The same `topic` on a later agenda is the same need again."""

    topic: str
    motion: str
    votes: Votes | None = None
    method: VoteMethod = VoteMethod.HANDS
    twins: int = 1
    recused: int = 0
    before: str = ""
    """The motion as it was before an amendment was carried."""
    words: str = ""
    """What the askers are told when it did not pass; empty keeps the need in reserve."""
    objection: str = ""
    """`upheld`, `open`, or none."""
    matter: str = ""
    proposer: str = ""
    """Set for a matter without a need behind it."""
    owners: bool = False
    recounts: int = 0
    posted: bool = True
    """Whether the notice has been posted."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting, so many days ago (negative: to come)."""

    ago: int
    present: int
    items: tuple[Item, ...]
    leave: int = 1
    state: str = "closed"


RICH = (
    Sitting(
        300,
        15,
        (
            Item(
                "停车位不够",
                "利用柳林小区东侧边角地和闲置花坛挖潜停车位，目标 60 个，先划线、后铺装，不动树木。",
                (12, 1, 2),
                twins=8,
            ),
            Item("楼道灯不亮", "四个小区楼道灯分两批换成声控感应灯，六十岁以上老人多的单元先换。", (15, 0, 0), twins=4),
            Item("活动室开放时间短", "老年活动室开放到晚上八点，周日也开，由志愿者轮值。", (13, 1, 1), twins=2),
        ),
    ),
    Sitting(
        272,
        14,
        (
            Item(
                "电瓶车没处充电",
                "增建四处带雨棚的充电点，共 48 个插口，先在柳林小区和桥头新村试点。",
                (8, 4, 2),
                twins=5,
                objection="upheld",
                matter="充电棚离我家窗户太近，担心起火和噪音，要求换地方。",
                recounts=1,
            ),
            Item(
                "屋顶漏雨",
                "柳林东苑 3—7 幢楼顶防水统一维修，费用由小区公共收益先行垫付。",
                (7, 5, 2),
                twins=3,
                words="议事会未通过：公共收益垫付没有依据。已请业委会走维修资金程序，社区帮助收集签字。",
            ),
            Item("晾衣杆不够", "在四处向阳空地加装晾衣架 20 组，不占消防通道。", (13, 0, 1), twins=2),
        ),
    ),
    Sitting(
        244,
        10,
        (
            Item("四点半放学没人接", "党群服务中心二楼平日下午开四点半课堂，志愿者轮值，家长签接送卡。", twins=3),
            Item("遛狗不牵绳", "制定文明养犬公约，设拾便袋箱 12 个，不牵绳者进不了中心花园。", twins=3),
        ),
        leave=4,
    ),
    Sitting(
        230,
        13,
        (
            Item("四点半放学没人接", "党群服务中心二楼平日下午开四点半课堂，志愿者轮值，家长签接送卡。", (12, 0, 1)),
            Item("遛狗不牵绳", "制定文明养犬公约，设拾便袋箱 12 个，不牵绳者进不了中心花园。", (6, 6, 1)),
        ),
    ),
    Sitting(
        195,
        15,
        (
            Item(
                "遛狗不牵绳",
                "制定文明养犬公约，设拾便袋箱 12 个，中心花园分时段开放，早晚各一小时可遛犬。",
                (11, 3, 1),
                before="制定文明养犬公约，设拾便袋箱 12 个，不牵绳者进不了中心花园。",
            ),
            Item(
                "油烟扰民",
                "与一楼餐饮店签整改约定：三十日内装净化器、烟道改向，志愿者每周复查一次。",
                (10, 2, 2),
                twins=4,
                recused=1,
            ),
        ),
    ),
    Sitting(
        165,
        14,
        (
            Item(
                "老年食堂助餐点",
                "在党群服务中心一楼办助餐点，中午供餐，八十岁以上送到楼下。",
                (12, 1, 1),
                VoteMethod.NAMED,
                twins=4,
            ),
            Item(
                "",
                "建议业主大会把业委会换届筹备列入本季度议程，社区派人指导。",
                (11, 1, 2),
                proposer="居民小组长",
                owners=True,
            ),
        ),
    ),
    Sitting(
        137,
        16,
        (
            Item("防诈骗讲座", "逐楼宣讲防诈骗，入户提醒独居老人，每两周一栋。", (16, 0, 0), twins=3),
            Item("业委会改选", "由社区直接指定业委会换届筹备组人选。", (6, 8, 2), twins=1),
        ),
        leave=0,
    ),
    Sitting(
        102,
        13,
        (
            Item("路面坑洼积水", "主路坑洼处铣刨重铺，西门口加两道雨水口。", (12, 1, 0), twins=4),
            Item("手机不会用", "办手机小课堂八期，一位志愿者带三位老人。", (13, 0, 0), twins=3),
        ),
    ),
    Sitting(
        74,
        15,
        (
            Item("健身器材坏了", "更换三处健身角的坏件，单杠下铺缓冲垫。", (13, 1, 1), VoteMethod.SLIP, twins=3),
            Item("休息座椅少", "沿买菜路线加装带扶手座椅 16 张。", (14, 0, 1), twins=2),
        ),
    ),
    Sitting(
        40,
        14,
        (
            Item("监控坏了", "修复并补装公共监控 18 处，出入口优先。", (12, 2, 0), twins=2),
            Item(
                "垃圾房气味大",
                "垃圾房加装感应门和冲洗龙头，厨余桶改为早晚两次清运。",
                (9, 4, 1),
                VoteMethod.PAPER,
                twins=3,
            ),
        ),
    ),
    Sitting(
        5,
        15,
        (
            Item(
                "快递柜太远",
                "在东门内侧增设一组快递柜，留足通道宽度。",
                (11, 3, 1),
                twins=2,
                objection="open",
                matter="东门本来就窄，再放柜子婴儿车过不去，请看现场再定。",
            ),
            Item(
                "家庭医生签约",
                "请卫生服务站每月来社区坐诊一天，公布家庭医生电话和替班人。",
                (15, 0, 0),
                twins=1,
                posted=False,
            ),
        ),
    ),
    Sitting(
        -5,
        0,
        (
            Item("门禁失灵", "分批修复 22 个单元门禁，对讲不通的先修。", twins=2),
            Item("量血压测血糖", "每周三上午在两个小区设点量血压、测血糖。", twins=1),
            Item("树枝挡光", "请园林单位统一修剪，先看现场列单。", twins=2),
        ),
        state="convened",
    ),
    Sitting(-33, 0, (Item("修自行车摊位", "在柳林巷口划一处便民修车摊位，定时定点。", twins=0),), state="draft"),
)
"""The year of the rich community's council of sixteen."""

WAITING = ("河边有臭味", "爱心理发", "老人体检没人通知", "蚊子太多", "电工水工小课")
"""Needs of the rich community that wait for an agenda."""

WHERE = {"停车位不够": 0, "电瓶车没处充电": 0, "屋顶漏雨": 1, "油烟扰民": 3, "遛狗不牵绳": 2}
"""Index of the place of some needs of the rich community, because the motion names it."""

POINTS = (
    "先把现场看一遍，再定数量。",
    "钱从哪里来要写清楚，账目每月贴出来。",
    "老人多的单元先做，大家没意见。",
    "别占消防通道，这一条要写进去。",
    "施工时间避开中午和晚上。",
    "我们楼愿意出两个人值守。",
    "去年隔壁小区办过，可以去看看。",
    "办完要有人管，不能一阵风。",
    "通知要贴到每个单元门。",
    "建议先试一个月，好再铺开。",
)


def ordinary(rng: Random, seats: int) -> tuple[Sitting, ...]:
    """Two meetings of another council, and sometimes one to come."""
    topics = rng.sample([topic for topic in VENTURES if topic not in ("停车位不够", "老年食堂助餐点")], 5)
    present = [rng.randint(-(-2 * seats // 3), seats) for _ in range(2)]
    refused = rng.randrange(4)
    items = []
    for number in range(4):
        there = present[number // 2]
        against = rng.randint(0, max(0, there // 2 - 2))
        votes = (there - against - 1, against, 1)
        if number == refused:
            votes = (there // 2 - 1, there - there // 2, 1)
        told = "议事会未通过：大家认为时机不成熟，已把理由当面说明。" if number == refused else ""
        items.append(Item(topics[number], VENTURES[topics[number]].measures, votes, twins=rng.randrange(3), words=told))
    found = [
        Sitting(rng.randrange(200, 280), present[0], tuple(items[:2])),
        Sitting(rng.randrange(60, 150), present[1], tuple(items[2:])),
    ]
    if rng.random() < 0.6:
        coming = Item(topics[4], VENTURES[topics[4]].measures)
        found.append(Sitting(-rng.randrange(3, 20), 0, (coming,), state=rng.choice(("convened", "draft"))))
    return tuple(found)
