"""requirements.lock says exactly what is installed, and nothing about from where."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked() -> dict[str, list[tuple[Requirement, list[str]]]]:
    """Every entry of the lock with its hashes; a name may stand there once per platform or Python."""
    entries: dict[str, list[tuple[Requirement, list[str]]]] = {}
    for entry in LOCK.replace("\\\n", " ").splitlines():
        if entry.strip():
            requirement = Requirement(entry.split(" --hash=")[0].strip())
            hashes = re.findall(r"--hash=(\S+)", entry)
            entries.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return entries


def direct() -> list[Requirement]:
    """What pyproject.toml asks for, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


def test_the_lock_names_no_host_no_index_option_and_no_path() -> None:
    for number, line in enumerate(LOCK.splitlines(), start=1):
        assert "://" not in line, f"line {number}"
        assert not line.startswith(("-", "#", "/", ".")), f"line {number}"
        assert " @ " not in line, f"line {number}"
        assert re.fullmatch(r"\S+==\S+( ;[^\\]*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), f"line {number}"


def test_every_requirement_is_pinned_and_hashed() -> None:
    for entries in locked().values():
        for requirement, hashes in entries:
            assert [part.operator for part in requirement.specifier] == ["=="], str(requirement)
            assert hashes, str(requirement)


@pytest.mark.parametrize("wanted", direct(), ids=str)
def test_the_lock_satisfies_what_the_project_asks_for(wanted: Requirement) -> None:
    entries = locked().get(canonicalize_name(wanted.name), [])

    assert entries, f"{wanted.name} is not locked; run `make lock`"
    for requirement, _ in entries:
        (pin,) = requirement.specifier
        assert wanted.specifier.contains(pin.version, prereleases=True), str(requirement)


def test_what_the_app_imports_is_asked_for_by_name() -> None:
    """A package that comes along with another one today may be gone after its next update."""
    asked = {canonicalize_name(requirement.name) for requirement in direct()}
    providers = packages_distributions()
    forgotten = set()
    for path in [
        ROOT / "app.py",
        *(path for top in ("pages", "components", "db") for path in (ROOT / top).rglob("*.py")),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"db", "components", "pages"}:
                if not {canonicalize_name(name) for name in providers.get(top, [])} & asked:
                    forgotten.add(f"{path.relative_to(ROOT)}: {top}")

    assert forgotten == set()
