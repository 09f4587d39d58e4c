#!/usr/bin/env bash
# A widget with bind="query-params" takes its first value from the address and writes it back there; the writing is done by the
# browser. Under AppTest a value in the address is read, a value that the test types never reaches query_params: a test that
# the address follows a filter fails for a page that works, and one that it stays empty passes for the same page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'streamlit==1.67.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from streamlit.testing.v1 import AppTest


PAGE = """
import streamlit as st

st.text_input("q", key="q", bind="query-params")
st.text(st.session_state["q"])
"""

print("streamlit", version("streamlit"))
opened = AppTest.from_string(PAGE)
opened.query_params["q"] = "lamps"
opened.run()
read = opened.text[0].value
typed = AppTest.from_string(PAGE).run()
typed.text_input(key="q").input("trees").run()
shown, written = typed.text[0].value, dict(typed.query_params)
print(f"  address ?q=lamps: the field holds {read!r}")
print(f"  typed 'trees': the page shows {shown!r}, the address holds {written}")
sys.exit((read, shown, written) != ("lamps", "trees", {}))
PY
