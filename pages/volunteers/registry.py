"""Let staff find a volunteer by number or skill at a desk in five seconds, register one, end one, put hours right."""

import streamlit as st

from components.access import require
from components.acting import Request, run, show
from components.address import (
    back_to_list,
    filter_by,
    filter_id,
    filter_switch,
    filter_words,
    filters,
    go,
    id_in_address,
    object_in_address,
    pager,
    to_address,
)
from components.detail import columns, new, title_row
from components.refusals.shown import sentence
from components.volunteers.blocks import draw_block
from components.volunteers.card import block_of, card_doing, card_facts, card_form, card_head, find_other, merge_form
from components.volunteers.hours import waiting_hours
from components.volunteers.joining import joining_buttons
from components.volunteers.life import look_form, show_clear
from components.volunteers.registry import register_form, sums_line, volunteer_list
from components.wording import _, heading
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.volunteers.card import leads_to, volunteer_card
from db.queries.volunteers.hours import open_claims
from db.queries.volunteers.openings import candidates
from db.queries.volunteers.records import CertificatePaper, block_facts, certificate_paper, in_hand, volunteer_originals
from db.queries.volunteers.squads import squad_choices
from db.queries.volunteers.volunteers import accounts_to_link, registry, registry_sums
from db.rules.permissions import Actor, Permission
from db.terms import VolunteerKind

user = require(Permission.SEE_VOLUNTEERS)


def paper_of(actor: Actor, certificate_id: int) -> CertificatePaper | None:
    """An issued paper as this actor reads it."""
    with reading(actor) as asking:
        return certificate_paper(asking, certificate_id)


manages = user.may(Permission.MANAGE_VOLUNTEERS)
request: Request | None = None
with reading(user) as session:
    sums, teams = registry_sums(session), squad_choices(session)
    chosen = object_in_address()
    other = leads_to(session, chosen) if chosen else None
    card = volunteer_card(session, other or chosen) if chosen is not None else None
    accounts = dict(accounts_to_link(session, card.id)) if card and manages else {}
    claims = open_claims(session, user.id, card.id if card else None)
if card:
    back_to_list(_("回到名册"), "id", "do")
    if other is not None:
        to_address("id", other)
        st.info(_("这条登记已并入下面这一条。"), icon=":material/merge:")
    card_head(card, today(utc_now()))
    acts, story = columns()
    with acts:
        request = waiting_hours(claims, decides=manages)
        card_facts(card)
        if user.may(Permission.UNMASK):
            look, who = look_form(card.id), card.id
            show(user, look, lambda session, _trace: volunteer_originals(session, who, now=utc_now()), show_clear)
    with story:
        name = block_of()
        with reading(user) as session:
            facts = block_facts(session, card.id, name)
        request = draw_block(user, card, facts, today(utc_now()), paper_of, manages=manages) or request
        if manages:
            doing = card_doing(card, teams, today(utc_now()), merges=user.may(Permission.MERGE_PERSONS))
            if doing == "merge":
                wanted = find_other(card)
                with reading(user) as session:
                    found = candidates(session, words=wanted)
                request = merge_form(card, found) or request
            else:
                request = card_form(doing, card, teams, accounts, today(utc_now())) or request
else:
    title = title_row(heading("志愿者"))
    if manages:
        with title, new(_("登记志愿者"), "person_add") as menu:
            if menu.open:
                request = register_form()
    if chosen is not None:
        st.warning(sentence(NotFound(what="volunteer", id=chosen)))
    sums_line(sums)
    if manages:
        with reading(user) as session:
            waiting = in_hand(session)
        joining_buttons(*waiting)
    with filters():
        left, middle, right = st.columns(3)
    with left:
        words = filter_words(_("查找"), _("编号或特长，例如：电工"))
    with middle:
        kind = filter_by("kind", _("类型"), list(VolunteerKind))
    with right:
        squad_id = filter_id("squad", _("队伍"), {squad.id: squad.name for squad in teams})
        ended = filter_switch("ended", _("只看已退出的"))
    with reading(user) as session:
        before = id_in_address("before")
        page = registry(session, words=words, kind=kind, squad_id=squad_id, ended=ended, before=before)
    volunteer_list(page.rows)
    pager(page.rows, page.more)
    request = waiting_hours(claims, decides=manages) or request
    with st.container(horizontal=True):
        links = {"squads": _("志愿服务队（{n} 支）", n=sums.squads), "hours": _("时长核对")}
        for page_name, label in links.items():
            if st.button(label, key=f"volunteers.to.{page_name}"):
                go(page_name)
run(user, request)
