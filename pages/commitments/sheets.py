"""Let the branch keep a quarter's sheets, the cards of this month's political birthdays, and the yearly reviews."""

from datetime import date
from functools import partial

import streamlit as st

from components.access import require
from components.acting import run
from components.address import filter_id, filter_view, id_in_address, pager, pick
from components.commitments.birthday_list import birthday_list, kind_form
from components.commitments.paper_buttons import word_button
from components.commitments.review_desk import open_form, review_list
from components.commitments.sheet_papers import PRINTED, birthday_cards, sheets_document
from components.commitments.sheets import desk_acts, quarter_words, sheet_list
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.commitments.birthdays import birthday_kind, birthdays_of
from db.queries.commitments.quarter import sheets
from db.queries.commitments.review import branches_to_open, reviews
from db.queries.commitments.wall import home_of
from db.queries.members.branches import branches
from db.rules.commitments.quarter import last_quarters, quarter_of
from db.rules.commitments.review import review_years
from db.rules.permissions import Actor, Permission

SHEETS, BIRTHDAYS, REVIEWS = "sheets", "birthdays", "reviews"
MONTHS = 12


def board(first: date, branch_id: int | None, actor: Actor) -> tuple[Paper, int]:
    """What was reviewed of the quarter, as this actor."""
    with reading(actor) as asking:
        found = sheets(asking, first, account_id=actor.id, today=day, branch_id=branch_id)
        home = home_of(asking, actor.community_id)
    return sheets_document(found, home, first), sum(1 for one in found if one.state in PRINTED)


def cards(month: int, branch_id: int | None, actor: Actor) -> tuple[Paper, int]:
    """A card for each member of the month, as this actor."""
    with reading(actor) as asking:
        kind = birthday_kind(asking)
        found = birthdays_of(asking, kind, day.year, month, branch_id=branch_id, today=day)
    return birthday_cards(found, kind), len(found.rows)


user = require(Permission.SEE_COMMITMENTS)
day, request = today(utc_now()), None
st.title(_("亮绩与生日"))
VIEWS = {SHEETS: _("季度亮绩"), BIRTHDAYS: _("政治生日")}
if user.may(Permission.RUN_REVIEW):
    VIEWS[REVIEWS] = _("民主评议")
view = filter_view("view", _("看哪些"), list(VIEWS), VIEWS.__getitem__, start=SHEETS, read=str)
with reading(user) as session:
    named = {one.id: one.name for one in branches(session)}
left, right = st.columns(2)
with left:
    branch_id = filter_id("branch", _("支部"), named)
if view == SHEETS:
    quarters = {one.first.isoformat(): one.first for one in last_quarters(day)}
    with right:
        chosen = pick("quarter", _("季度"), list(quarters), lambda one: quarter_words(quarters[one]), read=str,
                      everything=_("本季度"))  # fmt: skip
    first = quarters.get(chosen or "", quarter_of(day).first)
    with reading(user) as session:
        found = sheets(session, first, account_id=user.id, today=day, branch_id=branch_id)
    sheet_list(found, drafts=user.may(Permission.REVIEW_COMMITMENT))
    if user.may(Permission.MANAGE_WALL) and any(one.state in PRINTED for one in found):
        word_button(
            user, _("打印亮绩公示（Word）"), "quarter-sheets", partial(board, first, branch_id), key="paper.sheets"
        )
    if user.may(Permission.REVIEW_COMMITMENT):
        request = desk_acts(found, first)
elif view == REVIEWS:
    with reading(user) as session:
        page = reviews(session, branch_id=branch_id, before=id_in_address("before"))
        to_open = {year: branches_to_open(session, year) for year in review_years(day)}
    review_list(page.rows)
    pager(page.rows, page.more)
    request = open_form(to_open)
else:
    with right:
        wanted = pick("month", _("哪个月"), list(range(1, MONTHS + 1)), lambda one: _("{n} 月", n=one), read=int,
                      everything=_("本月"))  # fmt: skip
    month = wanted or day.month
    with reading(user) as session:
        kind = birthday_kind(session)
        listed = birthdays_of(session, kind, day.year, month, branch_id=branch_id)
    birthday_list(listed, kind)
    if user.may(Permission.MANAGE_WALL) and listed.rows:
        word_button(
            user, _("打印生日卡（Word）"), "birthday-cards", partial(cards, month, branch_id), key="paper.birthdays"
        )
    if user.may(Permission.MANAGE_SETTINGS):
        request = kind_form(kind)
run(user, request)
