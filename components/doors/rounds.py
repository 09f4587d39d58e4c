"""今日走访 on a phone: where to walk, the door in hand with three big buttons, and what of the stairwell is left."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.address import out_of_address, text_in_address, to_address
from components.forms import Filling, announce, form, press
from components.lists import Column, rows
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import day, short_day
from components.wording.terms import badge, term
from db.engine import carry_out
from db.rules.doors.door import DoorInput
from db.rules.doors.visit_input import VisitInput
from db.rules.doors.visit_plan import Stop, evening_advised, is_due
from db.rules.permissions import Actor
from db.terms import HouseholdKind, VisitOutcome

MINE, ALL, EVENING = "mine", "all", "evening"
BUTTONS = (
    (VisitOutcome.MET, ":material/how_to_reg:"),
    (VisitOutcome.NOT_IN, ":material/door_front:"),
    (VisitOutcome.PHONE, ":material/call:"),
)


def choose_round(walks: bool) -> str:
    """My buildings (of whoever walks them), the whole community, or the doors for the evening; kept in the address."""
    names = {MINE: _("我的片区"), ALL: _("全社区"), EVENING: _("晚上再敲")}
    if not walks:
        del names[MINE]
    first = next(iter(names))
    held = text_in_address("round", first)
    chosen: str = st.segmented_control(
        _("走哪里"),
        list(names),
        default=held if held in names else first,
        format_func=names.__getitem__,
        key="rounds.round",
        required=True,
        label_visibility="collapsed",
        width="stretch",
    )
    if chosen != held:
        leave_stairwell()
    to_address("round", None if chosen == first else chosen)
    return chosen


def leave_stairwell() -> None:
    """Go by the round again instead of by what was chosen."""
    out_of_address("stop", "id", "visit", "logged")


def stop_key(place_id: int, building: str, stairwell: str) -> str:
    """A stairwell in the address."""
    return f"{place_id}|{building}|{stairwell}"


def stop_held() -> tuple[int, str, str] | None:
    """The stairwell of the address, or None when it names none."""
    place, *rest = text_in_address("stop").split("|")
    if len(rest) != 2 or not (place.isascii() and place.isdigit() and len(place) < 16):
        return None
    return int(place), rest[0][:24], rest[1][:24]


def stop_name(stop: Any) -> str:
    """A stairwell in words."""
    return " ".join(part for part in (stop.place, stop.building, stop.stairwell) if part)


def next_door(here: Any) -> None:
    """Nothing is in hand any more; the stairwell stays."""
    leave_stairwell()
    to_address("stop", stop_key(here.place_id, here.building, here.stairwell) if here else None)


def head(here: Any, plan: Any) -> None:
    """Where one stands and how much of the round is left."""
    left = _("还有 {doors} 户该走，{stops} 个单元", doors=plan.doors, stops=len(plan.stops))
    st.markdown(f":material/location_on: **{safe(stop_name(here))}**  \n{left}")


def door_card(door: Any, today: date) -> None:
    """What to know before knocking: who is due and why, and the hint for the door."""
    with st.container(border=True):
        kind = f" {badge(door.kind)}" if door.kind is not HouseholdKind.ORDINARY else ""
        st.markdown(f"### {safe(door.room)}{kind}")
        met = _("上次见到 {day}", day=_since(door.met_on, today)) if door.met_on else _("还没有见到过")
        facts = [met]
        if door.due_on and door.due_on < today:
            facts.append(_("已超 {n} 天", n=(today - door.due_on).days))
        if door.tries:
            facts.append(_("连续 {n} 次未遇", n=door.tries))
        st.caption(" · ".join(facts))
        if door.note:
            st.text(door.note)
        if evening_advised(door.tries):
            advice = _("白天两次没人：晚七点再敲")
            st.markdown(f":material/schedule: {advice}")


def _since(met_on: date, today: date) -> str:
    """A day gone by: with its year when it was in another one, or 12 月 would look like a day to come."""
    return short_day(met_on) if met_on.year == today.year else day(met_on)


def knocked(household_id: int, outcome: VisitOutcome) -> dict[str, Any]:
    """One tap at a door, in the objects that the action takes."""
    return {"given": VisitInput(outcome), "door": DoorInput(household_id=household_id)}


def three_buttons(door_id: int) -> tuple[VisitOutcome, Any] | None:
    """见到、未遇、电话: each one tap."""
    chosen = None
    with st.container(horizontal=True):
        for outcome, icon in BUTTONS:
            pressed = press(
                f"rounds.{outcome}.{door_id}", term(outcome), primary=outcome is VisitOutcome.MET, icon=icon, wide=True
            )
            if pressed:
                chosen = outcome, pressed
    return chosen


def nothing_due(plan: Any, *, evening: bool) -> None:
    """Every door was knocked at."""
    if evening:
        st.info(_("没有连续两次未遇、该在晚上再敲的门。"), icon=":material/check_circle:")
    else:
        st.info(_("该走的门都走到了；留到晚上再敲的有 {n} 户。", n=plan.evening), icon=":material/check_circle:")


def doors_table(here: Any, today: date, *, evening: bool) -> None:
    """All doors of the stairwell, due or not; the one that is tapped comes in hand."""

    def state(door: Any) -> str:
        if door.today is not None:
            return _("今天{outcome}", outcome=term(door.today))
        if is_due(door.due_on, today):
            return _("该走")
        return _("{day} 前", day=short_day(door.due_on)) if door.due_on else _("未安排")

    opened = rows(
        [
            {
                "id": door.id,
                "room": door.room,
                "kind": door.kind if door.kind is not HouseholdKind.ORDINARY else None,
                "state": state(door),
                "met": _since(door.met_on, today) if door.met_on else None,
                "tries": door.tries or None,
                "note": door.note,
            }
            for door in sorted(here.doors, key=lambda door: not door.waits(today, evening=evening))
        ],
        [
            Column("room", _("室"), "nowrap"),
            Column("kind", _("户型")),
            Column("state", _("今日")),
            Column("met", _("上次见到"), "nowrap"),
            Column("tries", _("未遇"), "number"),
            Column("note", _("提示"), "wide"),
        ],
        key="rounds.doors",
        empty=_("这个单元还没有登记住户。到“走访登记”敲第一户门，就会出现在这里。"),
        caption=_("本单元住户"),
        page="rounds",
    )
    if opened:
        next_door(here)
        to_address("id", opened)
        st.rerun()


def choose_stop(stops: Sequence[Stop], here: Any) -> None:
    """Another stairwell of the round, in walking order; takes it in hand."""
    own = stop_key(here.place_id, here.building, here.stairwell) if here else ""
    names = {
        stop_key(stop.place_id, stop.building, stop.stairwell): _("{where} · {n} 户", where=stop_name(stop), n=stop.due)
        + (f" · {term(HouseholdKind.HIGH_RISK)}" if stop.high_risk else "")
        for stop in stops
    }
    chosen = st.selectbox(
        _("换一个单元"),
        list(names),
        index=list(names).index(own) if own in names else None,
        key=f"rounds.stop.{own}",
        format_func=lambda key: names.get(key, key),
        placeholder=_("选一个单元"),
    )
    if chosen and chosen != own:
        leave_stairwell()
        to_address("stop", chosen)
        st.rerun()


def patch_part(
    user: Actor, found: Sequence[Any], known: Sequence[tuple[int, str]], places: dict[int, str], *, store: Any
) -> None:
    """片区: the secretary says who walks which buildings."""
    wanted = patch_form(found, known, places)
    if wanted is None:
        return
    filling, account_id, parts = wanted
    with refusals_shown(filling):
        carry_out(user, filling.request_key, store, account_id=account_id, parts=parts)
        filling.done()
        announce(_("片区已保存"))
        st.rerun()


def patch_form(
    found: Sequence[Any], buildings: Sequence[tuple[int, str]], places: dict[int, str]
) -> tuple[Filling, int, list[tuple[int, str]]] | None:
    """片区: the buildings of one worker; what is to be stored when it was submitted."""
    names = {row.account_id: row.name for row in found}
    account_id = st.selectbox(
        _("社工"), list(names), key="patch.worker", format_func=lambda one: names.get(one, ""),
        index=0 if names else None, placeholder=_("请选择"),
    )  # fmt: skip
    if account_id is None:
        return None
    own = next((list(row.parts) for row in found if row.account_id == account_id), [])
    options = list(dict.fromkeys([*((place, "") for place in places), *buildings, *own]))
    with form(f"patch.{account_id}", border=False) as filling:
        parts = filling.several(
            "parts", _("负责的楼栋（选小区名即整个小区）"), options, start=own,
            show=lambda part: f"{places.get(part[0], '')} {part[1] or _('全部')}",
        )  # fmt: skip
        pressed = filling.submit(_("保存片区"), icon=":material/save:")
    return (filling, account_id, parts) if pressed else None


def undo(user: Actor, last: Any, take_back: Any) -> None:
    """撤回: a wrong tap of the last ten minutes, if there is one; the door is in hand again."""
    if last is None:
        return
    label = _("撤回：{door} {outcome}", door=last.door, outcome=term(last.outcome))
    pressed = press(f"rounds.undo.{last.id}", label, icon=":material/undo:", wide=True)
    if pressed:
        with refusals_shown(pressed):
            result = carry_out(user, pressed.request_key, take_back, visit_id=last.id)
            pressed.done()
            announce(_("已撤回"))
            leave_stairwell()
            to_address("id", result["household_id"])
            st.rerun()
