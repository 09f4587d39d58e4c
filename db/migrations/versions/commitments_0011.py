"""Members promise, keep and are judged: promises with their versions, steps and rests, each time one was kept."""

from db.migrations.steps import create, drop, frozen_tables

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FORM = "commitments_0011"


def upgrade() -> None:
    """Nobody has promised anything yet."""
    create(FORM, *frozen_tables(FORM))


def downgrade() -> None:
    """Promises go with their tables."""
    drop(*frozen_tables(FORM)[::-1])
