"""One item in focus: what is asked in large type, the floor, points and amendments, and how it comes to the vote."""

from collections.abc import Callable, Mapping

import streamlit as st

from components.acting import Request
from components.asking import kept_part
from components.forms import form, press
from components.inputs import STEPS, as_typed
from components.meetings.ballot_box import ballot_box, live_turnout
from components.meetings.ballot_open import may_vote_now, other_ways
from components.meetings.desk import Desk
from components.meetings.floor import floor_panel
from components.meetings.points import points
from components.voting.outcome import outcome_sentence
from components.voting.question_words import option_lines, question_words
from components.wording import _, plainly, safe, spaced
from components.wording.terms import badge
from db.actions.meetings.discussion import move_amendment, record_point, settle_amendment, undo_start
from db.actions.meetings.meetings import postpone_item
from db.actions.voting.closing import answer_rejected, keep_in_reserve
from db.queries.named import Named
from db.queries.voting.ballots import SlipStanding
from db.rules.meetings.sitting import DONE, BallotStanding, Item, Point, Sitting
from db.rules.permissions import Actor, Permission
from db.terms import ItemState, MeetingState, QuestionKind, VoteMethod

OPEN = (ItemState.DISCUSSING, ItemState.TIED)


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
        label_visibility="collapsed",
    )


def show_item(
    sitting: Sitting,
    item: Item,
    desk: Desk,
    slips: SlipStanding,
    voters: Mapping[VoteMethod, tuple[Named, ...]],
    turnout: Callable[[Actor], BallotStanding | None],
) -> Request | None:
    """The item with everything that this user may do with it now."""
    ballot = sitting.ballot_on(item)
    _what(sitting, item)
    requests: list[Request | None] = []
    if ballot is not None:
        live_turnout(ballot, turnout)
        requests.append(ballot_box(ballot, desk, voters, sitting.counts[-1] if sitting.counts else None))
    elif sitting.state is MeetingState.OPEN:
        requests.append(_conduct(sitting, item, desk, slips))
    requests.append(points(sitting, item, desk.user))
    return next((request for request in requests if request), None)


def _what(sitting: Sitting, item: Item) -> None:
    st.markdown(f"{badge(item.state)} {safe(item.need_number or item.proposer)}")
    if item.owners_matter:
        st.warning(_("业主共同决定的事项：本会表决仅供业主大会参考。"), icon=":material/info:")
    st.markdown(f"## {safe(item.motion)}")
    asked = item.question if item.state in DONE else item.to_vote
    if asked.kind is not QuestionKind.MOTION:
        st.text("\n".join([question_words(asked), *option_lines(asked)]))
    if item.state is not ItemState.VOTING:
        words = spaced(outcome_sentence(item.result, item.answered, sitting.rule))
        if words:
            st.text(words)


def _conduct(sitting: Sitting, item: Item, desk: Desk, slips: SlipStanding) -> Request | None:
    if item.owes_words and desk.chair:
        return _say_words(sitting, item)
    if item.state is ItemState.PENDING:
        return _not_yet(sitting, item, desk)
    if item.state not in OPEN:
        return None
    undecided = sitting.open_amendment(item)
    requests: list[Request | None] = []
    if undecided is not None:
        requests.append(_settle(undecided, chair=desk.chair))
    requests.append(floor_panel(sitting, item, desk.user, desk.now))
    if desk.chair and undecided is None and may_vote_now(sitting, item):
        requests.append(other_ways(sitting, item, slips))
    if desk.may(Permission.RECORD_DISCUSSION):
        requests.append(_record(sitting, item, undecided, desk))
    return next((request for request in requests if request), None)


def _not_yet(sitting: Sitting, item: Item, desk: Desk) -> Request | None:
    """Before its discussion an item can only be put off."""
    if not desk.chair:
        return None
    may_vote_now(sitting, item)
    with st.expander(_("顺延本议题"), icon=":material/update:"):
        return _postpone(item)


def _settle(point: Point, *, chair: bool) -> Request | None:
    st.warning(_("修正动议待处理，处理后才能表决："), icon=":material/edit:")
    st.markdown(f"### {safe(point.new_motion)}")
    if not chair:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        counts = {
            name: as_typed(st.number_input(label, value=None, key=f"{name}.{point.id}", width=160, **STEPS))
            for name, label in (("votes_for", _("举手赞成（可不填）")), ("votes_against", _("举手反对（可不填）")))
        }
        yes = press(f"carry.{point.id}", _("采纳，改为新表述"), primary=True, icon=":material/check:")
        no = press(f"drop.{point.id}", _("不采纳"), icon=":material/close:")
    hit = yes or no
    if hit is None:
        return None
    said = _("动议已修改，原表述保留在记录里") if hit is yes else _("修正动议未采纳")
    return Request(hit, settle_amendment, said, {"point_id": point.id, "carried": hit is yes, **counts})


def _record(sitting: Sitting, item: Item, undecided: Point | None, desk: Desk) -> Request | None:
    ways = {"point": _("发言要点"), "amend": _("修正动议"), "postpone": _("顺延"), "undo": _("退回未开始")}
    if undecided is not None:
        ways.pop("amend")
    if not desk.chair:
        ways.pop("postpone")
    if item.state is not ItemState.DISCUSSING:
        ways.pop("undo")
    way = st.segmented_control(
        _("记录"), list(ways), format_func=plainly(ways.__getitem__), default="point", required=True, key="record_way"
    )
    requests: list[Request | None] = []
    for one in ("point", "amend"):
        with kept_part(f"{one}-{item.id}", shown=way == one) as drawn:
            if drawn and one in ways:
                requests.append(_said_form(sitting, item, amends=one == "amend"))
    if way == "postpone":
        requests.append(_postpone(item))
    if way == "undo":
        requests.append(_undo_start(item))
    return next((request for request in requests if request), None)


def _said_form(sitting: Sitting, item: Item, *, amends: bool) -> Request | None:
    there = [seat for seat in sitting.seats if seat.came_at is not None]
    with form(f"{'amend' if amends else 'point'}.{item.id}") as filling:
        values: dict[str, object] = {"item_id": item.id}
        if amends:
            values["new_motion"] = filling.words("new_motion", _("动议改为"), start=item.motion)
            values["said"] = filling.line("said", _("修正的理由（可不填）"), most=500)
        else:
            values["said"] = filling.words("said", _("要点"), height=90)
        seat = filling.choice("member_id", _("发言人（可不记名）"), there, show=lambda s: s.label)
        values["member_id"] = seat.member_id if seat else None
        pressed = filling.submit(_("记录"), icon=":material/edit_note:")
    if not pressed:
        return None
    if amends:
        return Request(filling, move_amendment, _("已记录修正动议"), values)
    return Request(filling, record_point, _("已记录"), values)


def _undo_start(item: Item) -> Request | None:
    st.caption(_("叫错了议题、还没有人发言时，可以退回。"))
    back = press(f"undo_start.{item.id}", _("退回未开始"), icon=":material/undo:")
    return Request(back, undo_start, _("已退回，本议题等待讨论"), {"item_id": item.id}) if back else None


def _postpone(item: Item) -> Request | None:
    with form(f"postpone.{item.id}") as filling:
        reason = filling.line("reason", _("顺延的原因"), most=200)
        pressed = filling.submit(_("顺延到下次会议"), icon=":material/update:")
    if not pressed:
        return None
    said = _("已入选的照常公示，余下名额留待下次") if item.elected else _("议题已顺延，需求退回待上会")
    return Request(filling, postpone_item, said, {"item_id": item.id, "reason": reason})


def _say_words(sitting: Sitting, item: Item) -> Request | None:
    proposed = outcome_sentence(item.result, item.answered, sitting.rule)
    ways = {"answer_rejected": _("回音提出人"), "keep_in_reserve": _("入储备库，以后再议")}
    with form(f"words.{item.id}") as filling:
        act = filling.choice("way", _("怎样给提出人一个说法"), list(ways), start="answer_rejected",
                             show=ways.__getitem__, few=True)  # fmt: skip
        reason = filling.words("reason", _("要说的话（会交给回访的人）"), start=proposed)
        pressed = filling.submit(_("就这样办"), icon=":material/reply:")
    if not pressed:
        return None
    values = {"item_id": item.id, "reason": reason}
    if act == "keep_in_reserve":
        return Request(filling, keep_in_reserve, _("已转入储备库"), values)
    return Request(filling, answer_rejected, _("已列入回音清单"), values)
