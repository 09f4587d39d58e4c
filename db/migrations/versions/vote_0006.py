"""Two tables: what later days off and on did to running periods, and how many votes by slip were replaced."""

from db.migrations.steps import create, drop

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What moved or was replaced before is not known: both begin empty."""
    create("vote_0006", "moved_period", "slip_change")


def downgrade() -> None:
    """Ends stay where they moved to."""
    drop("slip_change", "moved_period")
