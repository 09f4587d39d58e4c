"""Let a secretary or an area worker hand in the subdistrict's form: form, period, look, download, in twenty seconds.

At a desk, on a Friday afternoon; administrator and auditor mchoice. "上午通知、下午要数" is the same page: our layout
of a ledger with the columns and filters that are asked for; the address is the saved question.
"""

from dataclasses import replace
from functools import partial

import streamlit as st

from components.access import require
from components.acting import note
from components.address import from_address, text_in_address
from components.community_choice import choose_community
from components.file_tickets import hand_out, show_file
from components.refusals.shown import refusals_shown
from components.reports.choice import LedgerChoice, choose_fields, choose_narrowing, choose_period, choose_source
from components.reports.take import PREVIEW, Counted, Take, file_name, must_say_why, show_preview, take_form
from components.reports.trial import filled
from components.reports.words import facts
from components.reports.workbook import plain_sheet, standard_sheet
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.actions.reports.exports import record_unmasked_export
from db.engine import reading_figures, utc_now
from db.errors import Refused
from db.queries.needs.needs import frame
from db.queries.reports.forms import Office, office, report_form, report_forms
from db.queries.reports.rows import MOST_ROWS, Narrowing, ledger_count, ledger_rows
from db.rules.permissions import Actor, Permission
from db.rules.reports.fields import LEDGERS


def make(choice: LedgerChoice, take: Take, home: Office, actor: Actor) -> bytes:
    """The file, as this actor; what leaves the house is written down before it does."""
    where = (choice.ledger, home.community_id, choice.period, choice.narrowing)
    with reading_figures(actor) as session:
        form = report_form(session, choice.form_id) if choice.form_id else None
        if choice.form_id and form is None:
            raise Refused("form_retired")
        total = ledger_count(session, *where)
        said = facts(choice.period, community=home.community, subdistrict=home.subdistrict, total=total,
                     on=today(utc_now()), filled_by=actor.name)  # fmt: skip
        rows = Counted(ledger_rows(session, *where, masked=take.masked))
        if form is not None:
            content = filled(form, rows, said)
        elif take.kind == "csv":
            content, _n = plain_sheet(choice.fields, rows)
        else:
            content, _n = standard_sheet(choice.ledger, choice.fields, rows, said, take.view)
    what, filters = f"ledger.{choice.ledger.value}", choice.for_log(form.name if form else "", take.log_view)
    if take.masked:
        note(actor, record_export, what=what, rows={home.community_id: rows.count}, filters=filters)
    else:
        note(actor, record_unmasked_export, what=what, community_id=home.community_id, rows=rows.count,
             filters=filters, reason=take.reason)  # fmt: skip
    return content


user = require(Permission.SEE_FORMS)
with reading_figures(user) as session:
    here = frame(session, from_address("community", int))
    forms = report_forms(session)
if here is None:
    st.stop()

st.title(_("交表"))
choose_community(here)
form_id, ledger = choose_source(forms)
with refusals_shown() as shown:
    period = choose_period(today(utc_now()))
    narrowing = Narrowing()
    fields = next((form.fields or LEDGERS[ledger] for form in forms if form.id == form_id), LEDGERS[ledger])
    if form_id is None:
        with st.expander(_("选列和筛选"), icon=":material/tune:", expanded=bool(text_in_address("fields"))):
            fields = choose_fields(ledger)
            narrowing = choose_narrowing(here, ledger)
            st.caption(_("把浏览器地址存成收藏，下次打开就是同样的列和筛选。"))
    choice = LedgerChoice(form_id, ledger, tuple(fields), period, narrowing)
if not shown.ok:
    st.stop()

with reading_figures(user) as session:
    home = office(session, here.community_id)
    count = ledger_count(session, ledger, here.community_id, period, narrowing)
    sample = list(ledger_rows(session, ledger, here.community_id, period, narrowing, most=PREVIEW))
show_preview(count, sample, choice.fields)
pressed = take_form(choice, may_unmask=user.may(Permission.UNMASK))
if pressed and home:
    filling, take = pressed
    with refusals_shown(filling):
        must_say_why(take)
        if count > MOST_ROWS:
            raise Refused("ledger_too_long", count=count, most=MOST_ROWS)
        chosen = next((form for form in forms if form.id == form_id), None)
        kind = chosen.file_name.rpartition(".")[2].lower() if chosen else take.kind
        take = replace(take, kind=kind)
        name = file_name(choice, chosen.name if chosen else "", home.community, today(utc_now()), kind)
        hand_out(user, name, take.mime, partial(make, choice, take, home))
show_file()
