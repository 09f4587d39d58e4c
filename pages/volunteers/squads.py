"""Let somebody find a squad by theme and ask to join in two taps; let its leader and the staff run it."""

from datetime import timedelta

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import (
    back_to_list,
    filter_id,
    filter_switch,
    filter_words,
    filters,
    id_in_address,
    object_in_address,
    pager,
    text_in_address,
)
from components.detail import columns, new, title_row
from components.refusals.shown import sentence
from components.volunteers import squad as desk
from components.volunteers.squads import found_form, squad_list, squads_view, theme_names, themes_part
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.volunteers.deeds import deeds_of
from db.queries.volunteers.squads import (
    members_of_squad,
    posts_of_squad,
    requests_of,
    squad_page,
    squads,
    stories_of,
    story_choices,
    themes,
)
from db.rules.permissions import Permission

user = require(Permission.SEE_SQUADS)
manages, joins = user.may(Permission.MANAGE_SQUADS), user.may(Permission.JOIN_SQUAD)
day = today(utc_now())
request: Request | None = None
chosen = object_in_address()
with reading(user) as session:
    squad = squad_page(session, chosen, account_id=user.id, year=day.year) if chosen is not None else None
    groups = themes(session)
if squad:
    back_to_list(_("回到队伍"), "id", "part", "past", "do")
    desk.squad_head(squad)
    leads = squad.dissolved_on is None and (manages or squad.i_lead)
    sees_people = leads or user.may(Permission.SEE_VOLUNTEERS)
    acts, story = columns()
    with acts:
        request = desk.own_part(squad, joins=joins)
        desk.squad_facts(squad)
    with story:
        part = desk.squad_part(people=sees_people, leads=leads, asked=text_in_address("view") == "asked")
        if part == "about":
            with reading(user) as session:
                deeds = deeds_of(session, squad.id, since=day - timedelta(days=365))
                stories = stories_of(session, squad.id, today=day)
            desk.stories_part(stories)
            desk.deeds_part(deeds)
        elif part == "members":
            past = filter_switch("past", _("看已离队的"))
            with reading(user) as session:
                waiting = requests_of(session, squad.id) if leads else []
                page = members_of_squad(session, squad.id, past=past, before=id_in_address("before"))
            request = desk.requests_part(waiting) or request
            desk.member_list(page.rows, past=past, opens=user.may(Permission.SEE_VOLUNTEERS))
            pager(page.rows, page.more)
        elif part == "posts":
            with reading(user) as session:
                posts = posts_of_squad(session, squad.id, people=sees_people)
            desk.posts_part(posts, leads=sees_people)
            if leads:
                request = desk.post_form(squad, posts) or request
        else:
            with reading(user) as session:
                inside = members_of_squad(session, squad.id, most=200).rows
            doing = desk.squad_doing(squad, manages=manages, people=bool(inside))
            if doing == "show":
                with reading(user) as session:
                    speakers, shown = (
                        story_choices(session, squad.id, today=day),
                        stories_of(session, squad.id, today=day),
                    )
                request = desk.showcase_forms(squad, speakers, shown) or request
            else:
                request = desk.squad_form(doing, squad, groups, inside) or request
else:
    title = title_row(_("志愿服务队"))
    if manages:
        with title, new(_("新建队伍"), "group_add") as menu:
            if menu.open:
                request = found_form(groups, day)
    if chosen is not None:
        st.warning(sentence(NotFound(what="squad", id=chosen)))
    view = squads_view(joins=joins)
    words = filter_words(_("查找"), _("队名或口号"))
    with filters():
        theme_id = filter_id("theme", _("主题"), theme_names(groups, also=id_in_address("theme")))
    with reading(user) as session:
        found = squads(
            session, words=words, theme_id=theme_id, dissolved=view == "gone", leaderless=view == "open",
            mine=view == "mine", asked=view == "asked", manages=manages, account_id=user.id,
            before=id_in_address("before"),
        )  # fmt: skip
    squad_list(found.rows)
    pager(found.rows, found.more)
    if user.may(Permission.MANAGE_SETTINGS):
        request = themes_part(groups) or request
run(user, request)
