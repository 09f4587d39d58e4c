#!/usr/bin/env bash
# Babel's parse_time takes a locale and reads the hours of the afternoon by the letters "pm" alone, whatever the language: 下午3:00
# is three at night, with zh_CN and with zh_TW, whose own short form of 15:00 is 下午3:00 when format_time writes it; so is what
# the pattern ah:mm gives when the same pattern reads it. The hour twelve it does not know in English either: 12:30 AM is half past
# noon. Nothing is raised, though a text without a number is refused. parse_date of the same module reads what it wrote.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'babel==2.18.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from datetime import date, time
from importlib.metadata import version

from babel.dates import format_date, format_time, parse_date, parse_time

print("babel", version("babel"))
right, wrong = {}, {}
for meant, form, locale in (
    (time(15), "short", "en_US"),
    (time(15), "short", "zh_TW"),
    (time(15), "ah:mm", "zh_CN"),
    (time(20), "Bh:mm", "zh_CN"),
    (time(0, 30), "ah:mm", "zh_CN"),
    (time(0, 30), "short", "en_US"),
):
    written = format_time(meant, form, locale=locale)
    read = parse_time(written, locale=locale, format=form)
    (right if read == meant else wrong)[written.replace("\u202f", " ")] = f"{read:%H:%M}"
    print(f"  {locale} {form:5}: {meant:%H:%M} is written {written} and read as {read:%H:%M}")
day = date(2026, 3, 5)
days = all(parse_date(format_date(day, form, locale="zh_CN"), locale="zh_CN", format=form) == day for form in ("short", "full"))
print("  days come back as they were written:", days)
sys.exit(
    right != {"3:00 PM": "15:00"}
    or wrong != {"下午3:00": "03:00", "晚上8:00": "08:00", "上午12:30": "12:30", "12:30 AM": "12:30"}
    or not days
)
PY
