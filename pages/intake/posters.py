"""Let a secretary or worker make the poster that residents order from and the card a rider reports with: print, revoke.

At a desk; a poster is made and printed in a minute, a lost card is taken back in ten seconds.
"""

from functools import partial

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import back_to_list, id_in_address, object_in_address, pager
from components.detail import new, title_row
from components.intake.poster_paper import poster_document
from components.intake.posters import make_form, poster_head, posters_table, print_button, revoke_form
from components.public_address import printed_address
from components.refusals.shown import sentence
from components.wording import _
from db.actions.exports import record_export
from db.engine import reading
from db.errors import NotFound
from db.queries.intake.posters import poster_one, poster_paper, posters
from db.queries.needs.needs import frame
from db.rules.permissions import Actor, Permission

user = require(Permission.MANAGE_POSTERS)
wanted = object_in_address()
with reading(user) as session:
    one = poster_one(session, wanted) if wanted is not None else None
    page = None if one else posters(session, before=id_in_address("before"))
    here = None if one else frame(session, user.community_id)


def make(poster_id: int, address: str, actor: Actor) -> bytes:
    """The paper as this actor, with its code: the log keeps who printed it. Raises NotFound when it is revoked."""
    with reading(actor) as asking:
        paper = poster_paper(asking, poster_id)
    if paper is None or actor.community_id is None:
        raise NotFound(what="poster", id=poster_id)
    content = poster_document(paper, address)()
    note(actor, record_export, what="poster", rows={actor.community_id: 1}, filters={"poster": poster_id})
    return content


request = None
if one is not None:
    back_to_list(_("全部海报与专属码"))
    poster_head(one)
    if one.revoked_at is None:
        if address := printed_address(st.context.url):
            print_button(user, one, partial(make, one.id, address))
        request = revoke_form(one)
else:
    title = title_row(_("海报与专属码"))
    if wanted is not None:
        st.warning(sentence(NotFound(what="poster", id=wanted)))
    if page is not None and here is not None:
        with title, new(_("制作海报或专属码")) as menu:
            if menu.open:
                request = make_form(here.places)
        posters_table(page.rows)
        pager(page.rows, page.more)
run(user, request)
