#!/usr/bin/env bash
# alembic's batch mode copies a SQLite table to change one column, and in the copy COLLATE NOCASE and AUTOINCREMENT of
# other columns are gone, without a warning: a unique column takes values that differ in case only, and the number of a
# deleted row is given out again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'alembic==1.20.1' 'sqlalchemy==2.1.9'
cd "$folder"
venv/bin/python - <<'PY'
import sys
import warnings
from importlib.metadata import version

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def behaviour(connection):
    """Whether 'ab' is taken beside 'AB', and whether the number of the deleted row comes back."""
    connection.execute(sa.text("DELETE FROM item"))
    connection.execute(sa.text("INSERT INTO item (code, amount) VALUES ('AB', 1)"))
    try:
        with connection.begin_nested():
            connection.execute(sa.text("INSERT INTO item (code, amount) VALUES ('ab', 1)"))
        second = "taken"
    except sa.exc.IntegrityError:
        second = "refused"
    last = connection.execute(sa.text("SELECT max(id) FROM item")).scalar_one()
    connection.execute(sa.text("DELETE FROM item WHERE id = :id"), {"id": last})
    connection.execute(sa.text("INSERT INTO item (code, amount) VALUES ('CD', 1)"))
    new = connection.execute(sa.text("SELECT id FROM item WHERE code = 'CD'")).scalar_one()
    return {"'ab' beside 'AB'": second, "number of a deleted row": "given again" if new == last else "not given again"}


engine = sa.create_engine("sqlite://")
with engine.begin() as connection:
    connection.execute(sa.text(
        "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT COLLATE NOCASE NOT NULL,"
        " amount INTEGER, CONSTRAINT one_code UNIQUE (code), CONSTRAINT positive CHECK (amount > 0))"
    ))
    before = behaviour(connection)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with Operations(MigrationContext.configure(connection)).batch_alter_table("item") as batch:
            batch.alter_column("amount", nullable=False)
    after = behaviour(connection)
    table = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'item'")).scalar_one()
print("alembic", version("alembic"), "· SQLAlchemy", version("sqlalchemy"))
print("Before the column amount is made NOT NULL:", before)
print("after:", after, "· warnings:", len(warned))
print(" ".join(table.split()))
sys.exit(
    list(before.values()) != ["refused", "not given again"]
    or list(after.values()) != ["taken", "given again"]
    or bool(warned)
    or "CHECK" not in table
)
PY
