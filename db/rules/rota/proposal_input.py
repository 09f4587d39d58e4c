"""What a proposal of a roster is made from and what it comes to: people, places in slots, limits, the filling.

Nothing here knows a name: people and slots are ids. A half day is a word of `Volunteer.free_slots` ("mon-am").
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from db.rules.orders.dispatch import WEEKDAYS
from db.rules.zone import CHINA

Span = tuple[datetime, datetime]
"""From one moment to another; the end is outside."""
Pair = tuple[int, int]
"""A person and a slot, or two people, by id."""


class NotHere(StrEnum):
    """Why somebody is not proposed for a slot; words are in `components.rota.proposal_words`."""

    SKILL = "skill"  # 没有所需特长
    PAUSE = "pause"  # 暂停服务
    NOT_FREE = "not_free"  # 登记的时间不合
    BUSY = "busy"  # 同时另有安排
    WEEK = "week"  # 本周已满
    DAY = "day"  # 当天已满
    GAP = "gap"  # 间隔太短
    FULL = "full"  # 已经排满
    COULD = "could"  # 可以，尚未安排


class WhyHere(StrEnum):
    """Why somebody is proposed for a slot; words are in `components.rota.proposal_words`."""

    SKILL = "skill"  # 特长相符
    FREE = "free"  # 时间合适
    TIME_UNKNOWN = "time_unknown"  # 没有登记时间
    KNOWS = "knows"  # 熟悉该点位
    TOGETHER = "together"  # 与同伴一起
    ONLY = "only"  # 只有其可去
    FEW_TURNS = "few_turns"  # 班次少
    BY_HAND = "by_hand"  # 人工指定


@dataclass(frozen=True, slots=True)
class Helper:
    """A person who may be asked to serve."""

    id: int
    free: frozenset[str] = frozenset()
    """Half days that suit; empty when nobody has written them down."""
    skills: tuple[str, ...] = ()
    held: tuple[Span, ...] = ()
    """Turns that stand already: they count for limits, fairness and the hours between."""
    busy: tuple[Span, ...] = ()
    """What else was promised: orders, activities."""
    pauses: tuple[tuple[date, date], ...] = ()
    """First and last days on which they do not serve."""
    likes: frozenset[int] = frozenset()
    """Posts that they know or that are near."""
    per_week: int | None = None
    """Their own most turns a week, below the common one."""


@dataclass(frozen=True, slots=True)
class Need:
    """A slot with places to fill."""

    id: int
    post_id: int
    starts_at: datetime
    ends_at: datetime
    places: int
    skill: str = ""

    @property
    def on(self) -> date:
        """The Chinese day on which it starts."""
        return self.starts_at.astimezone(CHINA).date()

    @property
    def span(self) -> Span:
        """Its time."""
        return self.starts_at, self.ends_at


@dataclass(frozen=True, slots=True)
class Limits:
    """What nobody is asked beyond."""

    per_week: int = 3
    """Turns from Monday to Sunday."""
    per_day: int = 1
    hours_between: int = 8
    """Hours from the end of one turn to the start of the next."""
    unknown_free: bool = True
    """Whether somebody whose half days nobody has written down may be asked at any time."""

    @property
    def between(self) -> timedelta:
        """The hours between two turns."""
        return timedelta(hours=self.hours_between)


@dataclass(frozen=True, slots=True)
class RosterInput:
    """What the desk's form says: days from and to, and the limits; unchecked."""

    first_on: date | None = None
    last_on: date | None = None
    per_week: int | None = 3
    per_day: int | None = 1
    hours_between: int | None = 8
    unknown_free: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the desk: whom there is, what is to be filled, within which limits."""

    helpers: tuple[Helper, ...]
    needs: tuple[Need, ...]
    limits: Limits = field(default_factory=Limits)
    together: tuple[Pair, ...] = ()
    """People who would like to serve beside each other."""


Filling = frozenset[Pair]
"""Who serves where: (person, slot)."""


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How good a filling is, the smaller the better: places left open first, then `cost`."""

    open: int
    cost: int


FAIR, LIKED, TOGETHER = 4, 1, 2
"""What an uneven load costs, and what a liked post and a pair in one slot are worth (house custom)."""


def score(asked: Asked, filling: Iterable[Pair]) -> Score:
    """Places left open, and squares of loads (with turns that stand) less what was liked and who is together."""
    pairs = set(filling)
    likes = {helper.id: helper.likes for helper in asked.helpers}
    posts = {need.id: need.post_id for need in asked.needs}
    loads = loads_of(asked, pairs)
    cost = FAIR * sum(load * load for load in loads.values())
    cost -= LIKED * sum(posts[slot] in likes[person] for person, slot in pairs)
    beside = ((one, other, need.id) for one, other in asked.together for need in asked.needs)
    cost -= TOGETHER * sum((one, slot) in pairs and (other, slot) in pairs for one, other, slot in beside)
    return Score(sum(need.places for need in asked.needs) - len(pairs), cost)


def loads_of(asked: Asked, filling: Iterable[Pair]) -> dict[int, int]:
    """Turns of each person, those that stand and those that are proposed."""
    loads = {helper.id: len(helper.held) for helper in asked.helpers}
    for person, _slot in filling:
        loads[person] += 1
    return loads


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def day_of(moment: datetime) -> date:
    """The Chinese day of a moment."""
    return moment.astimezone(CHINA).date()


_NOON, _EVENING, _MORNING = time(12), time(18), time(6)


def halves_of(span: Span) -> frozenset[str]:
    """The half days that a time touches; the hours from midnight to six belong to the evening before."""
    at, end = (moment.astimezone(CHINA) for moment in span)
    touched = set()
    while at < end:
        clock, day = at.time(), at.date()
        if clock < _MORNING:
            half, day, until = "eve", day - timedelta(days=1), datetime.combine(at.date(), _MORNING, CHINA)
        elif clock < _NOON:
            half, until = "am", datetime.combine(day, _NOON, CHINA)
        elif clock < _EVENING:
            half, until = "pm", datetime.combine(day, _EVENING, CHINA)
        else:
            half, until = "eve", datetime.combine(day + timedelta(days=1), _MORNING, CHINA)
        touched.add(f"{WEEKDAYS[day.weekday()]}-{half}")
        at = until
    return frozenset(touched)


def overlap(one: Span, other: Span, between: timedelta = timedelta()) -> bool:
    """Whether two times meet, or lie less than `between` apart."""
    return one[0] < other[1] + between and other[0] < one[1] + between


def by_id(asked: Asked) -> tuple[Mapping[int, Helper], Mapping[int, Need]]:
    """People and slots to look up."""
    return {one.id: one for one in asked.helpers}, {one.id: one for one in asked.needs}
