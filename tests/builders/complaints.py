"""Builders of complaints, through the real actions: a test says only how far one has come."""

from datetime import datetime, timedelta
from typing import Any

from db.actions.complaints.complaints import (
    close_complaint,
    hand_over,
    log_complaint,
    reply_complaint,
    revisit_complaint,
)
from db.engine import reading
from db.models import Complaint
from db.queries.complaints.page import ComplaintFacts, complaint
from db.rules.permissions import Actor
from db.terms import NeedSource, ResponsibleBody, Satisfaction
from tests.builders import NOW, TODAY, World
from tests.builders.council import do, row

FUMES = "楼下饭店晚上油烟大，夏天都开不了窗"


def a_complaint(world: World, description: str = FUMES, *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {
        "description": description, "source": NeedSource.CALL, "category_id": world.categories[1],
        "place_id": world.place,
    }  # fmt: skip
    made: dict[str, Any] = do(by or world.worker, log_complaint, **values | more)
    number: int = made["id"]
    return number


def version_of(world: World, complaint_id: int) -> int:
    version: int = row(world, Complaint, complaint_id).version
    return version


def seen(world: World, complaint_id: int) -> ComplaintFacts:
    with reading(world.secretary) as session:
        return complaint(session, complaint_id, today=TODAY)


def then(world: World, act: Any, complaint_id: int, *, by: Actor | None = None, **values: Any) -> Any:
    """Carry out an action on a complaint in the version that it has now."""
    values.setdefault("version", version_of(world, complaint_id))
    return do(by or world.worker, act, complaint_id=complaint_id, **values)


def handed_over(world: World, complaint_id: int, **more: Any) -> int:
    values: dict[str, Any] = {
        "responsible": ResponsibleBody.DEPARTMENT, "name": "区生态环境分局", "note": "",
        "due_on": TODAY + timedelta(days=7),
    }  # fmt: skip
    then(world, hand_over, complaint_id, **values | more)
    return complaint_id


def replied(world: World, complaint_id: int, **more: Any) -> int:
    handed_over(world, complaint_id)
    then(world, reply_complaint, complaint_id, **{"reply": "已要求清洗净化器"} | more)
    return complaint_id


def revisited(world: World, complaint_id: int, *, solved: bool = True, now: datetime = NOW) -> int:
    values = {
        "reached": True, "solved": solved, "said": "" if solved else "还是一样",
        "satisfaction": Satisfaction.SATISFIED if solved else Satisfaction.DISSATISFIED, "now": now,
    }  # fmt: skip
    then(world, revisit_complaint, complaint_id, **values)
    return complaint_id


def closed(world: World, complaint_id: int) -> int:
    revisited(world, replied(world, complaint_id))
    then(world, close_complaint, complaint_id, said="")
    return complaint_id
