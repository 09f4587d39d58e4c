#!/usr/bin/env bash
# China counts weeks as ISO 8601 does (GB/T 7408): the first week of a year is the one with four of its days. Babel's zh_CN takes
# the week with 1 January in it, as CLDR has it for most of the world. The two agree in 2026, and in the whole of 2027 and 2028
# every week has another number: a register by weeks that runs on Babel jumps by one at New Year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'babel==2.18.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from datetime import date
from importlib.metadata import version

from babel.dates import format_date

print("Babel", version("babel"))
apart = {}
for day in (date(2026, 7, 1), date(2027, 1, 1), date(2027, 7, 1), date(2028, 6, 1)):
    iso = day.isocalendar()
    year, week = map(int, format_date(day, "YYYY w", locale="zh_CN").split())
    apart[day] = (year, week) != (iso.year, iso.week)
    print(f"  {day:%Y-%m-%d}: ISO week {iso.week} of {iso.year}, Babel week {week} of {year}")
sys.exit(list(apart.values()) != [False, True, True, True])
PY
