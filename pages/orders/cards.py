"""Let a worker print a household's 便民联系卡 and 回音单, and say who may be called: at the desk before a visit.

Found by its door in four choices, or by one press among those that have helpers; the card comes out in ten seconds,
the slip too. Names and telephones stand on the card by consent alone, read at the moment of printing.
"""

from functools import partial

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import id_in_address, pager, to_address
from components.file_tickets import hand_out, show_file
from components.orders import card_desk as desk
from components.orders.answer_paper import answer_slip
from components.orders.caller import caller_words, choose_caller, forget_caller
from components.orders.card_papers import contact_card, must_fit
from components.papers.word import WORD
from components.refusals.shown import refusals_shown
from components.wording import _, safe
from components.wording.dates import today
from db.actions.orders.pairings import record_paper
from db.engine import reading, utc_now
from db.errors import Refused
from db.queries.doors.households import rooms, stairwells
from db.queries.needs.answer_slip import slip_lines
from db.queries.needs.needs import frame
from db.queries.orders.callers import callers
from db.queries.orders.handed import cards_to_fetch
from db.queries.orders.pairings import CardHome, card_home, card_lines, paired_homes, pairings_of, volunteers_to_pair
from db.rules.permissions import Actor, Permission

user = require(Permission.PRINT_CARDS)
on = today(utc_now())


def find_home() -> int | None:
    """The household of a person found by the whole name, or behind a door; None until it is chosen."""
    with reading(user) as session:
        words = caller_words()
        if caller := choose_caller(words, callers(session, words=words)):
            forget_caller()
            to_address("household", caller.household_id)
            st.rerun()
        here = frame(session, None)
        place = desk.choose_place(here.places) if here else None
        if place is None:
            return None
        building, stairwell = desk.choose_stairwell(stairwells(session, place))
        if building is None or stairwell is None:
            return None
        return desk.choose_room(rooms(session, place, building, stairwell))


def paper(wanted: desk.Print, household_id: int, actor: Actor) -> bytes:
    """The card or the slip as this actor; the log keeps it before the bytes are given."""
    with reading(actor) as session:
        home = card_home(session, household_id, today=today(utc_now()))
        if home is None:
            raise Refused("household_restricted")
        card = wanted.what == "contact_card"
        printed = card_lines(session, household_id) if card else ()
        matters = () if card else slip_lines(session, household_id, wanted.period)
    # Whom the card names is kept: it is found again when one of them takes the consent back.
    named = {"named": [one.volunteer_id for one in printed if one.name]}
    filters = {"large": wanted.large} | (named if card else {"since": str(wanted.period.start)})
    lines = len(printed) + len(matters)
    note(actor, record_paper, what=wanted.what, household_id=household_id, rows=lines, filters=filters)
    if card:
        return contact_card(home, printed, large=wanted.large)
    return answer_slip(home, matters, wanted.period, today(utc_now()), large=wanted.large, worker=actor.name)


def hand_over(home: CardHome, wanted: desk.Print | None) -> None:
    if wanted is None:
        return
    with refusals_shown(wanted.at), reading(user) as session:
        if wanted.what == "contact_card":
            must_fit(home, card_lines(session, home.id), large=wanted.large)
        hand_out(user, f"{wanted.title}-{on:%Y%m%d}.docx", WORD, partial(paper, wanted, home.id))


st.title(_("联系卡与回音单"))
household = id_in_address("household") or find_home()
if household is None:
    st.caption(_("选到门牌，就能看到这一户的联系人，打印联系卡和回音单。"))
    with reading(user) as session:
        paired = paired_homes(session, before=id_in_address("before"))
        out = cards_to_fetch(session)
    desk.cards_out(out)
    desk.homes_table(paired.rows)
    pager(paired.rows, paired.more)
    st.stop()
with reading(user) as session:
    home = card_home(session, household, today=on)
    helpers = pairings_of(session, household) if home else ()
    out = cards_to_fetch(session, named=[one.volunteer_id for one in helpers if not one.consent_id])
if home is None:
    st.info(_("没有找到这一户：可能由专人联系，或不属于您的社区。"), icon=":material/info:")
desk.leave_home()
if home is None:
    st.stop()
to_address("household", home.id)
st.header(safe(home.label), anchor=False)
desk.helpers_table(helpers)
desk.cards_out(out)
hand_over(home, desk.print_card(home, helpers))
st.header(_("回音单"), anchor=False)
hand_over(home, desk.print_slip(home, on))
show_file()
with st.expander(_("添加联系人"), icon=":material/person_add:", expanded=not helpers):
    with reading(user) as session:
        volunteers = volunteers_to_pair(session, home.id)
    run(user, desk.add_helper(home, volunteers))
if helpers:
    with st.expander(_("同意与结束结对"), icon=":material/verified_user:"):
        run(user, desk.change_helper(helpers, on))
with st.expander(_("社区服务台电话"), icon=":material/call:", expanded=not home.desk_phone):
    run(user, desk.desk_phone(home))
