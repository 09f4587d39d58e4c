"""Let a worker confirm what came in by QR: read it, see the photo, call if need be, and make of it what it is.

At the desk in the morning, or on the phone between two doors; a clear message takes twenty seconds.
"""

import streamlit as st

from components.access import require
from components.acting import carried, run
from components.address import back_to_list, id_in_address, open_row, pager, text_in_address, to_address
from components.intake.board import alike, decision, message_head, originals_shown, queue, unmask_form
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
wanted, shown = id_in_address(), text_in_address("state") or IntakeState.WAITING.value
state = IntakeState(shown) if shown in set(IntakeState) else None
with reading(user) as session:
    facts = intake_facts(session, wanted) if wanted else None
    page = None if facts else intake_list(session, state=state, before=id_in_address("before"))
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

st.title(_("扫码来件"))
if facts is None:
    if wanted:
        st.warning(sentence(NotFound(what="intake", id=wanted)))
    chosen = st.segmented_control(
        _("看哪些"), [*IntakeState, ALL], format_func=lambda one: _("全部") if one == ALL else term(IntakeState(one)),
        default=state or ALL, required=True, key="intake_state",
    )  # fmt: skip
    if chosen and chosen != (state or ALL):
        to_address("state", str(chosen))
        to_address("before", None)
        st.rerun()
    if page is not None:
        open_row(queue(page.rows))
        pager(page.rows, page.more)
    st.stop()

back_to_list(_("全部来件"), key="all_intake")
message_head(facts)
request = photo_box(photos, may_add=waits, intake_id=facts.id)
look = unmask_form(facts) if facts.has_originals and not facts.wiped else None
if look and carried(user, look):
    with reading(user) as session:
        clear = intake_originals(session, facts.id, now=utc_now())
    if clear:
        originals_shown(clear)
alike(near)
request = (decision(facts, here, services) if here else None) or request
run(user, request)
