#!/usr/bin/env bash
# highspy: Highs() itself writes two lines to the process's standard output, once, before output_flag or log_to_console
# can be set to False. They come from C++, so contextlib.redirect_stdout does not catch them, and they stand before the
# first line of a program that prints JSON or CSV. Redirect file descriptor 1 around the first Highs(), or print elsewhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'highspy==1.16.0' 'numpy==2.3.5'
cat > "$folder/silent.py" <<'PY'
import contextlib
import io
import json

import highspy

with contextlib.redirect_stdout(io.StringIO()) as caught:
    for _ in range(2):
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("log_to_console", False)
        model.run()
print(json.dumps({"caught": caught.getvalue()}), flush=True)
PY
"$folder/venv/bin/python" "$folder/silent.py" > "$folder/out" 2> /dev/null
"$folder/venv/bin/python" - "$folder/out" <<'PY'
import json
import sys
from importlib.metadata import version
from pathlib import Path

lines = Path(sys.argv[1]).read_text().splitlines()
print("highspy", version("highspy"))
print("Standard output of a program that silences the solver and prints one line of JSON:")
print("\n".join(f"  {line}" for line in lines))
banner = [line for line in lines if line.startswith("Running HiGHS")]
ours = [line for line in lines if line.startswith("{")]
sys.exit(not (len(banner) == 1 and len(lines) == 3 and json.loads(ours[0]) == {"caught": ""}))
PY
