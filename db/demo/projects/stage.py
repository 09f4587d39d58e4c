"""Who is on stage in the invented projects, and the owners' committee election of one of them."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from db.demo.frame import Area, Demo
from db.models import Election, ElectionStep, Milestone, Project, ProjectRole, Unit
from db.rules.projects.election import BY_KIND, ORDER, Period, may_end
from db.terms import ElectionStepKind as Kind
from db.terms import StageBody as B
from db.terms import StagePart as P

TOGETHER = "业委会、物业、居委会三方联动"
OWNERS, AREA = 640, Decimal("57600.00")
NOTES = {
    Kind.GROUP: "街道指导，七名业主代表参加",
    Kind.GROUP_NOTICE: "贴在各单元门厅和公告栏",
    Kind.CANDIDATES: "自荐五人，联名推荐四人",
    Kind.CANDIDATE_NOTICE: "贴在公告栏，业主群转发",
    Kind.MEETING_NOTICE: "每户送达通知和表决票",
}
DONE = 4
"""Steps of the election that are over; the next one is under way."""


def tell(demo: Demo) -> None:
    """The project of owners, property company and community of the rich community; its secretary leads it."""
    demo.bulk.flush()
    rich = next(area for area in demo.areas if area.rich)
    row = demo.bulk.connection.execute(
        select(Project.id, Project.starts_on).where(Project.community_id == rich.id, Project.title == TOGETHER)
    ).first()
    if row is None:
        return
    _roles(demo, rich, row.id, row.starts_on)
    _election(demo, rich, row.id)


def _roles(demo: Demo, area: Area, project: int, starts_on: date) -> None:
    units = {row.name: row.id for row in demo.bulk.connection.execute(select(Unit.id, Unit.name))}
    steps = list(
        demo.bulk.connection.execute(
            select(Milestone.id).where(Milestone.project_id == project).order_by(Milestone.due_on, Milestone.id)
        ).scalars()
    )
    company, lawyers = "柳林物业服务中心", "同心法律服务团"
    turned = max(starts_on + timedelta(days=1), demo.today - timedelta(days=90))
    roles: list[tuple[int | None, B, P, str, int | None, date, date | None]] = [
        (None, B.COMMUNITY, P.LEAD, "", None, starts_on, turned - timedelta(days=1)),
        (None, B.OWNERS_COMMITTEE, P.LEAD, "望柳花园业委会", None, turned, None),
        (None, B.PROPERTY_COMPANY, P.ASSIST, company, units.get(company), starts_on, None),
        (None, B.UNIT, P.ASSIST, lawyers, units.get(lawyers), turned, None),
    ]
    if steps:
        roles.append((steps[0], B.COMMUNITY, P.LEAD, "", None, starts_on, None))
        roles.append((steps[-1], B.OWNERS_ASSEMBLY, P.LEAD, "望柳花园", None, turned, None))
        roles.append((steps[-1], B.DEPARTMENT, P.ASSIST, "街道城建办", None, turned, None))
    for step, body, part, name, unit, since, until in roles:
        demo.bulk.add(
            ProjectRole,
            community_id=area.id,
            project_id=project,
            milestone_id=step,
            body=body,
            part=part,
            name=name,
            unit_id=unit,
            since=since,
            until=until,
            set_by=area.secretary,
        )


def _election(demo: Demo, area: Area, project: int) -> None:
    """Begun two months ago: candidates were on the wall, the owners are being told of their meeting."""
    begins = demo.today - timedelta(days=50)
    election = demo.bulk.add(
        Election,
        community_id=area.id,
        project_id=project,
        estate="望柳花园",
        owners=OWNERS,
        area=AREA,
        starts_on=begins,
    )
    day = begins
    for place, kind in enumerate(ORDER):
        rule = BY_KIND[kind]
        began = ended = None
        if place < DONE:
            began = day
            ended = may_end(began, rule.days, demo.overrides) if rule.period is Period.AT_LEAST else began
            day = ended
        elif place == DONE:
            began = min(day, demo.today - timedelta(days=1))
        demo.bulk.add(
            ElectionStep,
            community_id=area.id,
            election_id=election,
            kind=kind,
            period_days=rule.days,
            began_on=began,
            ended_on=ended,
            note=NOTES.get(kind, "") if began else "",
            done_by=area.secretary if began else None,
        )
