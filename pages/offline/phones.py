"""Pair a phone with the worker's account by a QR, stop one that is lost, and settle what two people changed.

An area worker at a desk, phone in hand: paired in twenty seconds. The secretary sees the phones of the community and
stops any of them in ten; a conflict is one press.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.offline.board import (
    code_to_scan,
    conflicts_board,
    forget_ticket,
    pair_button,
    phones_table,
    stop_form,
    ticket,
)
from components.public_address import own_address
from components.wording import _
from db.actions.offline.phones import new_ticket
from db.engine import reading, utc_now
from db.queries.offline.phones import conflicts, phones, ticket_waits
from db.rules.permissions import Permission

user = require(Permission.PAIR_PHONE)
with reading(user) as session:
    found = phones(session, user, now=utc_now())
    waiting = conflicts(session, user)
    waits = bool(ticket()) and ticket_waits(session, user.id, now=utc_now())
if ticket() and not waits:
    forget_ticket()

st.title(_("离线走访手机"))
st.text(_("配对的手机没有网络也能登记走访，联网后自动上传。手机里没有姓名和电话；丢了，在这里停用。"))
request = None
if waits:
    code_to_scan(f"{own_address(st.context.url or '')}/door/pair/{ticket()}")
    if st.button(_("已扫码，刷新"), icon=":material/refresh:", key="door_scanned"):
        st.rerun()
else:
    request = pair_button(new_ticket())
request = conflicts_board(waiting) or request
phones_table(found, all_of_them=user.may(Permission.SEE_EVERY_PHONE))
request = request or stop_form(found)
run(user, request)
