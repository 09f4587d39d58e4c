"""The invented defence of the year: twelve projects in their order, five judges, one of whom left early."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Demo
from db.models import Community, Defence, DefenceEntry, DefenceJudge, DefenceSheet, Project
from db.terms import ProjectKind, ProjectState

OUTSIDE = (
    ("方教授", "虚拟大学城市学院"),
    ("倪主任", "虚拟区委组织部"),
    ("戴律师", "同心法律服务团"),
    ("孔记者", "澄湖报"),
)
CRITERIA = ("background", "course", "results", "delivery")


def tell(demo: Demo) -> None:
    """Held twenty days ago and not closed yet: the last sheets are still being entered from paper."""
    demo.bulk.flush()
    rng, on = demo.rng("defence"), days.next_workday(demo.today - timedelta(days=20))
    moment = days.at(on, 14, 0)
    desk = demo.admins[0]
    common: dict[str, Any] = {"subdistrict_id": demo.subdistrict}
    held = demo.bulk.add(
        Defence, year=demo.today.year, on=on, place="街道三楼会议室", minutes=5, made_by=desk,
        made_at=moment - timedelta(days=14), **dict.fromkeys(CRITERIA, 25), **common,
    )  # fmt: skip
    judges = [
        demo.bulk.add(
            DefenceJudge, defence_id=held, outside_name=name, office=office,
            left_on=on if place == len(OUTSIDE) - 1 else None, **common,
        )
        for place, (name, office) in enumerate(OUTSIDE)
    ]  # fmt: skip
    judges.insert(0, demo.bulk.add(DefenceJudge, defence_id=held, account_id=desk, office="街道党建办", **common))
    query = (
        select(Project.id, Project.number, Project.title, Project.leader_id, Community.name.label("community"))
        .join(Community, Community.id == Project.community_id)
        .where(Project.kind == ProjectKind.SECRETARY_LED, Project.state != ProjectState.STOPPED)
        .order_by(Project.id)
    )
    listed = list(demo.bulk.connection.execute(query))
    rng.shuffle(listed)
    for position, row in enumerate(listed, 1):
        entry = demo.bulk.add(
            DefenceEntry, defence_id=held, project_id=row.id, position=position, number=row.number, title=row.title,
            community=row.community, leader_id=row.leader_id, **common,
        )  # fmt: skip
        # Who left did so after the sixth talk; of the last project two sheets are still on paper.
        present = judges[:-1] if position > 6 else judges
        for judge in present[: 2 if position == len(listed) else len(present)]:
            points = {name: rng.randint(17, 25) for name in CRITERIA}
            demo.bulk.add(
                DefenceSheet, entry_id=entry, judge_id=judge, given_by=desk,
                given_at=moment + timedelta(minutes=8 * position), **points,
                **{f"of_{name}": 25 for name in CRITERIA}, **common,
            )  # fmt: skip
