"""Let leader and secretary move one project on, at a desk or on a phone: the next step is on top, in five seconds."""

from functools import partial

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_opener, id_in_address, object_in_address, pager
from components.detail import columns, more, must_exist, nothing_here
from components.projects import frame
from components.projects.goals import goals_part
from components.projects.led import direction_part
from components.projects.life import life
from components.projects.papers import project_sheet, word_button
from components.projects.steps import step_forms, step_lists
from components.volunteers import team
from components.volunteers.activities import activity_doing, activity_form, activity_table
from components.wording import _, heading
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.projects.duties import duties_of
from db.queries.projects.indicators import goals_of
from db.queries.projects.page import life_of, milestones_of, project_head, risks_of, sources_of
from db.queries.projects.projects import leaders
from db.queries.volunteers.activities import activities_of, team_to_credit
from db.queries.volunteers.openings import candidates, members_of, openings_of
from db.rules.permissions import Actor, Permission
from db.terms import ProjectState

user = require(Permission.SEE_PROJECTS)
project_id, day = object_in_address(), today(utc_now())
back_to_opener("projects/portfolio.py", heading("项目"))
if project_id is None:
    nothing_here(_("请先从项目清单中选择一个项目。"), "folder_open")
with must_exist(), reading(user) as session:
    head = project_head(session, project_id, today=day)
runs = head.live and user.may(Permission.RUN_PROJECT) and head.led_by(user)
can = frame.Can(
    run=runs,
    aim=runs and user.may(Permission.CHANGE_TARGET),
    stop=head.live and user.may(Permission.STOP_PROJECT),
    export=user.may(Permission.EXPORT),
)


def record(actor: Actor) -> None:  # the project sheet left the house
    note(actor, record_export, what="project_sheet", rows={head.community_id: 1}, filters={"id": head.id})


request: Request | None = None
start = frame.head_of(head, user, mine=runs or not head.live)
ready = can.run and head.state is ProjectState.SET_UP and bool(head.goals)
sets_up = user.may(Permission.SET_UP_PROJECT)
leads, alone = head.live and sets_up, ready and not head.members
acts, story = columns()
with acts:
    if ready and head.members:
        request = frame.start_form(head)
    frame.ways_on(head, can, user)
    frame.project_facts(head)
    request = direction_part(head, may=sets_up) or request
    if leads or alone or can.stop:
        with reading(user) as session:
            able = leaders(session, head.community_id) if leads else []
        with more() as menu:
            if menu.open:
                request = (frame.start_form(head) if alone else None) or request
                request = (frame.leader_form(head, able) if leads else None) or request
                request = (frame.stop_form(head) if can.stop else None) or request
with story:
    part = frame.choose("part", frame.PARTS, start=start, key=f"project.part.{head.id}")
    if part == "goals":
        with reading(user) as session:
            goals, sources = goals_of(session, head.id), sources_of(session, head.id)
            steps, risks = milestones_of(session, head.id), risks_of(session, head.id)
            duties = duties_of(session, head.id, today=day)
        sheet = project_sheet(head, goals, steps, risks, sources, duties)
        paper = partial(word_button, user, _("立项表"), head.number, sheet, record)
        request = goals_part(head, goals, sources, can, paper, today=day) or request
    elif part == "team":
        with reading(user) as session:
            posts, people = openings_of(session, head.id), members_of(session, head.id)
            past = members_of(session, head.id, past=True)
        team.opening_table(posts)
        if can.run:
            doing = team.team_doing(head, posts, people)
            found = []
            if doing in team.TAKING_IN:
                words = team.find_candidates(head)
                with reading(user) as session:
                    found = candidates(session, words=words)
            request = team.team_form(doing, head, posts, people, found) or request
        team.member_table(people)
        team.past_members(past)
    elif part == "plan":
        with reading(user) as session:
            planned, crew = activities_of(session, head.id), team_to_credit(session, head.id)
            goals = goals_of(session, head.id)
        if can.run:
            doing = activity_doing(head, planned, today=day)
            request = activity_form(doing, head, planned, crew, goals, today=day) or request
        activity_table(planned)
    elif part == "steps":
        with reading(user) as session:
            steps, risks = milestones_of(session, head.id), risks_of(session, head.id)
        step_lists(steps, risks, today=day)
        request = (step_forms(head, steps, risks, today=day) if can.run else None) or request
    else:
        with reading(user) as session:
            lines = life_of(session, head.id, before=id_in_address("before"))
        life(lines.rows)
        pager(lines.rows, lines.more)
run(user, request)
