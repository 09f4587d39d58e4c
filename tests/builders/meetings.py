"""Meetings, through the real actions: a test says how many are there and what is on the agenda."""

from datetime import timedelta
from typing import Any

from db.actions.meetings.attendance import take_attendance
from db.actions.meetings.meetings import add_item, add_need, prepare_meeting, send_notice
from db.actions.meetings.opening import open_meeting
from db.engine import as_system
from db.models import AgendaItem, Attendance, Meeting, Need
from db.rules.voting.decision import PRESETS
from db.terms import ItemState, MeetingState, MemberPresence
from tests.builders.needs import a_need_for_council
from tests.builders.world import NOW, World, do, row

MOTION = "在1幢楼道加装感应灯，费用由社区公益金列支"
RULE = next(iter(PRESETS.values()))


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


def need_behind(world: World, item: int) -> Any:
    return row(world, Need, row(world, AgendaItem, item).need_id)


def a_meeting(world: World, *, present: int = 14, state: MeetingState = MeetingState.OPEN, **more: Any) -> int:
    with as_system("test") as session:
        meeting = Meeting(
            community_id=world.here,
            body_id=world.body,
            term=3,
            number=4,
            title="第三届第四次会议",
            at=NOW,
            place="社区议事厅",
            state=state,
            rule=RULE.to_json(),
            **more,
        )
        session.add(meeting)
        session.flush()
        for seat, member in enumerate(world.members):
            presence = MemberPresence.PRESENT if seat < present else MemberPresence.ABSENT
            session.add(Attendance(community_id=world.here, meeting_id=meeting.id, member_id=member, presence=presence))
        return meeting.id


def an_item(world: World, meeting: int, **more: Any) -> int:
    with as_system("test") as session:
        item = AgendaItem(
            community_id=world.here,
            meeting_id=meeting,
            position=1,
            title="楼道照明改造",
            motion="在 1 至 6 幢更换感应灯",
            **({"state": ItemState.DISCUSSING} | more),
        )
        session.add(item)
        session.flush()
        return item.id
