"""The one script and style that draw the meeting-room screen, for the preview and for the plain page alike."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPT = (HERE / "stage.js").read_text(encoding="utf-8")
STYLE = (HERE / "stage.css").read_text(encoding="utf-8")
SECONDS = 12
"""How long a slide of the rotation stays: long enough to read it aloud."""


@cache
def script_version() -> str:
    """Changes with every change of script or style: a screen that runs for weeks then loads itself anew."""
    return hashlib.sha256((SCRIPT + STYLE).encode()).hexdigest()[:12]


def milliseconds(moment: datetime) -> int:
    """Since 1970, as scripts count."""
    return round(moment.timestamp() * 1000)
