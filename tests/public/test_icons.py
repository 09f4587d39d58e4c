"""The icon font that is sent: every icon that can be drawn is in it, and another Streamlit keeps its own."""

from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir
from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from pages.public import icons


def test_the_font_holds_every_icon_that_can_be_drawn() -> None:
    """Where this fails: `python -m tools.icon_font` (its docstring says what it needs)."""
    source, held = icons.listed()
    theirs = icons.their_font()

    assert theirs is not None
    assert theirs.name == source
    assert sorted(icons.icons_meant(ALL_MATERIAL_ICONS) - held) == []
    assert {"how_to_vote", "keyboard_arrow_down", "visibility_off"} <= held


def test_our_page_names_the_style_sheet_with_our_font(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(get_static_dir(), "index.html").read_text()
    style = icons.their_style()

    changed = icons.with_our_icons(page)

    assert style is not None
    assert style.name in page
    assert style.name not in changed
    assert f'"./{icons.style_address()}"' in changed
    assert icons.listed()[0] not in icons.own_style()
    assert f"url(../{icons.font_address()})" in icons.own_style()

    monkeypatch.setattr(icons, "their_font", lambda: Path("MaterialSymbols-Rounded.another.woff2"))
    assert icons.with_our_icons(page) == page


def test_a_streamlit_that_lays_its_files_elsewhere_keeps_everything_its_own_and_starts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(icons, "get_static_dir", lambda: str(tmp_path))
    icons.own_style.cache_clear()

    try:
        assert icons.own_style() == ""
        assert icons.with_our_icons("<html></html>") == "<html></html>"
    finally:
        icons.own_style.cache_clear()
