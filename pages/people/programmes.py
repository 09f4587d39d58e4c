"""专项帮扶 (the single mothers' circle of docs/domain.md A1-16): named staff, two or three of them, keep its list
and wishes at the desk; everybody else who opens this page sees an alias, a count of five or more, and whom to ask.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_list, object_in_address
from components.detail import columns, more, new, title_row
from components.people.programmes import (
    end_form,
    inside_head,
    join_form,
    members_table,
    outside,
    programmes_table,
    staff_forms,
    start_form,
    wish_forms,
)
from components.refusals.shown import sentence
from components.wording import _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.needs.needs import frame
from db.queries.people.programmes import cleared_colleagues, inside, join_candidates, programmes, staff_of
from db.rules.permissions import Permission

user = require(Permission.SEE_PROGRAMMES)
day, wanted = today(utc_now()), object_in_address()
names = user.may(Permission.NAME_STAFF)
requests = []
with reading(user) as session:
    every = programmes(session)
    one = next((row for row in every if row.id == wanted), None)
    facts = inside(session, one.id) if one and one.mine else None
    staff = staff_of(session, one.id) if one else ()
    colleagues = cleared_colleagues(session) if one and names else ()
    candidates = join_candidates(session, facts.id) if facts else ()
    here = frame(session, user.community_id) if facts else None
if wanted is not None and one is None:
    st.warning(sentence(NotFound(what="programme", id=wanted)))
if one is None:
    title = title_row(heading("专项帮扶"))
    if names:
        with title, new(_("建立一个专项帮扶")) as menu:
            if menu.open:
                requests.append(start_form(day))
    programmes_table(every)
else:
    back_to_list(_("全部专项帮扶"))
    if facts is None:
        outside(one)
    else:
        inside_head(facts)
    acts, story = columns()
    with acts:
        if facts is not None:
            with st.expander(_("加入一名成员"), icon=":material/person_add:"):
                requests.append(join_form(facts, candidates))
            with st.expander(_("心愿和退出"), icon=":material/favorite:"):
                requests.append(wish_forms(facts.members, here.categories if here else ()))
        if names and one.ended_at is None:
            requests.append(staff_forms(one.id, staff, colleagues))
        if facts is not None:
            with more() as menu:
                if menu.open:
                    with st.expander(_("结束"), icon=":material/stop_circle:"):
                        requests.append(end_form(facts))
    with story:
        if facts is not None:
            members_table(facts.members)
run(user, next((request for request in requests if request), None))
