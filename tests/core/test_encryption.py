"""Personal columns: unreadable in a copied file, different each time, found again only by who holds the key."""

import itertools
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select, text

from db.engine import as_system, engine, reading
from db.models import Household, Need, Person, blind_index
from db.settings import settings
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.world import World

MARK = "欧阳青岚"


def stored(column: str, table: str) -> list[bytes]:
    with engine().connect() as connection:
        return [bytes(value) for (value,) in connection.execute(text(f"SELECT {column} FROM {table} ORDER BY id"))]  # noqa: S608


def test_equal_values_look_different_in_every_row(world: World) -> None:
    for _ in range(3):
        a_need(world, asker_name=MARK)

    assert len(set(stored("asker_name", "need"))) == 3
    with reading(world.secretary) as session:
        assert session.scalars(select(Need.asker_name)).all() == [MARK] * 3


@pytest.mark.parametrize("value", ["", "𠮷野家", "O'Brien\n二行", "👵🏽", "a" * 5000])
def test_whatever_was_typed_comes_back(world: World, value: str) -> None:
    need = a_need(world, asker_name=value)

    with reading(world.secretary) as session:
        assert session.get_one(Need, need).asker_name == value


def test_nothing_is_stored_for_nothing(world: World) -> None:
    a_need(world)

    with reading(world.secretary) as session:
        assert session.scalar(select(func.count()).select_from(Need).where(Need.asker_name.is_(None))) == 1


def test_a_changed_byte_is_noticed(world: World) -> None:
    a_need(world, asker_name=MARK)
    broken = bytearray(stored("asker_name", "need")[0])
    broken[-1] ^= 1

    with engine().execution_options(writer=True).begin() as connection:
        connection.execute(text("UPDATE need SET asker_name = :value"), {"value": bytes(broken)})

    with pytest.raises(InvalidTag), reading(world.secretary) as session:
        session.scalars(select(Need.asker_name)).all()


def test_the_blind_index_finds_equal_values_and_tells_nothing() -> None:
    assert blind_index("3幢 2单元 101") == blind_index(" 3幢2单元 101 ")
    assert blind_index("3幢2单元101") != blind_index("3幢2单元102")
    assert len(blind_index(MARK)) == 32
    assert MARK not in blind_index(MARK)


def test_one_door_has_one_row(world: World) -> None:
    a_household(world, room="301")

    with pytest.raises(Exception, match=r"(?i)unique"):
        a_household(world, room="301")


def test_the_database_file_holds_no_name(sqlite_database: str, request: pytest.FixtureRequest) -> None:
    world = request.getfixturevalue("small_world")
    household = a_household(world, room=MARK)
    a_need(world, household_id=household, asker_name=MARK, asker_phone="13800008888")
    with as_system("test") as session:
        session.add(Person(community_id=world.here, household_id=household, name=MARK, phone="13800008888"))
    with reading(world.secretary) as session:
        assert session.scalars(select(Household.room)).all() == [MARK]

    files = [path for path in Path(settings().data_dir).iterdir() if path.name.startswith("test.db")]
    written = b"".join(path.read_bytes() for path in files)
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")
    marks = [mark.encode(encoding) for mark, encoding in itertools.product((MARK, "13800008888"), encodings)]
    assert "楼道灯".encode() in written, "the search must be able to find what is there"
    assert not [mark for mark in marks if mark in written]
