"""Let the secretary find people and flats that stand in the records twice and make them one: at the desk, a pair in ten
seconds, and take it apart again when it was wrong.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.people.double_homes import decide_homes, merged_homes, pairs_of_homes
from components.people.doubles import merge_form, merged_list, pairs_table
from components.wording import _
from db.engine import reading
from db.queries.doors.doubles import household_doubles, household_merges
from db.queries.people.doubles import doubles, person_merges
from db.rules.permissions import Permission

user = require(Permission.MERGE_PERSONS)
with reading(user) as session:
    found = doubles(session)
    merged = person_merges(session)
    homes = household_doubles(session)
    joined = household_merges(session)
st.title(_("重复人员"))
st.caption(_("电话相同，或同一户里姓名同音、只差一个字的，列在这里。是不是同一个人，由您核对。"))
pairs_table(found)
request = merge_form(found)
if merged:
    st.subheader(_("已合并的"), anchor=False)
    request = merged_list(merged) or request
st.subheader(_("重复住户"), anchor=False)
st.caption(_("同一小区里室号相同，只是门牌写法不同的，列在这里。是不是同一户，由您核对。"))
pairs_of_homes(homes)
request = decide_homes(homes) or request
if joined:
    st.subheader(_("已合并的住户"), anchor=False)
    request = merged_homes(joined) or request
run(user, request)
