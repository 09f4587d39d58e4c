#!/usr/bin/env bash
# Since September 2018 people of Hong Kong, Macau and Taiwan who live on the mainland get a residence permit with a citizen's number
# of eighteen digits, built as everybody's (GB 11643); its first six are 810000, 820000, 830000. python-stdnum computes the check
# character of such a number and then refuses it, since it looks the six up among the counties: a form that checks by it turns
# these residents away. Taiwan's own code, 710000, which no permit bears, passes. id-validator has them the right way round.
# The numbers below are made up and printed in part.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-stdnum==2.2' 'id-validator==1.0.20'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from id_validator import validator
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

print("python-stdnum", version("python-stdnum"), "· id-validator", version("id-validator"))
seen = {}
for code, of in (
    ("330106", "a district of Hangzhou"),
    ("810000", "permit, Hong Kong"),
    ("820000", "permit, Macau"),
    ("830000", "permit, Taiwan"),
    ("710000", "Taiwan in GB/T 2260, on no permit"),
):
    body = code + "19900307001"
    number = body + ric.calc_check_digit(body + "0")
    try:
        said = "valid" if ric.validate(number) else ""
    except ValidationError as refused:
        said = type(refused).__name__
    seen[code] = (said, validator.is_valid(number))
    print(f"  {number[:6]}… ({of}): stdnum {said}, id-validator {'valid' if seen[code][1] else 'not valid'}")
sys.exit(
    seen
    != {
        "330106": ("valid", True),
        "810000": ("InvalidComponent", True),
        "820000": ("InvalidComponent", True),
        "830000": ("InvalidComponent", True),
        "710000": ("valid", False),
    }
)
PY
