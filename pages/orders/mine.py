"""Let a volunteer with a phone in one hand say yes or no in five seconds, find the door, and finish with six digits.

Only what is asked of this helper, and what this helper promised and did; the exact door comes after accepting.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.orders.turns import contest_form, history, myself, not_any_more, offer_card, turn_card
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.orders.mine import called_off, done_by, me, offers_to, promised_by, swaps_to
from db.rules.permissions import Permission

CARDS = 6
"""Cards on the screen at once; the rest follows as these are answered."""

user = require(Permission.SEE_MY_ORDERS)
day, request = today(utc_now()), None
st.title(_("我的接单"))
with reading(user) as session:
    entry = me(session, user.id)
    offers = offers_to(session, user.id) if entry else ()
    promised = promised_by(session, user.id) if entry else ()
    swaps = swaps_to(session, entry, user.community_id) if entry else ()
    done = done_by(session, user.id) if entry else ()
    gone = called_off(session, user.id, now=utc_now()) if entry else ()
if entry is None:
    st.info(_("您的账号还没有关联志愿者登记。请联系社区，在“志愿者”里关联后再来接单。"), icon=":material/link:")
    st.stop()
myself(entry)
not_any_more(gone)
if not (offers or swaps or promised):
    st.info(_("现在没有派给您的单。有单时“今日”会提醒您。"), icon=":material/inbox:")
if offers or swaps:
    st.header(_("请您去"), anchor=False)
for turn in (*offers, *swaps)[:CARDS]:
    request = offer_card(turn, day, swap=turn in swaps) or request
if promised:
    st.header(_("我要去的"), anchor=False)
for turn in promised[: max(2, CARDS - len(offers) - len(swaps))]:
    request = turn_card(turn, day, entry.desk_phone) or request
st.header(_("我做过的"), anchor=False)
history(done)
request = contest_form(done) or request
run(user, request)
