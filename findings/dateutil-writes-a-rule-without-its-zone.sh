#!/usr/bin/env bash
# str() of a dateutil rule is, by its documentation, text that rrulestr() makes the same rule of. The zone is not in it: a patrol on
# Tuesdays at 07:00 in Shanghai comes back at 07:00 without a zone, and one that starts at 23:00 UTC, which is that very moment,
# comes back as 23:00, by the clock of whoever reads it. The Z of UNTIL is gone, too. A rule that is kept in a database as text
# must keep its zone beside it. (rrulestr reads a zone where one is written: DTSTART;TZID=Asia/Shanghai:….)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-dateutil==2.9.0.post0' 'tzdata==2026.6'
cd "$folder"
venv/bin/python - <<'PY'
import datetime
import sys
import zoneinfo
from importlib.metadata import version

from dateutil.rrule import WEEKLY, rrule, rrulestr

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
starts = {
    "07:00 in Shanghai": datetime.datetime(2026, 1, 6, 7, tzinfo=SHANGHAI),
    "23:00 UTC": datetime.datetime(2026, 1, 5, 23, tzinfo=datetime.UTC),
}
print("python-dateutil", version("python-dateutil"))
print("  says of str():", " ".join(rrule.__str__.__doc__.split()[:12]))
same, naive = [], []
for name, start in starts.items():
    rule = rrule(WEEKLY, dtstart=start, until=start + datetime.timedelta(days=7))
    again = rrulestr(str(rule))
    same.append([one.timestamp() for one in rule])
    naive.append([one.tzinfo is None and one.hour == start.hour for one in again])
    print(f"  {name}: {str(rule).splitlines()}")
    print(f"    before {[str(one) for one in rule]}")
    print(f"    after  {[str(one) for one in again]}")
read = rrulestr("DTSTART;TZID=Asia/Shanghai:20260106T070000\nRRULE:FREQ=WEEKLY;COUNT=1")[0]
print(f"  with TZID written: {read}")
sys.exit(same[0] != same[1] or naive != [[True, True]] * 2 or read.utcoffset() != datetime.timedelta(hours=8))
PY
