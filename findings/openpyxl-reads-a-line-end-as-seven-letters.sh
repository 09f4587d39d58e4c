#!/usr/bin/env bash
# Programs that export text with a carriage return write it into .xlsx as _x000D_, as Office Open XML has it, and Excel shows none
# of these letters. openpyxl gives all seven as part of the text, so that a name is not found; python-calamine gives the carriage
# return. Of an escaped underscore (_x005F_) openpyxl does take the escape away, and on saving it does not put it back: a number
# _x0041_ that was text is the letter A for the next reader.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5' 'python-calamine==0.9.1' 'XlsxWriter==3.3.1'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import openpyxl
import python_calamine
import xlsxwriter


def read(file):
    """The cells of the first column, by openpyxl and by python-calamine."""
    file.seek(0)
    one = [cell.value for cell in openpyxl.load_workbook(file).active["A"]]
    file.seek(0)
    sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    return one, [row[0] for row in sheet.to_python()]


made, again = io.BytesIO(), io.BytesIO()
with xlsxwriter.Workbook(made) as book:
    sheet = book.add_worksheet()
    sheet.write_string("A1", "王芳\r")
    sheet.write_string("A2", "编号_x0041_")
openpyxl.load_workbook(made).save(again)
first, second = read(made), read(again)
print("openpyxl", version("openpyxl"), "· python-calamine", version("python-calamine"))
print("  as xlsxwriter wrote it: openpyxl", first[0], "calamine", first[1])
print("  opened and saved by openpyxl: openpyxl", second[0], "calamine", second[1])
sys.exit(first != (["王芳_x000D_", "编号_x0041_"], ["王芳\r", "编号_x0041_"]) or second[1][1] != "编号A")
PY
