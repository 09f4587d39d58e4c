"""Streamlit's message about the theme is put together once, not in every run.

Streamlit 1.67 reads every theme option of six sections in each run and turns its name into the message's, which is a
sixth of the emptiest page. Nothing public keeps the result, so the function that builds a section is replaced by one
that copies what it built before. Where Streamlit has no such function any more, nothing is replaced and only the time
is lost; `tests/public/test_theme.py` then says so.
"""

import inspect
from typing import Any

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_NAME = "_populate_theme_msg"


def keep_theme() -> bool:
    """Replace Streamlit's function, once; False when it is not the one that we know."""
    build: Any = getattr(app_session, _NAME, None)
    if hasattr(build, "kept"):
        return True
    if not callable(build) or list(inspect.signature(build).parameters) != ["msg", "section"]:
        return False
    kept: dict[str, CustomThemeConfig] = {}

    def copy_theme(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in kept:
            theme = CustomThemeConfig()
            build(theme, section)
            kept[section] = theme
        if kept[section].ListFields():  # an unused section stays out of the message
            msg.MergeFrom(kept[section])

    copy_theme.kept = kept  # type: ignore[attr-defined]
    setattr(app_session, _NAME, copy_theme)
    config.on_config_parsed(kept.clear, force_connect=True)
    return True
