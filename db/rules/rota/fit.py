"""哪一班适合谁: the reasons beside a slot, or beside a name, and the order in which they are read.

No score is shown and nobody is ranked: fit first, then whoever had the fewest turns lately.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from db.rules.orders.dispatch import has_skill
from db.rules.rota.conflicts import Against, Soft


class Why(StrEnum):
    """Why a slot is shown first, or somebody is suggested."""

    FREE = "free"  # 您有空的时间
    NEAR = "near"  # 在您的小区
    SKILL = "skill"  # 用得上特长
    AGAIN = "again"  # 做过这个点位
    SHORT = "short"  # 还缺人
    FEW = "few"  # 近期班少
    TIME_UNKNOWN = "time_unknown"  # 没有登记时间


_WORTH = {Why.FREE: 4, Why.NEAR: 3, Why.SKILL: 3, Why.AGAIN: 1, Why.SHORT: 1, Why.FEW: 1}
_COST = {Soft.NOT_FREE: 4, Soft.CLOSE: 3, Soft.SECOND: 3}


def reasons(
    *,
    skill: str,
    skills: Collection[str],
    near: bool,
    free_slots: Sequence[str],
    needed: Collection[str],
    again: bool = False,
    short: bool = False,
    few: bool = False,
) -> tuple[Why, ...]:
    """Why a volunteer and a slot go together; `needed` are the half days of the slot."""
    found = (
        Why.FREE if free_slots and set(needed) <= set(free_slots) else None,
        Why.NEAR if near else None,
        Why.SKILL if skill.strip() and has_skill(skills, skill) else None,
        Why.AGAIN if again else None,
        Why.SHORT if short else None,
        Why.FEW if few else None,
        Why.TIME_UNKNOWN if not free_slots else None,
    )
    return tuple(one for one in found if one is not None)


def worth(why: Collection[Why], stands: Against) -> int:
    """How far forward it is shown; never drawn."""
    return sum(_WORTH.get(one, 0) for one in why) - sum(_COST[one] for one in stands.soft)


def able(skill: str, skills: Collection[str]) -> bool:
    """Whether somebody can do what the post asks for."""
    return has_skill(skills, skill)
