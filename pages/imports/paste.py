"""Paste a sign-up list of the neighbours' chat: a secretary or worker at a laptop, the chat open beside it.

Twenty names are in within half a minute: paste, look, put a name right, choose what it becomes, press.
"""

from typing import Any

import streamlit as st

from components.access import require
from components.forms import announce, press
from components.imports.desk import Work
from components.imports.paste import (
    as_needs,
    as_volunteers,
    digest,
    entries_editor,
    forget,
    paste_form,
    pasted,
    skipped_lines,
    title_line,
)
from components.imports.paste_table import look_over, pasted_table, put_away
from components.imports.words import brought_words
from components.refusals.shown import refusals_shown
from components.wording import N_, _
from components.wording.dates import today
from db.actions.imports.imports import import_rows
from db.actions.imports.sign_ups import import_sign_ups
from db.engine import carry_out, reading, utc_now
from db.queries.imports.imports import book_of, openings_to_fill
from db.rules.permissions import Permission
from db.terms import ImportKind

TARGETS = {"volunteers": N_("登记为志愿者"), "opening": N_("报名到岗位"), "needs": N_("登记为需求")}

user = require(Permission.IMPORT)


def bring_table(work: Work) -> None:
    """The hotline's orders: all of them, or nothing and the reason."""
    go, values = look_over(work, book)
    if go is None:
        return
    with refusals_shown(go) as told:
        result = carry_out(user, go.request_key, import_rows, **values)
        go.done()
        put_away()
        forget()
    if told.ok:
        announce(brought_words(result))
        st.rerun()


st.title(_("粘贴接龙"))
st.caption(_("居民不用装任何应用：照样在群里接龙，您把接龙粘贴过来就行。"))
paste_form()
with reading(user) as session:
    book, openings = book_of(session, today=today(utc_now())), openings_to_fill(session)
found = pasted(list(book.places))
if found is None:
    st.stop()
text, read = found
known, table = pasted_table(text)
if known:
    if table is not None:
        bring_table(table)
    st.stop()
title_line(read)
skipped_lines(read)
if not read.entries:
    st.info(_("没有认出任何一行。请检查粘贴的内容。"))
    st.stop()
lines = entries_editor(read, text)
target = st.segmented_control(
    _("变成什么"), list(TARGETS), default="volunteers", format_func=lambda one: _(TARGETS[one]), required=True,
    key="paste.target",
)  # fmt: skip
act: Any = import_sign_ups
values: dict[str, Any] = {"title": read.title or _("接龙"), "opening_id": None}
if target == "needs":
    left, right = st.columns(2)
    category = left.selectbox(_("需求类别"), list(book.categories), key="paste.category")
    place = right.selectbox(_("没写小区的，算作"), list(book.places), key="paste.place")
    people = as_needs(lines, read.title, category or "", place or "")
    act, values = import_rows, {"kind": ImportKind.NEEDS, "file_name": read.title or _("接龙")}
else:
    people = as_volunteers(lines)
    if target == "opening":
        names = {one.id: one.name for one in openings}
        values["opening_id"] = st.selectbox(
            _("哪个岗位"), list(names), format_func=names.__getitem__, key="paste.opening"
        )
        st.caption(_("不在册的先登记为志愿者；报名后由队长确认。"))
go = press("paste_store", _("登记 {n} 条", n=len(people)), primary=True, icon=":material/check:",
           disabled=not people or (target == "opening" and not openings))  # fmt: skip
if go:
    with refusals_shown(go) as told:
        kept = values | {"sha256": digest(text, f"{target}.{values.get('opening_id')}"), "rows": people}
        result = carry_out(user, go.request_key, act, **kept)
        go.done()
        forget()
    if told.ok:
        announce(brought_words(result))
        st.rerun()
