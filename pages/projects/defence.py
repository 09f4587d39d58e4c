"""Let the subdistrict hold the yearly defence and judges give their sheets: at a desk or on a phone, a minute each."""

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.address import pick
from components.projects.defence import (
    DOINGS,
    criteria_form,
    defence_head,
    end_forms,
    entry_list,
    judge_forms,
    judge_list,
    list_forms,
    own_sheets,
    plan_form,
    sheet_form,
)
from components.projects.defence_papers import judges_sheets, result_sheet
from components.projects.frame import choose
from components.projects.papers import word_button
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.projects.defence import DefenceFacts, defence_of, defence_years, possible_judges, projects_to_defend
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_DEFENCE)
day, runs = today(utc_now()), user.may(Permission.RUN_DEFENCE)
request: Request | None = None
st.title(_("书记项目答辩"))
with reading(user) as session:
    years = defence_years(session, this_year=day.year)
year = pick("year", _("年度"), list(years), lambda one: _("{year} 年", year=one), read=int, everything=_("今年"))
with reading(user) as session:
    found: DefenceFacts | None = defence_of(session, year or day.year)


def record(actor: Actor) -> None:
    """A paper of the defence left the house."""
    note(actor, record_export, what="defence", rows={}, filters={"year": year or day.year})


if found is None:
    st.info(_("这一年还没有安排答辩。"), icon=":material/podium:")
    request = plan_form(year or day.year, None, today=day) if runs else None
else:
    present = [judge for judge in found.judges if judge.left_on is None]
    own = found.own(user.id)
    defence_head(found)
    entry_list(found, results=runs or found.closed_at is not None)
    judge_list(found)
    if own is not None:
        own_sheets(found, own)
    if runs and user.may(Permission.EXPORT):
        with st.container(horizontal=True):
            if present and found.entries:
                paper = judges_sheets(found, present)
                word_button(user, _("打印评委评分表（Word）"), f"defence-{found.year}-judges", paper, record)
            word_button(user, _("打印结果表（Word）"), f"defence-{found.year}", result_sheet(found), record)
    if runs:
        request = end_forms(found)
    if found.closed_at is None and runs:
        doing = choose("do", DOINGS, start="list", key=f"defence.do.{found.id}")
        if doing == "sheet":
            request = sheet_form(found, present) or request
        elif doing == "list":
            with reading(user) as session:
                projects = projects_to_defend(session, found.year)
            request = list_forms(found, projects) or request
        elif doing == "judges":
            with reading(user) as session:
                people = possible_judges(session)
            request = judge_forms(found, people, today=day) or request
        elif doing == "criteria":
            request = criteria_form(found) or request
        else:
            request = plan_form(found.year, found, today=day) or request
    elif found.closed_at is None and own is not None:
        request = sheet_form(found, [own])
run(user, request)
