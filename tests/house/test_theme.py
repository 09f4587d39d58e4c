"""The look is settings, not custom CSS: Streamlit takes every one of them, and every text can be read."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.contrast import contrast

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
MODES = ("light", "dark")
TEXT = ["textColor", "linkColor", "codeTextColor", "dataframeHeaderTextColor"]
TEXT += [f"{name}TextColor" for name in ("red", "orange", "yellow", "green", "blue", "violet", "gray")]


def test_streamlit_takes_every_setting_without_a_word() -> None:
    settings = [f"{section}.{key}" for section, key in flat(CONFIG)]
    code = f"from streamlit import config; [config.get_option(name) for name in {settings!r}]"

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def flat(table: dict[str, object], prefix: str = "") -> list[tuple[str, str]]:
    """Section and key of every setting in nested tables."""
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += flat(value, f"{prefix}.{key}" if prefix else key)
        else:
            found.append((prefix, key))
    return found


def test_the_collection_after_every_rerun_is_off() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", ["backgroundColor", "secondaryBackgroundColor"])
def test_every_text_colour_can_be_read_on_both_surfaces(mode: str, surface: str) -> None:
    colours = CONFIG["theme"][mode]

    too_weak = [name for name in TEXT if contrast(colours[name], colours[surface]) < 4.5]

    assert too_weak == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", ["backgroundColor", "secondaryBackgroundColor"])
def test_a_caption_can_be_read_though_it_is_drawn_at_sixty_percent_of_the_ink(mode: str, surface: str) -> None:
    ink, paper = CONFIG["theme"][mode]["textColor"], CONFIG["theme"][mode][surface]
    mixed = [round(0.6 * int(ink[at : at + 2], 16) + 0.4 * int(paper[at : at + 2], 16)) for at in (1, 3, 5)]

    assert contrast("#{:02X}{:02X}{:02X}".format(*mixed), paper) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_white_can_be_read_on_the_buttons_and_the_buttons_stand_out(mode: str) -> None:
    colours = CONFIG["theme"][mode]

    assert contrast("#FFFFFF", colours["primaryColor"]) >= 4.5
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_every_chart_colour_stands_out_from_the_page(mode: str) -> None:
    colours = CONFIG["theme"][mode]

    too_weak = [c for c in colours["chartCategoricalColors"] if contrast(c, colours["backgroundColor"]) < 3]

    assert too_weak == []


def test_a_phone_does_not_zoom_into_an_input() -> None:
    assert CONFIG["theme"]["baseFontSize"] * 0.875 >= 16


def test_no_font_is_fetched() -> None:
    assert ":" not in CONFIG["theme"]["font"] + CONFIG["theme"]["codeFont"]
    assert "fontFaces" not in CONFIG["theme"]
