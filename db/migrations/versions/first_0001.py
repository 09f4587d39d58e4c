"""The first schema, as frozen SQL of each engine: what the models said on the day of the release.

SQL rather than operations, because it needs nothing of the application: later changes of a column type in the
models cannot change what this revision does.
"""

from db.migrations.steps import frozen, run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST_HASH = "0" * 64


def upgrade() -> None:
    """Create every table, and the one row under whose lock the audit log is written."""
    for statement in frozen("first_0001"):
        run(statement)
    run(f"INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '{FIRST_HASH}')")  # noqa: S608 - a constant


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for statement in reversed(frozen("first_0001")):
        if statement.startswith("CREATE TABLE "):
            run(f"DROP TABLE {statement.split()[2]}")
