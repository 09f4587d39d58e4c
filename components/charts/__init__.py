"""Charts: finished Vega-Lite specifications (`*.json`, authored by `author.py`) drawn with rows of plain values.

A third of the cost of an Altair object. Rows carry their own words (`label`, `note`, `say`), so a chart speaks the
reader's language; `key` is what a click gives back.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
ROW_HEIGHT = 28
"""Pixels a category needs so that no label is dropped."""
ZERO_WIDTH = "\u200b"
AROUND = 76
"""Pixels for legend, axis and padding, which the height of a chart includes."""
INK = {"light": "#1F2937", "dark": "#E8E6E1"}
"""The text colours of the two themes."""


@cache
def specification(name: str) -> str:
    """The finished specification of a chart, as text: each drawing parses its own copy."""
    return (_HERE / f"{name}.json").read_text(encoding="utf-8")


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
    spec = json.loads(specification(name))
    spec["data"] = {"values": list(rows)}
    spec["height"] = height or max(1, lines) * ROW_HEIGHT + AROUND
    parameters["ink"] = INK.get(st.context.theme.type or "", INK["light"])
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
