#!/usr/bin/env bash
# docxtpl fills in a field in the body and in a footnote. In an endnote it stays as it is, braces and all, in the printed
# paper, and nothing is raised. get_undeclared_template_variables() knows of neither note: a check of what a template asks for
# misses the field in a footnote, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'docxtpl==0.20.2'
cd "$folder"
venv/bin/python - <<'PY'
import io
import re
import sys
import zipfile
from importlib.metadata import version

from docx import Document
from docxtpl import DocxTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
plain = io.BytesIO()
document = Document()
document.add_paragraph("正文 {{ body }}")
document.save(plain)
parts = {name: zipfile.ZipFile(plain).read(name).decode("utf-8", "surrogateescape") for name in zipfile.ZipFile(plain).namelist()}
marks = ""
for kind in ("footnote", "endnote"):
    text = f'<w:p><w:r><w:t>{{{{ {kind} }}}}</w:t></w:r></w:p>'
    parts[f"word/{kind}s.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind}s xmlns:w="{W}"><w:{kind} w:id="1">{text}</w:{kind}></w:{kind}s>'
    )
    kept = f'<Override PartName="/word/{kind}s.xml" ContentType="{TYPE}.{kind}s+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", kept)
    relation = f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}s" Target="{kind}s.xml"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace("</Relationships>", relation)
    marks += f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
parts["word/document.xml"] = parts["word/document.xml"].replace("</w:p>", marks + "</w:p>", 1)
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as archive:
    for name, text in parts.items():
        archive.writestr(name, text.encode("utf-8", "surrogateescape"))
made.seek(0)

template = DocxTemplate(made)
asked = sorted(template.get_undeclared_template_variables())
template.render({"body": "一", "footnote": "二", "endnote": "三"})
out = io.BytesIO()
template.save(out)
print("docxtpl", version("docxtpl"), "- fields it asks for:", asked)
seen = {}
for part in ("document", "footnotes", "endnotes"):
    seen[part] = re.findall(r"<w:t[^>]*>([^<]*)", zipfile.ZipFile(out).read(f"word/{part}.xml").decode())
    print(f"  {part}: {seen[part]}")
sys.exit(seen["footnotes"] != ["二"] or seen["endnotes"] != ["{{ endnote }}"] or asked != ["body"])
PY
