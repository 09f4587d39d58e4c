"""四议两公开: the secretary of a rural community records each of the eight steps at a desk, two minutes a step."""

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_list, id_in_address, object_in_address, pager
from components.council.village import (
    begin_form,
    matter_head,
    matter_steps,
    other_ways,
    step_form,
    village_paper,
    village_table,
)
from components.detail import columns, must_exist, new, title_row
from components.projects.papers import word_button
from components.wording import _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.council.village import village_matter, village_matters
from db.rules.permissions import Actor, Permission
from db.terms import VillageState

user = require(Permission.SEE_VILLAGE)
runs, day, wanted = user.may(Permission.RUN_VILLAGE), today(utc_now()), object_in_address()
if wanted is not None:
    back_to_list(_("全部事项"))
with must_exist(), reading(user) as session:
    facts = village_matter(session, wanted, today=day) if wanted is not None else None
    page = None if facts else village_matters(session, before=id_in_address("before"))
    community = user.community_id


def record(actor: Actor) -> None:
    """The record left the house as a file."""
    if community is not None:
        note(actor, record_export, what="village", rows={community: 1}, filters={"matter": wanted})


request: Request | None = None
if facts is not None:
    matter_head(facts)
    acts, story = columns()
    with acts:
        if runs and facts.state is VillageState.RUNNING:
            request = step_form(facts, day)
            request = other_ways(facts) or request
        if facts.records and runs and user.may(Permission.EXPORT):
            word_button(user, _("下载工作记录表（Word）"), facts.number, village_paper(facts), record)
    with story:
        matter_steps(facts)
elif page is not None:
    title = title_row(_("四议两公开"))
    if runs:
        with title, new(_("登记一件事项")) as menu:
            if menu.open:
                request = begin_form()
    village_table(page.rows)
    pager(page.rows, page.more)
run(user, request)
