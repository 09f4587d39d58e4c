"""The links between a need and its orders."""

from collections.abc import Sequence

import streamlit as st

from components.orders.words import service_name
from components.wording import _, safe
from components.wording.terms import term
from db.queries.orders.callers import NeedOrder
from db.queries.orders.page import OrderFacts


def order_links(orders: Sequence[NeedOrder]) -> None:
    """Link to the orders of a need, newest first."""
    for one in orders:
        said = _("订单 {number}", number=safe(one.number))
        label = f"{said} · {safe(service_name(one))} · {term(one.state)}"
        st.page_link("orders/order.py", label=label, icon=":material/receipt_long:", query_params={"id": str(one.id)})


def to_order(need_id: int, orders: Sequence[NeedOrder]) -> None:
    """Link to the order form when the need has no running order."""
    if not any(one.running for one in orders):
        label, need = _("下订单，派志愿者"), {"need": str(need_id)}
        st.page_link("orders/new.py", label=label, icon=":material/send:", query_params=need)


def need_link(facts: OrderFacts) -> None:
    """Link to the need that an order came from, if it came from one."""
    if facts.need_id:
        label, need = _("来自需求 {number}", number=safe(facts.need_number)), {"id": str(facts.need_id)}
        st.page_link("needs/need.py", label=label, icon=":material/link:", query_params=need)
