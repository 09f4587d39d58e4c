"""What is due in a large community is found along an index: persons to look at, doors of a kind, needs of a period."""

from db.migrations.steps import run

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = {
    "ix_person_keep_until": "person (community_id, keep_until)",
    "ix_household_kind": "household (community_id, kind, due_on)",
    "ix_need_logged": "need (community_id, logged_at)",
}


def upgrade() -> None:
    for name, columns in NEW.items():
        run(f"CREATE INDEX {name} ON {columns}")


def downgrade() -> None:
    for name in NEW:
        run(f"DROP INDEX {name}")
