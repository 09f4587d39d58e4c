"""The forms of the settings page: categories, places, days."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TypeVar

import streamlit as st

from components.acting import Request
from components.address import WithId
from components.forms import Filling, Pressed, form, press
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import long_day, near
from components.wording.terms import term
from db.actions.admin.settings import (
    add_category,
    add_place,
    change_place,
    forget_day,
    move_category,
    rename_category,
    set_day,
    switch_category,
)
from db.queries.admin.settings import CategoryRow, HolidayRow, PlaceRow, PlacesOfCommunity
from db.terms import PlaceKind

Row = TypeVar("Row", bound=WithId)


def _request(at: Pressed, act: Callable[..., object], values: dict[str, object]) -> Request:
    return Request(at, act, _("已保存，并记入审计日志。"), values)


def categories_part(categories: Sequence[CategoryRow]) -> Request | None:
    """The dictionary in its order, one category to change, and a new one."""
    lines = [
        {"id": one.id, "position": one.position, "name": one.name, "name_en": one.name_en, "needs": one.needs,
         "state": _("启用") if one.active else _("已停用")}
        for one in categories
    ]  # fmt: skip
    columns = [
        Column("name", _("类别")), Column("name_en", _("英文名")), Column("needs", _("需求件数"), "number", total=True),
        Column("state", _("状态"), "nowrap"),
    ]  # fmt: skip
    rows(lines, columns, key="settings.categories", empty=_("还没有类别，请先新增一个。"), caption=_("类别"))
    st.caption(_("用过的类别不能删除，只能停用：停用后新登记选不到它，原有需求不变。"))
    chosen = _chosen("category", _("修改哪个类别"), categories, show=lambda one: one.name)
    request = _category_forms(chosen) if chosen is not None else None
    with _folded(_("新增类别")), form("category_new", border=False) as filling:
        name = filling.line("name", _("类别名称"), help=_("最多 20 个字，如“环境整治”。"))
        name_en = filling.line("name_en", _("英文名"), help=_("英文界面显示，如 Environment。"))
        added = filling.submit(_("新增"))
    return _request(filling, add_category, {"name": name, "name_en": name_en}) if added else request


def _category_forms(chosen: CategoryRow) -> Request | None:
    """Rename a category, move it in the order, or switch it off or on."""
    with form(f"category.{chosen.id}") as filling:
        name = filling.line("name", _("类别名称"), start=chosen.name)
        name_en = filling.line("name_en", _("英文名"), start=chosen.name_en)
        saved = filling.submit(_("保存修改"))
    with st.container(horizontal=True):
        up = press(f"category.{chosen.id}.up", _("上移"), icon=":material/arrow_upward:")
        down = press(f"category.{chosen.id}.down", _("下移"), icon=":material/arrow_downward:")
        words = _("停用") if chosen.active else _("启用")
        switch = press(f"category.{chosen.id}.switch", words, icon=":material/power_settings_new:")
    if saved:
        values: dict[str, object] = {"category_id": chosen.id, "version": chosen.version}
        return _request(filling, rename_category, values | {"name": name, "name_en": name_en})
    if moved := up or down:
        return _request(moved, move_category, {"category_id": chosen.id, "up": moved is up})
    if switch:
        return _request(switch, switch_category, {"category_id": chosen.id, "active": not chosen.active})
    return None


def places_part(community_id: int, found: PlacesOfCommunity) -> Request | None:
    """The places of one community with their households."""
    lines = [
        {"id": one.id, "name": one.name, "kind": term(one.kind), "households": one.households, "needs": one.needs}
        for one in found.places
    ]
    columns = [
        Column("name", _("地点")), Column("kind", _("类型"), "nowrap"),
        Column("households", _("户数"), "number", total=True),
        Column("needs", _("需求件数"), "number", total=True),
    ]  # fmt: skip
    rows(lines, columns, key="settings.places", empty=_("还没有地点，请新增小区、街巷或公共场所。"), caption=_("地点"))
    households = {"listed": found.listed, "all": found.community_households}
    st.caption(_("户数是“需求量”评分的分母。已列 {listed} 户，社区共 {all} 户。", **households))
    chosen = _chosen("place", _("修改哪个地点"), found.places, show=lambda one: one.name)
    request = None
    if chosen is not None:
        with form(f"place.{chosen.id}") as filling:
            values = _place(filling, chosen)
            saved = filling.submit(_("保存修改"))
        if saved:
            request = _request(filling, change_place, {"place_id": chosen.id, "version": chosen.version, **values})
    with _folded(_("新增地点")), form("place_new", border=False) as filling:
        values = _place(filling)
        added = filling.submit(_("新增"))
    return _request(filling, add_place, {"community_id": community_id, **values}) if added else request


def _place(filling: Filling, place: PlaceRow | None = None) -> dict[str, object]:
    return {
        "name": filling.line("name", _("地点名称"), start=place.name if place else ""),
        "kind": filling.choice("kind", _("类型"), list(PlaceKind), start=place.kind if place else None, few=True),
        "households": filling.whole(
            "households", _("户数"), start=place.households if place else None, help=_("街巷和公共场所填 0。")
        ),
    }


def days_part(days: Sequence[HolidayRow]) -> Request | None:
    """Days that differ from the calendar."""
    lines = [
        {"id": one.id, "day": near(one.day, weekday=True),
         "workday": _("上班") if one.workday else _("休息"), "note": one.note}
        for one in days
    ]  # fmt: skip
    columns = [Column("day", _("日期")), Column("workday", _("安排"), "nowrap"), Column("note", _("说明"))]
    nothing = _("没有调整：公示期按国务院放假安排计算。")
    rows(lines, columns, key="settings.days", empty=nothing, caption=_("调整的日子"))
    st.caption(_("影响公示期等工作日的计算；当年放假安排公布前，系统按法定节假日估算并注明。"))
    with form("day") as filling:
        on = filling.day("on", _("日期"))
        works = filling.choice("workday", _("这一天"), [True, False], show=_works, few=True)
        note = filling.line("note", _("说明（可不填）"), help=_("如“国庆调休”。"))
        saved = filling.submit(_("保存"))
    chosen = _chosen("day", _("撤销哪一天的调整"), days, show=lambda one: long_day(one.day))
    if chosen is not None and (undo := press(f"day.{chosen.id}.undo", _("撤销调整"), icon=":material/undo:")):
        return Request(undo, forget_day, _followed, {"override_id": chosen.id, "version": chosen.version})
    return Request(filling, set_day, _followed, {"on": on, "workday": works, "note": note}) if saved else None


def _followed(periods: Mapping[str, int]) -> str:
    """What the day did to the periods that run; each one says it on its own page."""
    saved = _("已保存，并记入审计日志。")
    if not any(periods.values()):
        return saved
    return saved + _("在办的期限重算了 {moved} 项，{kept} 项保持不变，都写在各自的页面上。", **periods)


def _works(value: bool) -> str:
    return _("上班") if value else _("休息")


def _chosen(name: str, label: str, options: Sequence[Row], *, show: Callable[[Row], str]) -> Row | None:
    """One of the rows, picked from a list by id; None at first."""
    by_id = {one.id: one for one in options}
    if not by_id:
        return None
    chosen = st.selectbox(
        label,
        list(by_id),
        index=None,
        key=f"settings.{name}",
        placeholder=_("请选择"),
        format_func=lambda key: show(by_id[key]),
    )
    return by_id.get(chosen) if chosen is not None else None


def _folded(label: str) -> AbstractContextManager[object]:
    return st.expander(label, icon=":material/add:")


def first_of_year(today: date) -> date:
    """Days before this year no longer matter for a period that runs."""
    return date(today.year, 1, 1)
