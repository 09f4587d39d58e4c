"""Builders of meetings, through the real actions: a test says how many are there and what is on the agenda."""

import inspect
import secrets
from datetime import date, timedelta
from typing import Any

from db.actions.meetings.attendance import take_attendance
from db.actions.meetings.meetings import add_item, add_need, open_meeting, prepare_meeting, send_notice
from db.actions.voting.slips import print_slips
from db.actions.voting.voting import close_ballot, enter_count, enter_paper, open_ballot
from db.engine import as_system, carry_out, reading
from db.models import AgendaItem, BodyMember, Meeting, Need
from db.queries.voting.ballots import ballot_accounts
from db.rules.permissions import Actor
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.question import Question
from db.rules.voting.slip_code import new_code
from db.terms import NeedStage, VoteMethod
from tests.builders import NOW, World, a_need
from tests.builders.inputs import bundled

MOTION = "在1幢楼道加装感应灯，费用由社区公益金列支"


def do(actor: Actor, act: Any, **values: Any) -> Any:
    """Carry out an action at NOW (or the `now` given), each time as a new submit."""
    if "now" in inspect.signature(act).parameters:
        values.setdefault("now", NOW)
    return carry_out(actor, secrets.token_hex(8), act, **bundled(act, values))


def row(world: World, model: Any, row_id: int) -> Any:
    """A row as the secretary reads it."""
    with reading(world.secretary) as session:
        return session.get(model, row_id)


def a_draft(world: World, *, number: int = 1, days_ahead: int = 5) -> int:
    return do(
        world.secretary,
        prepare_meeting,
        body_id=world.body,
        title=f"第{number}次会议",
        number=number,
        at=NOW + timedelta(days=days_ahead),
        place="社区议事厅",
    )


def a_need_for_council(world: World, **more: Any) -> int:
    return a_need(world, **{"stage": NeedStage.FOR_COUNCIL} | more)


def a_convened(world: World, *, needs: int = 1, number: int = 1) -> tuple[int, list[int]]:
    """A meeting whose notice is out, with that many needs on its agenda; meeting and item ids."""
    meeting = a_draft(world, number=number)
    items = [
        do(world.secretary, add_need, meeting_id=meeting, need_id=a_need_for_council(world), motion=MOTION)
        for _ in range(needs)
    ]
    if not items:
        items = [
            do(world.secretary, add_item, meeting_id=meeting, title="长廊命名", motion="命名为同心廊", proposer="街道")
        ]
    version = row(world, Meeting, meeting).version
    do(world.secretary, send_notice, meeting_id=meeting, version=version)
    return meeting, items


def in_session(world: World, *, present: int = 14, needs: int = 1, number: int = 1) -> tuple[int, list[int]]:
    """An open meeting with the first `present` of sixteen members there."""
    meeting, items = a_convened(world, needs=needs, number=number)
    do(world.secretary, open_meeting, meeting_id=meeting)
    do(world.secretary, take_attendance, meeting_id=meeting, present=world.members[:present])
    return meeting, items


def vote_by_hands(world: World, item: int, votes_for: int, votes_against: int, votes_abstain: int) -> dict[str, Any]:
    """A whole ballot by show of hands; what closing returned."""
    ballot = do(world.secretary, open_ballot, item_id=item, method=VoteMethod.HANDS)
    counts = {"votes_for": votes_for, "votes_against": votes_against, "votes_abstain": votes_abstain}
    do(world.secretary, enter_count, ballot_id=ballot, teller=1, name="计票甲", **counts)
    do(world.secretary, enter_count, ballot_id=ballot, teller=2, name="监票乙", **counts)
    closed: dict[str, Any] = do(world.secretary, close_ballot, ballot_id=ballot)
    return closed


def need_behind(world: World, item: int) -> Any:
    return row(world, Need, row(world, AgendaItem, item).need_id)


def seat_more(world: World, seats: int) -> None:
    """Members without an account, up to so many seats; before the notice goes out."""
    with as_system("test") as session:
        more = [
            BodyMember(
                community_id=world.here,
                body_id=world.body,
                seat=seat,
                name=f"议事员{seat:03d}",
                capacity="居民代表",
                since=date(2025, 1, 1),
            )
            for seat in range(len(world.members) + 1, seats + 1)
        ]
        session.add_all(more)
        session.flush()
        world.members += [member.id for member in more]


def ask(item: int, question: Question) -> None:
    """Let an item ask another question than yes or no."""
    with as_system("test") as session:
        session.get_one(AgendaItem, item).question = question.to_json()


def printed_slips(world: World, meeting: int, count: int) -> list[str]:
    """So many slips of a meeting, as their holders read them."""
    codes = [new_code() for _ in range(count)]
    do(world.secretary, print_slips, meeting_id=meeting, codes=codes)
    return codes


def count_paper(world: World, ballot: int, sheet: dict[str, int], *, blank: int = 0, spoilt: int = 0) -> Any:
    """Two people enter the same figures of the paper ballots; what the second was told."""
    figures = {"returned": sum(sheet.values()) + blank + spoilt, "blank": blank, "spoilt": spoilt, "sheet": sheet}
    do(world.secretary, enter_paper, ballot_id=ballot, entry=1, name="计票甲", **figures)
    return do(world.worker, enter_paper, ballot_id=ballot, entry=2, name="监票乙", **figures)


def accounts_of(world: World, meeting: int) -> dict[VoteMethod, BallotAccount]:
    """The accounts of the meeting's last closed ballot, by way."""
    with reading(world.secretary) as session:
        return {accounts.way: accounts for accounts in ballot_accounts(session, meeting)[-1].ways}
