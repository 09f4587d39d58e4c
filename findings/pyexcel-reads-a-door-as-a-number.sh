#!/usr/bin/env bash
# pyexcel and pyexcel-io guess the type of every cell of a CSV file, and keep text only where a number has a leading zero. The door
# 3E2 (building 3, entrance E, flat 2) is 300.0 and the section 1.10 is 1.1, beside 3D2, which stays; a telephone number with +86
# loses its plus, and an account of 18 digits becomes a number, of which a workbook saved from it keeps sixteen. The guessing has
# three switches, and auto_detect_int=False alone makes it worse: then the account is a float at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyexcel-io==0.6.8' 'pyexcel-xlsx==0.6.1' 'openpyxl==3.1.5'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pyexcel_io

CELLS = ["3D2", "3E2", "1.10", "0012", "+8613800000000", "123456789012345678"]
Path("doors.csv").write_text(",".join(CELLS) + "\n", encoding="utf-8")
read = pyexcel_io.get_data("doors.csv")["doors.csv"][0]
pyexcel_io.save_data("doors.xlsx", {"doors": [read]})
stored = [cell.value for cell in openpyxl.load_workbook("doors.xlsx").active[1]]
halfway = pyexcel_io.get_data("doors.csv", auto_detect_int=False)["doors.csv"][0][-1]
text = pyexcel_io.get_data("doors.csv", auto_detect_int=False, auto_detect_float=False, auto_detect_datetime=False)
print("pyexcel-io", version("pyexcel-io"), "pyexcel-xlsx", version("pyexcel-xlsx"))
for cell, one, kept in zip(CELLS, read, stored):
    print(f"  {cell:18}  read as {one!r}, in a workbook {kept!r}")
print(f"  the account with auto_detect_int=False: {halfway!r}")
sys.exit(
    read != ["3D2", 300.0, 1.1, "0012", 8613800000000, 123456789012345678]
    or int(stored[-1]) == 123456789012345678
    or not isinstance(halfway, float)
    or text["doors.csv"][0] != CELLS
)
PY
