"""Let a volunteer with a phone claim a post in two taps and ten seconds; let staff and members recommend somebody."""

import streamlit as st

from components.access import require
from components.acting import asked, carry, keep, named_acts, older
from components.filters import filter_words
from components.refusals import projects as told_projects  # noqa: F401 - gives the refusals of this area their words
from components.volunteers.posts import chosen_post, own_entry, own_list, post_list
from components.volunteers.team import recommend_form
from components.wording import _
from db.actions.volunteers import placements
from db.engine import reading
from db.queries.volunteers.openings import candidates, myself, open_posts, own_places, posts_to_recommend
from db.rules.permissions import Permission

ACTS = named_acts(placements.claim_place, placements.sign_up, placements.leave_team, placements.recommend_volunteer)

user = require(Permission.SEE_OPENINGS)
joins, recommends = user.may(Permission.JOIN_TEAM), user.may(Permission.RECOMMEND_VOLUNTEER)
st.title(_("招募"))
above = st.container()
words = filter_words(_("找岗位"), _("技能或项目,例如:电工"))
free_only = st.toggle(_("只看有空位的"), key="openings.free")
with reading(user) as session:
    entry = myself(session, user.id) if joins else None
    mine = own_places(session, user.id) if joins else []
    posts = open_posts(session, account_id=user.id, skill=words, free_only=free_only, before=asked("before"))
opened = post_list(posts.rows, entry.skills if entry else ())
older(posts.rows, posts.more)
if opened:
    keep("id", opened)
    st.rerun()

wish = None
with above:
    if joins:
        own_entry(entry)
    post = next((one for one in posts.rows if one.id == asked()), None)
    if post:
        wish = chosen_post(post, may_join=entry is not None)
wish = own_list(mine) or wish
if recommends:
    with st.expander(_("推荐志愿者"), icon=":material/recommend:"):
        found = st.text_input(
            _("找志愿者"), key="openings.find", placeholder=_("编号或特长,例如:电工"), icon=":material/search:"
        )
        with reading(user) as session:
            open_ones, people = posts_to_recommend(session), candidates(session, words=found)
        named = {one.id: f"{one.title} · {one.project}" for one in open_ones}
        wish = recommend_form(named, people) or wish
carry(user, wish, ACTS)
