#!/usr/bin/env bash
# pabutools' greedy rule, and every completion by it, goes on after the last project with a vote: while money is left it
# funds projects that no ballot names. Equal shares of the same election fund none of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pabutools==1.2.3'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import completion_by_rule_combination, greedy_utilitarian_welfare, method_of_equal_shares

wanted, unwanted = Project("wanted", 400), Project("unwanted", 500)
instance = Instance([wanted, unwanted], budget_limit=1000)
profile = ApprovalProfile([ApprovalBallot([wanted]) for _ in range(5)], instance=instance)
sat = {"sat_class": Cost_Sat}
rules = {
    "greedy": greedy_utilitarian_welfare(instance, profile, **sat),
    "equal shares": method_of_equal_shares(instance, profile, **sat),
    "equal shares, then greedy": completion_by_rule_combination(
        instance, profile, [method_of_equal_shares, greedy_utilitarian_welfare], [sat, sat]
    ),
}
print("pabutools", version("pabutools"))
seen = {name: sorted(project.name for project in found) for name, found in rules.items()}
for name, found in seen.items():
    print(f"  {name}: {found}")
both = ["unwanted", "wanted"]
sys.exit(list(seen.values()) != [both, ["wanted"], both])
PY
