"""打印文件 of a meeting: one paper, or the whole set as Word or PDF.

The page draws it in a fragment of its own: what it costs is paid only by a user who looks.
"""

import streamlit as st

from components.meetings.full_set import ZIP, Papers, full_set, made_files, zipped
from components.meetings.papers import WORD, document, file_name, paper_name
from components.meetings.papers_ballot import ballot_papers, papers_on_a_sheet
from components.meetings.proof import take_file
from components.papers.office import as_pdf, office
from components.refusals.shown import refusals_shown
from components.wording import _, plainly, safe, side_by_side
from db.queries.meetings.papers import SET, MeetingRecord
from db.rules.meetings.sitting import Item, Sitting
from db.rules.permissions import Actor
from db.terms import MeetingState


def choose_paper(sitting: Sitting) -> str | None:
    """The kind of Word file that the user wants to print."""
    early = sitting.state in (MeetingState.CONVENED, MeetingState.OPEN)
    kinds = ["notice", "sheet", "ballot", SET] if early else ["notice", "sheet", "results", "minutes", SET]
    return st.segmented_control(_("打印文件"), kinds, format_func=plainly(paper_name), key=f"papers.{sitting.id}")


def take_paper(sitting: Sitting, what: str, record: MeetingRecord, user: Actor) -> None:
    """One Word file of the meeting, or all of them, made with all that is known."""
    if what == "ballot":
        _take_ballots(sitting, user)
        return
    with refusals_shown():
        if what == SET:
            _take_set(sitting, full_set(sitting, record), user)
            return
        paper = document(what, sitting, record)
        label = _("下载{paper}（Word）", paper=paper_name(what))
        people = max(1, len(sitting.seats))
        take_file(sitting, user, label, what, lambda _actor: paper(), file_name(sitting, what), WORD, people)


def _take_set(sitting: Sitting, papers: Papers, user: Actor) -> None:
    """The set as Word files, and as PDF where the server can make it."""
    people, name = max(1, len(sitting.seats)), file_name(sitting, SET).removesuffix(".docx")
    st.caption(safe(_("整套 {n} 份：{names}", n=len(papers), names=side_by_side(name for name, _paper in papers))))
    with st.container(horizontal=True):
        take_file(
            *(sitting, user, _("下载整套（Word）"), "set", lambda _actor: zipped(made_files(papers))),
            *(f"{name}-Word.zip", ZIP, people),
        )
        if office():
            take_file(
                *(sitting, user, _("下载整套（PDF）"), "set_pdf", lambda _actor: zipped(as_pdf(made_files(papers)))),
                *(f"{name}-PDF.zip", ZIP, people),
            )
    if office():
        st.caption(_("PDF 由服务器上的 LibreOffice 生成，要等十几秒到一分钟。"))
    else:
        st.caption(_("这台服务器没有安装 LibreOffice，不能直接生成 PDF：请下载 Word，用办公软件另存为 PDF。"))


def _take_ballots(sitting: Sitting, user: Actor) -> None:
    """表决票 of one item, to be cut; the page says how many stand on a sheet."""
    item: Item | None = st.selectbox(
        _("哪个议题的表决票"),
        sitting.items,
        format_func=lambda one: f"{one.position}. {one.title}",
        key=f"ballot_papers.{sitting.id}",
    )
    if item is None:
        return
    paper = ballot_papers(sitting, item)
    many = papers_on_a_sheet(sitting, item)
    sheets = max(1, -(-len(sitting.seats) // many))
    st.caption(_("用内置票样一页 {n} 张，印 {sheets} 页，裁开使用。", n=many, sheets=sheets))
    name = file_name(sitting, "ballot").replace(".docx", f"-{item.position}.docx")
    label = _("下载{paper}（Word）", paper=paper_name("ballot"))
    take_file(sitting, user, label, "ballot", lambda _actor: paper(), name, WORD, len(sitting.seats))
