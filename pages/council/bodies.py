"""Keep the council: who sits, which house rule holds from when. Secretary or subdistrict at a desk, a minute a change.

Members read the same page: they may know who sits with them and by which rule they decide.
"""

import streamlit as st

from components.access import require
from components.acting import Request, run
from components.address import object_in_address, to_address
from components.admin.council_presets import preset_form, presets_table
from components.asking import kept_part
from components.council.body import (
    add_member_form,
    body_label,
    change_member_form,
    choose_body,
    members_table,
    new_body_form,
    rule_now,
    rules_form,
    term_form,
)
from components.council.rule_words import rule_history
from components.meetings.member_cards import cards_part
from components.refusals.shown import sentence
from components.wording import _, plainly, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.council.council import accounts_that_may_vote, bodies, communities, council_body, presets
from db.rules.council.council import offers
from db.rules.permissions import Permission

user = require(Permission.SEE_COUNCIL)
manages = user.may(Permission.MANAGE_COUNCIL)
day = today(utc_now())
with reading(user) as session:
    listed = bodies(session, today=day)
    known = {body.id for body in listed}
    asked = object_in_address()
    wanted = asked if asked in known else (listed[0].id if listed else None)
    body = council_body(session, wanted) if wanted is not None else None
    accounts = accounts_that_may_vote(session, body.community_id) if body and manages else ()
    homes = communities(session) if manages and user.community_id is None else ()
    offered = presets(session) if manages else ()

st.title(_("议事会与规则"))
if asked is not None and asked not in known:
    st.warning(sentence(NotFound(what="body", id=asked)))
request: Request | None = None
if body is not None and (chosen := choose_body(listed, body.id)) != body.id:
    to_address("id", chosen)
    st.rerun()
ways: dict[str, str] = {}
if body is None:
    st.info(_("还没有议事机构。先登记一个，再登记成员和议事规则。"), icon=":material/groups:")
    if manages:
        ways = {"new": _("登记机构")}
else:
    st.header(safe(body.name))
    st.text(_("{label} · 在任 {count} 人", label=body_label(body.kind, body.term), count=len(body.in_office(day))))
    rule_now(body, day)
    members_table(body, day, manages=manages)
    ways = {"rules": _("规则沿革")}
    if manages:
        ways = {
            "add": _("登记成员"),
            "change": _("修改或卸任"),
            "cards": _("成员卡"),
            "adopt": _("采用规则"),
            **ways,
            "term": _("换届"),
            "new": _("登记另一个机构"),
        }
if user.may(Permission.MANAGE_PRESETS):
    ways |= {"presets": _("街道规则范本")}
way = next(iter(ways), None)
if len(ways) > 1:
    way = st.segmented_control(
        _("要做什么"),
        list(ways),
        format_func=plainly(ways.__getitem__),
        default=way,
        required=True,
        key="council_way" if body else "council_way.first",  # the first body brings its own ways: its members next
    )
if "new" in ways and way != "presets":  # the form of presets is long enough for a page of its own
    with kept_part("new", shown=way == "new") as drawn:
        request = new_body_form(homes) if drawn else None
if body is not None and manages and way != "presets":
    with kept_part(f"add-{body.id}", shown=way == "add") as drawn:
        request = (add_member_form(body, accounts, day) if drawn else None) or request
    with kept_part(f"adopt-{body.id}", shown=way == "adopt") as drawn:
        request = (rules_form(body, offers(body.kind, offered, day), day) if drawn else None) or request
if way == "presets":
    presets_table(offered, day)
    request = preset_form(offered, day) or request
elif body is None:
    pass
elif way == "change":
    request = change_member_form(body, accounts, day) or request
elif way == "cards":
    request = cards_part(user, body, body.in_office(day)) or request
elif way == "rules":
    rule_history(body.rules)
elif way == "term":
    request = term_form(body) or request
run(user, request)
if user.may(Permission.RUN_VILLAGE):
    st.page_link("council/village.py", label=_("四议两公开（村）"), icon=":material/holiday_village:")
