"""Bring a list that exists already into the app: a secretary at a desk, with the file open in WPS beside it.

A file of our headings is in within a minute; one with own headings takes a look at the columns more. Nothing is typed
twice, nothing comes in by halves, and a whole batch goes back with one press.
"""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, pager
from components.forms import Pressed, announce, press
from components.imports.batches import batches_table, undo_form
from components.imports.desk import (
    Understood,
    Work,
    choose_body,
    choose_kind,
    choose_sheet,
    count_line,
    look_through,
    match_columns,
    offer_kind,
    preview,
    progress_of,
    put_away,
    put_right,
    take_file,
)
from components.imports.template import template
from components.imports.words import ABOUT, brought_words, nouns_words
from components.refusals.shown import refusals_shown
from components.wording import _
from components.wording.dates import today
from components.wording.terms import term
from db.actions.imports.imports import BY_HAND, import_rows, remember_columns, undo_import
from db.engine import carry_out, reading, utc_now
from db.errors import Refused
from db.queries.imports.imports import batches, bodies_to_choose, book_of, remembered
from db.rules.permissions import Permission
from db.terms import ImportKind

user = require(Permission.IMPORT)
KINDS = [kind for kind in ABOUT if user.may(BY_HAND[kind])]
ids = st.session_state.setdefault("_import.files", 0)


def undo(session: object, *, now: datetime, **values: object) -> int:
    """Take back; which records are in the way is told in words."""
    try:
        return undo_import(session, now=now, **values)  # type: ignore[arg-type]
    except Refused as no:
        if "nouns" not in no.values:
            raise
        raise Refused(no.rule, count=no.values["count"], nouns=nouns_words(no.values["nouns"])) from no


def bring_in(pressed: Pressed, work: Work, how: Understood, texts: list[dict[str, str]]) -> None:
    """All of it, or nothing and the reason."""
    with refusals_shown(pressed) as told:
        result = carry_out(
            user, pressed.request_key, import_rows, kind=work.kind, file_name=work.file_name, sha256=work.sha256,
            rows=texts, unknown=how.fixed, body_id=body, as_needs=needs, progress=progress_of(2 * len(texts)),
        )  # fmt: skip
        kept = {"headings_hash": work.headings_hash, "columns": how.columns, "fixed": how.fixed}
        carry_out(user, "", remember_columns, kind=work.kind, **kept)
        pressed.done()
        put_away()
    if told.ok:
        st.session_state["_import.files"] += 1
        announce(brought_words(result))
        st.rerun()


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
    texts, numbers, checked = look_through(work, how, book)
    faulty = checked.faulty_rows
    count_line(len(texts), len(faulty))
    preview(work, texts, numbers)
    if faulty and put_right(work, texts, numbers, checked, book):
        st.rerun()
    skip = bool(faulty) and st.checkbox(_("跳过有问题的 {n} 行，只导入其余的", n=len(faulty)), key="import.skip")
    needs = kind is ImportKind.HOTLINE and st.checkbox(_("登记为需求（不登记为投诉）"), key="import.as_needs")
    bad = set(faulty)
    ready = [row for at, row in enumerate(texts) if at not in bad] if skip else texts
    go = press("import_rows", _("导入 {n} 行", n=len(ready)), primary=True, icon=":material/upload:",
               disabled=not ready or (bool(faulty) and not skip))  # fmt: skip
    if go:
        bring_in(go, work, how, list(ready))

with reading(user) as session:
    page = batches(session, before=id_in_address("before"))
st.subheader(_("导入过的"))
batches_table(page.rows)
pager(page.rows, page.more)
if user.may(Permission.UNDO_IMPORT):
    request = undo_form(page.rows)
    run(user, replace(request, act=undo) if request else None)
