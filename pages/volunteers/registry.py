"""Let staff find a volunteer by number or skill at a desk in five seconds, register one, and put wrong hours right."""

import streamlit as st

from components.access import require
from components.acting import asked, carry, keep, named_acts, older
from components.filters import filter_by, filter_id, filter_words
from components.refusals import projects as told_projects  # noqa: F401 - gives the refusals of this area their words
from components.request import Wish
from components.volunteers.registry import (
    card_forms,
    card_of,
    register_form,
    squad_form,
    squad_table,
    sums_line,
    volunteer_list,
)
from components.wording import _
from db.actions.volunteers import volunteers
from db.actions.volunteers.activities import correct_service
from db.engine import reading
from db.queries.volunteers.volunteers import accounts_to_link, registry, registry_sums, squads, volunteer_card
from db.rules.permissions import Permission
from db.terms import VolunteerKind

ACTS = named_acts(
    *(volunteers.register_volunteer, volunteers.amend_volunteer, volunteers.link_account),
    *(volunteers.found_squad, volunteers.join_squad, correct_service),
)

user = require(Permission.SEE_VOLUNTEERS)
manages = user.may(Permission.MANAGE_VOLUNTEERS)
st.title(_("志愿者"))
wish: Wish | None = None
with reading(user) as session:
    sums, teams = registry_sums(session), squads(session)
    chosen = asked()
    card = volunteer_card(session, chosen) if chosen else None
    accounts = dict(accounts_to_link(session, card.id)) if card and manages else {}

if card:
    if st.button(_("回到名册"), key="volunteers.back", icon=":material/arrow_back:"):
        st.query_params.clear()
        st.rerun()
    card_of(card)
    if manages:
        wish = card_forms(card, teams, accounts)
else:
    sums_line(sums)
    left, middle, right = st.columns(3)
    with left:
        words = filter_words(_("查找"), _("编号或特长,例如:电工"))
    with middle:
        kind = filter_by("kind", _("类型"), list(VolunteerKind))
    with right:
        squad_id = filter_id("squad", _("队伍"), {squad.id: squad.name for squad in teams})
    with reading(user) as session:
        page = registry(session, words=words, kind=kind, squad_id=squad_id, before=asked("before"))
    opened = volunteer_list(page.rows)
    older(page.rows, page.more)
    if opened:
        keep("id", opened)
        st.rerun()
    if manages:
        with st.expander(_("登记志愿者"), icon=":material/person_add:"):
            wish = register_form()
    with st.expander(_("志愿服务队({n} 支)", n=len(teams)), icon=":material/groups:"):
        squad_table(teams)
        if manages:
            wish = squad_form() or wish
carry(user, wish, ACTS)
