"""Who of the roll served in a period, and the orders that ended in it, are found along an index."""

from db.migrations.steps import run

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("DROP INDEX ix_service_record_volunteer_id")
    run('CREATE INDEX ix_service_record_volunteer ON service_record (volunteer_id, "on", minutes, community_id)')
    run("CREATE INDEX ix_service_order_ended ON service_order (community_id, ended_at, state)")


def downgrade() -> None:
    run("DROP INDEX ix_service_order_ended")
    run("DROP INDEX ix_service_record_volunteer")
    run("CREATE INDEX ix_service_record_volunteer_id ON service_record (volunteer_id)")
