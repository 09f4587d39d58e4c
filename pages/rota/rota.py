"""Let the secretary fill a rota: a week at a glance with gaps in red, who could step in, who must be told.

One slot is one press away, and its form one more; the whole sheet prints in large type.
"""

from datetime import timedelta

import streamlit as st

from components.access import require
from components.acting import carried, run
from components.address import (
    back_to_list,
    back_to_opener,
    filter_view,
    filter_words,
    id_in_address,
    object_in_address,
)
from components.detail import not_there
from components.rota.grid import choose_week, days_off_note, drop_out_list, rota_head, week_grid
from components.rota.papers import Week, paper_buttons
from components.rota.run import head_form, lay_form, poster_words, roster_link, state_buttons, tell_list
from components.rota.slot import change_forms, choose_do, mark_form, out_form, people, put_in_form, slot_head
from components.rota.words import VIEWS, WEEKDAYS
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.rota.choices import choices, runs
from db.queries.rota.rotas import on_days_off, rota_facts, slots_between
from db.queries.rota.slots import drop_outs, names_between, slot_facts, stand_ins, to_tell, turns_of
from db.queries.volunteers.openings import candidates
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_ROTAS)
now, rota_id, slot_id = utc_now(), object_in_address(), id_in_address("slot")
day = today(now)
with reading(user) as session:
    facts = rota_facts(session, rota_id, now=now) if rota_id else None
    may_run = facts is not None and runs(session, user, facts)
    slot = slot_facts(session, slot_id) if slot_id else None
if facts is None:
    back_to_opener("rota/rotas.py", _("排班"))
    not_there("rota", _("排班"))
if slot is not None and slot.rota_id == facts.id:
    back_to_list(_("回到排班表"), "slot", "do", "q")
    with reading(user) as session:
        same = [one for one in slots_between(session, facts.id, slot.on, slot.on) if one.starts_at == slot.starts_at]
        turns = turns_of(session, slot.id)
    slot_head(slot, same, facts.posts)
    people(turns)
    what = choose_do(slot, now) if may_run else ""
    request = None
    if what in ("in", "out"):
        words = filter_words(_("按编号或特长另找"), _("例：V2026-0012，或 电工"))
        with reading(user) as session:
            found = stand_ins(session, slot.id, now=now)
            others = candidates(session, words=words, on=slot.on) if words else []
        request = put_in_form(slot, found, others) if what == "in" else out_form(slot, turns, found, others)
    elif what == "change":
        request = change_forms(slot, facts.starts_on, facts.ends_on)
    elif what == "mark":
        request = mark_form(slot, turns)
    run(user, request)
    st.stop()
back_to_opener("rota/rotas.py", _("排班"))
rota_head(facts)
if may_run and user.may(Permission.PLAN_ROSTER):
    roster_link(facts)
views = list(VIEWS) if may_run else ["grid"]
view = filter_view("view", _("看什么"), views, lambda one: _(VIEWS[one]), start="grid", read=str)
if view == "grid":
    monday = choose_week(facts, day)
    with reading(user) as session:
        found_slots = slots_between(session, facts.id, monday, monday + timedelta(days=6))
        off, gone = on_days_off(session, facts.id, now=now), drop_outs(session, facts.id, now=now)
    days_off_note(off)
    week_grid(facts, found_slots, now)
    drop_out_list(gone)

    def week(actor: Actor) -> Week:
        with reading(actor) as now_reading:
            last = monday + timedelta(days=6)
            span = (now_reading, rota_id or 0, monday, last)
            return slots_between(*span), names_between(*span)

    paper_buttons(user, facts, monday, week)
    if may_run:
        run(user, state_buttons(facts, day))
elif view == "tell":
    clear = st.session_state.pop("_rota.clear", None) == facts.id
    with reading(user) as session:
        told = to_tell(session, facts.id, clear=clear)
    request = tell_list(facts, told, clear=clear, unmasks=user.may(Permission.UNMASK))
    done = carried(user, request) if request else None
    if done is not None and request is not None:
        if not request.said:
            st.session_state["_rota.clear"] = facts.id
        st.rerun()
elif view == "lay":
    run(user, lay_form(facts, day, [_(one) for one in WEEKDAYS]))
elif view == "call":
    st.text_area(_("招募的话，可以复制到群里"), poster_words(facts), height=220, key="rota.poster")
else:
    with reading(user) as session:
        choice = choices(session, user)
    run(user, head_form(facts, choice.places, choice.squads, choice.projects, day))
