"""One item in focus: the motion in large type, points and amendments, and what the chair does with it."""

import streamlit as st

from components.ballot_box import ballot_box, open_form
from components.decision_sentence import decision_sentence
from components.forms import form, press
from components.lists import Column, rows
from components.meeting_wish import Wish
from components.wording import _, safe
from components.wording.terms import badge
from db.rules.council import Named
from db.rules.permissions import Actor, Permission
from db.rules.sitting import Item, Point, Sitting
from db.terms import ItemState, MeetingState

OPEN = (ItemState.PENDING, ItemState.DISCUSSING, ItemState.TIED)


def choose_item(sitting: Sitting, shown: Item | None) -> Item | None:
    """The item in focus; the running one unless another was chosen."""
    if not sitting.items:
        return None
    start = next((i for i, item in enumerate(sitting.items) if shown and item.id == shown.id), 0)
    return st.selectbox(
        _("议题"),
        sitting.items,
        index=start,
        format_func=lambda item: f"{item.position}. {item.title}",
        key=f"item.{sitting.id}.{shown.id if shown else 0}.{shown.state if shown else ''}",
    )


def show_item(sitting: Sitting, item: Item, user: Actor, voters: tuple[Named, ...]) -> Wish | None:
    """The item with everything that this user may do with it now."""
    st.markdown(f"{badge(item.state)} {safe(item.need_number or item.proposer)}")
    if item.owners_matter:
        st.warning(_("业主共同决定的事项:本会表决仅供业主大会参考。"), icon=":material/info:")
    st.markdown(f"### {safe(item.motion)}")
    if item.decision is not None and sitting.rule is not None and item.state is not ItemState.VOTING:
        st.text(decision_sentence(item.decision, sitting.rule))
    points = [point for point in sitting.points if point.item_id == item.id]
    wishes: list[Wish | None] = []
    if sitting.state is MeetingState.OPEN:
        wishes.append(_conduct(sitting, item, points, user, voters))
    if points:
        _points_table(points)
    return next((wish for wish in wishes if wish), None)


def _conduct(sitting: Sitting, item: Item, points: list[Point], user: Actor, voters: tuple[Named, ...]) -> Wish | None:
    chair = user.may(Permission.RUN_MEETING)
    if sitting.ballot is not None and sitting.ballot.item_id == item.id:
        return ballot_box(sitting.ballot, sitting, user, voters)
    if item.owes_words and chair:
        return _say_words(sitting, item)
    if item.state not in OPEN:
        return None
    wishes: list[Wish | None] = []
    undecided = next((p for p in points if p.amendment and p.carried is None), None)
    if undecided is not None:
        wishes.append(_settle(undecided, chair=chair))
    elif chair:
        wishes.append(open_form(sitting, item))
    if user.may(Permission.RECORD_DISCUSSION):
        wishes.append(_record(sitting, item, undecided))
    return next((wish for wish in wishes if wish), None)


def _settle(point: Point, *, chair: bool) -> Wish | None:
    st.warning(_("修正动议待处理,处理后才能表决:"), icon=":material/edit:")
    st.markdown(f"#### {safe(point.new_motion)}")
    if not chair:
        return None
    with st.container(horizontal=True):
        yes = press(f"carry.{point.id}", _("采纳,改为新表述"), primary=True, icon=":material/check:")
        no = press(f"drop.{point.id}", _("不采纳"), icon=":material/close:")
    if yes:
        values = {"point_id": point.id, "carried": True}
        return Wish(yes, "settle_amendment", _("动议已修改,原表述保留在记录里"), values)
    if no:
        return Wish(no, "settle_amendment", _("修正动议未采纳"), {"point_id": point.id, "carried": False})
    return None


def _record(sitting: Sitting, item: Item, undecided: Point | None) -> Wish | None:
    ways = {"point": _("发言要点"), "amend": _("修正动议"), "postpone": _("顺延")}
    if undecided is not None:
        ways.pop("amend")
    way = st.segmented_control(
        _("记录"), list(ways), format_func=ways.__getitem__, default="point", required=True, key="record_way"
    )
    if way == "postpone":
        return _postpone(item)
    if way not in ways:
        return None
    there = [seat for seat in sitting.seats if seat.came_at is not None]
    with form(f"{way}.{item.id}") as filling:
        values: dict[str, object] = {"item_id": item.id}
        if way == "amend":
            values["new_motion"] = filling.words("new_motion", _("动议改为"), start=item.motion)
            values["said"] = filling.line("said", _("修正的理由(可不填)"), most=500)
        else:
            values["said"] = filling.words("said", _("要点"), height=90)
        seat = filling.choice("member_id", _("发言人(可不记名)"), there, show=lambda s: s.label)
        values["member_id"] = seat.member_id if seat else None
        pressed = filling.submit(_("记录"), icon=":material/edit_note:")
    if not pressed:
        return None
    act, said = ("move_amendment", _("已记录修正动议")) if way == "amend" else ("record_point", _("已记录"))
    return Wish(filling, act, said, values)


def _postpone(item: Item) -> Wish | None:
    with form(f"postpone.{item.id}") as filling:
        reason = filling.line("reason", _("顺延的原因"), most=200)
        pressed = filling.submit(_("顺延到下次会议"), icon=":material/update:")
    if not pressed:
        return None
    return Wish(filling, "postpone_item", _("议题已顺延,需求退回待上会"), {"item_id": item.id, "reason": reason})


def _say_words(sitting: Sitting, item: Item) -> Wish | None:
    proposed = ""
    if item.decision is not None and sitting.rule is not None:
        proposed = decision_sentence(item.decision, sitting.rule)
    ways = {"answer_rejected": _("回音提出人"), "keep_in_reserve": _("入储备库,以后再议")}
    with form(f"words.{item.id}") as filling:
        act = filling.choice("way", _("怎样给提出人一个说法"), list(ways), start="answer_rejected",
                             show=ways.__getitem__, few=True)  # fmt: skip
        reason = filling.words("reason", _("要说的话(会交给回访的人)"), start=proposed)
        pressed = filling.submit(_("就这样办"), icon=":material/reply:")
    if not pressed:
        return None
    said = _("已列入回音清单") if act == "answer_rejected" else _("已转入储备库")
    return Wish(filling, act or "answer_rejected", said, {"item_id": item.id, "reason": reason})


def _points_table(points: list[Point]) -> None:
    rows(
        [
            {
                "who": point.name or "—",
                "words": point.words or point.new_motion,
                "change": _change(point),
                "before": point.motion_before if point.amendment else "",
            }
            for point in points
        ],
        [
            Column("who", _("发言人"), "nowrap"),
            Column("words", _("要点")),
            Column("change", _("修正")),
            Column("before", _("原表述")),
        ],
        key=f"points.{points[0].item_id}",
        empty="",
        caption=_("讨论要点"),
    )


def _change(point: Point) -> str:
    if not point.amendment:
        return ""
    if point.carried is None:
        return _("待处理:{motion}", motion=point.new_motion)
    if point.carried:
        return _("采纳:{motion}", motion=point.new_motion)
    return _("未采纳:{motion}", motion=point.new_motion)
