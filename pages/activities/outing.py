"""Let an escort see off and bring back one elder with two taps a step; let who leads the outing know who is still out.

A volunteer sees the own pair and nothing else; staff see the outings, and one outing with its pairs.
"""

import streamlit as st

from components.access import require
from components.acting import Look, Request, note, run, show
from components.activities.outing import (
    escorts,
    events,
    finders,
    outing_doing,
    outing_form,
    outing_head,
    outing_list,
    pair_table,
)
from components.activities.outing_pair import contact_form, contact_shown, own_card, step
from components.activities.outing_papers import pair_list
from components.address import back_to_list, id_in_address, object_in_address, pager
from components.projects.papers import word_button
from components.refusals.shown import sentence
from components.wording import _, listed
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.activities.outing import (
    OutingFacts,
    escort_phones,
    outing_events,
    outing_facts,
    outings,
    own_pairs,
    pair_contact,
)
from db.queries.orders.callers import callers
from db.queries.volunteers.openings import candidates
from db.rules.permissions import Actor, Permission
from db.terms import ActivityState

user = require(Permission.SEE_OUTING)
chosen, request = object_in_address(), None
with reading(user) as session:
    mine = own_pairs(session, user.id, now=utc_now())


def look_at_contact(look: Request | None) -> None:
    """Carry out the wish to see a contact, and show it once the trace is there."""
    place = Look(st.container(), look)
    show(user, place, lambda session, pair_id: pair_contact(session, pair_id, now=utc_now()), contact_shown)


def plan(facts: OutingFacts) -> Request | None:
    """The forms of who leads the outing."""
    doing = outing_doing(facts)
    if doing not in ("pair", "replace"):
        return outing_form(doing, facts, {}, ())
    skill, name = finders(elder=doing == "pair" and user.may(Permission.SEE_PEOPLE))
    with reading(user) as session:
        people = escorts(candidates(session, words=skill, on=facts.on))
        elders = callers(session, words=name) if name.strip() else ()
    return outing_form(doing, facts, people, elders)


def record(actor: Actor) -> None:
    """The list left the house."""
    if user.community_id is not None:
        note(actor, record_export, what="outing", rows={user.community_id: 1}, filters={"activity": chosen})


if not user.may(Permission.RUN_OUTING):
    st.title(_("我陪的老人"))
    if chosen is not None and not any(own.pair.activity_id == chosen for own in mine):
        st.warning(sentence(NotFound(what="activity", id=chosen)))
    if not mine:
        st.info(_("现在没有要您陪访的老人。安排好了，这里会有名单和核对单。"), icon=":material/hail:")
    for own in mine:
        move, look = own_card(own, today=own.on == today(utc_now()))
        look_at_contact(look)
        request = move or request
    run(user, request)
    st.stop()

with reading(user) as session:
    facts = outing_facts(session, chosen) if chosen else None
    told = outing_events(session, chosen) if facts and chosen else ()
if facts is None:
    st.title(_("陪访"))
    if chosen is not None:
        st.warning(sentence(NotFound(what="activity", id=chosen)))
    with reading(user) as session:
        page = outings(session, before=id_in_address("before"))
    outing_list(page.rows)
    pager(page.rows, page.more)
    st.stop()

back_to_list(_("全部陪访"), "id", "do")
outing_head(facts)
pair_table(facts)
if facts.closed_at is None and facts.state is not ActivityState.CANCELLED:
    there = {pair.id: pair for pair in facts.open}
    if there and facts.on <= today(utc_now()):
        st.header(_("代陪访人登记出发、返回"), anchor=False)
        names = {pair.id: f"{pair.elder} · {pair.number} {pair.escort}".rstrip(" ·") for pair in facts.open}
        picked = st.selectbox(
            _("哪一对"), list(names), format_func=listed(list(names), names.__getitem__), key="outing.step.which"
        )
        request = step(there[picked], staff=True)
        look_at_contact(contact_form(there[picked]))
    request = plan(facts) or request
with reading(user) as session:
    phones = escort_phones(session, facts.id)
word_button(user, _("结伴名单（A4）"), f"{facts.on.isoformat()}-pairs", pair_list(facts, phones), record)
events(facts, told)
run(user, request)
