"""便民集市: the list of days, one day with its stalls, and the forms that plan it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.detail import head
from components.forms import Filling, form
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.projects.frame import choose
from components.wording import N_, _, in_a_row, safe, side_by_side
from components.wording.dates import near
from components.wording.terms import badge
from db.actions.activities.market import add_stall, amend_stall, call_off_stall, copy_stalls, set_market_hours
from db.actions.activities.market_again import hold_again
from db.queries.activities.market import HelperLine, MarketFacts, MarketRow, StallLine
from db.rules.activities.market import Gap, clock_of, spoken
from db.rules.activities.market_input import StallInput
from db.terms import VolunteerKind

DOINGS = {
    "copy": N_("沿用以前的摊位"),
    "add": N_("加摊位"),
    "amend": N_("改摊位"),
    "off": N_("撤摊"),
    "hours": N_("开放时间"),
}


def day_list(days: Sequence[MarketRow]) -> None:
    """Every market day with what it brought."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "on": near(one.on),
                "place": one.place,
                "state": one.state,
                "stalls": one.stalls or "",
                "helpers": one.helpers or "",
                "served": one.served or "",
                "closed": _("已关账") if one.closed else "",
            }
            for one in days
        ],
        [
            Column("title", _("集市")),
            Column("on", _("日期"), "nowrap"),
            Column("place", _("地点")),
            Column("state", _("状态"), "nowrap"),
            Column("stalls", _("摊位"), "number"),
            Column("helpers", _("服务者"), "number"),
            Column("served", _("服务人次"), "number"),
            Column("closed", _("关账"), "nowrap"),
        ],
        key="market.days",
        empty=_("还没有集市。先在“活动”里安排一场，类型选“便民集市”，再来这里排摊位。"),
        caption=_("便民集市"),
        page="market",
    )


def again_form(before: Mapping[int, str], title: str) -> Request | None:
    """再办一场: only the day is asked for; the rest is as it was at the market that is chosen."""
    with form("market.again") as filling:
        from_id = filling.choice("from_id", _("照哪一场"), list(before), start=next(iter(before)),
                                 show=before.__getitem__)  # fmt: skip
        on = filling.day("on", _("哪一天"))
        called = filling.line("title", _("集市名称"), start=title)
        st.caption(_("地点、时间、摊位和物资照那一场；人要重新约，排人时先列常在那个摊位的。"))
        sure = filling.yes("sure", _("日期没有写错（在一年以后时勾选）"))
        pressed = filling.submit(_("安排这一场"), icon=":material/event_repeat:")
    values = {"from_id": from_id, "on": on, "title": called, "sure": sure}
    return Request(filling, hold_again, _("集市已安排，摊位已带来；接着排人"), values) if pressed else None


def market_head(facts: MarketFacts) -> None:
    """What, where, when, and whether it is closed."""
    when = _("{day} {opens}–{closes}", day=near(facts.on), opens=spoken(facts.opens), closes=spoken(facts.closes))
    head(facts.title, marks=[badge(facts.state)], about=f"{when} · {facts.place}")
    st.page_link("activities/activity.py", label=_("这场活动：报名、记录与时长、文书"), icon=":material/celebration:",
                 query_params={"id": str(facts.id)})  # fmt: skip
    if facts.closed_at is not None:
        told = _("{who} {at} 关账", at=near(facts.closed_at), who=facts.closed_by)
        st.info(safe(told), icon=":material/lock:")


def figures(facts: MarketFacts) -> None:
    """The figures of the day, with the stalls that lack people."""
    short = [stall for stall in facts.live if stall.gaps]
    lacks = side_by_side(str(stall.number) for stall in short)
    numbers(
        [
            Kpi(_("摊位"), str(len(facts.live)), (_("全部免费"),)),
            Kpi(
                _("服务者"), str(facts.helpers), (_("其中党员 {n} 名", n=facts.members),),
                note=_("缺人：{numbers} 号摊", numbers=lacks) if short else "",
            ),
            Kpi(_("服务人次"), str(facts.served), (_("预计 {n}", n=sum(one.planned for one in facts.live)),)),
        ],
        key="market.figures",
    )  # fmt: skip


def gap_words(gaps: Sequence[Gap]) -> str:
    """Where people are missing: 09:00–10:00 缺 1 人."""
    return in_a_row(
        _("{starts}–{ends} 缺 {n} 人", starts=spoken(one.starts), ends=spoken(one.ends), n=one.missing) for one in gaps
    )


def who(helper: HelperLine) -> str:
    """A helper on one line; party members are marked."""
    mark = _("（党员）") if helper.kind is VolunteerKind.PARTY_MEMBER else ""
    return f"{helper.name}{mark} {spoken(helper.starts)}–{spoken(helper.ends)}"


def stall_name(stall: StallLine) -> str:
    """3 号摊 义诊."""
    return _("{number} 号摊 {item}", number=stall.number, item=stall.item)


def stall_table(facts: MarketFacts) -> None:
    """Every stall: what it offers, what it needs, who serves, who is missing."""
    rows(
        [
            {
                "name": stall_name(stall),
                "staffing": stall.staffing,
                "gaps": stall.called_off or gap_words(stall.gaps),
                "people": in_a_row(who(one) for one in stall.there),
                "needs": stall.material,
                "description": stall.description,
                "needed": stall.needed,
                "planned": stall.planned or "",
                "served": stall.served or "",
            }
            for stall in facts.stalls
        ],
        [
            Column("name", _("摊位")),
            Column("staffing", _("人手"), "nowrap"),
            Column("gaps", _("缺口"), "nowrap"),
            Column("people", _("谁来服务"), "wide"),
            Column("needs", _("所需物资")),
            Column("description", _("说明")),
            Column("needed", _("需要几人"), "number"),
            Column("planned", _("预计人次"), "number"),
            Column("served", _("服务人次"), "number"),
        ],
        key="market.stalls",
        empty=_("还没有摊位。可以沿用上一次的，或一个一个加：义诊、理发、磨刀、修伞、法律咨询……"),
        caption=_("摊位"),
    )


def stall_forms(facts: MarketFacts, others: Mapping[int, str]) -> Request | None:
    """What to do with the stalls: one form at a time."""
    able = {
        "copy": bool(others),
        "add": True,
        "amend": bool(facts.live),
        "off": bool(facts.live),
        "hours": True,
    }
    offered = {code: DOINGS[code] for code, possible in able.items() if possible}
    start = "copy" if others and not facts.live else "add"
    doing = choose("do", offered, start=start, key=f"market.do.{facts.id}")
    if doing == "copy":
        return _copy(facts, others)
    if doing == "hours":
        return _hours(facts)
    if doing == "off":
        return _call_off(facts)
    return _stall(facts, amends=doing == "amend")


def _copy(facts: MarketFacts, others: Mapping[int, str]) -> Request | None:
    with form("market.copy") as filling:
        chosen = filling.choice("from_id", _("哪一场"), list(others), start=next(iter(others)), show=others.__getitem__)
        st.caption(_("带来编号、项目、物资和人数；人要重新约。这里已有的项目不重复。"))
        pressed = filling.submit(_("沿用摊位"), icon=":material/content_copy:")
    values = {"activity_id": facts.id, "from_id": chosen}
    return Request(filling, copy_stalls, lambda n: _("已带来 {n} 个摊位", n=n), values) if pressed else None


def _hours(facts: MarketFacts) -> Request | None:
    with form("market.hours") as filling:
        left, right = st.columns(2)
        with left:
            opens = filling.clock("opens", _("几点开始"), start=clock_of(facts.opens))
        with right:
            closes = filling.clock("closes", _("几点结束"), start=clock_of(facts.closes))
        pressed = filling.submit(_("保存时间"))
    values = {"activity_id": facts.id, "opens": opens, "closes": closes}
    return Request(filling, set_market_hours, _("已保存"), values) if pressed else None


def chosen_stall(facts: MarketFacts, key: str, start: int | None = None) -> StallLine:
    """One of the stalls that stand, chosen outside a form: what follows is about it."""
    names = {stall.id: stall_name(stall) for stall in facts.live}
    ids = list(names)
    at = ids.index(start) if start in names else 0
    picked = st.selectbox(_("哪个摊位"), ids, at, format_func=names.__getitem__, key=key)
    return next(stall for stall in facts.live if stall.id == picked)


def _stall(facts: MarketFacts, *, amends: bool) -> Request | None:
    stall = chosen_stall(facts, "market.amend.which") if amends else None
    with form(f"market.stall.{stall.id if stall else 'new'}") as filling:
        given = _stall_fields(filling, stall, max((one.number for one in facts.live), default=0) + 1)
        pressed = filling.submit(_("保存摊位") if stall else _("加这个摊位"))
    if not pressed:
        return None
    if stall is not None:
        values = {"stall_id": stall.id, "version": stall.version, "given": given}
        return Request(filling, amend_stall, _("已保存"), values)
    return Request(filling, add_stall, _("摊位已加"), {"activity_id": facts.id, "given": given})


def _stall_fields(filling: Filling, stall: StallLine | None, following: int) -> StallInput:
    left, right = st.columns([1, 3])
    with left:
        number = filling.whole("number", _("编号"), least=1, most=99, start=stall.number if stall else following)
    with right:
        item = filling.line(
            "item", _("项目"), start=stall.item if stall else "", placeholder=_("例如：义诊、理发、磨刀、反诈宣传")
        )
    needs = filling.line(
        "needs",
        _("所需物资"),
        most=100,
        start=stall.material if stall else "",
        placeholder=_("例如：桌子、插座、血压计"),
    )
    described = filling.line("description", _("说明"), most=100, start=stall.description if stall else "")
    left, right = st.columns(2)
    with left:
        helpers = filling.whole("helpers", _("同时需要几人"), least=1, most=20, start=stall.needed if stall else 1)
    with right:
        planned = filling.whole("planned", _("预计人次"), least=0, most=5000, start=stall.planned if stall else 0)
    return StallInput(number, item, described, needs, helpers, planned)


def _call_off(facts: MarketFacts) -> Request | None:
    stall = chosen_stall(facts, "market.off.which")
    with form(f"market.off.{stall.id}") as filling:
        st.caption(_("撤摊后人员空出，计数地址停用；摊位留在记录里。"))
        reason = filling.line("reason", _("为什么撤"), most=200)
        pressed = filling.submit(_("撤摊"), icon=":material/block:")
    values = {"stall_id": stall.id, "version": stall.version, "reason": reason}
    return Request(filling, call_off_stall, _("已撤摊"), values) if pressed else None
