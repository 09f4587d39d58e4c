"""Propose and review topics: a member writes one on a phone in three minutes, the secretary reviews it at a desk."""

from components.access import require
from components.acting import Request, note, run
from components.address import back_to_list, id_in_address, object_in_address, pager, pick
from components.council.topic_paper import TopicSheet
from components.council.topic_paper import topic_sheet as topic_paper
from components.council.topics import (
    call_up_form,
    propose_form,
    review_form,
    topic_facts,
    topic_head,
    topics_table,
)
from components.detail import columns, more, must_exist, new, title_row
from components.forms import press
from components.projects.papers import word_button
from components.wording import _, heading
from components.wording.dates import today
from components.wording.terms import term
from db.actions.council.topics import reopen_review
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.council.council import communities
from db.queries.council.topics import (
    categories_to_choose,
    draft_meetings,
    members_who_sign,
    topic,
    topics,
    topics_to_join,
)
from db.rules.permissions import Actor, Permission
from db.terms import TopicState

user = require(Permission.SEE_TOPICS)
proposes, reviews = user.may(Permission.PROPOSE_TOPIC), user.may(Permission.REVIEW_TOPIC)
wanted, request = object_in_address(), None
state, title = None, None
if wanted is None:
    title = title_row(heading("议题"))
    state = pick("state", _("审核状态"), list(TopicState), term, read=TopicState)
else:
    back_to_list(_("全部议题"))
with must_exist(), reading(user) as session:
    facts = topic(session, wanted) if wanted is not None else None
    page = None if facts else topics(session, state=state, before=id_in_address("before"))
    others = topics_to_join(session, facts.id) if facts and reviews and facts.state is TopicState.SUBMITTED else ()
    drafts = draft_meetings(session) if facts and reviews and facts.state is TopicState.ACCEPTED else ()
    writes = facts is None and proposes
    signs = writes and user.may(Permission.SIGN_FOR_MEMBER)
    signers = members_who_sign(session, today=today(utc_now())) if signs else ()
    homes = communities(session) if writes and user.community_id is None else ()
    kinds = categories_to_choose(session) if writes else ()


def record(actor: Actor) -> None:
    """The form left the house as a file."""
    if facts is not None:
        rows, filters = {facts.community_id: 1}, {"topic": facts.id}
        note(actor, record_export, what="topic", rows=rows, filters=filters)


if facts is not None:
    topic_head(facts)
    acts, story = columns()
    with acts:
        if reviews and facts.state is TopicState.SUBMITTED:
            request = review_form(facts, others)
        elif reviews and facts.state is TopicState.ACCEPTED:
            request = call_up_form(facts, drafts)
        if user.may(Permission.EXPORT):
            word_button(user, _("下载议题征集/审核表（Word）"), facts.number, topic_paper(TopicSheet.of(facts)), record)
        if reviews and facts.state in (TopicState.ACCEPTED, TopicState.REFERRED, TopicState.DECLINED):
            with more() as menu:
                back = press("reopen_review", _("撤回审核意见"), icon=":material/undo:") if menu.open else None
            values = {"topic_id": facts.id, "version": facts.version}
            request = Request(back, reopen_review, _("已撤回，议题回到待审核"), values) if back else request
    with story:
        topic_facts(facts)
elif page is not None:
    if title and proposes:
        with title, new(_("提出议题"), "edit_document") as menu:
            if menu.open:
                request = propose_form(signers, homes, kinds, myself=user.name)
    topics_table(page.rows)
    pager(page.rows, page.more)
run(user, request)
