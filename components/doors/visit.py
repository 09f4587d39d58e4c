"""走访登记: the form of one knock on the door that is chosen above it, and the needs that come out of the visit."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from components.acting import Request, sent
from components.address import clear_address, to_address
from components.doors.choice import Slots, next_door
from components.forms import Filling, form
from components.needs.form import NewNeed, need_as_sent, stored
from components.wording import _
from db.actions.doors.visits import log_visit
from db.actions.needs.needs import log_need
from db.rules.doors.door import DoorInput
from db.rules.doors.visit_input import VisitInput
from db.terms import VisitOutcome


def visit_form(door: DoorInput, where: str, slots: Slots, today: date) -> Request | None:
    """The form that logs a visit; `where` describes a place without a numbered door, `slots` are the door's."""
    with form("visit", border=False) as filling:
        outcome = filling.choice("outcome", _("见到人了吗"), list(VisitOutcome), few=True, wide=True)
        with st.expander(_("更多：备注、补录日期"), icon=":material/more_horiz:"):
            note = filling.words("note", _("备注"), height=80)
            on = filling.day("on", _("走访日期（补录时改）"), start=today)
        pressed = filling.submit(_("保存走访"), icon=":material/save:", wide=True)
    filling.slots |= slots
    values = {"given": VisitInput(outcome, where_text=where, note=note, on=on), "door": door}
    return Request(filling, log_visit, _("走访已保存"), values, after=partial(_stored, outcome)) if pressed else None


def _stored(outcome: VisitOutcome | None, visit: Mapping[str, object]) -> None:
    """After 未遇 the worker chooses the next door, otherwise asks for the needs of this visit."""
    next_door()
    clear_address()
    if outcome is not VisitOutcome.NOT_IN:
        to_address("visit", visit["visit_id"])


def need_sent(name: str, visit_id: int | None) -> Request | None:
    """What the form of a need asks for that this run was sent with, before anything is drawn."""
    filling = sent(name)
    return need_request(filling, need_as_sent(filling, visit_id)) if filling else None


def need_request(filling: Filling, fields: NewNeed) -> Request:
    """Log the need of the form; the address then names it, so that a photo can be added to it."""

    def after(need: Mapping[str, object]) -> None:
        stored(filling, fields["given"].category_id)
        to_address("logged", need["id"])

    said = lambda need: _("已记下 {number}", number=need["number"])  # noqa: E731
    return Request(filling, log_need, said, fields, after=after)
