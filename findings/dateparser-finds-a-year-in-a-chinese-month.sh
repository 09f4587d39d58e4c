#!/usr/bin/env bash
# dateparser reads 2026年12月5日, but of a Chinese day without its year it makes another one, without an error: 12月5日 is the
# 1st of May 2012, 10月1日 the 1st of January 2010, and 去年10月1日 (of last year) today's day of last year. 3月8日 is right, so
# that a trial in spring finds nothing. languages=["zh"] refuses these (None), but 下个月5日, the 5th of next month, stays wrong:
# its five days are added to today.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'dateparser==1.5.0'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import sys
from datetime import datetime
from importlib.metadata import version

import dateparser

NOW = {"RELATIVE_BASE": datetime(2026, 12, 1, 9)}
SEEN = {  # what it says, and what it says when told that the text is Chinese
    "2026年12月5日": ("2026-12-05", "2026-12-05"),
    "3月8日": ("2026-03-08", None),
    "10月1日": ("2010-01-01", None),
    "12月5日": ("2012-05-01", None),
    "去年10月1日": ("2025-12-01", None),
    "下个月5日": ("2027-01-06", "2027-01-06"),
}


def day(text, **languages):
    found = dateparser.parse(text, settings=NOW, **languages)
    return found and f"{found:%Y-%m-%d}"


print("dateparser", version("dateparser"), "- today is 2026-12-01")
said = {text: (day(text), day(text, languages=["zh"])) for text in SEEN}
for text, (free, told) in said.items():
    print(f"  {text}: {free}; with languages=['zh']: {told}")
sys.exit(said != SEEN)
PY
