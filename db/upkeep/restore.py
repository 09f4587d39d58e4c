"""Put a backup back, all or nothing: the running app sees the old state until the new one is complete."""

import time
import zipfile
import zlib
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import AddConstraint, DropConstraint

from db import audit
from db.engine import as_system, utc_now
from db.models import AuditHead, Model
from db.photos import put
from db.settings import settings
from db.upkeep import CannotDo
from db.upkeep.archive import checked, photo_member, rows, tables, to_store
from db.upkeep.backup import AT_ONCE, write
from db.upkeep.schema import alone, head, revision_of, upgrade


def restore(source: Path, *, replace: bool = False) -> tuple[dict[str, Any], Path | None]:
    """Put a backup into an empty database, or with `replace` in the place of what is there.

    Returns its manifest and the path of a backup of what was replaced. Everybody has to sign in again.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = checked(archive)
            safety = _replace(archive, manifest, replace=replace)
    except FileNotFoundError:
        raise CannotDo(f"There is no file {source}.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError) as damage:
        raise CannotDo(f"{source} is not a backup, or it is damaged; nothing was changed.") from damage
    with as_system(f"restored the backup of {manifest['made_at']}") as session:
        last = session.get_one(AuditHead, 1)
        audit.note(session, last, "restore", {"entries": (None, last.entries), "hash": (None, last.hash)})
    return manifest, safety


def _replace(archive: zipfile.ZipFile, manifest: dict[str, Any], *, replace: bool) -> Path | None:
    safety = settings().data_dir / f"before-restore-{utc_now():%Y%m%d-%H%M%S-%f}.zip"
    with alone() as connection:
        if revision_of(connection) == "":
            upgrade(connection)
        if revision_of(connection) != head():
            raise CannotDo("The schema is not the one of this version: run `python -m db migrate` first.")
        filled = any(
            connection.execute(select(*table.primary_key).limit(1)).first() is not None
            for table in Model.metadata.sorted_tables
            if table.name != AuditHead.__tablename__
        )
        if filled and not replace:
            raise CannotDo("The database is not empty: use --replace to put the backup in the place of what is there.")
        if filled:
            write(connection, safety)
        # Before the rows: a photo that no row shows does no harm, a row without its photo does.
        for sha256 in manifest.get("photos", []):
            put(sha256, archive.read(photo_member(sha256)))
        _load(connection, archive, manifest)
    return safety if filled else None


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
    everything = Model.metadata.sorted_tables
    if connection.dialect.name == "sqlite":
        for table in everything:
            connection.execute(delete(table))
        _fill(connection, archive, manifest)
        return
    _keep_readers_out(connection)
    # A row may refer to a later one (a need to the one it was merged into), so references come back last.
    references = [constraint for table in everything for constraint in table.foreign_key_constraints]
    for reference in references:
        connection.execute(DropConstraint(reference))
    connection.execute(text(f"TRUNCATE {_all_names()}"))
    _fill(connection, archive, manifest)
    for reference in references:
        connection.execute(AddConstraint(reference, isolate_from_table=False))
    for table in everything:
        if (key := table.autoincrement_column) is not None:
            series = func.pg_get_serial_sequence(table.name, key.name)
            connection.execute(select(func.setval(series, func.coalesce(func.max(key), 0) + 1, False)))


def _fill(connection: Connection, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for table in tables():
        statement = insert(table).values({column.name: to_store(column) for column in table.columns})
        waiting, loaded = rows(archive, table), 0
        while block := list(islice(waiting, AT_ONCE)):
            connection.execute(statement, block)
            loaded += len(block)
        if loaded != manifest["tables"][table.name]["rows"]:
            raise ValueError(table.name)
