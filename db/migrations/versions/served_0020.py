"""Who of the roll served in a period is found along an index."""

from db.migrations.steps import run

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("DROP INDEX ix_service_record_volunteer_id")
    run('CREATE INDEX ix_service_record_volunteer ON service_record (volunteer_id, "on", minutes, community_id)')


def downgrade() -> None:
    run("DROP INDEX ix_service_record_volunteer")
    run("CREATE INDEX ix_service_record_volunteer_id ON service_record (volunteer_id)")
