#!/usr/bin/env bash
# From Traditional to Simplified, OpenCC's t2s and zhconv's zh-cn change texts that are Simplified already, so they are no harmless
# clean-up of whatever people bring: the county 乾县 and the town 於潜 are written so in Simplified, and so are the names 李乾, 毕昇 and
# 李勣. They come out as 干县 (dry county), 于潜, 李干, 毕升 and 李𪟝, with a character that few fonts have; a name looked up
# afterwards is not found. zhconv knows the two places, but none of the people. 乾隆 is right in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'OpenCC==1.4.2' 'zhconv==1.4.3'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import opencc
import zhconv

SEEN = {
    "乾县": ("干县", "乾县"), "於潜": ("于潜", "於潜"), "李乾": ("李干", "李干"), "毕昇": ("毕升", "毕升"),
    "李勣": ("李𪟝", "李𪟝"), "乾隆": ("乾隆", "乾隆"),
}
simplify = opencc.OpenCC("t2s").convert
print("OpenCC", version("OpenCC"), "· zhconv", version("zhconv"))
said = {name: (simplify(name), zhconv.convert(name, "zh-cn")) for name in SEEN}
for name, (one, other) in said.items():
    print(f"  {name}: {one} by OpenCC, {other} by zhconv")
sys.exit(said != SEEN)
PY
