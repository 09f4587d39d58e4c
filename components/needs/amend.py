"""Correct a need without overwriting a colleague: an old version shows both, and loses nothing that was typed."""

from dataclasses import asdict, replace

import streamlit as st

from components.acting import Request
from components.address import out_of_address, to_address
from components.forms import form, press
from components.needs.form import amend_fields
from components.needs.life import conflict
from components.needs.words import entry_name
from components.wording import _
from components.wording.happenings import FIELDS
from components.wording.terms import term
from db.actions.needs.needs import amend_need
from db.queries.needs.life import Stated
from db.queries.needs.needs import Frame


def begin(need_id: int) -> None:
    """Open the form on the need as it stands now."""
    for kept in (f"_start.amend.{need_id}", f"_conflict.{need_id}"):
        st.session_state.pop(kept, None)
    st.session_state[f"_empty.amend.{need_id}"] = True
    to_address("amend", 1)
    st.rerun()


def amend(need_id: int, now_is: Stated, frame: Frame) -> Request | None:
    """The form; both versions side by side when a colleague has changed the need since this form was opened."""
    name, clashed = f"amend.{need_id}", f"_conflict.{need_id}"
    started: Stated = st.session_state.setdefault(f"_start.{name}", now_is)
    st.header(_("修改需求"), anchor=False)
    clash = st.empty()
    with form(name) as filling:
        given, door = amend_fields(filling, started, places=frame.places, categories=frame.categories)
        pressed = filling.submit(_("保存修改"), icon=":material/save:")
    if pressed and started.version != now_is.version:
        st.session_state[clashed] = True
    if st.session_state.get(clashed):
        with clash.container():
            _both(need_id, started, asdict(given) | asdict(door), now_is, frame)
    if not pressed or started.version != now_is.version:
        return None
    values = {"need_id": need_id, "version": started.version, "given": given, "door": door}
    return Request(filling, amend_need, _("已修改"), values, after=lambda _version: out_of_address("amend"))


def _both(need_id: int, started: Stated, mine: dict[str, object], now_is: Stated, frame: Frame) -> None:
    names: dict[str, dict[object, str]] = {
        "category_id": {entry.id: entry_name(entry) for entry in frame.categories},
        "place_id": {entry.id: entry_name(entry) for entry in frame.places},
    }

    def show(field: str, value: object) -> str:
        return str(names[field].get(value, value)) if field in names else term(value)

    st.error(
        _("您打开之后，有同事改了这条需求。您的内容没有保存，也没有丢；下面是不同之处。"),
        icon=":material/sync_problem:",
    )
    conflict(mine, {field: getattr(now_is, field) for field in FIELDS}, show)
    if press(f"amend.{need_id}.checked", _("已核对：可以用我填写的内容提交")):
        # The widgets keep what was typed.
        st.session_state[f"_start.amend.{need_id}"] = replace(started, version=now_is.version)
        st.session_state.pop(f"_conflict.{need_id}", None)
        st.rerun()
