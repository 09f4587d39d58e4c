"""Figures that the rich community reported of last month; one was reported before two sessions came in late."""

from datetime import timedelta

from sqlalchemy import func, select

from db.demo import days
from db.demo.frame import Demo
from db.models import Activity, Order, ReportedFigure
from db.queries.results import counted
from db.queries.results.counted import Chosen
from db.rules.results.period import before, period
from db.terms import ResultFigure


def tell(demo: Demo) -> None:
    """The sessions of last month as they are counted, and two fewer a week earlier, before two came in late."""
    area = next(one for one in demo.areas if one.rich)
    demo.bulk.flush()
    last = before(period(f"{demo.today:%Y-%m}", today=demo.today))
    chosen = Chosen(last, area.id)
    counts = [
        demo.bulk.connection.execute(select(func.count()).select_from(model).where(where)).scalar_one()
        for model, where in ((Activity, counted.activities_done(chosen)), (Order, counted.orders_done(chosen)))
    ]
    sessions = sum(counts)
    # On the first of a month nothing of that day has happened yet: the month was reported on its last afternoon.
    reported = min(days.at(demo.today.replace(day=1), 9), demo.now - timedelta(hours=10))
    for late, told in ((2, max(sessions - 2, 0)), (4, sessions)):
        demo.bulk.add(
            ReportedFigure, subdistrict_id=demo.subdistrict, what=ResultFigure.SESSIONS, period=last.code,
            since=last.since, until=last.until, community_id=area.id, numerator=told, restricted=False,
            words=f"{last.since.month} 月，各支队伍开展服务 {told} 场次。",
            at=reported + timedelta(hours=late), by=area.secretary,
        )  # fmt: skip
