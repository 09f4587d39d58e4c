"""编排: lay slots at one press, the head of a rota, calling a day off, who must be told."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.asking import Folded
from components.detail import more
from components.forms import form, press
from components.lists import Column, rows
from components.rota.list import rota_fields
from components.rota.words import when
from components.wording import _, safe, side_by_side
from components.wording.dates import day
from components.wording.dates import today as china_day
from components.wording.telephones import telephone
from db.actions.rota.rotas import add_posts, change_rota, close_rota, open_rota
from db.actions.rota.slots import call_off_day, lay_slots, prolong_rota
from db.actions.rota.turns import mark_told, unmask_turns
from db.queries.rota.rotas import RotaFacts
from db.queries.rota.slots import ToTell
from db.rules.rota.input import SlotsInput
from db.terms import DaysOff, MonthEnd, RotaState, SlotRhythm


def lay_form(facts: RotaFacts, today: date, weekdays: Sequence[str]) -> Request | None:
    """Days × shifts × posts at one press, by a rhythm."""
    posts = {post.id: post.name for post in facts.posts}
    with form(f"lay_slots.{facts.id}") as filling:
        chosen = filling.ticks("post_ids", _("哪些点位"), list(posts), start=list(posts),
                               show=lambda one: posts.get(one, ""))  # fmt: skip
        with st.container(horizontal=True):
            begin = filling.day("starts_on", _("从哪天"), start=max(facts.starts_on, min(today, facts.ends_on)),
                                least=facts.starts_on, most=facts.ends_on)  # fmt: skip
            until = filling.day("until", _("到哪天"), start=facts.ends_on, least=facts.starts_on, most=facts.ends_on)
            places = filling.whole("places", _("每班每个点位几人"), least=1, most=100, start=2)
        rhythm = filling.choice("rhythm", _("多久一次"), list(SlotRhythm), start=SlotRhythm.DAILY, few=True)
        on = filling.ticks("weekdays", _("星期几（每周的填）"), list(range(7)), show=lambda one: weekdays[one])
        with st.container(horizontal=True):
            month_day = filling.whole("month_day", _("几号（每月的填）"), least=1, most=31, start=1)
            month_end = filling.choice("month_end", _("当月没有这一天"), list(MonthEnd), start=MonthEnd.LAST_DAY)
            every = filling.whole("every", _("每隔几周（月）一次"), least=1, most=12, start=1)
        shifts = filling.words(
            "shifts", _("每天的班次，一行一个"), height=90, placeholder="06:00-12:00\n12:00-18:00\n18:00-22:00",
            help=_("过午夜的写 22:00-06:00，算在开始的那一天。一班最长 12 小时。"),
        )  # fmt: skip
        off = filling.choice("days_off", _("遇到节假日"), list(DaysOff), start=DaysOff.ALSO)
        pressed = filling.submit(_("一次排好"), icon=":material/grid_on:")
    given = SlotsInput(chosen, rhythm, begin, until, shifts, places, every, on, month_day, month_end, off)
    return Request(filling, lay_slots, _laid, {"rota_id": facts.id, "given": given}) if pressed else None


def _laid(result: Mapping[str, int]) -> str:
    if result["there"]:
        return _("新排 {n} 个班次，原有的 {there} 个没有动。", n=result["laid"], there=result["there"])
    return _("已排好 {n} 个班次", n=result["laid"])


def roster_link(facts: RotaFacts) -> None:
    """The way to a proposal for the open places, while there are some to fill."""
    if facts.state is not RotaState.CLOSED and facts.gaps.slots:
        st.page_link("rota/roster.py", label=_("排班建议"), icon=":material/auto_awesome:",
                     query_params={"id": str(facts.id)})  # fmt: skip


def state_buttons(facts: RotaFacts, today: date) -> Request | None:
    """Open for volunteers; what is rare, closing and calling a day off, in the menu."""
    values = {"rota_id": facts.id, "version": facts.version}
    opening = None
    if facts.state is not RotaState.OPEN:
        label = _("开放招募") if facts.state is RotaState.DRAFT else _("重新开放招募")
        opening = press(f"rota.open.{facts.id}", label, primary=True, icon=":material/campaign:")
    closing = called_off = None
    with more() as menu:
        if menu.open:
            if facts.state is RotaState.OPEN:
                with st.expander(_("结束排班"), icon=":material/lock:"):
                    closing = press(f"rota.close.{facts.id}", _("结束排班"), icon=":material/lock:")
            called_off = _call_off_form(facts, today)
    if opening:
        return Request(opening, open_rota, _("已开放，志愿者在“找班次”里能看到"), values)
    return Request(closing, close_rota, _("已结束"), values) if closing else called_off


def head_form(
    facts: RotaFacts, places: Mapping[int, str], squads: Mapping[int, str], projects: Mapping[int, str], today: date
) -> Request | None:
    """The head of the rota, more posts, and a later end."""
    request: Request | None = None
    with form(f"change_rota.{facts.id}") as filling:
        given = rota_fields(filling, places, squads, projects, today=today, start=facts)
        if filling.submit(_("保存"), icon=":material/save:"):
            values: dict[str, object] = {"rota_id": facts.id, "version": facts.version, "given": given}
            request = Request(filling, change_rota, _("已保存"), values)
    with form(f"add_posts.{facts.id}") as adding:
        posts = adding.words("posts", _("加点位，一行一个（点位，做什么，特长）"), height=80)
        if adding.submit(_("加上")):
            request = Request(adding, add_posts, _("点位已加"), {"rota_id": facts.id, "posts": posts})
    with form(f"prolong.{facts.id}") as longer:
        ends_on = longer.day("ends_on", _("延长到"), least=facts.ends_on + timedelta(days=1))
        st.caption(_("每周、每月的班次按原来的安排接着排下去。"))
        if longer.submit(_("延长"), icon=":material/update:"):
            values = {"rota_id": facts.id, "version": facts.version, "ends_on": ends_on}
            request = Request(longer, prolong_rota, _laid, values)
    return request


def _call_off_form(facts: RotaFacts, today: date) -> Request | None:
    """A whole day is called off, with the reason."""
    with st.expander(_("取消一天"), icon=":material/event_busy:"), form(f"off.{facts.id}", border=False) as filling:
        on = filling.day("on", _("哪天"), least=max(today, facts.starts_on), most=max(today, facts.ends_on))
        reason = filling.line("reason", _("为什么取消"), placeholder=_("例：台风红色预警"))
        pressed = filling.submit(_("取消这一天"))

    def said(result: Mapping[str, int]) -> str:
        return _("取消了 {n} 个班次，{people} 位要通知。", n=result["slots"], people=result["to_tell"])

    values = {"rota_id": facts.id, "on": on, "reason": reason}
    return Request(filling, call_off_day, said, values) if pressed else None


def tell_list(facts: RotaFacts, found: Sequence[ToTell], *, clear: bool, unmasks: bool) -> Request | None:
    """待通知: who does not know yet; telephones in clear for one look, with a reason; then ticked off."""
    rows(
        [
            {
                "who": f"{one.number} {one.name}",
                "phone": one.phone or _("未留"),
                "news": one.news,
                "when": when(one.starts_at, one.ends_at),
                "post": one.post,
                "way": _("手机上也看得到") if one.has_account else _("没有账号，请打电话"),
            }
            for one in found
        ],
        [
            Column("who", _("志愿者"), "nowrap"),
            Column("news", _("告诉什么"), "nowrap"),
            Column("when", _("班次"), "nowrap"),
            Column("post", _("点位")),
            Column("phone", _("电话"), "nowrap"),
            Column("way", _("怎么通知")),
        ],
        key="rota.tell",
        empty=_("没有要通知的人。"),
        caption=_("待通知"),
    )
    if not found:
        return None
    if clear:
        st.warning(_("以上是原值，离开或刷新后不再显示。"), icon=":material/visibility:")
    request: Request | None = None
    names = {one.turn_id: f"{one.number} {one.name} {day(_day(one))}" for one in found}
    with form(f"told.{facts.id}") as filling:
        told = filling.ticks("turn_ids", _("已经告诉的"), list(names), show=lambda one: names.get(one, ""))
        everybody = len(found) > 1 and filling.yes("all", _("上面 {n} 位都告诉了", n=len(found)))
        if filling.submit(_("记为已通知"), icon=":material/done_all:"):
            request = Request(filling, mark_told, _("已记下"), {"turn_ids": list(names) if everybody else told})
    if unmasks and not clear:
        with Folded(_("打电话名单"), icon=":material/call:"), form(f"unmask.{facts.id}", border=False) as asking:
            reason = asking.line("reason", _("为什么要看？"), help=_("会留下记录，只显示这一次。"))
            if asking.submit(_("查看")):
                request = Request(asking, unmask_turns, values={"rota_id": facts.id, "reason": reason})
    return request


def _day(one: ToTell) -> date:
    return china_day(one.starts_at)


def poster_words(facts: RotaFacts) -> str:
    """招募启事 as plain text, to be pasted into a group."""
    desk = telephone(facts.desk_phone) or safe(_("社区服务台"))
    lines = [
        _("【招募】{title}", title=facts.title),
        facts.call,
        _("时间：{first}—{last}", first=day(facts.starts_on), last=day(facts.ends_on)),
        _("地点：{place}", place=facts.place),
        _("点位：{posts}", posts=side_by_side(post.name for post in facts.posts)),
        _("还缺 {people} 人次。", people=facts.gaps.missing) if facts.gaps.missing else "",
        _("报名：志愿者登录后点“找班次”；没有账号的打 {phone}。", phone=desk),
    ]
    return "\n".join(line for line in lines if line)
