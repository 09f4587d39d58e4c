"""派单: who could go, in a useful order and with the reasons to read beside each name.

No score is shown and nobody is ranked for a board: fit comes first, and among equals whoever had the fewest turns
lately, so that the work is spread over many (the house draws no list of the diligent).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.rules.half_days import HALVES
from db.rules.half_days import SLOTS as SLOTS
from db.rules.half_days import WEEKDAYS as WEEKDAYS
from db.rules.orders.life import half_of

MOST_LIVE = 3
"""Open orders at which somebody is spared (house custom)."""


class Reason(StrEnum):
    """Why somebody is suggested, or what speaks against it; words are in `components.orders.words`."""

    USUAL = "usual"  # 这一户平时由其服务
    HELPED_BEFORE = "helped_before"  # 帮过这一户
    SKILL = "skill"  # 特长相符
    SAME_BUILDING = "same_building"  # 同一楼栋
    SAME_PLACE = "same_place"  # 同一小区
    FREE = "free"  # 时间合适
    NOT_FREE = "not_free"  # 登记的时间不合
    TIME_UNKNOWN = "time_unknown"  # 没有登记时间
    PARTY_MEMBER = "party_member"  # 党员
    FEW_TURNS = "few_turns"  # 近期单少
    BUSY = "busy"  # 手上已有单
    CHOSEN = "chosen"  # 工作人员指定
    SWAP = "swap"  # 换班


@dataclass(frozen=True, slots=True)
class Asked:
    """What the order asks for."""

    skill: str
    place_id: int
    building: str
    on: date | None
    time: str


@dataclass(frozen=True, slots=True)
class Helper:
    """A volunteer as far as dispatch must know."""

    id: int
    skills: Sequence[str]
    place_id: int | None
    building: str
    free_slots: Sequence[str]
    party_member: bool
    live: int = 0
    """Orders offered or accepted that are not done."""
    recent: int = 0
    """Turns of the last ninety days."""
    helped_here: int = 0
    usual: bool = False
    contested_here: bool = False
    declined: bool = False
    taken_slots: frozenset[tuple[date, str]] = field(default_factory=frozenset)
    """Days and halves already promised elsewhere; "" is the whole day."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One helper with the reasons, most telling first."""

    helper_id: int
    reasons: tuple[Reason, ...]


def slot_of(on: date, time: str) -> tuple[str, ...]:
    """The half days that would do: one, or all three of the day when no time was asked for."""
    half = half_of(time)
    weekday = WEEKDAYS[on.weekday()]
    return tuple(f"{weekday}-{one}" for one in ((half,) if half else HALVES))


def has_skill(skills: Iterable[str], wanted: str) -> bool:
    """Whether one of the skills is the wanted one, or part of it, as people name skills loosely (电工、水电工)."""
    wish = wanted.strip()
    return not wish or any(wish in skill or skill in wish for skill in skills if skill.strip())


def may_go(asked: Asked, helper: Helper) -> bool:
    """Whether somebody can be suggested at all."""
    if helper.contested_here or helper.declined or not has_skill(helper.skills, asked.skill):
        return False
    return not _promised_elsewhere(asked, helper)


def _promised_elsewhere(asked: Asked, helper: Helper) -> bool:
    if asked.on is None:
        return False
    half = half_of(asked.time)
    halves = {taken for on, taken in helper.taken_slots if on == asked.on}
    # Without a time the helper chooses one: only three promised halves leave none.
    return half in halves if half else halves.issuperset(HALVES)


def distance(asked: Asked, helper: Helper) -> int:
    """Steps to the door: 0 the same building, 1 the same estate, 2 elsewhere or unknown."""
    if helper.place_id is None or helper.place_id != asked.place_id:
        return 2
    return 0 if helper.building and helper.building == asked.building else 1


def _time(asked: Asked, helper: Helper) -> Reason | None:
    if asked.on is None:
        return None
    if not helper.free_slots:
        return Reason.TIME_UNKNOWN
    return Reason.FREE if set(slot_of(asked.on, asked.time)) & set(helper.free_slots) else Reason.NOT_FREE


_WORTH = {
    Reason.USUAL: 8,
    Reason.HELPED_BEFORE: 3,
    Reason.SKILL: 2,
    Reason.SAME_BUILDING: 3,
    Reason.SAME_PLACE: 2,
    Reason.FREE: 3,
    Reason.NOT_FREE: -4,
    Reason.BUSY: -6,
}


def reasons(asked: Asked, helper: Helper) -> tuple[Reason, ...]:
    """What speaks for somebody and what against, in the order in which it is read."""
    near = (Reason.SAME_BUILDING, Reason.SAME_PLACE, None)[distance(asked, helper)]
    found = (
        Reason.USUAL if helper.usual else None,
        Reason.HELPED_BEFORE if helper.helped_here and not helper.usual else None,
        Reason.SKILL if asked.skill.strip() else None,
        near,
        _time(asked, helper),
        Reason.PARTY_MEMBER if helper.party_member else None,
        Reason.FEW_TURNS if helper.recent == 0 and not helper.live else None,
        Reason.BUSY if helper.live >= MOST_LIVE else None,
    )
    return tuple(reason for reason in found if reason is not None)


def suggestions(asked: Asked, helpers: Iterable[Helper], *, most: int = 8) -> tuple[Suggestion, ...]:
    """Who could go: best fit first, then fewest recent turns and open orders, then a stable order."""
    able = [(helper, reasons(asked, helper)) for helper in helpers if may_go(asked, helper)]
    able.sort(key=lambda one: (-_fit(one[1]), one[0].recent + one[0].live, one[0].id))
    return tuple(Suggestion(helper.id, why) for helper, why in able[:most])


def _fit(why: Sequence[Reason]) -> int:
    return sum(_WORTH.get(reason, 0) for reason in why)
