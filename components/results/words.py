"""A figure in words: its value, its parts, its definition, and the sentence in which it is reported."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from components.kpi import Kpi
from components.wording import _
from components.wording.dates import change_of, day, hours, number, percent_tenths
from db.queries.results.figures import Results
from db.rules.results.figures import Base, Share, interval
from db.rules.results.period import Period, year_before
from db.terms import ResultFigure

F = ResultFigure


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it is shown and, where it has a base, as it is reported."""

    card: Kpi
    sentence: str


def span(period: Period, show: Callable[[date], str] = day) -> str:
    """From when to when, and that a running period is not over."""
    said = _("{since} 至 {until}", since=show(period.since), until=show(period.until))
    return said + _("（未满）") if period.running else said


def rate(share: Share) -> str:
    """98.1%, a dash without a base."""
    return "—" if share.value is None else f"{percent_tenths(share.value)}%"


def _of(share: Share) -> dict[str, str]:
    return {"part": number(share.part), "whole": number(share.whole)}


def _small(share: Share) -> str:
    return _("样本不足 30（n={n}），仅供参考", n=share.whole) if share.base is Base.FEW else ""


def _none(label: str, parts: tuple[str, ...], definition: str) -> Told:
    return Told(Kpi(label, _("暂无数据"), parts, definition, word=True), "")


def told(found: Results, period: Period, against: Period, squad: str) -> dict[ResultFigure, Told]:
    """Every figure in words; `squad` is the name of the one that narrows the sessions."""
    return {
        F.PARTICIPATION: _participation(found, period, against),
        F.SOLVED: _solved(found, period),
        F.HOURS: _hours(found, period),
        F.SATISFACTION: _satisfaction(found, period),
        F.SESSIONS: _sessions(found, period, squad),
        F.BENEFICIARIES: _beneficiaries(found, period),
        F.LIVELIHOOD: _livelihood(found, period),
    }


def _participation(found: Results, period: Period, against: Period) -> Told:
    now, then, label = found.participation, found.before, _("党员参与率")
    parts = (
        _(
            "{day}：{part}/{whole}（{rate}）",
            day=day(period.until),
            part=number(now.part),
            whole=number(now.whole),
            rate=rate(now),
        ),
        _(
            "{day}：{part}/{whole}（{rate}）",
            day=day(against.until),
            part=number(then.part),
            whole=number(then.whole),
            rate=rate(then),
        ),
        _("另有 {n} 名期内服务过、期末已不在册", n=number(found.left)) if found.left else "",
    )
    definition = _(
        "参与党员数 ÷ 党员总数。参与：期内至少有一条确认的服务记录（活动、班次，或居民确认的订单）；"
        "总数：期末当天在册党员。没有关联志愿者的党员算未参与。"
    )
    if not now.whole:
        return _none(label, (span(period),), definition)
    values = {"day": day(period.until), "whole": number(now.whole), "part": number(now.part), "rate": rate(now)}
    if then.whole:
        values |= {"then": day(against.until), "was": rate(then), "a": number(then.part), "b": number(then.whole)}
        sentence = _(
            "截至 {day}，{whole} 名党员中有 {part} 名参与志愿服务，参与率 {rate}；{then} 为 {was}（{a}/{b}）。",
            **values,
        )
    else:
        sentence = _("截至 {day}，{whole} 名党员中有 {part} 名参与志愿服务，参与率 {rate}。", **values)
    return Told(Kpi(label, f"{rate(then)} → {rate(now)}", parts, definition, _small(now)), sentence)


def _solved(found: Results, period: Period) -> Told:
    label, of = _("解决问题"), found.matters
    definition = _(
        "期内办结的需求、订单和投诉各算一件：归并的需求算一件，需求转来的订单和投诉、重复投诉不另算，反弹的投诉退回未解决。"
        "解决：提出人确认（评价不是不满意、未评价）；没有确认的算已办或已答复。"
    )
    if not of.whole:
        return _none(label, (span(period),), definition)
    parts = (
        _("确认解决/办结：{part}/{whole}", part=number(of.solved), whole=number(of.whole)),
        _("已办或已答复 {n} 件", n=number(of.answered)),
        _("已转办 {n} 件", n=number(of.referred)),
        span(period),
    )
    sentence = _(
        "{span}，为群众解决问题 {n} 件（提出人确认）；另有 {answered} 件已办或已答复、{referred} 件已转办。",
        span=span(period), n=number(of.solved), answered=number(of.answered), referred=number(of.referred),
    )  # fmt: skip
    return Told(Kpi(label, _("{n} 件", n=number(of.solved)), parts, definition), sentence)


def _hours(found: Results, period: Period) -> Told:
    label, of, was = _("服务时长同比"), found.minutes, year_before(period)
    definition = _("期内确认的服务时长 ÷ 去年同期 − 1。活动、班次和居民确认的订单都算；未满的时期比去年同样的天数。")
    parts = (
        _("{span}：{hours}", span=span(period), hours=hours(of.now)),
        _("{span}：{hours}", span=span(was), hours=hours(of.before)),
    )
    if not of.now and not of.before:
        return _none(label, parts, definition)
    values = {"span": span(period), "now": hours(of.now), "before": hours(of.before)}
    if of.change is None:
        sentence = _("{span}，志愿服务时长 {now}，去年同期没有记录。", **values)
        return Told(Kpi(label, hours(of.now), parts, definition, _("去年同期没有记录，不算同比")), sentence)
    change = change_of(of.before, of.now)
    sentence = _("{span}，志愿服务时长 {now}，去年同期 {before}，同比 {change}。", change=change, **values)
    return Told(Kpi(label, change, parts, definition), sentence)


def _satisfaction(found: Results, period: Period) -> Told:
    label, share = _("群众满意率"), found.opinions.satisfied
    definition = _(
        "（很满意+满意）÷ 有效评价数：订单、回音和投诉回访的评价各算一次，未评价和复核中的不算。"
        "回访率：有效评价 ÷ 应回访数。区间：真实比率有 95% 的把握落在其中（威尔逊法）。"
    )
    bounds = interval(share)
    if bounds is None:
        return _none(label, (span(period),), definition)
    low, high = (f"{percent_tenths(Fraction(one))}%" for one in bounds)
    replied, orders = found.opinions.replied, found.of_orders.satisfied
    parts = (
        _("满意/有效评价：{part}/{whole}", **_of(share)),
        _("95% 区间：{low}–{high}", low=low, high=high),
        _(
            "回访率：{part}/{whole}（{rate}）",
            part=number(replied.part),
            whole=number(replied.whole),
            rate=rate(replied),
        ),
        _("其中订单：{part}/{whole}", **_of(orders)),
        span(period),
    )
    sentence = _(
        "{span}，群众满意率 {rate}（{part}/{whole}，回访率 {replied}，95% 区间 {low}–{high}）。",
        span=span(period), rate=rate(share), **_of(share), replied=rate(replied), low=low, high=high,
    )  # fmt: skip
    return Told(Kpi(label, rate(share), parts, definition, _small(share)), sentence)


def _sessions(found: Results, period: Period, squad: str) -> Told:
    label, n = _("服务场次"), found.activities + found.orders
    definition = _("期内已完成的活动和订单各算一场；选了队伍，只算当天在队的人服务过的。")
    parts = (
        _("活动 {n} 场", n=number(found.activities)), _("订单 {n} 场", n=number(found.orders)),
        squad or _("全部队伍"), span(period),
    )  # fmt: skip
    who = squad or _("各支队伍")
    sentence = _("{span}，{who}开展服务 {n} 场次。", span=span(period), who=who, n=number(n)) if n else ""
    return Told(Kpi(label, _("{n} 场", n=number(n)), parts, definition), sentence)


def _beneficiaries(found: Results, period: Period) -> Told:
    label = _("受益居民")
    definition = _("期内完成的订单：按住户去重的算受益户，没有登记住户的每件算一户；每个订单是一个心愿。")
    parts = (_("心愿 {n} 个", n=number(found.wishes)), span(period))
    values = {"span": span(period), "people": number(found.people), "wishes": number(found.wishes)}
    sentence = _("{span}，为 {people} 户居民实现心愿 {wishes} 个。", **values) if found.wishes else ""
    return Told(Kpi(label, _("{n} 户", n=number(found.people)), parts, definition), sentence)


def _livelihood(found: Results, period: Period) -> Told:
    label, share = _("党员领办民生项目"), found.livelihood
    definition = _("期内在办或验收的民生实事项目（不含终止的）；领办：项目负责人的账号关联着期末在册的党员。")
    if not share.whole:
        return _none(label, (span(period),), definition)
    parts = (_("党员领办/全部：{part}/{whole}", **_of(share)), span(period))
    sentence = _(
        "{span}，党员领办民生实事项目 {part} 个（共 {whole} 个）。", span=span(period), part=number(share.part),
        whole=number(share.whole),
    )  # fmt: skip
    return Told(Kpi(label, _("{n} 个", n=number(share.part)), parts, definition), sentence)
