"""How a result can be checked: accounts of every way, check codes, the ballot file and its hash.

The page draws it in a fragment of its own: what it costs is paid only by a user who looks.
"""

from collections.abc import Callable

import streamlit as st

from components.file_button import file_button
from components.lists import Column, rows
from components.meetings.desk import left_house
from components.meetings.papers import WORD, file_name
from components.meetings.papers_ballot import check_list
from components.voting.outcome import account_words, changed_words, fault_words, outcome_sentence
from components.voting.question_words import choice_words
from components.voting.result_chart import result_bars, rounds_table
from components.wording import _, safe, side_by_side, spaced
from components.wording.dates import today
from components.wording.terms import term
from db.queries.voting.ballots import BallotAccounts, BallotProof
from db.rules.meetings.sitting import Item, Sitting, TellerCount
from db.rules.permissions import Actor, Permission
from db.rules.voting import ballot_file
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import poll_of
from db.rules.voting.question import Question
from db.rules.voting.verdict import Verdict
from db.terms import QuestionKind, VoteMethod


def choose_count(sitting: Sitting) -> TellerCount | None:
    """The announced ballot that the user wants to check."""
    return st.selectbox(
        _("核对账目和选票"),
        sitting.counts,
        index=None,
        placeholder=_("选一次表决"),
        format_func=lambda one: _label(sitting, one),
        key=f"proof.{sitting.id}",
    )


def _label(sitting: Sitting, count: TellerCount) -> str:
    item = sitting.item(count.item_id)
    place, title = (item.position, item.title) if item else (0, "")
    return _("{n}. {title}（第 {round} 轮，{way}）", n=place, title=title, round=count.round, way=term(count.method))


def proof(
    sitting: Sitting,
    count: TellerCount,
    found: BallotProof,
    user: Actor,
    read_file: Callable[[Actor], ballot_file.BallotFile],
) -> None:
    """The numbers, accounts and codes of one announced ballot; `read_file` reads its file when it is fetched."""
    item = sitting.item(count.item_id)
    if item is None:
        return
    question = found.accounts.question
    last = max(one.round for one in sitting.counts if one.item_id == item.id) == count.round
    result = item.result if last else found.accounts.verdict
    st.text(spaced(outcome_sentence(result, question, sitting.rule)))
    if isinstance(result, Verdict):
        result_bars(question, result, key=f"bars.{count.ballot_id}")
        rounds_table(question, result.tally.rounds, key=f"rounds.{count.ballot_id}")
    _accounts(found.accounts)
    if any(way.way is VoteMethod.SLIP for way in found.accounts.ways):
        codes = [(code, choice_words(question, pattern)) for code, pattern in found.codes]
        _codes(sitting, item, count.ballot_id, codes, user)
    _file(sitting, count.ballot_id, question, found.accounts.file_hash, user, read_file)


def _accounts(accounts: BallotAccounts) -> None:
    """The three equations of every way."""
    for way in accounts.ways:
        signed = side_by_side(name for one, _place, name in accounts.counted_by if one is way.way)
        lines = [f"**{term(way.way)}**", *map(spaced, account_words(way, accounts.question))]
        if signed:
            lines.append(_("计票、监票：{names}", names=signed))
        lines += [_("账目不平：{fault}", fault=spaced(fault_words(fault))) for fault in way.faults()]
        st.markdown("  \n".join([lines[0], *(safe(line) for line in lines[1:])]))
    if said := changed_words(accounts.changed, accounts.elsewhere):
        st.text(said)
    if accounts.witnesses:
        st.text(_("见证人：{names}", names=side_by_side(accounts.witnesses)))


def _codes(
    sitting: Sitting,
    item: Item,
    ballot_id: int,
    codes: list[tuple[str, str]],
    user: Actor,
) -> None:
    with st.expander(_("票码核对清单"), icon=":material/fact_check:"):
        st.caption(_("投票时手机上显示过核对码。请成员对照自己的核对码，看选择是否一致。"))
        rows(
            [{"code": code, "choice": choice} for code, choice in codes],
            [Column("code", _("核对码"), "nowrap"), Column("choice", _("选择"))],
            key=f"codes.{ballot_id}", empty=_("没有人用票码投票。"), caption=_("票码核对清单"),
        )  # fmt: skip
        if codes and user.may(Permission.EXPORT):
            paper, name = check_list(sitting, item, codes), file_name(sitting, "checks")
            take_file(
                sitting, user, _("下载核对清单（Word）"), "checks", lambda _actor: paper(), name, WORD, len(codes)
            )


def _file(
    sitting: Sitting,
    ballot_id: int,
    question: Question,
    digest: str,
    user: Actor,
    read_file: Callable[[Actor], ballot_file.BallotFile],
) -> None:
    st.text(_("选票文件的指纹（SHA-256）：{digest}", digest=digest))
    st.caption(_("任何人都可以用这份文件重新计票：`python -m db recount 文件名`，得到同一句结果。"))
    if not user.may(Permission.EXPORT):
        return

    def text(actor: Actor) -> bytes:
        return ballot_file.write(read_file(actor)).encode()

    name, people = f"ballots-{ballot_id}.csv", len(sitting.seats)
    take_file(sitting, user, _("下载选票文件（CSV）"), "ballots", text, name, "text/csv", people)
    _other_forms(sitting, ballot_id, question, user, read_file)


def _other_forms(
    sitting: Sitting,
    ballot_id: int,
    question: Question,
    user: Actor,
    read_file: Callable[[Actor], ballot_file.BallotFile],
) -> None:
    """The same ballots for other programs: without codes, seats or the books."""

    def table_form(actor: Actor) -> bytes:
        return table.write(poll_of(read_file(actor))).encode("utf-8-sig")

    def blt_form(actor: Actor) -> bytes:
        return blt.write(poll_of(read_file(actor))).encode()

    def pabulib_form(actor: Actor) -> bytes:
        return pabulib.write(poll_of(read_file(actor)), today(sitting.at).year).encode()

    forms = [(_("下载选票表格（CSV）"), "ballot_table", table_form, "-table.csv", "text/csv")]
    if question.kind is QuestionKind.RANK:
        forms.append((_("下载排序票（BLT）"), "ballot_blt", blt_form, ".blt", "text/plain"))
    if question.kind is QuestionKind.BUDGET:
        forms.append((_("下载预算票（Pabulib .pb）"), "ballot_pb", pabulib_form, ".pb", "text/plain"))
    with st.expander(_("其他软件可读的格式"), icon=":material/table_view:"):
        st.caption(_("只有各种填法的张数，没有核对码、席位号和账目。`python -m db recount` 也能读。"))
        for label, what, made, ending, mime in forms:
            take_file(sitting, user, label, what, made, f"ballots-{ballot_id}{ending}", mime, len(sitting.seats))


def take_file(
    sitting: Sitting, user: Actor, label: str, what: str, make: Callable[[Actor], bytes], name: str, mime: str,
    count: int,
) -> None:  # fmt: skip
    def made(actor: Actor) -> bytes:
        content = make(actor)
        left_house(sitting, actor, what, count)
        return content

    file_button(user, Permission.EXPORT, label, name, mime, made, key=f"take.{what}.{name}")
