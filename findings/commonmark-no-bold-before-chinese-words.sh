#!/usr/bin/env bash
# In Chinese a label ends with a full-width mark and the sentence goes on without a space: **重要：**请自带证件. CommonMark takes two
# asterisks that stand between a mark and a letter for opening ones only, so nothing closes and all four are shown as they are; the
# same with **“平安里”**居民 and 请看**《公约》**第三条. No parser warns, and an author who looks at the text in Python-Markdown sees it
# bold. A space behind the asterisks helps, or the mark behind them: **重要**：请. Streamlit's browser side reads CommonMark, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'markdown-it-py==4.3.0' 'mistune==3.4.0' 'Markdown==3.11.3'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import markdown
import mistune
from markdown_it import MarkdownIt

READERS = {
    f"markdown-it-py {version('markdown-it-py')}": MarkdownIt().render,
    f"mistune {version('mistune')}": mistune.html,
    f"Markdown {version('Markdown')}": markdown.markdown,
}
print(" · ".join(READERS))
bold = {}
for text in (
    "**重要：**请自带证件",
    "**“平安里”**居民",
    "请看**《公约》**第三条",
    "**重要：** 请自带证件",
    "**重要**：请自带证件",
):
    bold[text] = ["<strong>" in read(text) for read in READERS.values()]
    print(f"  {text} →", " · ".join("bold" if one else "asterisks shown" for one in bold[text]))
*shown, spaced, outside = bold.values()
sys.exit(shown != [[False, False, True]] * 3 or [spaced, outside] != [[True] * 3] * 2)
PY
