"""The schema's history: up and down on both engines, and at its end the tables are the models."""

import hashlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, select, text

from db import audit
from db import engine as db_engine
from db.__main__ import main
from db.actions.meetings.opening import open_meeting
from db.actions.volunteers.activities import Served
from db.engine import make_engine
from db.migrations.freeze import VERSIONS, freeze
from db.models import (
    Activity,
    Attendance,
    AuditEntry,
    AuditHead,
    BodyMember,
    Meeting,
    Model,
    Need,
    ServiceRecord,
    Volunteer,
)  # fmt: skip
from db.upkeep import CannotDo
from db.upkeep.schema import head, migrate
from tests.builders.meetings import a_convened
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, an_activity, report
from tests.builders.world import TODAY, build_world, do

ROOT = Path(__file__).parents[2]


def test_the_newest_revision_is_what_the_models_say(url: str) -> None:
    """When this fails, a change of the models has no revision yet."""
    migrate(url)

    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Model.metadata)
    engine.dispose()
    assert differences == []


def test_every_check_of_the_models_is_in_the_database(url: str) -> None:
    """Alembic does not compare CHECK constraints, and they hold the real rules."""
    migrate(url)

    engine = make_engine(url)
    inspector = inspect(engine)
    there = {
        (table.name, check["name"]): check["sqltext"]
        for table in Model.metadata.sorted_tables
        for check in inspector.get_check_constraints(table.name)
    }
    engine.dispose()
    wanted = {
        (table.name, None if constraint.name is None else str(constraint.name)): str(constraint.sqltext)
        for table in Model.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert set(there) == set(wanted)
    assert len(wanted) > 50
    for name, words in wanted.items():
        # The values are what matters; each engine has its own way to write the rest.
        assert set(re.findall(r"'(\w+)'", there[name])) >= set(re.findall(r"'(\w+)'", words)), name


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT tgisinternal",
}


def _triggers(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text(TRIGGERS[connection.dialect.name]))
    return {row[0]: row[1] for row in rows}


def test_every_trigger_of_the_models_is_in_the_database(url: str) -> None:
    """A revision that copies a table on SQLite loses them without a word, and no tool compares them."""
    migrate(url)

    engine = make_engine(url)
    with engine.execution_options(writer=True).begin() as connection:
        of_revisions = _triggers(connection)
        Model.metadata.drop_all(connection)
        Model.metadata.create_all(connection)
        of_models = _triggers(connection)
    engine.dispose()
    assert of_revisions == of_models
    assert of_models


def test_seats_held_twice_are_put_in_order_and_signed_papers_get_their_names(url: str) -> None:
    """A database of the first release: two holders of seat 4, two of seat 5 from one day on, one called meeting."""
    migrate(url)
    world = build_world()
    meeting, _ = a_convened(world)
    do(world.secretary, open_meeting, meeting_id=meeting)
    db_engine.forget_engines()
    migrate(url, down="0001")
    engine = make_engine(url)
    member = (
        "INSERT INTO body_member (community_id, body_id, seat, name, capacity, since, until, version) "
        "VALUES (:home, :body, :seat, '接任者', '居民代表', :since, NULL, 1)"
    )
    with engine.execution_options(writer=True).begin() as connection:
        ended = {"until": date(2026, 12, 31), "id": world.members[3]}
        connection.execute(text("UPDATE body_member SET until = :until WHERE id = :id"), ended)
        ended = {"until": date(2026, 3, 5), "id": world.members[4]}
        connection.execute(text("UPDATE body_member SET until = :until WHERE id = :id"), ended)
        for seat, since in ((4, date(2026, 3, 5)), (5, date(2025, 1, 1))):
            connection.execute(text(member), {"home": world.here, "body": world.body, "seat": seat, "since": since})
    engine.dispose()

    migrate(url)

    with db_engine.reading_as_system("test") as session:
        members = session.query(BodyMember).filter(BodyMember.seat.in_((4, 5))).order_by(BodyMember.id).all()
        assert [(one.seat, one.since, one.until) for one in members] == [
            (4, date(2025, 1, 1), date(2026, 3, 4)),
            (5, date(2025, 1, 1), date(2024, 12, 31)),
            (4, date(2026, 3, 5), None),
            (5, date(2025, 1, 1), None),
        ]
        told = session.query(AuditEntry).filter(AuditEntry.reason == "one holder of a seat at a time").all()
        assert [(one.row_id, one.changes) for one in told] == [
            (world.members[3], {"until": ["2026-12-31", "2026-03-04"]}),
            (world.members[4], {"until": ["2026-03-05", "2024-12-31"]}),
        ]
        assert audit.broken_at(session) is None
        assert session.query(Meeting).one().chair_name == "测试secretary"
        assert {row.name for row in session.query(Attendance)} == {f"议事员{seat:02d}" for seat in range(1, 17)}


def test_up_and_down_and_up_again(url: str) -> None:
    assert migrate(url) == ("", head())
    assert migrate(url) == (head(), head())
    build_world()
    db_engine.forget_engines()

    assert migrate(url, down="base") == (head(), "")
    engine = make_engine(url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()

    assert migrate(url) == ("", head())


def test_a_database_of_before_is_searched_by_the_readings_of_now_and_the_command_says_so(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    migrate(url)
    world = build_world()
    a_need(world, "江厦桥没有灯", pinyin="jiangshaqiao", initials="jsq")
    a_need(world, "电梯常停运")
    migrate(url, down="0001")
    db_engine.forget_engines()

    assert main(["migrate"]) == 0

    assert "1 needs are found by more readings than before." in capsys.readouterr().out
    with db_engine.reading_as_system("test") as session:
        assert "jiangxiaqiao" in (session.scalar(select(Need.pinyin).order_by(Need.id)) or "")
    assert main(["migrate"]) == 0
    assert "readings" not in capsys.readouterr().out


def test_volunteers_and_activities_come_through_the_revision_of_volunteers(url: str) -> None:
    """Their tables are copied on SQLite; nobody has ended there, and no activity has a beginning."""
    migrate(url)
    world = build_world()
    project_id = a_project(world, starts_on=TODAY)
    report(world, an_activity(world, project_id), Served(a_member(world, project_id), 60))
    db_engine.forget_engines()

    migrate(url, down="0001")
    migrate(url)

    with db_engine.reading_as_system("test") as session:
        volunteer, activity = session.scalars(select(Volunteer)).one(), session.scalars(select(Activity)).one()
        assert (volunteer.number, volunteer.minutes, volunteer.ended_on, volunteer.ended_reason) == (
            "V001",
            60,
            None,
            "",
        )
        assert (activity.title, activity.on, activity.began_at) == ("换灯", TODAY, None)
        assert session.scalars(select(ServiceRecord.activity_id)).all() == [activity.id]


def test_the_audit_log_of_a_new_database_is_empty_and_unbroken(url: str) -> None:
    migrate(url)

    with db_engine.reading_as_system("test") as session:
        last = session.scalars(select(AuditHead)).one()
        assert (last.id, last.entries, last.hash) == (1, 0, audit.FIRST_HASH)
        assert audit.broken_at(session) is None


def test_an_unknown_revision_changes_nothing(url: str) -> None:
    migrate(url)

    with pytest.raises(CannotDo, match="stays at"):
        migrate(url, down="nonsense")

    assert migrate(url) == (head(), head())


def test_processes_that_start_at_once_do_not_collide(url: str) -> None:
    def start(_: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "db", "migrate"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(start, range(4)))

    assert [process.returncode for process in ended] == [0] * 4, ended
    assert sorted(process.stdout for process in ended) == [
        *[f"Schema {head()}, as it was.\n"] * 3, f"Schema {head()}, was empty.\n",
    ]  # fmt: skip


def test_a_revision_that_fails_leaves_the_database_as_it_was(url: str, tmp_path: Path) -> None:
    """All of a migration is one transaction, on SQLite too."""
    (tmp_path / "new").mkdir()
    engine = make_engine(url)
    with engine.execution_options(writer=True).begin() as connection:
        connection.execute(text("CREATE TABLE visit (id INTEGER)"))  # in the way of the revision
    with pytest.raises(Exception, match="exists"):
        migrate(url)

    assert inspect(engine).get_table_names() == ["visit"]
    engine.dispose()


RELEASED = {
    "first_0001.postgresql.sql": "b05c8da81716140e84193e64aa6f0b1fd0c6a7053b159fb20914e1da6621233b",
    "first_0001.sqlite.sql": "a833fa454f6291d6a53e96f3be25cf2711541c12eecf73232e46294b3b608065",
    "door_0002.postgresql.sql": "97c9fa71d7cd061e61c050ea5ed937d2f57dcbe9612fce80aaec6a796ca09f4d",
    "door_0002.sqlite.sql": "8cb8627368b25e1590369eb4a5723b45865e40f611a686f3f2f7c2be63e33e26",
    "reading_0004.postgresql.sql": "62dfe6a27c158474c929b24938d7f3723b20c3dafe39e2fc56e0673f49ffc260",
    "reading_0004.sqlite.sql": "c287446f2c931ddc6ca7dbfba90071b0023d69eab247883379ca78f1ae8dc0ce",
    "seat_0005.postgresql.sql": "6974a5e5ff6872342aab26aa6c76737ce4f15596d02f5487f43fe9ff529823e9",
    "seat_0005.sqlite.sql": "6bb538e787e118d7a986aa9062ab9e3e5ce14b69ec29637e0882e5c9c5c0c361",
    "vote_0006.postgresql.sql": "b2b25f0079f5fbecdf3052a05f5227edbc25973fda5b046213fbb343ff1febc3",
    "vote_0006.sqlite.sql": "1705a53f0be5052db2ed5bd07470b808b0bb9dc1d1e3333b5dcea593d7260a0e",
    "volunteer_0007.postgresql.sql": "4f9c881d9389bdd370ccab5f0b5352f764745acf1d3f9117c7f752e1df81410d",
    "volunteer_0007.sqlite.sql": "528c8eb1fd520dee92c77300f6bc8b52b21149e388601b11402e653740c87802",
    "sign_in_0008.postgresql.sql": "66bc92815d587e6d283e25db6ffc15a19ea65875554fa3bfc0869a096afb96ec",
    "sign_in_0008.sqlite.sql": "f37ce351f445703e1589bc4aaf1220c6cd873d075083950535972e9698c1fc44",
    "upkeep_0009.postgresql.sql": "d101aa6e08f37c57984f26b65f32cddf28c1679812e68cd70a4e2252712656a7",
    "upkeep_0009.sqlite.sql": "c3cb3d5c7df5e6e2d23f9201b4cf93f7cda5d280a250ee087651d3a8f7a70397",
    "serving_0010.postgresql.sql": "3eeb596c581d9318aa4dd7e6faac040d30bc9cdd4eb0197ca3c8c4fe601f0051",
    "serving_0010.sqlite.sql": "d0749049f5bcbeacc4f157020813c7eb9a283512c4dc23ee815c2fe7eb84f764",
    "commitments_0011.postgresql.sql": "a20d0e2bc838f010aef767a715505403b2872c6117fdd3218571113dc6b62801",
    "commitments_0011.sqlite.sql": "97da83eebef8f6e84b69e750f7d255c5850d827fad4bb38332b0d1ef873a0a0d",
}


def test_what_is_released_is_never_written_again() -> None:
    """Installations hold that schema: a change of the models is a new revision."""
    sums = {name: hashlib.sha256((VERSIONS / name).read_bytes()).hexdigest() for name in RELEASED}

    assert sums == RELEASED


def test_the_frozen_tables_are_written_from_the_models(tmp_path: Path) -> None:
    freeze("trial_0000", {"community"}, tmp_path)

    words = [(tmp_path / f"trial_0000.{engine}.sql").read_text(encoding="utf-8") for engine in ("sqlite", "postgresql")]
    assert [text.count("CREATE TABLE community (") for text in words] == [1, 1]
    with pytest.raises(ValueError, match="nonsense"):
        freeze("trial_0000", {"nonsense"}, tmp_path)


def test_migrations_need_no_file_of_settings() -> None:
    """`python -m db` works from any folder, and where the program lies is written nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "YIQILAI_DATA_DIR": folder}
        command = [sys.executable, "-m", "db", "migrate"]
        done = subprocess.run(
            command, cwd=folder, env=surroundings, capture_output=True, text=True, timeout=60, check=False
        )
    assert (done.returncode, done.stdout) == (0, f"Schema {head()}, was empty.\n"), done.stderr
