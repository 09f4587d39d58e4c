#!/usr/bin/env bash
# The objects of st.Page look like plain descriptions that all sessions may share (made once in a module, or kept by
# st.cache_resource, since ninety of them cost several milliseconds a run). But st.navigation marks the one it chose and
# run() takes the mark away: of two sessions that are on the same kept page at the same moment only the first is shown it,
# the other one gets "This page cannot be called directly". A copy of what st.navigation returned is run by each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'streamlit==1.67.0'
cd "$folder"
venv/bin/python - 2>"$folder/said" <<'PY'
import pathlib
import sys
import threading
from importlib.metadata import version

from streamlit.testing.v1 import AppTest

pathlib.Path("moment.py").write_text("""
import threading

both_chose = threading.Barrier(2, timeout=60)
first_ran = threading.Event()
""")
pathlib.Path("kept.py").write_text("""
import streamlit as st

def page():
    st.title("shown")

pages = [st.Page(page, title="page", url_path="page", default=True)]  # made in the first run that imports this
""")
pathlib.Path("app.py").write_text("""
import copy
import streamlit as st
import kept
import moment

chosen = st.navigation(kept.pages)
mine = copy.copy(chosen) if st.session_state["copies"] else chosen
moment.both_chose.wait()  # two people open the page at the same moment
if st.session_state["second"]:
    moment.first_ran.wait(60)
try:
    mine.run()
finally:
    moment.first_ran.set()
""")
sys.path.insert(0, ".")


def two_sessions(copies):
    import moment

    moment.both_chose.reset()
    moment.first_ran.clear()
    sessions = [AppTest.from_file("app.py", default_timeout=60) for _ in range(2)]
    for number, session in enumerate(sessions):
        session.session_state["copies"], session.session_state["second"] = copies, bool(number)
    threads = [threading.Thread(target=session.run) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [session.exception[0].message if session.exception else session.title[0].value for session in sessions]


shared, copied = two_sessions(copies=False), two_sessions(copies=True)
print("streamlit", version("streamlit"))
print("two sessions on one kept page:", shared)
print("each runs a copy:             ", copied)
sys.exit(
    not (shared[0] == "shown" and shared[1].startswith("This page cannot be called directly")
         and copied == ["shown", "shown"])
)
PY
