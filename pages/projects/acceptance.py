"""Let judges score a finished project and the secretary close it, at a desk: evidence first, two minutes a judge."""

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_list, object_in_address
from components.detail import columns, must_exist
from components.projects.acceptance import (
    acceptance_list,
    decide_form,
    decided,
    evidence,
    hand_in_form,
    judge_form,
    result_table,
    score_table,
)
from components.projects.frame import head_of, project_facts
from components.projects.papers import acceptance_sheet, scoring_sheet, word_button
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.projects.acceptance import acceptances, record_of, round_of
from db.queries.projects.indicators import goals_of
from db.queries.projects.page import project_head
from db.rules.permissions import Actor, Permission
from db.terms import AcceptanceState, ProjectState

user = require(Permission.SEE_ACCEPTANCE)
project_id = object_in_address()
if project_id is None:
    st.title(_("验收"))
    with reading(user) as session:
        attempts = acceptances(session, account_id=user.id)
    acceptance_list(attempts)
    st.caption(_("满分 100：目标 30、受益与满意度 25、推进规范 15、党员作用、可持续、归档各 10；加分不超过 5。"))
    st.stop()

back_to_list(_("全部验收"))
with must_exist(), reading(user) as session:
    head = project_head(session, project_id, today=today(utc_now()))
    seen = round_of(session, project_id, account_id=user.id)
    goals, record = goals_of(session, project_id), record_of(session, project_id)
head_of(head, user, mine=not head.live or head.led_by(user))
request: Request | None = None
judging = seen is not None and seen.state is AcceptanceState.JUDGING


def recorded(actor: Actor) -> None:
    """The acceptance sheet left the house."""
    note(actor, record_export, what="acceptance_sheet", rows={head.community_id: 1}, filters={"id": head.id})


acts, story = columns()
with story:
    if seen:
        evidence(seen, record, goals)
    if seen and not judging:
        st.header(_("验收结果"), anchor=False)
        if seen.result:
            result_table(seen.result)
        decided(seen)
        score_table(seen)
with acts:
    if seen and judging:
        st.caption(_("已有 {n} 位评委评分，至少 3 位才能定等次。", n=seen.judges))
        leads = head.leader_id == user.id
        decides = user.may(Permission.DECIDE_ACCEPTANCE) and not leads
        key = f"acceptance.aside.{seen.id}"
        aside = decides and seen.own is None and st.toggle(_("我不评分，直接看合议结果"), key=key)
        if user.may(Permission.JUDGE_PROJECT) and not leads and seen.own is None and not aside:
            request = judge_form(seen)
        elif seen.own is not None:
            st.success(_("您已评分：{total} 分。", total=seen.own.points.total), icon=":material/check_circle:")
        if leads:
            st.info(_("您是负责人，不参加评分和定等次。"), icon=":material/info:")
        if decides and (seen.own is not None or aside):
            with reading(user) as session:
                seen = round_of(session, project_id, account_id=user.id, decider=True) or seen
            st.header(_("合议结果"), anchor=False)
            if seen.result:
                result_table(seen.result)
            if seen.result and seen.result.enough:
                request = decide_form(seen, answer_owed=bool(head.askers)) or request
    handing = head.state in (ProjectState.RUNNING, ProjectState.REWORK) and user.may(Permission.HAND_IN_PROJECT)
    if handing and head.led_by(user):
        request = hand_in_form(head, goals, record)
    st.page_link("projects/project.py", label=_("看项目"), icon=":material/flag:", query_params={"id": str(head.id)})
    project_facts(head)
    if seen and user.may(Permission.EXPORT):
        if judging:
            label, name = _("验收评分表（评委手填）"), f"{head.number}-{seen.number}-score"
            word_button(user, label, name, scoring_sheet(head, seen, goals), recorded)
        else:
            sheet = acceptance_sheet(head, seen, record, goals)
            word_button(user, _("验收表"), f"{head.number}-{seen.number}", sheet, recorded)
run(user, request)
