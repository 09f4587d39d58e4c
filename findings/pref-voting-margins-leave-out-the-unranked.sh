#!/usr/bin/env bash
# pref_voting counts pairs of a ballot only where both options stand on it: who writes one name and leaves the rest blank does
# not prefer that name to the rest. An option that five of nine voters put alone on their ballots wins no pair, and Copeland,
# minimax, ranked pairs and beat path elect the one that one voter named first, while plurality, Borda and run-off of the same
# profile elect the five's. use_extended_strict_preference() must be called on every profile of partial ballots.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pref_voting==1.18.2'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from pref_voting import voting_methods as methods
from pref_voting.profiles_with_ties import ProfileWithTies

NAMES = ("copeland", "minimax", "ranked_pairs", "beat_path", "plurality", "borda")
print("pref_voting", version("pref_voting"), "· 5 ballots: 0 alone; 3 ballots: 1, then 0; 1 ballot: 2, then 1")


def winners(extended: bool) -> tuple[int, list[list[int]]]:
    profile = ProfileWithTies([{0: 1}, {1: 1, 0: 2}, {2: 1, 1: 2}], rcounts=[5, 3, 1], candidates=[0, 1, 2])
    if extended:
        profile.use_extended_strict_preference()
    margin = int(profile.margin(0, 1))
    won = [[int(one) for one in getattr(methods, name)(profile)] for name in NAMES]
    print("the blank ones stand last:" if extended else "as it comes:", "0 against 1:", margin, dict(zip(NAMES, won)))
    return margin, won


plain, last = winners(False), winners(True)
sys.exit(plain != (-3, [[2]] * 4 + [[0]] * 2) or last != (1, [[0]] * 6))
PY
