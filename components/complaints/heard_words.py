"""What a caller says, as it is typed: complaints that it may repeat come up under the words, with the reasons.

As for needs (`components/needs/typed_words.py`) the words stand in a fragment. "就是这件" writes the call down as a
repeat of that complaint in one tap, with who called and from where: nothing is filled in twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.access import fragment
from components.complaints.forms import linked
from components.forms import Filling, announce, press
from components.inputs import picked
from components.needs.typed_words import forget_heard, heard_words
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import short_day
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.engine import carry_out
from db.rules.needs.input import CallerInput
from db.rules.permissions import Actor, Permission
from db.terms import NeedSource

USUAL = (NeedSource.CALL, NeedSource.HOTLINE, NeedSource.WALK_IN, NeedSource.CHAT, NeedSource.GRID, NeedSource.OTHER)
SHOWN = 60
"""Characters of the words of a known complaint."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Functions of the page: `find` is asked what it may repeat, `link` writes it down as a repeat, `after` goes on."""

    find: Callable[[Actor, str], Sequence[Any]]
    link: Callable[..., dict[str, Any]]
    after: Callable[[int], None]


def caller_words(filling: Filling, repeats: Repeats) -> dict[str, Any]:
    """Words, source and caller, in a fragment above the form that `filling` belongs to; as typed when the page ran."""
    drawn: list[dict[str, Any]] = []

    def draw(actor: Actor) -> None:
        # In a run of its own the fragment must not empty again what has been typed since the page ran.
        field = Filling(filling.name) if drawn else filling
        words = field.words(
            "description",
            _("诉求人原话"),
            height=100,
            placeholder=_("照诉求人的话写，例如：楼下饭店晚上油烟大，开不了窗"),
        )
        hints = st.container()
        given = {"description": words, **_caller(field)}
        with hints:
            _hints(actor, heard_words(filling.name, field.key("description")), given, repeats, filling.name)
        drawn.append(given)

    fragment(Permission.LOG_COMPLAINT)(draw)()
    return drawn[0]


def _caller(field: Filling) -> dict[str, Any]:
    given: dict[str, Any] = {
        "source": field.choice("source", _("来源"), list(USUAL), few=True, start=NeedSource.CALL),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        given["asker_name"] = field.line(
            "asker_name", _("诉求人怎么称呼（可不填）"), help=_("加密保存，屏幕上只显示姓。"), autocomplete="off"
        )
        given["asker_phone"] = field.line("asker_phone", _("回访电话（可不填）"), autocomplete="off")
    return given


def _hints(actor: Actor, words: str, given: dict[str, Any], repeats: Repeats, name: str) -> None:
    found = repeats.find(actor, words)
    if not found:
        return
    asked = _("以前投诉过：是同一件事吗？")
    st.markdown(f":material/lightbulb: **{asked}**")
    for one in found:
        with st.container(border=True):
            left, right = st.columns([5, 2], vertical_alignment="center")
            with left:
                place = " ".join(part for part in (one.place, one.building) if part)
                st.markdown(
                    f"[{one.number}](/complaint?id={one.id}) {badge(one.state)} {safe(place)} · "
                    f"{short_day(one.received_on)} · {reasons(one.reasons) or '—'}  \n{safe(_short(one.words))}"
                )
            with right:
                _one_tap(actor, one.id, {**given, "description": words}, repeats, name)


def _short(words: str) -> str:
    return words if len(words) < SHOWN else f"{words[: SHOWN - 1]}…"


def _one_tap(actor: Actor, first_id: int, given: dict[str, Any], repeats: Repeats, name: str) -> None:
    pressed = press(f"{name}.repeat.{first_id}", _("就是这件，记为重复投诉"), icon=":material/link:", wide=True)
    if not pressed:
        return
    with refusals_shown(pressed):
        made = carry_out(
            actor, pressed.request_key, repeats.link, first_id=first_id, description=given["description"],
            source=given["source"], caller=picked(CallerInput, given),
        )  # fmt: skip
        pressed.done()
        stored = _("已登记 {number}", number=made["number"])
        announce(f"{stored} · {linked({'number': made['first'], 'closed': made['closed']})}")
        forget_heard(name)
        st.session_state[f"_empty.{name}"] = True
        repeats.after(made["id"])
        st.rerun(scope="app")
