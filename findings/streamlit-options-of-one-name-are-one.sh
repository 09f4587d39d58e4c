#!/usr/bin/env bash
# st.selectbox, radio, pills and the like give back one of the options; behind format_func they may be keys of anything. But the
# browser answers with the words, and of two options with the same words the last one is meant, whichever was chosen: of two
# residents called 王芳 the first can never be picked, and what is done next is done to the other. Nothing is said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'streamlit==1.67.0'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st

PEOPLE = {11: "王芳", 12: "王芳", 13: "李强"}
st.text(st.selectbox("who", PEOPLE, format_func=PEOPLE.__getitem__, index=None))
st.text(st.radio("who", PEOPLE, format_func=PEOPLE.__getitem__, index=None))
"""
print("streamlit", version("streamlit"), "- the keys 11 and 12 are both shown as 王芳, 13 as 李强")
seen = {}
for key in (11, 12, 13):
    app = AppTest.from_string(PAGE, default_timeout=120).run()
    app.selectbox[0].set_value(key)
    app.radio[0].set_value(key)
    app.run()
    seen[key] = [one.value for one in app.text]
    print(f"  {key} chosen: selectbox and radio give {seen[key]}")
sys.exit(seen != {11: ["12", "12"], 12: ["12", "12"], 13: ["13", "13"]})
PY
