#!/usr/bin/env bash
# jieba takes a name with its dot, 阿依古丽·买买提, into its dictionary, by add_word or in a file of own words, says nothing, and
# never finds it: a text is first cut at every character outside a fixed range, and the dot of Uyghur and Kazakh names is outside,
# as are later characters of Unicode that stand in given names (㛃). A list of residents given to jieba so that names stay whole
# works for one part of them only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'jieba==0.42.1'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import jieba

jieba.setLogLevel(60)
NAMES = {"欧阳楚瑜": True, "阿依古丽·买买提": False, "李㛃": False}
for name in NAMES:
    jieba.add_word(name, freq=10**7)
print("jieba", version("jieba"), "- each name was added with the same high frequency")
whole = {}
for name in NAMES:
    words = jieba.lcut(f"住户{name}来访")
    whole[name] = name in words
    print(f"  {name}: {' / '.join(words)}")
sys.exit(whole != NAMES)
PY
