"""Seats of a council, topics, notices of what it decided, objections, tasks."""

from datetime import date, timedelta
from typing import Any

from db.actions.council.notices import post_notice, receive_objection
from db.actions.council.tasks import assign_task
from db.actions.council.topics import propose_topic
from db.engine import as_system
from db.models import BodyMember
from db.terms import Role
from tests.builders.meetings import in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import TODAY, World, do

POSTED: dict[str, Any] = {
    "title": "关于加装楼道感应灯的公示",
    "body": "经议事会表决通过，现予公示。",
    "working_days": 5,
    "where_posted": "小区公告栏、社区公众号",
    "objection_contact": "柳林社区居委会 0574-87654321",
}
OBJECTION: dict[str, Any] = {"objector": "王小明", "contact": "13812345678", "matter": "灯光直射卧室窗户"}

WRITTEN: dict[str, Any] = {
    "title": "在3幢楼道加装扶手",
    "background": "3幢老人多，上下楼不便",
    "proposal": "在3幢四个单元楼道加装不锈钢扶手",
    "signed": True,
}


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


def a_passed_item(world: World) -> int:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    return items[0]


def a_notice(world: World, item: int | None = None, **more: Any) -> int:
    values = POSTED | {"item_id": item or a_passed_item(world)} | more
    return int(do(world.secretary, post_notice, **values)["notice_id"])


def an_objection(world: World, notice: int) -> int:
    objection: int = do(world.worker, receive_objection, notice_id=notice, **OBJECTION)
    return objection


def a_task(world: World, item: int) -> int:
    values = {"title": "采购感应灯", "owner": "王建国", "due_on": TODAY + timedelta(days=30)}
    task: int = do(world.secretary, assign_task, item_id=item, **values)
    return task


def a_topic(world: World, **more: Any) -> int:
    topic_id: int = do(world[Role.COUNCIL_MEMBER], propose_topic, **WRITTEN | more)
    return topic_id
