"""摊位人员: who serves where and when, how often they were there, what is missing; placing and leaving."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.activities.market import chosen_stall, stall_name
from components.forms import form
from components.lists import Column, rows
from components.wording import _, language, side_by_side
from components.wording.terms import term
from db.actions.activities.market_staff import leave_stall, place_helper
from db.queries.activities.market import HelperLine, MarketFacts, StallLine
from db.queries.activities.market_turns import Usual
from db.queries.volunteers.openings import Candidate
from db.rules.activities.market import clock_of, spoken
from db.rules.numerals import in_chinese
from db.terms import Language


def times_words(helper: HelperLine) -> str:
    """第四次在这个摊位."""
    if helper.times == 1:
        return _("第一次在这个摊位")
    return _("第 {n} 次在这个摊位", n=in_chinese(helper.times) if language() is Language.CHINESE else helper.times)


def people_table(facts: MarketFacts) -> None:
    """Everybody who serves, stall by stall, with their history and what the stall counted in their hours."""
    rows(
        [
            {
                "who": f"{one.number} {one.name}",
                "kind": term(one.kind),
                "stall": stall_name(stall),
                "time": f"{spoken(one.starts)}–{spoken(one.ends)}",
                "times": times_words(one),
                "served": one.served or "",
                "left": _("已离摊") if one.left else "",
            }
            for stall in facts.live
            for one in stall.people
        ][:50],
        [
            Column("who", _("志愿者")),
            Column("kind", _("类型"), "nowrap"),
            Column("stall", _("摊位"), "nowrap"),
            Column("time", _("时间"), "nowrap"),
            Column("times", _("以前"), "nowrap"),
            Column("served", _("在岗时服务人次"), "number"),
            Column("left", _("离摊"), "nowrap"),
        ],
        key="market.people",
        empty=_("还没有人。在下面为每个摊位安排志愿者。"),
        caption=_("摊位人员"),
    )


def stall_to_staff(facts: MarketFacts) -> StallLine:
    """Which stall gets somebody: the first that lacks people, or another; once it is full the next one is offered."""
    short = [stall for stall in facts.live if stall.gaps]
    return chosen_stall(facts, f"market.place.which.{len(short)}", start=(short or facts.live)[0].id)


def place_form(
    facts: MarketFacts, stall: StallLine, usual: Sequence[Usual], found: Sequence[Candidate]
) -> Request | None:
    """Place somebody at a stall; those who were found by words stand instead of those who usually serve."""
    there = {one.volunteer_id for one in stall.there}
    people = {one.id: f"{one.number} {one.name} {side_by_side(one.skills)}".strip() for one in found}
    people = people or {one.id: _usual(one) for one in usual if one.id not in there}
    gap = stall.gaps[0] if stall.gaps else None
    with form(f"market.place.{stall.id}") as filling:
        volunteer_id = filling.choice(
            "volunteer_id", _("哪位志愿者"), list(people), show=lambda one: people.get(one, str(one)),
            help=_("列出的是以前来过集市的，常在这个摊位的在前；别的人在上面按编号或特长查找。"),
        )  # fmt: skip
        left, right = st.columns(2)
        with left:
            starts = filling.clock("starts", _("从"), start=clock_of(gap.starts if gap else facts.opens))
        with right:
            ends = filling.clock("ends", _("到"), start=clock_of(gap.ends if gap else facts.closes))
        pressed = filling.submit(_("安排到摊位"), icon=":material/person_add:")
    values = {"stall_id": stall.id, "volunteer_id": volunteer_id, "starts": starts, "ends": ends}
    return Request(filling, place_helper, _("已安排"), values) if pressed else None


def _usual(one: Usual) -> str:
    times = _("在这个摊位 {n} 次", n=one.times) if one.times else ""
    return " · ".join(part for part in (f"{one.number} {one.name}", times) if part)


def leave_form(facts: MarketFacts) -> Request | None:
    """Somebody does not come, or leaves before the end."""
    there = {
        one.id: f"{stall_name(stall)} · {one.number} {one.name} {spoken(one.starts)}–{spoken(one.ends)}"
        for stall in facts.live
        for one in stall.there
    }
    if not there:
        return None
    with (
        st.expander(_("有人来不了，或提前离摊"), icon=":material/person_off:"),
        form("market.leave", border=False) as filling,
    ):
        helper_id = filling.choice("helper_id", _("哪一位"), list(there), show=there.__getitem__)
        reason = filling.line("reason", _("为什么"), most=200)
        pressed = filling.submit(_("记下离摊"))
    values = {"helper_id": helper_id, "reason": reason}
    return Request(filling, leave_stall, _("已记下，空出来的时间标红"), values) if pressed and helper_id else None
