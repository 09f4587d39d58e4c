"""Who serves and with what: members, units, squads, activities of their own, rotas with slots; hours of a slot, too."""

from db.migrations.steps import copy, create, drop, frozen_tables, on_sqlite, run

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORM = "serving_0010"
CHANGED = {"activity": "volunteer_0007", "service_record": "first_0001", "hours_claim": "volunteer_0007"}
"""Tables that have a new form, and the revision whose form they had."""
FILLED: dict[str, dict[str, str]] = {
    "activity": {"kind": "'service'"}
    | dict.fromkeys(("target", "weather_plan", "safety_person", "moved_reason", "media"), "''")
    | dict.fromkeys(("cost_fen", "filled", "minors", "sensitive", "asked", "satisfied"), "0")
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
_ACTIVITY_DEFAULTS = (
    *("target", "weather_plan", "safety_person", "cost_fen", "filled", "minors", "sensitive"),
    *("moved_reason", "asked", "satisfied", "media"),
)
_ACTIVITY_NEW = (*_ACTIVITY_DEFAULTS, "place_id", "lead_id", "places", "code", "code_index", "noticed_at", "moved_from")
_POSTGRESQL_UP = (
    # activity
    "ALTER TABLE activity ADD COLUMN kind VARCHAR(32) NOT NULL DEFAULT 'service'",
    "ALTER TABLE activity ALTER COLUMN kind DROP DEFAULT",
    "ALTER TABLE activity ADD CONSTRAINT ck_activity_activitykind CHECK (kind IN ('service', 'salon', 'craft', "
    "'training', 'planting', 'outing', 'market', 'talk', 'wall_day', 'visit', 'sports'))",
    "ALTER TABLE activity ALTER COLUMN project_id DROP NOT NULL",
    "ALTER TABLE activity ADD COLUMN place_id BIGINT, ADD COLUMN lead_id BIGINT, "
    "ADD COLUMN target VARCHAR(200) NOT NULL DEFAULT '', ADD COLUMN weather_plan VARCHAR(200) NOT NULL DEFAULT '', "
    "ADD COLUMN safety_person VARCHAR(60) NOT NULL DEFAULT '', ADD COLUMN cost_fen INTEGER NOT NULL DEFAULT 0, "
    "ADD COLUMN places INTEGER, ADD COLUMN filled INTEGER NOT NULL DEFAULT 0, "
    "ADD COLUMN minors BOOLEAN NOT NULL DEFAULT false, ADD COLUMN sensitive BOOLEAN NOT NULL DEFAULT false, "
    "ADD COLUMN code BYTEA, ADD COLUMN code_index VARCHAR(32), ADD COLUMN noticed_at TIMESTAMP WITH TIME ZONE, "
    "ADD COLUMN moved_from DATE, ADD COLUMN moved_reason VARCHAR(200) NOT NULL DEFAULT '', "
    "ADD COLUMN asked INTEGER NOT NULL DEFAULT 0, ADD COLUMN satisfied INTEGER NOT NULL DEFAULT 0, "
    "ADD COLUMN media VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE activity " + ", ".join(f"ALTER COLUMN {column} DROP DEFAULT" for column in _ACTIVITY_DEFAULTS),
    "ALTER TABLE activity ADD CONSTRAINT fk_activity_place_id FOREIGN KEY(place_id) REFERENCES place (id)",
    "ALTER TABLE activity ADD CONSTRAINT fk_activity_lead_id FOREIGN KEY(lead_id) REFERENCES account (id)",
    "ALTER TABLE activity ADD CONSTRAINT uq_activity_code_index UNIQUE (code_index)",
    "CREATE INDEX ix_activity_place_id ON activity (place_id)",
    "CREATE INDEX ix_activity_lead_id ON activity (lead_id)",
    "ALTER TABLE activity ADD CONSTRAINT ck_activity_places CHECK (places IS NULL OR places BETWEEN 1 AND 5000)",
    "ALTER TABLE activity ADD CONSTRAINT ck_activity_filled "
    "CHECK (filled >= 0 AND (places IS NULL OR filled <= places))",
    "ALTER TABLE activity ADD CONSTRAINT ck_activity_satisfaction CHECK (satisfied BETWEEN 0 AND asked)",
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
)
_POSTGRESQL_DOWN = (
    # activity
    "ALTER TABLE activity ALTER COLUMN project_id SET NOT NULL",
    "ALTER TABLE activity " + ", ".join(f"DROP COLUMN {column}" for column in ("kind", *_ACTIVITY_NEW)),
    # service_record
    "ALTER TABLE service_record DROP CONSTRAINT ck_service_record_one_source",
    "ALTER TABLE service_record DROP COLUMN slot_id",
    "ALTER TABLE service_record ALTER COLUMN activity_id SET NOT NULL",
    # hours_claim
    "ALTER TABLE hours_claim DROP CONSTRAINT ck_hours_claim_one_source",
    "ALTER TABLE hours_claim DROP COLUMN slot_id",
    "ALTER TABLE hours_claim ADD CONSTRAINT ck_hours_claim_one_source "
    "CHECK ((activity_id IS NULL) <> (order_id IS NULL))",
)
