"""Post what the council passed, hear objections, end the period: secretary at a desk; staff receive objections.

Posting takes a minute because the text is proposed from the record; an objection at the counter takes half a minute.
"""

import streamlit as st

from components.access import require
from components.acting import Request, run, show
from components.address import back_to_list, id_in_address, object_in_address, pager
from components.council.notices import (
    correct_form,
    finish_form,
    handle_form,
    look_form,
    notice_head,
    notice_paper,
    notice_text,
    notices_table,
    objections_table,
    plans_table,
    post_form,
    receive_form,
    sheets,
    show_objector,
    to_project,
    versions_table,
    withdraw_form,
)
from components.detail import columns, more, must_exist
from components.wording import _, labelled
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.council.notices import items_to_post, last_contact, notice, notices, objector
from db.rules.council.council import NoticeStep, notice_step
from db.rules.masking import find_personal, public_numbers
from db.rules.permissions import Permission
from db.terms import NoticeState, ObjectionState

user = require(Permission.SEE_NOTICES)
posts, day, wanted = user.may(Permission.POST_NOTICE), today(utc_now()), object_in_address()
if wanted is not None:
    back_to_list(_("全部公示"))
with must_exist(), reading(user) as session:
    facts = notice(session, wanted, today=day) if wanted is not None else None
    page = notices(session, before=id_in_address("before")) if facts is None else None
    waiting = items_to_post(session) if facts is None and posts else ()
    contact = last_contact(session) if waiting else ""

request: Request | None = None
if facts is not None:
    step = notice_step(facts, day)
    notice_head(facts, step, user)
    acts, story = columns()
    with acts:
        to_project(facts, sets_up=user.may(Permission.SET_UP_PROJECT))
        open_now = [o for o in facts.objections if o.state is ObjectionState.OPEN]
        if open_now and user.may(Permission.HANDLE_OBJECTION):
            request = handle_form(open_now, facts.plans[-1].words)
        if step is NoticeStep.FINISH and posts:
            request = finish_form(facts) or request
        running = facts.state is NoticeState.RUNNING
        if running and day <= facts.ends_on and user.may(Permission.RECEIVE_OBJECTION):
            with st.expander(_("受理一条异议"), icon=":material/inbox:"):
                request = receive_form(facts) or request
        notice_paper(facts)
        sheets(facts)
        if running and posts and (day <= facts.ends_on or not open_now):
            with more() as menu:
                if menu.open:
                    if day <= facts.ends_on:
                        with st.expander(_("更正公示"), icon=":material/edit_document:"):
                            request = correct_form(facts) or request
                    if not open_now:
                        with st.expander(_("撤回公示"), icon=":material/undo:"):
                            request = withdraw_form(facts) or request
    with story:
        notice_text(facts)
        st.header(_("异议"), anchor=False)
        objections_table(facts.objections)
        if facts.objections and user.may(Permission.UNMASK):
            which, look = look_form(facts.objections)
            show(user, look, lambda session, trace: objector(session, which, trace, now=utc_now()), show_objector)
        plans_table(facts)
        versions_table(facts)
elif page is not None:
    st.title(_("公示与异议"))
    if waiting:
        st.info(_("有 {n} 项通过的议题等待公示。", n=len(waiting)), icon=":material/campaign:")
        names = {i.item_id: labelled(i.meeting, i.title) for i in waiting}
        first = list(names).index(asked) if (asked := id_in_address("item")) in names else 0
        key = f"to_post.{asked}"
        chosen = st.selectbox(_("待公示的议题"), list(names), first, format_func=names.__getitem__, key=key)
        item = next(i for i in waiting if i.item_id == chosen)
        typed = str(st.session_state.get(f"post_notice.{item.item_id}.body", ""))
        public = public_numbers(str(st.session_state.get(f"post_notice.{item.item_id}.objection_contact", contact)))
        request = post_form(item, item.rule, contact, find_personal(typed, allowed=public))
    notices_table(page.rows)
    pager(page.rows, page.more)
run(user, request)
