"""排班: the list of rotas, and the form of a new one."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.detail import new
from components.forms import Filling, form
from components.lists import Column, Marked, rows
from components.rota.words import gap_words
from components.wording import _
from components.wording.dates import dated
from db.actions.rota.rotas import make_rota
from db.queries.rota.rotas import RotaFacts, RotaRow
from db.rules.rota.input import RotaInput


def rota_list(found: Sequence[RotaRow], *, several: bool) -> None:
    """List the rotas with their gaps; `several` communities are named."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "gaps": Marked(gap_words(one.gaps), "red") if one.gaps.missing else gap_words(one.gaps),
                "slots": one.gaps.slots,
                "place": f"{one.community} · {one.place}" if several else one.place,
                "days": f"{dated(one.starts_on)}—{dated(one.ends_on)}",
            }
            for one in found
        ],
        [
            Column("title", _("排班")),
            Column("state", _("状态"), "nowrap"),
            Column("gaps", _("缺口"), "nowrap"),
            Column("slots", _("后面的班次"), "number"),
            Column("days", _("起止"), "nowrap"),
            Column("place", _("地点")),
        ],
        key="rotas.list",
        page="rota",
        empty=_("还没有排班。春运、文明劝导、每月上门这样要人值守的事，在这里排班招募。"),
        caption=_("排班"),
    )


def new_rota(
    places: Mapping[int, str], squads: Mapping[int, str], projects: Mapping[int, str], today: date
) -> Request | None:
    """The form of a new rota: what for, where, how long, which posts."""
    with new(_("新建排班")) as menu:
        return _new_form(places, squads, projects, today) if menu.open else None


def _new_form(
    places: Mapping[int, str], squads: Mapping[int, str], projects: Mapping[int, str], today: date
) -> Request | None:
    with form("make_rota", border=False) as filling:
        given = rota_fields(filling, places, squads, projects, today=today)
        posts = filling.words(
            "posts", _("点位，一行一个"), height=110,
            placeholder=_("进站口，引导乘客，\n售票厅，帮用自助机，电脑\n出站口，指路，"),
            help=_("每行：点位名，做什么，要求的特长（后两项可不填）。最多 12 个。"),
        )  # fmt: skip
        pressed = filling.submit(_("建好，去排班次"), icon=":material/arrow_forward:")
    return Request(filling, make_rota, "", {"given": given, "posts": posts}, after=_go) if pressed else None


def _go(rota_id: object) -> None:
    st.session_state["_rota.made"] = rota_id


def made() -> int | None:
    """The rota that was just made, once."""
    found: int | None = st.session_state.pop("_rota.made", None)
    return found


def rota_fields(
    filling: Filling, places: Mapping[int, str], squads: Mapping[int, str], projects: Mapping[int, str], *,
    today: date, start: RotaFacts | None = None,
) -> RotaInput:  # fmt: skip
    """The fields of a rota's head, empty or as it stands."""
    title = filling.line("title", _("叫什么"), start=start.title if start else "", placeholder=_("例：春运志愿服务"))
    with st.container(horizontal=True):
        first = filling.day("starts_on", _("从哪天"), start=start.starts_on if start else today)
        last = filling.day("ends_on", _("到哪天"), start=start.ends_on if start else None)
        back = filling.whole(
            "give_back_hours", _("开班前几小时内不能自己退"), most=720, start=start.give_back_hours if start else 24
        )
    where = filling.line("place", _("地点（集合处）"), most=200, start=start.place if start else "")
    call = filling.words("call", _("招募的话（500 字以内）"), height=80, start=start.call if start else "")
    with st.container(horizontal=True):
        near = filling.choice(
            "place_id", _("在哪个小区（先请住得近的，可不填）"), list(places), start=start.place_id if start else None,
            show=lambda one: places.get(one, ""),
        )  # fmt: skip
        squad = filling.choice(
            "squad_id", _("哪支队伍的（可不填）"), list(squads), start=start.squad_id if start else None,
            show=lambda one: squads.get(one, ""),
        )  # fmt: skip
        project = filling.choice(
            "project_id", _("哪个项目的（可不填）"), list(projects), start=start.project_id if start else None,
            show=lambda one: projects.get(one, ""),
        )  # fmt: skip
    return RotaInput(title, where, first, last, call, near, back, project, squad)
