"""服务目录: the list, and the form of one service."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _, side_by_side
from components.wording.terms import term
from db.actions.orders.catalogue import save_service, set_service_units
from db.queries.orders.orders import ServiceEntry
from db.rules.orders.input import ServiceInput
from db.terms import FeeKind, ServiceGroup

Partners = Mapping[int, tuple[tuple[int, str], ...]]
"""Service → the units (id, name) that serve it."""


def partner_words(partners: Partners, service_id: int) -> str:
    """The units that serve an entry, by name."""
    return side_by_side(name for _number, name in partners.get(service_id, ()))


def catalogue_list(found: Sequence[ServiceEntry], partners: Partners) -> None:
    """List the services with the units that serve them."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "english": one.name_en,
                "group": term(one.group),
                "skill": one.skill,
                "fee": term(one.fee),
                "answer": _("{n} 小时", n=one.answer_hours),
                "finish": _("{n} 天", n=one.finish_days),
                "minutes": _("{n} 分钟", n=one.minutes),
                "units": partner_words(partners, one.id),
                "active": "" if one.active else _("已停用"),
            }
            for one in found
        ],
        [
            Column("name", _("服务")),
            Column("group", _("类别"), "nowrap"),
            Column("skill", _("要的特长"), "nowrap"),
            Column("fee", _("收费"), "nowrap"),
            Column("answer", _("接单时限"), "number"),
            Column("finish", _("完成时限"), "number"),
            Column("minutes", _("通常多久"), "number"),
            Column("units", _("共建单位")),
            Column("english", _("英文名")),
            Column("active", _("停用"), "nowrap"),
        ],
        key="catalogue.list",
        page="catalogue",
        empty=_("目录还是空的。先添加代买菜、量血压这样居民常点的服务。"),
        caption=_("服务目录"),
    )


def service_form(one: ServiceEntry | None) -> Request | None:
    """The form of a new service, or of the one that was clicked."""
    with form(f"service.{one.id if one else 'new'}") as filling:
        with st.container(horizontal=True):
            name = filling.line("name", _("服务名称"), start=one.name if one else "")
            english = filling.line("name_en", _("英文名（可不填）"), start=one.name_en if one else "")
        with st.container(horizontal=True):
            group = filling.choice("group", _("类别"), list(ServiceGroup), start=one.group if one else None)
            fee = filling.choice("fee", _("收费"), list(FeeKind), few=True, start=one.fee if one else FeeKind.FREE)
            skill = filling.line("skill", _("要的特长（可不填）"), start=one.skill if one else "")
        with st.container(horizontal=True):
            answer = filling.whole("answer_hours", _("几小时内有人接单"), start=one.answer_hours if one else 24)
            finish = filling.whole("finish_days", _("几天内做完"), start=one.finish_days if one else 7)
            minutes = filling.whole("minutes", _("通常多少分钟"), start=one.minutes if one else 60)
        active = filling.yes("active", _("居民可以点"), start=one.active if one else True)
        pressed = filling.submit(_("保存"), icon=":material/save:")
    given = ServiceInput(name, group, fee, answer, finish, minutes, name_en=english, skill=skill, active=active)
    values = {"given": given, "service_id": one.id if one else None, "version": one.version if one else None}
    return Request(filling, save_service, _("目录已保存"), values) if pressed else None


def partner_form(one: ServiceEntry, partners: Partners, units: Mapping[int, str]) -> Request | None:
    """Which units serve this entry."""
    now = [number for number, _name in partners.get(one.id, ())]
    shown = dict(units) | dict(partners.get(one.id, ()))
    with form(f"service_units.{one.id}") as filling:
        chosen = filling.several(
            "unit_ids", _("由哪些共建单位提供"), list(shown), start=now, show=lambda number: shown.get(number, "")
        )
        pressed = filling.submit(_("保存共建单位"), icon=":material/handshake:")
    values = {"service_id": one.id, "unit_ids": tuple(chosen)}
    return Request(filling, set_service_units, _("共建单位已保存"), values) if pressed else None
