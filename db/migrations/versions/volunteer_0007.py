"""Volunteers end, come back and are made one; hours in doubt wait; pairs that look alike and are different are kept.

Revision ID: 0007
Revises: 0001
"""

from db.migrations.steps import copy, create, drop, on_sqlite, run

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FORM, BEFORE = "volunteer_0007", "first_0001"
NEW = ("volunteer_event", "volunteer_merge", "hours_claim", "different_pair")


def upgrade() -> None:
    """Nobody has ended and nothing is in doubt yet."""
    if on_sqlite():
        copy(FORM, "volunteer", ended_reason="''")
        copy(FORM, "activity")
    else:
        run("ALTER TABLE volunteer ADD COLUMN ended_on DATE")
        run("ALTER TABLE volunteer ADD COLUMN ended_reason VARCHAR(200) NOT NULL DEFAULT ''")
        run("ALTER TABLE volunteer ALTER COLUMN ended_reason DROP DEFAULT")
        run("ALTER TABLE volunteer ADD COLUMN merged_into_id BIGINT")
        run(
            "ALTER TABLE volunteer ADD CONSTRAINT fk_volunteer_merged_into_id "
            "FOREIGN KEY(merged_into_id) REFERENCES volunteer (id)"
        )
        run("CREATE INDEX ix_volunteer_merged_into_id ON volunteer (merged_into_id)")
        run("ALTER TABLE activity ADD COLUMN began_at TIMESTAMP WITH TIME ZONE")
    create(FORM, *NEW)


def downgrade() -> None:
    """What was ended or made one shows again as it stands; the minutes stay where they are."""
    drop(*NEW[::-1])
    if on_sqlite():
        copy(BEFORE, "volunteer")
        copy(BEFORE, "activity")
    else:
        run("ALTER TABLE activity DROP COLUMN began_at")
        run("ALTER TABLE volunteer DROP COLUMN merged_into_id, DROP COLUMN ended_reason, DROP COLUMN ended_on")
