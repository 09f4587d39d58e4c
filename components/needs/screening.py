"""Scores with their evidence and rubric, results part by part, and how firm a rank is; never only a total."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.needs.words import category_of
from components.wording import N_, _, safe
from components.wording.dates import near, number, percent_tenths
from components.wording.terms import term
from db.actions.needs.screening import open_screening, route_need, score_need, set_weights
from db.queries.needs.life import NeedFacts
from db.queries.needs.screening import DatedWeights, Desk, RoundRow
from db.rules.needs.precedents import Precedents
from db.rules.needs.screening import (
    FAR,
    RouteReason,
    Suggestion,
    WeightedParts,
    Weights,
    suggested_points,
)
from db.terms import NeedStage, Reach, Route, ScreeningState

ROUTE_REASONS: dict[RouteReason, str] = {
    RouteReason.SAFETY: N_("涉安全，应即接即办"),
    RouteReason.AT_COUNCIL_LINE: N_("总分达到 70 分"),
    RouteReason.AT_RESERVE_LINE: N_("总分在 50 到 69 分之间"),
    RouteReason.ONE_HOUSEHOLD: N_("单户心愿，不受公共议题分数限制"),
    RouteReason.HOUSE_BY_HOUSE: N_("分数不足，但可以逐户服务"),
    RouteReason.BELOW_LINES: N_("总分不到 50 分"),
}


_DIRECTIONS = {
    NeedStage.REGISTERED: N_("点一行打开这件需求，开始一轮评分。"),
    NeedStage.SCREENING: N_("点一行打开这件需求，给三项打分；两人各评一次，评完以前互相看不到。"),
    NeedStage.SCREENED: N_("点一行打开这件需求，看各人的评分，再定分流。"),
    NeedStage.RESERVE: N_("点一行打开这件需求，可以再评一轮。"),
}


def direction(stage: NeedStage) -> None:
    """Above the list: how one gets from a row to the score."""
    st.caption(_(_DIRECTIONS[stage]))


def desk_rows(listed: Sequence[RoundRow]) -> None:
    """Needs at one stage of screening; the id of the one that was opened."""
    rows(
        [
            {
                "id": row.need.id,
                "number": row.need.number,
                "title": row.need.title,
                "category": category_of(row.need),
                "voices": row.need.voices,
                "stage": row.need.stage,
                "scores": _("{n} 人已评", n=row.scores)
                + (_("，含您") if row.mine else "")
                + (" · " + term(row.state) if row.state else ""),
                "total": number(Fraction(row.total_hundredths, 100)) if row.total_hundredths is not None else "—",
            }
            for row in listed
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("title", _("标题")),
            Column("category", _("类别")),
            Column("voices", _("户数"), "number"),
            Column("stage", _("阶段"), "nowrap"),
            Column("scores", _("评分进展")),
            Column("total", _("总分"), "number"),
        ],
        key="screening.rows",
        empty=_("这一阶段没有需求。换一个阶段看看。"),
        page="screening",
    )


def evidence(desk: Desk) -> None:
    """What was frozen when the round was opened, and its weights."""
    st.text(
        _("需求量：{evidence}", evidence=_share(desk))
        + "\n"
        + _("影响面：{evidence}", evidence=_reach(desk))
        + "\n"
        + (_("可行性：{evidence}", evidence=_past(known)) + "\n" if (known := _precedents(desk)) else "")
        + _(
            "权重（开评时已定）：需求量 {d}，影响面 {r}，可行性 {f}",
            d=desk.weights.demand,
            r=desk.weights.reach,
            f=desk.weights.feasibility,
        )
    )


def _share(desk: Desk) -> str:
    known = desk.evidence
    return _(
        "{voices} 户提出，占{of} {households} 户的 {share}%",
        voices=known["voices"],
        of=_("全社区") if known["of_community"] else known["place"],
        households=known["households"],
        share=percent_tenths(Fraction(known["voices"], max(known["households"], 1))),
    )


def _reach(desk: Desk) -> str:
    known = desk.evidence
    marks = _("，涉及特殊群体") if known["special_group"] else ""
    return _("{reach}，约 {n} 人", reach=term(Reach(known["reach"])), n=known["people"]) + marks


def _precedents(desk: Desk) -> Precedents | None:
    """What was on file about the kind when the round was opened; rounds of before hold nothing."""
    known = desk.evidence.get("precedents")
    return Precedents(**known) if known else None


def _past(known: Precedents) -> str:
    said = _("两年内同类办结 {ended} 件，本社区办成 {own} 件，其中六个月内 {in_time} 件",
             ended=known.ended, own=known.own, in_time=known.in_time)  # fmt: skip
    return said + _("；可用的共建资源 {n} 项", n=known.resources)


def open_round(need: NeedFacts) -> Request | None:
    """Start a round of scoring."""
    opening = press(f"open.{need.id}", _("开始一轮评分"), primary=True, icon=":material/balance:")
    st.caption(_("开评时会固定权重和证据：户数、占比、影响面、同类先例。之后并入的声音计入下一轮。"))
    return Request(opening, open_screening, values={"need_id": need.id, "version": need.version}) if opening else None


def score_form(desk: Desk) -> Request | None:
    """Three scores out of the round's weights, each with what the evidence suggests and why; a reason when far off."""
    known, scale = desk.evidence, desk.scale
    precedents = _precedents(desk)
    suggests = suggested_points(
        known["voices"], known["households"], Reach(known["reach"]), known["special_group"], scale, precedents
    )
    with form(f"score.{desk.screening_id}") as filling:
        points = {
            "demand": filling.whole(
                "demand",
                _("需求量（0–{most}）", most=scale.demand),
                most=scale.demand,
                start=suggests.demand,
                help=_(
                    "按满分 {most} 折算：占小区户数 20% 以上给满，10% 以上 3/4，5% 以上一半，2% 以上 3/10，再少 1/8。",
                    most=scale.demand,
                ),
            ),
        }
        st.caption(safe(_("建议 {n}：{evidence}", n=suggests.demand, evidence=_share(desk))))
        points["reach"] = filling.whole(
            "reach",
            _("影响面（0–{most}）", most=scale.reach),
            most=scale.reach,
            start=suggests.reach,
            help=_("满分 30 时：全社区 30，小区 22，楼栋 15，单元 8，单户 4；涉及特殊群体加 5，最多给满。"),
        )
        st.caption(safe(_("建议 {n}：{evidence}", n=suggests.reach, evidence=_reach(desk))))
        points["feasibility"] = filling.whole(
            "feasibility",
            _("可行性（0–{most}）", most=scale.feasibility),
            most=scale.feasibility,
            start=suggests.feasibility,
            help=_(
                "权限在社区、有资源或经费、六个月内能完成，各占三分之一。建议按两年内同类需求的结果算：本社区办成的占比；"
                "有可用的共建资源给满，没有按办成的占比；办成的里面六个月内的占比。"
            ),
        )
        if precedents and suggests.feasibility is not None:
            st.caption(safe(_("建议 {n}：{evidence}", n=suggests.feasibility, evidence=_past(precedents))))
        else:
            st.caption(_("同类需求办结的还不多，没有建议：权限在社区、有资源或经费、六个月内能完成，各占三分之一。"))
        reason = filling.words("reason", _("理由（与建议相差不到 {far} 分可不填）", far=FAR), height=90)
        pressed = filling.submit(_("提交评分"), icon=":material/check:")
    if not pressed:
        return None
    values = {"screening_id": desk.screening_id, **points, "reason": reason}
    return Request(filling, score_need, _("您的评分已保存"), values)


def _part_words(parts: WeightedParts, weights: Weights) -> str:
    """Each criterion out of its weight."""
    return " + ".join(
        f"{label} {number(part)}/{most}"
        for label, part, most in (
            (_("需求量"), parts.demand, weights.demand),
            (_("影响面"), parts.reach, weights.reach),
            (_("可行性"), parts.feasibility, weights.feasibility),
        )
    )


def waiting(desk: Desk) -> None:
    """A round that is still open: the user's own score, or how many have scored; nobody else's score."""
    if desk.mine is None:
        st.text(_("已有 {n} 人评分。两人都评完之前，互相看不到分数。", n=desk.scores))
        return
    st.text(_("您给了：{parts}", parts=_part_words(desk.mine.parts(desk.weights), desk.weights)))
    if desk.state is ScreeningState.OPEN:
        st.text(_("还要一位同事评分：请对方在自己的“今日”里点“评分”。两人都评完才有总分。"))


def result(desk: Desk) -> None:
    """The closed round: parts out of their weights, each scorer, the firmness of the rank, the suggested route."""
    parts, weights = desk.parts, desk.weights
    if desk.combined is None or parts is None:
        return
    st.metric(_("总分"), f"{number(desk.combined.total)} / 100")
    st.text(_part_words(parts, weights))
    _each_score(desk)
    _firmness(desk)
    if desk.suggestion and desk.stage is NeedStage.SCREENED:
        st.info(safe(_advice(desk.suggestion, alone=_alone(desk))), icon=":material/alt_route:")


def _advice(suggestion: Suggestion, *, alone: bool) -> str:
    if alone:
        return _(
            "总分不到 50 分，按分数线是答复或转办。但现在只有这一件，没有别的可比，提出的户数也可能还少："
            "可以先入储备库，等更多住户提出再评一轮；确实办不了的，答复并说明理由。"
        )
    return _("建议：{route}（{reason}）", route=term(suggestion.route), reason=_(ROUTE_REASONS[suggestion.reason]))


def _alone(desk: Desk) -> bool:
    """Whether the rubric turns down the one need that has been scored: nothing says that it is a low one."""
    below = desk.suggestion is not None and desk.suggestion.reason is RouteReason.BELOW_LINES
    return below and desk.candidates <= 1


def _each_score(desk: Desk) -> None:
    """What each scorer gave, in the same units as the result: out of the weights."""
    weights = desk.weights
    each = [(given, given.score.parts(weights)) for given in desk.given]
    rows(
        [
            {
                "who": given.scorer,
                "demand": number(parts.demand),
                "reach": number(parts.reach),
                "feasibility": number(parts.feasibility),
                "total": number(parts.total),
                "reason": given.reason,
                "used": "" if given.used else _("与另两人相差较大，未计入"),
            }
            for given, parts in each
        ],
        [
            Column("who", _("评分人"), "nowrap"),
            Column("demand", _("需求量（{most}）", most=weights.demand), "number"),
            Column("reach", _("影响面（{most}）", most=weights.reach), "number"),
            Column("feasibility", _("可行性（{most}）", most=weights.feasibility), "number"),
            Column("total", _("合计"), "number"),
            Column("reason", _("理由"), "wide"),
            Column("used", _("说明")),
        ],
        key="screening.given",
        empty="",
        caption=_("各人评分"),
    )


def _firmness(desk: Desk) -> None:
    """How the rank holds when the weights move."""
    firm = desk.stability
    if firm and desk.candidates > 1:
        ranks = (
            _("始终第 {n}", n=firm.rank)
            if firm.best_rank == firm.worst_rank
            else _("在第 {best} 到第 {worst} 之间", best=firm.best_rank, worst=firm.worst_rank)
        )
        st.caption(
            _(
                "在待分流的 {n} 条里排第 {rank}。权重各动 15 分内试 {tried} 种：名次{ranks}，{share}% 的情形到 70 分。",
                n=desk.candidates,
                rank=firm.rank,
                tried=firm.weightings,
                ranks=ranks,
                share=percent_tenths(firm.at_line),
            )
        )


def route_form(need: NeedFacts, desk: Desk) -> Request | None:
    """The route, its reason, and to whom a matter is referred."""
    suggested = desk.suggestion.route if desk.suggestion and not _alone(desk) else None
    with form(f"route.{need.id}") as filling:
        route = filling.choice("route", _("分流"), list(Route), few=True, start=suggested)
        reason = filling.words(
            "reason", _("理由"), height=90,
            help=_("按建议分流可不填；与建议不同，或转办、答复时必填，转办、答复的理由会原样告诉提出人。"),
        )  # fmt: skip
        referred_to = filling.line("referred_to", _("转办给谁（转办时填）"))
        pressed = filling.submit(_("确定分流"), icon=":material/alt_route:")
    if not pressed:
        return None
    values = {
        "need_id": need.id, "version": need.version, "route": route, "reason": reason, "referred_to": referred_to,
    }  # fmt: skip
    return Request(filling, route_need, lambda _stage: _("已分流：{route}", route=term(route)), values)


def weights_list(listed: Sequence[DatedWeights]) -> None:
    """The dated weights of a community."""
    rows(
        [
            {
                "from": near(one.valid_from),
                "demand": one.weights.demand,
                "reach": one.weights.reach,
                "feasibility": one.weights.feasibility,
                "by": one.by,
            }
            for one in listed
        ],
        [
            Column("from", _("起始日期"), "nowrap"),
            Column("demand", _("需求量"), "number"),
            Column("reach", _("影响面"), "number"),
            Column("feasibility", _("可行性"), "number"),
            Column("by", _("设定人")),
        ],
        key="screening.weights",
        empty=_("沿用默认权重：需求量 40，影响面 30，可行性 30。"),
        caption=_("权重"),
    )


def weights_form(community_id: int, on: date) -> Request | None:
    """Set the weights from a day on."""
    with form("set_weights") as filling:
        values = {
            "community_id": community_id,
            "demand": filling.whole("demand", _("需求量"), most=100, start=40),
            "reach": filling.whole("reach", _("影响面"), most=100, start=30),
            "feasibility": filling.whole("feasibility", _("可行性"), most=100, start=30),
            "valid_from": filling.day("valid_from", _("起始日期"), start=on),
        }
        pressed = filling.submit(_("设定权重"))
    return Request(filling, set_weights, _("权重已设定"), values) if pressed else None
