"""Let a secretary or an area worker hand in the subdistrict's form: form, period, look, download, in twenty seconds.

At a desk, on a Friday afternoon; administrator and auditor masked. "上午通知、下午要数" is the same page: our layout
of a ledger with the columns and filters that are asked for; the address is the saved question.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import streamlit as st

from components.access import require
from components.address import from_address
from components.community_choice import choose_community
from components.file_tickets import hand_out, show_file
from components.refusals.shown import refusals_shown
from components.reports.choice import Asked, choose_fields, choose_narrowing, choose_period, choose_source
from components.reports.take import PREVIEW, Take, file_name, must_say_why, show_preview, take_form
from components.reports.trial import filled
from components.reports.words import facts
from components.reports.workbook import plain_sheet, standard_sheet
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.actions.reports.exports import record_unmasked_export
from db.engine import carry_out, reading, utc_now
from db.errors import Refused
from db.queries.needs.needs import frame
from db.queries.reports.forms import Office, office, report_form, report_forms
from db.queries.reports.rows import MOST_ROWS, LedgerRow, Narrowing, ledger_count, ledger_rows
from db.rules.permissions import Actor, Permission
from db.rules.reports.fields import LEDGERS


def narrowing_of(asked: Asked) -> Narrowing:
    return Narrowing(asked.place_id, asked.category_id, asked.state)


def make(asked: Asked, take: Take, home: Office, actor: Actor) -> bytes:
    """The file, as this actor; what leaves the house is written down before it does."""
    counted = 0

    def rows_of(session: Any) -> Iterator[LedgerRow]:
        nonlocal counted
        found = ledger_rows(
            session, asked.ledger, home.community_id, asked.period, narrowing_of(asked), masked=take.masked
        )
        for row in found:
            counted += 1
            yield row

    with reading(actor) as session:
        form = report_form(session, asked.form_id) if asked.form_id else None
        if asked.form_id and form is None:
            raise Refused("form_retired")
        total = ledger_count(session, asked.ledger, home.community_id, asked.period, narrowing_of(asked))
        said = facts(asked.period, community=home.community, subdistrict=home.subdistrict, total=total,
                     on=today(utc_now()), filled_by=actor.name)  # fmt: skip
        if form is not None:
            content = filled(form, rows_of(session), said)
        elif take.kind == "csv":
            content, _n = plain_sheet(asked.fields, rows_of(session))
        else:
            content, _n = standard_sheet(asked.ledger, asked.fields, rows_of(session), said)
    what, told = f"ledger.{asked.ledger.value}", asked.told(form.name if form else "")
    if take.masked:
        carry_out(actor, "", record_export, what=what, rows={home.community_id: counted}, filters=told)
    else:
        carry_out(actor, "", record_unmasked_export, what=what, community_id=home.community_id, rows=counted,
                  filters=told, reason=take.reason)  # fmt: skip
    return content


user = require(Permission.SEE_FORMS)
with reading(user) as session:
    here = frame(session, from_address("community", int))
    forms = report_forms(session)
if here is None:
    st.stop()

st.title(_("交表"))
choose_community(here)
form_id, ledger = choose_source(forms)
with refusals_shown() as told:
    period = choose_period(today(utc_now()))
    narrowed: dict[str, Any] = {}
    fields = next((form.fields or LEDGERS[ledger] for form in forms if form.id == form_id), LEDGERS[ledger])
    if form_id is None:
        with st.expander(_("选列和筛选"), icon=":material/tune:", expanded="fields" in st.query_params):
            fields = choose_fields(ledger)
            narrowed = choose_narrowing(here, ledger)
            st.caption(_("把浏览器地址存成收藏，下次打开就是同样的列和筛选。"))
    asked = Asked(form_id, ledger, tuple(fields), period, **narrowed)
if not told.ok:
    st.stop()

with reading(user) as session:
    home = office(session, here.community_id)
    count = ledger_count(session, ledger, here.community_id, period, narrowing_of(asked))
    sample = list(ledger_rows(session, ledger, here.community_id, period, narrowing_of(asked), most=PREVIEW))
show_preview(count, sample, asked.fields)
pressed = take_form(asked, may_unmask=user.may(Permission.UNMASK))
if pressed and home:
    filling, take = pressed
    with refusals_shown(filling):
        must_say_why(take)
        if count > MOST_ROWS:
            raise Refused("ledger_too_long", count=count, most=MOST_ROWS)
        chosen = next((form for form in forms if form.id == form_id), None)
        kind = chosen.file_name.rpartition(".")[2].lower() if chosen else take.kind
        take = Take(take.masked, take.reason, kind)
        name = file_name(asked, chosen.name if chosen else "", home.community, today(utc_now()), kind)
        hand_out(user, name, take.mime, partial(make, asked, take, home))
show_file()
