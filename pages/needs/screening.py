"""Let secretary and workers score needs by three criteria, unseen by each other, and route them with a reason (筛选).

At a desk, one need at a time: the list first, then its evidence, the own score, the result part by part, the route.
"""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_list, filter_view, id_in_address, object_in_address
from components.community_choice import choose_community
from components.detail import columns, head, nothing_here
from components.needs.screening import (
    desk_rows,
    direction,
    evidence,
    open_round,
    result,
    route_form,
    score_form,
    waiting,
    weights_form,
    weights_list,
)
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import today
from components.wording.terms import badge, term
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.needs.life import need_life
from db.queries.needs.needs import frame
from db.queries.needs.screening import begins_with, desk, desk_list, weights_in_force
from db.rules.permissions import Permission
from db.terms import NeedStage, ScreeningState

STAGES = [NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.SCREENED, NeedStage.RESERVE]

user = require(Permission.SEE_SCREENING)
need_id = object_in_address()

if need_id is not None:
    with reading(user) as session:
        on_desk = desk(session, need_id, user.id)
        whole = need_life(session, need_id)
    back_to_list(_("回到评分名单"))
    if whole is None:
        nothing_here(sentence(NotFound(what="need", id=need_id)))
    need, requests = whole.need, list[Request | None]()
    head(need.title, marks=[f"[{need.number}](/need?id={need.id})", badge(need.stage), badge(need.urgency)])
    acts, story = columns()
    with acts:
        if need.stage in (NeedStage.REGISTERED, NeedStage.RESERVE) and user.may(Permission.OPEN_SCREENING):
            requests.append(open_round(need))
        if on_desk and need.stage is NeedStage.SCREENING:
            if not on_desk.combined:
                waiting(on_desk)
                if on_desk.state is ScreeningState.THIRD_NEEDED:
                    st.info(_("两人相差超过 20 分，请另一位同事独立评分。"), icon=":material/group_add:")
            if on_desk.mine is None and user.may(Permission.SCORE_NEED):
                requests.append(score_form(on_desk))
        if on_desk and need.stage is NeedStage.SCREENED and user.may(Permission.ROUTE_NEED):
            requests.append(route_form(need, on_desk))
        elif need.stage is NeedStage.SCREENED:
            st.text(_("评分已收齐，等书记分流。"))
    with story:
        st.text(need.description)
        if on_desk:
            st.header(_("第 {n} 轮评分", n=on_desk.round), anchor=False)
            evidence(on_desk)
            if on_desk.combined:
                result(on_desk)
    run(user, next((request for request in requests if request), None))
    st.stop()

with reading(user) as session:
    here = frame(session, id_in_address("community"))
if here is None:
    st.stop()
st.title(_("筛选评分"))
choose_community(here)
with reading(user) as session:
    first = begins_with(session, here.community_id)
stage = filter_view("stage", _("阶段"), STAGES, term, start=first, read=NeedStage)
with reading(user) as session:
    listed = desk_list(session, here.community_id, user.id, stage)
    dated = weights_in_force(session, here.community_id)
if listed and user.may(Permission.SCORE_NEED):
    direction(stage)
desk_rows(listed)
with st.expander(_("三项权重"), icon=":material/tune:"):
    weights_list(dated)
    if user.may(Permission.SET_WEIGHTS):
        run(user, weights_form(here.community_id, today(utc_now())))
