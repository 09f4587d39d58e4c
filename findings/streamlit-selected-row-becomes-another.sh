#!/usr/bin/env bash
# st.dataframe with a key and on_select="rerun" gives the numbers of the chosen rows, and keeps them while the table stays the same
# table; with a key it is the same table whatever is in it. Who chooses 李强, the second of a list, has chosen 王芳 as soon as
# somebody else's case has come in above them: the browser shows the mark on her line, and a button below acts on her. Without a
# key the choice is dropped when the rows change. The documentation speaks of sorting only, which keeps the choice right. Needs a
# Chromium: $CHROMIUM, else /usr/bin/chromium; without one the script ends with 77.
set -euo pipefail
export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
if [ ! -x "$CHROMIUM" ]; then
    echo "No Chromium at $CHROMIUM: name one with CHROMIUM=…"
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'streamlit==1.67.0' 'playwright==1.65.2'
cd "$folder"
venv/bin/python - <<'PY'
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.metadata import version

from playwright.sync_api import TimeoutError, sync_playwright

pathlib.Path("app.py").write_text("""
import streamlit as st

arrived = st.session_state.setdefault("arrived", False)
key = st.query_params.get("key")
names = ["赵敏"] * arrived + ["王芳", "李强", "陈静"]
table = st.dataframe({"name": names}, key=key, on_select="rerun", selection_mode="single-row")
st.button("a case arrives", on_click=lambda: st.session_state.update(arrived=True))
st.text(f"first {names[0]}, chosen {[names[row] for row in table.selection.rows]}")
""")
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
root = f"http://127.0.0.1:{port}"
server = subprocess.Popen(
    [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", "--server.address=127.0.0.1",
     f"--server.port={port}", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
seen = {}
try:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{root}/_stcore/health").close()
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["CHROMIUM"])
        for how, query in (("with a key", "?key=cases"), ("without a key", "")):
            tab = browser.new_page()
            tab.set_default_timeout(120_000)
            tab.goto(f"{root}/{query}")
            canvas = tab.get_by_test_id("stDataFrame").locator("canvas").first
            canvas.wait_for()
            told = tab.get_by_text("first 王芳, chosen ['李强']")
            # The canvas is there before it listens. Head and rows are 35 pixels high; the choice stands at the left.
            for _ in range(8):
                box = canvas.bounding_box()
                tab.mouse.click(box["x"] + 18, box["y"] + 35 + 35 + 17)
                try:
                    told.wait_for(timeout=20_000)
                    break
                except TimeoutError:
                    continue
            tab.get_by_role("button", name="a case arrives").click()
            tab.get_by_text("first 赵敏").wait_for()
            # Whatever the browser sends after the new rows came has come, too, when the line stays for two seconds.
            lines = []
            while len(lines) < 4 or len(set(lines[-4:])) > 1:
                lines.append(tab.get_by_text("first 赵敏").inner_text())
                tab.wait_for_timeout(500)
            seen[how] = lines[-1].partition("chosen ")[2]
            tab.close()
        browser.close()
finally:
    server.terminate()
    server.wait()
print("streamlit", version("streamlit"))
print("  chosen 李强; then 赵敏's case arrives at the top, and chosen is")
for how, names in seen.items():
    print(f"  {how}: {names}")
sys.exit(seen != {"with a key": "['王芳']", "without a key": "[]"})
PY
