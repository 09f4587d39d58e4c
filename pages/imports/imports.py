"""Bring a list that exists already into the app: a secretary at a desk, with the file open in WPS beside it.

A file of our headings is in within a minute; one with own headings takes a look at the columns more. Nothing is typed
twice, nothing comes in by halves, and a whole batch goes back with one press.
"""

from dataclasses import replace

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import id_in_address, pager
from components.imports.batches import batches_table, undo_form
from components.imports.beside import hidden_rows, pictures_line
from components.imports.desk import (
    bring_in,
    choose_body,
    choose_kind,
    choose_sheet,
    count_line,
    look_through,
    match_columns,
    offer_kind,
    preview,
    put_away,
    put_right,
    take_file,
)
from components.imports.template import template
from components.imports.words import ABOUT
from components.wording import _
from components.wording.dates import today
from components.wording.terms import term
from db.actions.imports.imports import BY_HAND, remember_columns
from db.engine import reading, utc_now
from db.queries.imports.imports import batches, bodies_to_choose, book_of, remembered
from db.rules.permissions import Permission
from db.terms import ImportKind

user = require(Permission.IMPORT)
KINDS = [kind for kind in ABOUT if user.may(BY_HAND[kind])]
ids = st.session_state.setdefault("_import.files", 0)
st.title(_("导入"))
kind = choose_kind(KINDS)
with reading(user) as session:
    book = book_of(session, today=today(utc_now()))
    bodies = bodies_to_choose(session) if kind is ImportKind.MEMBERS else ()
st.caption(_(ABOUT[kind]))
st.download_button(
    _("下载模板"), lambda: template(kind, book), file_name=f"{term(kind)}.xlsx", icon=":material/download:",
    key=f"import.template.{kind.value}", on_click="ignore",
)  # fmt: skip
body = choose_body(bodies)
work = take_file(kind, ids)
if work is not None:
    choose_sheet(work)
    offer_kind(work, KINDS)
    with reading(user) as session:
        before = remembered(session, kind=kind, headings_hash=work.headings_hash)
    how = match_columns(work, before, book)
    pictures_line(work)
    texts, numbers, checked = look_through(work, how, book, leave_hidden=hidden_rows(work))
    faulty = checked.faulty_rows
    count_line(len(texts), len(faulty))
    preview(work, texts, numbers)
    if faulty and put_right(work, how, texts, numbers, checked, book):
        st.rerun()
    request = bring_in(work, how, texts, checked, body_id=body)
    known = {"kind": work.kind, "headings_hash": work.headings_hash, "columns": how.columns, "fixed": how.fixed}

    def put_by(_made: object) -> None:
        """Remember the columns for the next file of this kind, and clear the desk."""
        note(user, remember_columns, **known)
        put_away()
        st.session_state["_import.files"] += 1

    run(user, replace(request, after=put_by) if request else None)

with reading(user) as session:
    page = batches(session, before=id_in_address("before"))
st.header(_("导入过的"))
batches_table(page.rows)
pager(page.rows, page.more)
if user.may(Permission.UNDO_IMPORT):
    run(user, undo_form(page.rows))
