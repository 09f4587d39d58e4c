"""What communities usually begin with, taken over at one press: classes of needs, services, themes of squads."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.accounts.accounts import FIRST_CATEGORIES, FIRST_THEMES
from db.actions.loading import actor_of
from db.engine import action
from db.models import Category, Service, SquadTheme
from db.rules.orders.usual import FIRST_SERVICES
from db.rules.permissions import Permission


@action(Permission.MANAGE_SETTINGS)
def take_over_usual(session: Session) -> int:
    """Add what is missing of the six classes, fifteen services and five themes; how many that were.

    What is there keeps its values and its place; what was switched off stays off.
    """
    street = actor_of(session).subdistrict_id
    added = 0
    for model, first in ((Category, FIRST_CATEGORIES), (SquadTheme, FIRST_THEMES)):
        known = set(session.scalars(select(model.name).where(model.subdistrict_id == street)))
        last = session.scalar(select(func.max(model.position)).where(model.subdistrict_id == street)) or 0
        for name, english in first:
            if name not in known:
                last, added = last + 1, added + 1
                session.add(model(subdistrict_id=street, name=name, name_en=english, position=last))
    known = set(session.scalars(select(Service.name).where(Service.subdistrict_id == street)))
    last = session.scalar(select(func.max(Service.position)).where(Service.subdistrict_id == street)) or 0
    for name, english, group, skill, fee, answer, finish, minutes in FIRST_SERVICES:
        if name in known:
            continue
        last, added = last + 1, added + 1
        session.add(
            Service(
                subdistrict_id=street, name=name, name_en=english, group=group, skill=skill, fee=fee,
                answer_hours=answer, finish_days=finish, minutes=minutes, position=last,
            )
        )  # fmt: skip
    session.flush()
    return added
