#!/usr/bin/env bash
# Excel keeps neighbouring columns of one width as a group (<col min=2 max=4>). openpyxl knows only the first of them: C and D
# read as 13 wide although they are 30. Whoever sets the width of C gets, on saving, two entries for the same column, the
# group from B to D and C, which the schema of worksheets does not allow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5' 'XlsxWriter==3.3.1'
cd "$folder"
venv/bin/python - <<'PY'
import io
import re
import sys
import zipfile
from importlib.metadata import version

import openpyxl
import xlsxwriter

file = io.BytesIO()
book = xlsxwriter.Workbook(file)
sheet = book.add_worksheet()
sheet.set_column("B:D", 30)
sheet.write("C1", "地址")
book.close()

opened = openpyxl.load_workbook(file)
page = opened.active
widths = {letter: round(page.column_dimensions[letter].width) for letter in "BCD"}
page.column_dimensions["C"].width = 8
out = io.BytesIO()
opened.save(out)
written = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
groups = [
    tuple(int(re.search(f'{edge}="([0-9]+)"', column)[1]) for edge in ("min", "max"))
    for column in re.findall(r"<col [^>]*>", written)
]
print("openpyxl", version("openpyxl"), "reads a file of xlsxwriter", version("XlsxWriter"))
print("  widths read:", widths, "- in the file all three are 30")
print("  saved after setting C (first and last column of each entry):", groups)
covering = [group for group in groups if group[0] <= 3 <= group[1]]
sys.exit(widths != {"B": 31, "C": 13, "D": 13} or len(covering) != 2)
PY
