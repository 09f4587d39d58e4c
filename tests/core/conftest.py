"""What the tests of the core share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from db import engine as db_engine
from db.engine import engine
from db.models import ProgrammeStaff
from tests.builders.world import World
from tests.support.every_model import IN_COMMUNITY, a_row
from tests.support.servers import PostgresServer


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


@pytest.fixture(params=["sqlite", "postgres"])
def url(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:  # fmt: skip
    """A database without any table, which the settings point at."""
    address, server, name = f"sqlite:///{tmp_path}/new/yiqilai.db", None, f"migrate_{worker_id}"
    if request.param == "postgres":
        root = tmp_path_factory.getbasetemp()
        server = PostgresServer.shared(root if worker_id == "master" else root.parent)
        server.drop_database(name)
        address = server.create_database(name)
    monkeypatch.setenv("YIQILAI_DATABASE_URL", address)
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(tmp_path))
    db_engine.forget_engines()
    yield address
    db_engine.forget_engines()
    if server:
        server.drop_database(name)
        server.stop()
