"""The frame of the invented subdistrict: communities, places, categories, accounts, house rules, weights."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from db.counters import day_of
from db.demo import days
from db.demo.bulk import Bulk
from db.demo.names import office_holders
from db.demo.needs.words import topics
from db.models import (
    Account,
    Category,
    Community,
    HolidayOverride,
    NameReading,
    Place,
    RecoveryCode,
    RunningNumber,
    ScreenChoice,
    ScreeningWeights,
    ScreenState,
    SecondFactor,
    Subdistrict,
    blind_index,
)
from db.rules.accounts.codes import RECOVERY_CODES, STEP
from db.rules.needs.screening import Weights
from db.rules.screen.parts import kept_as
from db.rules.workdays import mondays
from db.terms import NeedStage, PlaceKind, ReadingKind, Role, ScreenPart

PASSWORD = "liushu-xia-he-cha"
SUBDISTRICT, DISTRICT = "澄湖街道", "虚拟区"
COMMUNITIES = (
    ("柳林社区", "LL"),
    ("荷塘社区", "HT"),
    ("桂雨社区", "GY"),
    ("望澄社区", "WC"),
    ("梧桐里社区", "WT"),
    ("星桥社区", "XQ"),
    ("稻香社区", "DX"),
    ("芦汀社区", "LT"),
    ("枫岸社区", "FA"),
    ("竹溪社区", "ZX"),
    ("听雨社区", "TY"),
    ("晴湾社区", "QW"),
)
RICH_PLACES = (
    ("柳林小区", PlaceKind.ESTATE, 860),
    ("柳林东苑", PlaceKind.ESTATE, 720),
    ("望柳花园", PlaceKind.ESTATE, 640),
    ("桥头新村", PlaceKind.ESTATE, 540),
    ("柳林巷", PlaceKind.STREET, 130),
    ("澄湖东街", PlaceKind.STREET, 122),
    ("柳荫广场", PlaceKind.PUBLIC, 0),
    ("社区党群服务中心", PlaceKind.PUBLIC, 0),
)
READINGS = ((ReadingKind.PLACE, "十里堡", "shi li bao"), (ReadingKind.SURNAME, "佴", "nai"))
CATEGORIES_EN = (
    "Elders and children",
    "Surroundings",
    "Skills and work",
    "Health",
    "Mediation and law",
    "Repairs and safety",
)


@dataclass(slots=True)
class PlaceAt:
    """A place with what the generators ask of it."""

    id: int
    name: str
    kind: PlaceKind
    households: int


@dataclass(slots=True)
class Door:
    """A household that is known, and whom the worker talks to there."""

    id: int
    place: int
    building: str
    worker: int
    name: str
    phone: str
    restricted: bool
    every: int
    """How often it is visited, as a weight (docs/domain.md 7.3)."""


@dataclass
class Area:
    """One community: ids of its people and places, and how much happens in it."""

    id: int
    name: str
    code: str
    rich: bool
    places: list[PlaceAt] = field(default_factory=list)
    secretary: int = 0
    workers: list[int] = field(default_factory=list)
    leaders: list[int] = field(default_factory=list)
    volunteers: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    """Accounts of council members."""
    doors: list[Door] = field(default_factory=list)
    weights: list[tuple[date, Weights]] = field(default_factory=list)
    numbers: Counter[tuple[str, int]] = field(default_factory=Counter)
    disputes: dict[str, tuple[int, str, datetime]] = field(default_factory=dict)
    """Id, number and beginning of each dispute, by title."""

    def number(self, series: str, year: int) -> str:
        """The next running number, as `db.actions.numbering` would give it."""
        self.numbers[series, year] += 1
        return f"{self.code}-{series}{year}-{self.numbers[series, year]:04d}"

    def weights_on(self, day: date) -> Weights:
        """The weights in force on a day."""
        return next(weights for since, weights in reversed(self.weights) if since <= day)

    @property
    def households(self) -> int:
        """Households known at scale 1."""
        return 900 if self.rich else 120

    def needs(self, scale: int) -> int:
        """Needs of a year, beside those that the council takes up, whose number is the same at any size."""
        own, taken_up = (340, 105) if self.rich else (43, 8)
        return own * scale + taken_up * (scale - 1)

    @property
    def visits(self) -> int:
        """Visits of a year at scale 1, beside those that brought a need."""
        return 2200 if self.rich else 180


@dataclass(frozen=True)
class Ordered:
    """A need that became an order: which, of whom, since when, and when and how it ended (None: not yet)."""

    need: int
    title: str
    door: Door
    routed: datetime
    done: datetime | None
    said: str


@dataclass
class Demo:
    """What every generator needs: where rows go, what day it is, how big it shall be."""

    bulk: Bulk
    today: date
    scale: int
    seed: str = "澄湖"
    subdistrict: int = 1
    areas: list[Area] = field(default_factory=list)
    admins: list[int] = field(default_factory=list)
    names: Iterator[str] = field(default_factory=lambda: iter(()))
    account_names: dict[int, str] = field(default_factory=dict)
    flow: Counter[tuple[int, date, NeedStage]] = field(default_factory=Counter)
    logged: Counter[tuple[int, date, NeedStage]] = field(default_factory=Counter)

    minutes: Counter[int] = field(default_factory=Counter)
    """Service in projects, by volunteer."""
    given: Counter[tuple[int, date]] = field(default_factory=Counter)
    """Service in projects, by community and month."""
    ordered: list["Ordered"] = field(default_factory=list)
    """Needs that were routed to personal service, told before the orders are."""

    @cached_property
    def overrides(self) -> dict[date, bool]:
        """The one day that the subdistrict declared free, on the day before it."""
        return {days.next_workday(self.today - timedelta(days=40)): False}

    @cached_property
    def now(self) -> datetime:
        """The story ends at midnight before the day of building, so that one day always gives one result."""
        return days.at(self.today, 0)

    @cached_property
    def first(self) -> date:
        """The first day of history."""
        return self.today - timedelta(days=days.BACK)

    @cached_property
    def weeks(self) -> list[date]:
        """Mondays of the history."""
        return mondays(self.first, self.today)

    def rng(self, *about: object) -> Random:
        """A generator of its own for every purpose: one more row here changes nothing there."""
        return Random("|".join(map(str, (self.seed, *about))))

    def signed_at(self, area: Area, week: date) -> datetime | None:
        """When the week was signed; the rich community still has last week to sign, everybody the running one."""
        moment = days.at(days.next_workday(week + timedelta(days=7)), 9, 10 + area.id)
        waits = area.rich or area.id % 5 == 0
        return moment if moment + timedelta(days=7 if waits else 0) < self.now else None

    def entered(self, area: Area, stage: NeedStage, moment: datetime, *, new: bool = False) -> None:
        """Count a need that came to a stage."""
        self.flow[area.id, day_of(moment), stage] += 1
        if new:
            self.logged[area.id, day_of(moment), stage] += 1


def lay(demo: Demo, password_hash: str) -> None:
    """Write the frame."""
    demo.names = iter(office_holders(demo.rng("names")))
    bulk = demo.bulk
    demo.subdistrict = bulk.add(Subdistrict, name=SUBDISTRICT, district=DISTRICT)
    for position, name in enumerate(topics()[0], 1):
        bulk.add(
            Category,
            subdistrict_id=demo.subdistrict,
            name=name,
            name_en=CATEGORIES_EN[position - 1],
            position=position,
        )
    wide = (
        (Role.SUBDISTRICT_ADMIN, "jiedao"),
        (Role.SUBDISTRICT_ADMIN, "kaoping1"),
        (Role.SUBDISTRICT_ADMIN, "kaoping2"),
        (Role.AUDITOR, "shenji"),
        (Role.DISTRICT_VIEWER, "quji"),
    )
    for role, username in wide:
        account = _account(demo, role, username, None, password_hash)
        if role is Role.SUBDISTRICT_ADMIN:
            demo.admins.append(account)
    _second_factor(demo, demo.admins[-1])
    for position, (name, code) in enumerate(COMMUNITIES):
        _community(demo, position, name, code, password_hash)
    for day, workday in demo.overrides.items():
        note = "街道统一停电检修，调休一天"
        bulk.add(HolidayOverride, subdistrict_id=demo.subdistrict, day=day, workday=workday, note=note)
    for kind, written, sounds in READINGS:
        bulk.add(NameReading, subdistrict_id=demo.subdistrict, kind=kind, written=written, sounds=sounds)


def _second_factor(demo: Demo, account: int) -> None:
    """One administrator signs in with an app beside the password, and has used a code on paper once."""
    rng, since = demo.rng("second factor"), days.at(demo.today - timedelta(days=60), 9)
    secret = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=32))
    step = int(since.timestamp()) // STEP
    demo.bulk.add(SecondFactor, account_id=account, secret=secret, last_step=step, since=since)
    for number in range(RECOVERY_CODES):
        index = blind_index(f"recovery:{rng.getrandbits(64):x}")
        used = days.at(demo.today - timedelta(days=9), 8, 40) if number == 0 else None
        demo.bulk.add(RecoveryCode, account_id=account, code_index=index, made_at=since, used_at=used)


def _community(demo: Demo, position: int, name: str, code: str, password_hash: str) -> None:
    rng, rich = demo.rng("frame", code), position == 0
    places = RICH_PLACES if rich else _places(name.removesuffix("社区").removesuffix("里"), rng)
    households = sum(count for _, _, count in places)
    area = Area(
        demo.bulk.add(
            Community,
            subdistrict_id=demo.subdistrict,
            name=name,
            code=code,
            households=households * demo.scale,
            residents=households * demo.scale * 29 // 10,
            desk_phone=f"0571-5555 01{position:02d}",
        ),
        name,
        code,
        rich,
    )
    demo.areas.append(area)
    for place, kind, count in places:
        number = demo.bulk.add(Place, community_id=area.id, name=place, kind=kind, households=count * demo.scale)
        area.places.append(PlaceAt(number, place, kind, count * demo.scale))
    prefix = "" if rich else f"{code.lower()}_"

    def accounts(role: Role, stem: str, count: int) -> list[int]:
        """One account without a number, several with one."""
        endings = [str(number) for number in range(1, count + 1)] if count > 1 else [""]
        return [
            _account(demo, role, f"{prefix}{stem}{ending}", area.id, password_hash, first=ending in ("", "1"))
            for ending in endings
        ]

    area.secretary = accounts(Role.SECRETARY, "shuji", 1)[0]
    area.workers = accounts(Role.AREA_WORKER, "shegong", 8 if rich else 2)
    area.leaders = accounts(Role.TEAM_LEADER, "duizhang", 4 if rich else 1)
    area.members = accounts(Role.COUNCIL_MEMBER, "yishi", 8 if rich else 1)
    area.volunteers = accounts(Role.VOLUNTEER, "zhiyuan", 6) if rich else []
    accounts(Role.DISPLAY, "pingmu", 1)
    _weights(demo, area)
    demo.bulk.add(ScreenState, community_id=area.id, changed_at=demo.now)
    if rich:
        demo.bulk.add(
            ScreenChoice,
            community_id=area.id,
            parts=kept_as(one for one in ScreenPart if one is not ScreenPart.FIGURES),
            chosen_by=area.secretary,
            chosen_at=demo.now,
        )


def _places(stem: str, rng: Random) -> list[tuple[str, PlaceKind, int]]:
    return [
        (f"{stem}新村", PlaceKind.ESTATE, rng.randrange(500, 900)),
        (f"{stem}花园", PlaceKind.ESTATE, rng.randrange(400, 800)),
        (f"{stem}路", PlaceKind.STREET, rng.randrange(80, 160)),
        (f"{stem}公园", PlaceKind.PUBLIC, 0),
    ]


def _account(
    demo: Demo,
    role: Role,
    username: str,
    community_id: int | None,
    password_hash: str,
    *,
    first: bool = False,
) -> int:
    # Restricted programmes are for the secretary and one named worker (docs/domain.md A1-16).
    named = first and role in (Role.SECRETARY, Role.AREA_WORKER)
    name = "会议室屏幕" if role is Role.DISPLAY else next(demo.names)
    number = demo.bulk.add(
        Account,
        subdistrict_id=demo.subdistrict,
        username=username,
        name=name,
        role=role,
        community_id=community_id,
        password_hash=password_hash,
        sees_restricted=named,
        created_at=days.at(demo.first - timedelta(days=500), 9),
    )
    demo.account_names[number] = name
    return number


def _weights(demo: Demo, area: Area) -> None:
    """Everybody begins with the rubric's weights; the rich community has since given reach and feasibility more."""
    steps = [(demo.first - timedelta(days=500), Weights())]
    if area.rich:
        steps.append((demo.today - timedelta(days=200), Weights(30, 35, 35)))
    for since, weights in steps:
        area.weights.append((since, weights))
        demo.bulk.add(
            ScreeningWeights,
            community_id=area.id,
            demand=weights.demand,
            reach=weights.reach,
            feasibility=weights.feasibility,
            valid_from=since,
            set_by=area.secretary,
            set_at=days.at(since, 9, 30),
        )


def close(demo: Demo) -> None:
    """Write how far each running number has come."""
    for area in demo.areas:
        for (series, year), last in sorted(area.numbers.items()):
            demo.bulk.add(RunningNumber, community_id=area.id, series=series, year=year, last=last)
