#!/usr/bin/env bash
# jionlp.parse_money, made for sums in Chinese texts, adds the digits in front of 万 once more: 1万2千元 is 22,000, 3万5千元 is
# 65,000, 2亿3千万元 is 430 million. In characters (一万二千元) and with a point (1.2万元) it is right. The spoken short forms, in
# which the last digit stands for the next lower unit, are taken for single yuan: 一百五 is 105, 两万五 is 20,005. Each answer is
# marked as accurate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'jionlp==1.5.31' 'numpy==2.3.5'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import jionlp

SEEN = {  # what it says, and what the words say
    "一万二千元": (12000, 12000), "1.2万元": (12000, 12000), "1万2千元": (22000, 12000), "3万5千元": (65000, 35000),
    "2亿3千万元": (430000000, 230000000), "一百五": (105, 150), "两万五": (20005, 25000),
}
print("jionlp", version("jionlp"))
said = {}
for text, (_, right) in SEEN.items():
    money = jionlp.parse_money(text)
    said[text] = float(money["num"]), right
    print(f"  {text}: {said[text][0]:,.0f} ({money['definition']}); it is {right:,}")
sys.exit(said != SEEN)
PY
