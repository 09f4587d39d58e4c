"""The agenda of a meeting that is being prepared: what is asked in which way, in which order, in which words."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.acting import Request
from components.forms import Filling, form, press
from components.lists import Column, rows
from components.voting.question_form import Asked, Unreadable, choose_kind, motion_label, question_fields, read_question
from components.voting.question_words import option_lines, question_words
from components.wording import _, in_a_row
from db.actions.meetings.meetings import add_item, add_need, remove_item, reword_item, shift_item
from db.queries.meetings.meetings import WaitingNeed
from db.rules.meetings.item_input import MotionInput
from db.rules.meetings.sitting import Item, Sitting
from db.rules.voting.question import MOTION, Question
from db.terms import QuestionKind


@dataclass(frozen=True, slots=True)
class _Words:
    """What was typed of an item, with its question not yet read."""

    motion: str
    asked: Asked
    short_title: str
    owners_matter: bool


def agenda_table(sitting: Sitting) -> None:
    """The agenda as one block."""
    rows(
        [
            {
                "position": item.position,
                "title": item.title,
                "motion": item.motion,
                "way": way_words(item.question),
                "from": item.need_number or item.proposer,
                "note": _("仅供业主大会参考") if item.owners_matter else "",
                "state": item.state,
            }
            for item in sitting.items
        ],
        [
            Column("position", _("序号"), "nowrap"),
            Column("title", _("议题")),
            Column("motion", _("动议")),
            Column("way", _("表决方式")),
            Column("from", _("来源"), "nowrap"),
            *([Column("note", _("说明"))] if any(item.owners_matter for item in sitting.items) else []),
            Column("state", _("状态"), "nowrap"),
        ],
        key="agenda",
        empty=_("还没有议题。先从下面列入一个。"),
        caption=_("议程"),
    )


def way_words(question: Question) -> str:
    """How an item is asked, with its options."""
    if question.kind is QuestionKind.MOTION:
        return question_words(question)
    return _("{way}：{options}", way=question_words(question), options=in_a_row(option_lines(question)))


def order(sitting: Sitting) -> tuple[Item | None, Request | None]:
    """The item that is chosen for a change, and the request to move it or to take it out."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        item: Item | None = st.selectbox(
            _("调整议题"),
            sitting.items,
            format_func=lambda i: f"{i.position}. {i.title}",
            key="draft_item",
            width=360,
        )
        if item is None:
            return None, None
        up = press("draft_up", _("上移"), icon=":material/arrow_upward:", disabled=item.position == 1)
        down = press(
            "draft_down", _("下移"), icon=":material/arrow_downward:", disabled=item.position == len(sitting.items)
        )
        out = press("draft_out", _("移出议程"), icon=":material/playlist_remove:")
    if up:
        return item, Request(up, shift_item, _("已上移"), {"item_id": item.id, "by": -1})
    if down:
        return item, Request(down, shift_item, _("已下移"), {"item_id": item.id, "by": 1})
    if out:
        return item, Request(out, remove_item, _("已移出议程，需求退回待上会"), {"item_id": item.id})
    return item, None


def add_need_form(sitting: Sitting, needs: Sequence[WaitingNeed]) -> Request | None:
    """Choose a need that waits, and say what will be voted on."""
    if not needs:
        st.text(_("没有待上会的需求。需求在“筛选评分”里分流到议事会后，就会出现在这里。"))
        st.page_link("needs/screening.py", label=_("去筛选评分"), icon=":material/balance:")
        return None
    kind = choose_kind("add_need_kind")
    with form("add_need") as filling:
        need = filling.choice(
            "need_id",
            _("待上会的需求"),
            list(needs),
            show=lambda n: _("{number} {title}（{voices} 户）", number=n.number, title=n.title, voices=n.voices),
        )
        words = _words(filling, kind)
        pressed = filling.submit(_("列入议程"), icon=":material/playlist_add:")
    given = _motion(filling, words) if pressed else None
    values = {"meeting_id": sitting.id, "need_id": need.id if need else None, "given": given}
    return Request(filling, add_need, _("已列入议程"), values) if given else None


def add_item_form(sitting: Sitting) -> Request | None:
    """Write down a matter of the subdistrict or of a member."""
    kind = choose_kind("add_item_kind")
    with form("add_item") as filling:
        title = filling.line("title", _("议题名称"))
        words = _words(filling, kind)
        proposer = filling.line("proposer", _("提议人"), help=_("街道或成员姓名。提议人不能计票。"))
        pressed = filling.submit(_("列入议程"), icon=":material/playlist_add:")
    given = _motion(filling, words) if pressed else None
    values = {"meeting_id": sitting.id, "title": title, "proposer": proposer, "given": given}
    return Request(filling, add_item, _("已列入议程"), values) if given else None


def reword(item: Item) -> Request | None:
    """Change the words, the way of voting or the options of an item; nobody else's change is overwritten unseen."""
    name = f"reword_item.{item.id}"
    seen = f"_seen.{name}"
    if f"_empty.{name}" in st.session_state:
        st.session_state.pop(seen, None)
    version = st.session_state.get(seen, item.version)
    # From the next press on, the version that now stands in the agenda above.
    st.session_state[seen] = item.version
    kind = choose_kind(f"reword_kind.{item.id}", item.question.kind)
    with form(name) as filling:
        words = _words(filling, kind, item)
        pressed = filling.submit(_("保存修改"), icon=":material/edit:")
    given = _motion(filling, words) if pressed else None
    values = {"item_id": item.id, "version": version, "given": given}
    return Request(filling, reword_item, _("议题已修改"), values) if given else None


def _words(filling: Filling, kind: QuestionKind, item: Item | None = None) -> _Words:
    example = _("例：在1幢楼道加装感应灯 12 盏，费用不超过 6000 元。")
    motion = filling.words("motion", motion_label(kind), start=item.motion if item else "", help=example)
    started = item.question if item and item.question.kind is kind else MOTION
    asked = question_fields(filling, kind, started)
    short = filling.line(
        "short_title",
        _("大屏短标题（可不填）"),
        most=30,
        start=item.short_title if item else "",
        help=_("议题名称太长时，大屏显示这里的字。大屏全场可见：不写姓名、电话和门牌。"),
    )
    owners = filling.yes(
        "owners_matter",
        _("依法由业主共同决定的事项（结果仅供业主大会参考）"),
        start=item.owners_matter if item else False,
        help=_("例如选聘物业、使用维修资金、改选业委会。"),
    )
    return _Words(motion, asked, short, owners)


def _motion(filling: Filling, words: _Words) -> MotionInput | None:
    """What the fields say; None after showing at the options what cannot be read."""
    try:
        question = read_question(filling, words.asked)
    except Unreadable:
        return None
    return MotionInput(words.motion, words.owners_matter, question, words.short_title)
