"""The form of a backup: one zip for both engines, so that it also moves an installation from one to the other.

    manifest.json          schema revision, time, key fingerprint, and of each table: columns, rows, checksum
    tables/<name>.jsonl    one row a line, values in the order of the columns
    photos/<sha256>        every photo that a row of the backup shows, sealed as it lies on the disk (`db.photos`)

Values are what the database holds, byte for byte: cipher text as base64, JSON as its own text, moments in UTC.
Sign-ins are left out: whoever restores a backup must not revive one that was revoked since.
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    cast,
    type_coerce,
)

from db.models import AuthSession, Draft, Model, SignInFailure, SignInTicket
from db.models.types import Encrypted, UtcDateTime
from db.photos import unsealed
from db.settings import key_fingerprint
from db.upkeep import CannotDo
from db.upkeep.schema import head, is_released

FORMAT = 1
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError)
"""What reading a damaged backup raises."""
LEFT_OUT = {model.__tablename__ for model in (AuthSession, SignInTicket, SignInFailure, Draft)}


def tables() -> list[Table]:
    """What a backup holds, in an order in which tables can be filled."""
    return [table for table in Model.metadata.sorted_tables if table.name not in LEFT_OUT]


def member(table: str) -> str:
    """Where a table lies in the zip."""
    return f"tables/{table}.jsonl"


def photo_member(sha256: str) -> str:
    """Where a photo lies in the zip."""
    return f"photos/{sha256}"


def stored(column: Column[Any]) -> Any:
    """What to select of a column: the value as it is stored, not as the application sees it."""
    if isinstance(column.type, Encrypted):
        return type_coerce(column, LargeBinary).label(column.name)
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def line(values: tuple[Any, ...]) -> str:
    """One row as a line of JSON."""
    return json.dumps([_to_text(value) for value in values], ensure_ascii=False, separators=(",", ":")) + "\n"


def _to_text(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _json(text: str) -> Any:
    """SQL knows two nothings in a JSON column: no value, and the value null."""
    return JSON.NULL if text == "null" else json.loads(text)


def _as_it_is(value: Any) -> Any:
    return value


READERS: tuple[tuple[tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((Encrypted, LargeBinary), base64.b64decode),
    ((UtcDateTime, DateTime), _moment),
    ((Date,), date.fromisoformat),
    ((JSON,), _json),
    ((Numeric,), Decimal),
    ((Boolean, Enum, Integer, String), _as_it_is),
)
"""Every type that a column has, in the models or as the database tells it, and what makes its value of what the file
holds. A type that is not here stops the backup, not the restore years later.
"""


def reader(column: Column[Any]) -> Callable[[Any], Any]:
    """What turns a value of the file into a parameter for the column; raises TypeError for an unknown type."""
    for kinds, read in READERS:
        if isinstance(column.type, kinds):
            return lambda value: None if value is None else read(value)
    raise TypeError(f"{column} has a type that a backup does not know: {column.type!r}")


def rows(archive: zipfile.ZipFile, table: Table, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a table, one after the other, as parameters of an INSERT; `columns` in the order of the file.

    A table that was changed over the years has its columns in another order than one that was made in one step.
    """
    readers = [(name, reader(table.columns[name])) for name in columns]
    with archive.open(member(table.name)) as file:
        for text in file:
            values = json.loads(text)
            yield {name: read(value) for (name, read), value in zip(readers, values, strict=True)}


def read_back(archive: zipfile.ZipFile) -> None:
    """Read a backup that was just written as a restore would; raises what `UNREADABLE` names."""
    manifest = checked(archive)
    for table in tables():
        described = manifest["tables"][table.name]
        if sum(1 for _ in rows(archive, table, described["columns"])) != described["rows"]:
            raise ValueError(table.name)


def checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, when this version can use the backup and every byte of it is the one that was written.

    Raises CannotDo with what to do instead, what `UNREADABLE` names when it is damaged.
    """
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest["product"] != "yiqilai" or manifest["format"] != FORMAT:
        raise CannotDo("The file is a backup of another program or a later version; nothing was changed.")
    if not is_released(manifest["revision"]):
        raise CannotDo(
            f"The backup has schema {manifest['revision']}, which this version ({head()}) does not know: restore it"
            " with the version that made it, or a later one."
        )
    if manifest["key"] != key_fingerprint():
        raise CannotDo(
            "The backup was made with another secret key, its personal data would be unreadable: put that key in"
            " place first (secret.key in the data folder, or YIQILAI_SECRET_KEY)."
        )
    for name, described in manifest["tables"].items():
        checksum = hashlib.sha256()
        with archive.open(member(name)) as file:
            while block := file.read(1 << 20):
                checksum.update(block)
        if checksum.hexdigest() != described["sha256"]:
            raise ValueError(name)
    for sha256 in manifest.get("photos", []):
        if unsealed(archive.read(photo_member(sha256)), sha256) is None:
            raise ValueError(photo_member(sha256))
    return manifest
