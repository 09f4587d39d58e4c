"""A year of activities: those of the articles at their sizes (docs/domain.md 2, E1 to E5), and what else is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.demo.projects.works import Helper
from db.demo.units.words import HOME, KINDERGARTEN, NURSING, PROPERTY
from db.models import (
    Activity,
    ActivityHelper,
    ActivityHost,
    ActivityParticipant,
    ActivityPresence,
    ActivityQuote,
    ActivitySession,
    Consent,
    Model,
    Person,
    ServiceRecord,
    blind_index,
)
from db.models.household import name_index
from db.rules.people.doubles import digits_of
from db.rules.voting.card_code import ALPHABET
from db.terms import (
    ActivityKind,
    ActivityState,
    ConsentScope,
    ConsentWay,
    HostPart,
    SeatState,
    SignUpWay,
)

MODULES = (
    ("花艺基础入门", "工具介绍与使用", "基础插花技巧"),
    ("色彩搭配理论", "创意启发讨论", "主题创作实践"),
    ("作品点评分享", "高级插花技巧讲解", "综合创作实践"),
)
USUAL = (
    (ActivityKind.SALON, "邻里读书沙龙", "辖区居民", 20),
    (ActivityKind.CRAFT, "香囊手工课", "退休居民", 18),
    (ActivityKind.TALK, "防诈骗宣讲", "老年居民", 60),
    (ActivityKind.VISIT, "慰问户外劳动者", "环卫工人、骑手", 40),
    (ActivityKind.SPORTS, "健步走", "辖区居民", 80),
    (ActivityKind.TRAINING, "急救培训", "楼栋长、志愿者", 25),
    (ActivityKind.TALK, "垃圾分类宣讲", "辖区居民", 50),
    (ActivityKind.CRAFT, "剪纸手工课", "亲子家庭", 15),
    (ActivityKind.SALON, "青年议事沙龙", "青年居民", 16),
)
"""Kind, title, for whom, how many come."""
QUOTE = "第一次自己做出一朵花，手不抖了，心里也亮堂。"


@dataclass
class Kept:
    """Rows of activities that wait until the volunteers and persons whom they name are written."""

    demo: Demo
    rows: list[tuple[type[Model], dict[str, Any]]] = field(default_factory=list)

    def keep(self, model: type[Model], **values: Any) -> int:
        """Keep a row; its id."""
        number = self.demo.bulk.new_id(model)
        self.rows.append((model, {"id": number, **values}))
        return number

    def release(self) -> None:
        """Hand everything over, and quote somebody of the paper-flower class who consented."""
        with self.demo.bulk.together():
            for model, values in self.rows:
                self.demo.bulk.add(model, **values)
        _quote(self.demo, self.rows)


def plan(demo: Demo, pools: dict[int, list[Helper]], units: Mapping[str, int]) -> Kept:
    """The year of every community; the hours of the helpers are counted in before the volunteers are written.

    `units`: the partner units by name.
    """
    kept = Kept(demo)
    for area in demo.areas:
        _Community(kept, area, pools[area.id], units).year()
    return kept


class _Community:
    """The activities of one community."""

    def __init__(self, kept: Kept, area: Area, helpers: Sequence[Helper], units: Mapping[str, int]) -> None:
        self.kept, self.demo, self.area, self.units = kept, kept.demo, area, units
        self.rng: Random = kept.demo.rng("activities", area.code)
        self.helpers = list(helpers)

    def year(self) -> None:
        today = self.demo.today
        for number, (kind, title, target, size) in enumerate(USUAL):
            on = today - timedelta(days=340 - number * 38 - self.rng.randrange(20))
            named = size <= 20 and number % 3 == 0
            self.one(kind, title, on, target=target, heads=self._about(size), named=8 if named else 0, helpers=2)
        march = date(today.year, 3, 5) if date(today.year, 3, 5) < today else date(today.year - 1, 3, 5)
        self.one(ActivityKind.WALL_DAY, "学雷锋日承诺墙", march, target="党员", heads=185 if self.area.rich else
                 self._about(30), helpers=3)  # fmt: skip
        # What is over and not written down, what is full, and what was moved.
        self.one(ActivityKind.TALK, "用电安全宣讲", today - timedelta(days=3), target="辖区居民", heads=None)
        self.one(ActivityKind.CRAFT, "糕点手工课", today + timedelta(days=6), target="老年居民", heads=None,
                 places=12, named=14, helpers=2)  # fmt: skip
        if self.area.rich:
            self._articles(march, today)

    def _about(self, size: int) -> int:
        return max(6, size + self.rng.randrange(-size // 5, size // 5 + 1))

    def _articles(self, march: date, today: date) -> None:
        self.one(ActivityKind.SALON, "“双向奔赴 携爱同行”妇女节沙龙", march + timedelta(days=2), target="辖区女性",
                 heads=46, parts=((9, "非遗手工"), (10, "阅读赋能"), (11, "心理健康教育")), helpers=3)  # fmt: skip
        self.one(ActivityKind.PLANTING, "“浇”个朋友 拥抱成长植树", march + timedelta(days=7), target="幼儿及家长",
                 heads=52, children=26, minors=True, helpers=4, weather="下雨改为室内认养绿植",
                 hosts=((KINDERGARTEN, HostPart.CO), (PROPERTY, HostPart.CO)))  # fmt: skip
        self.one(ActivityKind.TRAINING, "残疾人插花技能培训", today - timedelta(days=24), target="残疾人", heads=0,
                 named=32, places=35, sensitive=True, modules=MODULES, helpers=2, speaker="姚老师",
                 hosts=((HOME, HostPart.LEAD), (NURSING, HostPart.CO), (PROPERTY, HostPart.CO)))  # fmt: skip
        self.one(ActivityKind.CRAFT, "老年人学做手工花", today - timedelta(days=17), target="老年居民", heads=4,
                 named=18, helpers=2)  # fmt: skip
        self.one(ActivityKind.TALK, "反诈宣讲进楼道", today + timedelta(days=11), target="老年居民", heads=None,
                 moved=today + timedelta(days=4))  # fmt: skip

    def one(
        self, kind: ActivityKind, title: str, on: date, *, target: str, heads: int | None, named: int = 0,
        children: int = 0, places: int | None = None, minors: bool = False, sensitive: bool = False,
        parts: Sequence[tuple[int, str]] = (), modules: Sequence[Sequence[str]] = (), speaker: str = "",
        hosts: Sequence[tuple[str, HostPart]] = (), helpers: int = 0, weather: str = "", moved: date | None = None,
    ) -> None:  # fmt: skip
        """One activity; without `heads` it was not held yet, or not written down."""
        area, done, rng = self.area, heads is not None, self.rng
        people = [self._name(rng) for _ in range(named)]
        inside = people if places is None else people[:places]
        days_held = max(1, len(modules))
        served = ((heads or 0) + len(inside)) * days_held if done else 0
        reported = days.at(on + timedelta(days=days_held), 9, rng.randrange(60))
        lead = rng.choice([area.secretary, *area.workers])
        asked = min(served, 20) if done else 0
        activity = self.kept.keep(
            Activity, community_id=area.id, kind=kind, title=title, on=on, place=self._place(), needed=max(1, helpers),
            state=ActivityState.DONE if done else ActivityState.PLANNED, served=served, target=target,
            report=f"{title}如期举办，参加者反响良好。" if done else "", reported_at=reported if done else None,
            reported_by=lead if done else None, lead_id=lead, places=places, filled=len(inside), minors=minors,
            sensitive=sensitive, cost_fen=rng.randrange(0, 12) * 10_000, weather_plan=weather,
            safety_person=self.demo.account_names[area.workers[0]], asked=asked,
            satisfied=max(0, asked - rng.randrange(3)) if asked else 0, moved_from=moved,
            moved_reason="场地临时有会" if moved else "",
        )  # fmt: skip
        for name, part in hosts:
            self.kept.keep(
                ActivityHost, community_id=area.id, activity_id=activity, unit_id=self.units[name], part=part
            )
        sessions = self._sessions(activity, on, heads, children, parts, modules, speaker)
        self._people(activity, people, len(inside), sessions if done else [], sensitive, on)
        self._help(activity, on, helpers, reported if done else None, lead)

    def _sessions(
        self, activity: int, on: date, heads: int | None, children: int, parts: Sequence[tuple[int, str]],
        modules: Sequence[Sequence[str]], speaker: str,
    ) -> list[int]:  # fmt: skip
        starts = [(on + timedelta(days=n), 9, 3, "", taught) for n, taught in enumerate(modules)]
        starts = starts or [(on, hour, 1, name, ()) for hour, name in parts] or [(on, 14, 2, "", ())]
        return [
            self.kept.keep(
                ActivitySession, community_id=self.area.id, activity_id=activity, on=day,
                starts_at=days.at(day, hour), ends_at=days.at(day, hour + length), title=name, speaker=speaker,
                modules=list(taught), heads=heads or 0, children=children,
                taken_at=None if heads is None else days.at(day, hour + length),
            )
            for day, hour, length, name, taught in starts
        ]  # fmt: skip

    def _people(
        self, activity: int, people: Sequence[tuple[str, str]], inside: int, sessions: Sequence[int], sensitive: bool,
        on: date,
    ) -> None:  # fmt: skip
        signed = min(self.demo.now, days.at(on - timedelta(days=9), 9))
        for number, (name, call) in enumerate(people):
            way = (SignUpWay.PAGE, SignUpWay.STAFF, SignUpWay.LIST)[number % 3]
            participant = self.kept.keep(
                ActivityParticipant, community_id=self.area.id, restricted=sensitive, activity_id=activity, name=name,
                name_index=name_index(name), phone=call, phone_index=blind_index(digits_of(call)),
                state=SeatState.IN if number < inside else SeatState.WAITING, way=way,
                receipt="".join(self.rng.choices(ALPHABET, k=12)), signed_at=signed + timedelta(minutes=7 * number),
                signed_by=None if way is SignUpWay.PAGE else self.area.workers[0],
            )  # fmt: skip
            for at, session in enumerate(sessions):
                if (number + at) % 13:  # now and then somebody misses a day
                    self.kept.keep(
                        ActivityPresence, community_id=self.area.id, session_id=session, participant_id=participant
                    )

    def _help(self, activity: int, on: date, count: int, reported: datetime | None, lead: int) -> None:
        for helper in self.rng.sample(self.helpers, min(count, len(self.helpers))):
            self.kept.keep(
                ActivityHelper, community_id=self.area.id, account_id=helper.account_id, activity_id=activity,
                volunteer_id=helper.id, task=self.rng.choice(("签到", "引导", "布置场地", "拍照")),
                named_at=min(self.demo.now, days.at(on - timedelta(days=4), 10)), named_by=lead,
            )  # fmt: skip
            if reported is None or on < self.demo.first:
                continue
            minutes = self.rng.choice((60, 90, 120, 180))
            self.kept.keep(
                ServiceRecord, community_id=self.area.id, account_id=helper.account_id, activity_id=activity,
                volunteer_id=helper.id, on=on, minutes=minutes, recorded_at=reported, recorded_by=lead,
            )  # fmt: skip
            self.demo.minutes[helper.id] += minutes
            self.demo.given[self.area.id, on.replace(day=1)] += minutes

    def _name(self, rng: Random) -> tuple[str, str]:
        return resident(rng), phone(rng)

    def _place(self) -> str:
        return self.rng.choice(self.area.places).name


def _quote(demo: Demo, rows: Sequence[tuple[type[Model], dict[str, Any]]]) -> None:
    """Two sentences with consent, one of them taken back since."""
    area = demo.areas[0]
    demo.bulk.flush()
    flowers = next(values for model, values in rows if model is Activity and values["title"] == "老年人学做手工花")
    persons = demo.bulk.connection.execute(
        select(Person.id)
        .where(Person.community_id == area.id, Person.restricted.is_(False))
        .order_by(Person.id)
        .limit(2)
    )
    given = demo.today - timedelta(days=16)
    for number, person in enumerate(persons.scalars()):
        consent = demo.bulk.add(
            Consent, community_id=area.id, person_id=person, scope=ConsentScope.STORY, given_on=given,
            way=ConsentWay.PAPER, witness="", told="说明了话会印在活动记录表上，可随时撤回",
            withdrawn_on=demo.today - timedelta(days=2) if number else None,
            withdrawn_reason="不想再登出来" if number else "", recorded_by=area.workers[0],
            recorded_at=days.at(given, 15),
        )  # fmt: skip
        demo.bulk.add(
            ActivityQuote, community_id=area.id, activity_id=flowers["id"], words=QUOTE if not number else "下回还来。",
            called="一位 71 岁的学员" if not number else "一位学员", consent_id=consent, added_by=area.workers[0],
            added_at=days.at(given, 16),
        )  # fmt: skip
