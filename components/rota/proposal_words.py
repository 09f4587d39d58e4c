"""排班建议 in words: why somebody is proposed, why a place stays open, what a turn breaks, what could not be kept."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from components.wording import N_, _, noted, side_by_side
from components.wording.dates import clock, percent_tenths, short_day
from db.actions.rota.proposals import AWAY, BUSY, DAY, FULL, GONE, OVER, SKILL, THERE
from db.queries.rota.proposal import Draft, PersonName, SlotName
from db.rules.rota.proposal_input import NotHere, WhyHere
from db.rules.rota.proposal_reasons import OpenSlot, Share

HERE = {
    WhyHere.ONLY: N_("只有其可去"),
    WhyHere.SKILL: N_("特长相符"),
    WhyHere.FREE: N_("时间合适"),
    WhyHere.TIME_UNKNOWN: N_("没有登记时间"),
    WhyHere.KNOWS: N_("熟悉该点位"),
    WhyHere.TOGETHER: N_("与同伴一起"),
    WhyHere.FEW_TURNS: N_("班次少"),
    WhyHere.BY_HAND: N_("人工指定"),
}
AGAINST = {
    NotHere.SKILL: N_("没有所需特长"),
    NotHere.PAUSE: N_("暂停服务"),
    NotHere.NOT_FREE: N_("登记的时间不合"),
    NotHere.BUSY: N_("同时另有安排"),
    NotHere.WEEK: N_("本周已满"),
    NotHere.DAY: N_("当天已满"),
    NotHere.GAP: N_("两班间隔太短"),
    NotHere.FULL: N_("名额已排满"),
    NotHere.COULD: N_("还可以安排"),
}
LEFT = {
    GONE: N_("已不在服务"),
    AWAY: N_("这一天暂停服务或缺监护人同意"),
    SKILL: N_("没有点位要求的特长"),
    FULL: N_("名额已被占"),
    OVER: N_("班次已取消或已开始"),
    BUSY: N_("同时另有安排"),
    DAY: N_("当天超过 12 小时"),
    THERE: N_("已在班上"),
}


def here_words(reasons: Iterable[WhyHere]) -> str:
    """Why somebody is proposed."""
    return side_by_side(_(HERE[one]) for one in reasons)


def against_words(against: Mapping[NotHere, int]) -> str:
    """How many people or slots are kept out by what, the most first."""
    parts = sorted(against.items(), key=lambda one: (-one[1], one[0]))
    return side_by_side(_("{why} {n}", why=_(AGAINST[why]), n=count) for why, count in parts)


def person_words(person: PersonName | None) -> str:
    """A masked name with its number; who is not to be found any more has none."""
    return noted(person.name, person.number) if person else _("已不在名册")


def slot_words(slot: SlotName | None) -> str:
    """Day, times and post."""
    return f"{short_day(slot.on)} {times(slot)} {slot.post}" if slot else _("班次已变动")


def times(slot: SlotName) -> str:
    """From when to when; an end on the next day says so."""
    ends = clock(slot.ends_at)
    if ends <= clock(slot.starts_at):
        ends = _("次日 {time}", time=ends)
    return f"{clock(slot.starts_at)}–{ends}"


def open_words(one: OpenSlot) -> str:
    """Why a slot is not full."""
    if not one.people:
        return _("没有可以安排的人")
    return _("没有人有这项特长") if one.nobody_able else against_words(one.against)


def share_words(one: Share) -> str:
    """Why somebody has no more turns."""
    others: dict[NotHere, int] = {why: count for why, count in one.against.items() if why is not NotHere.FULL}
    if not others:
        return _("其余班次都排满了")
    return against_words(others)


def quality_words(draft: Draft) -> str:
    """How good the draft is: what is proven, or how far it can be from the best."""
    result = draft.result
    if result.get("by_hand"):
        return _("已人工调整。")
    if not result:
        return ""
    first = _("已证明不能排得更满。") if result.get("full") else _("时间用完，也许还能排得更满。")
    if result.get("proven"):
        second = _("在此前提下，均衡和意愿也已最好。")
    elif result_share(result) >= 1:
        second = _("均衡和意愿离最好有多远还不知道。")
    else:
        second = _("均衡和意愿与最好的至多差 {share}。", share=percent_tenths(result_share(result)))
    return first + second + _("按先难后易手工排会空 {n} 个。", n=result.get("greedy_open", 0))


def result_share(result: Mapping[str, object]) -> Fraction:
    """The gap, stored as parts of ten thousand."""
    return Fraction(int(str(result.get("gap", 0))), 10_000)
