#!/usr/bin/env bash
# STVPoll's Scottish count rounds a transfer value to five decimals; the order of 2007 (rule 48) has what stands behind the
# fifth decimal ignored. A surplus of 14 goes on from 29 ballots at 0.48276 instead of 0.48275: together 14.00004 votes, more
# than there are, and more than the 14 of a rival, who is then out although by the order it is the other one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'STVPoll==0.5.6'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from decimal import ROUND_DOWN, Decimal
from importlib.metadata import version

from stvpoll.scottish_stv import calculate_scottish_stv

# Two places, 43 ballots: the quota is 15. C has 29 and hands 14 on, all of it to A; B has 14.
result = calculate_scottish_stv(candidates=["A", "B", "C"], ballots=[(("C", "A", "B"), 29), (("B", "A"), 14)], winners=2)
handed = next(one.votes["A"] for one in result.rounds[1:])
elected = sorted(result.elected_as_tuple())
cut = (Decimal(14) / 29).quantize(Decimal("0.00001"), ROUND_DOWN) * 29
print("STVPoll", version("STVPoll"))
print(f"  quota {result.quota}, surplus 14; A gets {handed} by the package, {cut} by the order; B holds 14")
print(f"  elected: {elected}, without a lot: {not result.randomized}; by the order: ['B', 'C']")
sys.exit(elected != ["A", "C"] or handed <= 14 or result.randomized)
PY
