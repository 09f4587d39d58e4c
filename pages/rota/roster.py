"""Let a secretary fill a rota's open places within minutes: propose, read why, change by hand, adopt with one press.

A draft waits on the page until it is adopted or put away; nobody is told of it, and no turn is written before.
"""

from typing import Any

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import (
    back_to_list,
    back_to_object,
    back_to_opener,
    filter_view,
    id_in_address,
    object_in_address,
    pick,
)
from components.detail import not_there
from components.rota import proposal_desk as desk
from components.wording import N_, _, safe
from components.wording.dates import short_day, today
from db.actions.rota.proposals import checked, draft_roster
from db.engine import reading, utc_now
from db.queries.rota.proposal import RotaFacts, draft_of, names_of, question_of, rota_facts
from db.rules.permissions import Permission
from db.rules.rota.proposal import propose
from db.rules.rota.proposal_input import Pair
from db.terms import RotaState

VIEWS = {"slots": N_("按班次"), "people": N_("按人"), "open": N_("排不满的")}


def proposing(wanted: desk.Wanted, rota: RotaFacts, together: tuple[Pair, ...]) -> Request:
    """Read, close the session, compute, and only then write: a solver must keep no writer waiting."""
    values: dict[str, Any] = {"rota_id": rota.id, "given": wanted.given, "filling": [], "result": {}}
    announced = []

    def solve() -> None:
        first, last, limits = checked(wanted.given)
        with st.spinner(_("正在排班，最多 10 秒……"), show_time=True):
            with reading(user) as session:
                question = question_of(
                    session, rota, first=first, last=last, limits=limits, together=together, now=now
                )  # fmt: skip
            found = propose(question.asked)
        values.update(filling=sorted(found.filling), result=desk.result_of(found))
        announced.append(desk.said(found))

    return Request(wanted.at, draft_roster, lambda _draft: announced[-1], values, before=solve)


user = require(Permission.PLAN_ROSTER)
now = utc_now()
rota_id = object_in_address()
with reading(user) as session:
    facts = rota_facts(session, rota_id) if rota_id else None
    draft = draft_of(session, facts.id) if facts else None
if facts is None:
    back_to_opener("rota/rotas.py", _("排班"))
    not_there("rota", _("排班"))
back_to_object("rota", _("回到这次排班"), facts.id)
st.title(_("排班建议"))
st.caption(safe(f"{facts.title} · {facts.place}"))
if facts.state is RotaState.CLOSED:
    st.info(_("这次排班已经结束，不能再安排人。"), icon=":material/lock:")
    st.stop()

if wanted := desk.ask_form(facts, draft, today(now)):
    run(user, proposing(wanted, facts, draft.together if draft else ()))
if draft is None:
    st.stop()

with reading(user) as session:
    question = question_of(
        session, facts, first=draft.first_on, last=draft.last_on, limits=draft.limits, together=draft.together, now=now
    )
    filling, gone = desk.still_there(draft, question)
    names = names_of(session, {one[0] for one in gone} | {one[0] for one in draft.left_out})
if draft.kept_at is not None:
    desk.kept_part(facts.id, draft, question, names)
    st.stop()
if not draft.filling:
    st.info(_("没有建议。改一改限制，再生成一次。"), icon=":material/info:")
    st.stop()
desk.summary(draft, question, filling)
request = desk.keep_part(draft, len(draft.filling))
desk.conflicts(question, filling, gone, names)
chosen = id_in_address("slot")
if chosen is not None:
    back_to_list(_("看整份建议"), "slot")
    request = desk.slot_part(draft, question, filling, chosen) or request
else:
    view = filter_view("view", _("怎么看"), list(VIEWS), lambda one: _(VIEWS[one]), start="slots", read=str)
    if view == "slots":
        days = sorted({one.on.isoformat() for one in question.slots.values()})
        labels = {one.on.isoformat(): short_day(one.on) for one in question.slots.values()}
        picked = pick("day", _("哪一天"), days, lambda one: labels.get(one, one), read=str, everything=_("全部"))
        desk.by_slot(question, filling, next((one.on for one in question.slots.values()
                                              if one.on.isoformat() == picked), None))  # fmt: skip
    elif view == "people":
        desk.by_person(question, filling)
    else:
        desk.open_places(question, filling)
    request = desk.together_form(draft, question) or request
run(user, request)
