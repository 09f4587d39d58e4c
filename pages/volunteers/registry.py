"""Let staff find a volunteer by number or skill at a desk in five seconds, register one, and put wrong hours right."""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import back_to_list, filter_by, filter_id, filter_words, id_in_address, object_in_address, pager
from components.refusals.shown import sentence
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
from db.engine import reading
from db.errors import NotFound
from db.queries.volunteers.volunteers import accounts_to_link, registry, registry_sums, squads, volunteer_card
from db.rules.permissions import Permission
from db.terms import VolunteerKind

user = require(Permission.SEE_VOLUNTEERS)
manages = user.may(Permission.MANAGE_VOLUNTEERS)
st.title(_("志愿者"))
request: Request | None = None
with reading(user) as session:
    sums, teams = registry_sums(session), squads(session)
    chosen = object_in_address()
    card = volunteer_card(session, chosen) if chosen is not None else None
    accounts = dict(accounts_to_link(session, card.id)) if card and manages else {}

if card:
    back_to_list(_("回到名册"), key="volunteers.back")
    card_of(card)
    if manages:
        request = card_forms(card, teams, accounts)
else:
    if chosen is not None:
        st.warning(sentence(NotFound(what="volunteer", id=chosen)))
    sums_line(sums)
    left, middle, right = st.columns(3)
    with left:
        words = filter_words(_("查找"), _("编号或特长，例如：电工"))
    with middle:
        kind = filter_by("kind", _("类型"), list(VolunteerKind))
    with right:
        squad_id = filter_id("squad", _("队伍"), {squad.id: squad.name for squad in teams})
    with reading(user) as session:
        page = registry(session, words=words, kind=kind, squad_id=squad_id, before=id_in_address("before"))
    volunteer_list(page.rows)
    pager(page.rows, page.more)
    if manages:
        with st.expander(_("登记志愿者"), icon=":material/person_add:"):
            request = register_form()
    with st.expander(_("志愿服务队（{n} 支）", n=len(teams)), icon=":material/groups:"):
        squad_table(teams)
        if manages:
            request = squad_form() or request
run(user, request)
