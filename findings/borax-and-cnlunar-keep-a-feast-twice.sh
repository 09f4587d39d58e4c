#!/usr/bin/env bash
# A feast of the lunar calendar is kept once a year, in the month itself and not in the leap month that follows it. The festivals that
# borax and cnlunar come with do not ask: in 2028, which has two fifth months, the Dragon Boat Festival is on 28 May and again
# on 27 June, in cnlunar both times as a holiday of the state. In 2009 it was the same (the notice of the State Council, as
# chinesecalendar has it, names 28 May; 27 June was an ordinary Saturday), in 2014 for the Double Ninth, the day of the elders.
# lunar_python has each once. A trial of 2015 to 2027 finds nothing: no such month stands behind these two feasts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'borax==4.1.3' 'cnlunar==0.2.5' 'lunar_python==1.4.8' 'chinesecalendar==1.11.0'
cd "$folder"
venv/bin/python - <<'PY'
import datetime
import sys
from importlib.metadata import version

import chinese_calendar
import cnlunar
from borax.calendars.festivals2 import FestivalLibrary
from lunar_python import Solar

LIBRARY = FestivalLibrary.load_builtin("zh-Hans")


def of_cnlunar(day):
    there = cnlunar.Lunar(datetime.datetime(day.year, day.month, day.day, 12))
    return f"{there.get_legalHolidays()} {there.get_otherLunarHolidays()}"


def of_lunar_python(day):
    there = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return [*there.getFestivals(), *there.getOtherFestivals()]


READERS = {"borax": LIBRARY.get_festival_names, "cnlunar": of_cnlunar, "lunar_python": of_lunar_python}
print(" · ".join(f"{name} {version(name)}" for name in READERS))
times = {}
for year, feast in ((2009, "端午节"), (2014, "重阳节"), (2027, "端午节"), (2028, "端午节")):
    days = [datetime.date(year, 5, 1) + datetime.timedelta(days=one) for one in range(214)]
    for name, names in READERS.items():
        found = [f"{day:%-d %b}" for day in days if feast in names(day)]
        times[year, name] = len(found)
        print(f"  {year} {feast} by {name}: {', '.join(found)}")
detail = chinese_calendar.get_holiday_detail(datetime.date(2009, 5, 28)), chinese_calendar.get_holiday_detail(
    datetime.date(2009, 6, 27)
)
print(f"  2009 by the notice (chinesecalendar {version('chinesecalendar')}): {detail[0]} on 28 May, {detail[1]} on 27 June")
twice = {key for key, count in times.items() if count == 2}
sys.exit(
    twice != {(year, name) for year in (2009, 2014, 2028) for name in ("borax", "cnlunar")}
    or set(times.values()) != {1, 2}
    or (detail[0][1], detail[1][1]) != ("Dragon Boat Festival", None)
)
PY
