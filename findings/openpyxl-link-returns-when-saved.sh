#!/usr/bin/env bash
# openpyxl: after insert_rows a cell's link moves with the cell in memory, but is saved at the place where it stood
# before; the comment of the same cell is saved at the new place. Whoever looks at the sheet before saving sees nothing
# wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'openpyxl==3.1.5'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment


def placed(sheet):
    cells = [cell for row in sheet for cell in row]
    return {
        "text": [cell.coordinate for cell in cells if cell.value == "plan"],
        "comment": [cell.coordinate for cell in cells if cell.comment],
        "link": [cell.coordinate for cell in cells if cell.hyperlink],
    }


book = Workbook()
sheet = book.active
sheet["A1"], sheet["A2"], sheet["A3"] = "file", "plan", "budget"
sheet["A2"].hyperlink = "https://example.org/plan"
sheet["A2"].comment = Comment("the newest", "clerk")
sheet.insert_rows(1)
memory = placed(sheet)
book.save("moved.xlsx")
reread = load_workbook("moved.xlsx").active
saved = placed(reread)
print("openpyxl", version("openpyxl"))
print("A row is inserted above A2, which holds a text, a comment and a link.")
print("  in memory:", memory)
print("  saved and read again:", saved, "where A2 holds", repr(reread["A2"].value))
sys.exit(
    memory != {"text": ["A3"], "comment": ["A3"], "link": ["A3"]}
    or saved != {"text": ["A3"], "comment": ["A3"], "link": ["A2"]}
)
PY
