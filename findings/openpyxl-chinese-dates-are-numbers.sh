#!/usr/bin/env bash
# Number formats 27–36 and 50–58 are built in: a file names the number only, and in Chinese (and Japanese, Korean) Excel
# it means a date or a time such as yyyy年m月d日. openpyxl knows none of the nineteen: it gives the bare number, is_date is
# False, the format is called General. python-calamine reads all of them as dates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'openpyxl==3.1.5' 'python-calamine==0.9.1' 'xlsxwriter==3.3.1'
cd "$folder"
venv/bin/python - <<'PY'
import datetime
import sys
from importlib.metadata import version

import xlsxwriter
from openpyxl import load_workbook
from python_calamine import load_workbook as load_with_calamine

formats = [14, *range(27, 37), *range(50, 59)]
day = datetime.date(2025, 12, 9)
with xlsxwriter.Workbook("days.xlsx") as book:
    sheet = book.add_worksheet()
    for row, number in enumerate(formats):
        sheet.write_number(row, 0, 46000, book.add_format({"num_format": number}))
cells = [row[0] for row in load_workbook("days.xlsx").active.rows]
calamine = [row[0] for row in load_with_calamine("days.xlsx").get_sheet_by_index(0).to_python()]
print("openpyxl", version("openpyxl"), "· python-calamine", version("python-calamine"))
print(f"The serial 46000 ({day}) under built-in formats: openpyxl | calamine")
for number, cell, other in zip(formats, cells, calamine, strict=True):
    print(f"  {number}: {cell.value!r} as {cell.number_format!r} | {other}")
sys.exit(
    not cells[0].is_date
    or [cell.value for cell in cells[1:]] != [46000] * 19
    or any(cell.is_date for cell in cells[1:])
    or calamine != [day] * 20
)
PY
