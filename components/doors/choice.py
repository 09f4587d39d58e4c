"""Choose a door in a stairwell with one thumb: place, building, stairwell, room; the stairwell stays for the next."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.forms import as_text, begin, one_of
from components.wording import _, noted
from components.wording.terms import term
from db.queries.doors.households import Room, Stairwell
from db.queries.needs.needs import Option
from db.terms import HouseholdKind

Slots = dict[str, DeltaGenerator]
"""The spot of each field where a form shows what is wrong with it."""
PLACE, BUILDING, STAIRWELL, ROOM, WHERE = "door.place", "door.building", "door.stairwell", "door.room", "door.where"


def choose_way(*, visiting: bool) -> bool:
    """Whether the need comes out of a visit or by another way; fixed while a visit is being followed up."""
    by_visit = _("走访")
    way = st.segmented_control(
        _("怎样得知"),
        [by_visit, _("来访、来电等")],
        **begin("visit.way", by_visit, "default", as_text),
        required=True,
        key="visit.way",
        label_visibility="collapsed",
        disabled=visiting,
    )
    return bool(way == by_visit)


def _spot(slots: Slots | None, *fields: str) -> None:
    if slots is not None:
        slots.update(dict.fromkeys(fields, st.empty()))


def next_door() -> None:
    """Empty the room before the next run draws it; the stairwell stays."""
    st.session_state["_door.next"] = True


def choose_place(places: Sequence[Option], slots: Slots | None = None) -> int | None:
    """The place; the only one is chosen already. `slots` gets the spots of the fields, here and below."""
    if st.session_state.pop("_door.next", False):
        st.session_state[ROOM], st.session_state[WHERE] = None, ""
    ids = [place.id for place in places]
    names = {place.id: place.name for place in places}
    only = ids[0] if len(ids) == 1 else None
    chosen: int | None = st.selectbox(
        _("小区或地点"),
        ids,
        **begin(PLACE, only, fit=one_of(ids), index=None if only is None else 0),
        key=PLACE,
        format_func=names.__getitem__,
        placeholder=_("请选择"),
        persist_state="session",
    )
    _spot(slots, "place_id")
    return chosen


def _typed_or_chosen(
    label: str,
    options: list[str],
    key: str,
    *,
    show: Callable[[str], str] = str,
    persist: Literal["session"] | None = None,
) -> str:
    value = st.selectbox(
        label,
        options,
        key=key,
        accept_new_options=True,
        placeholder=_("选择或输入"),
        format_func=show,
        persist_state=persist,
        **begin(key, None, fit=as_text, index=None),
    )
    return str(value or "")


def choose_stairwell(known: Sequence[Stairwell], slots: Slots | None = None) -> tuple[str, str]:
    """The building and the stairwell, chosen from those on file or typed."""
    with st.container(horizontal=True):
        building = _typed_or_chosen(
            _("楼栋"), list(dict.fromkeys(one.building for one in known)), BUILDING, persist="session"
        )
        inside = list(dict.fromkeys(one.stairwell for one in known if one.building == building))
        stairwell = _typed_or_chosen(_("单元"), inside, STAIRWELL, persist="session")
    _spot(slots, "building", "stairwell")
    return building, stairwell


def choose_room(behind: Sequence[Room], slots: Slots | None = None) -> tuple[str, str]:
    """The room, chosen from those on file or typed; without a room, words that say where it is."""
    kinds = {one.room: one.kind for one in behind}

    def shown(room: str) -> str:
        kind = kinds.get(room, HouseholdKind.ORDINARY)
        return room if kind is HouseholdKind.ORDINARY else noted(room, term(kind))

    room = _typed_or_chosen(_("室"), list(kinds), ROOM, show=shown)
    _spot(slots, "room", "where_text")
    where = ""
    if not room:
        where = st.text_input(
            _("没有门牌？写明在哪里"),
            key=WHERE,
            placeholder=_("例如：东门菜摊、3 号岗亭"),
            autocomplete="off",
            **begin(WHERE, "", fit=as_text),
        )
    return room, where or ""
