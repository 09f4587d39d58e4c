#!/usr/bin/env bash
# lunardate gives wrong lunar days for whole months, among them July 1933, November 1954 and September 1978: in China's
# calendar a month begins on the day of the new moon in Beijing (UTC+8). borax, and the new moons that ephem computes,
# say otherwise. Who was born in those months has a birthday a day off, and the Mid-Autumn day of 1978 (8/15) is wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'lunardate==0.3.0' 'borax==4.1.3' 'ephem==4.2.1'
cd "$folder"
venv/bin/python - <<'PY'
import datetime
import sys
from importlib.metadata import version

import ephem
from borax.calendars.lunardate import LunarDate as Borax
from lunardate import LunarDate

print("lunardate", version("lunardate"), "· borax", version("borax"), "· ephem", version("ephem"))
print("New moon in Beijing → first day of the month by borax, by lunardate")
wrong = []
for around in ("1933/7/15", "1954/11/15", "1978/8/25", "1980/1/10", "2026/2/10"):
    moon = ephem.next_new_moon(around).datetime() + datetime.timedelta(hours=8)
    days = [moon.date() + datetime.timedelta(days=shift) for shift in range(-2, 3)]
    borax = [day for day in days if Borax.from_solar(day).day == 1]
    lunar = [day for day in days if LunarDate.from_solar_date(day.year, day.month, day.day).day == 1]
    print(f"  {moon:%Y-%m-%d %H:%M} → {borax[0]}, {lunar[0]}")
    if borax != [moon.date()]:
        sys.exit("borax differs from the new moon")
    if lunar != borax:
        wrong.append(moon.year)
feast = LunarDate.from_solar_date(1978, 9, 17)
other = Borax.from_solar(datetime.date(1978, 9, 17))
print(f"1978-09-17 is {feast.month}/{feast.day} to lunardate, {other.month}/{other.day} to borax")
sys.exit(wrong != [1933, 1954, 1978] or (feast.month, feast.day) != (8, 16))
PY
