#!/usr/bin/env bash
# python-calamine has two ways to read a sheet, and they count rows differently: to_python() begins at the first cell with
# something in it, down and across, iter_rows() at the first row of the sheet but also at the first used column. Whoever tells
# people the number of a row from to_python() is off by the empty rows above the table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-calamine==0.9.1' 'openpyxl==3.1.5'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import openpyxl
import python_calamine

book = openpyxl.Workbook()
book.active["C4"] = "姓名"
book.active["C5"] = "王芳"
file = io.BytesIO()
book.save(file)
file.seek(0)
sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
ways = {
    "to_python()": sheet.to_python(),
    "to_python(skip_empty_area=False)": sheet.to_python(skip_empty_area=False),
    "iter_rows()": list(sheet.iter_rows()),
}
print("python-calamine", version("python-calamine"), "- the name stands in C5, row 5")
found = {}
for name, rows in ways.items():
    found[name] = next((row, column) for row, cells in enumerate(rows, 1) for column, one in enumerate(cells, 1) if one == "王芳")
    print(f"  {name}: row {found[name][0]}, column {found[name][1]}")
sys.exit(list(found.values()) != [(2, 1), (5, 3), (5, 1)])
PY
