"""Let a worker or secretary decide which needs are the same (归并): side by side, with reasons, one press each."""

import streamlit as st

from components.access import require
from components.acting import run
from components.needs.twins import settle_twins
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.needs.needs import frame
from db.queries.needs.twins import likely_pairs
from db.rules.permissions import Permission

SHOWN = 5

user = require(Permission.MERGE_NEEDS)
with reading(user) as session:
    here = frame(session, user.community_id)
    likely = likely_pairs(session, here.community_id, today=today(utc_now())) if here else ()

st.title(_("归并"))
st.caption(_("近 180 天在办的需求里，相近的成对列出。归并后各自的原话和提出人都保留，需求量按户数合计，随时可以撤销。"))
if not likely:
    st.info(_("没有发现可能重复的需求。新登记的需求会自动比对。"), icon=":material/check_circle:")
elif len(likely) > SHOWN:
    st.text(_("还有 {n} 对待判断，先看最像的 {shown} 对。", n=len(likely), shown=SHOWN))
run(user, settle_twins(likely[:SHOWN], name="twins"))
