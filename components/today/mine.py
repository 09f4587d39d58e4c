"""我的服务 on a volunteer's phone: what comes next by day, what was done, and the calendar's address."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.forms import Pressed, press
from components.lists import Column, rows
from components.menu import ENTRIES
from components.orders.words import time_words
from components.qr import picture
from components.today.feed_words import date_title
from components.wording import N_, _, noted, safe
from components.wording.dates import clock, hours, near, short_day
from components.wording.dates import month as month_words
from db.actions.rota.feeds import make_feed, new_feed_token, revoke_feed
from db.queries.orders.mine import Me
from db.queries.rota.feed import OwnFeed
from db.queries.today.my_service import DateKind, Served, ServiceDate

SHOWN = 10
"""Dates on the screen at once; each is a link that a thumb can hit."""
_MADE = "_my_service.feed"
WAYS = {
    DateKind.TURN: ("rota/slots.py", "event_available"),
    DateKind.ORDER: ("orders/mine.py", "volunteer_activism"),
    DateKind.ACTIVITY: ("projects/project.py", "flag"),
    DateKind.STALL: ("activities/market.py", "storefront"),
}
PATHS = frozenset(entry.path for entry in ENTRIES)
STEPS = (
    N_("苹果手机：设置 → 应用 → 日历 → 日历账户 → 添加账户 → 其他 → 添加订阅日历，粘贴地址。"),
    N_("华为、荣耀、小米、OPPO、vivo：打开日历 → 设置 → 日历账户（或“导入日程”）→ 订阅，粘贴地址。"),
    N_("手机日历里没有“订阅”的，可在支持订阅的日历应用里粘贴。每天自动更新几次，不用再来下载。"),
)


def agenda(dates: Sequence[ServiceDate], today: date, entry: Me) -> None:
    """What comes next, day by day; one tap leads on. Without anything it says where there is something to do."""
    st.caption(_("我的编号 {number}，累计服务 {time}。", number=safe(entry.number), time=hours(entry.minutes)))
    if not dates:
        st.info(
            _("近期没有安排。到“认领班次”“招募”里看看，两下就能报名；有人派单时“今日”会提醒您。"),
            icon=":material/event:",
        )
        _ways_to_more()
        return
    for on, group in groupby(dates[:SHOWN], key=lambda one: one.on):
        st.markdown(f"**{_day_words(on, today)}**")
        with st.container(gap="xxsmall"):
            for one in group:
                _link(one)
    if len(dates) > SHOWN:
        st.caption(_("后面还有 {n} 项，都在日历订阅里。", n=len(dates) - SHOWN))
    _ways_to_more()


def ways(*, escorts: bool, activities: bool) -> None:
    """To what else is the volunteer's: own turns, hours to look over, today's elder, activities."""
    with st.container(horizontal=True):
        st.page_link("rota/slots.py", label=_("我的班次"), icon=":material/event_available:",
                     query_params={"view": "mine"})  # fmt: skip
        st.page_link("volunteers/hours.py", label=_("时长核对"), icon=":material/rule:")
        if escorts:
            st.page_link("activities/outing.py", label=_("陪访"), icon=":material/hail:")
        if activities:
            st.page_link("activities/activities.py", label=_("活动"), icon=":material/celebration:")


def _ways_to_more() -> None:
    for path, label, icon in (
        ("rota/slots.py", _("认领班次"), "event_available"),
        ("volunteers/openings.py", _("看招募岗位"), "person_search"),
    ):
        if path in PATHS:
            st.page_link(path, label=label, icon=f":material/{icon}:")


def _day_words(on: date | None, today: date) -> str:
    if on is None:
        return _("日子没有定")
    words = short_day(on)
    return noted(words, _("今天")) if on == today else words


def _link(one: ServiceDate) -> None:
    path, icon = WAYS[one.kind]
    label = safe(" · ".join(part for part in (_times(one), date_title(one)) if part))
    query = _query(one)
    if path in PATHS and one.link:
        st.page_link(path, label=label, icon=f":material/{icon}:", query_params=query)
    else:
        st.markdown(f":material/{icon}: {label}")
    # Beside the link, since a link does not wrap on a phone.
    st.caption(safe(" · ".join(part for part in (one.about, one.place) if part)))


def _query(one: ServiceDate) -> dict[str, str] | None:
    """What the page opens: the turn itself, where it can be given back; the project; the list of orders."""
    match one.kind:
        case DateKind.TURN:
            return {"view": "mine", "turn": str(one.id)}
        case DateKind.ACTIVITY:
            return {"id": str(one.link)}
        case _:
            return None


def _times(one: ServiceDate) -> str:
    if one.starts_at is None or one.ends_at is None:
        return time_words(one.wanted_time)
    return f"{clock(one.starts_at)}–{_end(one.starts_at, one.ends_at)}"


def _end(starts: datetime, ends: datetime) -> str:
    """The end, with a word where it lies on the next day."""
    next_day = clock(ends) <= clock(starts)
    return _("次日 {time}", time=clock(ends)) if next_day else clock(ends)


def done(served: Served) -> None:
    """What was done: hours that wait, months, the last ones; a fact and no comparison with anybody."""
    st.header(_("我做过的"), anchor=False)
    if served.waiting:
        st.caption(_("另有 {n} 条、{time}正在等社区核对。", n=served.waiting, time=hours(served.waiting_minutes)))
    rows(
        [{"month": month_words(month), "hours": hours(minutes)} for month, minutes in served.months[:6]],
        [Column("month", _("月份"), "nowrap"), Column("hours", _("时长"))],
        key="my_service.months",
        empty=_("还没有记下的时长。服务结束、社区确认后，会出现在这里。"),
        caption=_("每月时长"),
        facts=True,
    )
    if served.latest:
        with st.expander(_("最近做的"), icon=":material/history:"):
            rows(
                [{"on": near(one.on), "what": _spell(one.title, one.minutes)} for one in served.latest],
                [Column("on", _("日期")), Column("what", _("做了什么"))],
                key="my_service.latest",
                empty="",
                caption=_("最近做的"),
                facts=True,
            )


def _spell(title: str, minutes: int) -> str:
    return " · ".join(part for part in (title, hours(minutes)) if part)


# --- the calendar's address ------------------------------------------------------------------------------------


def _token_for(request_key: str) -> str:
    """The token of one press: a repeated one must not show another address than was stored."""
    drawn: str = st.session_state.setdefault(f"_feed.{request_key}", new_feed_token())
    return drawn


def _remember(request_key: str) -> None:
    st.session_state[_MADE] = st.session_state.pop(f"_feed.{request_key}")


def feed_part(feed: OwnFeed | None, address: str) -> Request | None:
    """Make, show once, renew and revoke the address under which the own phone's calendar reads all this."""
    st.header(_("放进手机日历"), anchor=False)
    if feed is None:
        st.session_state.pop(_MADE, None)
        st.caption(_("生成一个只属于您的订阅地址，手机日历会自动显示以上安排。不含居民姓名、电话和门牌，随时可停用。"))
        pressed = press("my_service.feed.make", _("生成订阅地址"), icon=":material/calendar_add_on:", wide=True)
        return _making(pressed) if pressed else None
    made: str | None = st.session_state.get(_MADE)
    if made:
        _show(f"{address}/c/{made}.ics")
    read = _("日历最近读取：{day}", day=near(feed.fetched_on)) if feed.fetched_on else _("日历还没有来读过")
    st.caption(_("{made} 生成；{read}。", made=near(feed.made_at), read=read))
    with st.container(horizontal=True):
        does = _("地址只显示一次；忘了或被别人看到，就换一个，旧的马上失效。")
        renew = ask("my_service.feed.renew", _("换新地址"), does, _("换地址"), icon=":material/autorenew:")
        does = _("手机日历不再更新，已经显示的安排会慢慢过时。要再用，请另生成一个地址。")
        stop = ask("my_service.feed.revoke", _("停用"), does, _("停用地址"), icon=":material/link_off:")
    if renew:
        return _making(renew)
    return Request(stop, revoke_feed, _("已停用，日历不再更新。")) if stop else None


def _making(pressed: Pressed) -> Request:
    key, values = pressed.request_key, {"token": _token_for(pressed.request_key)}
    return Request(pressed, make_feed, _("地址已生成"), values, after=lambda _feed: _remember(key))


def _show(link: str) -> None:
    with st.container(border=True):
        st.markdown(_("**订阅地址，只显示这一次。** 复制到手机日历，或用另一台手机扫码。不要发给别人。"))
        st.code(link, language=None, wrap_lines=True)
        # Phones open their own calendar at this scheme; others scan or paste.
        st.link_button(_("在这台手机上打开（苹果）"), f"webcal{link.removeprefix('https').removeprefix('http')}",
                       icon=":material/event:", width="stretch")  # fmt: skip
        st.image(picture(link), width=200)
        for step in STEPS:
            st.caption(_(step))
