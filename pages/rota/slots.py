"""Let a volunteer who is free find a slot that suits and take it with two taps; own turns go back or are swapped."""

from functools import partial

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_opener, id_in_address
from components.rota.mine import choose_slots, choose_view, one_slot, one_turn, slot_list, swap_cards, turn_list
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.rota import mine
from db.rules.permissions import Permission

user = require(Permission.TAKE_SLOT)
now = utc_now()
back_to_opener("today/my_service.py", _("我的服务"))
st.title(_("找班次"))
with reading(user) as session:
    me = mine.myself(session, user.id)
    turns = mine.my_turns(session, me, now=now) if me else ()
    busy = mine.what_i_have(session, me, now=now) if me else ()
    asked = mine.swaps_asked(session, me, user.community_id, now=now, busy=busy) if me else ()
if me is None:
    st.info(_("您的账号还没有关联志愿者登记。请联系社区，在“志愿者”里关联后再来认领。"), icon=":material/link:")
    st.stop()
if me.ended:
    st.info(_("您的志愿服务已经结束，不能再认领。想回来请联系社区。"), icon=":material/info:")
    st.stop()
slot_id, turn_id = id_in_address("slot"), id_in_address("turn")
own = next((one for one in turns if one.id == turn_id), None)
if slot_id is not None:
    with reading(user) as session:
        slot = mine.one_slot(session, me, slot_id, now=now)
    if slot is not None:
        run(user, one_slot(slot, me.skills))
        st.stop()
if own is not None:
    with reading(user) as session:
        found = mine.partners(session, me, own.id, now=now)
    run(user, one_turn(own, found, now))
    st.stop()
if choose_view(len(turns), len(asked)) == "mine":
    request = swap_cards(asked)
    turn_list(turns, now)
    run(user, request)
else:
    if not me.free_slots:
        st.caption(_("社区还没有登记您哪些时间有空；告诉社区后，合适的班会排在前面。"))
    skip = id_in_address("skip") or 0
    with reading(user) as session:
        shown = choose_slots(partial(mine.open_slots, session, me, now=now, skip=skip, busy=busy), today(now))
    slot_list(shown, skip)
