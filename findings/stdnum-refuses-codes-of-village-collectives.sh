#!/usr/bin/env bash
# python-stdnum takes the unified social credit codes (统一社会信用代码, GB 32100-2015) of firms, associations, law offices, trade
# unions and temples, but calls every code malformed whose first character is a letter: N (agriculture: the economic
# collectives of villages, which many urban communities were and still have as a partner) and Y (other). The check character of
# these codes, which the library computes itself, is right. The codes below are made up by the standard's rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-stdnum==2.2'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

print("python-stdnum", version("python-stdnum"))
said = {}
for authority, body in {
    "firm": "91330106MA0000000", "association": "51330106MJ0000000", "law office": "31330000MD0000000",
    "trade union": "81330106MC0000000", "village collective": "N2330106MF0000000", "other": "Y1330106MF0000000",
}.items():
    code = body + uscc.calc_check_digit(body)
    try:
        uscc.validate(code)
        said[authority] = "valid"
    except ValidationError as refused:
        said[authority] = type(refused).__name__
    print(f"  {authority:18} {code} {said[authority]}")
sys.exit(list(said.values()) != ["valid"] * 4 + ["InvalidFormat"] * 2)
PY
