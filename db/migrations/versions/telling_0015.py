"""Who serves at a stall or goes with an elder is to be told, too, when the day is moved or called off."""

from db.migrations.steps import copy, on_sqlite, run

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FORM, BEFORE = "telling_0015", "serving_0010"
CHANGED = ("market_helper", "escort_pair")


def upgrade() -> None:
    """Nobody waits to be told of a change that was made before."""
    for table in CHANGED:
        if on_sqlite():
            copy(FORM, table, to_tell="FALSE")
        else:
            run(f"ALTER TABLE {table} ADD COLUMN to_tell BOOLEAN NOT NULL DEFAULT false")
            run(f"ALTER TABLE {table} ALTER COLUMN to_tell DROP DEFAULT")


def downgrade() -> None:
    """Who is to be told is forgotten."""
    for table in CHANGED:
        if on_sqlite():
            copy(BEFORE, table)
        else:
            run(f"ALTER TABLE {table} DROP COLUMN to_tell")
