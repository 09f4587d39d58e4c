"""Records that may be one, two by two, what was found to be two, and what was made one already: of any kind."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.acting import Request
from components.address import id_in_address, to_address
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.people.differing import ask_again, decide_different
from db.queries.people.pairs import DecidedRow, Double, Doubles, MergeRow, Side
from db.terms import DoubleKind


def which_page() -> int:
    """The page of pairs that the address asks for."""
    return id_in_address("page") or 1


def turn_pages(found: Doubles, page: int) -> None:
    """Back and forth through the pairs."""
    if found.pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        here = min(page, found.pages)
        steps = ((here - 1, _("上一页"), "chevron_left"), (here + 1, _("下一页"), "chevron_right"))
        for to, label, icon in steps:
            if st.button(label, icon=f":material/{icon}:", key=f"doubles.{icon}", disabled=not 1 <= to <= found.pages):
                to_address("page", to)
                st.rerun()
        st.text(_("第 {page} 页，共 {pages} 页、{total} 对", page=here, pages=found.pages, total=found.total))


def _in_words(one: Side) -> str:
    met = (_("上次见面 {day}", day=near(one.met_on)),) if one.met_on else ()
    return " · ".join((*one.words, *met))


def pairs_table(found: Sequence[Double]) -> None:
    """Suggestions with their reason, the best first."""
    rows(
        [
            {
                "number": _("第 {n} 对", n=at),
                "first": _in_words(one.first),
                "second": _in_words(one.second),
                "why": term(one.why),
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
        empty=_("没有发现重复的记录。"),
        caption=_("可能重复的记录"),
    )


def merge_form(found: Sequence[Double], merge: Callable[..., int], along: str) -> Request | None:
    """Choose a pair and which of the two stays; `along` says what goes along."""
    if not found:
        return None
    numbered = dict(enumerate(found, 1))
    with form(merge.__name__) as filling:
        which = filling.choice("pair", _("合并哪一对"), list(numbered), start=1, show=_pair(numbered))
        first = filling.choice(
            "first", _("保留哪一条"), [True, False], start=True, few=True,
            show=lambda kept: _("前一条") if kept else _("后一条"),
        )  # fmt: skip
        st.caption(along)
        pressed = filling.submit(_("合并"), icon=":material/merge:")
    if not pressed:
        return None
    if which is None:
        filling.problem("pair", _("请从列表中选择。"))
        return None
    ids = (numbered[which].first.id, numbered[which].second.id)
    kept, other = ids if first else ids[::-1]
    return Request(filling, merge, _("已合并为一条"), {"kept_id": kept, "other_id": other})


def _pair(numbered: dict[int, Double]) -> Callable[[int], str]:
    return lambda at: _("第 {n} 对：{first}", n=at, first=_in_words(numbered[at].first)) if at in numbered else str(at)


def different_form(kind: DoubleKind, found: Sequence[Double]) -> Request | None:
    """Say of any number of pairs that they are two."""
    if not found:
        return None
    numbered = dict(enumerate(found, 1))
    with form(f"decide_different.{kind.value}") as filling:
        chosen = filling.several("pairs", _("哪几对不是同一个"), list(numbered), show=_pair(numbered))
        st.caption(_("记住以后不再列出；点错了可以在下面撤回。"))
        pressed = filling.submit(_("不是同一个"), icon=":material/call_split:")
    pairs = [(numbered[at].first.id, numbered[at].second.id) for at in chosen if at in numbered]
    if pressed and not pairs:
        filling.problem("pairs", _("请从列表中选择。"))
        return None
    values = {"kind": kind, "pairs": pairs}
    return Request(filling, decide_different, _("已记住，不再列出"), values) if pressed else None


def decided_list(decided: Sequence[DecidedRow], sides: dict[int, str]) -> Request | None:
    """The last decisions, each with its way back."""
    request = None
    for one in decided:
        with st.container(horizontal=True, vertical_alignment="center"):
            who = " / ".join(sides.get(row_id, "—") for row_id in (one.first_id, one.second_id))
            st.text(f"{who} · {near(one.decided_at)} · {one.by}")
            hit = press(f"ask_again.{one.id}", _("重新列出"), icon=":material/undo:")
        if hit:
            request = Request(hit, ask_again, _("已重新列出"), {"pair_id": one.id})
    return request


def merged_list(merged: Sequence[MergeRow], undo: Callable[..., Any]) -> Request | None:
    """What was made one, each with its way back."""
    request = None
    for one in merged[:10]:
        with st.container(horizontal=True, vertical_alignment="center"):
            by = one.by or _("系统整理")
            st.text(f"{one.kept} · {one.door} · {near(one.merged_at)} · {by}")
            hit = press(f"{undo.__name__}.{one.id}", _("撤销合并"), icon=":material/undo:")
        if hit:
            request = Request(hit, undo, _("已恢复为两条"), {"merge_id": one.id})
    return request
