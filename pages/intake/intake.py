"""Let a worker confirm what came in by QR: read it, see the photo, call if need be, and make of it what it is.

At the desk in the morning, or on the phone between two doors; a clear message takes twenty seconds.
"""

import streamlit as st

from components.access import require
from components.acting import run, show
from components.address import back_to_list, filter_view, id_in_address, object_in_address, pager
from components.detail import columns
from components.intake.board import alike, decision, look_form, message_facts, message_head, queue, show_clear
from components.photo_box import photo_box
from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import today
from components.wording.terms import term
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.intake.intake import intake_facts, intake_list, intake_originals
from db.queries.intake.posters import services_of
from db.queries.needs.needs import frame
from db.queries.needs.twins import twins_while_typing
from db.queries.photos import photos_of
from db.rules.permissions import Permission
from db.terms import IntakeState

ALL = "all"
user = require(Permission.DECIDE_INTAKE)
wanted = object_in_address()
with reading(user) as session:
    facts = intake_facts(session, wanted) if wanted is not None else None
    waits = facts is not None and facts.state is IntakeState.WAITING
    photos = photos_of(session, intake_id=facts.id) if facts else ()
    here = frame(session, facts.community_id) if facts and waits else None
    services = services_of(session, facts.community_id) if facts and waits else ()
    near = (
        twins_while_typing(
            session, facts.community_id, description=facts.what, place_id=facts.place_id, building=facts.building,
            category_id=None, today=today(utc_now()),
        )
        if facts and waits and facts.what
        else ()
    )  # fmt: skip


def show_state(one: str) -> str:
    """The state as the filter shows it."""
    return _("全部") if one == ALL else term(IntakeState(one))


if facts is None:
    st.title(_("扫码来件"))
    if wanted is not None:
        st.warning(sentence(NotFound(what="intake", id=wanted)))
    shown = filter_view("state", _("看哪些"), [*IntakeState, ALL], show_state, start=IntakeState.WAITING, read=str)
    with reading(user) as session:
        page = intake_list(session, state=None if shown == ALL else IntakeState(shown), before=id_in_address("before"))
    queue(page.rows)
    pager(page.rows, page.more)
    st.page_link("intake/posters.py", label=_("海报与专属码"), icon=":material/qr_code_2:")
    st.stop()

back_to_list(_("全部来件"))
message_head(facts)
acts, story = columns()
with acts:
    request = decision(facts, here, services) if here else None
    intake_id = facts.id
    look = look_form(facts.id) if facts.has_originals and not facts.wiped else None
    show(user, look, lambda session, _trace: intake_originals(session, intake_id, now=utc_now()), show_clear)
with story:
    message_facts(facts)
    request = photo_box(photos, may_add=waits, intake_id=facts.id) or request
    alike(near)
run(user, request)
