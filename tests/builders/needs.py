"""Needs, one or thousands, and how far each has come."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, text

from db.actions.needs.merging import merge_needs
from db.actions.needs.needs import finish_handling
from db.actions.needs.screening import open_screening, score_need
from db.actions.numbering import next_number
from db.audit import UNAUDITED
from db.counters import recount
from db.engine import as_system, carry_out, engine, reading_as_system
from db.models import Answer, Need
from db.rules.permissions import Actor
from db.rules.search import search_keys
from db.rules.workdays import week_of
from db.terms import NeedSource, NeedStage, Reach, Urgency
from tests.builders.doors import a_household
from tests.builders.world import NOW, World

STAGES = [stage for stage in NeedStage if stage is not NeedStage.MERGED]
URGENCIES = [Urgency.NORMAL] * 8 + [Urgency.URGENT, Urgency.SAFETY]
MATTERS = ("楼道灯坏了", "电梯常停运", "垃圾桶不够", "老人买菜难", "下水道堵了", "停车位太少", "井盖松动", "健身器材旧")


def a_need(world: World, description: str = "楼道灯坏了半个月，老人晚上下楼看不见", **more: Any) -> int:
    """A need of `here`, logged by the area worker; the id."""
    community_id = more.pop("community_id", world.here)
    when = more.pop("logged_at", NOW)
    keys = search_keys(f"{more.get('title', description[:20])}{description}")
    with as_system("test") as session:
        values: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(session, community_id, "", when.year),
            "title": description[:20],
            "description": description,
            "category_id": world.categories[5],
            "place_id": world.place if community_id == world.here else world.place_there,
            "building": "1幢",
            "source": NeedSource.VISIT,
            "reach": Reach.BUILDING,
            "people": 30,
            "worker_id": world.worker.id,
            "logged_at": when,
            "week": week_of(when.date()),
            "stage": NeedStage.LOGGED,
            "stage_since": when,
            "pinyin": keys.pinyin,
            "initials": keys.initials,
        }
        need = Need(**(values | more))
        session.add(need)
        session.flush()
        return need.id


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


def a_need_for_council(world: World, **more: Any) -> int:
    return a_need(world, **{"stage": NeedStage.FOR_COUNCIL} | more)


def need(need_id: int) -> Need:
    with reading_as_system("test") as session:
        found = session.get(Need, need_id)
        assert found is not None
        return found


def opened(world: World, **more: Any) -> tuple[int, int]:
    """A need in a round of scoring; ids of need and round."""
    values: dict[str, Any] = {"stage": NeedStage.REGISTERED, "voices": 60} | more
    need_id = a_need(world, **values)
    screening = carry_out(world.secretary, "", open_screening, need_id=need_id, version=need(need_id).version, now=NOW)
    return need_id, screening


def score(who: Actor, screening: int, points: tuple[int, int, int] = (30, 22, 20), **more: Any) -> str:
    demand, reach, feasibility = points
    values = {"demand": demand, "reach": reach, "feasibility": feasibility, "reason": "按评分表", "now": NOW}
    return carry_out(who, "", score_need, screening_id=screening, **(values | more))


def scored(world: World, **more: Any) -> int:
    need_id, screening = opened(world, **more)
    score(world.secretary, screening)
    score(world.worker, screening)
    return need_id


def owed(world: World, members: int = 0, *, restricted: bool = False) -> tuple[int, list[int]]:
    """A handled need with its askers' answers owed; lead id and answer ids, the lead's first."""
    lead = a_need(world, stage=NeedStage.HANDLING, household_id=a_household(world, "100"))
    for room in range(101, 101 + members):
        member = a_need(world, household_id=a_household(world, str(room)), restricted=restricted)
        if restricted:
            from db.engine import as_system

            with as_system("test") as session:
                row = session.get(Need, member)
                assert row is not None
                row.stage, row.merged_into_id = NeedStage.MERGED, lead
        else:
            carry_out(world.worker, "", merge_needs, lead_id=lead, member_id=member, now=NOW)
    carry_out(world.worker, "", finish_handling, need_id=lead, version=need(lead).version, done="已修好", now=NOW)
    with reading_as_system("test") as session:
        return lead, list(session.scalars(select(Answer.id).order_by(Answer.need_id)))
