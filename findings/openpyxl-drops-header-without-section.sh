#!/usr/bin/env bash
# A header or footer that names no section (&L, &C, &R) is centred by Excel. openpyxl drops it when it loads the file,
# and a save makes the loss lasting; that it warns is easily overlooked, since the words are gone from a file that was
# only read and saved.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5' 'xlsxwriter==3.3.1'
cd "$folder"
venv/bin/python - <<'PY'
import re
import sys
import warnings
import zipfile
from importlib.metadata import version

import xlsxwriter
from openpyxl import load_workbook


def parts(path):
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<odd(?:Header|Footer)>(.*?)</odd(?:Header|Footer)>", xml)


with xlsxwriter.Workbook("before.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.set_header("Confidential")
    sheet.set_footer("&CPage &P")
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    load_workbook("before.xlsx").save("after.xlsx")
before = parts("before.xlsx")
after = [part for part in parts("after.xlsx") if part not in ("", "&amp;L&amp;C&amp;R")]
print("openpyxl", version("openpyxl"))
print("Header and footer of the file:", before)
print("after load and save:", after)
print("warnings:", [str(one.message) for one in warned])
sys.exit(before != ["Confidential", "&amp;CPage &amp;P"] or after != ["&amp;CPage &amp;P"])
PY
