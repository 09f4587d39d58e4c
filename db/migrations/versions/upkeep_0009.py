"""The database knows the fingerprint of the secret key; `migrate` writes it, because SQL does not know the key."""

from db.migrations.steps import create, drop

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of one row, empty until `db.upkeep.key` fills it."""
    create("upkeep_0009", "installation")


def downgrade() -> None:
    """The fingerprint goes; the key itself stays where it is."""
    drop("installation")
