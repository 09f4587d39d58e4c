"""Paste a sign-up list of the neighbours' chat: a secretary or worker at a laptop, the chat open beside it.

Twenty names are in within half a minute: paste, look, put a name right, choose what it becomes, press.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.imports.paste import (
    entries_editor,
    paste_form,
    pasted,
    skipped_lines,
    store_form,
    title_line,
)
from components.imports.paste_table import look_over, pasted_table
from components.imports.same_doors import same_doors
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.activities.activities import sign_up_choices
from db.queries.imports.imports import book_of, openings_to_fill
from db.rules.permissions import Permission

user = require(Permission.IMPORT)
st.title(_("粘贴接龙"))
st.caption(_("居民不用装任何应用：照样在群里接龙，您把接龙粘贴过来就行。"))
paste_form()
with reading(user) as session:
    day = today(utc_now())
    book, openings, events = book_of(session, today=day), openings_to_fill(session), sign_up_choices(session, day)
found = pasted(list(book.places))
if found is None:
    st.stop()
text, read = found
known, table = pasted_table(text)
if known:
    if table is not None:
        run(user, look_over(table, book))
    st.stop()
title_line(read)
skipped_lines(read)
if not read.entries:
    st.info(_("没有认出任何一行。请检查粘贴的内容。"))
    st.stop()
same_doors(read.same_doors)
lines = entries_editor(read, text)
run(user, store_form(lines, read, text, book, openings, events))
