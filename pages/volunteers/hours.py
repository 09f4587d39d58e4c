"""Let staff look a month's hours through and answer each doubt; let a volunteer see the own ones and say yes or no."""

from datetime import date

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_opener, filter_by, filter_view, from_address, id_in_address, pager, pick
from components.volunteers.hours import waiting_hours
from components.volunteers.integrity import (
    answer_form,
    answer_list,
    change_list,
    finding_list,
    months_back,
    own_list,
    sheet_form,
)
from components.wording import N_, _, heading
from components.wording.dates import month as month_words
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.volunteers.hours import open_claims
from db.queries.volunteers.integrity import answers_of, changes_of, findings_of, own_hours, own_waiting
from db.rules.permissions import Permission
from db.terms import HoursFinding

VIEWS = {"found": N_("要问的"), "waiting": N_("待核时长"), "answered": N_("已答复"), "trail": N_("冲销与改记")}

user = require(Permission.SEE_HOURS)
request: Request | None = None
before = id_in_address("before")
if user.may(Permission.ANSWER_HOURS):
    back_to_opener("today/my_service.py", _("我的服务"))
    st.title(_("我的时长"))
    with reading(user) as session:
        mine, waiting = own_hours(session, user.id, before=before), own_waiting(session, user.id)
        corrected = changes_of(session, account_id=user.id)
    request = own_list(mine.rows, waiting)
    pager(mine.rows, mine.more)
    if corrected.rows:
        change_list(corrected.rows, own=True)
else:
    back_to_opener("volunteers/registry.py", heading("志愿者"))
    st.title(_("时长核对"))
    manages = user.may(Permission.MANAGE_VOLUNTEERS)
    view = filter_view("view", _("看哪些"), list(VIEWS), lambda code: _(VIEWS[code]), start="found", read=str)
    months = months_back(today(utc_now()), also=from_address("month", date.fromisoformat))
    month = months[0]
    if view != "waiting":
        left, right = st.columns(2)
        with left:
            month = (
                pick(
                    "month", _("月份"), months, month_words, read=date.fromisoformat, everything=month_words(month)
                )
                or month
            )  # fmt: skip
    with reading(user) as session:
        if view == "found":
            with right:
                kind = filter_by("kind", _("疑点"), list(HoursFinding))
            found = findings_of(session, month, kind)
            finding_list(found)
            request = answer_form(found, month) if manages else None
        elif view == "waiting":
            claims = open_claims(session, user.id)
            if not claims.rows:
                st.caption(_("没有待核的时长。"))
            request = waiting_hours(claims, decides=manages)
            request = (sheet_form(claims) if manages else None) or request
        elif view == "answered":
            answers = answers_of(session, month, before=before)
            answer_list(answers.rows)
            pager(answers.rows, answers.more)
        else:
            changes = changes_of(session, month, before=before)
            change_list(changes.rows)
            pager(changes.rows, changes.more)
run(user, request)
