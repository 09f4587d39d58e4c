"""A schematic map of the circle, drawn by ourselves: places, buildings, and how far a quarter of an hour leads.

Shapes differ as well as colours, so that it can be read on paper and at night; no map of anybody else is asked for.
On a phone the places carry numbers, and what they mean stands below: names as wide as the map could not be read there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from xml.sax.saxutils import escape

import streamlit as st

from components.results.names_on_map import Side, beside, width_of
from components.results.once import once_a_circle
from components.wording import _, labelled
from components.wording.terms import term
from db.queries.results.circle import Circle, VenueRow
from db.rules.results.circle import EARTH, Point, Stand, on_the_map, reach_metres
from db.terms import WalkReach

WIDTH, MARGIN, LEGEND = 760, 46, 64
LEAST, MOST = 300, 620
"""Pixels of height."""
ALL_NAMED, NAMED = 12, 60
"""So many buildings are all named, else the gaps alone, up to so many: more names would cover each other."""
MANY = 1000
"""More buildings than these stand on the map without names and minutes."""
_OUTLINE = {
    WalkReach.COVERED: "m-4-4h8v8h-8z",
    WalkReach.BEYOND: "m0-6l6 6-6 6-6-6z",
    WalkReach.UNKNOWN: "m-5 0a5 5 0 1 0 10 0 5 5 0 1 0-10 0",
}
"""How each kind is drawn, from the building's point on: one by one, or a whole kind in one line."""
PIXELS_A_DEGREE = EARTH * radians(1)
STYLE = """
.circle text { font: 12px sans-serif; fill: currentColor; paint-order: stroke;
               stroke: var(--st-background-color, #FFFFFF); stroke-width: 3px; stroke-linejoin: round; }
.circle .left { text-anchor: end; }
.circle .middle { text-anchor: middle; }
.circle .number { display: none; }
.circle .small { font-size: 9.5px; }
.circle .ring { fill: #38858F; fill-opacity: .09; stroke: #38858F; stroke-dasharray: 5 4; }
.circle .venue { fill: #C4524A; stroke: currentColor; stroke-width: .7; }
.circle .covered { fill: #4E8A5A; stroke: currentColor; stroke-width: .6; }
.circle .beyond { fill: none; stroke: #B4711A; stroke-width: 2.2; }
.circle .unknown { fill: none; stroke: #7C8590; stroke-width: 2; stroke-dasharray: 2 2; }
.circle .line { stroke: currentColor; stroke-width: 1.4; }
"""
_HTML = "<div class='map'></div><div class='key'><ul></ul><ol></ol></div>"
_CSS = (
    """
.map { color: var(--st-text-color); } .map svg { width: 100%; height: auto; max-width: 60rem; display: block; }
.key { display: none; color: var(--st-text-color); font-family: var(--st-font); font-size: 0.85rem; line-height: 1.7; }
"""
    + STYLE
    + """
@media (max-width: 640px) {
  .key { display: block; }
  .key ul, .key ol { margin: 0 0 0.5rem; padding: 0; }
  .key ul { list-style: none; }
  .key ul li { display: flex; align-items: center; gap: 0.5rem; }
  .key ul svg { width: 22px; height: 22px; flex: none; }
  .key ol { padding-left: 1.6rem; font-variant-numeric: tabular-nums; }
  .map .name, .map .small, .map .legend { display: none; }
  .map .number { display: inline; font-size: 30px; font-weight: 600; stroke-width: 7px; }
  .map .measure { font-size: 26px; }
  .map :is(.venue, .covered, .beyond, .unknown) { transform-box: fill-box; transform-origin: center; scale: 1.7; }
}
"""
)
_JS = """
export default function (component) {
  const { data, parentElement } = component
  const drawn = (text) => document.importNode(
    new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true)
  const line = (words, shape) => {
    const one = document.createElement("li")
    one.append(...shape ? [drawn(shape)] : [], words)
    return one
  }
  parentElement.querySelector(".map").replaceChildren(drawn(data.drawing))
  parentElement.querySelector("ul").replaceChildren(...data.key.map(([shape, words]) => line(words, shape)))
  parentElement.querySelector("ol").replaceChildren(...data.places.map((words) => line(words)))
}
"""
_component = st.components.v2.component("yiqilai_circle", html=_HTML, css=_CSS, js=_JS)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From the map to pixels, the same scale both ways."""

    north: float
    west: float
    scale: float
    """Pixels a metre."""
    squeeze: float
    height: int

    def at(self, point: Point) -> tuple[float, float]:
        latitude, longitude = on_the_map(point)
        x = (longitude - self.west) * PIXELS_A_DEGREE * self.squeeze * self.scale + MARGIN
        return round(x, 1), round((self.north - latitude) * PIXELS_A_DEGREE * self.scale + MARGIN, 1)


def _frame(points: Sequence[Point]) -> _Frame:
    places = [on_the_map(point) for point in points]
    north, south = max(place[0] for place in places), min(place[0] for place in places)
    west, east = min(place[1] for place in places), max(place[1] for place in places)
    squeeze = cos(radians((north + south) / 2))
    high = max((north - south) * PIXELS_A_DEGREE, 300.0)
    wide = max((east - west) * PIXELS_A_DEGREE * squeeze, 300.0)
    scale = min((WIDTH - 2 * MARGIN) / wide, (MOST - 2 * MARGIN) / high)
    height = max(LEAST, round(high * scale) + 2 * MARGIN)
    return _Frame(north, west, scale, squeeze, height)


def _building(shape: WalkReach, x: float, y: float) -> str:
    return f'<path class="{shape.value}" d="M{x:.1f} {y:.1f}{_OUTLINE[shape]}"/>'


def _venue(x: float, y: float) -> str:
    return f'<path class="venue" d="M{x:.1f} {y - 9:.1f}l8 14h-16z"/>'


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _named(x: float, y: float, name: str, number: int, side: Side) -> str:
    """A place with its name, and with the number that stands for it on a phone."""
    title, kind = escape(labelled(str(number), name)), f"name {side.anchor}"
    return (
        f"<g><title>{title}</title>{_venue(x, y)}</g>{_text(side.x, side.y, name, kind)}"
        f"{_text(x + 13, y + 10, str(number), 'number')}"
    )


def _key(reach: int) -> list[tuple[str, str]]:
    """What the shapes mean, each around the point 0 0."""
    return [
        (_venue(0, 4), _("阵地")),
        *((_building(one, 0, 0), term(one)) for one in WalkReach),
        ('<circle class="ring" r="7"/>', _("推算的步行 15 分钟（直线约 {n} 米）", n=reach)),
    ]


def _legend(top: float, reach: int) -> list[str]:
    found, x = [], float(MARGIN)
    for shape, words in _key(reach):
        found.append(f'<g transform="translate({x:.0f} {top:.0f})">{shape}</g>' + _text(x + 13, top + 4, words, ""))
        x += 34 + width_of(words)
    return ['<g class="legend">', *found, "</g>"]


def _kept(circle: Circle) -> list[tuple[VenueRow, Point]]:
    """Of the subdistrict's places those that serve who is shown: the others would make the quarter a dot."""
    own = {one.id for one in circle.communities}
    nearest = {one.nearest.venue_id for one in circle.stands if one.nearest}
    return [
        (one, one.at.point)
        for one in circle.venues
        if one.at.point is not None and (one.home_id in own or one.id in nearest)
    ]


def _placed(circle: Circle) -> list[tuple[Stand, Point]]:
    return [(one, one.building.point) for one in circle.stands if one.building.point is not None]


@once_a_circle
def has_map(circle: Circle) -> bool:
    """Whether anything has coordinates."""
    return bool(_placed(circle) or _kept(circle))


def _buildings(placed: Sequence[tuple[Stand, Point]], frame: _Frame) -> list[str]:
    """Each building with its name and minutes for whoever points at it."""
    parts = []
    missed = sum(one.reach is not WalkReach.COVERED for one, _point in placed)
    for one, point in placed:
        x, y = frame.at(point)
        name = f"{one.building.place}{one.building.name}"
        minutes = _("{n} 分钟", n=one.nearest.minutes) if one.nearest else term(one.reach)
        parts.append(f"<g><title>{escape(labelled(name, minutes))}</title>{_building(one.reach, x, y)}</g>")
        if len(placed) <= ALL_NAMED or (one.reach is not WalkReach.COVERED and missed <= NAMED):
            parts.append(_text(x + 7, y + 3, one.building.name or one.building.place, "small"))
    return parts


def _crowd(placed: Sequence[tuple[Stand, Point]], frame: _Frame) -> list[str]:
    """Thousands of buildings, which nobody can point at one by one: a single line of each kind, a pixel drawn once."""
    spots: dict[WalkReach, set[tuple[int, int]]] = {reach: set() for reach in WalkReach}
    for one, point in placed:
        x, y = frame.at(point)
        spots[one.reach].add((round(x), round(y)))
    return [
        f'<path class="{reach.value}" d="{"".join(f"M{x} {y}{_OUTLINE[reach]}" for x, y in sorted(spots[reach]))}"/>'
        for reach in WalkReach
        if spots[reach]
    ]


def drawing(circle: Circle, *, alone: bool = False) -> str:
    """The map as SVG; empty where nothing has coordinates. `alone`: as a file, with its colours and a white ground."""
    placed, kept = _placed(circle), _kept(circle)
    points = [point for _one, point in placed] + [point for _row, point in kept]
    if not points:
        return ""
    frame, reach = _frame(points), reach_metres(circle.walking)
    parts = []
    for _row, point in kept:
        x, y = frame.at(point)
        parts.append(f'<circle class="ring" cx="{x}" cy="{y}" r="{reach * frame.scale:.1f}"/>')
    parts += _buildings(placed, frame) if len(placed) <= MANY else _crowd(placed, frame)
    places = [(*frame.at(point), row.name) for row, point in kept]
    sides = beside(places, WIDTH, frame.height)
    parts += [_named(*place, number, side) for number, (place, side) in enumerate(zip(places, sides, strict=True), 1)]
    measure = 500 if 500 * frame.scale < WIDTH / 2 else 100
    foot = frame.height + 22
    x2 = WIDTH - MARGIN - 60
    parts.append(f'<path class="line" d="M{x2 - measure * frame.scale:.1f} {foot + 24}H{x2}"/>')
    parts.append(_text(x2 + 6, foot + 28, _("{n} 米", n=measure), "measure"))
    whole = frame.height + LEGEND
    ground = f'<style>{STYLE}</style><rect width="{WIDTH}" height="{whole}" fill="#FFFFFF"/>' if alone else ""
    look = ' style="color: #1F2937"' if alone else ""
    title = escape(_("15 分钟党群服务圈示意图"))
    clip = f'<clipPath id="field"><rect width="{WIDTH}" height="{frame.height}"/></clipPath>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="circle" viewBox="0 0 {WIDTH} {whole}" role="img"'
        f' aria-label="{title}"{look}>{ground}{clip}<g clip-path="url(#field)">{"".join(parts[:-2])}</g>'
        f"{''.join(parts[-2:])}{''.join(_legend(foot, reach))}</svg>"
    )


@once_a_circle
def _on_the_page(circle: Circle) -> str:
    return drawing(circle)


def show_map(circle: Circle, *, key: str) -> bool:
    """Draw the map on the page; False where nothing has coordinates."""
    drawn = _on_the_page(circle)
    if drawn:
        shapes = [
            (f'<svg xmlns="http://www.w3.org/2000/svg" class="circle" viewBox="-11 -11 22 22">{shape}</svg>', words)
            for shape, words in _key(reach_metres(circle.walking))
        ]
        names = [row.name for row, _point in _kept(circle)]
        _component(key=key, data={"drawing": drawn, "key": shapes, "places": names})
    return bool(drawn)
