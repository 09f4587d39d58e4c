"""Let the subdistrict set how often each kind of household is visited: at a desk, once a year, in half a minute.

Saving moves the next visit of every household that was met before, in the same transaction: no night job is needed.
"""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.forms import form
from components.lists import Column, rows
from components.wording import _, heading
from components.wording.dates import number, today
from components.wording.terms import term
from db.actions.doors.rounds import set_rhythms
from db.engine import reading, utc_now
from db.queries.doors.rounds import due_counts, rhythms
from db.rules.doors.visit_plan import DAYS, DAYS_LEAST, DAYS_MOST
from db.rules.permissions import Permission
from db.terms import HouseholdKind

user = require(Permission.SET_RHYTHMS)
with reading(user) as session:
    days = rhythms(session)
    counts = due_counts(session, today(utc_now()))

st.title(heading("走访频次"))
st.caption(_("两次见到之间最多隔几天。到日子的门会出现在社工的“今日走访”里；未遇不算见到。"))
rows(
    [
        {
            "kind": term(kind),
            "days": days[kind],
            "norm": DAYS[kind],
            "all": number(counts[kind][0]),
            "late": number(counts[kind][1]),
        }
        for kind in HouseholdKind
    ],
    [
        Column("kind", _("户型")),
        Column("days", _("间隔（天）"), "number"),
        Column("norm", _("通行做法（天）"), "number"),
        Column("all", _("在册户数"), "number", total=True),
        Column("late", _("已超期户数"), "number", total=True),
    ],
    key="rhythms.kinds",
    empty="",
    caption=_("走访频次"),
)
st.header(_("调整"), anchor=False)
with form("rhythms") as filling:
    wanted = {
        kind.value: filling.whole(
            kind.value, _("{kind}：间隔天数", kind=term(kind)), least=DAYS_LEAST, most=DAYS_MOST, start=days[kind]
        )
        for kind in HouseholdKind
    }
    pressed = filling.submit(_("保存，并重算下次走访日"), icon=":material/save:")
if pressed:
    said = lambda moved: _("已保存：{n} 户的下次走访日有变动", n=moved["households"])  # noqa: E731
    run(user, Request(filling, set_rhythms, said, wanted))
