"""Turn what was resolved into work: the secretary at a desk gives each item an owner and a date in half a minute."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import id_in_address, pager, pick
from components.council.tasks import answer_form, assign_form, finish_form, tasks_table
from components.wording import _
from components.wording.dates import today
from components.wording.terms import term
from db.engine import reading, utc_now
from db.queries.council.topics import resolutions, tasks, to_answer
from db.rules.permissions import Permission
from db.terms import TaskState

user = require(Permission.SEE_COUNCIL)
assigns, finishes = user.may(Permission.ASSIGN_TASK), user.may(Permission.FINISH_TASK)
day = today(utc_now())
st.title(_("决议事项"))
shown = pick("state", _("状态"), list(TaskState), term, read=TaskState)
with reading(user) as session:
    page = tasks(session, state=shown, before=id_in_address("before"))
    open_tasks = tasks(session, state=TaskState.OPEN).rows if finishes else ()
    passed = resolutions(session).rows if assigns else ()
    owed = to_answer(session) if assigns else ()

tasks_table(page.rows, day)
pager(page.rows, page.more)
requests: list[Request | None] = []
if finishes and open_tasks:
    with st.expander(_("办结一项"), icon=":material/task_alt:"):
        requests.append(finish_form(open_tasks, cancels=assigns))
if assigns and passed:
    with st.expander(
        _("给决议定责任人和时限"), icon=":material/assignment_ind:", expanded=id_in_address("item") is not None
    ):
        requests.append(assign_form(passed, day, id_in_address("item")))
if owed:
    with st.expander(_("不立项，直接回音提出人"), icon=":material/reply:"):
        requests.append(answer_form(owed))
    st.page_link("projects/set_up.py", label=_("需要立项的决议，去立项"), icon=":material/add_task:")
request = next((one for one in requests if one), None)
run(user, request)
