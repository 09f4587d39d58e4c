#!/usr/bin/env bash
# highspy: setSolution answers kOk, and maximize(expression) or minimize(expression), called after it, drops the start
# without a word, since it changes the objective first. Set the objective, then the start, then run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'highspy==1.16.0' 'numpy==2.3.5'
cd "$folder"
venv/bin/python - <<'PY'
import pathlib
import random
import sys
from importlib.metadata import version

import highspy


def solved(objective_first):
    """Whether the solver names the start in its log, when it stops before any search of its own."""
    random.seed(3)
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    binaries = [model.addBinary() for _ in range(60)]
    rows = [[random.randint(100, 999) for _ in binaries] for _ in range(5)]
    for row in rows:
        model.addConstr(sum(weight * binary for weight, binary in zip(row, binaries)) <= 9000)
    worth = sum(random.randint(100, 999) * binary for binary in binaries)
    # A greedy filling, which is valid.
    start, used = [], [0] * len(rows)
    for number in range(len(binaries)):
        fits = all(total + row[number] <= 9000 for total, row in zip(used, rows))
        start.append(float(fits))
        used = [total + fits * row[number] for total, row in zip(used, rows)]
    log = pathlib.Path(f"log-{objective_first}")
    model.setOptionValue("output_flag", True)
    model.setOptionValue("log_to_console", False)
    model.setOptionValue("log_file", str(log))
    model.setOptionValue("mip_rel_gap", 10.0)
    solution = highspy.HighsSolution()
    solution.col_value = start
    if objective_first:
        model.setObjective(worth, highspy.ObjSense.kMaximize)
        answer = model.setSolution(solution)
        model.run()
    else:
        answer = model.setSolution(solution)
        model.maximize(worth)
    return answer == highspy.HighsStatus.kOk, [line for line in log.read_text().splitlines() if "MIP start" in line]


before, after = solved(objective_first=False), solved(objective_first=True)
print("highspy", version("highspy"))
print("The same valid start: taken by setSolution, lines of the log that name it")
print("  start, then maximize(expression):", before)
print("  objective, then start, then run:", after)
sys.exit(before != (True, []) or not (after[0] and len(after[1]) == 1 and "feasible" in after[1][0]))
PY
