#!/usr/bin/env bash
# chinese_calendar.find_workday(n, date) counts n working days on. From a Saturday it first goes to the Monday, which counts as
# none of them: five working days from Friday 28 November 2025 end on Friday 5 December, from Saturday 29 November on Monday the
# 8th, though the same five days lie between. What is promised on a weekend or in a holiday week (it is accepted on a day off, and
# the term runs from the next day) is due a working day late. Backwards it counts rightly: -1 from Sunday is Friday.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'chinesecalendar==1.11.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from datetime import date, timedelta
from importlib.metadata import version

from chinese_calendar import find_workday, is_workday


def counted(days, start):
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


print("chinesecalendar", version("chinesecalendar"))
seen = {}
for what, start in {"Friday": date(2025, 11, 28), "Saturday": date(2025, 11, 29), "National Day": date(2025, 10, 1)}.items():
    seen[what] = find_workday(5, start), counted(5, start)
    print(f"  five working days after {what} {start}: {seen[what][0]}, counted one by one {seen[what][1]}")
back = find_workday(-1, date(2025, 11, 30))
print("  one working day before Sunday 2025-11-30:", back)
late = {what: theirs != ours for what, (theirs, ours) in seen.items()}
sys.exit(late != {"Friday": False, "Saturday": True, "National Day": True} or back != date(2025, 11, 28))
PY
