"""The values of a paper under their Chinese names, too: what a template of the subdistrict is filled with.

A plain paper (`plain_paper`) has tables of strings. Their columns are called as their headings are, and a table of two
columns, what is asked and the answer, gives every answer a name of its own: `{{ 项目名称 }}`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from components.papers.field_names import NAMES, column_place
from components.papers.field_words import WORDS
from components.wording import _, catalogue, language
from db.terms import Language

PLAIN = "plain:"
_GROUPS = {
    "wall_a3": "wall", "wall_a4": "wall", "contact_large": "contact", "rota_call": "rota",
    "order_poster": "poster", "report_card": "poster", "progress_poster": "poster",
}  # fmt: skip
"""Kinds that share the words of their fields."""


def is_plain(values: Mapping[str, object]) -> bool:
    """Whether these are the values of a plain paper."""
    return {"title", "facts", "text", "signatures"} <= set(values)


def message_of(kind: str, path: str, *, plain: bool = False) -> str:
    """What a field holds, in Chinese; empty for a field that nobody explained."""
    path = path.replace(".right.", ".left.")
    first = [f"{PLAIN}{path}"] if plain else [f"{kind}:{path}", f"{_GROUPS.get(kind, kind)}:{path}"]
    return next((WORDS[key] for key in [*first, path] if key in WORDS), "")


def name_of(kind: str, path: str, *, plain: bool = False) -> str:
    """A field's name in Chinese, the same in every language; empty where it has none."""
    path = path.replace(".right.", ".left.")
    for key in (f"{kind}:{path}", path):
        if key in NAMES and not plain:
            return NAMES[key]
    first = re.split(r"[，：、；]", message_of(kind, path, plain=plain))[0]
    return first if first.isidentifier() else ""


def column_name(label: str) -> str:
    """A heading as a name; empty where it is made of figures, such as a date, and would be another one tomorrow."""
    chinese = _chinese(language()).get(label, label)
    name = re.sub(r"\W", "", chinese)
    return name if name.isidentifier() and not re.search(r"\d", name) else ""


@cache
def _chinese(spoken: Language) -> dict[str, str]:
    """The Chinese text of each message of a language."""
    if spoken is Language.CHINESE:
        return {}
    return {english: text for text, english in reversed(catalogue(spoken).items())}


def column_names(heads: Sequence[str]) -> list[str]:
    """The names of a table's columns; one whose heading is no name is called by its place."""
    names: list[str] = []
    for place, head in enumerate(heads, 1):
        name = column_name(head)
        names.append(name if name and name not in names else column_place(place))
    return names


def is_form(heads: Sequence[str]) -> bool:
    """Whether a table asks on the left and answers on the right."""
    return list(heads) == [_("事项"), _("内容")]


def with_names(kind: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values under their English and their Chinese names, lists and their rows included."""
    return _plain(values) if is_plain(values) else _named(kind, values, "")


def _named(kind: str, values: Mapping[str, object], path: str) -> dict[str, object]:
    named = {key: _inner(kind, value, f"{path}{key}.") for key, value in values.items()}
    for key in values:
        if name := name_of(kind, f"{path}{key}"):
            named.setdefault(name, named[key])
    return named


def _inner(kind: str, value: object, path: str) -> object:
    if isinstance(value, Mapping):
        return _named(kind, value, path)
    if isinstance(value, list | tuple):
        return [_inner(kind, one, path) for one in value]
    return value


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    named: dict[str, object] = {}
    answers: dict[str, object] = {}
    for key, value in values.items():
        heads = values.get(f"{key}_head")
        if isinstance(heads, Sequence) and isinstance(value, Sequence):
            names = column_names(heads)
            value = [row_of(names, row) for row in value]
            if is_form(heads):
                answers |= {column_name(row[0]): row[1] for row in value if column_name(row[0])}
        named[key] = value
        if name := name_of("", key, plain=True):
            named.setdefault(name, value)
    return answers | named


def row_of(names: Sequence[str], row: Sequence[str]) -> dict[str | int, str]:
    """A row of strings by the place of each column, as our own template says it, and by its name."""
    found: dict[str | int, str] = dict(enumerate(row))
    for place, (name, text) in enumerate(zip(names, row, strict=False), 1):
        found |= {name: text, column_place(place): text}
    return found
