#!/usr/bin/env bash
# segno chooses the encoding of a QR code by the characters: a Chinese text whose characters all exist in Japanese
# becomes Shift_JIS (Kanji mode, or plain bytes without a mark), any other UTF-8. 平安里3号 and 长宁里3号 on one sheet are two
# encodings, and a reader that takes bytes for UTF-8 or Latin-1 gets the first wrong. encoding="utf-8" settles it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'segno==1.6.6' 'zxing-cpp==3.1.1' 'pillow==13.0.0'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys
from importlib.metadata import version

import segno
import zxingcpp
from PIL import Image


def stored(text, **options):
    """The mode of the code and the encoding that gives the text back from the bytes that a reader finds in it."""
    code, picture = segno.make(text, micro=False, **options), io.BytesIO()
    code.save(picture, kind="png", scale=8, border=4)
    raw = bytes(zxingcpp.read_barcode(Image.open(picture).convert("L")).bytes)
    return code.mode, [name for name in ("utf-8", "shift_jis") if raw.decode(name, "replace") == text]


print("segno", version("segno"), "· read with zxing-cpp", version("zxing-cpp"))
texts = ("上海路", "平安里3号", "长宁里3号", "A栋101室")
seen = {text: stored(text) for text in texts}
asked = {text: stored(text, encoding="utf-8") for text in texts}
for text in texts:
    print(f"  {text}: {seen[text]}, with encoding='utf-8': {asked[text]}")
sys.exit(
    seen != {
        "上海路": ("kanji", ["shift_jis"]), "平安里3号": ("byte", ["shift_jis"]),
        "长宁里3号": ("byte", ["utf-8"]), "A栋101室": ("byte", ["utf-8"]),
    }
    or set(map(str, asked.values())) != {str(("byte", ["utf-8"]))}
)
PY
