"""A second factor with codes on paper, the browsers that an account knows, and a ticket that still needs a code.

Revision ID: 0008
"""

from db.migrations.steps import copy, create, drop, on_sqlite, run

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OWN, BEFORE = "sign_in_0008", "first_0001"


def upgrade() -> None:
    create(OWN, "second_factor", "recovery_code")
    if on_sqlite():
        copy(OWN, "auth_session", mark_hash="''", inside="NULL")
        copy(OWN, "sign_in_ticket", needs_code="0")
        return
    run("ALTER TABLE auth_session ADD COLUMN mark_hash VARCHAR(64) NOT NULL DEFAULT ''")
    run("ALTER TABLE auth_session ALTER COLUMN mark_hash DROP DEFAULT")
    run("ALTER TABLE auth_session ADD COLUMN inside BOOLEAN")
    run("ALTER TABLE sign_in_ticket ADD COLUMN needs_code BOOLEAN NOT NULL DEFAULT false")
    run("ALTER TABLE sign_in_ticket ALTER COLUMN needs_code DROP DEFAULT")


def downgrade() -> None:
    # A ticket that still needs a code would open without it.
    run("DELETE FROM sign_in_ticket")
    if on_sqlite():
        copy(BEFORE, "auth_session")
        copy(BEFORE, "sign_in_ticket")
    else:
        run("ALTER TABLE auth_session DROP COLUMN mark_hash, DROP COLUMN inside")
        run("ALTER TABLE sign_in_ticket DROP COLUMN needs_code")
    drop("recovery_code", "second_factor")
