"""Every action that takes typed text, tried with bad values without anybody having to enter it into a table.

The tables of each area (`<area>/test_bad_input*.py`) say what is stored exactly. This test finds the actions that no
table holds, finds a test that carries each of them out, itself or through a builder, runs it, and at the moment of the
first call tries the same arguments with every typed field gone wrong, each in a transaction that is rolled back.
An action that no test carries out, or that breaks on what somebody types, makes it fail, so that none is forgotten.
"""

import importlib
import inspect
import pkgutil
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from sqlalchemy import String, event
from sqlalchemy import inspect as inspected

import db.actions
from db import engine
from db.engine import PERMISSION_OF
from db.models import Model
from tests import builders
from tests.builders import inputs
from tests.builders.world import NOW, World
from tests.support.bad_input import HIDDEN, LITERAL, NO_CHOICE, NO_DAY, NO_NUMBER, NO_TEXT, OURS, RARE, Undone

HERE = Path(__file__).parent
FOLDERS = ("actions", "queries", "stories", "core")
GIVEN = {"world", "small_world", "monkeypatch", "tmp_path"}
TABLES = sorted(one for one in HERE.rglob("test_bad_input*.py") if one.parent != HERE)
FIELDS_NOT_TYPED: dict[str, frozenset[str]] = {
    # What the door page's route has read and checked before the action is called (`db.rules.offline.sync`).
    "offline.entries.take_entry": frozenset({"phone_id", "said", "sent"}),
}
"""Fields that no person and no request gives: they come from our own code."""
CARRY_OUT = engine.carry_out
BOTH_WAYS = (CARRY_OUT, inputs.carry_out)
Scenario = tuple[Callable[..., None], dict[str, Any]]
"""A test and the values of its first case."""


# --- what there is ------------------------------------------------------------------------------------


def actions() -> dict[str, Any]:
    """Every action by "area.module.name"."""
    found = {}
    for one in pkgutil.walk_packages(db.actions.__path__, "db.actions."):
        module = importlib.import_module(one.name)
        for name, act in vars(module).items():
            if f"{getattr(act, '__module__', '')}.{name}" in PERMISSION_OF and act.__module__ == module.__name__:
                found[f"{one.name.removeprefix('db.actions.')}.{name}"] = act
    return found


def kinds(annotation: Any) -> set[type]:
    """The plain types that an annotation allows, None left out; a container counts as none of them."""
    if get_origin(annotation) in (Union, UnionType):
        return set().union(*(kinds(part) for part in get_args(annotation)))
    return {annotation} - {type(None)} if isinstance(annotation, type) else set()


def typed(act: Any) -> dict[str, set[type]]:
    """The fields of an action with their types."""
    hints = inputs.hints_of(act)
    return {name: kinds(hint) for name, hint in hints.items() if name not in ("session", "now", "version", "return")}


def in_a_table(act: Any) -> bool:
    """Whether one of the tables has a form for it."""
    text = "".join(table.read_text(encoding="utf-8") for table in TABLES)
    return re.search(rf"Form\(\s*{act.__name__},", text) is not None


LOOSE = [
    name
    for name, act in sorted(actions().items())
    if any(str in allowed for allowed in typed(act).values()) and not in_a_table(act)
]


# --- finding a call -----------------------------------------------------------------------------------


def scenarios(name: str) -> Iterator[Scenario]:
    """Tests that speak of the action or of its builders, those that name it themselves first, with their first case."""
    word = re.compile(rf"\b({'|'.join((name, *builders_of(name)))})\b")
    direct: list[Scenario] = []
    around: list[Scenario] = []
    for folder in FOLDERS:
        for path in sorted((HERE.parent / folder).rglob("test_*.py")):
            if path.name.startswith("test_bad_input") or not word.search(path.read_text(encoding="utf-8")):
                continue
            for title, test in vars(importlib.import_module(module_of(path))).items():
                case = first_case(test) if title.startswith("test_") else None
                if case is not None:
                    (direct if word.search(inspect.getsource(test)) else around).append((test, case))
    yield from sorted(direct, key=lambda one: bool(one[1]))
    yield from sorted(around, key=lambda one: bool(one[1]))


def builders_of(name: str) -> list[str]:
    """The builders whose own lines name the action."""
    modules = [importlib.import_module(one.name) for one in pkgutil.iter_modules(builders.__path__, "tests.builders.")]
    made = [one for module in modules for one in vars(module).values() if inspect.isfunction(one)]
    ours = [one for one in made if one.__module__.startswith("tests.builders.")]
    return sorted({one.__name__ for one in ours if re.search(rf"\b{name}\b", inspect.getsource(one))})


def module_of(path: Path) -> str:
    """The dotted name of a file of tests."""
    return ".".join(path.relative_to(HERE.parent.parent).with_suffix("").parts)


def first_case(test: Any) -> dict[str, Any] | None:
    """The values of a test's first case; None when it needs more than a world, which this test cannot give it."""
    case: dict[str, Any] = {}
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            names = mark.args[0].replace(" ", "").split(",") if isinstance(mark.args[0], str) else list(mark.args[0])
            first: Any = next(iter(mark.args[1]), None)
            first = first.values if hasattr(first, "values") and hasattr(first, "marks") else first
            plain = len(names) == 1 and not (isinstance(first, tuple) and hasattr(first, "marks"))
            case |= dict(zip(names, [first] if plain and not isinstance(first, tuple) else first or (), strict=False))
    wanted = set(inspect.signature(test).parameters) - set(case)
    return case if wanted and wanted <= GIVEN else None


class Caught(Exception):
    """The action was called with right arguments, and everything was tried."""


def _listen(monkeypatch: pytest.MonkeyPatch, hook: Callable[..., Any]) -> None:
    for module in list(sys.modules.values()):
        ours = isinstance(module, ModuleType) and module.__name__.startswith("tests.")
        if ours and getattr(module, "carry_out", None) in BOTH_WAYS:
            monkeypatch.setattr(module, "carry_out", hook)


# --- trying -------------------------------------------------------------------------------------------


def tried(actor: Any, act: Any, values: dict[str, Any]) -> list[Any] | Exception:
    """What would be stored, or the refusal in our own words; anything else breaks the test. Always rolled back."""
    touched: list[Any] = []

    def once(session: Any, /, **arguments: Any) -> None:
        event.listen(session, "before_flush", lambda s, *_: touched.extend([*s.new, *s.dirty]))
        act(session, **inputs.bundled(act, arguments))
        session.flush()
        raise Undone

    if "now" in inspect.signature(act).parameters:
        values.setdefault("now", NOW)
    try:
        CARRY_OUT(actor, "", once, **values)
    except Undone:
        return list(_stored(touched))
    except OURS as refused:
        return refused
    except Exception as broken:  # noqa: BLE001 - whatever it is, it is the finding
        return AssertionError(f"broke: {type(broken).__name__}: {str(broken)[:120]}")
    return AssertionError("neither stored nor refused")


def _stored(rows: list[Model]) -> Iterator[Any]:
    for row in rows:
        for attribute in inspected(type(row)).column_attrs:
            value, kind = row.__dict__.get(attribute.key), attribute.columns[0].type
            if isinstance(value, str) and isinstance(kind, String) and kind.length and len(value) > kind.length:
                yield AssertionError(f"{attribute} holds {len(value)} characters")
            yield value


def complaints(actor: Any, act: Any, right: dict[str, Any], fields: dict[str, set[type]]) -> Iterator[str]:
    """Everything that goes wrong when one field at a time goes wrong."""
    for name, allowed in fields.items():
        for value in _refused_values(allowed):
            outcome = tried(actor, act, right | {name: value})
            meant_elsewhere = str in allowed and isinstance(value, int)  # a number of another column may be the same
            reached = isinstance(outcome, list) and not meant_elsewhere and _reached(value, outcome)
            if isinstance(outcome, AssertionError) or reached:
                yield f"{name}={str(value)[:20]!r} must be refused: {_said(outcome)}"
        for value in _odd_texts() if str in allowed else ():
            outcome = tried(actor, act, right | {name: value})
            if isinstance(outcome, AssertionError):
                yield f"{name}={value[:20]!r}: {outcome}"
            elif isinstance(outcome, list):
                yield from (f"{name}={value[:20]!r}: {one}" for one in outcome if isinstance(one, AssertionError))
                if any(isinstance(one, str) and re.search("[\x00\x07\u202e\ud800]", one) for one in outcome):
                    yield f"{name}={value[:20]!r} is stored with signs that nobody sees"


def _reached(value: Any, stored: list[Any]) -> bool:
    """Whether a bad value is among what would be stored; a field that does not matter in this call is not read."""
    if isinstance(value, str) and len(value) > 1000:
        return any(isinstance(one, str) and len(one) > 1000 and one in value for one in stored)
    by_chance = isinstance(value, bool) or value == NOW
    return not by_chance and any(type(one) is type(value) and one == value for one in stored)


def _said(outcome: Any) -> str:
    return str(outcome) if isinstance(outcome, Exception) else "it is stored"


def _refused_values(allowed: set[type]) -> Iterator[Any]:
    if str in allowed:
        yield from (*NO_TEXT[1:], "字" * 100_000)
    elif any(issubclass(one, Enum) for one in allowed):
        yield from NO_CHOICE
    elif int in allowed and bool not in allowed:
        yield from NO_NUMBER
    elif date in allowed or datetime in allowed:
        yield from (one for one in NO_DAY if not any(type(one) is kind for kind in allowed) or one in (date.min,))


def _odd_texts() -> Iterator[str]:
    yield from ("", "  \n\u200b\t ", RARE, *LITERAL[:2], HIDDEN[0], "👵" * 300)


@pytest.mark.parametrize("name", LOOSE)
def test_an_action_that_no_table_holds_stores_or_refuses_whatever_is_typed(
    name: str,
    small_world: World,
    world_template: tuple[Path, World],
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    act, found = actions()[name], None
    fields = {one: allowed for one, allowed in typed(act).items() if one not in FIELDS_NOT_TYPED.get(name, ())}

    def hook(actor: Any, key: str, called: Any, /, **values: Any) -> Any:
        nonlocal found
        aside = found is not None or threading.current_thread() is not threading.main_thread()
        if aside or called is not act or isinstance(tried(actor, act, dict(values)), Exception):
            return CARRY_OUT(actor, key, called, **inputs.bundled(called, values))
        found = list(complaints(actor, act, inputs.single(values), fields))
        raise Caught

    for scenario, case in scenarios(act.__name__):
        engine.engine().dispose()
        for rest in here.glob("test.db-*"):
            rest.unlink()
        shutil.copy(world_template[0], here / "test.db")
        world = deepcopy(world_template[1])
        given = {"world": world, "small_world": world, "monkeypatch": monkeypatch, "tmp_path": tmp_path}
        with monkeypatch.context() as patched:
            _listen(patched, hook)
            try:
                scenario(**case, **{one: given[one] for one in inspect.signature(scenario).parameters if one in given})
            except Caught:
                break
            except Exception:  # noqa: BLE001, S112 - what that test needs is missing here: the next one
                continue

    assert found is not None, f"no test carries out {name} with a world alone: write one"
    assert not found, "\n".join(found)
