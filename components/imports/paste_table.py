"""A table pasted where a sign-up list was expected: the hotline's orders come in here, other lists are shown where."""

import csv
import hashlib

import streamlit as st

from components.acting import Request
from components.imports.desk import (
    Work,
    count_line,
    look_through,
    match_columns,
    preview,
    put_right,
    rows_to_bring,
)
from components.imports.words import brought_words
from components.wording import _
from components.wording.terms import term
from db.actions.imports.imports import import_rows
from db.rules.imports.cells import Book
from db.rules.imports.column_match import knows, recognised
from db.rules.imports.sheet import MOST_CELL, MOST_COLUMNS, Sheet, find_heading
from db.terms import ImportKind

WORK = "_paste.table"
TEXT = "_paste.text"
IMPORTS = "imports/imports.py"


def table_of(text: str) -> list[list[str]]:
    """The cells of a table as WPS and a web page copy it; [] for a text that is none, or is too wide."""
    if "\t" not in text:
        return []
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(keepends=True), delimiter="\t")]
    except csv.Error:
        return []
    rows = [row for row in rows if any(row)]
    fits = all(len(row) <= MOST_COLUMNS and all(len(cell) <= MOST_CELL for cell in row) for row in rows)
    return rows if fits and len(rows) > 1 else []


def is_table(text: str) -> bool:
    """Whether the text is a table of a kind that we know."""
    rows = table_of(text)
    return bool(rows) and recognised(rows) is not None


def pasted_table(text: str) -> tuple[bool, Work | None]:
    """Whether the text is a table of a kind that we know, and the hotline's orders out of it, ready to look through.

    Any other kind is shown the way to the import page.
    """
    rows = table_of(text)
    kind = recognised(rows) if rows else None
    if kind is None:
        return False, None
    if kind is not ImportKind.HOTLINE:
        st.info(_("这是一张表格，像是“{kind}”。请存成文件，在“导入”里上传。", kind=term(kind)), icon=":material/table:")
        st.page_link(IMPORTS, label=_("去导入"), icon=":material/upload_file:", query_params={"kind": kind.value})
        return True, None
    digest = hashlib.sha256(text.encode()).hexdigest()
    work: Work | None = st.session_state.get(WORK)
    if work is None or work.sha256 != digest:
        heading = find_heading(rows, knows(kind))
        work = Work(kind, _("粘贴的转办单"), digest, Sheet(("",), "", 1, rows), heading)
        st.session_state[WORK] = work
    return True, work


def look_over(work: Work, book: Book) -> Request | None:
    """Look through the orders, put wrong ones right, say what they become, and bring in all of them or none."""
    how = match_columns(work, None, book)
    texts, numbers, checked = look_through(work, how, book)
    faulty = checked.faulty_rows
    count_line(len(texts), len(faulty))
    preview(work, texts, numbers)
    if faulty and put_right(work, how, texts, numbers, checked, book):
        st.rerun()
    chosen = rows_to_bring(work, how, texts, checked, name="paste", button="paste_table")
    if chosen is None:
        return None
    go, values, _count = chosen
    return Request(go, import_rows, brought_words, values, after=lambda _result: put_away())


def put_away() -> None:
    """Forget the text and the table as soon as they are stored: they are full of people."""
    st.session_state.pop(WORK, None)
    st.session_state.pop(TEXT, None)
    st.session_state["_empty.paste_list"] = True
