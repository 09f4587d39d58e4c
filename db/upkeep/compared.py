"""A schema that was found to be as it must be is not compared again at every start: that takes a quarter of a second of
processor time, while the visitors of a process that died wait.

What is kept is one fingerprint, of what the database says of its own tables together with what is expected of them and
how the two are compared. Whatever changes in any of the three, they are compared again.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

from db.settings import settings
from db.upkeep import expected
from db.upkeep.expected import differences

KEPT = "schema.compared"
"""The file in the folder of data; without it, or where it cannot be written, the schema is compared."""

_OWN_WORDS = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
    "postgresql": """
        SELECT 'column', c.relname, a.attname,
          format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attcollation
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT 'rule', c.relname, r.conname, pg_get_constraintdef(r.oid)
        FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
        WHERE c.relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT 'index', c.relname, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = current_schema()::regnamespace
        ORDER BY 1, 2, 3""",
}
"""Everything that `expected.found` reads, in the engine's own words."""


def differences_unless_known(connection: Connection) -> list[str]:
    """What `differences` says; nothing where just this database was compared with just this version before."""
    file, mark = settings().data_dir / KEPT, fingerprint(connection)
    if _kept(file) == mark:
        return []
    differing = differences(connection)
    if not differing:
        _keep(file, mark)
    return differing


def fingerprint(connection: Connection) -> str:
    """Of the database's own words, of what is expected, and of the code that compares them."""
    there = [tuple(row) for row in connection.execute(text(_OWN_WORDS[connection.dialect.name]))]
    wanted = sorted(expected.expected(connection.dialect).items())
    how = Path(expected.__file__).read_bytes()
    return sha256(repr((there, wanted, how)).encode()).hexdigest()


def _kept(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _keep(file: Path, mark: str) -> None:
    """In one step: other processes may be reading it."""
    beside = file.with_name(f"{KEPT}.{os.getpid()}")
    with suppress(OSError):
        beside.write_text(mark, encoding="ascii")
        beside.replace(file)
