"""Let the subdistrict's administrator map a form once, so that twelve communities hand it in by one press.

At a desk, when a new form comes down: upload, look at what the system recognised, put two columns right, keep: three
minutes for a form of ten columns. Masked rows of a real community stand in the specimen, never plain ones.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.refusals.shown import refusals_shown
from components.reports.trial import specimen
from components.reports.upload import fields_table, forms_table, hand_in, in_hand, put_right, retire, show_specimen
from components.reports.words import facts
from components.wording import _, heading, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.reports.forms import FormFile, office, report_form, report_forms
from db.queries.reports.rows import ledger_rows
from db.rules.permissions import Permission
from db.rules.reports.fields import Span, period_of
from db.terms import LedgerKind

SAMPLE = 12

user = require(Permission.MANAGE_FORMS)


def with_masked_rows(form_id: int) -> tuple[FormFile, list[list[str]], bytes] | None:
    """A form with a few real rows of the first community in it, masked."""
    with reading(user) as session:
        form, here = report_form(session, form_id), frame(session, None)
        home = office(session, here.community_id) if here else None
        if form is None or home is None:
            return None
        period = period_of(Span.LAST_MONTH, today(utc_now()))
        found = list(ledger_rows(session, form.ledger, home.community_id, period, most=SAMPLE))
    said = facts(period, community=home.community, subdistrict=home.subdistrict, total=len(found),
                 on=today(utc_now()), filled_by=user.name)  # fmt: skip
    shown, samples = specimen(form, found, said)
    return form, shown, samples


with reading(user) as session:
    forms = report_forms(session, retired=True)
st.title(heading("表样"))
st.text(_("把街道要的表传上来，对一次列；各社区在“交表”里选时段就能导出这张表。新版本替换旧版本，旧的留存备查。"))
forms_table(forms)
in_use = [form for form in forms if not form.retired]

st.header(_("上传表样"), anchor=False)
hand_in()
kept = in_hand()
if kept:
    run(user, put_right(*kept))

if in_use:
    st.header(_("看样张、停用"), anchor=False)
    names = {form.id: form for form in in_use}
    chosen = st.selectbox(_("表样"), list(names), format_func=lambda one: names[one].name, key="report_forms.look")
    with refusals_shown():
        shown = with_masked_rows(chosen)
        if shown:
            form, lines, samples = shown
            st.caption(_("样张用上月的真实记录填写，一律脱敏：{file}", file=safe(form.file_name)))
            show_specimen(form, lines, samples)
    run(user, retire(names[chosen]))
with st.expander(_("可用的字段和写法"), icon=":material/data_object:"):
    fields_table(kept[0].ledger if kept else (names[chosen].ledger if in_use else LedgerKind.VISITS))
