"""Public notice of what invented councils passed, and the objections to it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.meetings.agendas import Item
from db.demo.names import phone, resident
from db.demo.needs.lives import Life
from db.models import Notice, NoticeVersion, Objection
from db.rules.workdays import CalendarSource, add_working_days
from db.terms import Happening, NeedStage, NoticeState, ObjectionState

WORKING_DAYS = 5
Passed = list[tuple[Life, int, datetime, Item]]
"""Need, item, when its notice was over, and the item's story: what may become a project."""


def post(
    demo: Demo,
    passed: Passed,
    area: Area,
    rng: Random,
    row: dict[str, Any],
    item: Item,
    closed: datetime,
    life: Life | None,
) -> None:
    posted = days.next_workday(day_of(closed) + timedelta(days=1))
    if not item.posted or posted >= demo.today:
        return
    moment = days.at(posted, 10)
    end = add_working_days(posted, WORKING_DAYS, demo.overrides)
    over = days.at(days.next_workday(end.ends_on + timedelta(days=1)), 9, 30)
    finished = over < demo.now and item.objection != "open"
    hangs: dict[str, Any] = {
        "title": f"关于“{row['title']}”议事结果的公示",
        "body": f"{area.name}居民议事会表决通过：{row['motion']}公示期内如有异议，请实名向居委会提出。",
        "posted_on": posted,
        "ends_on": end.ends_on,
        "where_posted": "社区公告栏、各小区电子屏",
        "objection_contact": "社区居委会一楼接待窗口",
    }
    notice = demo.bulk.add(
        Notice,
        community_id=area.id,
        item_id=row["id"],
        **hangs,
        working_days=WORKING_DAYS,
        approximate=end.counted_by is CalendarSource.APPROXIMATE,
        state=NoticeState.FINISHED if finished else NoticeState.RUNNING,
        finished_at=over if finished else None,
    )
    if life is not None:
        life.enter(NeedStage.NOTICE, moment)
        life.say(Happening.NOTICE_POSTED, moment, area.secretary, ends_on=end.ends_on.isoformat())
    if item.objection == "upheld":
        _correct(demo, area, notice, hangs, moment, life)
    if item.objection:
        _object(demo, area, rng, notice, item, moment, life)
    if finished and life is not None:
        life.enter(NeedStage.TO_PROJECT, over)
        life.say(Happening.NOTICE_FINISHED, over, area.secretary)
        passed.append((life, row["id"], over, item))


def _correct(demo: Demo, area: Area, notice: int, hangs: dict[str, Any], posted: datetime, life: Life | None) -> None:
    """The words that hung in the morning, until somebody saw what was missing."""
    moment, why = posted + timedelta(hours=2), "漏写了小区电子屏"
    demo.bulk.add(
        NoticeVersion,
        community_id=area.id,
        notice_id=notice,
        number=1,
        **hangs | {"where_posted": "社区公告栏"},
        reason=why,
        replaced_at=moment,
        replaced_by=area.secretary,
    )
    if life is not None:
        life.say(Happening.NOTICE_CORRECTED, moment, area.secretary, why, ends_on=hangs["ends_on"].isoformat())


def _object(demo: Demo, area: Area, rng: Random, notice: int, item: Item, posted: datetime, life: Life | None) -> None:
    received = min(posted + timedelta(days=1, hours=4), demo.now - timedelta(hours=9))
    handled = received + timedelta(days=2)
    upheld = item.objection == "upheld"
    answer = "已会同物业现场复核：充电棚距最近外墙十二米，装烟感和自动断电，夜间不断电时段无噪音，维持原结果。"
    demo.bulk.add(
        Objection,
        community_id=area.id,
        notice_id=notice,
        objector=resident(rng),
        contact=phone(rng),
        matter=item.matter,
        received_at=received,
        received_by=area.workers[0],
        state=ObjectionState.UPHELD if upheld else ObjectionState.OPEN,
        answer=answer if upheld else "",
        handled_at=handled if upheld else None,
        handled_by=area.secretary if upheld else None,
    )
    if life is None:
        return
    life.say(Happening.OBJECTION, received, area.workers[0])
    if upheld:
        life.say(Happening.OBJECTION_HANDLED, handled, area.secretary, answer, result=ObjectionState.UPHELD.value)
