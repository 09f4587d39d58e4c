"""Let a volunteer with a phone in one hand say yes or no in five seconds, find the door, and finish with six digits.

Only what is asked of this helper, and what this helper promised and did; the exact door comes after accepting.
"""

import streamlit as st

from components.access import require
from components.acting import carry, named_acts, now
from components.orders.turns import contest_form, history, myself, not_any_more, offer_card, turn_card
from components.refusals import orders as told_orders  # noqa: F401 - gives the refusals of this area their words
from components.wording import _
from components.wording.dates import today
from db.actions.orders import offers as order_offers
from db.actions.orders import ratings as order_ratings
from db.actions.orders import service as order_service
from db.engine import reading
from db.queries.orders.mine import called_off, done_by, me, offers_to, promised_by, swaps_to
from db.rules.permissions import Permission

ACTS = named_acts(
    *(order_offers.accept_offer, order_offers.decline_offer, order_offers.ask_swap, order_offers.accept_swap),
    *(order_offers.refuse_swap, order_service.start_service, order_service.finish_service),
    *(order_service.confirm_by_code, order_ratings.contest_rating),
)
CARDS = 6
"""Cards on the screen at once; the rest follows as these are answered."""

user = require(Permission.SEE_MY_ORDERS)
day, wish = today(now()), None
st.title(_("我的接单"))
with reading(user) as session:
    entry = me(session, user.id)
    offers = offers_to(session, user.id) if entry else ()
    promised = promised_by(session, user.id) if entry else ()
    swaps = swaps_to(session, entry, user.community_id) if entry else ()
    done = done_by(session, user.id) if entry else ()
    gone = called_off(session, user.id, now=now()) if entry else ()
if entry is None:
    st.info(_("您的账号还没有关联志愿者登记。请联系社区,在“志愿者”里关联后再来接单。"), icon=":material/link:")
    st.stop()
myself(entry)
not_any_more(gone)
if not (offers or swaps or promised):
    st.info(_("现在没有派给您的单。有单时“今日”会提醒您。"), icon=":material/inbox:")
if offers or swaps:
    st.subheader(_("请您去"), anchor=False)
for turn in (*offers, *swaps)[:CARDS]:
    wish = offer_card(turn, day, swap=turn in swaps) or wish
if promised:
    st.subheader(_("我要去的"), anchor=False)
for turn in promised[: max(2, CARDS - len(offers) - len(swaps))]:
    wish = turn_card(turn, day, entry.desk_phone) or wish
st.subheader(_("我做过的"), anchor=False)
history(done)
wish = contest_form(done) or wish
carry(user, wish, ACTS)
