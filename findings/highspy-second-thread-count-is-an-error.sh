#!/usr/bin/env bash
# highspy: two models of one process with different numbers of threads. The second run answers kError, the model's status
# stays kNotset, and reading the answer gives no exception. The first run has started HiGHS's own scheduler for the whole
# process; resetGlobalScheduler lets the second number in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'highspy==1.16.0' 'numpy==2.3.5'
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import highspy
import numpy


def solved(threads):
    """Status of the run, of the model, and the answer to: at most one of three things worth 1, 2, 3."""
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", threads)
    for worth in (1.0, 2.0, 3.0):
        model.addCol(-worth, 0, 1, 0, numpy.array([], dtype=numpy.int32), numpy.array([]))
    model.changeColsIntegrality(3, numpy.arange(3, dtype=numpy.int32), [highspy.HighsVarType.kInteger] * 3)
    model.addRow(0, 1, 3, numpy.arange(3, dtype=numpy.int32), numpy.ones(3))
    run = model.run()
    return run.name, model.getModelStatus().name, [round(value) for value in model.getSolution().col_value]


first, again, other = solved(2), solved(2), solved(1)
highspy.Highs.resetGlobalScheduler(True)
after = solved(1)
print("highspy", version("highspy"))
for name, seen in (("2 threads", first), ("2 threads again", again), ("1 thread", other), ("1 thread after a reset", after)):
    print(f"{name}: {seen}")
right = ("kOk", "kOptimal", [0, 0, 1])
sys.exit(not (first == again == after == right and other[:2] == ("kError", "kNotset")))
PY
