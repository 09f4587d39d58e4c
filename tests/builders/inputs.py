"""Values of a form, one by one as a test names them, given to an action in the objects that it takes (`…Input`)."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from db import engine
from db.rules.permissions import Actor


def bundled(act: Callable[..., Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the action takes them; an object that is given as a whole stays as it is."""
    given = dict(values)
    for name, hint in get_type_hints(inspect.unwrap(act)).items():
        kind = _input(hint)
        if kind is None or name in given:
            continue
        own = {field.name: given.pop(field.name) for field in fields(kind) if field.name in given}
        if own:
            given[name] = kind(**own)
    return given


def _input(hint: Any) -> Any:
    """The class of the object, also where the action can do without it."""
    kinds = (one for one in (hint, *get_args(hint)) if isinstance(one, type) and is_dataclass(one))
    return next((kind for kind in kinds if kind.__name__.endswith("Input")), None)


def carry_out(actor: Actor, request_key: str, act: Callable[..., Any], /, **values: Any) -> Any:
    """`db.engine.carry_out` with the values of a form one by one."""
    return engine.carry_out(actor, request_key, act, **bundled(act, values))


def single(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values one by one, those in objects too: what `bundled` puts together."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if _input(type(value)) is None:
            found[name] = value
        else:
            found |= {field.name: getattr(value, field.name) for field in fields(value)}
    return found


def hints_of(act: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of the values that an action takes, one by one."""
    found: dict[str, Any] = {}
    for name, hint in get_type_hints(inspect.unwrap(act)).items():
        kind = _input(hint)
        found |= {name: hint} if kind is None else get_type_hints(kind)
    return found
