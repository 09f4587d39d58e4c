"""What a caller says, as it is typed: complaints that it may repeat come up under the words, with the reasons.

As for needs (`components/needs/typed_words.py`) the words stand in a fragment, which the page opens: it reads what the
words may repeat and runs the request. "就是这件" logs the call as a repeat of that complaint in one tap, with the
caller's name and the source: nothing is filled in twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.acting import Request
from components.address import to_address
from components.complaints.forms import linked
from components.forms import Filling, press
from components.inputs import picked
from components.needs.typed_words import forget_heard, heard_words
from components.wording import _, safe
from components.wording.dates import short_day
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.actions.complaints.links import log_repeat
from db.queries.complaints.page import Repeat
from db.rules.needs.input import CallerInput
from db.terms import NeedSource

USUAL = (NeedSource.CALL, NeedSource.HOTLINE, NeedSource.WALK_IN, NeedSource.CHAT, NeedSource.GRID, NeedSource.OTHER)
SHOWN = 60
"""Characters of the words of a known complaint."""


@dataclass(frozen=True, slots=True)
class CallerWords:
    """The caller's part of the form: its fields, the words as heard while they are typed, the place for the hints."""

    form: str
    fields: Mapping[str, object]
    heard: str
    hints: DeltaGenerator


def caller_words(filling: Filling) -> CallerWords:
    """Words, source and caller, above the form that `filling` belongs to; called in a fragment of the page."""
    # In a run of its own the fragment must not empty again what has been typed since the page ran.
    field = Filling(filling.name) if "description" in filling.slots else filling
    words = field.words(
        "description",
        _("诉求人原话"),
        height=100,
        placeholder=_("照诉求人的话写，例如：楼下饭店晚上油烟大，开不了窗"),
    )
    hints = st.container()
    fields = {"description": words, **_caller(field)}
    with hints:
        heard = heard_words(filling.name, field.key("description"))
    return CallerWords(filling.name, fields, heard, hints)


def _caller(field: Filling) -> dict[str, object]:
    fields: dict[str, object] = {
        "source": field.choice("source", _("来源"), list(USUAL), few=True, start=NeedSource.CALL),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fields["asker_name"] = field.line(
            "asker_name", _("诉求人怎么称呼（可不填）"), help=_("加密保存，屏幕上只显示姓。"), autocomplete="off"
        )
        fields["asker_phone"] = field.line("asker_phone", _("回访电话（可不填）"), autocomplete="off")
    return fields


def likely_repeats_shown(words: CallerWords, likely: Sequence[Repeat]) -> Request | None:
    """The complaints that the words may repeat, each with the press that logs the call as a repeat of it."""
    if not likely:
        return None
    request = None
    with words.hints:
        asked = _("以前投诉过：是同一件事吗？")
        st.markdown(f":material/lightbulb: **{asked}**")
        for one in likely:
            with st.container(border=True):
                left, right = st.columns([5, 2], vertical_alignment="center")
                with left:
                    place = f"{one.place}{one.building}"
                    st.markdown(
                        f"[{one.number}](/complaint?id={one.id}) {badge(one.state)} {safe(place)} · "
                        f"{short_day(one.received_on)} · {reasons(one.reasons) or '—'}  \n{safe(_short(one.words))}"
                    )
                with right:
                    request = _one_tap(words, one.id) or request
    return request


def _short(words: str) -> str:
    return words if len(words) < SHOWN else f"{words[: SHOWN - 1]}…"


def _one_tap(words: CallerWords, first_id: int) -> Request | None:
    pressed = press(f"{words.form}.repeat.{first_id}", _("就是这件，记为重复投诉"), icon=":material/link:", wide=True)
    if not pressed:
        return None
    values = {
        "first_id": first_id,
        "description": words.heard,
        "source": words.fields["source"],
        "caller": picked(CallerInput, words.fields),
    }

    def put_away(made: Mapping[str, object]) -> None:
        forget_heard(words.form)
        st.session_state[f"_empty.{words.form}"] = True
        to_address("logged", made["id"])

    return Request(pressed, log_repeat, _logged, values, after=put_away)


def _logged(made: Mapping[str, object]) -> str:
    logged = _("已登记 {number}", number=made["number"])
    return f"{logged} · {linked({'number': made['first'], 'closed': made['closed']})}"
