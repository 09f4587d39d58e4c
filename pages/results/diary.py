"""Let a worker draft, review and hand out the service diary: what records tell, without names, in three minutes."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import back_to_list, filter_by, filter_id, filter_view, id_in_address, object_in_address, pager
from components.detail import columns, head, nothing_here
from components.public_address import printed_address
from components.refusals.shown import sentence
from components.results import diary as desk
from components.results.diary_papers import Shown, take_buttons
from components.results.diary_photos import photos_to_take
from components.results.diary_words import draft_words
from components.results.public import code_desk, poster_buttons
from components.wording import _
from components.wording.dates import short_day, today
from components.wording.terms import badge, term
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.errors import NotFound, Refused
from db.queries.results.diary import Entry, entries, entry, quotable, to_take_down, typed, warnings_of
from db.queries.results.diary_photos import WHAT, all_hold, photo_consents
from db.queries.results.diary_sources import sources, told_of
from db.queries.results.public import progress_codes
from db.rules.permissions import Actor, Permission
from db.terms import DiarySource, DiaryState, DiaryTrouble

ALL, DRAFT, PUBLIC = "all", "draft", "public"
OUT = (DiaryState.APPROVED, DiaryState.TAKEN)


def taken(number: int, photos: Sequence[Shown], actor: Actor) -> Entry:
    """The entry as this actor reads it now; one that rests on nothing any more is not taken, nor with such a photo."""
    agreed = sorted({one for photo in photos for one in photo.consents})
    with reading(actor) as asking:
        found, holds = entry(asking, number), all_hold(asking, agreed)
    trouble = (found.row.trouble if found else None) if holds else DiaryTrouble.CONSENT_GONE
    if found is None or trouble is not None or found.row.state not in OUT:
        raise Refused("diary_trouble", what=trouble or DiaryState.WITHDRAWN)
    filters = {"entry": number, "photos": len(photos), "consents": agreed} if photos else {"entry": number}
    note(actor, record_export, what=WHAT, rows={found.community_id: 1}, filters=filters)
    return found


user = require(Permission.SEE_DIARY)
day, request, wanted = today(utc_now()), None, object_in_address()
writes, publishes = user.may(Permission.WRITE_DIARY), user.may(Permission.PUBLISH_DIARY)
if wanted is not None:
    back_to_list(_("回到服务日志"))
    with reading(user) as session:
        found = entry(session, wanted)
        start = typed(session, wanted) if found and writes and found.row.state is DiaryState.DRAFT else None
        quotes = quotable(session, found.record_id) if found and found.row.source is DiarySource.ACTIVITY else ()
        checks = found and found.row.state in (DiaryState.DRAFT, DiaryState.SUBMITTED)
        pointed = warnings_of(session, wanted) if checks else ()
        agreed = photo_consents(session) if publishes and found and found.row.state in OUT else ()
    if found is None:
        nothing_here(sentence(NotFound(what="diary_entry", id=wanted)))
    head(_("日志第 {n} 篇", n=wanted), marks=[badge(found.row.state)], about=term(found.row.source))
    acts, story = columns()
    with acts:
        desk.entry_head(found)
        if checks:
            desk.entry_checks(pointed)
        if start is not None:
            request = desk.entry_acts(found, start, quotes)
        if publishes:
            request = desk.review_acts(found, pointed, own=user.id in found.authors, today=day) or request
    with story:
        desk.entry_text(found)
        if publishes and found.row.state in OUT and found.row.trouble is None:
            photos = photos_to_take(wanted, agreed)
            take_buttons(user, wanted, photos, partial(taken, wanted, photos))
        desk.entry_life(found)
    run(user, request)
    st.stop()
st.title(_("服务日志"))
VIEWS = {ALL: _("日志"), DRAFT: _("从记录起草"), PUBLIC: _("公开进度页")}
shown = {name: label for name, label in VIEWS.items() if name != DRAFT or writes}
view = filter_view("view", _("看哪些"), list(shown), shown.__getitem__, start=ALL, read=str)
if view == DRAFT:
    kind = filter_view("kind", _("哪一类记录"), list(DiarySource), term, start=DiarySource.ACTIVITY, read=DiarySource)
    with reading(user) as session:
        over = {one.id: f"{short_day(one.on)} {one.title}" for one in sources(session, kind, today=day)}
    record = filter_id("record", _("哪一条（近半年办完、还没写过的）"), over)
    with reading(user) as session:
        told = told_of(session, kind, record) if record else None
        said = quotable(session, record) if told and kind is DiarySource.ACTIVITY else ()
    if told is None:
        st.info(_("选一条记录，系统写好草稿：做了什么、多少人次，不带姓名和门牌；敏感的活动和订单不在这里。"),
                icon=":material/edit_note:")  # fmt: skip
    else:
        request = desk.draft_form(told, draft_words(told), said)
elif view == PUBLIC:
    with reading(user) as session:
        codes = progress_codes(session)
    if user.may(Permission.PUBLISH_PROGRESS):
        poster_buttons(user, codes, printed_address(st.context.url) if codes else "")
    request = code_desk(codes, manages=user.may(Permission.PUBLISH_PROGRESS))
else:
    with reading(user) as session:
        removal = to_take_down(session)
        state = filter_by("state", _("状态"), list(DiaryState))
        page = entries(session, state=state, before=id_in_address("before"))
    desk.removal_first(removal)
    desk.diary_list(page.rows)
    pager(page.rows, page.more)
run(user, request)
