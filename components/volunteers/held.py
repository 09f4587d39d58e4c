"""What a volunteer has in hand, in words: said before they end, and said again when it is set free."""

from collections.abc import Mapping

from components.wording import N_, _, side_by_side
from db.queries.volunteers.card import Holdings

HELD = {
    "places": N_("岗位 {n} 个"),
    "orders": N_("订单 {n} 单"),
    "series": N_("定期服务 {n} 项"),
    "pairings": N_("结对 {n} 户"),
    "turns": N_("班次 {n} 个"),
    "activities": N_("活动 {n} 场"),
    "stalls": N_("集市摊位 {n} 个"),
    "escorts": N_("陪访 {n} 位"),
    "squads": N_("队伍 {n} 支"),
    "led": N_("带的队伍 {n} 支"),
    "codes": N_("个人码 {n} 个"),
}
"""What somebody holds, by the name under which ending them sets it free."""


def held_words(holds: Holdings) -> str:
    """What somebody has in hand, and what becomes of it when they end."""
    what = _counted(
        places=holds.places, orders=holds.orders, series=holds.series, pairings=holds.pairings, turns=holds.turns,
        activities=holds.activities, stalls=holds.stalls, escorts=holds.escorts, squads=holds.squads, led=holds.led,
        codes=holds.codes,
    )  # fmt: skip
    if not what:
        return _("手上没有要放空的。")
    return _(
        "手上有：{what}。退出时一并放空：位置和班次空出，订单退回派单，定期服务不再默认派给他，结对结束，"
        "摊位和陪访待补人，个人码作废，离开各支队伍。",
        what=what,
    )


def freed_words(freed: Mapping[str, int]) -> str:
    """What was set free, as `end_volunteer` counted it."""
    what = _counted(**freed)
    return _("已退出，放空：{what}", what=what) if what else _("已退出，手上没有要放空的")


def paused_words(freed: Mapping[str, int]) -> str:
    """What was set free, as `pause_volunteer` counted it."""
    what = _counted(**freed)
    return _("已暂停，到期自动恢复；期间放空：{what}，请另请人", what=what) if what else _("已暂停，到期自动恢复")


def _counted(**counts: int) -> str:
    return side_by_side(_(words, n=counts[name]) for name, words in HELD.items() if counts.get(name))
