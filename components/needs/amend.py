"""Correct a need without overwriting a colleague: an old version shows both, and loses nothing that was typed."""

from typing import Any

import streamlit as st

from components.forms import Filling, form, press
from components.needs.form import amend_fields, need_values
from components.needs.life import conflict
from components.needs.words import entry_name
from components.wording import _
from components.wording.happenings import FIELDS
from components.wording.terms import term


def begin(need_id: int) -> None:
    """Open the form on the need as it stands now."""
    for kept in (f"_start.amend.{need_id}", f"_conflict.{need_id}"):
        st.session_state.pop(kept, None)
    st.session_state[f"_empty.amend.{need_id}"] = True
    st.query_params["amend"] = "1"
    st.rerun()


def amend(need_id: int, now_is: Any, frame: Any) -> tuple[Filling, dict[str, Any], bool, int]:
    """The form, its values, whether it was submitted, and the version that its values start from."""
    name = f"amend.{need_id}"
    started = st.session_state.setdefault(f"_start.{name}", now_is)
    st.subheader(_("修改需求"), anchor=False)
    clash = st.empty()
    with form(name) as filling:
        values = amend_fields(filling, started, places=frame.places, categories=frame.categories)
        pressed = filling.submit(_("保存修改"), icon=":material/save:")
    if st.session_state.get(f"_conflict.{need_id}"):
        with clash.container():
            _both(need_id, name, values, now_is, frame)
    return filling, need_values(values), pressed, started.version


def _both(need_id: int, name: str, mine: dict[str, Any], now_is: Any, frame: Any) -> None:
    names = {
        "category_id": {entry.id: entry_name(entry) for entry in frame.categories},
        "place_id": {entry.id: entry_name(entry) for entry in frame.places},
    }

    def show(field: str, value: Any) -> str:
        return str(names[field].get(value, value)) if field in names else term(value)

    st.error(
        _("您打开之后，有同事改了这条需求。您的内容没有保存，也没有丢；下面是不同之处。"),
        icon=":material/sync_problem:",
    )
    conflict(mine, {field: getattr(now_is, field) for field in FIELDS}, show)
    if press(f"{name}.checked", _("已核对：可以用我填写的内容提交")):
        started = st.session_state[f"_start.{name}"]
        st.session_state[f"_start.{name}"] = _as_of(started, now_is)
        st.session_state.pop(f"_conflict.{need_id}", None)
        st.rerun()


def _as_of(started: Any, now_is: Any) -> Any:
    """The start of the form with the version now stored: what was typed is kept by the widgets."""
    return type(started)(
        **{field: getattr(now_is if field == "version" else started, field) for field in type(started).__slots__}
    )
