"""Scores with their evidence and rubric, results part by part, and how firm a rank is; never only a total."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import streamlit as st

from components.forms import Filling
from components.lists import Column, rows
from components.needs.words import category_of
from components.wording import N_, _
from components.wording.dates import day, number
from components.wording.terms import term
from db.rules.needs.screening import (
    DEMAND_MOST,
    FEASIBILITY_MOST,
    REACH_MOST,
    RouteReason,
    demand_points,
    reach_points,
)
from db.terms import NeedStage, Reach, Route

ROUTE_REASONS: dict[RouteReason, str] = {
    RouteReason.SAFETY: N_("涉安全，应即接即办"),
    RouteReason.AT_COUNCIL_LINE: N_("总分达到 70 分"),
    RouteReason.AT_RESERVE_LINE: N_("总分在 50 到 69 分之间"),
    RouteReason.ONE_HOUSEHOLD: N_("单户心愿，不受公共议题分数限制"),
    RouteReason.HOUSE_BY_HOUSE: N_("分数不足，但可以逐户服务"),
    RouteReason.BELOW_LINES: N_("总分不到 50 分"),
}


def desk_rows(listed: Sequence[Any], *, key: str, empty: str) -> str | None:
    """Needs at one stage of screening; the id of the one that was opened."""
    return rows(
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
        key=key,
        empty=empty,
        page="screening",
    )


def evidence(desk: Any) -> None:
    """What was frozen when the round was opened, and its weights."""
    known = desk.evidence
    share = Fraction(known["voices"] * 100, max(known["households"], 1))
    of = _("全社区") if known["of_community"] else known["place"]
    marks = _("，涉及特殊群体") if known["special_group"] else ""
    st.text(
        _(
            "需求量：{voices} 户提出，占{of} {households} 户的 {share}%",
            voices=known["voices"],
            of=of,
            households=known["households"],
            share=number(share),
        )
        + "\n"
        + _("影响面：{reach}，约 {n} 人", reach=term(Reach(known["reach"])), n=known["people"])
        + marks
        + "\n"
        + _(
            "权重（开评时已定）：需求量 {d}，影响面 {r}，可行性 {f}",
            d=desk.weights.demand,
            r=desk.weights.reach,
            f=desk.weights.feasibility,
        )
    )


def score_fields(filling: Filling, desk: Any) -> dict[str, Any]:
    """Three scores with the rubric beside each, prefilled with what the evidence suggests, and the reason."""
    known = desk.evidence
    by_share = demand_points(known["voices"], max(known["households"], 1))
    by_reach = reach_points(Reach(known["reach"]), known["special_group"])
    return {
        "demand": filling.whole(
            "demand",
            _("需求量（0–40），按户数占比建议 {n}", n=by_share),
            most=DEMAND_MOST,
            start=by_share,
            help=_("占小区户数 20% 以上 40 分，10% 以上 30,5% 以上 20,2% 以上 12，不到 2% 5 分。"),
        ),
        "reach": filling.whole(
            "reach",
            _("影响面（0–30），按影响面建议 {n}", n=by_reach),
            most=REACH_MOST,
            start=by_reach,
            help=_("全社区 30，小区 22，楼栋 15，单元 8，单户 4；涉及特殊群体加 5，最多 30。"),
        ),
        "feasibility": filling.whole(
            "feasibility",
            _("可行性（0–30）"),
            most=FEASIBILITY_MOST,
            help=_("权限在社区 10，有资源或经费 10，六个月内能完成 10。"),
        ),
        "reason": filling.words("reason", _("理由"), height=90),
    }


def waiting(desk: Any) -> None:
    """A round that is still open: who is missing, without any score."""
    st.text(
        _(
            "您给了：需求量 {d}、影响面 {r}、可行性 {f}。",
            d=desk.mine.demand,
            r=desk.mine.reach,
            f=desk.mine.feasibility,
        )
        if desk.mine
        else _("已有 {n} 人评分。两人都评完之前，互相看不到分数。", n=desk.scores)
    )


def result(desk: Any) -> None:
    """The closed round: parts out of their weights, each scorer, the firmness of the rank, the suggested route."""
    parts, weights = desk.parts, desk.weights
    st.metric(_("总分"), f"{number(desk.combined.total)} / 100")
    st.text(
        " + ".join(
            f"{label} {number(part)}/{most}"
            for label, part, most in (
                (_("需求量"), parts.demand, weights.demand),
                (_("影响面"), parts.reach, weights.reach),
                (_("可行性"), parts.feasibility, weights.feasibility),
            )
        )
    )
    rows(
        [
            {
                "who": given.scorer,
                "demand": given.score.demand,
                "reach": given.score.reach,
                "feasibility": given.score.feasibility,
                "reason": given.reason,
                "used": "" if given.used else _("与另两人相差较大，未计入"),
            }
            for given in desk.given
        ],
        [
            Column("who", _("评分人"), "nowrap"),
            Column("demand", _("需求量"), "number"),
            Column("reach", _("影响面"), "number"),
            Column("feasibility", _("可行性"), "number"),
            Column("reason", _("理由")),
            Column("used", _("说明")),
        ],
        key="screening.given",
        empty="",
        caption=_("各人评分"),
    )
    firm = desk.stability
    if firm:
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
                share=number(firm.at_line * 100),
            )
        )
    if desk.suggestion and desk.stage is NeedStage.SCREENED:
        st.info(
            _(
                "建议：{route}（{reason}）",
                route=term(desk.suggestion.route),
                reason=_(ROUTE_REASONS[desk.suggestion.reason]),
            ),
            icon=":material/alt_route:",
        )


def route_fields(filling: Filling, desk: Any) -> dict[str, Any]:
    """The route, its reason, and to whom a matter is referred."""
    suggested = desk.suggestion.route if desk.suggestion else None
    return {
        "route": filling.choice("route", _("分流"), list(Route), few=True, start=suggested),
        "reason": filling.words("reason", _("理由（转办、答复会原样告诉提出人）"), height=90),
        "referred_to": filling.line("referred_to", _("转办给谁（转办时填）")),
    }


def weights_list(listed: Sequence[Any]) -> None:
    """The dated weights of a community."""
    rows(
        [
            {
                "from": day(one.valid_from),
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
