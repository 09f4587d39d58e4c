#!/usr/bin/env bash
# ics reads a weekly event at 07:00 on Tuesdays in Shanghai and writes its start in UTC, which is Monday 23:00, but
# keeps BYDAY=TU: after load and serialize the repetitions fall on Wednesdays at 07:00. Only the first occurrence keeps
# its instant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'ics==0.7.3' 'icalendar==7.3.2' 'recurring-ical-events==3.8.2'
cd "$folder"
venv/bin/python - <<'PY'
import datetime
import sys
import zoneinfo
from importlib.metadata import version

import ics
import icalendar
import recurring_ical_events

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
original = icalendar.Calendar(prodid="-//example//findings//EN", version="2.0")
event = icalendar.Event(uid="1", summary="patrol")
event.stamp = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
event.start = datetime.datetime(2026, 1, 6, 7, tzinfo=SHANGHAI)
event.end = datetime.datetime(2026, 1, 6, 8, tzinfo=SHANGHAI)
event.add("rrule", {"freq": "weekly", "byday": "TU", "count": 3})
original.add_component(event)
original.add_missing_timezones()
text = original.to_ical().decode()
written = ics.Calendar(text).serialize()


def occurrences(calendar):
    # ics also writes CALSCALE:GEORGIAN, which other readers refuse; put right here, since the days are the matter.
    read = icalendar.Calendar.from_ical(calendar.replace("CALSCALE:GEORGIAN", "CALSCALE:GREGORIAN"))
    days = recurring_ical_events.of(read).between((2026, 1, 1), (2026, 3, 1))
    return sorted(one["DTSTART"].dt.astimezone(SHANGHAI).strftime("%F %a %R") for one in days)


before, after = occurrences(text), occurrences(written)
print("ics", version("ics"))
print("  before:", before)
print("  after load and serialize:", after)
print("  written:", [line for line in written.splitlines() if line.startswith(("CALSCALE", "DTSTART", "RRULE"))])
sys.exit(
    before != ["2026-01-06 Tue 07:00", "2026-01-13 Tue 07:00", "2026-01-20 Tue 07:00"]
    or any("Tue" in one for one in after[1:])
    or "Wed 07:00" not in after[-1]
)
PY
