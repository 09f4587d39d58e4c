"""How a result can be checked: the books of every way, the check codes, the ballot file and its hash. Read when asked.

In a fragment of its own: what it costs is paid only by whoever looks.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.access import fragment
from components.file_button import file_button
from components.lists import Column, rows
from components.meetings.desk import Desk
from components.meetings.papers import WORD, document, file_name, paper_name
from components.meetings.papers_ballot import ballot_papers, check_list
from components.refusals.shown import refusals_shown
from components.voting.outcome import books_words, fault_words, outcome_sentence
from components.voting.question_words import choice_words
from components.voting.result_chart import result_bars, rounds_table
from components.wording import _
from components.wording.terms import term
from db.rules.meetings.record import NOTHING_MORE
from db.rules.meetings.sitting import Item, Sitting, TellerCount
from db.rules.permissions import Actor, Permission
from db.rules.voting import ballot_file
from db.rules.voting.verdict import Verdict
from db.terms import MeetingState, VoteMethod


def proof(sitting: Sitting, desk: Desk) -> None:
    """Choose an announced ballot; see its numbers, its books, its codes; take its file away."""
    if not sitting.counts:
        return

    def look(_actor: Actor) -> None:
        count = st.selectbox(
            _("核对账目和选票"),
            sitting.counts,
            index=None,
            placeholder=_("选一次表决"),
            format_func=lambda one: _label(sitting, one),
            key=f"proof.{sitting.id}",
        )
        item = sitting.item(count.item_id) if count else None
        if count is not None and item is not None:
            _ballot(sitting, item, count, desk)

    fragment(Permission.SEE_COUNCIL)(look)()


def _label(sitting: Sitting, count: TellerCount) -> str:
    item = sitting.item(count.item_id)
    place, title = (item.position, item.title) if item else (0, "")
    return _("{n}. {title}（第{round}轮，{way}）", n=place, title=title, round=count.round, way=term(count.method))


def _ballot(sitting: Sitting, item: Item, count: TellerCount, desk: Desk) -> None:
    books = next(one for one in desk.ask("way_books", meeting_id=sitting.id) if one.ballot_id == count.ballot_id)
    last = max(one.round for one in sitting.counts if one.item_id == item.id) == count.round
    if last:
        st.text(outcome_sentence(item.result, item.question, sitting.rule))
        if isinstance(item.result, Verdict):
            result_bars(item.question, item.result, key=f"bars.{count.ballot_id}")
            rounds_table(item.question, item.result.tally.rounds, key=f"rounds.{count.ballot_id}")
    _books(books, item)
    if any(way.way is VoteMethod.SLIP for way in books.ways):
        _codes(sitting, item, count.ballot_id, desk)
    _file(sitting, count.ballot_id, books.file_hash, desk)


def _books(books: Any, item: Item) -> None:
    """The three equations of every way."""
    for way in books.ways:
        signed = "、".join(name for one, _place, name in books.counted_by if one is way.way)
        lines = [f"**{term(way.way)}**", *books_words(way, item.question)]
        if signed:
            lines.append(_("计票、监票：{names}", names=signed))
        lines += [_("账目不平：{fault}", fault=fault_words(fault)) for fault in way.faults()]
        st.markdown("  \n".join([lines[0], *(line.replace("*", "\\*").replace("_", "\\_") for line in lines[1:])]))
    if books.witnesses:
        st.text(_("见证人：{names}", names="、".join(books.witnesses)))


def _codes(sitting: Sitting, item: Item, ballot_id: int, desk: Desk) -> None:
    with st.expander(_("票码核对清单"), icon=":material/fact_check:"):
        st.caption(_("投票时手机上显示过核对码。请成员对照自己的核对码，看选择是否一致。"))
        codes = [(code, choice_words(item.question, said)) for code, said in desk.ask("slip_list", ballot_id=ballot_id)]
        rows(
            [{"code": code, "choice": choice} for code, choice in codes],
            [Column("code", _("核对码"), "nowrap"), Column("choice", _("选择"))],
            key=f"codes.{ballot_id}", empty=_("没有人用票码投票。"), caption=_("票码核对清单"),
        )  # fmt: skip
        if codes and desk.may(Permission.EXPORT):
            paper = check_list(sitting, item, codes, desk.ask("template_for", kind="checks"))
            _take(
                _("下载核对清单（Word）"),
                "checks",
                lambda _actor: paper(),
                file_name(sitting, "checks"),
                WORD,
                desk,
                len(codes),
            )


def _file(sitting: Sitting, ballot_id: int, digest: str, desk: Desk) -> None:
    st.text(_("选票文件的指纹（SHA-256）：{digest}", digest=digest))
    st.caption(_("任何人都可以用这份文件重新计票：`python -m db recount 文件名`，得到同一句结果。"))
    if not desk.may(Permission.EXPORT):
        return

    def text(actor: Actor) -> bytes:
        return ballot_file.write(desk.ask_as(actor)("ballot_file", ballot_id=ballot_id)).encode()

    _take(_("下载选票文件（CSV）"), "ballots", text, f"ballots-{ballot_id}.csv", "text/csv", desk, len(sitting.seats))


def _take(label: str, what: str, make: Callable[[Actor], bytes], name: str, mime: str, desk: Desk, count: int) -> None:
    def made(actor: Actor) -> bytes:
        content = make(actor)
        desk.record(actor, what, count)
        return content

    file_button(desk.user, Permission.EXPORT, label, name, mime, made, key=f"take.{what}.{name}")


# --- papers -------------------------------------------------------------------------------------------


def papers(sitting: Sitting, desk: Desk) -> None:
    """Word files of the meeting, one at a time: chosen first, then made with all that is known."""
    early = sitting.state in (MeetingState.CONVENED, MeetingState.OPEN)
    kinds = ["notice", "sheet", "ballot"] if early else ["notice", "sheet", "results", "minutes"]

    def look(_actor: Actor) -> None:
        what = st.segmented_control(_("打印文件"), kinds, format_func=paper_name, key=f"papers.{sitting.id}")
        if what is None:
            return
        if what == "ballot":
            _ballot_papers(sitting, desk)
            return
        with refusals_shown():
            full = what in ("results", "minutes")
            known = desk.ask("paper_record", meeting_id=sitting.id) if full else NOTHING_MORE
            paper = document(what, sitting, known, desk.ask("template_for", kind=what))
            _take(_("下载{paper}（Word）", paper=paper_name(what)), what, lambda _actor: paper(),
                  file_name(sitting, what), WORD, desk, max(1, len(sitting.seats)))  # fmt: skip

    fragment(Permission.EXPORT)(look)()


def _ballot_papers(sitting: Sitting, desk: Desk) -> None:
    """表决票 of one item, eight to a sheet, to be cut."""
    item = st.selectbox(
        _("哪个议题的表决票"),
        sitting.items,
        format_func=lambda one: f"{one.position}. {one.title}",
        key=f"ballot_papers.{sitting.id}",
    )
    paper = ballot_papers(sitting, item, template=desk.ask("template_for", kind="ballot"))
    name = file_name(sitting, "ballot").replace(".docx", f"-{item.position}.docx")
    _take(_("下载{paper}（Word）", paper=paper_name("ballot")), "ballot", lambda _actor: paper(), name, WORD, desk,
          len(sitting.seats))  # fmt: skip
