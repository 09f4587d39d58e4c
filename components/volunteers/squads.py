"""队伍: the list with its themes, how a squad is founded, and the subdistrict's own list of themes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import streamlit as st

from components.acting import Request
from components.address import filter_view
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, language
from components.wording.dates import near
from db.actions.volunteers.squads import add_theme, change_theme, found_squad
from db.queries.volunteers.squads import SquadRow, Theme
from db.terms import Language

VIEWS = {
    "all": N_("全部"),
    "mine": N_("我的队伍"),
    "open": N_("队长空缺"),
    "asked": N_("有人申请"),
    "gone": N_("已解散"),
}


class Themed(Protocol):
    """A squad, which names its theme in both languages."""

    @property
    def theme(self) -> str: ...

    @property
    def theme_en(self) -> str: ...


def theme_name(squad: Themed) -> str:
    """The theme in the reader's language."""
    return squad.theme_en if language() is Language.ENGLISH and squad.theme_en else squad.theme


def theme_names(themes: Sequence[Theme], *, also: int | None = None) -> Mapping[int, str]:
    """Themes that a squad may take, and the one that it has."""
    english = language() is Language.ENGLISH
    return {
        one.id: one.name_en if english and one.name_en else one.name for one in themes if one.active or one.id == also
    }


def squads_view(*, joins: bool) -> str:
    """Which squads: all, the own ones for somebody who joins, those without a leader, those that are no more."""
    offered = [code for code in VIEWS if joins or code != "mine"]
    return filter_view("view", _("看哪些"), offered, lambda code: _(VIEWS[code]), start="all", read=str)


def squad_list(squads: Sequence[SquadRow]) -> None:
    """Squads as one block."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "theme": theme_name(one),
                "members": one.members,
                "state": _standing(one),
                "slogan": one.slogan,
                "since": near(one.founded_on),
            }
            for one in squads
        ],
        [
            Column("name", _("队伍")),
            Column("theme", _("主题"), "nowrap"),
            Column("members", _("人数"), "number"),
            Column("state", _("状态"), "nowrap"),
            Column("slogan", _("口号")),
            Column("since", _("成立"), "nowrap"),
        ],
        key="squads.list",
        page="squads",
        empty=_("没有找到队伍。换个主题或队名试试。"),
        caption=_("志愿服务队"),
    )


def _standing(squad: SquadRow) -> str:
    if squad.dissolved_on is not None:
        return _("{day} 解散", day=near(squad.dissolved_on))
    if squad.mine:
        return _("您在队里")
    return "" if squad.led else _("队长空缺")


def found_form(themes: Sequence[Theme], today: date) -> Request | None:
    """A new standing team."""
    names = theme_names(themes)
    with form("found_squad", border=False) as filling:
        left, right = st.columns(2)
        with left:
            name = filling.line("name", _("队名"), most=30)
        with right:
            slogan = filling.line("slogan", _("口号（可不填）"), most=60)
        theme = filling.choice("theme_id", _("主题"), list(names), show=lambda key: names.get(key, ""), few=True)
        founded = filling.day("founded_on", _("成立日期"), start=today, most=today)
        pressed = filling.submit(_("新建队伍"), icon=":material/group_add:")
    values = {"name": name, "slogan": slogan, "theme_id": theme, "founded_on": founded}
    return Request(filling, found_squad, _("队伍已建立"), values) if pressed else None


def themes_part(themes: Sequence[Theme]) -> Request | None:
    """The subdistrict's list, folded: what there is, one to change, one to add."""
    with st.expander(_("主题（{n} 个）", n=len(themes)), icon=":material/category:"):
        return _themes(themes)


def _themes(themes: Sequence[Theme]) -> Request | None:
    rows(
        [
            {
                "name": one.name,
                "english": one.name_en,
                "squads": one.squads,
                "state": "" if one.active else _("不再用于新队伍"),
            }
            for one in themes
        ],
        [
            Column("name", _("主题"), "nowrap"),
            Column("english", _("英文")),
            Column("squads", _("队伍数"), "number", total=True),
            Column("state", _("状态")),
        ],
        key="squads.themes",
        empty=_("还没有主题。"),
        caption=_("队伍主题"),
    )
    by_id = {one.id: one for one in themes}
    chosen = st.selectbox(
        _("修改哪个主题"), list(by_id), index=None, key="squads.theme", placeholder=_("请选择"),
        format_func=lambda key: by_id[key].name if key in by_id else "",
    )  # fmt: skip
    request = _change_form(by_id[chosen]) if chosen in by_id else None
    with form("add_theme") as filling:
        name = filling.line("name", _("新主题"), most=20)
        english = filling.line("name_en", _("英文（可不填）"), most=40)
        pressed = filling.submit(_("添加主题"), icon=":material/add:")
    if pressed:
        return Request(filling, add_theme, _("主题已添加"), {"name": name, "name_en": english})
    return request


def _change_form(theme: Theme) -> Request | None:
    with form(f"change_theme.{theme.id}") as filling:
        name = filling.line("name", _("主题"), start=theme.name, most=20)
        english = filling.line("name_en", _("英文（可不填）"), start=theme.name_en, most=40)
        active = filling.yes("active", _("新队伍可以选"), start=theme.active)
        pressed = filling.submit(_("保存"))
    values = {"theme_id": theme.id, "version": theme.version, "name": name, "name_en": english, "active": active}
    return Request(filling, change_theme, _("已保存"), values) if pressed else None
