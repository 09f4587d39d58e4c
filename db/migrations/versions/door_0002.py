"""Households that stand in the books twice can be made one: where a record leads, and the merges."""

from db.migrations.steps import copy, create, drop, on_sqlite, run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LEADS = "ix_household_merged_into_id"


def upgrade() -> None:
    """A record may lead to another; every record leads to none at first."""
    if on_sqlite():
        copy("door_0002", "household")
    else:
        run("ALTER TABLE household ADD COLUMN merged_into_id BIGINT")
        run(
            "ALTER TABLE household ADD CONSTRAINT fk_household_merged_into_id "
            "FOREIGN KEY(merged_into_id) REFERENCES household (id)"
        )
        run(f"CREATE INDEX {LEADS} ON household (merged_into_id) WHERE merged_into_id IS NOT NULL")
    create("door_0002", "household_merge")


def downgrade() -> None:
    """Merged records stand for themselves again; what was moved stays where it is."""
    drop("household_merge")
    if on_sqlite():
        copy("first_0001", "household")
    else:
        run("ALTER TABLE household DROP COLUMN merged_into_id")
