"""Who serves and with what: members, units, squads, activities of their own, rotas with slots; hours of a slot, too."""

from db.migrations.steps import copy, create, drop, frozen_tables, on_sqlite, run

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORM = "serving_0010"
CHANGED = {
    "activity": "volunteer_0007",
    "service_record": "first_0001",
    "hours_claim": "volunteer_0007",
    "volunteer": "volunteer_0007",
    "volunteer_event": "volunteer_0007",
    "report_form": "first_0001",
    "moved_period": "vote_0006",
}
"""Tables that have a new form, and the revision whose form they had."""
FILLED: dict[str, dict[str, str]] = {
    "activity": {"kind": "'service'"},
    "volunteer": {"interests": "'[]'", "paused_reason": "''"},
}
"""What a new column gets in the rows that are there, in SQL over the old row."""


def _new() -> list[str]:
    """The new tables, those that others refer to first."""
    return [table for table in frozen_tables(FORM) if table not in CHANGED]


def upgrade() -> None:
    """Activities so far are service of a project, and no hours come from a slot."""
    create(FORM, *_new())
    if on_sqlite():
        for table in CHANGED:
            copy(FORM, table, **FILLED.get(table, {}))
    else:
        for statement in _POSTGRESQL_UP:
            run(statement)


def downgrade() -> None:
    """What only the new form can hold goes: activities without a project, hours of slots, every new table."""
    run("DELETE FROM hours_claim WHERE slot_id IS NOT NULL")
    run("DELETE FROM service_record WHERE slot_id IS NOT NULL")
    run("DELETE FROM service_record WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM hours_claim WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM activity WHERE project_id IS NULL")
    run(
        "DELETE FROM volunteer_event WHERE kind IN "
        "('paused', 'resumed', 'guardian_agreed', 'guardian_withdrew', 'unmasked')"
    )
    run("DELETE FROM report_form WHERE ledger IN ('volunteers', 'service')")
    run("DELETE FROM moved_period WHERE certificate_id IS NOT NULL")
    if on_sqlite():
        for table, before in CHANGED.items():
            copy(before, table)
    else:
        for statement in _POSTGRESQL_DOWN:
            run(statement)
    drop(*_new()[::-1])


_ONE_OF_THREE = (
    "(CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN slot_id IS NULL THEN 0 ELSE 1 END) = 1"
)
_SUBJECTS = ("notice", "order", "case", "complaint")


def _subject(*subjects: str) -> str:
    return " + ".join(f"CASE WHEN {one}_id IS NULL THEN 0 ELSE 1 END" for one in subjects) + " = 1"


_POSTGRESQL_UP = (
    # activity
    "ALTER TABLE activity ADD COLUMN kind VARCHAR(32) NOT NULL DEFAULT 'service'",
    "ALTER TABLE activity ALTER COLUMN kind DROP DEFAULT",
    "ALTER TABLE activity ADD CONSTRAINT ck_activity_activitykind CHECK (kind IN ('service', 'salon', 'craft', "
    "'training', 'planting', 'outing', 'market', 'talk', 'wall_day', 'visit', 'sports'))",
    "ALTER TABLE activity ALTER COLUMN project_id DROP NOT NULL",
    # service_record
    "ALTER TABLE service_record ALTER COLUMN activity_id DROP NOT NULL",
    "ALTER TABLE service_record ADD COLUMN slot_id BIGINT",
    "ALTER TABLE service_record ADD CONSTRAINT fk_service_record_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id)",
    "ALTER TABLE service_record ADD CONSTRAINT uq_service_record_slot_id_volunteer_id UNIQUE (slot_id, volunteer_id)",
    "ALTER TABLE service_record ADD CONSTRAINT ck_service_record_one_source "
    "CHECK ((activity_id IS NULL) <> (slot_id IS NULL))",
    # hours_claim
    "ALTER TABLE hours_claim ADD COLUMN slot_id BIGINT",
    "ALTER TABLE hours_claim ADD CONSTRAINT fk_hours_claim_slot_id FOREIGN KEY(slot_id) REFERENCES slot (id)",
    "CREATE INDEX ix_hours_claim_slot_id ON hours_claim (slot_id)",
    "ALTER TABLE hours_claim DROP CONSTRAINT ck_hours_claim_one_source",
    f"ALTER TABLE hours_claim ADD CONSTRAINT ck_hours_claim_one_source CHECK ({_ONE_OF_THREE})",
    # volunteer
    "ALTER TABLE volunteer ADD COLUMN birth_year INTEGER, ADD COLUMN fit BOOLEAN, ADD COLUMN guardian_agreed_on DATE, "
    "ADD COLUMN promised_on DATE, ADD COLUMN paused_from DATE, ADD COLUMN paused_until DATE",
    "ALTER TABLE volunteer ADD COLUMN platform_number BYTEA, ADD COLUMN contact_name BYTEA, "
    "ADD COLUMN contact_phone BYTEA, ADD COLUMN guardian BYTEA, ADD COLUMN guardian_phone BYTEA",
    "ALTER TABLE volunteer ADD COLUMN interests JSON NOT NULL DEFAULT '[]', "
    "ADD COLUMN paused_reason VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE volunteer ALTER COLUMN interests DROP DEFAULT, ALTER COLUMN paused_reason DROP DEFAULT",
    "ALTER TABLE volunteer ADD CONSTRAINT ck_volunteer_birth_year CHECK (birth_year BETWEEN 1900 AND 2100), "
    "ADD CONSTRAINT ck_volunteer_pause CHECK ((paused_from IS NULL) = (paused_until IS NULL)), "
    "ADD CONSTRAINT ck_volunteer_pause_days CHECK (paused_until >= paused_from)",
    # volunteer_event
    "ALTER TABLE volunteer_event DROP CONSTRAINT ck_volunteer_event_volunteerchange",
    "ALTER TABLE volunteer_event ADD CONSTRAINT ck_volunteer_event_volunteerchange CHECK (kind IN "
    "('renamed', 'phone_changed', 'ended', 'came_back', 'linked', 'unlinked', 'left_squad', 'merged', "
    "'unmerged', 'hours_checked', 'hours_corrected', 'paused', 'resumed', 'guardian_agreed', "
    "'guardian_withdrew', 'unmasked'))",
    # report_form
    "ALTER TABLE report_form DROP CONSTRAINT ck_report_form_ledgerkind",
    "ALTER TABLE report_form ADD CONSTRAINT ck_report_form_ledgerkind CHECK (ledger IN ('visits', 'needs', "
    "'register', 'topics', 'orders', 'complaints', 'volunteers', 'service'))",
    # moved_period
    "ALTER TABLE moved_period ADD COLUMN certificate_id BIGINT",
    "ALTER TABLE moved_period ADD CONSTRAINT fk_moved_period_certificate_id "
    "FOREIGN KEY(certificate_id) REFERENCES volunteer_certificate (id)",
    "CREATE INDEX ix_moved_period_certificate ON moved_period (certificate_id) WHERE certificate_id IS NOT NULL",
    "ALTER TABLE moved_period DROP CONSTRAINT ck_moved_period_subject",
    f"ALTER TABLE moved_period ADD CONSTRAINT ck_moved_period_subject CHECK ({_subject(*_SUBJECTS, 'certificate')})",
)
_POSTGRESQL_DOWN = (
    # activity
    "ALTER TABLE activity ALTER COLUMN project_id SET NOT NULL",
    "ALTER TABLE activity DROP COLUMN kind",
    # service_record
    "ALTER TABLE service_record DROP CONSTRAINT ck_service_record_one_source",
    "ALTER TABLE service_record DROP COLUMN slot_id",
    "ALTER TABLE service_record ALTER COLUMN activity_id SET NOT NULL",
    # hours_claim
    "ALTER TABLE hours_claim DROP CONSTRAINT ck_hours_claim_one_source",
    "ALTER TABLE hours_claim DROP COLUMN slot_id",
    "ALTER TABLE hours_claim ADD CONSTRAINT ck_hours_claim_one_source "
    "CHECK ((activity_id IS NULL) <> (order_id IS NULL))",
    # volunteer
    "ALTER TABLE volunteer DROP COLUMN birth_year, DROP COLUMN fit, DROP COLUMN guardian_agreed_on, "
    "DROP COLUMN promised_on, DROP COLUMN paused_from, DROP COLUMN paused_until, DROP COLUMN platform_number, "
    "DROP COLUMN contact_name, DROP COLUMN contact_phone, DROP COLUMN guardian, DROP COLUMN guardian_phone, "
    "DROP COLUMN interests, DROP COLUMN paused_reason",
    # volunteer_event
    "ALTER TABLE volunteer_event DROP CONSTRAINT ck_volunteer_event_volunteerchange",
    "ALTER TABLE volunteer_event ADD CONSTRAINT ck_volunteer_event_volunteerchange CHECK (kind IN "
    "('renamed', 'phone_changed', 'ended', 'came_back', 'linked', 'unlinked', 'left_squad', 'merged', "
    "'unmerged', 'hours_checked', 'hours_corrected'))",
    # report_form
    "ALTER TABLE report_form DROP CONSTRAINT ck_report_form_ledgerkind",
    "ALTER TABLE report_form ADD CONSTRAINT ck_report_form_ledgerkind CHECK (ledger IN ('visits', 'needs', "
    "'register', 'topics', 'orders', 'complaints'))",
    # moved_period
    "ALTER TABLE moved_period DROP CONSTRAINT ck_moved_period_subject",
    "ALTER TABLE moved_period DROP COLUMN certificate_id",
    f"ALTER TABLE moved_period ADD CONSTRAINT ck_moved_period_subject CHECK ({_subject(*_SUBJECTS)})",
)
