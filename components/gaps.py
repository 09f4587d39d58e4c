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
    const typed = field.querySelector("input, textarea, [contenteditable=true]")
    const pressed = [...field.querySelectorAll("button, [tabindex]")]
    const first = typed ?? pressed.find((one) => !one.closest('[data-testid="stWidgetLabel"]'))
    first?.focus({ preventScroll: true })
  }
  root.replaceChildren(data.said)
  data.fields.forEach((one, at) => {
    const link = document.createElement("button")
    link.type = "button"
    link.textContent = one.label
    link.onclick = () => go(one.route)
    if (at) root.append(data.between)
    root.append(link)
  })
  go(data.fields[0].route)
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
        "fields": [{"label": label, "route": key} for label, key in fields],
    }
    with place:
        # Another key each time: a second press brings the focus to the first gap again.
        _component(key=f"gaps.{secrets.token_hex(4)}", data=data)
