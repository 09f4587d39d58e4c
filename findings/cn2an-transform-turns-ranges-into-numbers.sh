#!/usr/bin/env bash
# cn2an.transform puts Arabic numbers for Chinese ones in a text. What is a range in Chinese, 三五个人 (three to five people), 一两天
# (a day or two), 七八户 (seven or eight households), becomes one number: 35, 12, 78. A quarter past three, 三点一刻, and five past
# eight, 八点零五分, become decimals, while 八点十分 is left alone. Nothing tells these from numbers that were right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'cn2an==0.5.24'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import cn2an

SEEN = {
    "三十五个人": "35个人", "来了三五个人": "来了35个人", "一两天修好": "12天修好", "七八户没水": "78户没水",
    "下午三点一刻": "下午3.1刻", "八点零五分": "8.05分", "八点十分": "八点十分",
}
print("cn2an", version("cn2an"))
said = {text: cn2an.transform(text, "cn2an") for text in SEEN}
for text, answer in said.items():
    print(f"  {text}: {answer}")
sys.exit(said != SEEN)
PY
