"""A database and a backup of every former release go on with this version; what is no release is told."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, select, text

from db import engine as db_engine
from db.__main__ import main
from db.engine import make_engine, reading_as_system
from db.models import Model
from db.upkeep import CannotDo, compared, expected
from db.upkeep.archive import LEFT_OUT, checked
from db.upkeep.expected import differences
from db.upkeep.restore import fill
from db.upkeep.schema import alembic_config, alone, head, migrate, revision_of, upgrade
from db.upkeep.start import why_not_start
from db.upkeep.verify import verify
from tests.support.release import RELEASES

KEPT = sorted(path.stem for path in RELEASES.glob("*.zip"))


def lay(revision: str) -> None:
    """A database as an installation of that release has it, with people and rows in every table."""
    with alone() as connection, zipfile.ZipFile(RELEASES / f"{revision}.zip") as archive:
        upgrade(connection, revision)
        fill(connection, archive, checked(archive))


def every_row() -> Iterator[tuple[str, int]]:
    """Every table and its rows, read as the application reads them: words known, personal data opened."""
    with reading_as_system("test") as session:
        for model in (mapper.class_ for mapper in Model.registry.mappers):
            yield model.__tablename__, len(session.scalars(select(model)).all())


def wrong() -> dict[str, str]:
    return {finding.check: finding.wrong for finding in verify() if not finding.well}


def test_every_release_before_this_one_is_kept() -> None:
    """`python -m tests.support.release` writes one; the newest revision gets its own with the release."""
    revisions = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]

    assert "0001" in KEPT
    assert set(KEPT) <= set(revisions)
    for name in KEPT:
        with zipfile.ZipFile(RELEASES / f"{name}.zip") as archive:
            manifest = checked(archive)
        assert manifest["revision"] == name
        assert [table for table, told in manifest["tables"].items() if not told["rows"]] == []
        assert set(manifest["tables"]) >= LEFT_OUT


@pytest.mark.parametrize("release", KEPT)
def test_a_database_of_a_former_release_is_brought_up_to_date(url: str, release: str) -> None:
    lay(release)

    assert migrate(url) == (release, head())
    assert main(["migrate"]) == 0  # what rules of this version make of former data

    with db_engine.engine().connect() as connection:
        assert differences(connection) == []
    rows = dict(every_row())
    assert {name for name, count in rows.items() if not count} <= tables_younger_than(release)
    assert wrong() == {}
    assert why_not_start() == ""


def tables_younger_than(release: str) -> set[str]:
    with zipfile.ZipFile(RELEASES / f"{release}.zip") as archive:
        return set(Model.metadata.tables) - set(checked(archive)["tables"])


@pytest.mark.parametrize("release", KEPT)
def test_a_backup_of_a_former_release_is_restored_and_brought_up_to_date(
    url: str, release: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(RELEASES / f"{release}.zip")]) == 0, capsys.readouterr().err

    with db_engine.engine().connect() as connection:
        assert revision_of(connection) == head()
        assert differences(connection) == []
    assert sum(count for _, count in every_row()) > 300
    assert wrong() == {}
    assert main(["restore", str(RELEASES / f"{release}.zip")]) == 1, "it is not empty any more"
    assert main(["restore", str(RELEASES / f"{release}.zip"), "--replace"]) == 0


@pytest.mark.parametrize("release", KEPT)
def test_the_backup_of_a_database_that_was_brought_up_to_date_is_restored(
    url: str, release: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column that a later revision added stands last in its table and elsewhere in the models."""
    lay(release)
    assert main(["migrate"]) == 0
    before = dict(every_row())

    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 0, capsys.readouterr().err

    after = dict(every_row())
    assert {name for name in before if before[name] != after[name]} <= LEFT_OUT | {"audit_entry"}
    assert wrong() == {}


def by_hand(url: str, *statements: str) -> None:
    """What somebody does to a database with a tool of the engine's own."""
    engine = make_engine(url)
    with engine.execution_options(writer=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


CHANGES = {
    "table answer is missing": ["DROP TABLE answer"],
    "column visit.note is missing": ["ALTER TABLE visit DROP COLUMN note"],
    "index visit.ix_visit_place_id is missing": ["DROP INDEX ix_visit_place_id"],
    "index visit.ix_visit_place_id is (worker_id), not (place_id)": [
        "DROP INDEX ix_visit_place_id", "CREATE INDEX ix_visit_place_id ON visit (worker_id)",
    ],
    "index need.ix_need_visit_id is (visit_id), not (visit_id) where about visit_id": [
        "DROP INDEX ix_need_visit_id", "CREATE INDEX ix_need_visit_id ON need (visit_id)",
    ],
}  # fmt: skip


@pytest.mark.parametrize("said", CHANGES)
def test_a_database_that_bears_the_revision_and_is_another_is_not_called_up_to_date(
    url: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    migrate(url)
    assert why_not_start() == ""  # what this found is kept, and must not speak for what follows
    cascade = " CASCADE" if url.startswith("postgres") else ""
    by_hand(url, *(one + cascade if one.startswith("DROP TABLE") else one for one in CHANGES[said]))

    assert main(["migrate"]) == 1

    told = capsys.readouterr()
    assert said in told.err
    assert "as it was" not in told.out
    assert told.err.count("\n") == 1
    assert said in why_not_start()


def test_a_schema_that_was_found_right_is_not_compared_at_the_next_start(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url)
    assert why_not_start() == ""

    monkeypatch.setattr(compared, "differences", lambda _connection: ["it was compared"])

    assert why_not_start() == ""


def test_a_schema_is_compared_again_once_something_else_is_expected_of_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url)
    assert why_not_start() == ""

    more = {"column visit.mood": "VARCHAR(9)"}
    wanted = expected.expected
    monkeypatch.setattr(expected, "expected", lambda dialect: wanted(dialect) | more)

    assert "column visit.mood is missing" in why_not_start()


BY_HAND = {
    "sqlite": (
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'name VARCHAR(60) NOT NULL', 'name VARCHAR(60)') "
        "WHERE name = 'place'",
        "PRAGMA writable_schema=RESET",
    ),
    "postgresql": ('ALTER TABLE place ALTER COLUMN name TYPE VARCHAR(60) COLLATE "C"',),
}


def test_a_column_that_was_changed_by_hand_is_told_at_the_next_start_as_at_the_first(url: str) -> None:
    migrate(url)
    assert why_not_start() == ""
    by_hand(url, *BY_HAND[make_url(url).get_backend_name()])
    engine = make_engine(url)
    with engine.connect() as connection:
        differing = differences(connection)
    engine.dispose()
    db_engine.forget_engines()  # a start is a new process

    assert [one.partition(" is ")[0] for one in differing] == ["column place.name"]
    assert differing[0] in why_not_start()


def test_what_was_found_wrong_is_told_at_every_start(url: str) -> None:
    migrate(url)
    by_hand(url, "DROP INDEX ix_visit_place_id")

    for _ in range(2):
        assert "index visit.ix_visit_place_id is missing" in why_not_start()


def test_a_column_that_may_be_empty_and_must_not_is_told(url: str) -> None:
    migrate(url)
    if url.startswith("postgres"):
        by_hand(url, "ALTER TABLE visit ALTER COLUMN note DROP NOT NULL")
    else:
        by_hand(url, "ALTER TABLE visit DROP COLUMN note", "ALTER TABLE visit ADD COLUMN note VARCHAR(500)")

    with pytest.raises(CannotDo, match=r"column visit.note is VARCHAR\(500\), not VARCHAR\(500\) NOT NULL"):
        migrate(url)


def test_a_check_that_lets_in_other_words_is_told(url: str) -> None:
    migrate(url)
    if url.startswith("postgres"):
        check = "CONSTRAINT ck_visit_visitoutcome"
        words = "outcome IN ('met', 'not_in', 'call')"
        by_hand(url, f"ALTER TABLE visit DROP {check}", f"ALTER TABLE visit ADD {check} CHECK ({words})")
    else:
        other = "replace(sql, char(39) || 'phone' || char(39), char(39) || 'call' || char(39))"
        changed = f"UPDATE sqlite_master SET sql = {other} WHERE name = 'visit'"  # noqa: S608
        by_hand(url, "PRAGMA writable_schema=ON", changed)

    with pytest.raises(CannotDo, match=r"ck_visit_visitoutcome is about 'call' 'met' 'not_in' outcome, not"):
        migrate(url)


def test_a_database_of_an_unreleased_state_is_left_as_it_is(url: str) -> None:
    """It bears 0001, lacks a column, and the newer revision would have gone through."""
    lay("0001")
    by_hand(url, "ALTER TABLE visit DROP COLUMN note")

    with pytest.raises(CannotDo, match="Nothing was changed"):
        migrate(url)

    with db_engine.engine().connect() as connection:
        assert revision_of(connection) == "0001"


def test_an_app_does_not_start_on_an_older_schema(url: str) -> None:
    lay("0001")

    assert "run `python -m db migrate` first" in why_not_start()


def test_what_is_there_beside_our_tables_does_no_harm(url: str) -> None:
    migrate(url)
    by_hand(url, "CREATE TABLE monitoring (seen INTEGER)")

    assert migrate(url) == (head(), head())
    assert why_not_start() == ""
