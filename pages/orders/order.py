"""Let a secretary or worker with the telephone in hand move an order on: the next step on top, its whole life below."""

import streamlit as st

from components.access import require
from components.acting import Request, carried, note, run, show
from components.address import back_to_opener, object_in_address
from components.asking import unfolding
from components.detail import columns, more, not_there
from components.doors.own import door_words
from components.orders.code import code_button, show_code
from components.orders.links import need_link
from components.orders.page import (
    about,
    has_side_forms,
    life,
    look_form,
    next_form,
    order_head,
    other_helper,
    show_clear,
    side_forms,
)
from components.orders.slip_desk import give_slip, show_slip, slip_form
from components.orders.slip_paper import order_slip
from components.photo_box import photo_box
from components.projects.papers import word_button
from components.wording import _, heading
from components.wording.dates import today
from db.actions.exports import record_export
from db.actions.orders.orders import drawn_code
from db.engine import reading, utc_now
from db.errors import Refused
from db.queries.doors.own import own_door
from db.queries.orders.dispatch import candidates
from db.queries.orders.page import order_facts, order_originals
from db.queries.orders.slip import slip_names
from db.queries.photos import photos_of
from db.queries.volunteers.openings import candidates as people_by_words
from db.rules.permissions import Actor, Permission
from db.terms import OrderState

ASKING = (OrderState.WAITING, OrderState.TAKEN, OrderState.IN_SERVICE, OrderState.DONE, OrderState.CONFIRMED)
"""Where the next step is a form."""

user = require(Permission.SEE_ORDERS)
works, order_id = user.may(Permission.DISPATCH_ORDER), object_in_address() or 0
with reading(user) as session:
    facts = order_facts(session, order_id, now=utc_now())
    waits = facts is not None and works and facts.state is OrderState.TAKEN
    found = candidates(session, order_id, now=utc_now(), most=6) if waits else ()
    own = own_door(session, order_id=order_id) if facts else None
    photos = photos_of(session, order_id=facts.id) if facts and user.may(Permission.SEE_PHOTO) else ()
back_to_opener("orders/orders.py", heading("订单"))
if facts is None:
    not_there("order", heading("订单"))


def record(actor: Actor, **more: bool) -> None:
    """The slip left the house as a file; people in it are masked unless it says `masked=False`."""
    if actor.community_id is not None:
        note(actor, record_export, what="order", rows={actor.community_id: 1}, filters={"order": order_id}, **more)


def slip_with_door(actor: Actor) -> bytes:
    """The slip for the helper who goes, as this actor, who left a reason; the log keeps that it was not masked."""
    with reading(actor) as asking:
        order, names = order_facts(asking, order_id, now=utc_now()), slip_names(asking, order_id, now=utc_now())
    if order is None or names is None:
        raise Refused("slip_over")
    content = order_slip(order, names)()
    record(actor, masked=False)
    return content


order_head(facts, user)
door = door_words(user, own)
request: Request | None = None
acts, story = columns()
with acts:
    if works:
        request = next_form(facts, found, today(utc_now()), settles=user.may(Permission.SETTLE_ORDER_CASE))
        if facts.state is OrderState.TAKEN:
            with unfolding(_("另找一位志愿者"), "person_search", f"order.other.{facts.id}") as fold:
                if fold.open:
                    typed = st.text_input(_("编号或特长"), key="order.find", placeholder=_("例如：电工"))
                    with reading(user) as session:
                        people = people_by_words(session, words=typed) if typed.strip() else []
                    request = other_helper(facts, people) or request
    if not works or facts.state not in ASKING:
        about(facts, door)
        need_link(facts)
    if works:
        with st.container(horizontal=True):
            look, give, take = look_form(facts.id), code_button(facts), slip_form(facts)
            word_button(user, _("下载派单受理回复单（Word）"), facts.number, order_slip(facts), record)
            if has_side_forms(facts):
                with more() as menu:
                    if menu.open:
                        request = side_forms(facts) or request
        if give and (drawn := carried(user, give)):
            show_code(drawn_code(facts.id, drawn.result))
        if take and carried(user, take):
            give_slip(user, facts.number, slip_with_door)
        show_slip()
        show(user, look, lambda session, _trace: order_originals(session, order_id, now=utc_now()), show_clear)
with story:
    if works and facts.state in ASKING:  # beside a long form the story alone would be short
        about(facts, door)
        need_link(facts)
    if user.may(Permission.SEE_PHOTO):
        request = photo_box(photos, may_add=user.may(Permission.ADD_PHOTO), order_id=facts.id) or request
    st.header(_("全过程"), anchor=False)
    life(facts)
run(user, request)
