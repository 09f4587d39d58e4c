"""What the resident says, as it is typed: known needs that may be the same come up under the words, with reasons.

The words stand in a fragment: the page is not run again while somebody types. A small script hears the text area and
sends what it holds once nothing was typed for a moment; "就是这件事" adds the household's voice in one tap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.access import fragment
from components.forms import RESTORED, Filling, announce, press
from components.held_words import drop, held, hold
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import short_day, today
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.engine import carry_out
from db.rules.permissions import Actor, Permission

PAUSE = 600
"""Milliseconds without a key before what is typed is sent."""
COMPARED = 300
"""Characters that are looked at for needs that may be the same."""
_JS = """
export default function (component) {
  const { data, setTriggerValue } = component
  let timer = 0, sent = data.heard
  const hear = (event) => {
    const field = event.target
    if (!(field instanceof HTMLTextAreaElement) || !field.closest("." + data.field)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const words = field.value.slice(0, 1000)
      if (words === sent) return
      sent = words
      setTriggerValue("words", words)
    }, data.pause)
  }
  document.addEventListener("input", hear)
  return () => { clearTimeout(timer); document.removeEventListener("input", hear) }
}
"""
_component = st.components.v2.component("yiqilai_hearing", html="<span></span>", js=_JS)


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where the words come from, and the functions of the page: `find` is asked for needs, `voice` adds one's own."""

    find: Callable[[Actor, str], Sequence[Any]]
    voice: Callable[..., dict[str, Any]] | None
    """None when it is not known who asks: then the need can only be looked at."""
    visit_id: int | None = None
    after: Callable[[], None] = lambda: None


def resident_words(filling: Filling, hearing: Hearing) -> str:
    """The words of the resident, in a fragment above the form that `filling` belongs to; what was typed when the
    page ran.
    """
    key, drawn = filling.key("description"), [0]
    if key not in st.session_state and (before := held(filling.name)):
        st.session_state.setdefault(RESTORED, {})[key] = before  # the page was loaded anew under somebody's fingers

    def draw(actor: Actor) -> None:
        drawn[0] += 1
        # In a run of its own the fragment must not empty again what has been typed since the page ran.
        field = filling if drawn[0] == 1 else Filling(filling.name)
        field.words(
            "description",
            _("居民原话"),
            placeholder=_("照居民的话写，例如：楼道灯坏了半个月，老人晚上下楼看不见"),
            max_chars=None,
        )
        _hints(actor, heard_words(filling.name, key), hearing, filling.name)

    fragment(Permission.LOG_NEED)(draw)()
    return str(st.session_state.get(key) or "")


def forget_heard(name: str) -> None:
    """The form is stored: its words are heard no more."""
    st.session_state.pop(f"_heard.{name}", None)
    drop(name)


def heard_words(name: str, key: str) -> str:
    """What the text area of this key holds now, as heard while somebody types; it draws the script that hears."""
    kept = f"_heard.{name}"
    before = str(st.session_state.get(kept) or "")
    css = "st-key-" + "".join(c if c.isalnum() or c in "_-" else "-" for c in key)
    result = _component(
        key=f"{name}.hearing",
        data={"field": css, "pause": PAUSE, "heard": before},
        on_words_change=lambda: None,
    )
    words = result.words if isinstance(result.words, str) else None
    if words is not None:
        st.session_state[kept] = words
    stands = str(st.session_state.get(key) or "")
    hold(name, words if words is not None else stands or before)
    return words if words is not None else before or stands


def _hints(actor: Actor, words: str, hearing: Hearing, name: str) -> None:
    found = hearing.find(actor, words[:COMPARED])
    if not found:
        return
    asked = _("已有相近的需求：是同一件事吗？")
    st.markdown(f":material/lightbulb: **{asked}**")
    for heard in found:
        need = heard.need
        with st.container(border=True):
            place = " ".join(part for part in (need.place, need.building) if part)
            voices = _("{n} 户", n=need.voices)
            st.markdown(
                f"[{need.number}](/need?id={need.id}) {badge(need.stage)}  \n{safe(place)} · "
                f"{short_day(today(need.logged_at))} · {voices} · "
                f"{reasons(heard.reasons) or '—'}"
            )
            st.text(need.description if len(need.description) < 60 else f"{need.description[:59]}…")
            if hearing.voice is not None:
                _one_tap(actor, need.id, words, hearing, name)


def _one_tap(actor: Actor, need_id: int, words: str, hearing: Hearing, name: str) -> None:
    pressed = press(f"{name}.voice.{need_id}", _("就是这件事，加这一户"), icon=":material/group_add:", wide=True)
    if not pressed or hearing.voice is None:
        return
    with refusals_shown(pressed):
        said = carry_out(
            actor, pressed.request_key, hearing.voice, need_id=need_id, visit_id=hearing.visit_id, description=words
        )
        pressed.done()
        if said["counted"]:
            announce(_("已加入 {number}，现在 {n} 户", number=said["number"], n=said["voices"]))
        else:
            announce(_("这一户已经提过 {number}，不重复计数", number=said["number"]))
        forget_heard(name)
        st.session_state[f"_empty.{name}"] = True
        hearing.after()
        st.rerun(scope="app")
