"""The form of a backup: one zip for both engines, so that it also moves an installation from one to the other.

    manifest.json          schema revision, time, key fingerprint, and of each table: columns, rows, checksum
    tables/<name>.jsonl    one row a line, values in the order of the columns
    photos/<sha256>        every photo that a row of the backup shows, sealed as it lies on the disk (`db.photos`)

Values are what the database holds, byte for byte: cipher text as base64, JSON as its own text, moments in UTC.
Sign-ins are left out: whoever restores a backup must not revive one that was revoked since.
"""

import base64
import hashlib
import hmac
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Date, Enum, LargeBinary, Numeric, Table, Text, bindparam, cast, type_coerce

from db.models import AuthSession, Draft, Model, SignInFailure, SignInTicket
from db.models.types import Encrypted, UtcDateTime
from db.photos import unsealed
from db.settings import secret_key
from db.upkeep import CannotDo
from db.upkeep.schema import head

FORMAT = 1
LEFT_OUT = {model.__tablename__ for model in (AuthSession, SignInTicket, SignInFailure, Draft)}


def tables() -> list[Table]:
    """What a backup holds, in an order in which tables can be filled."""
    return [table for table in Model.metadata.sorted_tables if table.name not in LEFT_OUT]


def member(table: Table) -> str:
    """Where a table lies in the zip."""
    return f"tables/{table.name}.jsonl"


def photo_member(sha256: str) -> str:
    """Where a photo lies in the zip."""
    return f"photos/{sha256}"


def key_fingerprint() -> str:
    """Tells whether two installations share the secret key, without telling anything about it."""
    return hmac.digest(secret_key(), b"backup", "sha256").hex()[:16]


def stored(column: Column[Any]) -> Any:
    """What to select of a column: the value as it is stored, not as the application sees it."""
    if isinstance(column.type, Encrypted):
        return type_coerce(column, LargeBinary).label(column.name)
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def to_store(column: Column[Any]) -> Any:
    """The parameter that puts such a value back."""
    kind: Any = column.type
    if isinstance(kind, Encrypted):
        kind = LargeBinary()
    elif isinstance(kind, JSON):
        kind = JSON(none_as_null=True)
    return bindparam(column.name, type_=kind)


def line(values: tuple[Any, ...]) -> str:
    """One row as a line of JSON."""
    return json.dumps([_to_text(value) for value in values], ensure_ascii=False, separators=(",", ":")) + "\n"


def _to_text(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _from_text(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    readers: tuple[tuple[type, Callable[[Any], Any]], ...] = (
        (Encrypted, base64.b64decode),
        (UtcDateTime, datetime.fromisoformat),
        (Date, date.fromisoformat),
        # SQL knows two nothings in a JSON column: no value, and the value null.
        (JSON, lambda value: JSON.NULL if value == "null" else json.loads(value)),
        (Enum, kind.enum_class if isinstance(kind, Enum) and kind.enum_class else str),
        (Numeric, Decimal),
    )
    for its_kind, reader in readers:
        if isinstance(kind, its_kind):
            return lambda value: None if value is None else reader(value)
    return lambda value: value


def rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, one after the other, ready for `to_store`."""
    readers = [(column.name, _from_text(column)) for column in table.columns]
    with archive.open(member(table)) as file:
        for text in file:
            values = json.loads(text)
            yield {name: reader(value) for (name, reader), value in zip(readers, values, strict=True)}


def checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, when this version can use the backup and every byte of it is the one that was written.

    Raises CannotDo with what to do instead, ValueError or KeyError when it is damaged.
    """
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest["product"] != "yiqilai" or manifest["format"] != FORMAT:
        raise CannotDo("The file is a backup of another program or a later version; nothing was changed.")
    if manifest["revision"] != head():
        raise CannotDo(
            f"The backup has schema {manifest['revision']}, this version needs {head()}: restore it with the version"
            " that made it, update that, and back up again."
        )
    if manifest["key"] != key_fingerprint():
        raise CannotDo(
            "The backup was made with another secret key, its personal data would be unreadable: put that key in"
            " place first (secret.key in the data folder, or YIQILAI_SECRET_KEY)."
        )
    for table in tables():
        described = manifest["tables"][table.name]
        if described["columns"] != [column.name for column in table.columns]:
            raise CannotDo(f"The backup has other columns in {table.name}; nothing was changed.")
        checksum = hashlib.sha256()
        with archive.open(member(table)) as file:
            while block := file.read(1 << 20):
                checksum.update(block)
        if checksum.hexdigest() != described["sha256"]:
            raise ValueError(table.name)
    for sha256 in manifest.get("photos", []):
        if unsealed(archive.read(photo_member(sha256)), sha256) is None:
            raise ValueError(photo_member(sha256))
    return manifest
