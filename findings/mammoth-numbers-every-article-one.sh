#!/usr/bin/env bash
# In a convention of residents each article is a numbered paragraph, 第一条, 第二条, with its text in plain ones below. Word counts on
# over these. mammoth begins a new list after each of them, so that in HTML every article is number 1, and drops where a list is to
# begin: a paper that starts with 第五条 starts with 1. Two lists that touch, of two chapters, are run into one. There is no message
# (messages is empty), and a reader who looks up 第三条 of what was imported finds another one or none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mammoth==1.13.0' 'python-docx==1.2.0'
cd "$folder"
venv/bin/python - <<'PY'
import re
import sys
from importlib.metadata import version

import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def paper(paragraphs, starts):
    """A Word file; a paragraph is (list, words), list 0 is plain text; starts: where each list begins."""
    made = docx.Document()
    numbering = made.part.numbering_part.element
    for number, start in starts.items():
        numbering.insert(0, parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{900 + number}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="chineseCountingThousand"/>'
            f'<w:lvlText w:val="第%1条"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'))
        numbering.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{900 + number}"><w:abstractNumId w:val="{900 + number}"/></w:num>'))
    for number, words in paragraphs:
        paragraph = made.add_paragraph(words)
        if number:
            paragraph._p.get_or_add_pPr().append(parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{900 + number}"/></w:numPr>'))
    made.save("paper.docx")
    with open("paper.docx", "rb") as file:
        return mammoth.convert_to_html(file)


def numbered(html):
    """What a browser puts before each item of a list, in order."""
    found = []
    for start, items in re.findall(r'<ol(?: start="(\d+)")?>(.*?)</ol>', html):
        found += [int(start or 1) + place for place in range(items.count("<li"))]
    return found


print("mammoth", version("mammoth"))
cases = {
    "three articles, each with its text": (paper(
        [(1, "文明养犬"), (0, "牵绳出门。"), (1, "不占通道"), (0, "车入棚。"), (1, "垃圾分类"), (0, "定时投放。")],
        {1: 1}), [1, 2, 3]),
    "a paper that begins with the fifth": (paper([(1, "楼道照明"), (1, "噪声")], {1: 5}), [5, 6]),
    "two chapters of two, one after the other": (
        paper([(1, "文明养犬"), (1, "不占通道"), (2, "楼道照明"), (2, "噪声")], {1: 1, 2: 1}), [1, 2, 1, 2]),
}
seen = []
for title, (result, word) in cases.items():
    seen.append((numbered(result.value), result.messages))
    print(f"  {title}: Word {word}, mammoth {seen[-1][0]}, messages {result.messages}")
sys.exit(seen != [([1, 1, 1], []), ([1, 2], []), ([1, 2, 3, 4], [])])
PY
