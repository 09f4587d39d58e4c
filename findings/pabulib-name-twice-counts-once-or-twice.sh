#!/usr/bin/env bash
# Some real Pabulib files name a project twice in one vote. pabutools counts it once and says nothing; pabulib-checker, which
# says that it looks for such votes, counts it twice and reports only that the project's sum is wrong. Of points that
# were given twice, pabutools keeps the last ones: what the voter gave before is in no sum.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pabutools==1.2.3' 'pabulib-checker==1.0.8'
cd "$folder"
venv/bin/python - <<'PY'
import contextlib
import io
import sys
from importlib.metadata import version

from pabulib.checker import Checker
from pabutools.election.pabulib import parse_pabulib_from_string

META = """META
key;value
description;d
country;Poland
unit;U
instance;2024
num_projects;2
num_votes;2
budget;700
vote_type;{kind}
rule;greedy
date_begin;01.01.2024
date_end;31.01.2024
{more}PROJECTS
project_id;cost;votes;name;selected
1;600;2;lamps;1
2;300;1;trees;0
VOTES
"""
approvals = META.format(kind="approval", more="") + "voter_id;vote\n1;1,1,2\n2;1\n"
points = META.format(kind="cumulative", more="max_sum_points;10\n") + "voter_id;vote;points\n1;1,1,2;1,2,7\n2;1;10\n"

instance, profile = parse_pabulib_from_string(approvals)
once = {str(project): profile.approval_score(project) for project in instance}
with contextlib.redirect_stdout(io.StringIO()):
    told = Checker().process_files([approvals])
errors = next(value["results"]["errors"] for key, value in told.items() if key not in ("metadata", "summary"))
_, given = parse_pabulib_from_string(points)
kept = {str(project): int(worth) for project, worth in given[0].items()}
print("pabutools", version("pabutools"), "pabulib-checker", version("pabulib-checker"))
print("  two voters, the first names project 1 twice; pabutools counts", once["1"])
print("  the checker:", errors)
print("  points 1 and 2 for project 1, 7 for project 2; pabutools keeps", kept)
text = str(errors)
sys.exit(once["1"] != 2 or "counted: 3" not in text or "duplicated" in text or kept != {"1": 2, "2": 7})
PY
