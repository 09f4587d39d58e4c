"""Let a secretary read the figures that are reported, copy the sentence, and open the rows behind, in ten seconds."""

from dataclasses import replace

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import filter_id, filter_view, filters, id_in_address
from components.community_choice import community_choice
from components.file_button import to_copy
from components.kpi import numbers
from components.results.board import (
    PAGES,
    behind_list,
    paper_button,
    paragraph,
    periods,
    place_in_list,
    report_form,
    reports_list,
    results_paper,
)
from components.results.words import span, told
from components.wording import _, safe, side_by_side
from components.wording.dates import dated, today
from components.wording.terms import term
from db.actions.exports import record_export
from db.engine import reading_figures, utc_now
from db.queries.progress.progress import communities_in_reach
from db.queries.results.counted import Chosen
from db.queries.results.figures import results
from db.queries.results.reported import bases_today, reports
from db.queries.results.rows import KINDS, rows_behind
from db.queries.volunteers.squads import squad_choices
from db.rules.permissions import Permission
from db.terms import ResultFigure

ALL = "all"

user = require(Permission.SEE_RESULTS)
now = utc_now()
st.title(_("成效"))
with reading_figures(user) as session:
    homes = communities_in_reach(session)
    of_reach = squad_choices(session)
with st.container(horizontal=True):
    community_id = community_choice(homes)
NAMES = {ALL: _("全部指标")} | {one.value: term(one) for one in ResultFigure}
view = filter_view("figure", _("看哪个数"), list(NAMES), NAMES.__getitem__, start=ALL, read=str)
what = None if view == ALL else ResultFigure(view)
squads, squad_id = {}, id_in_address("squad")
with filters():
    shown, against = periods(today(now))
    if what in (None, ResultFigure.SESSIONS):
        squads = {one.id: one.name for one in of_reach}
        squad_id = filter_id("squad", _("队伍（只看场次）"), squads)
chosen = Chosen(shown, community_id, squad_id)
where = next((one.name for one in homes if one.id == community_id), _("全部社区"))
st.caption(_("{where}，{span}，截至 {when}。", where=safe(where), span=span(shown, dated), when=dated(now)))

request = None
with reading_figures(user) as session:
    found = results(session, chosen, replace(chosen, period=against), only=what)
    kept = reports(session, replace(chosen, squad_id=None)) if what is None else ()
said = told(found, shown, against, squads.get(squad_id or 0, ""))
if what is None:
    today_on = {
        one.id: found.base(one.what)
        for one in kept
        if one.until == shown.until and one.restricted == user.sees_restricted
    }
    moved = [term(one.what) for one in kept if one.id in today_on and today_on[one.id] != one.base]
    if moved:
        names = side_by_side(dict.fromkeys(moved))
        st.warning(
            _("报出以后基数变了：{names}。原来报出的文字仍在下面。", names=names),
            icon=":material/published_with_changes:",
        )
    numbers([one.card for one in said.values()], key="results.numbers")
    st.header(_("一段话"))
    if words := paragraph(said, where, span(shown)):
        to_copy(words, key="results.paragraph")
    else:
        st.info(_("这个时期还没有可以报出的数。"), icon=":material/hourglass_empty:")
    if user.may(Permission.EXPORT):
        counted = {one.id: 1 for one in homes if community_id in (None, one.id)}
        narrowed = {"period": shown.code, "community": community_id, "squad": squad_id}
        paper_button(
            user, results_paper(said, where, span(shown)), f"results-{shown.code}.docx",
            lambda actor: note(actor, record_export, what="results", rows=counted, filters=narrowed),
        )  # fmt: skip
    with st.expander(_("报出过的数"), icon=":material/history:"):
        reports_list(kept, today_on, key="results.reports", named=True)
    st.page_link("results/circle.py", label=_("15 分钟党群服务圈"), icon=":material/share_location:")
else:
    own = chosen if what is ResultFigure.SESSIONS else replace(chosen, squad_id=None)
    numbers([said[what].card], key=f"results.number.{what}")
    if said[what].sentence:
        to_copy(said[what].sentence, key=f"results.sentence.{what}")
    kinds = [one for one in KINDS[what] if user.may(PAGES[one][1])]
    if kinds:
        st.header(_("数字后面的记录"))
        kind = kinds[0]
        if len(kinds) > 1:
            kind = filter_view("kind", _("看哪一类"), kinds, term, start=kinds[0], read=type(kind))
        with reading_figures(user) as session:
            behind = rows_behind(session, what, kind, own, after=place_in_list())
        behind_list(behind, what, kind)
    with reading_figures(user) as session:
        kept = reports(session, own, what)
        stands = bases_today(session, kept, own, found.base(what), sees_restricted=user.sees_restricted)
    st.header(_("报出过的数"))
    reports_list(kept, stands, key=f"results.reports.{what}")
    if user.may(Permission.REPORT_RESULT) and said[what].sentence:
        request = report_form(what, own, said[what].sentence)
run(user, request)
