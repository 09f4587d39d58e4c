"""改时间、改期前: who of those that have promised to come has something else then, or is not there at all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.volunteers.volunteers import is_there, serves
from db.errors import Refused
from db.models import Volunteer
from db.queries.rota.busy import busy_of
from db.rules.rota.conflicts import Hard, Soft, Span, against
from db.rules.zone import CHINA
from db.scope import UNSCOPED

_LONG_AGO = datetime(1970, 1, 1, tzinfo=CHINA)
"""Whether a time lies ahead is not asked here."""


def must_suit_all(
    session: Session, crew: Mapping[int, Sequence[Span]], on: date, *, apart: Collection[int] = (),
    besides: int | None = None,
) -> None:  # fmt: skip
    """Refused("crew_away", numbers=) for those who do not serve on the day, ("crew_busy", numbers=, named=) for those
    who have something else at their hours, or hardly time for the way.

    `crew`: volunteer → hours; `apart`: turns that move along, `besides`: the activity that does.
    """
    query = select(Volunteer).where(Volunteer.id.in_(list(crew))).order_by(Volunteer.id)
    people = session.scalars(query, execution_options=UNSCOPED).all()
    away = [one.number for one in people if not (serves(session, one) and is_there(one, on))]
    if away:
        raise Refused("crew_away", numbers="、".join(away))
    spans = [span for theirs in crew.values() for span in theirs]
    if not spans:
        return
    first, last = min(span.starts_at for span in spans), max(span.ends_at for span in spans)
    busy = busy_of(session, list(crew), first, last, apart=apart, besides=besides)
    numbers, named = list[str](), list[str]()
    for one in people:
        found = [against(span, busy.get(one.id, []), (), _LONG_AGO) for span in crew[one.id]]
        clashes = [clash for clash in found if clash.hard in (Hard.OVERLAP, Hard.DAY_FULL) or Soft.CLOSE in clash.soft]
        if clashes:
            numbers.append(one.number)
            named += [clash.named for clash in clashes]
    if numbers:
        raise Refused("crew_busy", numbers="、".join(numbers), named="、".join(dict.fromkeys(named)))
