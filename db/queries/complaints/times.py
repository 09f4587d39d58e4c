"""办理时限: until when complaints of the actor's subdistrict are contacted and answered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ComplaintTime
from db.rules.complaints.due import TIMES, Times
from db.terms import ComplaintHaste


def complaint_times(session: Session) -> dict[ComplaintHaste, Times]:
    """Hours and working days by haste, as the subdistrict set them; the norm where nothing was set."""
    query = select(ComplaintTime.haste, ComplaintTime.contact_hours, ComplaintTime.answer_days)
    found = {row.haste: Times(row.contact_hours, row.answer_days) for row in session.execute(query)}
    return {**TIMES, **found}
