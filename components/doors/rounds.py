"""今日走访 on a phone: where to walk, the current door with three big buttons, the other doors of the stairwell."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import streamlit as st

from components.acting import Request
from components.address import out_of_address, text_in_address, to_address
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, in_a_row, listed, plainly, safe
from components.wording.dates import near, short_day
from components.wording.terms import badge, term
from db.actions.doors.rounds import hand_over_patch, set_patch
from db.actions.doors.visits import log_visit, take_back_visit
from db.queries.doors.rounds import DoorRow, LastTap, PatchRow, Round, Stairwell
from db.rules.doors.door import DoorInput
from db.rules.doors.visit_input import VisitInput
from db.rules.doors.visit_plan import Stop, evening_advised, is_due
from db.terms import HouseholdKind, VisitOutcome

MINE, ALL, EVENING = "mine", "all", "evening"
BUTTONS = (
    (VisitOutcome.MET, ":material/how_to_reg:"),
    (VisitOutcome.NOT_IN, ":material/door_front:"),
    (VisitOutcome.PHONE, ":material/call:"),
)


def choose_round(walks: bool) -> str:
    """A worker's own patch, the whole community, or the doors for the evening; held in the address."""
    names = {MINE: _("我的片区"), ALL: _("全社区"), EVENING: _("晚上再敲")}
    if not walks:
        del names[MINE]
    first = next(iter(names))
    held = text_in_address("round", first)
    chosen: str = st.container(key="narrow-round").segmented_control(
        _("走哪里"),
        list(names),
        default=held if held in names else first,
        format_func=plainly(names.__getitem__),
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
    """Follow the round again instead of what was chosen."""
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


def stop_name(stop: Stop | Stairwell) -> str:
    """A stairwell in words."""
    return f"{stop.place}{stop.building} {stop.stairwell}".rstrip()


def next_door(here: Stairwell | None) -> None:
    """Go to the next door of the stairwell."""
    leave_stairwell()
    to_address("stop", stop_key(here.place_id, here.building, here.stairwell) if here else None)


def head(here: Stairwell, plan: Round) -> None:
    """Show the stairwell and how much of the round is left."""
    left = _("还有 {doors} 户该走，{stops} 个单元", doors=plan.doors, stops=len(plan.stops))
    st.markdown(f":material/location_on: **{safe(stop_name(here))}**  \n{left}")


def door_card(door: DoorRow, today: date) -> None:
    """Show what to know before knocking: why the door is due, and its note."""
    with st.container(border=True):
        kind = f" {badge(door.kind)}" if door.kind is not HouseholdKind.ORDINARY else ""
        if door.kind is HouseholdKind.HIGH_RISK:
            kind = f" :red-badge[:material/priority_high: {term(door.kind)}]"
        st.markdown(f"## {safe(door.room)}{kind}")
        met = _("上次见到 {day}", day=near(door.met_on)) if door.met_on else _("还没有见到过")
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


def three_buttons(door: DoorRow, here: Stairwell) -> Request | None:
    """见到、未遇、电话: each one tap; after 未遇 comes the next door, otherwise the needs of this visit."""
    request = None
    with st.container(horizontal=True):
        for outcome, icon in BUTTONS:
            pressed = press(
                f"rounds.{outcome}.{door.id}", term(outcome), primary=outcome is VisitOutcome.MET, icon=icon, wide=True
            )
            if pressed:
                values = {"given": VisitInput(outcome), "door": DoorInput(household_id=door.id)}
                request = Request(pressed, log_visit, values=values, after=partial(_knocked, here, outcome))
    return request


def _knocked(here: Stairwell, outcome: VisitOutcome, visit: Mapping[str, object]) -> None:
    next_door(here)
    to_address("visit", None if outcome is VisitOutcome.NOT_IN else visit["visit_id"])


def nothing_due(plan: Round, *, evening: bool) -> None:
    """Say that no door of the round is left."""
    if not plan.known:
        st.info(
            _("还没有登记过住户，所以没有该走的门。有名册的先导入；没有的，走访时敲一户登一户。"),
            icon=":material/home:",
        )
        with st.container(horizontal=True):
            st.page_link("imports/imports.py", label=_("导入住户"), icon=":material/upload_file:")
            st.page_link("doors/visit.py", label=_("去走访，登记第一户"), icon=":material/door_front:")
    elif evening:
        st.info(_("没有连续两次未遇、该在晚上再敲的门。"), icon=":material/check_circle:")
    else:
        st.info(_("该走的门都走到了；留到晚上再敲的有 {n} 户。", n=plan.evening), icon=":material/check_circle:")


def doors_table(here: Stairwell, today: date, *, evening: bool) -> None:
    """List all doors of the stairwell, due or not; the one that is tapped becomes the current door."""

    def state(door: DoorRow) -> str:
        if door.today is not None:
            return _("今天{outcome}", outcome=term(door.today))
        if is_due(door.due_on, today):
            return _("该走")
        return _("{day}前", day=short_day(door.due_on)) if door.due_on else _("未安排")

    rows(
        [
            {
                "id": door.id,
                "room": door.room,
                "kind": door.kind if door.kind is not HouseholdKind.ORDINARY else None,
                "state": state(door),
                "met": near(door.met_on) if door.met_on else None,
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


def choose_stop(stops: Sequence[Stop], here: Stairwell | None) -> None:
    """Choose another stairwell of the round, in walking order, and go there."""
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
        format_func=names.__getitem__,
        placeholder=_("选一个单元"),
    )
    if chosen and chosen != own:
        leave_stairwell()
        to_address("stop", chosen)
        st.rerun()


def patch_form(
    found: Sequence[PatchRow], buildings: Sequence[tuple[int, str]], places: Mapping[int, str]
) -> Request | None:
    """片区: the form in which the secretary says which buildings a worker looks after."""
    names = {row.account_id: row.name for row in found if not row.gone}
    if (left := [row for row in found if row.gone]) and (handed := _hand_over_form(left, names, places)):
        return handed
    account_id = st.selectbox(
        _("社工"), list(names), key="patch.worker", format_func=listed(list(names), lambda one: names.get(one, "")),
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
    values = {"account_id": account_id, "parts": parts}
    return Request(filling, set_patch, _("片区已保存"), values) if pressed else None


def _hand_over_form(left: Sequence[PatchRow], names: Mapping[int, str], places: Mapping[int, str]) -> Request | None:
    """Give the parts that nobody walks any more to a worker."""
    with form("hand_over_patch") as filling:
        for row in left:
            parts = in_a_row(f"{places.get(place, '')} {building or _('全部')}" for place, building in row.parts)
            st.text(_("没有人走的片区（原由{name}负责）：{parts}", name=row.name, parts=parts))
        owners = {row.account_id: row.name for row in left}
        account_id = filling.choice(
            "account_id", _("谁的片区"), list(owners), start=left[0].account_id, show=owners.__getitem__
        )
        heir_id = filling.choice("heir_id", _("交给谁"), list(names), show=names.__getitem__)
        pressed = filling.submit(_("移交片区"), icon=":material/move_item:")
    values = {"account_id": account_id, "heir_id": heir_id}
    return Request(filling, hand_over_patch, _("片区已移交"), values) if pressed else None


def undo(last: LastTap | None) -> Request | None:
    """撤回: the button that takes back the last tap, if there is one; its door becomes the current one again."""
    if last is None:
        return None
    label = _("撤回：{door} {outcome}", door=last.door, outcome=term(last.outcome))
    pressed = press(f"rounds.undo.{last.id}", label, icon=":material/undo:", wide=True)
    return Request(pressed, take_back_visit, _("已撤回"), {"visit_id": last.id}, after=_taken_back) if pressed else None


def _taken_back(visit: Mapping[str, object]) -> None:
    leave_stairwell()
    to_address("id", visit["household_id"])
