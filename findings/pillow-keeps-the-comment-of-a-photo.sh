#!/usr/bin/env bash
# A JPEG opened with Pillow, made smaller and saved anew loses its EXIF block, which is how many strip place and camera. Its
# comment (the COM segment, where programs and cameras write words) is carried along without being asked for, even through
# convert() and copy(); a new picture made by Image.new and paste has none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'Pillow==13.0.0'
cd "$folder"
venv/bin/python - <<'PY'
import io
import sys

import PIL
from PIL import Image

first = io.BytesIO()
exif = Image.Exif()
exif[0x010F] = "a camera"
Image.new("RGB", (64, 64), "red").save(first, "JPEG", exif=exif, comment=b"stairwell 3, door 501")


def saved(change):
    picture = change(Image.open(io.BytesIO(first.getvalue())))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def smaller(picture):
    picture.thumbnail((16, 16))
    return picture


def anew(picture):
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    return fresh


print("Pillow", PIL.__version__)
seen = {}
for name, change in (
    ("thumbnail", smaller),
    ("convert and copy", lambda picture: picture.convert("L").copy()),
    ("a new picture", anew),
):
    data = saved(change)
    seen[name] = (b"a camera" in data, b"door 501" in data)
    print(f"  {name}: EXIF kept {seen[name][0]}, comment kept {seen[name][1]}")
sys.exit(list(seen.values()) != [(False, True), (False, True), (False, False)])
PY
