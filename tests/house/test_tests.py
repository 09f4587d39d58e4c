"""The laws of the tests themselves; each one is proven on a planted offender."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.tree import ROOT, files, imported, plant

Complaints = Iterator[str]
MOST_LINES, LONGEST = 500, 750
LONG_SPECS = {
    "tests/actions/meetings/test_floor.py",
    "tests/actions/meetings/test_meetings.py",
    "tests/actions/orders/test_orders.py",
    "tests/actions/voting/test_voting.py",
    "tests/components/accounts/test_sign_in.py",
    "tests/core/test_demo.py",
    "tests/core/test_upkeep.py",
    "tests/public/test_slip.py",
    "tests/rules/voting/test_decision.py",
}
"""Spec files that may be longer: each is about one file of the house and has not been split yet."""


def is_spec(path: str) -> bool:
    return Path(path).name.startswith("test_")


def no_spec_imports_from_another(root: Path) -> Complaints:
    """What two specs need is a builder of its area or a support; a spec can then be read, moved and run alone."""
    for path, text in files(root, "tests"):
        if "test_" not in text:
            continue
        own = path.removesuffix(".py").replace("/", ".")
        for line, module, name in imported(ast.parse(text)):
            taken = module if module.rpartition(".")[2].startswith("test_") else f"{module}.{name}"
            if taken != own and taken.startswith("tests.") and taken.rpartition(".")[2].startswith("test_"):
                yield f"{path}:{line} imports from {taken}; what both need goes to tests/builders or tests/support"


def specs_are_short(root: Path) -> Complaints:
    for path, text in files(root, "tests"):
        most = LONGEST if path in LONG_SPECS else MOST_LINES
        if text.count("\n") > most:
            yield f"{path} has {text.count(chr(10))} lines, {most} at most; split it as the house is split"


def support_is_no_spec(root: Path) -> Complaints:
    """pytest collects `test_*.py` only: a test in any other file would never run."""
    for path, text in files(root, "tests"):
        if is_spec(path) or "def test_" not in text:
            continue
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{path}:{node.lineno} {node.name} never runs; the file's name must begin with test_"


LAWS: dict[str, Callable[[Path], Complaints]] = {
    law.__name__: law for law in (no_spec_imports_from_another, specs_are_short, support_is_no_spec)
}


@pytest.mark.parametrize("law", LAWS)
def test_the_tests_keep(law: str) -> None:
    complaints = list(LAWS[law](ROOT))

    assert not complaints, "\n".join(complaints)


def test_every_long_spec_is_still_long() -> None:
    lengths = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in LONG_SPECS}

    assert {path: lines for path, lines in lengths.items() if lines <= MOST_LINES} == {}


OFFENDERS = [
    (
        "no_spec_imports_from_another",
        "tests/pages/needs/test_needs.py",
        "from tests.rules.needs.test_twins import LEAST",
    ),
    ("no_spec_imports_from_another", "tests/pages/needs/test_needs.py", "from tests.rules.needs import test_twins"),
    ("no_spec_imports_from_another", "tests/pages/needs/test_needs.py", "import tests.rules.needs.test_twins"),
    ("no_spec_imports_from_another", "tests/load/bench.py", "from tests.rules.needs.test_twins import LEAST"),
    (
        "no_spec_imports_from_another",
        "tests/pages/needs/test_needs.py",
        "def test():\n    from tests.rules.needs.test_twins import LEAST",
    ),
    ("specs_are_short", "tests/rules/needs/test_twins.py", "x = 1\n" * 501),
    ("specs_are_short", "tests/public/test_slip.py", "x = 1\n" * 751),
    ("support_is_no_spec", "tests/rules/needs/twin_pairs.py", "def test_a_pair(): ..."),
]
INNOCENTS = [
    ("tests/pages/needs/test_needs.py", "from tests.builders.needs import a_need\nfrom tests.support import phone"),
    ("tests/pages/test_user_text.py", "def script():\n    from tests.pages.test_user_text import TYPED"),
    ("tests/rules/needs/test_twins.py", "def test_a_pair(): ...\n" + "x = 1\n" * 400),
]


@pytest.mark.parametrize(("law", "path", "text"), OFFENDERS)
def test_a_planted_offender_is_found(law: str, path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    complaints = list(LAWS[law](tmp_path))

    assert [complaint.startswith(path) for complaint in complaints] == [True]


def test_every_law_has_an_offender() -> None:
    assert {law for law, _, _ in OFFENDERS} == set(LAWS)


@pytest.mark.parametrize(("path", "text"), INNOCENTS)
def test_an_innocent_file_keeps_every_law(path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    assert [complaint for law in LAWS.values() for complaint in law(tmp_path)] == []
