"""定期服务: the list with its next turns, the form of a new series, the forms of a running one."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.address import out_of_address
from components.asking import Folded
from components.doors.choice import next_door
from components.forms import Filling, form, press
from components.lists import Column, rows
from components.needs.words import entry_name
from components.orders.caller import forget_caller
from components.orders.words import choose_half, service_name, time_words
from components.wording import _, safe
from components.wording.dates import near, short_day
from components.wording.terms import term
from db.actions.orders.series import change_helper, skip_turn, start_series, stop_series
from db.queries.orders.orders import ServiceEntry
from db.queries.orders.series import SeriesRow
from db.queries.volunteers.openings import Candidate
from db.rules.doors.door import DoorInput
from db.rules.orders.input import SeriesInput
from db.terms import Rhythm


def series_list(found: Sequence[SeriesRow]) -> None:
    """List the series."""
    rows(
        [
            {
                "id": one.id,
                "service": service_name(one),
                "rhythm": " ".join(part for part in (term(one.rhythm), time_words(one.wanted_time)) if part),
                "door": one.door,
                "helper": one.helper or _("每次另派"),
                "next": _next(one),
                "until": near(one.until) if one.until else _("长期"),
                "turns": one.turns,
            }
            for one in found
        ],
        [
            Column("service", _("服务")),
            Column("rhythm", _("多久一次"), "nowrap"),
            Column("door", _("哪一户")),
            Column("helper", _("平时谁去"), "nowrap"),
            Column("next", _("下一次"), "nowrap"),
            Column("until", _("到哪天"), "nowrap"),
            Column("turns", _("已派次数"), "number"),
        ],
        key="series.list",
        page="series",
        empty=_("还没有定期服务。每周量血压、每月上课这样的服务，在下面登记一次就行。"),
        caption=_("定期服务"),
    )


def _next(one: SeriesRow) -> str:
    if one.stopped:
        return _("已停止")
    if one.next_on is None:
        return _("已结束")
    ask = _("（节假日，请先问）") if one.on_day_off else ""
    return f"{short_day(one.next_on)}{ask}"


def series_forms(one: SeriesRow, helpers: Sequence[Candidate]) -> Request | None:
    """The forms that leave out the next turn, change the usual helper, or stop the series."""
    with st.container(border=True):
        st.markdown(f"**{safe(service_name(one))}** {safe(one.door)} · {_('下一次')} {safe(_next(one))}")
        if one.next_on is None:
            return None
        with st.container(horizontal=True):
            skip = press(f"series.skip.{one.id}", _("下一次不去"), icon=":material/event_busy:")
            with Folded(_("停止这项服务"), icon=":material/stop_circle:"):
                st.text(_("以后不再自动派单；已派的单照常。要再开始，请重新登记。"))
                stop = press(f"series.stop.{one.id}", _("确认停止"), icon=":material/stop_circle:")
        if skip:
            return Request(skip, skip_turn, _("已跳过这一次"), {"series_id": one.id, "on": one.next_on})
        if stop:
            return Request(stop, stop_series, _("已停止，已派的单照常"), {"series_id": one.id})
        if not helpers:
            return None
        with form(f"series.helper.{one.id}", border=False) as filling:
            chosen = _helper(filling, helpers)
            pressed = filling.submit(_("以后由这位去"), icon=":material/person_check:")
    values = {"series_id": one.id, "volunteer_id": chosen}
    return Request(filling, change_helper, _("从下一次起"), values) if pressed else None


def _helper(filling: Filling, helpers: Sequence[Candidate]) -> int | None:
    named = {one.id: f"{one.number} {one.name}" for one in helpers}
    return filling.choice(
        "volunteer_id", _("平时谁去（可不选）"), list(named), show=lambda one: named.get(one, str(one))
    )


def new_series_form(
    services: Sequence[ServiceEntry], helpers: Sequence[Candidate], today: date, *, door: DoorInput
) -> Request | None:
    """The form of a new series; the household or its `door` is chosen above it."""
    named = {one.id: entry_name(one) for one in services}
    with form("start_series") as filling:
        service = filling.choice("service_id", _("什么服务"), list(named), show=lambda one: named.get(one, str(one)))
        rhythm = filling.choice("rhythm", _("多久一次"), list(Rhythm), few=True)
        with st.container(horizontal=True):
            starts = filling.day("starts_on", _("第一次哪天"), start=today + timedelta(days=1), least=today)
            until = filling.day("until", _("到哪天（长期可不填）"), least=today)
        half = choose_half(filling)
        helper = _helper(filling, helpers)
        note = filling.line("note", _("要求（可不填）"), most=200)
        pressed = filling.submit(_("登记定期服务"), icon=":material/event_repeat:", wide=True)
    given = SeriesInput(service, rhythm, starts, until, wanted_time=half, volunteer_id=helper, note=note)
    values = {"given": given, "door": door}
    return Request(filling, start_series, _("已登记，到期前一周自动派单"), values, after=_stored) if pressed else None


def _stored(_series: object) -> None:
    """Empty the door and the caller for the next series."""
    next_door()
    forget_caller()
    out_of_address("person")
