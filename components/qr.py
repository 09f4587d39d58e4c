"""A QR, drawn as one path and made once per address: for screens, papers, and a phone that scans it."""

from functools import lru_cache
from typing import TypedDict

import segno
import streamlit as st

QUIET = 4
"""Light modules around the code, as its standard asks."""

# Drawn by the browser itself: an st.image would leave the secret in it at an address that is served to everybody.
_QR = """
export default function (component) {
  const { data, parentElement } = component
  const place = parentElement.querySelector(".code"), svg = "http://www.w3.org/2000/svg"
  const code = document.createElementNS(svg, "svg"), ground = document.createElementNS(svg, "rect")
  const path = document.createElementNS(svg, "path")
  code.setAttribute("viewBox", `0 0 ${data.size} ${data.size}`)
  code.setAttribute("role", "img")
  code.setAttribute("aria-label", data.label)
  for (const [name, value] of [["width", data.size], ["height", data.size], ["fill", "#fff"]])
    ground.setAttribute(name, value)
  path.setAttribute("d", data.path)
  path.setAttribute("fill", "#000")
  code.append(ground, path)
  place.replaceChildren(code)
}
"""
_component = st.components.v2.component(
    "yiqilai_qr", html="<div class='code'></div>", css=".code svg { width: min(100%, 17rem); }", js=_QR
)


class Qr(TypedDict):
    """The QR of an address: `id` names it, `size` in modules with its quiet zone, `path` of an SVG."""

    id: str
    size: int
    path: str


@lru_cache(maxsize=256)
def qr(address: str) -> Qr:
    """The QR of an address, drawn as one path."""
    code = segno.make(address, error="m", micro=False)
    parts = []
    for y, line in enumerate(code.matrix, QUIET):
        x, row = 0, bytes(line)
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                parts.append(f"M{x + QUIET} {y}h{length}v1h-{length}z")
            x += length
    return {"id": address, "size": len(code.matrix) + 2 * QUIET, "path": "".join(parts)}


def picture(address: str, *, dark: str = "#000", light: str = "#fff") -> str:
    """The same QR as a whole SVG, for a page that shows pictures."""
    drawn = qr(address)
    side = drawn["size"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}">'
        f'<path fill="{light}" d="M0 0h{side}v{side}H0z"/><path fill="{dark}" d="{drawn["path"]}"/></svg>'
    )


def show_qr(content: str, *, label: str, key: str) -> None:
    """Draw it large enough for a phone; `label` says what it is to who cannot see it."""
    drawn = qr(content)
    _component(key=key, data={"path": drawn["path"], "size": drawn["size"], "label": label})
