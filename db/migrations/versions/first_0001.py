"""The first schema, as frozen SQL of each engine: what the models said on the day of the release.

SQL rather than operations, because it needs nothing of the application: later changes of a column type in the
models cannot change what this revision does.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST_HASH = "0" * 64


def _statements() -> list[str]:
    path = Path(__file__).with_name(f"first_0001.{op.get_bind().dialect.name}.sql")
    text = path.read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n\n") if statement.strip()]


def _run(statement: str) -> None:
    # Without parameters, so that the driver leaves the % of a CHECK alone.
    op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})


def upgrade() -> None:
    """Create every table, and the one row under whose lock the audit log is written."""
    for statement in _statements():
        _run(statement)
    _run(f"INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '{FIRST_HASH}')")  # noqa: S608 - a constant


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for statement in reversed(_statements()):
        if statement.startswith("CREATE TABLE "):
            _run(f"DROP TABLE {statement.split()[2]}")
