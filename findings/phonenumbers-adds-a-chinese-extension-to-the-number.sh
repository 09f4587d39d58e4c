#!/usr/bin/env bash
# In China an extension stands behind a hyphen (021-61234567-12) or behind 转. phonenumbers, told that the number is of CN, takes the
# hyphen for nothing: the two digits become part of the number, which is called possible and printed as another one. With 转 the same
# number is refused; found in a text by PhoneNumberMatcher, it has lost its extension. A # is understood.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'phonenumbers==9.0.43'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import phonenumbers

SEEN = {
    "021-61234567": ("021 6123 4567", True), "021-61234567#12": ("021 6123 4567 ext. 12", True),
    "021-61234567-12": ("021 612 345 6712", True), "021-61234567转12": "NumberParseException",
}
print("phonenumbers", version("phonenumbers"))
said = {}
for text in SEEN:
    try:
        number = phonenumbers.parse(text, "CN")
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        said[text] = shown, phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException as error:
        said[text] = type(error).__name__
    print(f"  {text}: {said[text]}")
matches = phonenumbers.PhoneNumberMatcher("请拨021-61234567转12", "CN")
found = [(one.number.national_number, one.number.extension) for one in matches]
print("  found in 请拨021-61234567转12:", found)
sys.exit(said != SEEN or found != [(2161234567, None)])
PY
