#!/usr/bin/env bash
# font.name of python-docx “causes the text it controls to appear in the named font”, says its documentation, and python-pptx's says
# the same. Office Open XML has one font for Latin letters and another for East Asian ones, and both libraries set the Latin one
# only: a notice set in 仿宋, as official papers are, keeps whatever font the style has for its Chinese characters, while
# font.name answers 仿宋. Reading errs the same way: of a run in 仿宋 with Times New Roman for its figures, as Word writes it,
# font.name knows Times New Roman, and a check of the prescribed font says no.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-docx==1.2.0' 'python-pptx==1.0.2'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import docx
import pptx
from docx.oxml.ns import qn
from docx.text.run import Font
from pptx.oxml.ns import qn as slide_qn

print("python-docx", version("python-docx"), "· python-pptx", version("python-pptx"))
print("  font.name by python-docx:", " ".join(Font.name.__doc__.split())[:110])
run = docx.Document().add_paragraph().add_run("关于召开居民会议的通知")
run.font.name = "仿宋"
fonts = run._r.rPr.rFonts
written = {name: fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia")}
print(f"  Word: font.name is {run.font.name}; in the file {written}")

show = pptx.Presentation()
box = show.slides.add_slide(show.slide_layouts[6]).shapes.add_textbox(0, 0, 4000000, 1000000)
line = box.text_frame.paragraphs[0].add_run()
line.text, line.font.name = "居民会议", "仿宋"
marks = [child.tag for child in line._r.get_or_add_rPr()]
print(f"  slides: font.name is {line.font.name}; in the file", [mark.rpartition("}")[2] for mark in marks])

word = docx.Document().add_paragraph().add_run("2026年居民会议")
word.font.name = "Times New Roman"
word._r.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
print(f"  a run of Word's with 仿宋 for Chinese: font.name is {word.font.name}")
sys.exit(
    written != {"ascii": "仿宋", "hAnsi": "仿宋", "eastAsia": None}
    or marks != [slide_qn("a:latin")]
    or word.font.name != "Times New Roman"
)
PY
