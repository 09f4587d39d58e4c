"""The tree of the house, read by its laws."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(root: Path, *places: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[tuple[str, str]]:
    """Relative path and text of every file under the places; a place that does not exist yet is empty."""
    for place in places:
        top = root / place
        found = [top] if top.is_file() else sorted(top.rglob("*")) if top.is_dir() else []
        for path in found:
            if path.is_file() and path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def imported(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of every import; `from db import models` is ("db.models", "")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if node.module in ("db", "components", "pages"):
                    yield node.lineno, f"{node.module}.{alias.name}", ""
                else:
                    yield node.lineno, "." * node.level + (node.module or ""), alias.name


def within(module: str, *parents: str) -> bool:
    return any(module == parent or module.startswith(parent + ".") for parent in parents)


def called(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with its dotted name: `datetime.now`, `session.commit`, `text`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The strings that only describe (modules, functions, attributes): they may name the source of a law."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def plant(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text + "\n", encoding="utf-8")
