"""docs/licences.md lists what is locked, and every licence in it is one that the program may be given away with."""

import re

from tools.licences import ELSEWHERE, LOCK, PAGE, RUN_LOCK, page, pinned

ROWS = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \| (runs|tests) \|$", PAGE.read_text(encoding="utf-8"), re.M)


def test_the_list_is_that_of_the_lock() -> None:
    """After `make lock`: `make licences`."""
    assert [(name, version) for name, version, _licence, _for in ROWS] == list(dict(pinned(LOCK)).items())


def test_the_list_says_what_the_installed_packages_say() -> None:
    made = page().splitlines()
    kept = PAGE.read_text(encoding="utf-8").splitlines()

    # Another platform needs other packages: what is not installed here is not asked.
    assert [one for one, other in zip(made, kept, strict=True) if ELSEWHERE not in one + other and one != other] == []


def test_every_package_that_runs_says_its_licence_and_none_binds_the_program() -> None:
    """LGPL and MPL bind changes of the package; GPL and AGPL would bind everything that runs with it."""
    for name, _version, licence, use in ROWS:
        own = licence.replace("LGPL", "").replace("Lesser General Public License", "")
        assert use == "tests" or licence != "see its own files", name
        assert use == "tests" or not re.search("GPL|General Public License", own), name
        assert not re.search("Affero|AGPL", own), name


def test_the_lock_for_running_is_a_part_of_the_whole_one() -> None:
    whole, runs = dict(pinned(LOCK)), dict(pinned(RUN_LOCK))

    assert runs.items() < whole.items()
    assert not {"pytest", "playwright", "mypy", "ruff", "uv", "networkx", "abcvoting"} & set(runs)
    lines = LOCK.read_text(encoding="utf-8")
    assert all(line.rstrip(" \\") in lines for line in RUN_LOCK.read_text(encoding="utf-8").splitlines())
