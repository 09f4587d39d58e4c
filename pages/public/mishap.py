"""An unexpected error: a number for the user and the log, no traceback and no personal data on the screen."""

import logging
import secrets
import traceback
from pathlib import Path

import streamlit as st
import structlog

from components.metrics import SCRIPT_ERRORS
from components.refusals.shown import sentence
from components.wording import _, safe
from db.errors import NotSignedIn, YiqilaiError
from db.trouble import told

log = structlog.get_logger()
ROOT = f"{Path(__file__).resolve().parent.parent.parent}/"

# Streamlit logs the same error with its message, which can hold what a resident said. A filter, for a logger that is
# only disabled is enabled again as soon as uvicorn sets up its own logging.
logging.getLogger("streamlit.error_util").addFilter(lambda _record: False)


def on_script_error(error: Exception) -> bool:
    """Log where it happened under a number, tell the number, and keep Streamlit's own display away."""
    if isinstance(error, NotSignedIn):
        # Only from a fragment or a callback; a whole run is caught by the shell.
        st.error(_("登录已失效，请重新登录。"), icon=":material/lock:")
        st.link_button(_("重新登录"), "/", icon=":material/login:")
        return True
    if (known := told(error)) is not None:
        log.warning("script.unanswered", kind=type(error).__name__, code=known.code)
        st.error(sentence(known), icon=":material/error:")
        # The session keeps what was typed, a reload would not. Two fragments may fail in one run: each has its button.
        st.button(_("再试一次"), key=f"mishap.again.{secrets.token_hex(4)}", icon=":material/refresh:")
        return True
    number = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    SCRIPT_ERRORS.labels(kind=type(error).__name__).inc()
    log.error(
        "script.failed",
        number=number,
        kind=type(error).__name__,
        code=error.code if isinstance(error, YiqilaiError) else None,
        frames=[f"{frame.filename.removeprefix(ROOT)}:{frame.lineno} {frame.name}" for frame in frames],
    )
    if isinstance(error, YiqilaiError):
        st.error(safe(sentence(error)), icon=":material/error:")
        return True
    st.error(
        _(
            "出了点问题，这一步没有完成；已保存的内容都在。请再试一次，不行就把编号 {number} 告诉管理员。",
            number=number,
        ),
        icon=":material/error:",
    )
    return True
