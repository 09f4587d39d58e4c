#!/usr/bin/env bash
# pabutools writes Pabulib files without quoting, while it reads them as CSV: a project whose name holds a semicolon is
# written without a word and cannot be read back. A comma or a quotation mark in the name comes back unharmed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pabutools==1.2.3'
cd "$folder"
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from pabutools.election import ApprovalBallot, ApprovalProfile, Instance, Project
from pabutools.election.pabulib import election_as_pabulib_string, parse_pabulib_from_string


def there_and_back(name):
    projects = [Project("p1", 5), Project("p2", 5)]
    instance = Instance(projects, budget_limit=10)
    instance.meta = {"description": "d", "country": "c", "unit": "u", "instance": "1", "num_projects": "2",
                     "num_votes": "1", "budget": "10", "vote_type": "approval", "rule": "greedy"}
    instance.project_meta = {projects[0]: {"name": name}, projects[1]: {"name": "trees"}}
    text = election_as_pabulib_string(instance, ApprovalProfile([ApprovalBallot(projects)], instance=instance))
    try:
        read, _ = parse_pabulib_from_string(text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return read.project_meta[projects[0]]["name"]


print("pabutools", version("pabutools"))
seen = {name: there_and_back(name) for name in ("benches, lamps", 'the "old" well', "benches; lamps")}
for name, back in seen.items():
    print(f"  {name}  →  {back}")
sys.exit(
    seen["benches, lamps"] != "benches, lamps"
    or seen['the "old" well'] != 'the "old" well'
    or not seen["benches; lamps"].startswith("IndexError")
)
PY
