"""Names of another office's dictionary in a file (环境保护, 路灯类): one answer each, however many rows say them."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from components.imports.template import options_of
from components.imports.words import heading
from components.wording import _
from db.rules.imports.cells import Book, Fault
from db.rules.imports.fields import FIELDS, ImportField
from db.rules.imports.rows import Checked
from db.rules.imports.sheet import shown
from db.terms import ImportKind

NAMES_MOST = 9
ROWS_LEAST = 2
"""Said once, it is put right in its own row."""

Strangers = Counter[tuple[str, str]]
"""(field, text) → how many rows say it."""


def strangers(kind: ImportKind, checked: Checked) -> Strangers:
    """The names that are not in our book, and how often each stands there."""
    chosen = {one.key for one in FIELDS[kind] if one.options or one.from_book}
    return Counter(
        (fault.field, fault.text.strip())
        for fault in checked.faults
        if fault.fault is Fault.UNKNOWN_CHOICE and fault.field in chosen
    )


def name_answers(kind: ImportKind, found: Strangers, book: Book, *, key: str) -> dict[tuple[str, str], str]:
    """Ask for each frequent one what it is with us: (field, text) → name of our book."""
    asked = [(name, count) for name, count in found.most_common(NAMES_MOST) if count >= ROWS_LEAST]
    if not asked:
        return {}
    fields = {one.key: one for one in FIELDS[kind]}
    st.markdown(_("同样的名称只答一次，有它的行都会改好："))
    parts = st.columns(3)
    answers: dict[tuple[str, str], str] = {}
    for at, (name, count) in enumerate(asked):
        with parts[at % 3]:
            answer = _one(fields[name[0]], name[1], count, book, key=f"{key}.{at}")
        if answer:
            answers[name] = answer
    return answers


def _one(field: ImportField, text: str, count: int, book: Book, *, key: str) -> str | None:
    answer: str | None = st.selectbox(
        _("{field}“{name}”（{n} 行）算作", field=heading(field), name=shown(text, 16), n=count),
        options_of(field, book),
        index=None,
        placeholder=_("逐行改"),
        key=key,
    )
    return answer


def edits_of(
    answers: Mapping[tuple[str, str], str], checked: Checked, texts: Sequence[Mapping[str, str]]
) -> dict[int, dict[str, str]]:
    """What the answers change: row → field → our name."""
    found: dict[int, dict[str, str]] = {}
    for fault in checked.faults:
        answer = answers.get((fault.field, fault.text.strip()))
        if answer and fault.fault is Fault.UNKNOWN_CHOICE and fault.row < len(texts):
            found.setdefault(fault.row, {})[fault.field] = answer
    return found
