"""What is to be done today: a sentence with numbers, things by name, the lines of all kinds, and the list of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from components.address import filter_view
from components.today.block import block, href
from components.today.lines import WAYS, Rank, rank_of
from components.wording import N_, _, language, safe
from components.wording.dates import clock, short_day, week
from components.wording.dates import today as day_of
from db.queries.paging import Page
from db.queries.today.named import Thing
from db.queries.today.parts import ToDo
from db.queries.today.today import Line
from db.rules.permissions import Actor
from db.rules.permissions import Permission as P
from db.terms import Language

AT_ONCE = 6
"""Things that stand on the page before “再看”: with seven, the figures of a 900 pixel screen lie below its edge."""
FEW = 7
"""Up to so many lines need no tabs."""
FOLD_BESIDE, FOLD_ALONE = 760, 1900
"""Pixels of cards on a phone before the rest is asked for: beside the parts of the day, and where they are the page."""
FIRST, MINE, ALL = "first", "mine", "all"
_SLOTS = (
    ToDo.SLOTS_SHORT, ToDo.SLOTS_TO_MARK, ToDo.OPEN_SLOTS, ToDo.SLOTS_TODAY, ToDo.MY_SLOTS, ToDo.TURNS_TO_TELL,
    ToDo.SLOT_SWAPS,
)  # fmt: skip
_NO_HURRY = (ToDo.NEXT_ACTIVITIES, ToDo.OWN_TEAMS, ToDo.JUDGE)
"""The day that is known of them is not the day by which somebody must act."""


def pressing(lines: Sequence[Line]) -> list[Line]:
    """What is to be done before the rest."""
    return [line for line in lines if rank_of(line.kind) <= Rank.FIRST]


def headline(lines: Sequence[Line], *, more_follows: bool, begins: bool = False) -> str:
    """The day in one sentence."""
    if begins:
        return _("从这里开始：七步到第一次会议")
    first = pressing(lines)
    total = sum(line.count for line in first)
    late = sum(line.count for line in first if rank_of(line.kind) is Rank.LATE)
    if late:
        return _("今天先办 {n} 件，其中 {late} 件已超期", n=total, late=late)
    if total:
        return _("今天先办 {n} 件", n=total)
    if lines:
        return _("今天没有急事，有 {n} 项可办", n=len(lines))
    return _("今日") if more_follows else _("今天没有待办")


def where_and_when(community: str, today: date) -> str:
    """The community, the day, the week of the year."""
    number = _("第 {n} 周", n=today.isocalendar().week)
    return " · ".join(part for part in (community, short_day(today), number) if part)


def choose_view(lines: Sequence[Line]) -> str:
    """先办, 等我定 or everything; kept in the address. Only what is counted on every look has its number here."""
    first, mine = pressing(lines), [line for line in lines if rank_of(line.kind) is Rank.MINE]
    named = {ALL: _("全部")}
    if mine:
        named = {MINE: _("等我定"), **named}
    if first:
        named = {FIRST: _("先办 {n}", n=sum(line.count for line in first)), **named}
    views = list(named)
    return filter_view("view", _("看哪些"), views, named.__getitem__, start=views[0], read=str)


def in_view(lines: Sequence[Line], view: str) -> list[Line]:
    """The lines of a view."""
    if view == FIRST:
        return pressing(lines)
    return [line for line in lines if view == ALL or rank_of(line.kind) is Rank.MINE]


def things_board(lines: Sequence[Line], found: Mapping[ToDo, Sequence[Thing]], today: date) -> None:
    """The most pressing of every kind first, then the second of each; the rest behind one link."""
    turns: list[tuple[int, int, dict[str, object]]] = []
    for place, line in enumerate(_by_kind(lines)):
        some = found.get(line.kind, ())
        if not some:
            turns.append((0, place, _kind_item(line)))
        turns += [(turn, place, _item(one, today)) for turn, one in enumerate(some)]
    items = [item for _turn, _place, item in sorted(turns, key=lambda one: one[:2])[:AT_ONCE]]
    left = sum(line.count for line in lines) - len(items)
    more = {"words": _("再看 {n} 件", n=left), "href": "/?todo=first"} if left > 0 else None
    block("things", {"items": items, "more": more}, key="today.things")


def _by_kind(lines: Sequence[Line]) -> list[Line]:
    """Danger before everything, then what is late, each in the order of the day."""
    return sorted(lines, key=lambda line: (line.kind is not ToDo.HANDLING, rank_of(line.kind)))


def kinds_board(lines: Sequence[Line], found: Mapping[ToDo, Sequence[Thing]]) -> None:
    """One row a kind: how many, the first by name, the way to their list."""
    items = [_kind_item(line, found.get(line.kind, ())) for line in lines]
    data = {"items": items, "more": None, "two": len(items) > FEW, "fold": FOLD_BESIDE}
    block("things", data, key="today.kinds")


def few_board(lines: Sequence[Line], found: Mapping[ToDo, Sequence[Thing]], today: date) -> None:
    """For a day of few lines: one thing by its name, several as their kind."""
    items = []
    for line in _by_kind(lines):
        some = found.get(line.kind, ())
        items.append(_item(some[0], today) if line.count == 1 and some else _kind_item(line, some))
    block("things", {"items": items, "more": None}, key="today.few")


def _kind_item(line: Line, found: Sequence[Thing] = ()) -> dict[str, object]:
    way = WAYS[line.kind]
    sub = ""
    if found:
        sub = _name(found[0]) if line.count == 1 else _("{first} 等", first=_name(found[0]))
    return {
        "kind": way.icon, "colour": _colour(line.kind), "title": _(way.words, n=line.count), "sub": sub, "badge": "",
        "n": line.count,
        "act": _(way.act) if line.count == 1 else _("看名单"), "href": list_of(line.kind),
    }  # fmt: skip


def list_of(kind: ToDo) -> str:
    """The address of the list that shows as many rows as the line says."""
    return href(WAYS[kind].page) if WAYS[kind].page else f"/?todo={kind}"


def _colour(kind: ToDo) -> str:
    return {Rank.LATE: "red", Rank.FIRST: "orange"}.get(rank_of(kind), "gray")


def _item(one: Thing, today: date, *, what: bool = True) -> dict[str, object]:
    way, (badge, colour) = WAYS[one.kind], when(one, today)
    sub = [_(WHAT.get(one.kind, way.words), n=1) if what else "", *_sub(one)]
    return {
        "kind": way.icon, "colour": colour, "title": _name(one), "sub": " · ".join(part for part in sub if part),
        "badge": badge, "act": _(way.act), "href": _way_of(one),
    }  # fmt: skip


def _name(one: Thing) -> str:
    if one.kind is ToDo.SIGN_WEEKS and one.day:
        return week(one.day)
    return one.title_en if language() is Language.ENGLISH and one.title_en else one.title


WHAT = {
    ToDo.DOORS_OVERDUE: N_("高风险户走访"),
    ToDo.DOORS_DUE: N_("到期走访"),
    ToDo.COMPLAINTS_LATE: N_("投诉超期"),
    ToDo.ORDERS_LATE: N_("订单超时"),
    ToDo.OBJECTIONS: N_("公示有异议"),
    ToDo.ANSWERS_OVERDUE: N_("等着回音"),
    ToDo.HANDLING: N_("涉安全"),
    ToDo.RED_PROJECTS: N_("项目滞后"),
    ToDo.TASKS_LATE: N_("决议事项"),
    ToDo.CHECKS_DUE: N_("整改复查"),
    ToDo.MEETING_LEFT: N_("没有闭会"),
    ToDo.PROJECTS_LEFT: N_("牵头人已离开"),
    ToDo.PATCHES_LEFT: N_("没有人走"),
    ToDo.OFFERS: N_("等您接单"),
    ToDo.AWAY: N_("外出未归"),
}
"""What a thing is, for kinds whose name does not say so."""


def _sub(one: Thing) -> list[str]:
    if one.kind is ToDo.SIGN_WEEKS:
        return [_("{n} 件需求", n=one.note)]
    if one.kind in _SLOTS and one.day and one.at:
        return [one.place, f"{short_day(one.day)} {clock(one.at)}"]
    return [one.place, one.note]


def _way_of(one: Thing) -> str:
    way = WAYS[one.kind]
    page, colon, name = way.thing.partition(":")
    if name.startswith("&"):
        return href(f"{page}?id={one.link}{name}")
    if "=" in name:
        return href(f"{page}?{name}")
    if colon and not name:
        return href(page)
    value = f"{one.day}" if name == "week" else one.link
    return href(f"{page}?{name or 'id'}={value}")


def when(one: Thing, today: date) -> tuple[str, str]:
    """How late, how long yet or how long it has waited, and the colour that says how much that presses."""
    if one.kind in _NO_HURRY:
        return "", "gray"
    if one.kind in _SLOTS:
        return (one.note, "orange") if one.note else ("", "gray")
    if one.kind is ToDo.SIGN_WEEKS:
        return _("待签"), "orange"
    passed = day_of(one.at) if one.at else None
    if one.kind is ToDo.ORDERS_LATE and passed and (one.day is None or one.day >= today):
        return _late(max((today - passed).days, 0))
    if one.kind is ToDo.MEETING_LEFT and passed:
        return _late((today - passed).days)
    if one.day:
        return _until((one.day - today).days)
    if passed is None:
        return "", "gray"
    if passed > today:
        return short_day(passed), "gray"
    if passed == today:
        return _("今天"), "red"
    return _("等了 {n} 天", n=(today - passed).days), "red" if one.kind is ToDo.HANDLING else "gray"


def _until(left: int) -> tuple[str, str]:
    if left < 0:
        return _late(-left)
    return (_("今天"), "red") if not left else (_("剩 {n} 天", n=left), "orange" if left <= 3 else "gray")


def _late(days: int) -> tuple[str, str]:
    return (_("超 {n} 天", n=days) if days else _("已超时")), "red"


# --- the list of one kind, where no other page has it --------------------------------------------------------------


def kind_in_address(text: str) -> ToDo | None:
    """The kind whose list is asked for."""
    return next((kind for kind in ToDo if kind.value == text), None)


def thing_list(found: Sequence[tuple[Line, Page[Thing]]], today: date, skip: int) -> None:
    """Every thing of these lines, one row each, the lists one after the other; a long one goes on below."""
    total = sum(line.count for line, _page in found)
    alone = found[0][0] if len(found) == 1 else None
    words = safe(_(WAYS[alone.kind].words, n=total)) if alone else _("今天先办 {n} 件", n=total)
    st.title(words, anchor=False)
    if not found:
        st.info(_("这里已经办完了。"), icon=":material/task_alt:")
        return
    items = [_item(one, today, what=alone is None) for _line, page in found for one in page.rows]
    items += [_kind_item(line) for line, page in found if not page.rows]
    more = None
    if alone and found[0][1].more:
        after = skip + len(found[0][1].rows)
        more = {"words": _("后面的"), "href": f"/?{urlencode({'todo': alone.kind.value, 'skip': after})}"}
    block("things", {"items": items, "more": more, "fold": FOLD_ALONE}, key="today.list")


# --- the acts at the top --------------------------------------------------------------------------------------------

_ACTS = (
    ("visit", N_("登记走访"), "door_front", P.LOG_VISIT),
    ("new-order", N_("点单"), "add_shopping_cart", P.TAKE_ORDER),
    ("new-complaint", N_("登记投诉"), "add_alert", P.LOG_COMPLAINT),
    ("slots", N_("认领班次"), "event_available", P.TAKE_SLOT),
    ("my-service", N_("我的服务"), "event_note", P.SEE_MY_SERVICE),
    ("openings", N_("看招募岗位"), "person_search", P.JOIN_TEAM),
    ("topics", N_("提出议题"), "edit_document", P.SIGN_OWN_TOPIC),
    ("vote", N_("我的表决"), "how_to_vote", P.SIGN_OWN_TOPIC),
    ("communities", N_("社区对比"), "compare", P.COMPARE_COMMUNITIES),
    ("accounts", N_("账号"), "manage_accounts", P.MANAGE_ACCOUNTS),
    ("audit", N_("审计日志"), "history", P.READ_AUDIT),
)


def acts(user: Actor, *, begins: bool = False) -> list[tuple[str, str, str, bool]]:
    """Up to three things that this role does most: page, words, icon, whether it is the main one.

    Before the first meeting (`begins`) communities have nothing to be compared by.
    """
    held = [act for act in _ACTS if user.may(act[3]) and not (begins and act[3] is P.COMPARE_COMMUNITIES)]
    may = [(page, _(words), f":material/{icon}:") for page, words, icon, _held in held][:3]
    return [(*one, not place) for place, one in enumerate(may)]
