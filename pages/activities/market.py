"""Let a secretary staff a market day in one sitting, see the count come in, and close it: gaps in red, totals live.

Without an id: the market days. Stalls, people, the tally and the papers are views of one day.
"""

import streamlit as st

from components.access import fragment, require
from components.acting import Request, carried, note, run
from components.activities.market import again_form, day_list, figures, market_head, stall_forms, stall_table
from components.activities.market_papers import has_slips, helper_slips, stall_list, stall_signs
from components.activities.market_staff import leave_form, people_table, place_form, stall_to_staff
from components.activities.market_tally import close_form, correct_form, link_forms, tally_table
from components.address import back_to_list, filter_view, go, id_in_address, object_in_address, pager
from components.detail import new, title_row
from components.projects.papers import word_button
from components.public_address import own_address, printed_address
from components.refusals.shown import sentence
from components.wording import N_, _
from db.actions.exports import record_export
from db.engine import reading
from db.errors import NotFound
from db.queries.activities.market import MarketFacts, market_days, market_facts
from db.queries.activities.market_turns import days_to_copy, names_on_paper, usual_helpers
from db.queries.volunteers.openings import candidates
from db.rules.permissions import Actor, Permission
from db.terms import ActivityState

VIEWS = {"stalls": N_("摊位"), "people": N_("人员"), "tally": N_("计数"), "papers": N_("打印")}
EVERY = 5
"""Seconds between two looks at the count."""

user = require(Permission.SEE_MARKET)
runs, chosen = user.may(Permission.RUN_MARKET), object_in_address()
request: Request | None = None


@fragment(Permission.SEE_MARKET, run_every=EVERY)
def live(actor: Actor, activity_id: int) -> None:
    """The count as it comes in."""
    with reading(actor) as session:
        found = market_facts(session, activity_id)
    if found is not None:
        figures(found)
        tally_table(found)


def papers(facts: MarketFacts) -> None:
    """The sheets of the day; people on them are named by consent or surname."""
    with reading(user) as session:
        names = names_on_paper(session, facts.id)
    day = facts.on.isoformat()

    def record(actor: Actor) -> None:
        if user.community_id is not None:
            note(actor, record_export, what="market", rows={user.community_id: 1}, filters={"activity": facts.id})

    word_button(user, _("摊位表（A4）"), f"{day}-stalls", stall_list(facts, names), record)
    word_button(user, _("摊位牌（一摊一张）"), f"{day}-signs", stall_signs(facts), record)
    if not has_slips(facts):
        st.caption(_("志愿者小条印着计数二维码：先在“计数”里生成各摊的计数地址。"))
    elif runs and (here := printed_address(st.context.url)):
        word_button(user, _("志愿者小条（带计数二维码）"), f"{day}-slips", helper_slips(facts, names, here), record)


with reading(user) as session:
    facts = market_facts(session, chosen) if chosen else None
if facts is None:
    title = title_row(_("便民集市"))
    if chosen is not None:
        st.warning(sentence(NotFound(what="activity", id=chosen)))
    with reading(user) as session:
        page = market_days(session, before=id_in_address("before"))
        held = days_to_copy(session) if runs else {}
    day_list(page.rows)
    pager(page.rows, page.more)
    if held:
        with title, new(_("再办一场")) as menu:
            if menu.open:
                request = again_form(held, page.rows[0].title if page.rows else "")
    if request and (done := carried(user, request)):
        go("market", id=done.result, view="people")
    st.stop()

back_to_list(_("全部集市"), "id", "view", "do")
market_head(facts)
# While it is counted, the figures stand beside the count: what is drawn above the views is as old as the page.
above = st.container()
view = filter_view("view", _("看什么"), list(VIEWS), lambda one: _(VIEWS[one]), start="stalls", read=str)
plans = runs and facts.closed_at is None and facts.state is not ActivityState.CANCELLED
if view != "tally":
    with above:
        figures(facts)
if view == "people":
    people_table(facts)
    if plans and facts.live:
        stall = stall_to_staff(facts)
        words = st.text_input(_("查找志愿者"), key="market.find", placeholder=_("编号或特长，例如：电工"))
        with reading(user) as session:
            usual = usual_helpers(session, facts.id, stall.item)
            found = candidates(session, words=words, on=facts.on) if words.strip() or not usual else []
        request = place_form(facts, stall, usual, found)
        request = leave_form(facts) or request
elif view == "tally":
    live(facts.id)
    if plans:
        request = link_forms(facts, own_address(st.context.url or ""))
    if user.may(Permission.CLOSE_MARKET) and facts.state is not ActivityState.CANCELLED:
        request = (close_form(facts) if facts.closed_at is None else None) or request
        request = correct_form(facts) or request
elif view == "papers":
    papers(facts)
else:
    stall_table(facts)
    if plans:
        with reading(user) as session:
            others = days_to_copy(session, facts.id)
        request = stall_forms(facts, others)
run(user, request)
