"""Show the secretary and the workers at a desk what waits in the order service, in ten seconds: late ones first.

From here one press leads to an order, a new one, or the words for a call about a late one.
"""

import streamlit as st

from components.access import require
from components.acting import note
from components.address import filter_switch, filters, id_in_address, pager
from components.detail import new_page, title_row
from components.orders.figures import figures
from components.orders.list import case_list, choose_service, choose_view, order_counts_cards, order_list, urge_list
from components.wording import _, heading
from components.wording.dates import today
from db.actions.orders.series import make_turns
from db.engine import reading, utc_now
from db.queries.orders.figures import order_figures
from db.queries.orders.orders import catalogue, order_counts, orders, to_urge
from db.queries.orders.page import cases
from db.queries.orders.series import turns_due
from db.rules.permissions import Permission

user = require(Permission.SEE_ORDERS)
moment, takes = utc_now(), user.may(Permission.TAKE_ORDER)
day = today(moment)
if takes:
    with reading(user) as session:
        due = turns_due(session, today=day)
    if due:
        note(user, make_turns)
title = title_row(heading("订单"))
if takes:
    with title:
        new_page(_("点单：登记新订单"), "orders/new.py", "add_shopping_cart")
with reading(user) as session:
    services = catalogue(session)
above = st.container()
view = choose_view()
with filters(), st.container(horizontal=True, vertical_alignment="bottom"):
    service = choose_service(services)
    mine = takes and filter_switch("mine", _("只看我登记的"))
made_by = user.id if mine else None
with reading(user) as session:
    counts = order_counts(session, now=moment, service_id=service, made_by=made_by)
with above:
    order_counts_cards(counts)
if view == "cases":
    with reading(user) as session:
        waiting = cases(session, service_id=service, made_by=made_by)
    case_list(waiting)
else:
    with reading(user) as session:
        page = orders(
            session,
            now=moment,
            view=view,
            service_id=service,
            made_by=made_by,
            before=id_in_address("before"),
        )
    order_list(page.rows)
    pager(page.rows, page.more)
if view == "late" and takes:
    st.header(_("催办：打电话这样说"), anchor=False)
    with reading(user) as session:
        late = to_urge(session, now=moment, service_id=service, made_by=made_by)
    urge_list(late)
if st.toggle(_("看一年的数字：场次、满意度、回访率"), key="orders.figures_open"):
    with reading(user) as session:
        year = order_figures(session, today=day)
    figures(year)
