"""The ballot on the console: its turnout, the counts of two people, votes said aloud, and how it ends.

Nothing here shows what anybody chose: figures of how many, until the chair announces.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from components.access import fragment
from components.acting import Request
from components.forms import form, press
from components.meetings.desk import Desk
from components.voting.ballot_paper import paper_form
from components.voting.choice_fields import choice_fields, read_choice
from components.voting.outcome import changed_words
from components.wording import _
from components.wording.terms import term
from db.actions.voting.closing import cancel_ballot, close_ballot, resume_ballot, stop_ballot
from db.actions.voting.paper import enter_count
from db.actions.voting.voting import cast_for_member
from db.queries.named import Named
from db.rules.meetings.sitting import BallotStanding, TellerCount, WayStanding
from db.rules.permissions import Actor, Permission
from db.terms import BallotState, Choice, Outcome, VoteMethod

EVERY = 2
"""Seconds between two looks at the turnout."""
LIVE = (VoteMethod.NAMED, VoteMethod.ASSISTED, VoteMethod.SLIP)
"""Ways in which votes come in one by one."""
KEY_ANNOUNCE = "Ctrl+Enter"


# --- how many -----------------------------------------------------------------------------------------


def turnout_words(ballot: BallotStanding) -> str:
    """已投 9 / 14: how many, never what; with several ways, each of them."""
    if ballot.ways and not any(way.way in LIVE for way in ballot.ways):
        return " · ".join(f"{term(way.way)} {way_count(way)}" for way in ballot.ways)
    total = _("已投票 {turnout} / {voting} 人", turnout=ballot.turnout, voting=ballot.voting)
    if len(ballot.ways) > 1:
        parts = [f"{term(way.way)} {way_count(way)}" for way in ballot.ways]
        total = _("{total}（{parts}）", total=total, parts=" · ".join(parts))
    return _("；").join(part for part in (total, changed_words(ballot.changed, ballot.elsewhere)) if part)


def way_count(way: WayStanding) -> str:
    """9 / 14, or how many of the two counts are in."""
    if way.way in LIVE:
        return f"{way.cast} / {way.issued}"
    return _("{issued} 人，已报数 {entered} / 2", issued=way.issued, entered=len(way.entries))


def live_turnout(ballot: BallotStanding, read: Callable[[Actor], BallotStanding | None]) -> None:
    """The turnout, which `read` gives again while votes come in; the page draws itself anew when all are in."""
    if ballot.state is not BallotState.OPEN or not any(way.way in LIVE for way in ballot.ways):
        st.text(turnout_words(ballot))
        return
    first = True

    def look(actor: Actor) -> None:
        nonlocal first
        # The first look would only repeat what the page has just read.
        now = ballot if first else read(actor)
        first = False
        st.text(turnout_words(now) if now else _("表决已结束。"))
        if now is None or now.complete != ballot.complete or now.state is not ballot.state:
            st.rerun(scope="app")

    fragment(Permission.SEE_COUNCIL, run_every=EVERY)(look)()


# --- the box ------------------------------------------------------------------------------------------


def ballot_box(
    ballot: BallotStanding, desk: Desk, voters: Mapping[VoteMethod, tuple[Named, ...]], last: TellerCount | None = None
) -> Request | None:
    """What this user may do to a running ballot, below its turnout; `voters` are those whose vote the chair enters,
    `last` is the count before, whose tellers most often count again.
    """
    requests: list[Request | None] = []
    for way in ballot.ways:
        if way.way is VoteMethod.HANDS and desk.may(Permission.COUNT_HANDS):
            requests.append(_count_form(ballot, way, last))
        if way.way is VoteMethod.PAPER and desk.may(Permission.ENTER_PAPER):
            requests.append(paper_form(ballot, way))
    if desk.chair:
        requests.append(_aloud(ballot, voters.get(VoteMethod.ASSISTED, ()), assisted=True))
        requests.append(_aloud(ballot, voters.get(VoteMethod.NAMED, ()), assisted=False))
        requests.append(_void(ballot))
    return next((request for request in requests if request), None)


def _count_form(ballot: BallotStanding, way: WayStanding, last: TellerCount | None) -> Request | None:
    if ballot.recounts and not way.entries:
        st.warning(
            _("两位报的数不一致（第 {n} 次），请两位都重新清点、再各报一次。", n=ballot.recounts),
            icon=":material/replay:",
        )
    missing = [teller for teller in (1, 2) if teller not in way.entries]
    if not missing:
        st.success(_("两位报的数一致，可以宣布结果。"), icon=":material/check_circle:")
        return None
    if len(missing) == 1:
        st.text(_("一位已报数，正在等另一位。报数在两位都报完之前不显示。"))
    roles = {1: _("计票人"), 2: _("监票人")}
    # After a disagreement both start from empty fields; while the other reports, what is typed here stays.
    before = {1: last.teller, 2: last.scrutineer} if last else {}
    with form(f"count.{ballot.id}.{ballot.recounts}") as filling:
        teller = filling.choice("teller", _("我是"), missing, start=missing[0], show=roles.__getitem__, few=True)
        again = (
            _("姓名（和上次一样可不填：{teller}、{scrutineer}）", teller=before[1], scrutineer=before[2])
            if last
            else ""
        )
        name = filling.line("name", again or _("姓名"))
        counts: dict[str, int | None] = {}
        with st.container(horizontal=True):
            for field, choice in (
                ("votes_for", Choice.FOR),
                ("votes_against", Choice.AGAINST),
                ("votes_abstain", Choice.ABSTAIN),
            ):
                counts[field] = filling.whole(field, term(choice), least=0, most=way.issued)
        pressed = filling.submit(_("报数"), icon=":material/calculate:")
    if not pressed:
        return None
    name = name.strip() or before.get(teller or 0, "")
    values = {"ballot_id": ballot.id, "teller": teller, "name": name, **counts}
    return Request(filling, enter_count, _said_of_count, values)


def _said_of_count(result: Mapping[str, object]) -> str:
    if result["agreed"] is None:
        return _("已报数，请另一位独立报数")
    if result["agreed"]:
        return _("两位报的数一致，可以宣布结果")
    return _("两位报的数不一致，请都重新清点")


def _aloud(ballot: BallotStanding, voters: tuple[Named, ...], *, assisted: bool) -> Request | None:
    """Enter what a member says: by name without an account, or assisted before a witness."""
    if not voters:
        return None
    if assisted:
        label, icon = _("协助填写（{count} 人未投）", count=len(voters)), ":material/volunteer_activism:"
    else:
        label, icon = _("代录没有账号的成员（{count} 人未投）", count=len(voters)), ":material/record_voice_over:"
    name = f"{'assist' if assisted else 'aloud'}.{ballot.id}"
    with st.expander(label, icon=icon), form(name, border=False) as filling:
        member = filling.choice("member_id", _("成员（当场口头表示）"), list(voters), show=lambda v: v.name)
        entered = choice_fields(filling, ballot.question)
        witness = ""
        if assisted:
            witness = filling.line(
                "witness", _("见证人"), help=_("在旁见证填写的人，不能是录入的人。姓名会写进结果单。")
            )
        pressed = filling.submit(_("代录这一票"))
    choice = read_choice(filling, ballot.question, entered) if pressed else None
    if choice is None:
        return None
    values = {"ballot_id": ballot.id, "member_id": member.id if member else None, "choice": choice}
    return Request(filling, cast_for_member, _("已代录，记录里写明由主持人录入"), values | {"witness": witness})


# --- the end ------------------------------------------------------------------------------------------


def end_step(ballot: BallotStanding) -> Request | None:
    """The chair's next press: stop, or go on again, or announce."""
    live = any(way.way in LIVE for way in ballot.ways)
    counted = all(way.entries == (1, 2) for way in ballot.ways if way.way not in LIVE)
    if ballot.state is BallotState.OPEN and (live or VoteMethod.PAPER in {way.way for way in ballot.ways}):
        hint = None if ballot.complete else _("票还没有收齐：没有投的人按未投票计入实到。")
        stop = press(
            f"stop.{ballot.id}",
            _("截止表决"),
            icon=":material/front_hand:" if not live else ":material/timer_off:",
            primary=ballot.complete,
            help=hint,
            shortcut=KEY_ANNOUNCE,
        )
        return Request(stop, stop_ballot, _("表决已截止，还没有显示结果"), {"ballot_id": ballot.id}) if stop else None
    close = back = None
    stopped = ballot.state is BallotState.STOPPED
    # Where the stop was pressed stands what can be taken back: who presses twice on a slow screen announces nothing.
    if stopped:
        back = press(f"resume.{ballot.id}", _("继续表决"), icon=":material/undo:")
    # While the two who count have not agreed there is nothing to announce, and nothing to press.
    if counted:
        key = None if stopped else KEY_ANNOUNCE
        close = press(f"close.{ballot.id}", _("宣布结果"), icon=":material/campaign:", primary=True, shortcut=key)
    if close:
        return Request(close, close_ballot, _said_of_result, {"ballot_id": ballot.id})
    return Request(back, resume_ballot, _("继续表决"), {"ballot_id": ballot.id}) if back else None


def _void(ballot: BallotStanding) -> Request | None:
    with st.expander(_("作废这次表决"), icon=":material/block:"), form(f"void.{ballot.id}", border=False) as filling:
        reason = filling.line("reason", _("作废的原因"), most=200)
        pressed = filling.submit(_("作废，回到讨论"))
    if pressed:
        return Request(filling, cancel_ballot, _("这次表决已作废"), {"ballot_id": ballot.id, "reason": reason})
    return None


def _said_of_result(result: Mapping[str, str]) -> str:
    outcome = Outcome(result["outcome"])
    if outcome is Outcome.TIE:
        return _("表决结果：有同票，见结论")  # Of several places some may be filled.
    return _("表决结果：{outcome}", outcome=term(outcome))
