"""What the tests of the core share."""

import pytest
from sqlalchemy import insert, text

from db.engine import engine
from db.models import ProgrammeStaff
from tests.builders.world import World
from tests.support.every_model import IN_COMMUNITY, a_row


@pytest.fixture
def everything(world: World) -> World:
    """Two rows of every model: number 1001 in `here`, 1002 in `there`; references are not what is tested."""
    with engine().execution_options(writer=True).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            for model in IN_COMMUNITY:
                # The secretary is named staff of both programmes: here only the community is to decide.
                named = {"account_id": world.secretary.id} if model is ProgrammeStaff else {}
                for row, community in ((1, world.here), (2, world.there)):
                    connection.execute(insert(model.__table__), a_row(model, row, community_id=community, **named))
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
    return world
