"""Thousands of needs at once, for tests of plans and pages: bulk inserts, spread over all filters."""

from datetime import timedelta

from sqlalchemy import insert, text

from db.audit import UNAUDITED
from db.counters import recount
from db.engine import as_system, engine
from db.models import Need
from db.rules.workdays import week_of
from db.terms import NeedSource, NeedStage, Reach, Urgency
from tests.builders import NOW, World

STAGES = [stage for stage in NeedStage if stage is not NeedStage.MERGED]
URGENCIES = [Urgency.NORMAL] * 8 + [Urgency.URGENT, Urgency.SAFETY]
MATTERS = ("楼道灯坏了", "电梯常停运", "垃圾桶不够", "老人买菜难", "下水道堵了", "停车位太少", "井盖松动", "健身器材旧")


def many_needs(world: World, count: int) -> None:
    """Needs of `here`, five an hour, over all categories, stages, urgencies and weeks; the counters follow."""
    rows = []
    for n in range(count):
        at = NOW - timedelta(minutes=12 * (count - n))
        matter = MATTERS[n % len(MATTERS)]
        rows.append(
            {
                "community_id": world.here,
                "number": f"LL-2025-{n:06d}",
                "title": f"{matter}{n}",
                "description": f"{n % 40}幢{matter}，{n}",
                "category_id": world.categories[n % 6],
                "place_id": world.place,
                "building": f"{n % 40}幢",
                "urgency": URGENCIES[n % 10],
                "source": NeedSource.VISIT,
                "reach": Reach.BUILDING,
                "people": 20,
                "special_group": False,
                "restricted": False,
                "worker_id": world.worker.id if n % 3 else world.secretary.id,
                "logged_at": at,
                "week": week_of(at.date()),
                "stage": STAGES[n % len(STAGES)],
                "stage_since": at,
                "changed_after_sign_off": False,
                "voices": 1,
                "version": 1,
                "pinyin": "loudaodeng",
                "initials": "ldd",
            }
        )
    with as_system("test") as session:
        session.execute(insert(Need), rows, execution_options=UNAUDITED)
        recount(session)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
