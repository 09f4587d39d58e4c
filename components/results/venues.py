"""阵地 and buildings: lists, and the forms of those who keep them."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.detail import fact_list, head
from components.forms import form
from components.lists import Column, Marked, rows
from components.results.circle import number_of_km
from components.wording import _, in_a_row, side_by_side
from components.wording.dates import near
from components.wording.terms import sign, term
from db.actions.results.circle import merge_buildings, save_building, save_minutes, set_walking
from db.actions.results.venues import close_venue, save_venue
from db.queries.results.circle import VenueRow
from db.rules.results.circle import Walking
from db.rules.results.opening_hours import DAY, Hours, clock, groups, written
from db.rules.results.venues import BuildingInput, VenueInput, degrees
from db.terms import Datum, VenueKind


def hours_words(hours: Hours) -> str:
    """The hours in the reader's language."""
    said = []
    for first, last, spans in groups(hours):
        days = term(first) if first is last else _("{start}至{due}", start=term(first), due=term(last))
        times = [
            f"{clock(opens)}–{clock(closes)}" if closes <= DAY
            else _("{opens}–次日 {closes}", opens=clock(opens), closes=clock(closes - DAY))
            for opens, closes in spans
        ]  # fmt: skip
        said.append(f"{days} {side_by_side(times)}")
    return in_a_row(said) or "—"


def state_of(one: VenueRow, today: date) -> Marked:
    """In use, to come, to be closed, closed."""
    if one.at.closed_on is not None:
        if one.at.closed_on < today:
            return Marked(_("已关闭"), "gray")
        return Marked(_("{day} 后关闭", day=near(one.at.closed_on)), "orange")
    if not one.at.serves(today):
        return Marked(_("{day} 开放", day=near(one.at.opened_on)), "blue")
    return Marked(_("在用"), "green")


def venue_table(found: Sequence[VenueRow], today: date) -> None:
    """Every place, the closed ones too; a click opens one."""
    rows(
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": term(one.kind),
                "home": one.home or _("街道"),
                "address": one.address,
                "hours": hours_words(one.hours),
                "phone": one.desk_phone,
                "state": state_of(one, today),
            }
            for one in found
        ],
        [
            Column("name", _("阵地")),
            Column("kind", _("类别"), "nowrap"),
            Column("home", _("社区")),
            Column("state", _("状态"), "nowrap"),
            Column("hours", _("开放时间"), "wide"),
            Column("address", _("地址")),
            Column("phone", _("服务台电话"), "nowrap"),
        ],
        key="circle.venues",
        page="venue",
        empty=_("还没有登记阵地。可以在这里登记，也可以从“导入”成批带入。"),
        caption=_("阵地"),
    )


def venue_facts(one: VenueRow, today: date) -> None:
    """What the desk says about itself."""
    place = _("未登记")
    if one.at.point is not None:
        point = one.at.point
        place = f"{degrees(point.latitude)}, {degrees(point.longitude)} · {term(point.datum)}"
    state = state_of(one, today)
    head(one.name, marks=[sign(state.word, state.colour, "schedule")], about=term(one.kind))
    lines = [
        (_("社区"), one.home or _("街道")),
        (_("地址"), one.address or "—"),
        (_("开放时间"), hours_words(one.hours)),
        (_("节假日说明"), one.holidays or "—"),
        (_("服务台电话"), one.desk_phone or "—"),
        (_("所属共建单位"), one.unit or "—"),
        (_("坐标（纬度，经度）"), place),
        (_("开放日期"), near(one.at.opened_on) if one.at.opened_on else "—"),
    ]
    if one.at.closed_on is not None:
        lines.append((_("最后一天"), " · ".join(part for part in (near(one.at.closed_on), one.closed_reason) if part)))
    fact_list(lines, key="venue.facts", caption=one.name)


def venue_form(one: VenueRow | None, homes: Mapping[int, str], units: Mapping[int, str]) -> Request | None:
    """Register or change; `homes`: the communities to choose from, empty for a community's own staff."""
    point = one.at.point if one else None
    with form(f"venue.{one.id if one else 'new'}", border=False) as filling:
        with st.container(horizontal=True):
            name = filling.line("name", _("阵地名称"), start=one.name if one else "")
            kind = filling.choice("kind", _("类别"), list(VenueKind), start=one.kind if one else None)
        home = None
        if homes:
            home = filling.choice(
                "home_id", _("管理的社区"), list(homes), start=one.home_id if one else None, show=homes.__getitem__,
                placeholder=_("街道"),
            )  # fmt: skip
        address = filling.line("address", _("地址（可不填）"), most=200, start=one.address if one else "")
        hours = filling.line(
            "hours", _("开放时间（可不填）"), most=200, start=written(one.hours) if one else "",
            placeholder=_("周一至周五 8:30–12:00、13:30–17:30；周六 9:00–12:00"),
            help=_("没有写到的日子算休息。过了零点的写成 18:00–2:00。"),
        )  # fmt: skip
        with st.container(horizontal=True):
            holidays = filling.line("holidays", _("节假日说明（可不填）"), most=200, start=one.holidays if one else "")
            phone = filling.line("desk_phone", _("服务台电话（公开）"), start=one.desk_phone if one else "")
        with st.container(horizontal=True):
            latitude = filling.line("latitude", _("纬度（可不填）"), start=degrees(point.latitude) if point else "")
            longitude = filling.line("longitude", _("经度（可不填）"), start=degrees(point.longitude) if point else "")
            datum = filling.choice("datum", _("坐标从哪里读的"), list(Datum), start=point.datum if point else None)
        with st.container(horizontal=True):
            opened = filling.day("opened_on", _("开放日期（不知道就不填）"), start=one.at.opened_on if one else None)
            unit = filling.choice(
                "unit_id", _("所属共建单位（可不选）"), list(units), start=one.unit_id if one else None,
                show=lambda number: units.get(number, ""),
            )  # fmt: skip
        pressed = filling.submit(_("保存") if one else _("登记阵地"), icon=":material/save:")
    if not pressed:
        return None
    given = VenueInput(
        *(name, kind, address, hours, holidays, phone, latitude, longitude, datum, opened, home, unit),
    )
    values = {"given": given, "venue_id": one.id if one else None, "version": one.version if one else None}
    return Request(filling, save_venue, _("阵地已保存"), values)


def close_form(one: VenueRow, today: date) -> Request | None:
    """The last day of a place; a closing that is still to come can be taken back."""
    with form(f"close_venue.{one.id}", border=False) as filling:
        st.caption(_("从最后一天的次日起不再计入覆盖，以前的不变。搬迁的请关闭后另行登记新址。"))
        last = filling.day(
            "on", _("最后一天"), start=one.at.closed_on or today, least=min(today, one.at.closed_on or today)
        )
        reason = filling.line("reason", _("关闭的原因"), most=200, start=one.closed_reason)
        again = filling.yes("again", _("不关闭了，继续开放")) if one.at.closed_on else False
        pressed = filling.submit(_("确定"), icon=":material/event_busy:")
    values = {"venue_id": one.id, "version": one.version, "on": None if again else last, "reason": reason}
    said = _("继续开放") if again else _("已记下最后一天")
    return Request(filling, close_venue, said, values) if pressed else None


def minutes_form(name: str, places: Mapping[int, str], kept: Mapping[int, str]) -> Request | None:
    """What somebody walked; one place is not asked for."""
    only = next(iter(kept)) if len(kept) == 1 else None
    with form(f"minutes.{name}", border=False) as filling:
        with st.container(horizontal=True):
            place = filling.choice("place_id", _("小区或街巷"), list(places), show=places.__getitem__)
            building = filling.line("building", _("楼栋（整条街巷不填）"))
        with st.container(horizontal=True):
            venue = only or filling.choice("venue_id", _("阵地"), list(kept), show=kept.__getitem__)
            minutes = filling.whole("minutes", _("步行分钟数（不填为撤销）"), least=1, most=240)
        pressed = filling.submit(_("记下分钟数"), icon=":material/directions_walk:")
    values = {"place_id": place, "building": building, "venue_id": venue, "minutes": minutes}
    return Request(filling, save_minutes, _("分钟数已记下"), values) if pressed else None


def building_form(places: Mapping[int, str]) -> Request | None:
    """Where a building stands and how many households it has."""
    with form("circle.building", border=False) as filling:
        with st.container(horizontal=True):
            place = filling.choice("place_id", _("小区或街巷"), list(places), show=places.__getitem__)
            building = filling.line("building", _("楼栋（整条街巷不填）"))
            households = filling.whole("households", _("户数（不填按台账）"), most=5000)
        with st.container(horizontal=True):
            latitude = filling.line("latitude", _("纬度（可不填）"))
            longitude = filling.line("longitude", _("经度（可不填）"))
            datum = filling.choice("datum", _("坐标从哪里读的"), list(Datum))
        st.caption(_("保存后替换这幢楼原有的位置和户数，留空的就是没有。"))
        pressed = filling.submit(_("保存楼栋"), icon=":material/save:")
    given = BuildingInput(place, building, latitude, longitude, datum, households)
    return Request(filling, save_building, _("楼栋已保存"), {"given": given}) if pressed else None


def merge_form(places: Mapping[int, str]) -> Request | None:
    """Two buildings of the list are one."""
    with form("circle.merge", border=False) as filling:
        with st.container(horizontal=True):
            place = filling.choice("place_id", _("多出来的：小区或街巷"), list(places), show=places.__getitem__)
            building = filling.line("building", _("多出来的：楼栋"))
        with st.container(horizontal=True):
            into = filling.choice("into_place_id", _("并入：小区或街巷"), list(places), show=places.__getitem__)
            kept = filling.line("into_building", _("并入：楼栋"))
        st.caption(_("并入的楼栋原有的位置、户数和分钟数不变，缺的由多出来的补上。"))
        pressed = filling.submit(_("合并楼栋"), icon=":material/merge:")
    values = {"place_id": place, "building": building, "into_place_id": into, "into_building": kept}
    return Request(filling, merge_buildings, _("楼栋已合并"), values) if pressed else None


def walking_form(walking: Walking, today: date) -> Request | None:
    """The subdistrict's own factor and pace from a day on."""
    with form("circle.walking", border=False) as filling:
        st.caption(
            _("默认绕行系数 1.35、每小时 4.5 公里，是本系统的设定，没有规定可依；现在用的是每小时 {pace} 公里。",
              pace=number_of_km(walking.pace))
        )  # fmt: skip
        with st.container(horizontal=True):
            since = filling.day("since", _("从哪天起"), start=today, least=today)
            detour = filling.whole("detour", _("绕行系数（百分之几）"), least=100, most=300, start=walking.detour)
            pace = filling.whole("pace", _("每小时走多少米"), least=1500, most=7000, start=walking.pace)
        pressed = filling.submit(_("设定"), icon=":material/tune:")
    values = {"since": since, "detour": detour, "pace": pace}
    return Request(filling, set_walking, _("步行推算规则已设定"), values) if pressed else None
