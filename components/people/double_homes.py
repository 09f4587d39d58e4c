"""Flats that may stand in the books twice, two by two, and what was made one already."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import N_, _
from components.wording.dates import day, moment
from db.actions.people.households import merge_households, tell_apart, undo_household_merge
from db.queries.doors.doubles import DoubleHome, Home, HomeMergeRow
from db.rules.doors.doubles import Likeness

WHY: Mapping[Likeness, str] = {
    Likeness.SAME: N_("写法不同，同一门牌"),
    Likeness.NO_STAIRWELL: N_("室号相同，一条没有单元"),
    Likeness.PART_OF_NAME: N_("室号相同，一条的楼栋名更全"),
    Likeness.OTHER_WORD: N_("室号相同，幢、号、座不同"),
}
KEEP_FIRST, KEEP_SECOND, APART = "first", "second", "apart"
WAYS = {KEEP_FIRST: N_("合并，保留前一条"), KEEP_SECOND: N_("合并，保留后一条"), APART: N_("不是同一户")}


def _in_words(one: Home) -> str:
    met = _("上次见面 {day}", day=day(one.met_on)) if one.met_on else ""
    return " · ".join(part for part in (one.door, "、".join(one.names), met) if part)


def pairs_of_homes(found: Sequence[DoubleHome]) -> None:
    """Suggestions with their reason."""
    rows(
        [
            {
                "number": _("第 {n} 对", n=at),
                "first": _in_words(one.first),
                "second": _in_words(one.second),
                "why": _(WHY[one.why]),
            }
            for at, one in enumerate(found, 1)
        ],
        [
            Column("number", _("建议"), "nowrap"),
            Column("first", _("一条")),
            Column("second", _("另一条")),
            Column("why", _("为什么"), "nowrap"),
        ],
        key="double_homes",
        empty=_("没有发现重复的住户。"),
        caption=_("重复住户"),
    )


def decide_homes(found: Sequence[DoubleHome]) -> Request | None:
    """Choose a pair and say what it is: one household, and which record stays, or two."""
    if not found:
        return None
    numbered = dict(enumerate(found, 1))
    with form("merge_households") as filling:
        which = filling.choice(
            "pair", _("哪一对住户"), list(numbered), start=1, show=lambda at: _("第 {n} 对：{first}", n=at,
                                                                         first=_in_words(numbered[at].first))
        )  # fmt: skip
        way = filling.choice(
            "way", _("是不是同一户"), list(WAYS), start=KEEP_FIRST, few=True, show=lambda one: _(WAYS[one])
        )
        st.caption(_("人员、走访、需求、订单、投诉等一起转过去，同一户只算一次。可以撤销。"))
        pressed = filling.submit(_("决定"), icon=":material/merge:")
    if not pressed:
        return None
    if which is None:
        filling.problem("pair", _("请从列表中选择。"))
        return None
    first, second = numbered[which].first.id, numbered[which].second.id
    if way == APART:
        return Request(filling, tell_apart, _("已记为两户，不再提示"), {"first_id": first, "second_id": second})
    kept, other = (first, second) if way == KEEP_FIRST else (second, first)
    return Request(filling, merge_households, _("已合并为一户"), {"kept_id": kept, "other_id": other})


def merged_homes(merged: Sequence[HomeMergeRow]) -> Request | None:
    """What was made one, each with its way back."""
    request = None
    for one in merged[:10]:
        with st.container(horizontal=True, vertical_alignment="center"):
            by = one.by or _("系统整理")
            st.text(f"{one.kept} ← {one.other} · {moment(one.merged_at)} · {by}")
            hit = press(f"undo_household_merge.{one.id}", _("撤销合并"), icon=":material/undo:")
        if hit:
            request = Request(hit, undo_household_merge, _("已恢复为两户"), {"merge_id": one.id})
    return request
