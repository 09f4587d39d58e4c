"""The invented round of secretary-led projects: its plan, every direction, and who does what in each project."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from db.counters import day_of
from db.demo.frame import Area, Demo
from db.models import Indicator, IndicatorClass, LedProject, LedRound, Project, ProjectDuty
from db.terms import GoalClass, ProjectDirection, ProjectKind, ProjectState, StagePart

WORDS = ("入户摸底、登记台账", "联系施工和物业", "招募和排班", "每周看进度、整理资料")
PLANNED = 12
CLASSES = {"户": GoalClass.HOUSEHOLDS, "人次": GoalClass.VISITS, "人": GoalClass.VISITS, "场": GoalClass.SESSIONS,
           "次": GoalClass.SESSIONS, "%": GoalClass.SATISFACTION, "件": GoalClass.OTHER,
           "小时": GoalClass.OTHER}  # fmt: skip


def tell(demo: Demo) -> None:
    """Twelve of this year, in three directions; the secretary leads, workers assist, one handed a duty over."""
    demo.bulk.flush()
    rng = demo.rng("led")
    subdistrict = demo.subdistrict
    year = demo.today.year
    demo.bulk.add(LedRound, subdistrict_id=subdistrict, year=year, planned=PLANNED)
    query = select(Project).where(Project.kind == ProjectKind.SECRETARY_LED).order_by(Project.id)
    areas = {area.id: area for area in demo.areas}
    directions = list(ProjectDirection)
    for place, row in enumerate(demo.bulk.connection.execute(query)):
        demo.bulk.add(
            LedProject,
            community_id=row.community_id,
            project_id=row.id,
            year=year,
            direction=directions[place % len(directions)],
        )
        if row.state is not ProjectState.STOPPED:
            _duties(demo, areas[row.community_id], row, rng)
    classes(demo)


def classes(demo: Demo) -> None:
    """Goals of every project by what their unit counts."""
    query = select(Indicator.id, Indicator.community_id, Indicator.unit).order_by(Indicator.id)
    rows = demo.bulk.connection.execute(query)
    for row in rows:
        demo.bulk.add(
            IndicatorClass,
            community_id=row.community_id,
            indicator_id=row.id,
            sort=CLASSES.get(row.unit, GoalClass.FACILITIES),
        )


def _duties(demo: Demo, area: Area, row: Any, rng: Random) -> None:
    since = max(row.starts_on, day_of(row.set_up_at))
    _duty(demo, area, row.id, area.secretary, StagePart.LEAD, "总牵头，每月听一次汇报", since)
    workers = area.workers or [area.secretary]
    for place, what in enumerate(rng.sample(WORDS, 2)):
        who = workers[place % len(workers)]
        turned = since + timedelta(days=40)
        if place == 0 and len(workers) > 1 and turned < demo.today:
            before = _duty(demo, area, row.id, who, StagePart.ASSIST, what, since,
                           until=turned - timedelta(days=1), handed_on=True)  # fmt: skip
            _duty(demo, area, row.id, workers[1], StagePart.ASSIST, what, turned, follows_id=before)
        else:
            _duty(demo, area, row.id, who, StagePart.ASSIST, what, since)


def _duty(demo: Demo, area: Area, project: int, who: int, part: StagePart, what: str, since: Any, **more: Any) -> int:
    made: int = demo.bulk.add(
        ProjectDuty,
        community_id=area.id,
        project_id=project,
        person_id=who,
        part=part,
        what=what,
        since=since,
        set_by=area.secretary,
        **more,
    )
    return made
