"""What a Word template may say: fields, loops and conditions. Nothing in it runs.

A template that somebody uploads is code for the template engine. It is read by a sandbox that knows a handful of
words; whatever else stands in it (a call, a calculation, a macro, `|safe`) is refused before anything is rendered.
Rendering stops at a size and at a time.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import ChainableUndefined, Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from components.wording import side_by_side

MOST_CHARACTERS = 40_000_000
MOST_SECONDS = 30.0
DEEPEST = 3
"""Loops within loops."""
FILTERS = frozenset({"default", "join", "length", "first", "last", "trim"})
TESTS = frozenset({"defined", "undefined", "none"})
LOOP = ("index", "index0", "first", "last", "length")
_SAID = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const),
    *(nodes.For, nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
    *(nodes.Filter, nodes.Test),
)
_MISSING = object()


class NotAllowed(TemplateError):
    """Something that a template may not say; `place` is the paragraph it stands in."""

    def __init__(self, what: str, place: str) -> None:
        super().__init__(what)
        self.what, self.place = what, place


class TooMuch(TemplateError):
    """A template that renders too long or too large."""


class _Guarded(Template):
    """A template that stops: piece by piece, with an eye on size and clock."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        ends, size, pieces = time.monotonic() + MOST_SECONDS, 0, []
        for piece in self.generate(*args, **kwargs):
            size += len(piece)
            if size > MOST_CHARACTERS or time.monotonic() > ends:
                raise TooMuch("a template renders too much")
            pieces.append(piece)
        return "".join(pieces)


def _in_words(value: object) -> object:
    """A list that is printed as it is comes as words in a row, never as `['…']`."""
    if isinstance(value, Mapping):
        return ""
    if isinstance(value, list | tuple):
        return side_by_side(str(_in_words(one)) for one in value)
    return value


class Language(ImmutableSandboxedEnvironment):
    """The sandbox. A field without a value stays empty: a meeting does not wait for a template."""

    template_class = _Guarded

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined, extensions=(), finalize=_in_words)
        self.globals = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for problem in _forbidden(tree, 0):
            raise NotAllowed(problem[0], place_in(source, problem[1]))
        return tree


class Trial(Language):
    """The sandbox of a trial: every field that `values` does not hold is collected with its place, none is rendered
    away in silence; so is every list that is printed without a loop.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__()
        self.values = values
        self.unknown: list[tuple[str, str]] = []
        """(field, paragraph it stands in)"""
        self.lists: list[tuple[str, str]] = []
        """(list or record that is printed as it is, paragraph it stands in)"""
        self.used: set[str] = set()
        """Every name that the template prints or goes through; one that is only asked after is not used."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for shown in tree.find_all((nodes.Output, nodes.For)):
            for part in [shown.iter] if isinstance(shown, nodes.For) else shown.iter_child_nodes():
                for node in [part, *part.find_all((nodes.Name, nodes.Getattr))]:
                    self.used.add(str(getattr(node, "attr", "") or getattr(node, "name", "")))
        for node, known in _scoped(tree, dict(self.values)):
            if isinstance(node, _FIELD) and _value(node, known) is _MISSING:
                self.unknown.append((_said(node), place_in(source, node.lineno)))
            elif isinstance(node, nodes.Output):
                for part in node.nodes:
                    self.lists += [(field, place_in(source, part.lineno)) for field in _lists(part, known)]
        return tree


def place_in(source: str, line: int) -> str:
    """The words of the paragraph at that line (docxtpl begins a line with every paragraph), at most sixty."""
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())[:60]


def _forbidden(node: nodes.Node, depth: int) -> Iterator[tuple[str, int]]:
    """What a template may not say, with its line."""
    depth += isinstance(node, nodes.For)
    problem = _problem(node, depth)
    if problem:
        # The engine gives no line to some nodes; what stands inside them has one.
        yield problem, node.lineno or min((inner.lineno or 1 for inner in node.find_all(nodes.Output)), default=1)
    for child in node.iter_child_nodes():
        yield from _forbidden(child, depth)


def _problem(node: nodes.Node, depth: int) -> str:  # noqa: C901 - one line per kind of node
    if type(node) not in _SAID:
        return type(node).__name__
    if isinstance(node, nodes.For):
        if node.recursive or not isinstance(node.target, nodes.Name) or depth > DEEPEST:
            return "for"
    elif isinstance(node, nodes.Getattr):
        if node.attr.startswith("_"):
            return node.attr
    elif isinstance(node, nodes.Getitem):
        if not isinstance(node.arg, nodes.Const) or str(node.arg.value).startswith("_"):
            return "[…]"
    elif isinstance(node, nodes.Name):
        if node.name.startswith("_"):
            return node.name
    elif isinstance(node, nodes.Filter):
        if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return f"|{node.name}"
    elif isinstance(node, nodes.Test) and node.name not in TESTS:
        return node.name
    return ""


# --- fields that nobody fills -------------------------------------------------------------------------


_FIELD = (nodes.Name, nodes.Getattr, nodes.Getitem)


def _scoped(node: nodes.Node, known: dict[str, object]) -> Iterator[tuple[nodes.Node, dict[str, object]]]:
    """Every part of the template with the values that it knows; lists are looked into by their first row."""
    yield node, known
    if isinstance(node, nodes.For):
        yield from _scoped(node.iter, known)
        rows = _value(node.iter, known)
        assert isinstance(node.target, nodes.Name)  # noqa: S101 - `_forbidden` let nothing else pass
        inner = known | {node.target.name: _first(rows), "loop": dict.fromkeys(LOOP, 0)}
        for child in [*node.body, *node.else_, *([node.test] if node.test is not None else [])]:
            yield from _scoped(child, inner)
    elif not isinstance(node, _FIELD):
        for child in node.iter_child_nodes():
            yield from _scoped(child, known)


def _first(rows: object) -> object:
    return rows[0] if isinstance(rows, Sequence) and not isinstance(rows, str) and rows else None


def _lists(node: nodes.Node, known: Mapping[str, object]) -> Iterator[str]:
    """What an expression would print as a list or as a record, as it is written."""
    if isinstance(node, nodes.CondExpr):
        for part in (node.expr1, node.expr2):
            if part is not None:
                yield from _lists(part, known)
    elif isinstance(node, nodes.And | nodes.Or):
        yield from _lists(node.left, known)
        yield from _lists(node.right, known)
    elif isinstance(node, nodes.Filter) and node.node is not None:
        held = _value(node.node, known)
        if node.name in ("default", "trim"):
            yield from _lists(node.node, known)
        elif node.name in ("first", "last", "join") and isinstance(_first(held), Mapping | list | tuple):
            yield _said(node.node)
    elif isinstance(_value(node, known), Mapping | list | tuple):
        yield _said(node)


def _value(node: nodes.Node, known: Mapping[str, object]) -> object:
    """What a field holds in the sample values; _MISSING when they do not hold it."""
    if isinstance(node, nodes.Name):
        return known.get(node.name, _MISSING)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        holder = _value(node.node, known)
        if holder is None or holder is _MISSING:
            return holder
        key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
        if isinstance(holder, Mapping):
            return holder.get(key, _MISSING)
        if isinstance(holder, Sequence) and isinstance(key, int) and not isinstance(holder, str):
            return holder[key] if key < len(holder) else None
        return _MISSING
    return None


def _said(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_said(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_said(node.node)}[{getattr(node.arg, 'value', '…')}]"
    return node.name if isinstance(node, nodes.Name) else "…"


__all__ = ["Language", "NotAllowed", "TemplateError", "TemplateSyntaxError", "TooMuch", "Trial", "place_in"]
