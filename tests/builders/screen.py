"""The room screen as somebody left it."""

from typing import Any

from db.engine import as_system
from db.models import ScreenState
from tests.builders.world import NOW, World


def steer(world: World, **values: Any) -> None:
    with as_system("test") as session:
        session.add(ScreenState(community_id=world.here, changed_at=NOW, **values))
