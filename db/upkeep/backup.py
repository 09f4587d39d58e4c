"""Make a backup while the app runs: one snapshot, streamed, so ten million rows cost no more memory than ten."""

import hashlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select, text

from db.admission import UPKEEP_LOCK
from db.engine import engine, utc_now
from db.models import Photo
from db.photos import path_of, unsealed
from db.settings import key_fingerprint
from db.upkeep import CannotDo
from db.upkeep.archive import FORMAT, UNREADABLE, line, member, photo_member, read_back, stored, tables
from db.upkeep.schema import head, revision_of

AT_ONCE = 2000
"""Rows in memory at a time."""


def backup(target: Path) -> dict[str, Any]:
    """Write a backup of the database of the settings to a new file; returns its manifest."""
    postgres = engine().dialect.name == "postgresql"
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if postgres else {}
    with engine().execution_options(**options).connect() as connection:
        if postgres:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            if not connection.scalar(text("SELECT pg_try_advisory_xact_lock_shared(:key)"), {"key": UPKEEP_LOCK}):
                raise CannotDo("A migration or a restore is at work; try again when it has finished.")
        return write(connection, target)


def write(connection: Connection, target: Path) -> dict[str, Any]:
    """Write what a transaction sees to a new file, which gets its name only when it was read back and is whole."""
    if target.exists():
        raise CannotDo(f"{target} exists already; choose another name for the backup.")
    if revision_of(connection) != head():
        raise CannotDo("The schema is not the one of this version: run `python -m db migrate` first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                manifest = _fill(archive, connection)
            file.flush()
            os.fsync(file.fileno())
        try:
            with zipfile.ZipFile(part) as archive:
                read_back(archive)
        except UNREADABLE as damage:
            raise CannotDo(f"{target} could not be read back ({damage}); there is no backup.") from damage
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile, connection: Connection) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "product": "yiqilai",
        "format": FORMAT,
        "revision": revision_of(connection),
        "made_at": utc_now().isoformat(timespec="seconds"),
        "key": key_fingerprint(),
        "tables": {table.name: _dump(archive, connection, table) for table in tables()},
        "photos": _photos(archive, connection),
    }
    archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _photos(archive: zipfile.ZipFile, connection: Connection) -> list[str]:
    """Every photo that the rows just written show; one that is missing or damaged is left to `verify` to report.

    A photo that is taken away while the backup runs is missing in it although its row is there, which does no harm.
    """
    shown = select(Photo.sha256).where(Photo.removed_at.is_(None)).distinct().order_by(Photo.sha256)
    taken = []
    for sha256 in connection.execute(shown).scalars():
        try:
            raw = path_of(sha256).read_bytes()
        except FileNotFoundError:
            continue
        if unsealed(raw, sha256) is not None:
            archive.writestr(zipfile.ZipInfo(photo_member(sha256)), raw)  # encrypted: nothing to compress
            taken.append(sha256)
    return taken


def _dump(archive: zipfile.ZipFile, connection: Connection, table: Table) -> dict[str, Any]:
    query = select(*(stored(column) for column in table.columns)).order_by(*table.primary_key)
    rows, checksum = 0, hashlib.sha256()
    found = connection.execute(query, execution_options={"yield_per": AT_ONCE})
    with found, archive.open(member(table.name), "w", force_zip64=True) as file:
        for block in found.partitions():
            data = "".join(line(tuple(row)) for row in block).encode()
            checksum.update(data)
            file.write(data)
            rows += len(block)
    return {"columns": [column.name for column in table.columns], "rows": rows, "sha256": checksum.hexdigest()}
