"""The ballot on the console: open it, count hands twice, enter what is said aloud, announce the result."""

from typing import Any

import streamlit as st

from components.decision_sentence import quorum_words
from components.forms import form, press
from components.meeting_wish import Wish
from components.wording import _
from components.wording.terms import term
from db.rules.council import Named
from db.rules.permissions import Actor, Permission
from db.rules.sitting import BallotStanding, Item, Sitting
from db.terms import Choice, ItemState, Outcome, VoteMethod


def open_form(sitting: Sitting, item: Item) -> Wish | None:
    """Start the discussion, or put the item to the vote; without a quorum only words."""
    check = sitting.quorum_for(item.id)
    if check is None or not check.met:
        words = quorum_words(check) if check else ""
        st.error(_("不得表决:{words}", words=words), icon=":material/group_off:")
    start = None
    if item.state is ItemState.PENDING:
        start = press(f"start.{item.id}", _("开始讨论"), icon=":material/forum:", primary=True)
    if start:
        return Wish(start, "start_item", _("开始讨论"), {"item_id": item.id})
    if check is None or not check.met or item.state is ItemState.PENDING:
        return None
    with st.container(horizontal=True):
        hands = press(f"hands.{item.id}", _("举手表决"), icon=":material/front_hand:", primary=True)
        named = press(f"named.{item.id}", _("线上记名表决"), icon=":material/how_to_vote:")
    if hands:
        return Wish(hands, "open_ballot", _("开始举手表决"), {"item_id": item.id, "method": VoteMethod.HANDS})
    if named:
        return Wish(
            named,
            "open_ballot",
            _("开始记名表决:请成员打开“我的表决”"),
            {"item_id": item.id, "method": VoteMethod.NAMED},
        )
    return None


def ballot_box(ballot: BallotStanding, sitting: Sitting, user: Actor, voters: tuple[Named, ...]) -> Wish | None:
    """An open ballot: turnout only, and what this user may do to it."""
    st.text(
        _(
            "第{round}轮 · {method} · 可表决 {voting} 人",
            round=ballot.round,
            method=term(ballot.method),
            voting=ballot.voting,
        )
    )
    wishes: list[Wish | None] = []
    if ballot.method is VoteMethod.HANDS:
        if user.may(Permission.COUNT_HANDS):
            wishes.append(_count_form(ballot))
    elif user.may(Permission.RUN_MEETING) and voters:
        wishes.append(_aloud(ballot, voters))
    if user.may(Permission.RUN_MEETING):
        wishes.append(_close(ballot))
    return next((wish for wish in wishes if wish), None)


def turnout_words(ballot: BallotStanding) -> str:
    """已投 9 / 14: how many, never what."""
    return _("已投票 {turnout} / {voting} 人", turnout=ballot.turnout, voting=ballot.voting)


def _count_form(ballot: BallotStanding) -> Wish | None:
    if ballot.recounts and not ballot.tellers_in:
        st.warning(
            _("两位报的数不一致(第 {n} 次),请两位都重新清点、再各报一次。", n=ballot.recounts),
            icon=":material/replay:",
        )
    missing = [teller for teller in (1, 2) if teller not in ballot.tellers_in]
    if not missing:
        st.success(_("两位报的数一致,可以宣布结果。"), icon=":material/check_circle:")
        return None
    if len(missing) == 1:
        st.text(_("一位已报数,正在等另一位。报数在两位都报完之前不显示。"))
    roles = {1: _("计票人"), 2: _("监票人")}
    # The round is part of the key: after a disagreement both start from empty fields.
    with form(f"count.{ballot.id}.{ballot.recounts}.{len(missing)}") as filling:
        teller = filling.choice("teller", _("我是"), missing, start=missing[0], show=roles.__getitem__, few=True)
        name = filling.line("name", _("姓名"))
        counts: dict[str, int | None] = {}
        with st.container(horizontal=True):
            for field, choice in (
                ("votes_for", Choice.FOR),
                ("votes_against", Choice.AGAINST),
                ("votes_abstain", Choice.ABSTAIN),
            ):
                counts[field] = filling.whole(field, term(choice), least=0, most=ballot.voting)
        pressed = filling.submit(_("报数"), icon=":material/calculate:")
    if not pressed:
        return None
    values: dict[str, Any] = {"ballot_id": ballot.id, "teller": teller, "name": name, **counts}
    return Wish(filling, "enter_count", _said_of_count, values)


def _said_of_count(result: dict[str, Any]) -> str:
    if result["agreed"] is None:
        return _("已报数,请另一位独立报数")
    if result["agreed"]:
        return _("两位报的数一致,可以宣布结果")
    return _("两位报的数不一致,请都重新清点")


def _aloud(ballot: BallotStanding, voters: tuple[Named, ...]) -> Wish | None:
    with (
        st.expander(_("代录没有账号的成员({count} 人未投)", count=len(voters)), icon=":material/record_voice_over:"),
        form(f"aloud.{ballot.id}", border=False) as filling,
    ):
        member = filling.choice("member_id", _("成员(当场口头表示)"), list(voters), show=lambda v: v.name)
        choice = filling.choice("choice", _("意见"), list(Choice), few=True)
        pressed = filling.submit(_("代录这一票"))
    if not pressed:
        return None
    values = {"ballot_id": ballot.id, "member_id": member.id if member else None, "choice": choice}
    return Wish(filling, "cast_for_member", _("已代录,记录里写明由主持人录入"), values)


def _close(ballot: BallotStanding) -> Wish | None:
    hint = None if ballot.complete else _("票还没有收齐:没有投的人按未投票计入实到。")
    close = press(
        f"close.{ballot.id}",
        _("结束表决,宣布结果"),
        icon=":material/task_alt:",
        primary=ballot.complete,
        help=hint,
        disabled=ballot.method is VoteMethod.HANDS and not ballot.complete,
    )
    if close:
        return Wish(close, "close_ballot", _said_of_result, {"ballot_id": ballot.id})
    with st.expander(_("作废这次表决"), icon=":material/block:"), form(f"void.{ballot.id}", border=False) as filling:
        reason = filling.line("reason", _("作废的原因"), most=200)
        pressed = filling.submit(_("作废,回到讨论"))
    if pressed:
        return Wish(filling, "cancel_ballot", _("这次表决已作废"), {"ballot_id": ballot.id, "reason": reason})
    return None


def _said_of_result(result: dict[str, Any]) -> str:
    return _("表决结果:{outcome}", outcome=term(Outcome(result["outcome"])))
