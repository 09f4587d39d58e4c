"""投诉时限: the subdistrict sets until when complaints are contacted and answered."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import whole
from db.actions.loading import actor_of
from db.engine import action
from db.errors import BadInput, Problem
from db.models import ComplaintTime
from db.rules.complaints.due import DAYS_LEAST, DAYS_MOST, HOURS_LEAST, HOURS_MOST, TIMES, Times, longest
from db.rules.permissions import Permission
from db.terms import ComplaintHaste


def _clean(given: Mapping[str, Sequence[int | None]]) -> dict[ComplaintHaste, Times]:
    """Whole numbers within reason, the more urgent never slower; or BadInput at `<haste>_hours` or `<haste>_days`."""
    empty = (None, None)
    times = {}
    for haste in ComplaintHaste:
        hours, days = given.get(haste.value, empty)
        times[haste] = Times(
            whole(f"{haste}_hours", hours, least=HOURS_LEAST, most=HOURS_MOST),
            whole(f"{haste}_days", days, least=DAYS_LEAST, most=DAYS_MOST),
        )
    for haste, own in times.items():
        most = longest(haste, times)
        if own.contact_hours > most.contact_hours:
            values = {"least": HOURS_LEAST, "most": most.contact_hours}
            raise BadInput(f"{haste}_hours", Problem.OUT_OF_RANGE, **values)
        if own.answer_days > most.answer_days:
            raise BadInput(f"{haste}_days", Problem.OUT_OF_RANGE, least=DAYS_LEAST, most=most.answer_days)
    return times


@action(Permission.SET_COMPLAINT_TIMES)
def set_complaint_times(session: Session, *, times: Mapping[str, Sequence[int | None]]) -> int:
    """Set (hours until contact, working days until the answer) by haste; complaints that exist keep their due times.

    Returns how many of the four changed.
    """
    subdistrict_id = actor_of(session).subdistrict_id
    wanted = _clean(times)
    query = select(ComplaintTime).where(ComplaintTime.subdistrict_id == subdistrict_id).with_for_update()
    known = {row.haste: row for row in session.scalars(query)}
    changed = 0
    for haste, own in wanted.items():
        row = known.get(haste)
        before = Times(row.contact_hours, row.answer_days) if row else TIMES[haste]
        if own == before:
            continue
        if row is None:
            row = ComplaintTime(subdistrict_id=subdistrict_id, haste=haste)
            session.add(row)
        row.contact_hours, row.answer_days = own.contact_hours, own.answer_days
        changed += 1
    session.flush()
    return changed
