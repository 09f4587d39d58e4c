"""Let the subdistrict's administrator replace our Word templates by own ones: once a year, at a desk."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import text_in_address, to_address
from components.admin.document_templates import (
    back_to_ours,
    choose_kind,
    downloads,
    fields_table,
    kinds_table,
    plain_layout,
    upload_form,
)
from components.wording import _
from db.engine import reading
from db.queries.admin.templates import template_for, templates_in_use
from db.rules.permissions import Permission

user = require(Permission.MANAGE_TEMPLATES)
with reading(user) as session:
    in_use = {one.kind: one for one in templates_in_use(session)}

st.title(_("文书模板"))
st.text(_("街道可以把任何一种文书换成自己的版式，启用后本街道所有社区打印时都用它；随时可以恢复内置模板。"))
kind = choose_kind(text_in_address("kind"))
to_address("kind", kind)
own = in_use.get(kind)
with reading(user) as session:
    file = template_for(session, kind) if own else None

downloads(kind, file)
request = upload_form(kind, own.id if own else 0)
request = (back_to_ours(kind, own) if own else plain_layout(kind)) or request
with st.expander(_("可用的字段和写法"), icon=":material/data_object:"):
    st.text(_("字段写在两对花括号里；要重复的段落前后各写一行循环标记，表格的行用 tr。照内置模板改最省事。"))
    fields_table(kind)
kinds_table(in_use)
run(user, request)
