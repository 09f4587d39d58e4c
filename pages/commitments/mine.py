"""Let a member with a phone see the own promises, mark one as kept in two taps, or write a new one."""

import streamlit as st

from components.access import require
from components.acting import carried, note, run
from components.address import go
from components.commitments.birthday_list import own_birthday
from components.commitments.keeping import keep_form, promise_line
from components.commitments.list import own_list
from components.commitments.paper_buttons import word_button
from components.commitments.pledge_paper import pledges_document
from components.commitments.promise import last_years, write_form
from components.commitments.review_member import own_review
from components.commitments.sheets import own_sheet
from components.detail import new, title_row
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import today
from db.actions.commitments.commitments import follow_the_days, write_commitment
from db.engine import reading, utc_now
from db.queries.commitments.birthdays import birthday_kind, birthdays_of
from db.queries.commitments.commitments import is_member, own_commitments
from db.queries.commitments.due import anything_moves
from db.queries.commitments.own_review import own_reviews
from db.queries.commitments.pledges import pledges
from db.queries.commitments.quarter import sheets_to_confirm
from db.rules.commitments.life import BEING_KEPT
from db.rules.permissions import Actor, Permission

OPEN_CARDS = 5


def print_pledge(actor: Actor) -> tuple[Paper, int]:
    """The own pledge of this year."""
    year = today(utc_now()).year
    with reading(actor) as asking:
        found = pledges(asking, year=year, account_id=actor.id)
    return pledges_document(found, year), len(found)


user = require(Permission.MAKE_COMMITMENT)
day, request = today(utc_now()), None
title = title_row(_("我的承诺"))
with reading(user) as session:
    belongs = is_member(session, user.id)
    moves = belongs and anything_moves(session, today=day)
if not belongs:
    st.info(_("您的账号还没有关联党员名册。请联系社区，在“党员名册”里关联后再来写承诺。"), icon=":material/link:")
    st.stop()
if moves:
    note(user, follow_the_days)
with reading(user) as session:
    mine = own_commitments(session, user.id, today=day)
    to_confirm = sheets_to_confirm(session, user.id, today=day)
    reviewed = own_reviews(session, user.id)
    kind = birthday_kind(session)
    birthday = birthdays_of(session, kind, day.year, day.month, account_id=user.id)
own_birthday(birthday, kind)
for sheet in to_confirm:
    request = own_sheet(sheet) or request
for own in reviewed:
    request = own_review(own) or request
due = [one for one in mine if one.state in BEING_KEPT and one.standing and one.standing.current]
for one in due[:OPEN_CARDS]:
    with st.container(border=True):
        promise_line(one, day)
        request = keep_form(one, day) or request
own_list(mine)
if mine:
    word_button(
        user,
        _("打印我的承诺书（Word）"),
        "pledge",
        print_pledge,
        key="paper.pledge",
        permission=Permission.MAKE_COMMITMENT,
    )
with title, new(_("写一项承诺"), "edit_note") as menu:
    if menu.open:
        request = write_form(day, None, last_years(mine, day)) or request
if request and request.act is write_commitment:
    # A draft is handed in where it stands whole.
    if written := carried(user, request):
        go("commitment", id=written.result)
else:
    run(user, request)
