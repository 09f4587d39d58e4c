"""The newest orders and volunteers of a community are read along an index, as needs and members are."""

from db.migrations.steps import run

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NEW = {"ix_service_order_newest": "service_order", "ix_volunteer_newest": "volunteer"}


def upgrade() -> None:
    for name, table in NEW.items():
        run(f"CREATE INDEX {name} ON {table} (community_id, id)")


def downgrade() -> None:
    for name in NEW:
        run(f"DROP INDEX {name}")
