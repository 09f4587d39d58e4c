"""The list of promises, the ones that wait for the branch, and what is behind."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.acting import Request
from components.address import filter_id, filters
from components.commitments.words import end_of, how_often, kept_words, window_words
from components.forms import form
from components.lists import Column, rows
from components.wording import _, in_a_row
from components.wording.terms import term
from db.actions.commitments.commitments import publish_commitments
from db.queries.commitments.commitments import CommitmentRow, Late
from db.terms import CommitmentState

SHOWN = 50
"""Rows of a list without pages."""


def choose_branch(named: Mapping[int, str]) -> tuple[int | None, DeltaGenerator, DeltaGenerator]:
    """The branch to look at, and the room beside it for what else a view can be narrowed by."""
    with filters():
        left, middle, right = st.columns(3)
    with left:
        return filter_id("branch", _("支部"), named), middle, right


def sums_line(counts: Mapping[CommitmentState, int]) -> None:
    """How many promises are in which state, in one line; states without any are left out."""
    parts = [f"{term(state)} {counts[state]}" for state in CommitmentState if counts.get(state)]
    st.caption(" · ".join(parts) or _("还没有承诺"))


def commitment_list(found: Sequence[CommitmentRow]) -> None:
    """The promises of a page."""
    rows(
        [
            {
                "id": one.id,
                "what": one.what or _("（未写内容）"),
                "whom": one.whom,
                "member": f"{one.member} · {one.branch}",
                "often": how_often(one.rhythm, one.times, one.measure),
                "until": end_of(one),
                "kept": kept_words(one.standing),
                "state": one.state,
            }
            for one in found
        ],
        [
            Column("what", _("承诺"), "wide"),
            Column("whom", _("服务对象")),
            Column("member", _("承诺人")),
            Column("often", _("频次"), "nowrap"),
            Column("until", _("期限"), "nowrap"),
            Column("kept", _("践诺")),
            Column("state", _("状态")),
        ],
        key="commitments.list",
        page="commitment",
        empty=_("没有符合条件的承诺。"),
        caption=_("承诺"),
    )


def own_list(found: Sequence[CommitmentRow]) -> None:
    """A member's own promises."""
    rows(
        [
            {
                "id": one.id,
                "what": one.what or _("（未写内容）"),
                "state": one.state,
                "kept": kept_words(one.standing),
                "until": end_of(one),
            }
            for one in found
        ],
        [
            Column("what", _("承诺"), "wide"),
            Column("state", _("状态")),
            Column("kept", _("践诺")),
            Column("until", _("期限"), "nowrap"),
        ],
        key="commitments.own",
        page="commitment",
        empty=_("还没有承诺。下面写一项：为谁、做什么、多久一次、到哪天、按什么计量。"),
        caption=_("我的承诺"),
    )


def late_list(found: Sequence[Late]) -> None:
    """What is behind, by branch and member: never an order of the diligent."""
    rows(
        [
            {
                "id": one.row.id,
                "what": one.row.what,
                "member": f"{one.row.member} · {one.row.branch}",
                "missed": in_a_row(window_words(window) for window in one.missed[-3:]),
                "number": len(one.missed) or "",
                "waiting": one.waiting or "",
            }
            for one in found[:SHOWN]
        ],
        [
            Column("what", _("承诺"), "wide"),
            Column("member", _("承诺人")),
            Column("missed", _("没有做到也没有说明的时段")),
            Column("number", _("期数"), "number"),
            Column("waiting", _("待确认的补记"), "number"),
        ],
        key="commitments.late",
        page="commitment",
        empty=_("没有落下的承诺。"),
        caption=_("跟踪问效"),
    )
    if len(found) > SHOWN:
        st.caption(_("共 {n} 项，这里列前 {most} 项。选一个支部看其余的。", n=len(found), most=SHOWN))


def publish_form(approved: Sequence[CommitmentRow]) -> Request | None:
    """Put approved promises on the wall at one press; the own ones are left to somebody else."""
    named = {one.id: f"{one.member} {one.what}" for one in approved if not one.own}
    if not named:
        return None
    with form("publish_commitments") as filling:
        chosen = filling.several(
            "commitment_ids",
            _("亮诺：公示哪些"),
            list(named),
            start=list(named),
            show=lambda one: named.get(one, str(one)),
        )
        pressed = filling.submit(_("公示"), icon=":material/campaign:")
    values = {"commitment_ids": chosen}
    said = lambda number: _("已公示 {n} 项承诺", n=number)  # noqa: E731
    return Request(filling, publish_commitments, said, values) if pressed else None
