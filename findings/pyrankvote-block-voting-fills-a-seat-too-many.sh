#!/usr/bin/env bash
# pyrankvote's preferential block voting gives more seats than there are, once a voter has named fewer people than there are
# seats: five voters name A and B, four name C, two seats, and all three are elected. Such ballots are the ordinary ones where
# up to n names may be written. The winners and the printed table say so without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyrankvote==2.0.6'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from pyrankvote import Ballot, Candidate, preferential_block_voting

a, b, c = people = [Candidate(name) for name in "ABC"]
print("pyrankvote", version("pyrankvote"), "- two seats")
elected = {}
for words, other in {"four name C": [c], "four name C, B, A": [c, b, a]}.items():
    ballots = [Ballot([a, b])] * 5 + [Ballot(other)] * 4
    result = preferential_block_voting(people, ballots, number_of_seats=2)
    elected[words] = sorted(one.name for one in result.get_winners())
    print(f"  five name A, B; {words}: elected {elected[words]}")
sys.exit(list(elected.values()) != [["A", "B", "C"], ["A", "B"]])
PY
