"""Find a household or a person and what is on file about them: secretary or area worker, at the service desk or on a
phone; a known door, telephone or name leads to the record in ten seconds. Nothing in the list is in clear.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, pager, to_address
from components.detail import new, title_row
from components.people.list import add_form, class_counts, find_form, people_table
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.people.people import due_count, find_people, sensitive_counts
from db.rules.permissions import Permission

user = require(Permission.SEE_PEOPLE)
day, due = today(utc_now()), bool(id_in_address("due"))
title = title_row(_("住户与人员"))
with reading(user) as session:
    here = frame(session, user.community_id)
    waiting = due_count(session, day=day)
places = here.places if here else ()
if waiting and not due:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(_("{count} 份资料到了复核的日子。", count=waiting), icon=":material/event:", width=420)
        if st.button(_("只看到期的"), key="only_due", icon=":material/filter_alt:"):
            to_address("due", 1)
            st.rerun()
if due and st.button(_("看全部"), key="all_people", icon=":material/arrow_back:"):
    to_address("due", None)
    st.rerun()
looked_for = find_form(places)
with reading(user) as session:
    page = find_people(
        session,
        place_id=looked_for.place_id,
        building=looked_for.building,
        room=looked_for.room,
        phone=looked_for.phone,
        name=looked_for.name,
        due_by=day if due else None,
        before=id_in_address("before"),
    )
if looked_for.anything and not page.rows:
    nothing = _("没有找到。姓名和电话要写完整的；门牌请选小区并写楼栋和室号。没有登记过的，在上面登记。")
else:
    nothing = _("还没有登记人员。走访时留下姓名电话的，在上面登记。")
with title, new(_("登记一个人"), "person_add") as menu:
    request = add_form(places, day) if menu.open else None
people_table(page.rows, empty=nothing)
pager(page.rows, page.more)
if user.may(Permission.ERASE_PERSON):
    with st.expander(_("敏感信息分类人数"), icon=":material/lock:"):
        with reading(user) as session:
            counts = sensitive_counts(session)
        class_counts(counts)
run(user, request)
