#!/usr/bin/env bash
# python-stdnum refuses a Chinese identity number whose county code did not exist in the year of birth. The first six
# digits name the county in which the holder lived when the number was given, and numbers have been given since the
# mid-1980s only: elders of a county whose code is of 1981 or 1983 hold numbers that it refuses. The numbers below are
# made up and printed in part.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-stdnum==2.2'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from stdnum.cn import ric
from stdnum.exceptions import ValidationError


def answer(county, year):
    number = f"{county}{year}0101000"
    number += ric.calc_check_digit(number + "0")
    try:
        ric.validate(number)
    except ValidationError as error:
        return type(error).__name__
    return "valid"


counties = {
    "110108": "Haidian, Beijing", "310112": "Minhang, Shanghai", "330203": "Haishu, Ningbo", "370203": "Shibei, Qingdao",
}
print("python-stdnum", version("python-stdnum"))
print("Check digit right in each; the year of birth:")
seen = {}
for county, name in counties.items():
    seen[county] = [answer(county, year) for year in (1940, 1960, 2000)]
    print(f"  {county} ({name}): 1940 {seen[county][0]}, 1960 {seen[county][1]}, 2000 {seen[county][2]}")
refused = ["InvalidComponent", "InvalidComponent", "valid"]
sys.exit(seen != {"110108": ["valid"] * 3, "310112": refused, "330203": refused, "370203": refused})
PY
