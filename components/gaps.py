"""What a long form lacks, in one line above its button: each is a link to its field, and the first gets the focus."""

import secrets
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.wording import _

_HTML = "<div class='gaps' role='alert'></div>"
_CSS = """
.gaps { font-family: var(--st-font); font-size: 0.95rem; line-height: 1.6; color: var(--st-red-text-color); }
button { all: unset; cursor: pointer; text-decoration: underline; text-underline-offset: 0.2em; display: inline-block;
         padding: 0.5rem 0.15rem; font-weight: 600; }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
"""
_JS = """
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".gaps")
  const go = (key) => {
    const name = "st-key-" + key.trim().replace(/[^a-zA-Z0-9_-]/g, "-")
    const field = document.getElementsByClassName(name)[0]
    if (!field) return
    field.scrollIntoView({ block: "center" })
    field.querySelector("input, textarea, button, [tabindex]")?.focus({ preventScroll: true })
  }
  root.replaceChildren(data.said)
  data.fields.forEach((one, at) => {
    const link = document.createElement("button")
    link.type = "button"
    link.textContent = one.label
    link.onclick = () => go(one.key)
    if (at) root.append(data.between)
    root.append(link)
  })
  if (root.dataset.turn !== data.turn) {
    root.dataset.turn = data.turn
    go(data.fields[0].key)
  }
}
"""
_component = st.components.v2.component("yiqilai_gaps", html=_HTML, css=_CSS, js=_JS)


def gaps(place: DeltaGenerator, fields: Sequence[tuple[str, str]], *, missing: bool) -> None:
    """Labels and widget keys of the fields that are wrong, in their order on the screen; `missing`: all are empty."""
    if not fields:
        return
    count = len(fields)
    data = {
        "said": _("还缺 {count} 项：", count=count) if missing else _("有 {count} 项要改：", count=count),
        "between": _("、"),
        "fields": [{"label": label, "key": key} for label, key in fields],
        "turn": secrets.token_hex(4),
    }
    with place:
        _component(key=f"gaps.{fields[0][1].rpartition('.')[0]}", data=data)
