"""Who serves and with what: members, units, squads, activities of their own, rotas with slots; hours of a slot, too."""

from db.migrations.steps import add_name, copy, create, drop, frozen_tables, on_sqlite, run

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORM = "serving_0010"
CHANGED = {
    "activity": "volunteer_0007",
    "service_record": "first_0001",
    "hours_claim": "volunteer_0007",
    "consent": "first_0001",
    "import_batch": "first_0001",
    "column_mapping": "first_0001",
}
"""Tables that have a new form, and the revision whose form they had."""
NAMED = {"consent": ("recorded_name", "recorded_by")}
"""Copied names that a table got after the form that it had: column, and the account that it refers to."""
FILLED: dict[str, dict[str, str]] = {"activity": {"kind": "'service'"}}
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
    run("DELETE FROM hours_claim WHERE slot_id IS NOT NULL OR doubt = 'large_sheet'")
    run("DELETE FROM service_record WHERE slot_id IS NOT NULL")
    run("DELETE FROM service_record WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM hours_claim WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM activity WHERE project_id IS NULL")
    run("DELETE FROM consent WHERE member_id IS NOT NULL OR scope = 'wall'")
    for kind in _NEW_KINDS:
        run(f"DELETE FROM imported_row WHERE batch_id IN (SELECT id FROM import_batch WHERE kind = '{kind}')")  # noqa: S608
        run(f"DELETE FROM import_batch WHERE kind = '{kind}'")  # noqa: S608 - our own words
        run(f"DELETE FROM column_mapping WHERE kind = '{kind}'")  # noqa: S608
    if on_sqlite():
        for table, before in CHANGED.items():
            copy(before, table)
            if table in NAMED:
                add_name(table, *NAMED[table])
    else:
        for statement in _POSTGRESQL_DOWN:
            run(statement)
    drop(*_new()[::-1])


_ONE_OF_THREE = (
    "(CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN slot_id IS NULL THEN 0 ELSE 1 END) = 1"
)
_SUBJECTS = ("person_id", "volunteer_id", "member_id")
_ONE_SUBJECT = " + ".join(f"(CASE WHEN {one} IS NULL THEN 0 ELSE 1 END)" for one in _SUBJECTS) + " = 1"
_SCOPES = "'contact_card', 'sensitive', 'health', 'story', 'photo', 'programme'"
_OLD_KINDS = "'households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups'"
_NEW_KINDS = ("party_members", "units")
_ALL_KINDS = ", ".join([_OLD_KINDS, *(f"'{kind}'" for kind in _NEW_KINDS)])
_DOUBTS = "'before_joined', 'after_end', 'long_ago', 'since_start', 'overlap'"
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
    # consent
    "ALTER TABLE consent ADD COLUMN member_id BIGINT",
    "ALTER TABLE consent ADD CONSTRAINT fk_consent_member_id FOREIGN KEY(member_id) REFERENCES member (id)",
    "CREATE INDEX ix_consent_member ON consent (member_id, scope) WHERE member_id IS NOT NULL",
    "ALTER TABLE consent DROP CONSTRAINT ck_consent_one_subject",
    f"ALTER TABLE consent ADD CONSTRAINT ck_consent_one_subject CHECK ({_ONE_SUBJECT})",
    "ALTER TABLE consent DROP CONSTRAINT ck_consent_consentscope",
    f"ALTER TABLE consent ADD CONSTRAINT ck_consent_consentscope CHECK (scope IN ({_SCOPES}, 'wall'))",
    # import_batch
    "ALTER TABLE import_batch DROP CONSTRAINT ck_import_batch_importkind",
    f"ALTER TABLE import_batch ADD CONSTRAINT ck_import_batch_importkind CHECK (kind IN ({_ALL_KINDS}))",
    # column_mapping
    "ALTER TABLE column_mapping DROP CONSTRAINT ck_column_mapping_importkind",
    f"ALTER TABLE column_mapping ADD CONSTRAINT ck_column_mapping_importkind CHECK (kind IN ({_ALL_KINDS}))",
    "ALTER TABLE hours_claim DROP CONSTRAINT ck_hours_claim_hoursdoubt",
    f"ALTER TABLE hours_claim ADD CONSTRAINT ck_hours_claim_hoursdoubt CHECK (doubt IN ({_DOUBTS}, 'large_sheet'))",
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
    # consent
    "ALTER TABLE consent DROP CONSTRAINT ck_consent_one_subject",
    "ALTER TABLE consent DROP COLUMN member_id",
    "ALTER TABLE consent DROP CONSTRAINT ck_consent_consentscope",
    f"ALTER TABLE consent ADD CONSTRAINT ck_consent_consentscope CHECK (scope IN ({_SCOPES}))",
    "ALTER TABLE consent ADD CONSTRAINT ck_consent_one_subject CHECK ((person_id IS NULL) <> (volunteer_id IS NULL))",
    # import_batch
    "ALTER TABLE import_batch DROP CONSTRAINT ck_import_batch_importkind",
    f"ALTER TABLE import_batch ADD CONSTRAINT ck_import_batch_importkind CHECK (kind IN ({_OLD_KINDS}))",
    # column_mapping
    "ALTER TABLE column_mapping DROP CONSTRAINT ck_column_mapping_importkind",
    f"ALTER TABLE column_mapping ADD CONSTRAINT ck_column_mapping_importkind CHECK (kind IN ({_OLD_KINDS}))",
    "ALTER TABLE hours_claim DROP CONSTRAINT ck_hours_claim_hoursdoubt",
    f"ALTER TABLE hours_claim ADD CONSTRAINT ck_hours_claim_hoursdoubt CHECK (doubt IN ({_DOUBTS}))",
)
