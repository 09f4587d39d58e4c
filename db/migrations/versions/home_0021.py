"""Whoever lives in the building of an order is found along an index."""

from db.migrations.steps import run

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("DROP INDEX ix_volunteer_place_id")
    run("CREATE INDEX ix_volunteer_home ON volunteer (place_id, building)")


def downgrade() -> None:
    run("DROP INDEX ix_volunteer_home")
    run("CREATE INDEX ix_volunteer_place_id ON volunteer (place_id)")
