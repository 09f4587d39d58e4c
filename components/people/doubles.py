"""Records that may be one person, two by two, and what was made one already."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import moment
from db.actions.people.merges import merge_persons, undo_person_merge
from db.queries.people.doubles import Double, MergeRow
from db.queries.people.people import PersonRow


def _in_words(one: PersonRow) -> str:
    return " · ".join(part for part in (one.name, one.relation, one.door, one.phone) if part)


def pairs_table(found: Sequence[Double]) -> None:
    """Suggestions with their reason."""
    rows(
        [
            {
                "number": _("第 {n} 对", n=at),
                "first": _in_words(one.first),
                "second": _in_words(one.second),
                "why": _("同一个电话") if one.by_phone else _("同一户，姓名相近"),
            }
            for at, one in enumerate(found, 1)
        ],
        [
            Column("number", _("建议"), "nowrap"),
            Column("first", _("一条")),
            Column("second", _("另一条")),
            Column("why", _("为什么"), "nowrap"),
        ],
        key="doubles",
        empty=_("没有发现重复的人员。"),
        caption=_("重复人员"),
    )


def merge_form(found: Sequence[Double]) -> Request | None:
    """Choose a pair and which of the two stays."""
    if not found:
        return None
    numbered = dict(enumerate(found, 1))
    with form("merge_persons") as filling:
        which = filling.choice(
            "pair", _("合并哪一对"), list(numbered), start=1, show=lambda at: _pair(at, numbered[at])
        )
        first = filling.choice(
            "first", _("保留哪一条"), [True, False], start=True, few=True,
            show=lambda kept: _("前一条") if kept else _("后一条"),
        )  # fmt: skip
        st.caption(_("同意和敏感信息一起转过去；保留的那条缺电话、关系的，从另一条补上。可以撤销。"))
        pressed = filling.submit(_("合并"), icon=":material/merge:")
    if not pressed:
        return None
    if which is None:
        filling.problem("pair", _("请从列表中选择。"))
        return None
    ids = (numbered[which].first.id, numbered[which].second.id)
    kept, other = ids if first else ids[::-1]
    return Request(filling, merge_persons, _("已合并为一条"), {"kept_id": kept, "other_id": other})


def _pair(at: int, one: Double) -> str:
    return _("第 {n} 对：{first}", n=at, first=_in_words(one.first))


def merged_list(merged: Sequence[MergeRow]) -> Request | None:
    """What was made one, each with its way back."""
    request = None
    for one in merged[:10]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{one.kept} · {one.door} · {moment(one.merged_at)} · {one.by}")
            hit = press(f"undo_person_merge.{one.id}", _("撤销合并"), icon=":material/undo:")
        if hit:
            request = Request(hit, undo_person_merge, _("已恢复为两条"), {"merge_id": one.id})
    return request
