"""The figures in the cells of the heat map can be read on every shade that a cell can have, in both themes."""

import json
from typing import Any

import pytest

from components.charts import specification
from tests.support.contrast import contrast


def layers(theme: str) -> tuple[Any, Any]:
    cells, numbers = json.loads(specification("demand", theme))["layer"]
    return cells["encoding"]["color"]["condition"]["scale"], numbers["encoding"]["color"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read_on_every_step(theme: str) -> None:
    shade, ink = layers(theme)
    few, many = shade["range"][:3], shade["range"][3:]
    _hidden, strong = ink["condition"]

    assert shade["type"] == "quantize"  # a flowing scale passes a teal that neither ink can be read on
    assert strong["test"] == "datum.value >= 3 * top / 5"  # where the fourth of five steps begins
    assert [one for one in few if contrast(one, ink["value"]) < 4.5] == []
    assert [one for one in many if contrast(one, strong["value"]) < 4.5] == []
