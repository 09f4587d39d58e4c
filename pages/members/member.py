"""One party member: where they stand, what is known, with what the entry is linked, and what happened to it.

Secretary or area worker at the desk; moving somebody to another branch takes twenty seconds. Nothing is in clear.
"""

import streamlit as st

from components.access import require
from components.acting import Request, run, show
from components.address import back_to_opener, object_in_address, to_address
from components.detail import columns, not_there
from components.members.card import choose_part, history_table, look_form, member_facts, member_head, show_clear, ways
from components.members.facts import fact_forms, find_other, keeping_forms, link_forms, merge_forms
from components.members.standing import standing_forms
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.members.branches import branches, branches_elsewhere
from db.queries.members.card import leads_to, member_card, member_originals, members_to_merge, merged_entries
from db.queries.members.links import proposals
from db.queries.members.roll import units_to_choose
from db.rules.permissions import Permission
from db.terms import MemberLink

user = require(Permission.SEE_MEMBERS)
manages, day, member_id = user.may(Permission.MANAGE_MEMBERS), today(utc_now()), object_in_address() or 0
with reading(user) as session:
    other = leads_to(session, member_id)
    card = member_card(session, other or member_id, today=day)
back_to_opener("members/members.py", _("党员名册"))
if card is None:
    not_there("member", _("党员名册"))
if other is not None:
    to_address("id", other)
    st.info(_("这条登记已并入下面这一条。"), icon=":material/merge:")
member_head(card)
living = card.erased_at is None
request: Request | None = None
acts, story = columns()
with acts:
    if living:
        member_facts(card)
    may_open = {MemberLink.PERSON: Permission.SEE_PEOPLE, MemberLink.VOLUNTEER: Permission.SEE_VOLUNTEERS}
    ways(card, {what: user.may(permission) for what, permission in may_open.items()})
    if living and user.may(Permission.UNMASK):
        look, member_id = look_form(card.id), card.id
        show(user, look, lambda session, trace: member_originals(session, member_id, trace, now=utc_now()), show_clear)
with story:
    part = choose_part(card, manages=manages and living)
    if part == "history":
        history_table(card)
    elif part == "standing":
        with reading(user) as session:
            here = {one.id: one.name for one in branches(session)}
            elsewhere = branches_elsewhere(session)
        request = standing_forms(card, here, elsewhere, day)
    elif part == "facts":
        with reading(user) as session:
            units = units_to_choose(session, today=day)
        request = fact_forms(card, units)
    elif part == "links":
        with reading(user) as session:
            found, merged = proposals(session, card.id), merged_entries(session, card.id)
        request = link_forms(card, found)
        if user.may(Permission.MERGE_PERSONS):
            with st.expander(_("合并登记"), icon=":material/merge:"):
                words = find_other(card)
                with reading(user) as session:
                    others = members_to_merge(session, card.id, words)
                request = merge_forms(card, others, merged) or request
    else:
        request = keeping_forms(card, day, erases=user.may(Permission.ERASE_PERSON))
run(user, request)
