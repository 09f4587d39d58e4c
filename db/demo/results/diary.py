"""The service diary of the rich community: one entry at each place of its life; the code of its public page."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import (
    Activity,
    ActivityQuote,
    DiaryEntry,
    DiaryOutlet,
    DiaryQuote,
    DiaryStep,
    Keeping,
    Order,
    ProgressCode,
    Project,
)
from db.queries.results.diary_sources import OVER
from db.queries.results.public import code_index
from db.rules.printed_code import CODE
from db.rules.voting.card_code import ALPHABET
from db.terms import DiaryHappening, DiarySource, DiaryState

H, S = DiaryHappening, DiaryState
WORDS = (
    "活动很受欢迎，大家约好下个月再来。",
    "事情当天办好，志愿者走前又检查了一遍。",
    "答应的事按月做，一次没有落下。",
)
LIFE = {
    S.DRAFT: (H.DRAFTED,),
    S.SUBMITTED: (H.DRAFTED, H.SUBMITTED),
    S.APPROVED: (H.DRAFTED, H.SUBMITTED, H.APPROVED),
    S.TAKEN: (H.DRAFTED, H.SUBMITTED, H.APPROVED, H.TAKEN),
}


def tell(demo: Demo) -> None:
    """Entries about records that are over, each written by a worker and reviewed by the secretary."""
    demo.bulk.flush()
    area = next(one for one in demo.areas if one.rich)
    rng, read = demo.rng("diary", area.code), demo.bulk.connection
    here = {"community_id": area.id}
    quoted = read.execute(
        select(ActivityQuote.activity_id, ActivityQuote.id).where(ActivityQuote.community_id == area.id)
    ).all()
    if quoted:
        event = read.execute(select(Activity).where(Activity.id == quoted[0].activity_id)).one()
        entry = _entry(demo, area, DiarySource.ACTIVITY, event.id, event.title, event.on, S.TAKEN, rng.choice(WORDS))
        for one in quoted:
            demo.bulk.add(DiaryQuote, **here, entry_id=entry, quote_id=one.id)
        for outlet in ("街道微信公众号“服务日志”栏目", "柳荫广场宣传栏"):
            demo.bulk.add(
                DiaryOutlet, **here, entry_id=entry, outlet=outlet, went_on=event.on + timedelta(days=1),
                taken_by=area.secretary, taken_at=days.at(event.on + timedelta(days=1), 16),
            )  # fmt: skip
    code = "".join(rng.choice(ALPHABET) for _ in range(CODE))
    demo.bulk.add(
        ProgressCode, **here, code=code, code_index=code_index(code), made_by=area.secretary,
        made_at=days.at(demo.today - timedelta(days=20), 10),
    )  # fmt: skip
    told: tuple[tuple[DiarySource, Any, str, DiaryState], ...] = (
        (DiarySource.ORDER, Order.id, "上门服务一次", S.SUBMITTED),
        (DiarySource.KEEPING, Keeping.id, "党员兑现承诺", S.APPROVED),
        (DiarySource.PROJECT, Project.id, "项目通过验收", S.DRAFT),
        (DiarySource.ACTIVITY, Activity.id, "又一次活动", S.DRAFT),
    )
    for source, column, title, state in told:
        here_over = (OVER[source], column.class_.community_id == area.id)
        over = select(column).where(*here_over).order_by(column.desc()).limit(1)
        if (number := read.execute(over).scalar()) is not None:
            on = demo.today - timedelta(days=rng.randrange(3, 9))
            _entry(demo, area, source, number, title, on, state, rng.choice(WORDS))


def _entry(
    demo: Demo, area: Area, source: DiarySource, record: int, title: str, on: date, state: DiaryState, body: str
) -> int:
    column = {DiarySource.ACTIVITY: "activity_id", DiarySource.ORDER: "order_id",
              DiarySource.KEEPING: "keeping_id", DiarySource.PROJECT: "project_id"}[source]  # fmt: skip
    reviewed = state in (S.APPROVED, S.TAKEN)
    entry = demo.bulk.add(
        DiaryEntry, community_id=area.id, source=source, **{column: record}, title=title, on=on, body=body,
        state=state, written_by=area.workers[0], written_at=days.at(on, 15),
        reviewed_by=area.secretary if reviewed else None, reviewed_at=days.at(on, 17) if reviewed else None,
    )  # fmt: skip
    for hour, kind in enumerate(LIFE[state], 14):
        by = area.secretary if kind in (H.APPROVED, H.TAKEN) else area.workers[0]
        demo.bulk.add(DiaryStep, community_id=area.id, entry_id=entry, kind=kind, word="", at=days.at(on, hour), by=by)
    return entry
