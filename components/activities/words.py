"""What the plain pages of an activity say; the templates only place it. Nobody who signed up is named."""

from collections.abc import Mapping
from typing import Any

from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import clock, day, long_day
from components.wording.terms import term
from db.counters import day_of
from db.errors import BadInput, YiqilaiError
from db.queries.activities.public import SeatView, SignUpView
from db.rules.activities.places import MOST_CHILDREN
from db.rules.printed_code import printed
from db.terms import ActivityState, SeatState

Words = dict[str, Any]


def when_lines(view: SignUpView) -> list[str]:
    """When it is, session by session."""
    return [
        f"{long_day(day_of(one.starts_at))} {clock(one.starts_at)}–{clock(one.ends_at)} {one.title}".strip()
        for one in view.times
    ] or [long_day(view.on)]


def facts_words(view: SignUpView) -> Words:
    """What both pages say of the activity."""
    moved = _("改期了：原定 {day}。", day=day(view.moved_from)) if view.moved_from else ""
    if view.state is ActivityState.CANCELLED:
        moved = _("活动已取消。")
    return {
        "about": _("{community} · {kind}", community=view.community, kind=term(view.kind)),
        "activity": view.title,
        "when": when_lines(view),
        "where": _("地点：{place}", place=view.place),
        "target": _("对象：{target}", target=view.target) if view.target else "",
        "moved": moved,
    }


def sign_up_words(
    view: SignUpView, code: str, key: str, typed: Mapping[str, str], failed: YiqilaiError | None = None
) -> Words:
    """The form."""
    if view.free is None:
        left = ""
    elif view.free > 0:
        left = _("还有 {n} 个名额", n=view.free)
    else:
        left = _("名额已满，可以排候补；有人取消会自动轮到您")
    return facts_words(view) | {
        "title": view.title,
        "code": code,
        "key": key,
        "left": left,
        "typed": {name: typed.get(name, "")[:200] for name in ("name", "phone", "children")},
        "field": failed.field if isinstance(failed, BadInput) else "",
        "problem": sentence(failed) if failed else "",
        "wrong": _("还没有提交，请看标红的地方。"),
        "trap": _("请不要填写这一栏"),
        "name_label": _("怎么称呼您"),
        "phone_label": _("联系电话"),
        "phone_hint": _("改期、取消、递补时通知您用。"),
        "children": list(range(MOST_CHILDREN + 1)) if view.minors else [],
        "children_label": _("一同来的 14 岁以下孩子（只计人数，不用写姓名）"),
        "kept": _("只给社区工作人员办这场活动用，不公开。"),
        "go": _("报名"),
    }


def seat_words(view: SeatView) -> Words:
    """The receipt: where the sign-up stands, and how it is cancelled."""
    titles = {SeatState.IN: _("已报上"), SeatState.WAITING: _("在候补"), SeatState.CANCELLED: _("报名已取消")}
    said = ""
    if view.state is SeatState.WAITING:
        said = _("您前面还有 {n} 位。有人取消会自动轮到您，我们会打电话。", n=view.before)
    elif view.state is SeatState.IN and view.moved_up:
        said = _("有人取消，名额轮到您了。")
    live = view.state is not SeatState.CANCELLED and view.activity.state is ActivityState.PLANNED
    return facts_words(view.activity) | {
        "title": titles[view.state],
        "good": view.state is SeatState.IN,
        "said": said,
        "children": _("带 {n} 个孩子", n=view.children) if view.children else "",
        "label": _("报名回执"),
        "receipt": printed(view.receipt),
        "keep": _("把这一页加到收藏，或记下回执：凭它查进展、取消报名。"),
        "again": _("刷新"),
        "cancel": _("不来了，取消报名") if live else "",
        "sure": _("我确定取消"),
    }


def unknown_words() -> tuple[str, str]:
    """The answer to a code that does not exist or was closed."""
    return _("没有这个报名码"), _("可能已经停止报名。请再扫一次，或问社区工作人员。")
