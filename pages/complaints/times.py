"""Let the subdistrict set until when whoever complains is contacted and answered: at a desk, once a year, a minute.

Complaints that exist keep the days they were given; a relapse begins anew by what is set then.
"""

import streamlit as st

from components.access import require
from components.complaints.times import times_fields, times_table
from components.forms import announce, form
from components.refusals.shown import refusals_shown
from components.wording import _
from db.actions.complaints.times import set_complaint_times
from db.engine import carry_out, reading
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
st.subheader(_("调整"), anchor=False)
with form("complaint_times") as filling:
    wanted = times_fields(filling, times)
    pressed = filling.submit(_("保存，今后登记的投诉照此计算"), icon=":material/save:")
if pressed:
    with refusals_shown(filling):
        changed = carry_out(user, filling.request_key, set_complaint_times, times=wanted)
        filling.done()
        announce(_("已保存：改动 {n} 类", n=changed) if changed else _("没有改动"))
        st.rerun()
