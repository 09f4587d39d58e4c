"""Let staff run one activity from its plan to its record: sessions, who signed up and came, hours, papers.

At a desk before and after, on a phone at the door: presence for thirty people is one press and the few who are missing.
"""

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.activities import page as desk
from components.activities import work
from components.activities.paper_buttons import Asked, paper_buttons
from components.activities.people import counts_line, people_table, presence_form, sign_up_forms, tell_form
from components.address import back_to_opener, object_in_address
from components.detail import columns, not_there
from components.menu import entries
from components.wording import _, heading
from components.wording.dates import today
from db.actions.activities.activities import note_notice
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.activities import page
from db.queries.activities.activities import offered
from db.queries.activities.stall_crew import HelperRow, helpers_of, helpers_to_tell
from db.queries.units.resources import requests
from db.queries.volunteers.openings import candidates
from db.rules.permissions import Actor, Permission
from db.terms import ActivityState

user = require(Permission.SEE_ACTIVITIES)
day, wanted, leads = today(utc_now()), object_in_address() or 0, user.may(Permission.RUN_EVERY_ACTIVITY)
with reading(user) as session:
    facts = page.activity_facts(session, wanted)
    sessions = page.sessions_of(session, wanted) if facts else []
back_to_opener("activities/activities.py", heading("活动"))
if facts is None:
    not_there("activity", heading("活动"))
runs = user.may(Permission.RUN_ACTIVITY) and (leads or user.id in (facts.lead_id, facts.project_leader_id))
planned, inside = facts.state is ActivityState.PLANNED, user.sees_restricted
ours, held = facts.project_id is None, facts.state is not ActivityState.CANCELLED
request: Request | None = None
community, number = facts.community_id, facts.id


def names(actor: Actor, came: bool) -> list[page.OnPaper]:
    with reading(actor) as asking:
        return page.names_for_paper(asking, number, came_only=came)


def done(actor: Actor) -> tuple[list[HelperRow], list[page.QuoteRow]]:
    with reading(actor) as asking:
        return helpers_of(asking, number), page.quotes_of(asking, number)


def left(actor: Actor, rows: int, notice: bool) -> None:
    if notice and actor.may(Permission.RUN_ACTIVITY) and runs:
        note(actor, note_notice, activity_id=number)
    note(actor, record_export, what="activity", rows={community: rows}, filters={"activity": number})


desk.activity_head(facts)
acts, story = columns()
with acts:
    desk.kind_place(facts, [entry.url_path for entry in entries() if user.may(entry.permission)])
    desk.about(facts)
with story:
    part = desk.choose_part()
    if part == "plan":
        desk.session_table(facts, sessions, inside=inside)
        with reading(user) as session:
            lent = requests(session, activity_id=facts.id).rows if user.may(Permission.SEE_UNITS) else ()
            choices = offered(session, user, day)
        desk.borrowed(facts, lent, asks=planned and user.may(Permission.ASK_RESOURCE))
        if runs and planned:
            request = desk.plan_forms(facts, sessions, choices, today=day, leads=leads)
    elif part == "people":
        with reading(user) as session:
            found, moved = page.sign_ups(session, facts.id), helpers_to_tell(session, facts.id) if runs else []
        counts_line(facts, found, inside=inside)
        if runs:
            request = tell_form(facts.id, found, moved) or request
            request = (presence_form(facts, sessions, found, today=day) if held else None) or request
        people_table(found)
        if runs and planned:
            request = sign_up_forms(facts, found, today=day) or request
    elif part == "work":
        with reading(user) as session:
            helpers, quotes = helpers_of(session, facts.id), page.quotes_of(session, facts.id)
            consents = page.story_consents(session) if runs else []
        if not ours:
            st.info(_("这是项目里的活动：内容、受益人次和时长在项目页汇报。"), icon=":material/folder_open:")
        elif runs and held and facts.on <= day:
            st.header(_("活动记录"), anchor=False)
            request = work.record_form(facts, sessions)
        if ours:
            st.header(_("办活动的志愿者"), anchor=False)
            work.helper_table(helpers)
            if runs and held and facts.on <= day:
                request = work.hours_form(facts, helpers, sessions) or request
            if runs and planned:
                with st.expander(_("排志愿者"), icon=":material/person_search:"):
                    with reading(user) as session:
                        nearby = candidates(session, words=work.find_words(), on=facts.on)
                    request = work.crew_forms(facts, nearby, helpers) or request
        st.header(_("参加者的话"), anchor=False)
        work.quote_list(quotes)
        if runs and held:
            request = work.quote_forms(facts, quotes, consents) or request
    else:
        with reading(user) as session:
            people = page.sign_ups(session, number).rows
        paper_buttons(user, facts, sessions, people, Asked(names, done, left), runs=runs)
run(user, request)
