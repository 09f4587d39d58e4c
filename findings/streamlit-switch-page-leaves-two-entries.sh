#!/usr/bin/env bash
# st.switch_page(page, query_params=…) leaves two entries in the browser's history. The first is the page one came from
# with the query of the page one goes to, so that one step back shows the old page with values that are not its own, and
# what the old page had in its address is a step further away. A page_link with the same query leaves one entry. Needs a
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

from playwright.sync_api import sync_playwright

pathlib.Path("app.py").write_text("""
import streamlit as st

def items():
    st.title("items")
    if st.button("by switch_page"):
        st.switch_page(one, query_params={"id": "7"})
    st.page_link(one, label="by page_link", query_params={"id": "7"})

def item():
    st.title("item")

many = st.Page(items, title="items", url_path="items", default=True)
one = st.Page(item, title="item", url_path="item")
st.navigation([many, one]).run()
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
        for how, role in (("by switch_page", "button"), ("by page_link", "link")):
            tab = browser.new_page()
            tab.goto(f"{root}/?only=open")
            tab.get_by_role("heading", name="items").wait_for()
            before = tab.evaluate("history.length")
            tab.get_by_role(role, name=how).click()
            tab.get_by_role("heading", name="item", exact=True).wait_for()
            tab.wait_for_url(f"{root}/item?id=7")
            entries = tab.evaluate("history.length") - before
            tab.go_back()
            tab.get_by_role("heading", name="items").wait_for()
            seen[how] = (entries, tab.url.removeprefix(root))
            tab.close()
        browser.close()
finally:
    server.terminate()
    server.wait()
print("streamlit", version("streamlit"))
print("/?only=open leads to /item?id=7. Entries added to the history, and the address after one step back:")
for how, (entries, address) in seen.items():
    print(f"  {how}: {entries}, {address}")
sys.exit(seen != {"by switch_page": (2, "/?id=7"), "by page_link": (1, "/?only=open")})
PY
