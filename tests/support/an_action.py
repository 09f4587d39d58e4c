"""An action of no area, for tests of the engine."""

from typing import Any

from sqlalchemy.orm import Session

from db.engine import action
from db.models import Place
from db.rules.permissions import Permission
from db.terms import PlaceKind


@action(Permission.SIGN_WEEK)
def name_place(session: Session, *, name: str) -> dict[str, Any]:
    place = Place(community_id=session.info["actor"].community_id, name=name, kind=PlaceKind.STREET)
    session.add(place)
    session.flush()
    return {"id": place.id, "name": name}
