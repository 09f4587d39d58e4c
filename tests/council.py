"""Builders of meetings, through the real actions: a test says how many are there and what is on the agenda."""

import inspect
import secrets
from datetime import timedelta
from typing import Any

from db.actions.attendance import take_attendance
from db.actions.meetings import add_item, add_need, open_meeting, prepare_meeting, send_notice
from db.actions.voting import close_ballot, enter_count, open_ballot
from db.engine import carry_out, reading
from db.models import AgendaItem, Meeting, Need
from db.rules.permissions import Actor
from db.terms import NeedStage, VoteMethod
from tests.builders import NOW, World, a_need

MOTION = "在1幢楼道加装感应灯,费用由社区公益金列支"


def do(actor: Actor, act: Any, **values: Any) -> Any:
    """Carry out an action at NOW (or the `now` given), each time as a new submit."""
    if "now" in inspect.signature(act).parameters:
        values.setdefault("now", NOW)
    return carry_out(actor, secrets.token_hex(8), act, **values)


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
