"""The secret key and the data belong together: nothing is written, and no key is made, where they do not fit.

The database holds a fingerprint of the key (`Installation`). One that was made before it did shows by its personal
data which key it was written with.
"""

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from sqlalchemy import Column, Connection, LargeBinary, Table, delete, insert, inspect, select, type_coerce

from db.models import Account, Installation, Model
from db.models.types import Encrypted, opened
from db.settings import OTHER_KEY, KeyTrouble, key_fingerprint, make_secret_key


def check_key(connection: Connection) -> None:
    """Stop unless the present key is the one of the data; an installation without data gets a key when it has none.

    Raises KeyTrouble with another key, or without one where data exists.
    """
    there = set(inspect(connection).get_table_names())
    kept = connection.scalar(select(Installation.key_fingerprint)) if Installation.__tablename__ in there else None
    if kept is None and not _anybody(connection, there):
        make_secret_key()
    fits = key_fingerprint() == kept if kept else opens_something(connection, there)
    if not fits:
        raise KeyTrouble(OTHER_KEY)


def mark_key(connection: Connection) -> None:
    """Write the fingerprint of the present key, which `check_key` found to be the right one."""
    connection.execute(delete(Installation))
    connection.execute(insert(Installation).values(id=1, key_fingerprint=key_fingerprint()))


def _anybody(connection: Connection, there: set[str]) -> bool:
    return Account.__tablename__ in there and connection.scalar(select(Account.id).limit(1)) is not None


def opens_something(connection: Connection, there: set[str]) -> bool:
    """Whether the key opens any value of personal data, or there is none to open."""
    tried = False
    for table, column in encrypted_columns():
        columns = {row["name"] for row in inspect(connection).get_columns(table.name)} if table.name in there else set()
        if column.name not in columns:
            continue
        for value in ends_of(connection, table, column):
            tried = True
            if is_opened(value):
                return True
    return not tried


def encrypted_columns() -> Iterator[tuple[Table, Column[str]]]:
    """Every column of personal data."""
    for table in Model.metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if isinstance(column.type, Encrypted))


def ends_of(connection: Connection, table: Table, column: Column[str]) -> list[bytes]:
    """The oldest and the newest value of an encrypted column, as they are stored."""
    raw = select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1)
    keys = list(table.primary_key)
    ends = (raw.order_by(*keys), raw.order_by(*(key.desc() for key in keys)))
    return [bytes(value) for end in ends if (value := connection.scalar(end)) is not None]


def is_opened(value: bytes) -> bool:
    """Whether the present key opens a stored value."""
    try:
        opened(value)
    except InvalidTag:
        return False
    return True
