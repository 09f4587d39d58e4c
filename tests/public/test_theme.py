"""The theme's message, kept: the same as Streamlit's own, and nothing is replaced where Streamlit has changed."""

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from pages.public.theme import keep_theme


def whole_theme() -> CustomThemeConfig:
    """As a new run is told it."""
    theme = CustomThemeConfig()
    for part, section in (
        (theme, "theme"),
        (theme.light, "theme.light"),
        (theme.dark, "theme.dark"),
        (theme.sidebar, "theme.sidebar"),
        (theme.light.sidebar, "theme.light.sidebar"),
        (theme.dark.sidebar, "theme.dark.sidebar"),
    ):
        app_session._populate_theme_msg(part, section)
    return theme


def test_the_kept_theme_is_the_one_that_streamlit_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)  # put back afterwards
    built = whole_theme()

    assert keep_theme()
    first, again = whole_theme(), whole_theme()

    assert built.light.primary_color
    assert first == again == built
    assert hasattr(app_session._populate_theme_msg, "kept")


def test_another_streamlit_goes_on_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(session: object) -> None: ...

    monkeypatch.setattr(app_session, "_populate_theme_msg", other)

    assert not keep_theme()
    assert app_session._populate_theme_msg is other
