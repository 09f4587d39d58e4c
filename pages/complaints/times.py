"""Let the subdistrict set how soon a complaint is contacted and answered: at a desk, once a year, a minute.

Complaints that exist keep the days they were given; a relapse begins anew by what is set then.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.complaints.times import times_form, times_table
from components.wording import _
from db.engine import reading
from db.queries.complaints.times import complaint_times
from db.rules.complaints.due import TIMES
from db.rules.permissions import Permission

user = require(Permission.SET_COMPLAINT_TIMES)
with reading(user) as session:
    times = complaint_times(session)

st.title(_("投诉时限"))
st.caption(
    _(
        "从登记起算。一般投诉的联系时限落在休息日的，顺延到下一个工作日同一钟点；紧急和涉安全的不顺延。已经登记的投诉，期限不变。"
    )
)
times_table(times, TIMES)
st.caption(
    _(
        "通行做法：24 小时联系、5 个工作日办结，依国办发〔2020〕53号和各地 12345 惯例；"
        "社区自收、紧急和涉安全的没有统一规定，由街道自定。"
    )
)
st.header(_("调整"), anchor=False)
run(user, times_form(times))
