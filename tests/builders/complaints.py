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
from db.actions.complaints.links import to_mediation
from db.actions.complaints.mediation import (
    add_party,
    agree_action,
    check_action,
    convene_mediation,
    end_talk,
    open_mediation,
    record_talk,
)
from db.engine import reading
from db.models import Complaint, Mediation
from db.queries.complaints.mediation import mediation
from db.queries.complaints.page import ComplaintFacts, complaint
from db.rules.permissions import Actor
from db.terms import NeedSource, PartyKind, ResponsibleBody, Satisfaction
from tests.builders.world import NOW, TODAY, World, do, row

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
    values: dict[str, Any] = {
        "reached": True, "solved": solved, "said": "" if solved else "还是一样",
        "satisfaction": Satisfaction.SATISFIED if solved else Satisfaction.DISSATISFIED, "now": now,
    }  # fmt: skip
    then(world, revisit_complaint, complaint_id, **values)
    return complaint_id


def closed(world: World, complaint_id: int) -> int:
    revisited(world, replied(world, complaint_id))
    then(world, close_complaint, complaint_id, said="")
    return complaint_id


def at_table(world: World, complaint_id: int) -> int:
    """A dispute about this complaint with three parties at the table."""
    dispute: int = then(world, to_mediation, complaint_id, title="油烟扰民", matter="楼上住户反映油烟大")
    for kind in (PartyKind.DEPARTMENT, PartyKind.BUSINESS, PartyKind.OWNERS):
        do(world.worker, add_party, mediation_id=dispute, kind=kind, name=kind.value, representative="赵测试")
    meet(world, dispute)
    return dispute


def version_of_dispute(world: World, dispute: int) -> int:
    number: int = row(world, Mediation, dispute).version
    return number


def meet(world: World, dispute: int) -> None:
    """The parties are invited and sit down."""
    values: dict[str, Any] = {"at": NOW + timedelta(days=2), "place": "议事厅", "host": "王书记"}
    do(world.worker, convene_mediation, mediation_id=dispute, version=version_of_dispute(world, dispute), **values)
    with reading(world.worker) as session:
        present = [party.id for party in mediation(session, dispute).parties]
    values = {"version": version_of_dispute(world, dispute), "present": present, "recorder": "小陈"}
    do(world.worker, open_mediation, mediation_id=dispute, **values)


def agree(world: World, dispute: int, title: str, *, agreed: str = "改造烟道，每周清洗") -> int:
    """One more measure, and the talk ends agreed. The id of the measure."""
    words = {"issues": "烟道不到顶", "basis": "检测超标", "agreed": agreed, "not_agreed": ""}
    do(world.worker, record_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), **words)
    measure: int = do(
        world.worker, agree_action, mediation_id=dispute, title=title, party_id=None, owner="三家店",
        due_on=TODAY + timedelta(days=20), checker="小陈",
    )  # fmt: skip
    do(world.worker, end_talk, mediation_id=dispute, version=version_of_dispute(world, dispute), agreed=True)
    return measure


def check(world: World, measure: int, passed: bool, *, days: int = 30) -> str:
    now = NOW + timedelta(days=days)
    said = "检测达标" if passed else "又超标"
    state: str = do(world.worker, check_action, action_id=measure, on=now.date(), passed=passed, said=said, now=now)
    return state
