"""四议两公开: the secretary of a rural community records each of the eight steps at a desk, two minutes a step."""

import streamlit as st

from components.access import require
from components.acting import asked, back_to_all, carry, enter, named_acts, now, older
from components.council.village import begin_form, matter_head, other_ways, step_form, village_paper, village_table
from components.projects.papers import word_button
from components.refusals import council as told_council  # noqa: F401 - give the refusals of this area their words
from components.refusals.shown import told_to_user
from components.request import Wish
from components.wording import _
from components.wording.dates import today
from db.actions.council.village import begin_matter, record_step, send_back, stop_matter, undo_step
from db.actions.exports import record_export
from db.engine import carry_out, reading
from db.queries.council.village import village_matter, village_matters
from db.rules.permissions import Actor, Permission
from db.terms import VillageState

user = require(Permission.SEE_VILLAGE)
runs, day, wanted = user.may(Permission.RUN_VILLAGE), today(now()), asked()
with told_to_user() as told, reading(user) as session:
    facts = village_matter(session, wanted, today=day) if wanted else None
    page = None if facts else village_matters(session, before=asked("before"))
    community = user.community_id
if not told.ok:
    st.stop()


def record(actor: Actor) -> None:
    """The record left the house as a file."""
    if community is not None:
        carry_out(actor, "", record_export, what="village", rows={community: 1}, filters={"matter": wanted})


wish: Wish | None = None
if facts is not None:
    back_to_all(_("全部事项"), key="all_village")
    matter_head(facts)
    if runs and facts.state is VillageState.RUNNING:
        wish = step_form(facts, day)
        wish = other_ways(facts) or wish
    if facts.records and runs and user.may(Permission.EXPORT):
        word_button(user, _("下载工作记录表(Word)"), facts.number, village_paper(facts), record)
elif page is not None:
    st.title(_("四议两公开"))
    enter(village_table(page.rows))
    older(page.rows, page.more)
    if runs:
        with st.expander(_("登记一件事项"), icon=":material/add:", expanded=not page.rows):
            wish = begin_form()
carry(user, wish, named_acts(begin_matter, record_step, send_back, stop_matter, undo_step))
