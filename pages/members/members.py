"""Let staff find a party member at a desk in five seconds, put one on the roll, take one in, and keep the branches."""

from collections import Counter
from dataclasses import fields
from functools import partial

import streamlit as st

from components.access import require
from components.acting import Request, note, run
from components.address import filter_view, id_in_address, pager
from components.detail import new, title_row
from components.members.branches import branch_forms, branches_table, choose_branch, found_form
from components.members.list import add_form, offers_table, roll_filters, roll_table, sums_line, take_form
from components.members.workbook import roll_file, roll_title
from components.sheets import View, sheet_button
from components.wording import N_, _
from components.wording.dates import today
from db.actions.exports import record_export
from db.engine import reading, utc_now
from db.queries.members.branches import branches, may_lead
from db.queries.members.roll import RollFilters, members_offered, roll, roll_sheet, roll_sums, units_to_choose
from db.rules.permissions import Actor, Permission

VIEWS = {"roll": N_("在册"), "left": N_("已离册"), "branches": N_("党支部"), "offers": N_("转入")}
user = require(Permission.SEE_MEMBERS)
manages, day = user.may(Permission.MANAGE_MEMBERS), today(utc_now())
many = user.community_id is None
request: Request | None = None


def file(filters: RollFilters, view: View, actor: Actor) -> bytes:
    """The filtered roll as Excel, masked; what leaves the house is written down first, without what was looked for."""
    with reading(actor) as session:
        sheet = roll_sheet(session, filters, today=day)
    narrowed = {one.name: getattr(filters, one.name) for one in fields(filters) if one.name != "words"}
    shown = {name: str(value) for name, value in narrowed.items() if value} | {"sheet": view.value}
    if sheet:
        note(actor, record_export, what="members", rows=Counter(one.community_id for one in sheet), filters=shown)
    return roll_file(sheet, view, day, left=filters.left)


title = title_row(_("党员名册"))
offered = [one for one in VIEWS if manages or one != "offers"]
view = filter_view("view", _("看哪一部分"), offered, lambda one: _(VIEWS[one]), start="roll", read=str)
if view in ("roll", "left"):
    left = view == "left"
    with reading(user) as session:
        sums, open_branches = roll_sums(session, today=day), branches(session)
        units = units_to_choose(session, today=day, with_members=True)
        partners = units_to_choose(session, today=day) if manages else {}
    sums_line(sums)
    if sums.due and not left:
        st.caption(_("{n} 份已离册资料到了复核的日子，请看“已离册”。", n=sums.due))
    filters = roll_filters(open_branches, units, left=left, many=many, today=day)
    with reading(user) as session:
        page = roll(session, filters, today=day, before=id_in_address("before"))
    roll_table(page.rows, left=left, many=many)
    pager(page.rows, page.more)
    sheet_button(user, Permission.EXPORT, roll_title(), day, partial(file, filters), key="members.export")
    if manages and not left:
        with title, new(_("登记一位党员"), "person_add") as menu:
            if menu.open:
                request = add_form(open_branches, partners, day)
elif view == "branches":
    with reading(user) as session:
        every, accounts = branches(session, closed=True), may_lead(session) if manages else {}
    branches_table(every, many=many)
    if manages:
        with title, new(_("建立党支部")) as menu:
            if menu.open:
                request = found_form(accounts)
        if every and (chosen := choose_branch(every)):
            request = branch_forms(chosen, accounts, day) or request
else:
    with reading(user) as session:
        offers = members_offered(session)
    offers_table(offers)
    request = take_form(offers, day)
run(user, request)
