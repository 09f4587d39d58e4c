"""Persons whose number was indexed with its dash or its extension are found by the number after `migrate`, once."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db import engine as db_engine
from db.__main__ import main
from db.audit import broken_at
from db.engine import reading, reading_as_system
from db.models import AuditEntry, Person, blind_index
from db.queries.people.people import find_people
from db.upkeep.phones import index_phones
from db.upkeep.schema import migrate
from tests.builders.people import a_person
from tests.builders.world import World, build_world

KEPT = ["0574-88888888", "0574-88888888-801", "138 0000 1111", ""]


def indexes() -> list[str | None]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(Person.phone_index).order_by(Person.id)))


def people(world: World) -> None:
    """Persons whose index is over all that was typed, as imports wrote it before."""
    for at, phone in enumerate(KEPT):
        a_person(world, f"甄试验{at}", room=f"10{at}", phone=phone)


def test_every_person_is_found_by_the_number_and_the_log_says_how_many_changed(world: World) -> None:
    people(world)

    assert index_phones() == 2

    landline = blind_index("057488888888")
    assert indexes() == [landline, landline, blind_index("13800001111"), None]
    with reading(world.worker) as session:
        assert len(find_people(session, phone="057488888888").rows) == 2
    with reading_as_system("test") as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
        assert last.changes == {"persons_indexed": [None, 2]}
        assert broken_at(session) is None
    assert index_phones() == 0


def test_migrate_does_it_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/old.db")
    db_engine.forget_engines()
    migrate()
    people(build_world())

    assert main(["migrate"]) == 0
    first = capsys.readouterr().out
    assert main(["migrate"]) == 0

    assert "Telephone numbers indexed anew: 2." in first
    assert "Telephone" not in capsys.readouterr().out
    db_engine.forget_engines()
