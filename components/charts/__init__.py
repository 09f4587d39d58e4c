"""Charts: finished Vega-Lite specifications (`*.json`, authored by `author.py`) drawn with rows of plain values.

A third of the cost of an Altair object. Rows carry their own words (`label`, `note`, `say`), so a chart speaks the
reader's language; `key` is what a click gives back.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.address import filter_view
from components.wording import _, language, safe
from db.terms import Language

_HERE = Path(__file__).parent
ROW_HEIGHT = 28
"""Pixels a category needs so that no label is dropped."""
ZERO_WIDTH = "\u200b"
AROUND = 84
"""Pixels for legend, axis and padding, which the height of a chart includes."""
INK = {"light": "#1F2937", "dark": "#E8E6E1"}
"""The text colours of the two themes."""
DARK = {
    "#1F2937": "#E8E6E1", "#FBFAF7": "#15191C", "#FFFFFF": "#0D1522",
    "#1F6F78": "#5FB3BC", "#5B6470": "#A7AFB8",
    "#2F6B3A": "#8CC79A", "#A2570A": "#E8A867", "#A4262C": "#F2938F",
    "#CFE3E4": "#16363A", "#95C2C7": "#1B4A50", "#559BA4": "#256670", "#175860": "#75AFB6", "#0F4148": "#CFE3E4",
}  # fmt: skip
"""The colours of a specification in the dark theme: what is much stands out from the page, as it does in the light."""
_COLOUR = re.compile("#[0-9A-F]{6}")


@cache
def specification(name: str, theme: str = "light") -> str:
    """The finished specification of a chart, as text: each drawing parses its own copy."""
    text = (_HERE / f"{name}.json").read_text(encoding="utf-8")
    return _COLOUR.sub(lambda hit: DARK[hit[0]], text) if theme == "dark" else text


_DAYS: Mapping[str, str] = {"%-m/%-d": "%-d %b", "%y/%-m": "%b %Y"}
"""The days and months of an axis, in English: 3/5 is March to one reader and May to another."""


def in_own_days(spec: str) -> str:
    """A specification whose axes say days as the reader does."""
    if language() is Language.ENGLISH:
        for chinese, english in _DAYS.items():
            spec = spec.replace(chinese, english)
    return spec


def finding(words: str, view: str) -> bool:
    """What a chart shows, as its heading, and the choice of its rows as a table; True when the table is wanted.

    The choice stands in the address as `?view=table`, under the name `view`.
    """
    st.header(safe(words), anchor=False)
    names = {"chart": _("图"), "table": _("表")}
    return filter_view(view, _("图或表"), list(names), names.__getitem__, start="chart", read=str) == "table"


def chart(
    name: str,
    rows: Sequence[Mapping[str, object]],
    *,
    key: str,
    alt: str,
    height: int | None = None,
    lines: int = 0,
    click: bool = False,
    **parameters: float | str,
) -> str | None:
    """Draw a chart; returns the `key` of the row that was clicked in this run, else None.

    `alt` says in a sentence what the chart shows. `lines` sets the height by the number of categories.
    """
    theme = st.context.theme.type or ""
    spec = json.loads(in_own_days(specification(name, theme)))
    spec["data"] = {"values": list(rows)}
    spec["height"] = height or max(1, lines) * ROW_HEIGHT + AROUND
    parameters["ink"] = INK.get(theme, INK["light"])
    for parameter in spec.get("params", []):
        if parameter["name"] in parameters:
            parameter["value"] = parameters[parameter["name"]]
    if not click:
        _without_selection(spec)
        st.vega_lite_chart(spec, key=key, alt=alt)
        return None
    event = st.vega_lite_chart(spec, key=key, alt=alt, on_select="rerun", selection_mode="picked")
    picked = event["selection"].get("picked") or []
    now = str(picked[0]["key"]) if picked and "key" in picked[0] else None
    # A selection stays through later reruns; only the click itself is news.
    before = st.session_state.pop(f"_picked.{key}", None)
    if now is not None:
        st.session_state[f"_picked.{key}"] = now
    return now if now != before else None


def _without_selection(spec: dict[str, Any]) -> None:
    """A user who may not open the rows behind a chart gets no pointer that promises it."""
    for part in (spec, *spec.get("layer", [])):
        part["params"] = [one for one in part.get("params", []) if one.get("name") != "picked"]
        if isinstance(part.get("mark"), dict):
            part["mark"].pop("cursor", None)


def beyond(values: Sequence[float], *, least: float = 5, room: float = 1.12) -> float:
    """The end of an axis: the largest value with some room, never less than `least`."""
    return max(least, max(values, default=0) * room)


def apart(names: Sequence[str]) -> list[str]:
    """The names with what is needed to tell equal ones apart: a chart would put them into one row. Nothing shows."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        found.append(name + ZERO_WIDTH * seen.get(name, 0))
        seen[name] = seen.get(name, 0) + 1
    return found
