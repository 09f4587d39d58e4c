#!/usr/bin/env bash
# In a Word form the fields are content controls (w:sdt). python-docx's paragraphs, and the text of a paragraph, leave out
# what stands in them, without a word: a paragraph in a control is not there, and of a line with a control in it the
# rest is joined. Of a table in a control there is nothing either. docxtpl fills in all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-docx==1.2.0' 'docxtpl==0.20.2'
cd "$folder"
venv/bin/python - <<'PY'
import io
import re
import sys
import zipfile
from importlib.metadata import version

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate

document = Document()
document.add_paragraph("申请人：")
line = document.paragraphs[0]._p
inside = "<w:r><w:t>{{ name }}</w:t></w:r>"
line.append(parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent>{inside}</w:sdtContent></w:sdt>"))
line.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>（签字）</w:t></w:r>"))
whole = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>事由：{{{{ why }}}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
line.addnext(parse_xml(whole))
file = io.BytesIO()
document.save(file)
file.seek(0)

template = DocxTemplate(file)
template.render({"name": "王芳", "why": "装扶手"})
filled = io.BytesIO()
template.save(filled)
again = Document(filled)
read = [paragraph.text for paragraph in again.paragraphs]
body = zipfile.ZipFile(filled).read("word/document.xml").decode()
really = "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)", body))
print("python-docx", version("python-docx"), "docxtpl", version("docxtpl"))
print("  in the file:", really)
print("  paragraphs: ", read)
sys.exit(read != ["申请人：（签字）"] or "王芳" not in really or "装扶手" not in really)
PY
