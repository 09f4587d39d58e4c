#!/usr/bin/env bash
# pyrankvote takes two candidates of the same name for one person: their votes are added up, also when both stand on the list
# as objects of their own. 王芳 (three votes) and the other 王芳 (three) beat 李强, who has four and the most. Nothing is
# raised, and the table has one 王芳. Candidates must be named by their number on the paper.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyrankvote==2.0.6'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from pyrankvote import Ballot, Candidate, instant_runoff_voting


def first_round(*names):
    """Who wins, and the first round's votes of three candidates with 3, 3 and 4."""
    people = [Candidate(name) for name in names]
    ballots = [Ballot([one]) for one, votes in zip(people, (3, 3, 4)) for _ in range(votes)]
    result = instant_runoff_voting(people, ballots)
    votes = {one.candidate.name: int(one.number_of_votes) for one in result.rounds[0].candidate_results}
    return [one.name for one in result.get_winners()], votes


print("pyrankvote", version("pyrankvote"), "- three candidates with 3, 3 and 4 votes")
named, numbered = first_round("王芳", "王芳", "李强"), first_round("1 王芳", "2 王芳", "3 李强")
print("  called 王芳, 王芳, 李强:", *named)
print("  called 1 王芳, 2 王芳, 3 李强:", *numbered)
sys.exit(named != (["王芳"], {"王芳": 6, "李强": 4}) or numbered[0] != ["3 李强"])
PY
