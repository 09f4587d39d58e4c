"""陪访 of the invented subdistrict: one outing that is over, one today with a pair that lacks its escort."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.models import Activity, EscortEvent, EscortPair, EscortTrip, Volunteer
from db.terms import ActivityKind, ActivityState, EscortChange, LeavingCheck, ReturnCheck

ALIASES = ("", "陈阿婆", "", "老木匠", "", "")
BEFORE, AFTER = [one.value for one in LeavingCheck], [one.value for one in ReturnCheck]
PLACE = "柳荫老街"


def tell(demo: Demo) -> None:
    """Two outings of the rich community."""
    demo.bulk.flush()
    area = next(area for area in demo.areas if area.rich)
    own = _escorts(demo, area, Volunteer.account_id.is_not(None), 1)
    others = _escorts(demo, area, Volunteer.account_id.is_(None), 11)
    _over(demo, area, demo.today - timedelta(days=47), [*own, *others[:5]])
    _today(demo, area, [*own, *others[6:9]])


def _escorts(demo: Demo, area: Area, which: Any, many: int) -> list[Any]:
    """Volunteers who serve, the first of those with an account before all: it is the one of the demonstration."""
    query = (
        select(Volunteer.id, Volunteer.account_id)
        .where(Volunteer.community_id == area.id, which)
        .where(Volunteer.ended_on.is_(None), Volunteer.merged_into_id.is_(None))
    )
    if many == 1:
        query = query.where(Volunteer.account_id == area.volunteers[0])
    return list(
        demo.bulk.connection.execute(query.order_by(Volunteer.id.desc()).offset(0 if many == 1 else 20).limit(many))
    )


def _activity(demo: Demo, area: Area, on: date, **more: Any) -> int:
    return demo.bulk.add(
        Activity, community_id=area.id, kind=ActivityKind.OUTING, title=f"温暖陪访·{PLACE}", on=on, place=PLACE,
        needed=6, **more,
    )  # fmt: skip


def _over(demo: Demo, area: Area, on: date, escorts: list[Any]) -> None:
    rng = demo.rng("outing", area.code)
    activity = _activity(
        demo, area, on, state=ActivityState.DONE, served=len(escorts), report="六位老人逛老街、吃点心，都平安到家。",
        reported_at=days.at(on, 17), reported_by=area.workers[0],
    )  # fmt: skip
    demo.bulk.add(
        EscortTrip, community_id=area.id, activity_id=activity, meeting_point="党群服务中心门口", most=1,
        closed_at=days.at(on, 16, 40), closed_by=area.workers[0], note="路上有坡，下次备两把轮椅",
    )  # fmt: skip
    for nth, (escort, alias) in enumerate(zip(escorts, ALIASES, strict=True)):
        left, back = days.at(on, 13, 20 + nth), days.at(on, 16, 5 + nth)
        pair = _pair(
            demo, area, activity, escort, alias, elder_name=None if alias else resident(rng), checked_leaving=BEFORE,
            checked_return=AFTER, left_at=left, returned_at=back,
        )  # fmt: skip
        for kind, at in ((EscortChange.PAIRED, days.at(on - timedelta(days=4), 10)), (EscortChange.LEFT, left),
                         (EscortChange.RETURNED, back)):  # fmt: skip
            _event(demo, area, pair, escort, kind, at)


def _today(demo: Demo, area: Area, escorts: list[Any]) -> None:
    rng = demo.rng("outing today", area.code)
    activity = _activity(demo, area, demo.today, state=ActivityState.PLANNED)
    demo.bulk.add(EscortTrip, community_id=area.id, activity_id=activity, meeting_point="党群服务中心门口", most=1)
    at = days.at(demo.today - timedelta(days=3), 10)
    for nth, escort in enumerate([*escorts, None]):
        alias = "王阿姨" if nth == 0 else ""
        pair = _pair(
            demo, area, activity, escort, alias, elder_name=resident(rng), contact_name=resident(rng),
            contact_phone=phone(rng), checked_leaving=[], checked_return=[],
        )  # fmt: skip
        _event(demo, area, pair, escort or escorts[-1], EscortChange.PAIRED, at)
        if escort is None:
            _event(demo, area, pair, escorts[-1], EscortChange.DROPPED, at + timedelta(days=1), reason="那天要带孙子")


def _pair(demo: Demo, area: Area, activity: int, escort: Any, alias: str, **more: Any) -> int:
    return demo.bulk.add(
        EscortPair, community_id=area.id, activity_id=activity, alias=alias,
        volunteer_id=escort.id if escort else None, account_id=escort.account_id if escort else None, **more,
    )  # fmt: skip


def _event(demo: Demo, area: Area, pair: int, escort: Any, kind: EscortChange, at: Any, **more: Any) -> None:
    demo.bulk.add(
        EscortEvent, community_id=area.id, account_id=escort.account_id, pair_id=pair, kind=kind,
        volunteer_id=escort.id, at=at, by=area.workers[0], **more,
    )  # fmt: skip
