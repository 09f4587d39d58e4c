"""What the resident says, as it is typed: known needs that may be the same come up under the words, with reasons.

The words stand in a fragment: the page is not run again while somebody types. A small script listens to the text area
and sends what it holds once nothing was typed for a moment; "就是这件事" adds the household's voice in one tap.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.access import fragment
from components.acting import Request, carried
from components.forms import RESTORED, Filling, press
from components.held_words import drop, held, hold
from components.needs.words import place_of
from components.wording import _, safe
from components.wording.dates import short_day, today
from components.wording.happenings import reasons
from components.wording.terms import badge
from db.actions.needs.merging import add_voice
from db.queries.needs.twins import Heard
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
class LikelyTwins:
    """The known needs that the typed words may be: `find` reads them, in every run of the fragment."""

    find: Callable[[Actor, str], Sequence[Heard]]
    visit_id: int | None = None
    """The visit whose household may add its voice; None when nobody knows the household: a need can be opened only."""
    after: Callable[[], None] = lambda: None
    """Runs when the voice is stored and before the page is drawn anew."""


def resident_words(filling: Filling, likely: LikelyTwins) -> str:
    """The resident's words, in a fragment above the form that `filling` belongs to; as they were when the page ran."""
    key, drawn = filling.key("description"), [0]
    if key not in st.session_state and (before := held(filling.name)):
        st.session_state.setdefault(RESTORED, {})[key] = before  # the page was loaded anew while the user typed

    def draw(actor: Actor) -> None:
        drawn[0] += 1
        # In a run of its own the fragment must not empty again what has been typed since the page ran.
        field = filling if drawn[0] == 1 else Filling(filling.name)
        field.words(
            "description",
            _("居民原话"),
            placeholder=_("照居民的话写，例如：楼道灯坏了半个月，老人晚上下楼看不见"),
        )
        _hints(actor, heard_words(filling.name, key), likely, filling.name)

    fragment(Permission.LOG_NEED)(draw)()
    return str(st.session_state.get(key) or "")


def forget_heard(name: str) -> None:
    """The form is stored: its words are forgotten."""
    st.session_state.pop(f"_heard.{name}", None)
    drop(name)


def heard_words(name: str, key: str) -> str:
    """What the text area of this key holds now, while somebody types; draws the script that listens to it."""
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


def _hints(actor: Actor, words: str, likely: LikelyTwins, name: str) -> None:
    found = likely.find(actor, words[:COMPARED])
    if not found:
        return
    asked = _("已有相近的需求：是同一件事吗？")
    st.markdown(f":material/lightbulb: **{asked}**")
    for heard in found:
        need = heard.need
        with st.container(border=True):
            voices = _("{n} 户", n=need.voices)
            st.markdown(
                f"[{need.number}](/need?id={need.id}) {badge(need.stage)}  \n{safe(place_of(need))} · "
                f"{short_day(today(need.logged_at))} · {voices} · "
                f"{reasons(heard.reasons) or '—'}"
            )
            st.text(need.description if len(need.description) < 60 else f"{need.description[:59]}…")
            if likely.visit_id is not None:
                _one_tap(actor, need.id, words, likely, name)


def _one_tap(actor: Actor, need_id: int, words: str, likely: LikelyTwins, name: str) -> None:
    pressed = press(f"{name}.voice.{need_id}", _("就是这件事，加这一户"), icon=":material/group_add:", wide=True)
    if not pressed:
        return
    values = {"need_id": need_id, "visit_id": likely.visit_id, "description": words}
    if carried(actor, Request(pressed, add_voice, _said_of_voice, values)):
        forget_heard(name)
        st.session_state[f"_empty.{name}"] = True
        likely.after()
        st.rerun(scope="app")


def _said_of_voice(added: Mapping[str, object]) -> str:
    if added["counted"]:
        return _("已加入 {number}，现在 {n} 户", number=added["number"], n=added["voices"])
    return _("这一户已经提过 {number}，不重复计数", number=added["number"])
