"""One person's record with the household around it: what we hold, on whose consent, until when, and how to wipe it.

Secretary or area worker, at the desk or beside the resident; showing or withdrawing a consent takes half a minute.
"""

import streamlit as st

from components.access import require
from components.acting import run, show
from components.address import back_to_opener, object_in_address, to_address
from components.asking import unfolding
from components.detail import columns, more, not_there
from components.people.consents import (
    consent_form,
    fact_form,
    fact_look,
    facts_table,
    show_facts,
    wipe_form,
    withdraw_form,
)
from components.people.list import add_form
from components.people.sheet import (
    amend_form,
    around,
    consents_table,
    erase_form,
    household_form,
    keep_form,
    look_form,
    neighbours,
    person_head,
    show_clear,
)
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.people.people import leads_to, person_originals, person_sheet, sensitive_originals
from db.rules.permissions import Permission

user = require(Permission.SEE_PEOPLE)
day, person_id = today(utc_now()), object_in_address() or 0
with reading(user) as session:
    other = leads_to(session, person_id)
    sheet = person_sheet(session, other or person_id)
back_to_opener("people/people.py", _("住户与人员"))
if sheet is None:
    not_there("person", _("住户与人员"))
if other is not None:
    to_address("id", other)
    st.info(_("这条记录已并入下面这一条。"), icon=":material/merge:")
person_head(sheet, day)
if sheet.erased_at is not None:
    around(sheet)
    st.stop()
requests = []
acts, story = columns()
with acts:
    around(sheet)
    look, who = look_form(sheet.id), sheet.id
    show(user, look, lambda session, trace: person_originals(session, who, trace, now=utc_now()), show_clear)
    with more() as menu:
        if menu.open:
            with st.expander(_("更正资料"), icon=":material/edit:"):
                requests.append(amend_form(sheet))
            with st.expander(_("资料保存到哪天"), icon=":material/event:"):
                requests.append(keep_form(sheet, day))
            if user.may(Permission.ERASE_PERSON):
                with st.expander(_("删除这个人的资料"), icon=":material/delete_forever:"):
                    requests.append(erase_form(sheet))
with story:
    consent_tab, fact_tab, home_tab = st.tabs([_("同意记录"), _("敏感信息"), _("这一户")])
with consent_tab:
    consents_table(sheet.consents)
    with unfolding(_("登记一份同意"), "how_to_reg", f"consent.{sheet.id}", opened=not sheet.consents) as fold:
        if fold.open:
            requests.append(consent_form(sheet.id, day))
    with unfolding(_("撤回同意"), "undo", f"withdraw.{sheet.id}") as fold:
        if fold.open:
            requests.append(withdraw_form(sheet.id, sheet.consents))
with fact_tab:
    facts_table(sheet.facts)
    if sheet.facts:
        look = fact_look(sheet.id)
        show(user, look, lambda session, trace: sensitive_originals(session, who, trace, now=utc_now()), show_facts)
    with unfolding(_("登记敏感信息"), "lock", f"fact.{sheet.id}") as fold:
        if fold.open:
            requests.append(fact_form(sheet, day))
            requests.append(wipe_form(sheet))
with home_tab:
    requests.append(household_form(sheet))
    neighbours(sheet.others)
    with unfolding(_("这一户再登记一个人"), "person_add", f"household.add.{sheet.id}") as fold:
        if fold.open:
            requests.append(add_form((), day, sheet.household_id))
run(user, next((request for request in requests if request), None))
