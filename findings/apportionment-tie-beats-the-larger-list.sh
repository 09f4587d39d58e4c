#!/usr/bin/env bash
# The package apportionment shares out seats; with a tie for the last one it may give the smaller lists a seat more than the
# largest. Three buildings of 16, 16 and 18 households, five seats by the largest remainder: remainders 0.6, 0.6, 0.8, so 18
# gets the first of the two seats that are left and the others draw for the second. The package serves the tied ones in the
# order of the list until the seats are gone: 2, 2, 1, also with fractions=True. Where there are fewer seats than lists, Adams,
# Dean and Huntington-Hill pass over the second largest for two tied small ones. tiesallowed=False raises instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'apportionment==1.0' 'numpy==2.3.5'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from apportionment import methods

CASES = {("largest_remainder",): ([16, 16, 18], 5), ("adams", "dean", "huntington"): ([9, 19, 9, 18], 3)}
print("apportionment", version("apportionment"))
found = {}
for names, (households, seats) in CASES.items():
    for name in names:
        for exact in (False, True):
            found[name, exact] = methods.compute(name, households, seats, fractions=exact)
            print(f"  {name}, {seats} seats for {households}{', in fractions' if exact else ''}: {found[name, exact]}")
sys.exit(any(got != ([2, 2, 1] if name == "largest_remainder" else [1, 1, 1, 0]) for (name, _), got in found.items()))
PY
