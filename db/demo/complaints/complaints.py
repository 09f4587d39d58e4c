"""Complaints of the rich community over two years: parking, fumes, a property company, and what else is told.

Parking falls after its project, fumes after the parties sat down, with a relapse in between
(docs/domain.md A1-07, A1-10).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.demo.projects.works import Work
from db.models import Complaint, ComplaintStep, MovedPeriod
from db.rules.complaints.due import due_times
from db.terms import ComplaintState as S
from db.terms import ComplaintStepKind as K
from db.terms import NeedSource, PeriodKept, Satisfaction, Urgency
from db.terms import ResponsibleBody as Body

MONTHS_BACK = 18
FUMES, PARKING = "澄湖东街餐饮油烟扰民", "停车位"
SOURCES = (NeedSource.CALL, NeedSource.HOTLINE, NeedSource.WALK_IN, NeedSource.CHAT, NeedSource.GRID)
RATINGS = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.DISSATISFIED)


@dataclass(frozen=True, slots=True)
class Matter:
    """What people complain about, where, and who has to act."""

    place: str
    category: int
    body: Body
    name: str
    told: tuple[str, ...]
    answer: str


MATTERS = {
    "parking": Matter(
        "柳林小区", 2, Body.PROPERTY_COMPANY, "柳林物业服务中心",
        (
            "晚上七点以后小区里没有停车位，绕三圈都停不下",
            "消防通道又被私家车占了，救护车开不进来",
            "楼下车位被人用地锁占着，别人没法停",
            "车停在单元门口，轮椅推不出去",
            "外来车白天占满车位，下班回来没地方停",
            "草坪上停车，把绿化带都压坏了",
        ),
        "已清理占道车辆，错时车位本周起登记，请到物业前台办理。",
    ),
    "fumes": Matter(
        "澄湖东街", 2, Body.DEPARTMENT, "区生态环境分局",
        (
            "楼下饭店晚上油烟大，夏天都开不了窗",
            "烧烤店油烟直接往楼上飘，衣服晾不了",
            "饭店的烟道只到二楼，厨房里全是油烟味",
            "油烟机半夜还在响，又吵又呛",
        ),
        "已检测三家店的排放，要求清洗净化器、把烟道接到楼顶。",
    ),
    "property": Matter(
        "望柳花园", 6, Body.OWNERS_COMMITTEE, "望柳花园业委会",
        (
            "电梯坏了一个星期，物业一直不来修",
            "物业费照收，楼道三个月没打扫",
            "公共收益的账从来没有公布过",
        ),
        "业委会已开会，物业公司书面答应整改，电梯本周修好，账目月底公示。",
    ),
    "noise": Matter(
        "柳荫广场", 2, Body.COMMUNITY, "",
        ("广场舞音响太大，晚上九点还不停", "早上六点就放音乐，孩子睡不好"),
        "已同领队约定：晚八点半结束，音响朝外，装分贝仪。",
    ),
    "rubbish": Matter(
        "桥头新村", 2, Body.PROPERTY_COMPANY, "桥头新村物业",
        ("垃圾房两天没清运，味道很大", "楼道里堆满旧家具，走路都要侧身", "有人从楼上往下扔垃圾"),
        "已清运，并改为每天两次；堆物住户签了承诺。",
    ),
}  # fmt: skip


@dataclass
class Story:
    """One complaint on its way: its row, and the steps so far."""

    demo: Demo
    area: Area
    rng: Random
    matter: Matter
    row: dict[str, Any]
    steps: list[dict[str, Any]] = field(default_factory=list)

    def step(self, kind: K, at: datetime, note: str = "", **values: Any) -> None:
        actor = self.rng.choice(self.area.workers[:3])
        self.steps.append(
            {"community_id": self.area.id, "at": at, "actor_id": actor, "kind": kind, "values": values, "note": note}
        )

    def stand(self, state: S, at: datetime, **values: Any) -> None:
        self.row |= {"state": state, "state_since": at, **values}

    @property
    def logged(self) -> datetime:
        moment: datetime = self.row["logged_at"]
        return moment

    def contact(self, at: datetime) -> None:
        self.row["contacted_at"] = at
        self.step(K.CONTACTED, at, in_time=at <= self.row["contact_due_at"])

    def hand_over(self, at: datetime, body: Body | None = None, name: str = "", assists: tuple[Body, ...] = ()) -> None:
        body, name = (self.matter.body, self.matter.name) if body is None else (body, name)
        self.stand(S.HANDED_OVER, at, responsible=body, responsible_name=name)
        due = self.row["due_on"].isoformat()
        self.step(K.HANDED_OVER, at, body=body, name=name, due=due, assists=list(assists))

    def reply(self, at: datetime) -> None:
        self.stand(S.REPLIED, at, reply=self.matter.answer, replied_at=at)
        self.step(K.REPLIED, at, self.matter.answer)

    def revisit(self, at: datetime, solved: bool, rating: Satisfaction, said: str = "") -> None:
        self.row |= {"solved": solved, "satisfaction": rating}
        self.step(K.REVISITED, at, said, reached=True, solved=solved, satisfaction=rating)

    def close(self, at: datetime, said: str = "") -> None:
        self.stand(S.CLOSED, at, closed_at=at)
        self.step(K.CLOSED, at, said)


def tell(demo: Demo, works: list[Work]) -> None:
    """Every complaint of the rich community, in the order in which they came."""
    for area in demo.areas:
        if area.rich:
            _of(demo, area, next((work for work in works if work.area is area and PARKING in work.row["title"]), None))


def _of(demo: Demo, area: Area, parking: Work | None) -> None:
    rng = demo.rng("complaints", area.code)
    firsts: dict[str, Story] = {}
    stories: list[Story] = []
    at_table: list[Story] = []
    told = sorted(_moments(demo, rng, parking), key=lambda one: one[0])
    for n, (moment, topic) in enumerate(told):
        story = _begin(demo, area, rng, MATTERS[topic], moment)
        if topic == "parking" and parking is not None:
            story.row["project_id"] = parking.id
            story.step(K.PROJECT, moment + timedelta(hours=1), project=parking.row["number"])
        _repeats(story, firsts, topic)
        _go(story, n, from_end=len(told) - 1 - n)
        if topic == "fumes" and area.disputes.get(FUMES):
            at_table.append(story)
        stories.append(story)
    _sit_down(demo, area, at_table)
    for story in stories:
        demo.bulk.add(Complaint, **story.row)


def _moments(demo: Demo, rng: Random, parking: Work | None) -> Iterator[tuple[datetime, str]]:
    """When each came: eight a month about parking before the project and one after, fumes until the parties met."""
    begins = parking.starts_on if parking else demo.today
    ends = day_of(parking.row["accepted_at"]) if parking and parking.row.get("accepted_at") else demo.today
    month = (demo.today - timedelta(days=30 * MONTHS_BACK)).replace(day=1)
    while month <= demo.today:
        following = (month + timedelta(days=32)).replace(day=1)
        whole = [month + timedelta(days=n) for n in range((min(following, demo.today) - month).days)]
        cars = rng.randrange(7, 10) if following <= begins else rng.randrange(1, 3) if month > ends else 4
        smoke = rng.randrange(2, 5) if (demo.today - month).days > 100 else rng.randrange(1, 3)
        for topic, count in (("parking", cars), ("fumes", smoke), (rng.choice(("property", "noise", "rubbish")), 2)):
            share = round(count * len(whole) / 30)
            for moment in days.spread(rng, whole, share) if whole else ():
                yield moment, topic
        month = following


def _begin(demo: Demo, area: Area, rng: Random, matter: Matter, moment: datetime) -> Story:
    source = rng.choices(SOURCES, (5, 4, 2, 2, 1))[0]
    due = due_times(source, Urgency.NORMAL, moment, demo.overrides)
    place = next(one for one in area.places if one.name == matter.place)
    door = next((one for one in rng.sample(area.doors, 40) if one.place == place.id and not one.restricted), None)
    words = rng.choice(matter.told)
    row = {
        "id": demo.bulk.new_id(Complaint),
        "community_id": area.id,
        "number": area.number("T", moment.year),
        "title": words if len(words) <= 24 else f"{words[:23]}…",
        "description": words + rng.choice(("。", "，请尽快处理。", "，已经反映过了。", "。楼里好几户都有意见。")),
        "source": source,
        "source_number": f"{moment:%Y%m%d}{rng.randrange(100, 999)}" if source is NeedSource.HOTLINE else "",
        "category_id": matter.category,
        "place_id": place.id,
        "building": door.building if door else "",
        "household_id": door.id if door else None,
        "asker_name": door.name if door else resident(rng),
        "asker_phone": door.phone if door else phone(rng),
        "received_on": day_of(moment),
        "logged_at": moment,
        "logged_by": rng.choice(area.workers[:3]),
        "state": S.REGISTERED,
        "state_since": moment,
        "contact_due_at": due.contact_at,
        "due_on": due.answer_on,
    }
    story = Story(demo, area, rng, matter, row)
    story.step(K.REGISTERED, moment, source=source, urgency=Urgency.NORMAL)
    return story


def _repeats(story: Story, firsts: dict[str, Story], topic: str) -> None:
    """About every third one repeats the last first of its kind, if that is not older than two months."""
    first = firsts.get(topic)
    young = first is not None and (story.logged - first.logged).days <= 60
    if first is not None and young and story.rng.random() < 0.4:
        at = story.logged + timedelta(minutes=20)
        story.row["repeat_of_id"] = first.row["id"]
        story.step(K.LINKED, at, first=first.row["number"])
        story.demo.bulk.add(
            ComplaintStep, community_id=story.area.id, complaint_id=first.row["id"], at=at,
            actor_id=story.row["logged_by"], kind=K.LINKED, values={"repeat": story.row["number"]}, note="",
        )  # fmt: skip
    else:
        firsts[topic] = story


def _go(story: Story, n: int, *, from_end: int) -> None:
    """How far it came: the last ones wait for hands, the younger ones are under way, the rest has ended."""
    demo = story.demo
    if n % 47 == 31:
        story.stand(S.VOID, story.logged + timedelta(hours=3))
        story.step(K.VOIDED, story.logged + timedelta(hours=3), "和前一天同一人的来电重复登记")
    elif from_end >= 3:
        _under_way(story, n, from_end)
    for step in story.steps:
        demo.bulk.add(ComplaintStep, complaint_id=story.row["id"], **step)
    _declared_free(story)


def _declared_free(story: Story) -> None:
    """A date that was agreed on handing over stays when the subdistrict declares a day before it free."""
    demo = story.demo
    (day,) = demo.overrides
    said = days.at(day - timedelta(days=1), 15)
    before = [
        step for step in story.steps if step["at"] < said and step["kind"] in (K.HANDED_OVER, K.REPLIED, K.VOIDED)
    ]
    if not before or before[-1]["kind"] is not K.HANDED_OVER:
        return
    due = date.fromisoformat(before[-1]["values"]["due"])
    if day_of(before[-1]["at"]) < day <= due:
        demo.bulk.add(
            MovedPeriod, community_id=story.area.id, complaint_id=story.row["id"], contact=False, at=said, day=day,
            workday=False, before=days.at(due, 0), after=None, kept=PeriodKept.BY_HAND,
        )  # fmt: skip


WAITS = {4: -3, 6: 0, 7: 2, 9: -6, 12: 4}
"""Handed over and not answered, counted from the end: in so many days it is due."""
CALLS = {5: "", 8: "not reached", 11: "unsolved"}
"""Answered and not revisited, not reached yet, or found unsolved."""
BACK = 14
"""Closed, and come back."""


def _under_way(story: Story, n: int, from_end: int) -> None:
    rng, now = story.rng, story.demo.now
    contact = min(story.logged + timedelta(hours=rng.choice((1, 2, 3, 5, 20, 30 if n % 9 == 0 else 4))), now)
    story.contact(contact)
    handed = min(days.after(rng, contact, 0, 1), now)
    if from_end in WAITS:
        story.row["due_on"] = story.demo.today + timedelta(days=WAITS[from_end])
    if story.matter.body is Body.OWNERS_COMMITTEE:
        # 居委会退到舞台旁边: at first everybody came to the community.
        story.hand_over(handed, Body.COMMUNITY)
        story.hand_over(min(handed + timedelta(hours=2), now), assists=(Body.PROPERTY_COMPANY,))
    else:
        story.hand_over(handed)
    if from_end in WAITS:
        return
    replied = min(days.after(rng, handed, 2, 6), now)
    story.reply(replied)
    called = min(days.after(rng, replied, 1, 3), now)
    state = CALLS.get(from_end)
    if state == "not reached":
        story.step(K.REVISITED, called, "电话没人接", reached=False)
    elif state == "unsolved":
        story.revisit(called, False, Satisfaction.DISSATISFIED, "只管了两天，又和原来一样")
    elif state is None:
        _ended(story, n, called)
    if from_end == BACK:
        story.stand(
            S.REOPENED, now, relapses=1, reply="", replied_at=None, solved=None, satisfaction=None, closed_at=None,
            due_on=story.demo.today + timedelta(days=6),
        )  # fmt: skip
        story.step(K.REOPENED, now, "办结后又出现，和上次一样", times=1)


def _ended(story: Story, n: int, called: datetime) -> None:
    rng = story.rng
    if n % 13 == 5:
        for days_on in (0, 1, 3):
            story.step(K.REVISITED, called + timedelta(days=days_on), "电话没人接", reached=False)
        story.close(called + timedelta(days=3, minutes=5), "三次联系未果")
        return
    solved = rng.random() < 0.86
    rating = rng.choices(RATINGS, (4, 5, 1, 0) if solved else (0, 0, 3, 4))[0]
    said = "" if solved else rng.choice(("过两天又这样了", "只管了一半"))
    story.revisit(called, solved, rating, said)
    story.close(called + timedelta(minutes=6), "" if solved else "涉及规划，已说明，列入下年计划")


def _sit_down(demo: Demo, area: Area, stories: list[Story]) -> None:
    """The complaints about fumes sit at the table since it was laid; one that was closed came back with the relapse."""
    dispute = area.disputes.get(FUMES)
    if dispute is None:
        return
    number, began = dispute[1], dispute[2]
    for story in stories:
        late = story.row["state"] is S.HANDED_OVER
        if story.row["state"] is not S.REGISTERED and (late or (began - story.logged).days < 60):
            story.row["mediation_id"] = dispute[0]
            at = max(story.logged + timedelta(hours=5), began)
            if at < demo.now:
                _add(demo, area, story, K.MEDIATION, at, mediation=number)
    back = next((one for one in stories if one.row.get("mediation_id") and one.row["state"] is S.CLOSED), None)
    relapsed = days.at(demo.today - timedelta(days=21), 16)
    if back is not None and back.row["closed_at"] < relapsed:
        back.row |= {
            "state": S.HANDED_OVER, "state_since": relapsed, "relapses": 1, "solved": None, "satisfaction": None,
            "closed_at": None, "reply": "", "replied_at": None, "due_on": demo.today + timedelta(days=3),
        }  # fmt: skip
        _add(demo, area, back, K.REOPENED, relapsed, "晚七点检测又超标，滤网未清洗", times=1)
        values = {"body": Body.DEPARTMENT, "name": back.matter.name, "due": back.row["due_on"].isoformat()}
        _add(demo, area, back, K.HANDED_OVER, relapsed + timedelta(hours=1), "联合检查，两周内复测", **values)


def _add(demo: Demo, area: Area, story: Story, kind: K, at: datetime, note: str = "", **values: Any) -> None:
    demo.bulk.add(
        ComplaintStep,
        community_id=area.id,
        complaint_id=story.row["id"],
        at=at,
        actor_id=area.workers[0],
        kind=kind,
        values=values,
        note=note,
    )
