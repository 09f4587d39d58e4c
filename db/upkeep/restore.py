"""Put a backup back, all or nothing: the running app sees the old state until the new one is complete."""

import time
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, func, insert, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import AddConstraint, DropConstraint

from db import audit
from db.engine import as_system, utc_now
from db.models import AuditHead, Installation, Model
from db.photos import put
from db.settings import settings
from db.upkeep import CannotDo
from db.upkeep.archive import LEFT_OUT, UNREADABLE, checked, photo_member, rows
from db.upkeep.backup import AT_ONCE, write
from db.upkeep.key import check_key
from db.upkeep.schema import alone, bring_up_to_date, head, revision_of, upgrade

ALWAYS_FILLED = {AuditHead.__tablename__, Installation.__tablename__}
"""What an empty database holds, too."""
REVISION = "alembic_version"
"""The table that holds the revision."""


def restore(source: Path, *, replace: bool = False) -> tuple[dict[str, Any], Path | None]:
    """Put a backup into an empty database, or with `replace` in the place of what is there.

    A backup of a former release is brought up to date. Returns its manifest and the path of a backup of what was
    replaced. Everybody has to sign in again.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = checked(archive)
            safety = _replace(archive, manifest, replace=replace)
    except FileNotFoundError:
        raise CannotDo(f"There is no file {source}.") from None
    except UNREADABLE as damage:
        raise CannotDo(f"{source} is not a backup, or it is damaged; nothing was changed.") from damage
    with as_system(f"restored the backup of {manifest['made_at']}") as session:
        last = session.get_one(AuditHead, 1)
        audit.note(session, last, "restore", {"entries": (None, last.entries), "hash": (None, last.hash)})
    return manifest, safety


def _replace(archive: zipfile.ZipFile, manifest: dict[str, Any], *, replace: bool) -> Path | None:
    safety = settings().data_dir / f"before-restore-{utc_now():%Y%m%d-%H%M%S-%f}.zip"
    with alone() as connection:
        check_key(connection)
        if filled := _holds_data(connection):
            if not replace:
                raise CannotDo(
                    "The database is not empty: use --replace to put the backup in the place of what is there."
                )
            write(connection, safety)
        try:
            # Before the rows: a photo that no row shows does no harm, a row without its photo does.
            for sha256 in manifest.get("photos", []):
                put(sha256, archive.read(photo_member(sha256)))
            _load(connection, archive, manifest)
        except BaseException:
            safety.unlink(missing_ok=True)  # all stays as it is
            raise
    return safety if filled else None


def _holds_data(connection: Connection) -> bool:
    if revision_of(connection) == "":
        return False
    if revision_of(connection) != head():
        raise CannotDo("The schema is not the one of this version: run `python -m db migrate` first.")
    return any(
        connection.execute(select(*table.primary_key).limit(1)).first() is not None
        for table in Model.metadata.sorted_tables
        if table.name not in ALWAYS_FILLED
    )


def _keep_readers_out(connection: Connection) -> None:
    """Nobody reads a half-filled table. Not waiting while holding some of the locks, it can block nobody for good."""
    for _ in range(600):
        try:
            with connection.begin_nested():
                connection.execute(text(f"LOCK TABLE {_all_names()} IN ACCESS EXCLUSIVE MODE NOWAIT"))
        except OperationalError as held:
            if "could not obtain lock" not in str(held.orig):
                raise
            time.sleep(0.05)
        else:
            return
    raise CannotDo("Somebody has been reading for half a minute; nothing was changed, try again.")


def _all_names() -> str:
    return ", ".join(table.name for table in Model.metadata.sorted_tables)


def _load(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Build the tables as they were when the backup was made, fill them, and bring them to this version."""
    if connection.dialect.name == "postgresql" and revision_of(connection):
        _keep_readers_out(connection)
    _drop_ours(connection)
    upgrade(connection, manifest["revision"])
    fill(connection, archive, manifest)
    bring_up_to_date(connection)


def _drop_ours(connection: Connection) -> None:
    """Drop our tables and the one that holds the revision; nobody else's. What is there is of this version or nothing:
    `_holds_data` has refused everything else, so the models know what refers to what.
    """
    there = set(inspect(connection).get_table_names())
    ours = [table for table in Model.metadata.sorted_tables if table.name in there]
    Model.metadata.drop_all(connection, ours, checkfirst=False)
    if REVISION in there:
        connection.execute(text(f"DROP TABLE {REVISION}"))


def fill(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Fill the tables of the revision that the backup has; raises KeyError when the backup lacks one.

    The tables are taken as the database tells of them: those of a former release are not in the models.
    """
    there = MetaData()
    there.reflect(connection)
    listed = [table for table in there.sorted_tables if table.name != REVISION]
    if connection.dialect.name == "postgresql":
        # A row may refer to a later one (a need to the one it was merged into), so references come back last.
        _references(connection, listed, DropConstraint)
    for table in listed:
        if table.name in manifest["tables"] or table.name not in LEFT_OUT:
            connection.execute(table.delete())  # what the revision itself put in
            _fill(connection, archive, table, manifest["tables"][table.name])
    if connection.dialect.name == "postgresql":
        _references(connection, listed, AddConstraint)
        numbered = [(table, key) for table in listed if (key := table.autoincrement_column) is not None]
        connection.execute(
            select(
                *(
                    func.setval(
                        func.pg_get_serial_sequence(table.name, key.name),
                        select(func.coalesce(func.max(key), 0) + 1).scalar_subquery(),
                        False,
                    )
                    for table, key in numbered
                )
            )
        )


def _references(connection: Connection, listed: list[Table], change: type[AddConstraint | DropConstraint]) -> None:
    """Take away or put back the references of each table in one statement: readers wait for less."""
    for table in listed:
        start = f"ALTER TABLE {table.name} "
        parts = [
            str(change(reference).compile(connection)).removeprefix(start)
            for reference in sorted(table.foreign_key_constraints, key=lambda constraint: str(constraint.name))
        ]
        if parts:
            connection.execute(text(start + ", ".join(parts)))


def _fill(connection: Connection, archive: zipfile.ZipFile, table: Table, described: dict[str, Any]) -> None:
    if set(described["columns"]) != {column.name for column in table.columns}:
        raise CannotDo(f"The backup has other columns in {table.name}; nothing was changed.")
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=True)  # no value and the value null are two
    waiting, loaded = rows(archive, table, described["columns"]), 0
    while block := list(islice(waiting, AT_ONCE)):
        connection.execute(insert(table), block)
        loaded += len(block)
    if loaded != described["rows"]:
        raise ValueError(table.name)
