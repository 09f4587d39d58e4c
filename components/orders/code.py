"""The resident's six digits, shown once to the worker who tells them."""

import streamlit as st

from components.acting import Request
from components.forms import Pressed, press
from components.wording import _
from db.actions.orders.orders import give_code
from db.queries.orders.page import OrderFacts
from db.terms import OrderState


def first_code(order_id: int) -> Request:
    """Draw the code of an order that was just taken."""
    return Request(Pressed(f"first_code.{order_id}"), give_code, values={"order_id": order_id})


def code_button(facts: OrderFacts) -> Request | None:
    """The button that draws a code, or a new one, until the resident confirms."""
    if facts.resident_confirmed_at is not None or facts.state is OrderState.CANCELLED or not facts.code_left:
        return None
    give = press("order.code", _("换一个确认码") if facts.has_code else _("发确认码给居民"), icon=":material/pin:")
    return Request(give, give_code, values={"order_id": facts.id}) if give else None


def show_code(code: str) -> None:
    """Show the code once, with what to say; a reload does not bring it back."""
    with st.container(border=True):
        st.metric(_("确认码（只显示这一次）"), f"{code[:3]} {code[3:]}")
        st.text(_("请告诉居民：“服务做完、您满意了，再把这六位数报给志愿者；记不住也没关系，我们会打电话问您。”"))
