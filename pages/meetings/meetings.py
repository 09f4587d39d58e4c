"""See the meetings, newest first, and plan the next one: the secretary at a desk, in half a minute."""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, pager
from components.detail import new, title_row
from components.lists import Column, rows
from components.meetings.draft import prepare_form
from components.wording import _, heading
from components.wording.dates import near, today
from db.engine import reading, utc_now
from db.queries.council.council import bodies
from db.queries.meetings.meetings import meetings, next_numbers
from db.rules.permissions import Permission

user = require(Permission.SEE_COUNCIL)
day = today(utc_now())
with reading(user) as session:
    page = meetings(session, before=id_in_address("before"))
    councils = bodies(session, today=day) if user.may(Permission.PREPARE_MEETING) else ()
    numbers = next_numbers(session) if councils else {}

title = title_row(heading("会议"))
request = None
if councils:
    with title, new(_("新建会议")) as menu:
        if menu.open:
            choices = [(body.id, body.name, body.term, numbers.get(body.id, 1)) for body in councils]
            request = prepare_form(choices, day)
rows(
    [
        {
            "id": row.id,
            "title": row.title,
            "body": _("{body} 第 {term} 届第 {number} 次", body=row.body, term=row.term, number=row.number),
            "at": near(row.at),
            "place": row.place,
            "items": row.items,
            "passed": row.passed,
            "state": row.state,
        }
        for row in page.rows
    ],
    [
        Column("title", _("会议名称")),
        Column("state", _("状态"), "nowrap"),
        Column("at", _("时间"), "nowrap"),
        Column("place", _("地点")),
        Column("body", _("议事机构")),
        Column("items", _("议题数"), "number"),
        Column("passed", _("通过数"), "number"),
    ],
    key="meetings",
    empty=_("还没有会议。先在上面新建一次，再列入议题、发通知。"),
    caption=_("会议"),
    page="meeting",
)
pager(page.rows, page.more)
if user.may(Permission.PREPARE_MEETING) and not councils:
    st.info(_("还没有议事机构：请先登记机构、成员和议事规则，再新建会议。"), icon=":material/groups:")
    st.page_link("council/bodies.py", label=_("去登记议事机构"), icon=":material/groups:")
run(user, request)
