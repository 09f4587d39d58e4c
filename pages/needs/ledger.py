"""Let a secretary find one need among a hundred thousand in five seconds, send the view on, or take it along."""

import streamlit as st

from components.access import require
from components.acting import note
from components.address import id_in_address
from components.community_choice import choose_community
from components.lists import Column, rows
from components.needs.ledger_filters import ledger_filters, turn_pages
from components.needs.words import category_of, place_of
from components.needs.workbook import ledger_file, ledger_title
from components.sheets import View, sheet_button
from components.wording import _
from components.wording.dates import near, today
from components.wording.terms import term
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.needs.needs import NeedFilters, NeedRow, frame, ledger, ledger_sheet, stage_counts
from db.rules.permissions import Actor, Permission
from db.terms import NeedStage, Urgency

user = require(Permission.SEE_NEEDS)
now = utc_now()
with reading_figures(user) as session:
    here = frame(session, id_in_address("community"), workers=True)
if here is None:
    st.stop()

st.title(_("需求台账"))
choose_community(here)
filters = ledger_filters(here, today(now))
before, after = id_in_address("before"), id_in_address("after")
with reading_figures(user) as session:
    page = ledger(session, here.community_id, filters, before=before, after=after)
    counts = stage_counts(session, here.community_id, filters)


def shown(row: NeedRow) -> dict[str, object]:
    """A need as a row of the list."""
    return {
        "id": row.id, "number": row.number, "title": row.title, "category": category_of(row),
        "place": place_of(row), "stage": row.stage,
        "urgency": None if row.urgency is Urgency.NORMAL else row.urgency, "voices": row.voices,
        "logged": f"{row.worker} {near(today(row.logged_at))}",
        "changed": row.changed_after_sign_off,
    }  # fmt: skip


def file(view: View, actor: Actor) -> bytes:
    """The filtered needs as Excel, masked; what leaves the house is written down first."""
    with reading_figures(actor) as session:
        sheet = ledger_sheet(session, shown_id, filters)
    narrowed = {name: str(value) for name in NeedFilters.__slots__ if (value := getattr(filters, name))}
    if sheet:
        note(actor, record_export, what="needs", rows={shown_id: len(sheet)}, filters=narrowed | {"sheet": view})
    return ledger_file(sheet, view, names.get(shown_id, ""), today(utc_now()))


waiting = sum(n for stage, n in counts.items() if stage not in (NeedStage.CLOSED, NeedStage.VOID, NeedStage.MERGED))
st.caption(
    _("共 {total} 条，在办 {open} 条", total=sum(counts.values()), open=waiting)
    + "".join(f" · {term(stage)} {counts[stage]}" for stage in NeedStage if counts.get(stage))
)
rows(
    [shown(row) for row in page.rows],
    [
        Column("number", _("编号"), "nowrap"),
        Column("title", _("标题")),
        Column("place", _("地点")),
        Column("category", _("类别")),
        Column("stage", _("阶段"), "nowrap"),
        Column("urgency", _("紧急"), "nowrap"),
        Column("voices", _("户数"), "number"),
        Column("logged", _("登记"), "nowrap"),
        *([Column("changed", _("签后改动"))] if any(row.changed_after_sign_off for row in page.rows) else []),
    ],
    key="ledger.rows",
    empty=_("没有符合条件的需求。换个词，或去掉几个筛选条件。"),
    caption=_("需求台账"),
    page="need",
)
newer = page.more if after is not None else before is not None
older = True if after is not None else page.more
turn_pages(
    first=page.rows[0].id if page.rows else None,
    last=page.rows[-1].id if page.rows else None,
    newer=newer and bool(page.rows),
    older=older and bool(page.rows),
)
shown_id, names = here.community_id, {one.id: one.name for one in here.communities}
sheet_button(user, Permission.EXPORT, ledger_title(), today(now), file, key="ledger.export")
