"""Let secretary and workers score needs by three criteria, unseen by each other, and route them with a reason (筛选).

At a desk, one need at a time: the list first, then its evidence, the own score, the result part by part, the route.
"""

import streamlit as st

import components.refusals.needs  # noqa: F401  (its sentences)
from components.access import require
from components.address import from_address
from components.forms import announce, form, press
from components.lists import open_page
from components.needs.ledger_filters import choose_community
from components.needs.screening import desk_rows, evidence, result, route_fields, score_fields, waiting, weights_list
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import today
from components.wording.terms import badge, term
from db.actions.needs.screening import open_screening, route_need, score_need, set_weights
from db.engine import carry_out, reading, utc_now
from db.queries.needs.life import need_thread
from db.queries.needs.needs import frame
from db.queries.needs.screening import desk, desk_list, weights_in_force
from db.rules.permissions import Permission
from db.terms import NeedStage, ScreeningState

STAGES = [NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.SCREENED, NeedStage.RESERVE]

user = require(Permission.SEE_SCREENING)
need_id = from_address("id", int)

if need_id:
    with reading(user) as session:
        on_desk = desk(session, need_id, user.id)
        thread = need_thread(session, need_id)
    st.page_link("needs/screening.py", label=_("回到评分名单"), icon=":material/arrow_back:")
    if thread is None:
        st.warning(_("没有找到这条需求，可能不属于您的社区。"))
        st.stop()
    need = thread.need
    st.title(safe(need.title), anchor=False)
    st.markdown(f"[{need.number}](/need?id={need.id}) {badge(need.stage)} {badge(need.urgency)}")
    st.text(need.description)
    if need.stage in (NeedStage.REGISTERED, NeedStage.RESERVE) and user.may(Permission.OPEN_SCREENING):
        opening = press(f"open.{need.id}", _("开始一轮评分"), primary=True, icon=":material/balance:")
        st.caption(_("开评时会固定权重和证据：户数、占比、影响面。之后并入的声音计入下一轮。"))
        if opening:
            with refusals_shown(opening):
                carry_out(user, opening.request_key, open_screening, need_id=need.id, version=need.version)
                opening.done()
                st.rerun()
    if on_desk:
        st.subheader(_("第 {n} 轮评分", n=on_desk.round), anchor=False)
        evidence(on_desk)
        if on_desk.combined:
            result(on_desk)
        elif need.stage is NeedStage.SCREENING:
            waiting(on_desk)
            if on_desk.state is ScreeningState.THIRD_NEEDED:
                st.info(_("两人相差超过 20 分，请另一位同事独立评分。"), icon=":material/group_add:")
        if need.stage is NeedStage.SCREENING and on_desk.mine is None and user.may(Permission.SCORE_NEED):
            with form(f"score.{on_desk.screening_id}") as filling:
                points = score_fields(filling, on_desk)
                scored = filling.submit(_("提交评分"), icon=":material/check:")
            if scored:
                with refusals_shown(filling):
                    carry_out(user, filling.request_key, score_need, screening_id=on_desk.screening_id, **points)
                    filling.done()
                    announce(_("您的评分已保存"))
                    st.rerun()
        if need.stage is NeedStage.SCREENED and user.may(Permission.ROUTE_NEED):
            with form(f"route.{need.id}") as filling:
                chosen = route_fields(filling, on_desk)
                routed = filling.submit(_("确定分流"), icon=":material/alt_route:")
            if routed:
                with refusals_shown(filling):
                    carry_out(user, filling.request_key, route_need, need_id=need.id, version=need.version, **chosen)
                    filling.done()
                    announce(_("已分流：{route}", route=term(chosen["route"])))
                    st.rerun()
    st.stop()

with reading(user) as session:
    here = frame(session, from_address("community", int))
if here is None:
    st.stop()
st.title(_("筛选评分"))
community_id = choose_community(here)
if community_id is not None and community_id != here.community_id:
    st.rerun()
stage = st.segmented_control(
    _("阶段"), STAGES, default=NeedStage.SCREENING, required=True, key="screening.stage", format_func=term
)
with reading(user) as session:
    listed = desk_list(session, here.community_id, user.id, stage or NeedStage.SCREENING)
    dated = weights_in_force(session, here.community_id)
opened = desk_rows(listed, key="screening.rows", empty=_("这一阶段没有需求。换一个阶段看看。"))
open_page("needs/screening.py", opened)
with st.expander(_("三项权重"), icon=":material/tune:"):
    weights_list(dated)
    if user.may(Permission.SET_WEIGHTS):
        with form("set_weights") as filling:
            given = {
                "demand": filling.whole("demand", _("需求量"), most=100, start=40),
                "reach": filling.whole("reach", _("影响面"), most=100, start=30),
                "feasibility": filling.whole("feasibility", _("可行性"), most=100, start=30),
                "valid_from": filling.day("valid_from", _("起始日期"), start=today(utc_now())),
            }
            fixed = filling.submit(_("设定权重"))
        if fixed:
            with refusals_shown(filling):
                carry_out(user, filling.request_key, set_weights, community_id=here.community_id, **given)
                filling.done()
                announce(_("权重已设定"))
                st.rerun()
