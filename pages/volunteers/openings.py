"""Let a volunteer with a phone claim a post in two taps and ten seconds; let staff and members recommend somebody."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import filter_switch, filter_words, go, id_in_address, object_in_address, pager
from components.refusals.shown import sentence
from components.volunteers.posts import chosen_post, own_entry, own_list, post_list
from components.volunteers.team import recommend_form
from components.wording import _
from db.engine import reading
from db.errors import NotFound
from db.queries.volunteers.openings import candidates, myself, open_posts, own_places, posts_to_recommend
from db.rules.permissions import Permission

user = require(Permission.SEE_OPENINGS)
joins, recommends = user.may(Permission.JOIN_TEAM), user.may(Permission.RECOMMEND_VOLUNTEER)
st.title(_("招募"))
above = st.container()
words = filter_words(_("找岗位"), _("技能或项目，例如：电工"))
free_only = filter_switch("free", _("只看有空位的"))
with reading(user) as session:
    entry = myself(session, user.id) if joins else None
    mine = own_places(session, user.id) if joins else []
    posts = open_posts(session, account_id=user.id, skill=words, free_only=free_only, before=id_in_address("before"))
post_list(posts.rows, entry.skills if entry else ())
pager(posts.rows, posts.more)

request = None
with above:
    if joins:
        own_entry(entry)
        if entry and st.button(_("我的时长"), key="openings.to.hours", icon=":material/schedule:"):
            go("hours")
    wanted = object_in_address()
    post = next((one for one in posts.rows if one.id == wanted), None)
    if wanted is not None and post is None:
        with reading(user) as session:
            post = next(iter(open_posts(session, account_id=user.id, only=wanted).rows), None)
        if post is None:
            st.warning(sentence(NotFound(what="opening", id=wanted)))
    if post:
        request = chosen_post(post, may_join=entry is not None)
request = own_list(mine) or request
if recommends:
    with st.expander(_("推荐志愿者"), icon=":material/recommend:"):
        found = st.text_input(
            _("找志愿者"), key="openings.find", placeholder=_("编号或特长，例如：电工"), icon=":material/search:"
        )
        with reading(user) as session:
            open_ones, people = posts_to_recommend(session), candidates(session, words=found)
        named = {one.id: f"{one.title} · {one.project}" for one in open_ones}
        request = recommend_form(named, people, wanted) or request
run(user, request)
