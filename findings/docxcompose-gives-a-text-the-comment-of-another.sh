#!/usr/bin/env bash
# docxcompose puts Word files together. Comments are not taken along, but their marks are, with the numbers they had, and every
# file numbers from 0: in the joined file the passage of the second stands beside the comment of the first, as if the reviewer
# had said it there. What was said about it is gone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'docxcompose==2.2.0' 'python-docx==1.2.0'
cd "$folder"
venv/bin/python - 2>/dev/null <<'PY'
import io
import re
import sys
from importlib.metadata import version

from docx import Document
from docxcompose.composer import Composer


def remarked(text, remark):
    document = Document()
    document.add_comment(document.add_paragraph().add_run(text), text=remark, author="审", initials="审")
    return document


joined = Composer(remarked("第一份：电梯", "同意"))
joined.append(remarked("第二份：路灯", "不同意"))
file = io.BytesIO()
joined.save(file)
document = Document(file)
comments = {one.comment_id: one.text for one in document.comments}
print("docxcompose", version("docxcompose"), "- said of the first: 同意, of the second: 不同意. In the joined file:")
seen = {}
for paragraph in document.paragraphs:
    marks = re.findall(r'<w:commentReference w:id="(\d+)"', paragraph._p.xml)
    seen[paragraph.text] = [comments.get(int(mark)) for mark in marks]
    print(f"  {paragraph.text}: {seen[paragraph.text]}")
sys.exit(seen != {"第一份：电梯": ["同意"], "第二份：路灯": ["同意"]} or "不同意" in comments.values())
PY
