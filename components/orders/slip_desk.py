"""派遣受理回复单 on the page of an order: masked for the file, with the door for the helper who goes."""

from collections.abc import Callable

import streamlit as st

from components.acting import Request
from components.asking import Folded
from components.file_button import PRESSED
from components.file_tickets import hand_out, show_file
from components.forms import form
from components.papers.word import WORD
from components.wording import _
from db.actions.orders.orders import unmask_order
from db.queries.orders.page import OrderFacts
from db.queries.orders.slip import GOES
from db.rules.permissions import Actor
from db.terms import AssignmentState

KEY = "paper.order.door"


def slip_form(facts: OrderFacts) -> Request | None:
    """The form that asks why the slip with the door is printed; only while a helper has accepted and is not done."""
    if facts.state not in GOES or facts.live is None or facts.live.state is not AssignmentState.ACCEPTED:
        return None
    with (
        Folded(_("打印给志愿者带走（含门牌）"), icon=":material/door_front:"),
        form(f"slip_door.{facts.id}", border=False) as filling,
    ):
        st.text(_("印门牌和居民的姓，志愿者同意过的印全名。请当面交给去的人，服务后收回。"))
        reason = filling.line("reason", _("为什么要印？"), help=_("会留下记录，两分钟内可下载。"))
        pressed = filling.submit(_("打印"))
    return Request(filling, unmask_order, values={"order_id": facts.id, "reason": reason}) if pressed else None


def give_slip(user: Actor, number: str, make: Callable[[Actor], bytes]) -> None:
    """Hand out the slip that was asked for; `make` reads the names and writes down that they left the house."""
    st.session_state[PRESSED] = KEY
    hand_out(user, f"{number}-{_('派单')}.docx", WORD, make)


def show_slip() -> None:
    """The link to the slip, while it lives and no other file was asked for since."""
    if st.session_state.get(PRESSED) == KEY:
        show_file()
