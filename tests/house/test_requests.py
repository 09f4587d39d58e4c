"""What is asked of an action fits it: in `Request(at, act, said, {…})`, `note(user, act, …)` and `carry_out`.

A request holds the action and its values as a mapping, which no type checker compares with the action's parameters.
Here the mapping is read where it is written: a literal, literals joined by `|`, a name that was given one, or a
function of the same file that returns one. What cannot be read (an action handed in) is left to the page's own test.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from tests.support.tree import ROOT, files, plant

Complaints = Iterator[str]
FROM_ELSEWHERE = ("session", "now")
"""Parameters that the engine fills in."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Names of values: those that may be there, those that are there for certain, whether that is all."""

    may: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
    whole: bool = True

    def __or__(self, other: "Keys") -> "Keys":
        return Keys(self.may | other.may, self.must | other.must, self.whole and other.whole)

    def either(self, other: "Keys") -> "Keys":
        return Keys(self.may | other.may, self.must & other.must, self.whole and other.whole)


UNREAD = Keys(whole=False)


def these(*names: str) -> Keys:
    return Keys(frozenset(names), frozenset(names))


@dataclass(frozen=True, slots=True)
class Asked:
    """Where something is asked, of which actions (their dotted names), with which values."""

    where: str
    acts: tuple[str, ...]
    values: Keys


# --- reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the function in it that is read."""

    tree: ast.Module
    within: ast.Module | ast.FunctionDef
    extra: Keys = Keys()
    """What was handed in as `**more`."""

    def keys(self, values: ast.expr) -> Keys:
        """The names in a mapping, as far as they can be read."""
        match values:
            case ast.Dict():
                return self._of_dict(values)
            case ast.BinOp(op=ast.BitOr()):
                return self.keys(values.left) | self.keys(values.right)
            case ast.IfExp():
                return self.keys(values.body).either(self.keys(values.orelse))
            case ast.Name():
                return self._of_name(values)
            case ast.Call():
                return self._of_call(values)
        return UNREAD

    def _of_dict(self, values: ast.Dict) -> Keys:
        found = Keys()
        for key, value in zip(values.keys, values.values, strict=True):
            if key is None:
                found |= self.keys(value)
            elif isinstance(key, ast.Constant):
                found |= these(str(key.value))
            else:
                found |= UNREAD
        return found

    def _of_name(self, use: ast.Name) -> Keys:
        """The mapping that a name was given last before its use, and what was added to it since."""
        if self._is_more(use.id):
            return self.extra
        found: Keys | None = None
        before = [node for node in own_nodes(self.within) if getattr(node, "lineno", use.lineno) < use.lineno]
        for node in sorted(before, key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))):
            if isinstance(node, ast.AugAssign) and ast.unparse(node.target) == use.id and found:
                found |= self.keys(node.value)
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Subscript) and ast.unparse(target.value) == use.id and found:
                        # Only for one of two actions perhaps: it is there when needed, and is not held to be too much.
                        found |= _perhaps(target.slice)
                    elif ast.unparse(target) == use.id:
                        found = self.keys(node.value)
        return UNREAD if found is None else found

    def _is_more(self, name: str) -> bool:
        """Whether a name is the function's own `**more`."""
        more = self.within.args.kwarg if isinstance(self.within, ast.FunctionDef) else None
        return more is not None and more.arg == name

    def _of_call(self, call: ast.Call) -> Keys:
        """`dict(a=1)`, or a function of this file that returns a mapping in one way."""
        handed = keywords(call, self)
        if ast.unparse(call.func) == "dict" and not call.args:
            return handed
        for function in self.tree.body:
            if isinstance(function, ast.FunctionDef) and function.name == ast.unparse(call.func):
                returned = [node.value for node in own_nodes(function) if isinstance(node, ast.Return) and node.value]
                parameters = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
                more = Keys(handed.may - parameters, handed.must - parameters, handed.whole)
                inside = replace(self, within=function, extra=more)
                return inside.keys(returned[0]) if len(returned) == 1 else UNREAD
        return UNREAD


def _perhaps(key: ast.expr) -> Keys:
    """What `values[key] = …` adds."""
    word = isinstance(key, ast.Constant) and isinstance(key.value, str)
    return Keys(must=frozenset({ast.literal_eval(key)})) if word else UNREAD


def own_nodes(block: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a block without those of the functions in it."""
    for child in ast.iter_child_nodes(block):
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from own_nodes(child)


def keywords(call: ast.Call, source: Source) -> Keys:
    found = Keys()
    for keyword in call.keywords:
        found |= source.keys(keyword.value) if keyword.arg is None else these(keyword.arg)
    return found


def blocks(tree: ast.Module) -> Iterator[ast.Module | ast.FunctionDef]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def asked_in(path: str, text: str) -> Iterator[Asked]:
    """Everything that a file asks of actions."""
    tree = ast.parse(text)
    names = imported_names(tree)
    for block in blocks(tree):
        source = Source(tree, block)
        for call in own_nodes(block):
            if not isinstance(call, ast.Call):
                continue
            place, name = f"{path}:{call.lineno}", ast.unparse(call.func).split(".")[-1]
            if name == "Request":
                act, values = argument(call, 1, "act"), argument(call, 3, "values")
                if act is not None:
                    yield Asked(place, acts(act, names), Keys() if values is None else source.keys(values))
            elif name in ("note", "carry_out") and len(call.args) > ("note", "carry_out").index(name) + 1:
                act = call.args[1 if name == "note" else 2]
                yield Asked(place, acts(act, names), keywords(call, source))


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    by_name = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return call.args[position] if len(call.args) > position else by_name


def imported_names(tree: ast.AST) -> dict[str, str]:
    """The names that a file takes from the actions, dotted."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("db.actions")
        for alias in node.names
    }


def acts(act: ast.expr, names: dict[str, str]) -> tuple[str, ...]:
    """The actions that an expression can be; none when it cannot be read."""
    if isinstance(act, ast.IfExp):
        return acts(act.body, names) + acts(act.orelse, names)
    first, _, rest = ast.unparse(act).partition(".")
    return (f"{names[first]}{'.' + rest if rest else ''}",) if first in names else ()


@cache
def parameters(act: str) -> tuple[frozenset[str], frozenset[str]]:
    """All parameters of an action, and those that must be given."""
    module, _, name = act.rpartition(".")
    found = inspect.signature(getattr(importlib.import_module(module), name)).parameters.values()
    ours = [one for one in found if one.name not in FROM_ELSEWHERE and one.kind is not one.VAR_KEYWORD]
    return frozenset(one.name for one in ours), frozenset(one.name for one in ours if one.default is one.empty)


# --- the laws ----------------------------------------------------------------------------------------------


@cache
def asked(root: Path) -> tuple[Asked, ...]:
    return tuple(one for path, text in files(root, "components", "pages") for one in asked_in(path, text))


def every_value_is_a_parameter(root: Path) -> Complaints:
    for one in asked(root):
        for act in one.acts:
            unknown = one.values.may - parameters(act)[0]
            if unknown:
                yield f"{one.where} {act} takes no {', '.join(sorted(unknown))}"


def every_required_value_is_there(root: Path) -> Complaints:
    for one in asked(root):
        for act in one.acts:
            missing = parameters(act)[1] - one.values.must
            if missing and one.values.whole:
                yield f"{one.where} {act} needs {', '.join(sorted(missing))}"


LAWS: dict[str, Callable[[Path], Complaints]] = {
    law.__name__: law for law in (every_value_is_a_parameter, every_required_value_is_there)
}


@pytest.mark.parametrize("law", LAWS)
def test_the_house_keeps(law: str) -> None:
    complaints = list(LAWS[law](ROOT))

    assert not complaints, "\n".join(complaints)


def test_most_of_what_is_asked_can_be_read() -> None:
    found = asked(ROOT)
    read = [one for one in found if one.acts and one.values.whole]

    assert len(found) > 150
    assert len(read) / len(found) > 0.8


# --- and they bite -----------------------------------------------------------------------------------------

ACT = "from db.actions.orders.ratings import close_order, rate_order\n\n\n"
UNKNOWN, MISSING = "every_value_is_a_parameter", "every_required_value_is_there"
TWO = 'def asks():\n    values = {"order_id": 1, "order": 1}\n    run(Request(at, close_order, "", values))'
OF = "def of(order, **more):\n    return {**more}\n\n\n"
OFFENDERS = [
    (UNKNOWN, 'request = Request(at, close_order, "", {"order_id": 1, "order": 1})'),
    (UNKNOWN, 'request = Request(at, close_order, values={"order_id": 1} | {"order": 1})'),
    (UNKNOWN, TWO),
    (UNKNOWN, "note(user, close_order, order_id=1, order=1)"),
    (UNKNOWN, 'carry_out(user, "", close_order, order_id=1, order=1)'),
    (MISSING, 'request = Request(at, close_order, "")'),
    (MISSING, 'request = Request(at, close_order, "", {})'),
    (MISSING, 'request = Request(at, close_order if last else rate_order, "", {"order_id": 1})'),
    (MISSING, 'request = Request(at, close_order, "", {"order_id": 1} if one else {})'),
    (MISSING, OF + 'request = Request(at, close_order, "", of(1))'),
    (MISSING, "note(user, close_order)"),
]
INNOCENTS = [
    'request = Request(at, close_order, "", {"order_id": 1})',
    'request = Request(at, close_order, "", {"order_id": 1, **unread})',
    'request = Request(at, act, "", {"anything": 1})',
    TWO.replace(', "order": 1', ""),
    'def asks():\n    values = {}\n    values["order_id"] = 1\n    run(Request(at, close_order, "", values))',
    'def asks():\n    values = {}\n    values |= {"order_id": 1}\n    run(Request(at, close_order, "", values))',
    OF + 'request = Request(at, close_order, "", of(1, order_id=1))',
    'note(user, close_order, **{"order_id": 1})',
]


@pytest.mark.parametrize(("law", "text"), OFFENDERS)
def test_a_planted_offender_is_found(law: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, "components/orders/order.py", ACT + text)

    complaints = list(LAWS[law](tmp_path))

    assert [complaint.startswith("components/orders/order.py:") for complaint in complaints] == [True]


def test_every_law_has_an_offender() -> None:
    assert {law for law, _ in OFFENDERS} == set(LAWS)


@pytest.mark.parametrize("text", INNOCENTS)
def test_an_innocent_request_keeps_every_law(text: str, tmp_path: Path) -> None:
    plant(tmp_path, "components/orders/order.py", ACT + text)

    assert [complaint for law in LAWS.values() for complaint in law(tmp_path)] == []
