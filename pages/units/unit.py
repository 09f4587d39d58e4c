"""One partner unit: a worker at a desk sees in five seconds whom to call, what it offers and what it gave."""

import streamlit as st

from components.access import require
from components.acting import Request, note, run, show
from components.address import back_to_opener, object_in_address
from components.asking import unfolding
from components.commitments.words import promise_words
from components.detail import columns, more, must_exist, nothing_here
from components.needs.words import entry_name
from components.units.card import end_form, history, look_form, show_contact, unit_facts, unit_head, unit_members
from components.units.list import resource_form, resource_table, unit_form
from components.units.papers import year_button
from components.units.requests import request_table
from components.wording import _, heading
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.commitments.wall import promises_of
from db.queries.members.roll import RollFilters, members_by_unit, roll
from db.queries.needs.needs import frame
from db.queries.units.resources import RequestView, requests, resources
from db.queries.units.units import events_of, given_in, unit_card, unit_originals
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_UNITS)
unit_id, day = object_in_address(), today(utc_now())
back_to_opener("units/units.py", heading("共建单位"))
if unit_id is None:
    nothing_here(_("请先从共建单位中选择一家。"), "handshake")
with must_exist(), reading(user) as session:
    card = unit_card(session, unit_id, today=day)
    offered = resources(session, today=day, unit_id=unit_id, closed=True).rows
    waiting = requests(session, unit_id=unit_id, view=RequestView.OPEN)
    every = requests(session, unit_id=unit_id)
    events = events_of(session, unit_id=unit_id)
    years = {year: given_in(session, unit_id, year) for year in (day.year, day.year - 1)}
    here = frame(session, None)
    sees_roll = user.may(Permission.SEE_MEMBERS)
    people = roll(session, RollFilters(unit_id=unit_id), today=day).rows if sees_roll else ()
    count = members_by_unit(session, [unit_id]).get(unit_id, 0) if people else 0
    promised = promises_of(session, [one.id for one in people], day) if people else {}


def record(actor: Actor) -> None:
    """The page of the year left the house."""
    own = actor.community_id or card.home_id or (here.community_id if here else None)
    note(actor, record_export, what="unit_year", rows={own: 1} if own else {}, filters={"id": card.id})


request: Request | None = None
manages = user.may(Permission.MANAGE_UNITS) and user.community_id in (None, card.home_id or user.community_id)
unit_head(card)
acts, story = columns()
with acts:
    unit_facts(card)
    if card.has_contact and user.may(Permission.UNMASK):
        look, shown_id = look_form(card.id), card.id
        show(user, look, lambda session, trace: unit_originals(session, shown_id, trace, now=utc_now()), show_contact)
    if manages and card.ended_on is None:
        categories = {one.id: entry_name(one) for one in here.categories} if here else {}
        with unfolding(_("登记一项资源"), "add_box", f"unit.resource.{card.id}") as fold:
            if fold.open:
                request = resource_form(card.id, None, categories)
    if user.may(Permission.EXPORT):
        with st.container(horizontal=True):
            for year, given in years.items():
                if given:
                    year_button(user, card, year, given, record)
    if manages:
        homes = {one.id: one.name for one in here.communities} if here and user.community_id is None else {}
        with more() as menu:
            if menu.open:
                with st.expander(_("修改单位"), icon=":material/edit:"):
                    request = unit_form(card, homes) or request
                label = _("恢复共建") if card.ended_on else _("终止共建")
                with st.expander(label, icon=":material/link_off:"):
                    request = end_form(card, len(waiting.rows), day) or request
with story:
    st.header(heading("资源"), anchor=False)
    resource_table(offered, with_unit=False)
    if sees_roll:
        said = {number: promise_words(found) for number, found in promised.items()}
        unit_members(card.id, people, said, count, many=user.community_id is None)
    st.header(heading("使用申请"), anchor=False)
    empty = _("还没有人申请过。打开一项资源就可以提出。")
    request_table(every.rows, key="unit.requests", empty=empty, with_unit=False)
    st.header(_("全过程"), anchor=False)
    history(events)
run(user, request)
