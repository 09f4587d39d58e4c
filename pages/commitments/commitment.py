"""Let a member or the branch see one promise whole: what, how it stands, what happened, and take the next step."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import back_to_opener, object_in_address
from components.commitments.card import happenings, promise_facts, promise_head, review_word
from components.commitments.hand_out import hand_out_form, show_handed
from components.commitments.judging import judging_acts, judging_part
from components.commitments.keeping import keep_form, keeping_acts, keeping_list, missed_forms
from components.commitments.promise import acts, rare_acts, typed
from components.detail import columns, not_there
from components.public_address import own_address
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.commitments.commitments import commitment
from db.queries.commitments.judging import judged
from db.rules.commitments.life import BEING_KEPT
from db.rules.permissions import Permission

user = require(Permission.READ_COMMITMENT)
day, request = today(utc_now()), None
staff, reviews = user.may(Permission.SEE_COMMITMENTS), user.may(Permission.REVIEW_COMMITMENT)
if staff:
    back_to_opener("commitments/commitments.py", _("党员承诺"))
else:
    back_to_opener("commitments/mine.py", _("我的承诺"))
wanted = object_in_address()
with reading(user) as session:
    card = commitment(session, wanted or 0, account_id=user.id, today=day, own=not staff)
    words = judged(session, card.row.id, staff=staff) if card else None
if card is None or words is None:
    not_there("commitment", _("党员承诺") if staff else _("我的承诺"))
makes = user.may(Permission.MAKE_COMMITMENT) and (card.row.own or reviews)
promise_head(card.row, day, makes=makes)
review_word(card)
right, left = columns()
with right:
    request = acts(card.row, typed(card), day, makes=makes, reviews=reviews)
    if makes and card.row.state in BEING_KEPT:
        with st.container(border=True):
            st.markdown(f"**{_('记一次践诺')}**")
            request = keep_form(card.row, day) or request
    if makes:
        request = missed_forms(card) or request
    if reviews:
        request = judging_acts(card.row, words) or request
    promise_facts(card)
    if makes:
        show_handed(user, card.row, own_address(st.context.url or ""))
        request = hand_out_form(card, day) or request
        request = rare_acts(card.row, typed(card), day) or request
with left:
    judging_part(card.row, words)
    keeping_list(card)
    request = keeping_acts(card, reviews=reviews, keeps=makes) or request
    st.header(_("经过"), anchor=False)
    happenings(card)
run(user, request)
