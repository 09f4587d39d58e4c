#!/usr/bin/env bash
# xlsxwriter's autofit() measures letters with a table that knows Latin ones only; a Chinese character counts as about one
# digit, though every font draws it twice as wide. Nine of them get a column of 11 digits instead of 18 and more, and Excel
# shows the text cut or running into the next cell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'XlsxWriter==3.3.1' 'openpyxl==3.1.5'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import openpyxl
import xlsxwriter

words = {"A": "123456789", "B": "楼道感应灯维修登记"}
file = io.BytesIO()
book = xlsxwriter.Workbook(file)
sheet = book.add_worksheet()
for letter, text in words.items():
    sheet.write(f"{letter}1", text)
sheet.autofit()
book.close()
page = openpyxl.load_workbook(file).active
print("xlsxwriter", version("XlsxWriter"))
seen = {}
for letter, text in words.items():
    seen[letter] = page.column_dimensions[letter].width
    print(f"  {text}: a width of {seen[letter]:.1f} digits")
sys.exit(not (len(words["B"]) <= seen["B"] < 2 * len(words["B"]) - 4))
PY
