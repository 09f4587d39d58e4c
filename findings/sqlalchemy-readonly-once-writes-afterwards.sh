#!/usr/bin/env bash
# A connection that was once used with execution_options(postgresql_readonly=True) asks for READ WRITE ever after: when it
# goes back to the pool, SQLAlchemy sets psycopg's read_only to False, not to None, as it was. So the option that is to make
# one piece of work read-only takes away the server's own default_transaction_read_only for the next user of the same
# connection: a login that may only read can write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    'sqlalchemy==2.1.9' 'psycopg[binary]==3.3.9' 'pgserver==0.1.4'
cd "$folder"
venv/bin/python -W ignore - <<'PY'
import sys
from importlib.metadata import version

import pgserver
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

server = pgserver.get_server("data", cleanup_mode="stop")
server.psql("CREATE TABLE note (words text); ALTER ROLE postgres SET default_transaction_read_only = on")
address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
engine = create_engine(address, pool_size=1, max_overflow=0)


def write():
    with engine.connect() as connection:
        try:
            connection.execute(text("INSERT INTO note VALUES ('written')"))
            connection.commit()
        except DBAPIError as refused:
            return type(refused.orig).__name__
        return "written"


seen = {"before": write()}
with engine.connect().execution_options(postgresql_readonly=True) as connection:
    seen["with the option"] = connection.scalar(text("SHOW transaction_read_only"))
seen["after"] = write()
with engine.connect() as connection:
    seen["read_only of the driver"] = connection.connection.dbapi_connection.read_only
    server_version = connection.scalar(text("SHOW server_version"))
engine.dispose()
server.cleanup()
print("SQLAlchemy", version("sqlalchemy"), "psycopg", version("psycopg"), "PostgreSQL", server_version)
print("A login with default_transaction_read_only = on, one pooled connection:")
for when, what in seen.items():
    print(f"  {when}: {what}")
sys.exit(
    seen != {"before": "ReadOnlySqlTransaction", "with the option": "on", "after": "written",
             "read_only of the driver": False}
)
PY
