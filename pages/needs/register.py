"""Let a secretary go through the week's needs on a Friday, see what is missing or double, and sign (一周一登)."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address
from components.community_choice import choose_community
from components.needs.register import choose_week, counts, signature, signed_by, week_rows
from components.needs.twins import settle_twins
from components.wording import _
from components.wording.dates import short_day, today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.needs.register import signed_weeks, week_register
from db.queries.needs.twins import likely_pairs
from db.rules.needs.register import may_be_signed, opens_on
from db.rules.permissions import Permission

SHOWN = 5

user = require(Permission.SEE_REGISTER)
day = today(utc_now())
with reading(user) as session:
    here = frame(session, id_in_address("community"))
    signed = signed_weeks(session, here.community_id) if here else frozenset()
if here is None:
    st.stop()

st.title(_("一周一登"))
choose_community(here)
week = choose_week(signed, day)
with reading(user) as session:
    register = week_register(session, here.community_id, week)
    likely = likely_pairs(session, here.community_id, today=day, week=week, most=SHOWN)

counts(register.visits, register.needs, register.lacking)
if register.sign_off:
    signed_by(register.sign_off)

if register.sign_off is None and user.may(Permission.SIGN_WEEK):
    if not may_be_signed(week, day):
        st.info(
            _("{day}起可以签字。签字后本周需求转入筛选，再有改动都会标记。", day=short_day(opens_on(week))),
            icon=":material/event:",
        )
    else:
        run(user, signature(register, len(likely)))

st.header(_("本周需求"), anchor=False)
if register.incomplete:
    st.caption(_("待补全的排在前面：点编号打开，按“修改”补上。补不全也可签字，但会少一户能回音。"))
if register.needs > len(register.rows):
    st.caption(
        _("本周共 {n} 条，这里列出 {shown} 条，其余请到需求台账里查看。", n=register.needs, shown=len(register.rows))
    )
week_rows([*register.incomplete, *(r for r in register.rows if not r.lacks)])

if likely and user.may(Permission.MERGE_NEEDS):
    st.header(_("可能是同一件事"), anchor=False)
    run(user, settle_twins(likely, name="register"))
