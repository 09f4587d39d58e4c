"""Let the subdistrict's administrator put own Word templates in the place of ours; once a year, at a desk."""

from typing import Any

import streamlit as st

from components.access import require
from components.admin.document_templates import (
    back_to_ours,
    choose_kind,
    downloads,
    fields_table,
    kinds_table,
    try_template,
    upload_form,
)
from components.forms import Pressed, announce
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.admin.templates import retire_template, set_template
from db.engine import carry_out, reading
from db.errors import BadInput, Problem
from db.queries.admin.templates import template_for, templates_in_use
from db.rules.permissions import Permission

user = require(Permission.MANAGE_TEMPLATES)


def send(pressed: Pressed, act: Any, said: str, **values: Any) -> None:
    """Try a new template out, carry the action out, say so; nothing is stored that does not render."""
    with refusals_shown(pressed) as told:
        if act is set_template:
            if not values["file"]:
                raise BadInput("file", Problem.EMPTY)
            try_template(values["kind"], values["file"])
        carry_out(user, pressed.request_key, act, **values)
        pressed.done()
    if told.ok:
        announce(said)
        st.rerun()


with reading(user) as session:
    in_use = {one.kind: one for one in templates_in_use(session)}

st.title(_("文书模板"))
st.text(_("街道可以把任何一种文书换成自己的版式，启用后本街道所有社区打印时都用它；随时可以恢复内置模板。"))
kinds_table(in_use)
kind = choose_kind(st.query_params.get("kind", ""))
st.query_params["kind"] = kind
own = in_use.get(kind)
with reading(user) as session:
    file = template_for(session, kind) if own else None

downloads(kind, file)
handed_in = upload_form(kind, own.id if own else 0)
if handed_in:
    filling, name, content = handed_in
    send(filling, set_template, _("模板已启用，并记入审计日志。"), kind=kind, name=name, file=content)
if own:
    back = back_to_ours(kind, own)
    if back:
        send(back, retire_template, _("已恢复内置模板。"), template_id=own.id)
with st.expander(_("可用的字段和写法"), icon=":material/data_object:"):
    st.text(_("字段写在两对花括号里；要重复的段落前后各写一行循环标记，表格的行用 tr。照内置模板改最省事。"))
    fields_table(kind)
