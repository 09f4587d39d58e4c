"""共建单位 and 资源 on the screen: the lists, and the forms by which they are registered and changed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.address import filter_view
from components.forms import form
from components.lists import Column, rows
from components.units.words import amount_words, standing_cell, when_words
from components.wording import N_, _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.units.resources import save_resource
from db.actions.units.units import save_unit
from db.queries.units.resources import ResourceRow
from db.queries.units.units import UnitCard, UnitRow, View
from db.rules.units.input import ResourceInput, UnitInput
from db.terms import DayPart, ResourceKind, UnitKind, Weekday

TABS = {"units": N_("单位"), "resources": N_("资源"), "lists": N_("三张清单"), "calendar": N_("日历")}
"""The parts of the page by their code in the address."""
VIEWS = {View.HERE: N_("共建中"), View.SOON: N_("协议到期或快到期"), View.ENDED: N_("已终止")}


def choose_tab() -> str:
    """Which part of the page is shown."""
    return filter_view("tab", _("看哪一部分"), list(TABS), lambda code: _(TABS[code]), start="units", read=_known_tab)


def _known_tab(code: str) -> str:
    if code not in TABS:
        raise ValueError(code)
    return code


def choose_view(counts: Mapping[View, int]) -> View:
    """Which units, each view with its number."""
    return filter_view(
        "view", _("看哪些"), list(VIEWS), lambda view: f"{_(VIEWS[view])} {counts[view]}", start=View.HERE, read=View
    )


def unit_table(found: Sequence[UnitRow]) -> None:
    """The units."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": term(one.kind),
                "home": one.home or _("街道"),
                "standing": standing_cell(one.standing),
                "until": near(one.agreed_until) if one.agreed_until else "",
                "resources": one.resources or "",
                "promised": one.promised or "",
            }
            for one in found
        ],
        [
            Column("name", _("单位")),
            Column("kind", _("性质"), "nowrap"),
            Column("home", _("联系社区"), "nowrap"),
            Column("standing", _("共建协议"), "nowrap"),
            Column("until", _("到期"), "nowrap"),
            Column("resources", _("资源"), "number"),
            Column("promised", _("应允未用"), "number"),
        ],
        key="units.rows",
        page="unit",
        empty=_("这里没有单位。登记共建单位，或去“导入”一次导进来。"),
        caption=_("共建单位"),
    )


def unit_form(card: UnitCard | None, homes: Mapping[int, str]) -> Request | None:
    """Register a unit, or change one; `homes` are the communities to choose from, empty for a community's own staff."""
    name = f"unit.{card.id if card else 'new'}"
    with form(name, border=card is None) as filling:
        with st.container(horizontal=True):
            named = filling.line("name", _("单位名称"), start=card.name if card else "")
            kind = filling.choice("kind", _("性质"), list(UnitKind), start=card.kind if card else None)
        home = None
        if homes:
            start = card.home_id if card else None
            home = filling.choice(
                "home_id", _("联系社区"), list(homes), start=start, show=homes.__getitem__, placeholder=_("街道联系")
            )
        address = filling.line("address", _("地址（可不填）"), most=200, start=card.address if card else "")
        note = _("已登记的不显示；要换人才填写。") if card and card.has_contact else None
        with st.container(horizontal=True):
            contact = filling.line("contact_name", _("联系人"), most=30, help=note)
            phone = filling.line("contact_phone", _("联系电话"), help=note)
        with st.container(horizontal=True):
            agreed_on = filling.day("agreed_on", _("共建协议签订日"), start=card.agreed_on if card else None)
            until = filling.day("agreed_until", _("协议到期日"), start=card.agreed_until if card else None)
        pressed = filling.submit(_("保存") if card else _("登记单位"), icon=":material/save:")
    if not pressed:
        return None
    given = UnitInput(named, kind, address, contact, phone, agreed_on, until, home)
    values = {"given": given, "unit_id": card.id if card else None, "version": card.version if card else None}
    return Request(filling, save_unit, _("单位已保存"), values)


def resource_table(found: Sequence[ResourceRow], *, key: str = "resources.rows", with_unit: bool = True,
    activity_id: int | None = None,
) -> None:  # fmt: skip
    """Resources; a click opens one to ask for it, filled in for an activity that is named."""
    rows(
        [
            {
                "id": one.id if activity_id is None else f"{one.id}-a{activity_id}",
                "name": one.name,
                "unit": one.unit,
                "kind": term(one.kind),
                "amount": amount_words(one.kind, one.amount, one.measure),
                "good": " · ".join(part for part in (one.category, one.skill, one.words) if part),
                "when": when_words(one.weekdays, one.parts, one.from_on, one.until_on),
                "conditions": _("已停用") if one.closed_on else one.conditions,
            }
            for one in found
        ],
        [
            Column("name", _("资源")),
            *([Column("unit", _("单位"))] if with_unit else []),
            Column("kind", _("种类"), "nowrap"),
            Column("amount", _("数量"), "nowrap"),
            Column("good", _("可用于"), "wide"),
            Column("when", _("可用时间")),
            Column("conditions", _("使用条件")),
        ],
        key=key,
        page="resource",
        name="id" if activity_id is None else "match",
        empty=_("还没有登记资源。打开一家单位，把它的场地、人手、器材、物资记下来。"),
        caption=_("资源"),
    )


def resource_form(unit_id: int, one: ResourceRow | None, categories: Mapping[int, str]) -> Request | None:
    """Offer a resource, or change one."""
    with form(f"resource.{one.id if one else f'new.{unit_id}'}", border=False) as filling:
        with st.container(horizontal=True):
            name = filling.line("name", _("资源名称"), start=one.name if one else "")
            kind = filling.choice("kind", _("种类"), list(ResourceKind), start=one.kind if one else None)
        with st.container(horizontal=True):
            amount = filling.whole("amount", _("数量"), least=1, most=100_000, start=one.amount if one else 1)
            measure = filling.line(
                "measure", _("计量单位"), start=one.measure if one else "", placeholder=_("座、人、台、箱")
            )
            category = filling.choice(
                "category_id",
                _("对应的需求类别（可不选）"),
                list(categories),
                start=one.category_id if one else None,
                show=categories.__getitem__,
            )
        with st.container(horizontal=True):
            skill = filling.line("skill", _("特长（可不填）"), start=one.skill if one else "")
            place = filling.line("place", _("地点（可不填）"), start=one.place if one else "")
        good = filling.line("words", _("能帮上什么忙"), start=one.words if one else "", most=200)
        weekdays = filling.ticks(
            "weekdays", _("哪几天可用（不勾就是都可以）"), list(Weekday),
            start=[Weekday(code) for code in one.weekdays] if one else [],
        )  # fmt: skip
        parts = filling.ticks(
            "parts", _("哪个时段可用（不勾就是都可以）"), list(DayPart),
            start=[DayPart(code) for code in one.parts] if one else [],
        )  # fmt: skip
        with st.container(horizontal=True):
            from_on = filling.day("from_on", _("从哪天起（可不填）"), start=one.from_on if one else None)
            until_on = filling.day("until_on", _("到哪天止（可不填）"), start=one.until_on if one else None)
        conditions = filling.line("conditions", _("使用条件（可不填）"), start=one.conditions if one else "", most=200)
        pressed = filling.submit(_("保存资源"), icon=":material/save:")
    if not pressed:
        return None
    given = ResourceInput(
        *(name, kind, amount, measure, category, skill, good, place, tuple(weekdays), tuple(parts)),
        *(from_on, until_on, conditions),
    )
    values = {
        "unit_id": unit_id, "given": given, "resource_id": one.id if one else None,
        "version": one.version if one else None,
    }  # fmt: skip
    return Request(filling, save_resource, _("资源已保存"), values)
