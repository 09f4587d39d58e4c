#!/usr/bin/env bash
# format_func of a selectbox may read st.session_state, as a page that speaks the reader's language does. In the page it reads
# the session. AppTest words the options again when it runs the page the next time, on the test's thread and outside the session:
# there st.session_state is an object of the whole process, so a label cannot be found and a working page fails its test, or
# it is worded with what an earlier test left behind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'streamlit==1.67.0'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import streamlit as st
from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st

st.session_state["english"] = True
WORDS = {"on": ("开", "on"), "off": ("关", "off")}
st.selectbox("which", ["on", "off"], format_func=lambda key: WORDS[key][st.session_state.get("english", False)])
"""


def second_run() -> str:
    app = AppTest.from_string(PAGE).run()
    shown = app.selectbox[0].options
    try:
        app.run()
    except ValueError as error:
        return f"options {shown}, second run: ValueError: {error}"
    return f"options {shown}, second run: fine"


print("streamlit", version("streamlit"))
first = second_run()
print("  nothing said outside the session:", first)
st.session_state["english"] = True  # on the test's own thread, as a helper of another test might
then = second_run()
print("  the same word said outside it:   ", then)
sys.exit("ValueError: '开' is not in list" not in first or not then.endswith("fine"))
PY
