"""Author the charts with Altair and keep them as finished specifications: `python -m components.charts.author`.

Nothing at run time imports this module: an Altair object costs three to four times a ready specification. Words come
with the data, so a specification holds no language; colours that carry a state have a word beside them.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt

HERE = Path(__file__).parent
Drawn = alt.Chart | alt.LayerChart | alt.FacetChart

INK, PAPER, WHITE = "#1F2937", "#FBFAF7", "#FFFFFF"
MAIN, SIDE = "#1F6F78", "#A2570A"
LIGHTS = {"green": "#2F6B3A", "orange": "#A2570A", "red": "#A4262C"}
HEAT = ["#CFE3E4", "#95C2C7", "#559BA4", "#175860", "#0F4148"]
QUIET = "#5B6470"
"""All colours are those of the light theme; `components.charts` puts those of the dark one in their places."""
_ROW = alt.Axis(
    title=None, labelLimit=220, labelOverlap=False, labelFlush=False, ticks=False, domain=False, labelPadding=8,
    labelFontSize=14, labelColor=alt.ExprRef("ink"),
)  # fmt: skip
_SCALE = alt.Axis(title=None, tickCount=4, grid=True, domain=False, ticks=False, labelFontSize=13)
_NARROW = (
    "test(regexp('[A-Za-z]'), datum.label) ? datum.label : width < 480 ? "
    "split(replace(split(datum.label, '·')[0], regexp('(..)(?=.)', 'g'), '$1|'), '|') : split(datum.label, '·')"
)
"""On a phone a Chinese label stands two characters to a line, up to its dot; the totals below name it in full."""
_TURNED = "turned && width < 780"
"""English words do not break: where columns are narrow they stand upright."""
_MONTHS = alt.Axis(
    title=None, labelAngle=0, labelOverlap=False, domain=False, ticks=False, labelFontSize=13,
    labelExpr="width < 480 ? replace(datum.label, regexp('[^0-9]+$'), '') : datum.label",
)  # fmt: skip
_NO_AXIS = alt.Axis(title=None, labels=False, ticks=False, grid=False, domain=False)
_TOP = alt.Legend(
    title=None, orient="top", labelLimit=0, symbolStrokeWidth=2, symbolSize=160, labelFontSize=14,
    labelColor=alt.ExprRef("ink"), columnPadding=18,
    columns=alt.ExprRef("width < 420 ? 1 : 4"),
)  # fmt: skip


def _beside(pixels: int) -> str:
    """The end of an axis whose bars leave this room for the words beside the longest, whatever the width."""
    return f"top * width / max(width * 0.2, width - {pixels})"


def _from_zero(parameter: str) -> alt.Scale:
    """A fixed domain whose end is a parameter: set with the data, so that axes do not jump."""
    return alt.Scale(domain=[0, {"expr": parameter}], nice=False)


def _rows(*, sort: str = "place") -> alt.Y:
    return alt.Y("label:N", sort=alt.EncodingSortField(sort, op="min"), axis=_ROW)


def _words(base: alt.Chart, **more: Any) -> alt.Chart:
    """Words beside a mark, in the ink of the reader's theme (a text mark does not follow the theme by itself)."""
    words: alt.Chart = base.mark_text(color=alt.ExprRef("ink"), **{"fontSize": 13.5} | more)
    return words


def _ink() -> alt.Parameter:
    return alt.param(name="ink", value=INK)


def _top(value: float = 10) -> alt.Parameter:
    return alt.param(name="top", value=value)


def funnel() -> Drawn:
    """Needs by stage with how long they wait; `value`, `group`, `note`, `key` for the click."""
    base = alt.Chart().encode(y=_rows(), tooltip=alt.Tooltip("say:N"))
    bars = base.mark_bar(size=18, cornerRadiusEnd=3, cursor="pointer").encode(
        x=alt.X("value:Q", scale=_from_zero(_beside(235)), axis=_NO_AXIS),
        color=alt.Color("group:N", scale=alt.Scale(range=[MAIN, SIDE]), sort=None, legend=_TOP),
    )
    notes = _words(base, align="left", dx=6).encode(x=alt.X("value:Q"), text="note:N")
    picked = bars.add_params(alt.selection_point(name="picked", fields=["key"], on="click"))
    return alt.layer(picked, notes).add_params(_top(), _ink())


def flow() -> Drawn:
    """New and answered needs a week as two lines that differ in dash and point too, each with its median."""
    base = alt.Chart().transform_filter("datum.kind == 'week'").encode(
        x=alt.X("label:N", sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(
            title=None, labelAngle=0, labelOverlap="parity", labelSeparation=6, domain=False)),
        y=alt.Y("value:Q", scale=_from_zero("top"), axis=_SCALE),
        color=alt.Color("group:N", scale=alt.Scale(range=[MAIN, SIDE]), sort=None, legend=_TOP),
        tooltip=alt.Tooltip("say:N"),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("group:N", sort=None, scale=alt.Scale(range=[[1, 0], [6, 3]]), legend=None)
    )
    points = base.mark_point(size=48, filled=True, opacity=1).encode(
        shape=alt.Shape("group:N", sort=None, scale=alt.Scale(range=["circle", "square"]))
    )
    figures = _words(base, dy=-13).encode(text="note:N")
    middle = alt.Chart().transform_filter("datum.kind == 'median'").encode(y=alt.Y("value:Q", scale=_from_zero("top")))
    rules = middle.mark_rule(strokeWidth=1.5, strokeDash=[2, 4]).encode(
        color=alt.Color("group:N", scale=alt.Scale(range=[MAIN, SIDE]), sort=None, legend=None)
    )
    return alt.layer(lines, rules, points, figures).add_params(_top(), _ink())


def hours() -> Drawn:
    """Hours a month, last year and this year side by side."""
    base = alt.Chart().encode(
        x=alt.X("label:N", sort=alt.EncodingSortField("place", op="min"), axis=_MONTHS),
        xOffset=alt.XOffset("group:N", sort=None),
        y=alt.Y("value:Q", scale=_from_zero("top"), axis=_SCALE),
        tooltip=alt.Tooltip("say:N"),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color("group:N", scale=alt.Scale(range=[QUIET, MAIN]), sort=None, legend=_TOP)
    )
    # A figure needs the width of its bar; a phone has the table.
    figures = _words(base.transform_calculate(shown="width < 700 ? '' : datum.note"), dy=-8, fontSize=12)
    return alt.layer(bars, figures.encode(text="shown:N")).add_params(_top(), _ink())


def sessions() -> Drawn:
    """How many a month, one bar each, with the number above it."""
    base = alt.Chart().encode(
        x=alt.X("label:N", sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(
            title=None, labelAngle=0, labelOverlap=False, domain=False, ticks=False)),
        y=alt.Y("value:Q", scale=_from_zero("top"), axis=_SCALE),
        tooltip=alt.Tooltip("say:N"),
    )  # fmt: skip
    bars = base.mark_bar(cornerRadiusEnd=2, color=MAIN)
    return alt.layer(bars, _words(base, dy=-8).encode(text="value:Q")).add_params(_top(), _ink())


def projects() -> Drawn:
    """What is done beside what should be: a bar in the light's colour, a tick for the plan, the light in words."""
    shades = alt.Scale(domain=list(LIGHTS), range=list(LIGHTS.values()))
    base = alt.Chart().encode(y=_rows(), tooltip=alt.Tooltip("say:N"))
    share = alt.Scale(
        domain=[0, {"expr": "width / max(width * 0.2, width - (width < 480 ? 95 : 190))"}], clamp=True, nice=False
    )
    track = base.mark_bar(size=16, color=QUIET, opacity=0.22, cornerRadius=3).encode(
        x=alt.X("zero:Q", scale=share, axis=_NO_AXIS), x2="whole:Q"
    )
    done = base.mark_bar(size=16, cornerRadius=3, cursor="pointer").encode(
        x=alt.X("zero:Q", scale=share), x2="value:Q", color=alt.Color("colour:N", scale=shades, legend=None)
    )
    plan = base.mark_tick(size=22, thickness=3, color=alt.ExprRef("ink")).encode(x=alt.X("plan:Q", scale=share))
    told = base.transform_calculate(told="width < 480 ? datum.brief : datum.note")
    words = _words(told, align="left", dx=6).encode(x=alt.X("whole:Q", scale=share), text="told:N")
    picked = done.add_params(alt.selection_point(name="picked", fields=["key"], on="click"))
    return alt.layer(track, picked, plan, words).add_params(_ink())


def course() -> Drawn:
    """Indicators over time as shares of their way, against the plan (dashed); changes of a target as diamonds."""
    base = alt.Chart().encode(
        x=alt.X("on:T", scale=alt.Scale(domain=[{"expr": "toDate(begin)"}, {"expr": "toDate(finish)"}]),
                axis=alt.Axis(title=None, format="%-m/%-d", labelAngle=0, tickCount=6, grid=False)),
        y=alt.Y("value:Q", scale=alt.Scale(domain=[0, 1.2], clamp=True, nice=False),
                axis=alt.Axis(title=None, format=".0%", values=[0, 0.25, 0.5, 0.75, 1], domain=False, ticks=False)),
        color=alt.Color("group:N", sort=None, legend=_TOP),
        tooltip=alt.Tooltip("say:N"),
    )  # fmt: skip
    plan = base.mark_line(strokeWidth=2.5, strokeDash=[6, 4]).encode(color=alt.value(QUIET))
    lines = base.mark_line(strokeWidth=2.5)
    shapes = alt.Scale(domain=["reading", "change"], range=["circle", "diamond"])
    points = base.mark_point(size=70, filled=True, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=shapes, legend=None)
    )
    ends = (alt.param(name="begin", value="2026-01-01"), alt.param(name="finish", value="2026-12-31"))
    figures = _words(base, align="right", dy=-12).encode(text="note:N", color=alt.value({"expr": "ink"}))
    kinds = (
        (plan, "datum.kind == 'plan'"), (lines, "datum.kind == 'reading'"), (points, "datum.kind != 'plan'"),
        (figures, "isValid(datum.note)"),
    )  # fmt: skip
    return alt.layer(*(mark.transform_filter(kept) for mark, kept in kinds)).add_params(*ends, _ink())


def demand() -> Drawn:
    """Places by category as a heat map; every cell carries its number, a suppressed one its sign."""
    base = alt.Chart().encode(
        x=alt.X("column:N", sort=alt.EncodingSortField("column_place", op="min"), axis=alt.Axis(
            title=None, orient="top", labelOverlap=False, labelFlush=False, labelLimit=0, domain=False,
            ticks=False, labelExpr=_NARROW, labelFontSize=14, labelColor=alt.ExprRef("ink"),
            # Lines of a heading go downwards: as many as there are stand above the first row.
            labelPadding=alt.ExprRef("2 + 15 * ((width < 480 ? broken : whole) - 1)"),
            labelAngle=alt.ExprRef(f"{_TURNED} ? -90 : 0"), labelAlign=alt.ExprRef(f"{_TURNED} ? 'left' : 'center'"),
            labelBaseline=alt.ExprRef(f"{_TURNED} ? 'middle' : 'bottom'"))),
        y=_rows(),
        tooltip=alt.Tooltip("say:N"),
    )  # fmt: skip
    # Five even steps: between two of them lies a teal on which neither ink nor white can be read.
    shade = alt.Scale(type="quantize", domain=[0, {"expr": "top"}], range=HEAT, nice=False)
    cells = base.mark_rect(stroke=PAPER, strokeWidth=2, cursor="pointer").encode(
        color=alt.condition(
            "isValid(datum.value)", alt.Color("value:Q", scale=shade, legend=None), alt.value("transparent")
        )
    )
    numbers = base.mark_text(fontSize=14).encode(text="note:N")
    numbers.encoding.color = alt.ColorValue.from_dict(
        {
            "condition": [
                {"test": "!isValid(datum.value)", "value": QUIET},
                {"test": "datum.value >= 3 * top / 5", "value": WHITE},
            ],
            "value": INK,
        }
    )
    picked = cells.add_params(alt.selection_point(name="picked", fields=["key"], on="click"))
    lines = (alt.param(name="whole", value=1), alt.param(name="broken", value=2), alt.param(name="turned", value=0))
    return alt.layer(picked, numbers).add_params(*lines, _top(), _ink())


def trend() -> Drawn:
    """Counts a month as bars, the mean of each side as a dashed line, a rule where something began and was accepted."""
    groups = alt.Color("group:N", sort=None, scale=alt.Scale(range=[QUIET, SIDE, MAIN]), legend=_TOP)
    base = alt.Chart().encode(
        x=alt.X("on:T", scale=alt.Scale(domain=[{"expr": "toDate(begin)"}, {"expr": "toDate(finish)"}]),
                axis=alt.Axis(title=None, format="%y/%-m", labelAngle=0, tickCount=6, grid=False)),
        tooltip=alt.Tooltip("say:N"),
    )  # fmt: skip
    height = alt.Y("value:Q", scale=_from_zero("top"), axis=_SCALE)
    bars = base.transform_filter("datum.kind == 'month'").mark_bar(cornerRadiusEnd=2, cursor="pointer").encode(
        x2="to:T", y=height, y2="zero:Q", color=groups
    )  # fmt: skip
    means = base.transform_filter("datum.kind == 'mean'").mark_rule(strokeWidth=2.5, strokeDash=[6, 4]).encode(
        x2="to:T", y=height, color=alt.value(LIGHTS["red"])
    )  # fmt: skip
    # At the foot of the bars, where neither a mean nor a rule crosses them.
    counts = (
        base.transform_filter("datum.kind == 'month'")
        .mark_text(fontSize=13.5, dy=-9, color=WHITE)
        .encode(x=alt.X("middle:T"), y=alt.Y("zero:Q", scale=_from_zero("top")), text="note:N")
    )
    told = _words(base.transform_filter("datum.kind == 'mean'"), align="left", dx=1, dy=-8, fontWeight=600).encode(
        x=alt.X("to:T"), y=height, text="note:N"
    )
    marks = base.transform_filter("datum.kind == 'rule'")
    rules = marks.mark_rule(strokeWidth=2, color=alt.ExprRef("ink"))
    words = _words(marks, align="left", dx=5, baseline="top").encode(y=alt.value(2), text="note:N")
    picked = bars.add_params(alt.selection_point(name="picked", fields=["key"], on="click"))
    ends = (alt.param(name="begin", value="2026-01-01"), alt.param(name="finish", value="2026-12-31"))
    return alt.layer(picked, means, counts, told, rules, words).add_params(*ends, _top(), _ink())


CHARTS: dict[str, Callable[[], Drawn]] = {
    "funnel": funnel,
    "flow": flow,
    "hours": hours,
    "sessions": sessions,
    "projects": projects,
    "course": course,
    "trend": trend,
    "demand": demand,
}


def finished(name: str) -> str:
    """The specification as it is kept: without data, without a foreign address."""
    spec = CHARTS[name]().to_dict(validate=True)
    for key in ("$schema", "datasets", "data", "config"):
        spec.pop(key, None)
    for layer in spec.get("layer", []):
        layer.pop("data", None)
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for chart in CHARTS:
        (HERE / f"{chart}.json").write_text(finished(chart), encoding="utf-8")
