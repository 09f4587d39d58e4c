"""读音: a table of how names are read in a subdistrict. The keys of needs are renewed by `db.upkeep.finding`."""

from db.migrations.steps import create, drop

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, empty: what holds everywhere stands in the program."""
    create("reading_0004", "name_reading")


def downgrade() -> None:
    """Drop the table; the keys that were made with it stay, and are harmless."""
    drop("name_reading")
