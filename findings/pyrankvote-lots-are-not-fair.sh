#!/usr/bin/env bash
# pyrankvote breaks ties by lot, but the lot is drawn inside the comparison of a sort: of three candidates with the same
# votes, one wins clearly more often than another, and which one depends on the order in which the candidates were
# listed. The spread is far beyond what 3000 fair lots could show.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyrankvote==2.0.6'
cd "$folder"
venv/bin/python - <<'PY'
import collections
import random
import sys
from importlib.metadata import version

from pyrankvote import Ballot, Candidate, instant_runoff_voting


def wins(rankings, listed, times=3000):
    people = {name: Candidate(name) for name in listed}
    ballots = [Ballot(ranked_candidates=[people[name] for name in ranking]) for ranking in rankings]
    counted = collections.Counter()
    for seed in range(times):
        random.seed(seed)
        counted[instant_runoff_voting(list(people.values()), ballots).get_winners()[0].name] += 1
    return {name: f"{counted[name] / times:.0%}" for name in sorted(listed)}, counted


print("pyrankvote", version("pyrankvote"))
fair = True
for title, rankings, listed in (
    ("one vote each, listed A B C", ["A", "B", "C"], "ABC"),
    ("one vote each, listed C A B", ["A", "B", "C"], "CAB"),
    ("ABC, BCA, CAB: a circle, listed A B C", ["ABC", "BCA", "CAB"], "ABC"),
):
    shares, counted = wins(rankings, listed)
    print(f"  {title}: {shares}")
    # Fair lots give 1000 ± 26 (one standard deviation) each.
    fair = fair and max(counted.values()) - min(counted.values()) < 200
two, counted = wins(["A", "B"], "AB")
print(f"  two candidates, one vote each: {two}")
sys.exit(fair or abs(counted["A"] - counted["B"]) > 200)
PY
