"""送达: when the notice of a meeting reached each member."""

from db.migrations.steps import on_sqlite, run

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whom a notice reached before nobody wrote down."""
    run(f"ALTER TABLE attendance ADD COLUMN told_at {'DATETIME' if on_sqlite() else 'TIMESTAMP WITH TIME ZONE'}")


def downgrade() -> None:
    """Who was told is told no longer."""
    run("ALTER TABLE attendance DROP COLUMN told_at")
