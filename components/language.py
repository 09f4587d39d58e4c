"""Streamlit's own words in the reader's language: it has no translations, so a small script edits them as they appear.

The script (`leftovers.js`) is part of the first page that the browser loads, so it works before and without a
connection. It learns the language from the title of the tab, which every run sets anyway: nothing else has to be sent.
"""

import hashlib
from functools import cache
from pathlib import Path

from components.wording import language
from db.terms import Language

SCRIPT = Path(__file__).parent / "leftovers.js"


def tab_title(page: str) -> str:
    """The title of the browser's tab; its ending is what `leftovers.js` reads the language from."""
    ending = "议起来" if language() is Language.CHINESE else "Yiqilai"
    return f"{page} · {ending}" if page else ending


@cache
def script_address() -> str:
    """Path of the script with its fingerprint, so that it can be cached for ever."""
    return f"own/leftovers.{hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:12]}.js"
