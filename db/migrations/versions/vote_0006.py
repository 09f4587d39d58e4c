"""What later days off and on did to running periods: each change, or why a period stayed, in a table of its own."""

from db.migrations.steps import create, drop

revision = "0006"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Periods that moved before are not known: the table begins empty."""
    create("vote_0006", "moved_period")


def downgrade() -> None:
    """Ends stay where they moved to."""
    drop("moved_period")
