"""Write docs/licences.md: every package of requirements.lock with its version, its licence and what it is for.

The licence is what the installed package says of itself: its SPDX expression, else its classifiers, else the first line
of the field. A package that this platform does not need is listed without one. `tests/house/test_licences.py` holds the
list to the lock.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/licences.md"
LOCK, RUN_LOCK = ROOT / "requirements.lock", ROOT / "requirements.run.lock"
ELSEWHERE = "not needed on the platform of this list"
HEAD = """# Licences of what is installed

Made by `make licences` from what the installed packages say of themselves; the list is that of `requirements.lock`.
The program itself is under Apache-2.0. *runs* marks what an installation in use has (`requirements.run.lock`), *tests*
what stays with those who test. LGPL and MPL packages are used as they are, installed beside the program and unchanged.


| Package | Version | Licence | For |
|---|---|---|---|
"""


def pinned(lock: Path) -> Iterator[tuple[str, str]]:
    """Name and version of every entry of a lock, in its order."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", line):
            yield found[1], found[2]


def licence(name: str) -> str:
    """What an installed package says of its licence, in one line."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE
    if expression := said.get_all("License-Expression"):
        return expression[0]
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    if classified:
        return ", ".join(classified)
    first = "".join(said.get_all("License") or []).strip().split("\n")[0]
    return first or "see its own files"


def page() -> str:
    """The whole list as Markdown."""
    runs = {name for name, _version in pinned(RUN_LOCK)}
    rows = [
        f"| {name} | {version} | {licence(name).replace('|', '/')} | {'runs' if name in runs else 'tests'} |"
        for name, version in dict(pinned(LOCK)).items()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} written.\n")
