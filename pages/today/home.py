"""Say what each role has to do now, by name and each the way to its next step: everybody, on arriving, in five seconds.

A secretary sees besides where needs are stuck, what the week brings and how it goes; every number opens its list.
"""

import streamlit as st

from components import acting
from components.access import require
from components.address import back_to_list, go, id_in_address, text_in_address
from components.today import board, sides
from components.today.first_steps import concerns, first_steps
from components.wording import _, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.admin.audit_log import changes_by_table
from db.queries.doors.visits import work_day
from db.queries.needs.twins import likely_pairs
from db.queries.today import overview
from db.queries.today import sides as asked
from db.queries.today.my_service import coming
from db.queries.today.named import things, things_of
from db.queries.today.parts import ToDo
from db.queries.today.today import Line, here_of, today_for
from db.queries.volunteers.integrity import findings_of
from db.rules.permissions import Actor, Permission

user = require(Permission.SEE_TODAY)
now = utc_now()
day = today(now)
home, at_desk, serves = user.community_id or 0, user.may(Permission.PLAN_VISITS), user.may(Permission.SEE_MY_SERVICE)


@st.cache_data(ttl=300, max_entries=2000, show_spinner=False)
def pairs_waiting(community_id: int, day: str, sees_restricted: bool, _actor: Actor) -> int:
    """How many pairs of needs look alike: comparing words costs more than the rest of the page."""
    with reading(_actor) as session:
        return len(likely_pairs(session, community_id, today=today(now)))


@st.cache_data(ttl=300, max_entries=2000, show_spinner=False)
def findings_waiting(community_id: int, month: str, sees_restricted: bool, _actor: Actor) -> int:
    """How many doubts of this month's hours nobody has answered: all of the month's hours are looked through."""
    with reading(_actor) as session:
        return findings_of(session, today(now).replace(day=1)).total


with reading(user) as session:
    found, here = today_for(session, user, now=now), here_of(session, user)
lines = found.lines


def with_dear_ones() -> list[Line]:
    """The lines with the two whose numbers cost more than the page: they are asked where they are shown."""
    kept: dict[ToDo, int] = {}
    if home and user.may(Permission.MERGE_NEEDS):
        kept[ToDo.TWINS] = pairs_waiting(home, day.isoformat(), user.sees_restricted, user)
    if home and user.may(Permission.MANAGE_VOLUNTEERS):
        kept[ToDo.FINDINGS] = findings_waiting(home, f"{day:%Y-%m}", user.sees_restricted, user)
    return list(found.with_counts(kept).lines)


wanted = text_in_address("todo")
if wanted:
    back_to_list(_("回到今日"), "todo", "skip")
    kind = board.kind_in_address(wanted)
    chosen = board.pressing(lines) if wanted == board.FIRST else [one for one in with_dear_ones() if one.kind is kind]
    skip = (id_in_address("skip") or 0) if len(chosen) == 1 else 0
    with reading(user) as session:
        named = [(line, things_of(session, user, line, now=now, skip=skip)) for line in chosen]
    board.thing_list(named, day, skip)
    st.stop()

st.caption(safe(board.where_and_when(here.community, day)))
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    starts = concerns(here, user)
    words = board.headline(lines, begins=starts and not lines, more_follows=bool(found.communities))
    st.title(safe(words), anchor=False, width="content")
    with st.container(horizontal=True, width="content"):
        for page, words, icon, main in board.acts(user, begins=starts):
            if st.button(words, icon=icon, key=f"today.act.{page}", type="primary" if main else "secondary"):
                go(page)

if starts:
    acting.run(user, first_steps(here, user))
left, right = st.columns([1.65, 1], gap="small")
with left:
    few = len(lines) <= board.FEW
    view = board.ALL if few else board.choose_view(lines)
    shown = board.in_view(lines if view == board.FIRST else with_dear_ones(), view)
with reading(user) as session:
    named_things = things(session, user, shown, now=now)
    with left:
        if user.may(Permission.READ_AUDIT) and not user.may(Permission.MANAGE_ACCOUNTS):
            sides.changed(changes_by_table(session, user, day), day)
        elif few and shown:
            board.few_board(shown, named_things, day)
        elif shown and view == board.FIRST:
            board.things_board(shown, named_things, day)
        elif shown:
            board.kinds_board(shown, named_things)
    with right:
        if at_desk and (lines or not starts):
            if user.may(Permission.WALK_OWN_PATCH):
                sides.doors(lines, work_day(session, user.id, day).counts)
            sides.steps(overview.way_of_needs(session, home, now=now))
            sides.ahead(overview.ahead(session, user, now=now))
        elif serves and user.may(Permission.RUN_PROJECT):
            sides.led(asked.led_projects(session, user, today=day))
            sides.ahead(overview.ahead(session, user, now=now))
        elif serves:
            sides.own_dates(coming(session, user.id, now=now))
        elif user.may(Permission.SIGN_OWN_TOPIC):
            sides.to_vote(asked.next_meeting(session, user, now=now), day)
    if at_desk and (lines or not starts):
        sides.figures(overview.figures(session, user, now=now), day, progress=user.may(Permission.SEE_PROGRESS))
if found.communities:
    sides.communities(found.communities)
