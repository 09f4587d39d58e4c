#!/usr/bin/env bash
# docxtpl hands the XML of the document to Jinja. It turns &lt; and &gt; inside tags back into < and >, but not &amp;: a
# condition, a key or a length in a Word template sees “A &amp; B” where the author typed “A & B”, and is wrong without
# an error. What is printed looks right, because XML is read back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'docxtpl==0.20.2' 'python-docx==1.2.0' 'jinja2==3.1.6'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import docx
from docxtpl import DocxTemplate


def rendered(paragraph, **values):
    template, result = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph(paragraph)
    document.save(template)
    filled = DocxTemplate(template)
    filled.render(values)
    filled.save(result)
    return docx.Document(result).paragraphs[0].text


seen = {}
for name in ("A & B", "A < B", "A > B"):
    seen[name] = rendered(
        f'{{% if firm == "{name}" %}}equal{{% else %}}different{{% endif %}}, length {{{{ "{name}"|length }}}}, '
        f'phone {{{{ phones["{name}"]|default("none") }}}}',
        firm=name, phones={name: "12345"},
    )
printed = rendered('{{ "A & B" }}')
print("docxtpl", version("docxtpl"))
print("A literal in a tag against the same value of the context:")
for name, text in seen.items():
    print(f"  {name}: {text}")
print("The literal itself is printed as:", printed)
sys.exit(
    seen != {
        "A & B": "different, length 9, phone none",
        "A < B": "equal, length 5, phone 12345",
        "A > B": "equal, length 5, phone 12345",
    }
    or printed != "A & B"
)
PY
