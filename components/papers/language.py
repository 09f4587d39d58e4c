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


class Language(ImmutableSandboxedEnvironment):
    """The sandbox. A field without a value stays empty: a meeting does not wait for a template."""

    template_class = _Guarded

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=ChainableUndefined, extensions=())
        self.globals = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for problem in _forbidden(tree, 0):
            raise NotAllowed(problem[0], place_in(source, problem[1]))
        return tree


class Trial(Language):
    """The sandbox of a trial: every field that `values` does not hold is collected with its place, none is rendered
    away in silence.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__()
        self.values = values
        self.unknown: list[tuple[str, str]] = []
        """(field, paragraph it stands in)"""
        self.used: set[str] = set()
        """Every name that the template mentions."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.used |= {node.name for node in tree.find_all(nodes.Name)}
        self.used |= {node.attr for node in tree.find_all(nodes.Getattr)}
        known = dict(self.values)
        for field, line in _unknown(tree, known):
            self.unknown.append((field, place_in(source, line)))
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


def _unknown(node: nodes.Node, known: dict[str, object]) -> Iterator[tuple[str, int]]:
    """Every field of the template that the values do not hold; lists are looked into by their first row."""
    if isinstance(node, nodes.For):
        yield from _unknown(node.iter, known)
        rows = _value(node.iter, known)
        first = rows[0] if isinstance(rows, Sequence) and not isinstance(rows, str) and rows else None
        assert isinstance(node.target, nodes.Name)  # noqa: S101 - `_forbidden` let nothing else pass
        inner = known | {node.target.name: first, "loop": dict.fromkeys(LOOP, 0)}
        for child in [*node.body, *node.else_]:
            yield from _unknown(child, inner)
        if node.test is not None:
            yield from _unknown(node.test, inner)
        return
    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        if _value(node, known) is _MISSING:
            yield _said(node), node.lineno
        return
    for child in node.iter_child_nodes():
        yield from _unknown(child, known)


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
