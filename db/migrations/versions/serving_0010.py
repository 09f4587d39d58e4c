"""Who serves and with what: members, units, squads, activities of their own, rotas with slots; hours of a slot, too."""

# ruff: noqa: S608 - every word is frozen here

from db.migrations.steps import add_name, copy, create, drop, frozen_tables, on_sqlite, run

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORM = "serving_0010"
CHANGED = {
    "activity": "volunteer_0007", "service_record": "first_0001", "hours_claim": "volunteer_0007",
    "volunteer": "volunteer_0007", "squad": "first_0001", "squad_member": "first_0001", "opening": "first_0001",
    "consent": "first_0001", "import_batch": "first_0001", "column_mapping": "first_0001",
    "volunteer_event": "volunteer_0007", "report_form": "first_0001", "moved_period": "vote_0006",
}  # fmt: skip
"""Tables that have a new form, and the revision whose form they had."""
NAMED = {"consent": ("recorded_name", "recorded_by")}
"""Copied names that a table got after the form that it had: column, and the account that it refers to."""
THEMES = (
    ("culture", "文化教育", "Culture and education"),
    ("health", "医疗卫生", "Health"),
    ("law", "法律结对", "Legal aid"),
    ("environment", "环保宣传", "Environment"),
    ("water", "五水共治", "Water care"),
)
"""Themes of squads as they were words of the program, and as they are the first rows of a subdistrict's own list."""
_NAME_OF = "CASE squad.theme " + " ".join(f"WHEN '{code}' THEN '{name}'" for code, name, _ in THEMES) + " END"
_THEME_OF = (
    "(SELECT squad_theme.id FROM squad_theme JOIN community ON community.subdistrict_id = squad_theme.subdistrict_id "
    f"WHERE community.id = squad.community_id AND squad_theme.name = {_NAME_OF})"
)
_CODE_OF = (
    "(SELECT CASE squad_theme.name "
    + " ".join(f"WHEN '{name}' THEN '{code}'" for code, name, _ in THEMES)
    + " ELSE 'culture' END FROM squad_theme WHERE squad_theme.id = squad.theme_id)"
)
_JOINED_ON = (
    "(SELECT CASE WHEN v.since > s.founded_on THEN v.since ELSE s.founded_on END FROM volunteer v, squad s "
    "WHERE v.id = squad_member.volunteer_id AND s.id = squad_member.squad_id)"
)
FILLED: dict[str, dict[str, str]] = {
    "activity": {"kind": "'service'"}
    | dict.fromkeys(("target", "weather_plan", "safety_person", "moved_reason", "media"), "''")
    | dict.fromkeys(("cost_fen", "filled", "minors", "sensitive", "asked", "satisfied"), "0"),
    "service_record": {"objection": "''"},
    "squad": {"slogan": "''", "charter": "''", "theme_id": _THEME_OF, "dissolved_reason": "''", "version": "1"},
    "squad_member": {"joined_on": _JOINED_ON, "left_reason": "''"},
    "volunteer": {"interests": "'[]'", "paused_reason": "''"},
}
"""What a new column gets in the rows that are there, in SQL over the old row."""


def _new() -> list[str]:
    """The new tables, those that others refer to first."""
    return [table for table in frozen_tables(FORM) if table not in CHANGED]


def upgrade() -> None:
    """Activities so far are service of a project, no hours come from a slot, and whoever was in a squad still is."""
    create(FORM, *_new())
    for position, (_, name, english) in enumerate(THEMES, start=1):
        run(
            "INSERT INTO squad_theme (subdistrict_id, name, name_en, position, active, version) "
            f"SELECT id, '{name}', '{english}', {position}, TRUE, 1 FROM subdistrict"
        )
    if on_sqlite():
        for table in CHANGED:
            copy(FORM, table, **FILLED.get(table, {}))
    else:
        for statement in _POSTGRESQL_UP:
            run(statement)
    run(
        "INSERT INTO hours_change (community_id, account_id, volunteer_id, record_id, before, after, reason, at) "
        "SELECT community_id, account_id, volunteer_id, id, first_minutes, minutes, correction, recorded_at "
        "FROM service_record WHERE first_minutes IS NOT NULL"
    )


def downgrade() -> None:
    """What only the new form can hold goes: activities without a project, hours of slots, posts of
    squads, who was in a squad once, every new table."""
    run("DELETE FROM hours_claim WHERE slot_id IS NOT NULL OR doubt = 'large_sheet'")
    run("DELETE FROM service_record WHERE slot_id IS NOT NULL")
    run("DELETE FROM service_record WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM hours_claim WHERE activity_id IN (SELECT id FROM activity WHERE project_id IS NULL)")
    run("DELETE FROM activity WHERE project_id IS NULL")
    run("DELETE FROM placement WHERE opening_id IN (SELECT id FROM opening WHERE project_id IS NULL)")
    run("DELETE FROM opening WHERE project_id IS NULL")
    run("DELETE FROM squad_member WHERE left_on IS NOT NULL")
    run("DELETE FROM consent WHERE member_id IS NOT NULL OR scope = 'wall'")
    for kind in _NEW_KINDS:
        run(f"DELETE FROM imported_row WHERE batch_id IN (SELECT id FROM import_batch WHERE kind = '{kind}')")
        run(f"DELETE FROM import_batch WHERE kind = '{kind}'")
        run(f"DELETE FROM column_mapping WHERE kind = '{kind}'")
    run(
        "DELETE FROM volunteer_event WHERE kind IN "
        "('paused', 'resumed', 'guardian_agreed', 'guardian_withdrew', 'unmasked')"
    )
    run("DELETE FROM report_form WHERE ledger IN ('volunteers', 'service', 'figures')")
    run("DELETE FROM moved_period WHERE certificate_id IS NOT NULL")
    if on_sqlite():
        for table, before in CHANGED.items():
            copy(before, table, **({"theme": _CODE_OF} if table == "squad" else {}))
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
_ACTIVITY_DEFAULTS = (
    *("target", "weather_plan", "safety_person", "cost_fen", "filled", "minors", "sensitive"),
    *("moved_reason", "asked", "satisfied", "media"),
)
_ACTIVITY_NEW = (*_ACTIVITY_DEFAULTS, "place_id", "lead_id", "places", "code", "code_index", "noticed_at", "moved_from")
_SUBJECTS = ("person_id", "volunteer_id", "member_id")
_ONE_SUBJECT = " + ".join(f"(CASE WHEN {one} IS NULL THEN 0 ELSE 1 END)" for one in _SUBJECTS) + " = 1"
_SCOPES = "'contact_card', 'sensitive', 'health', 'story', 'photo', 'programme'"
_OLD_KINDS = "'households', 'needs', 'volunteers', 'members', 'visits', 'hotline', 'sign_ups'"
_NEW_KINDS = ("party_members", "units", "venues")
_ALL_KINDS = ", ".join([_OLD_KINDS, *(f"'{kind}'" for kind in _NEW_KINDS)])
_DOUBTS = "'before_joined', 'after_end', 'long_ago', 'since_start', 'overlap'"
_PERIODS = ("notice", "order", "case", "complaint")


def _subject(*subjects: str) -> str:
    return " + ".join(f"CASE WHEN {one}_id IS NULL THEN 0 ELSE 1 END" for one in subjects) + " = 1"


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
    "ALTER TABLE service_record ADD COLUMN agreed BOOLEAN",
    "ALTER TABLE service_record ADD COLUMN agreed_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE service_record ADD COLUMN objection VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE service_record ALTER COLUMN objection DROP DEFAULT",
    # volunteer
    "ALTER TABLE volunteer ADD COLUMN birth_year INTEGER",
    # squad
    "ALTER TABLE squad ADD COLUMN slogan VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE squad ALTER COLUMN slogan DROP DEFAULT",
    "ALTER TABLE squad ADD COLUMN charter VARCHAR(2000) NOT NULL DEFAULT ''",
    "ALTER TABLE squad ALTER COLUMN charter DROP DEFAULT",
    "ALTER TABLE squad ADD COLUMN theme_id BIGINT",
    f"UPDATE squad SET theme_id = {_THEME_OF}",
    "ALTER TABLE squad ALTER COLUMN theme_id SET NOT NULL",
    "ALTER TABLE squad ADD CONSTRAINT fk_squad_theme_id FOREIGN KEY(theme_id) REFERENCES squad_theme (id)",
    "CREATE INDEX ix_squad_theme_id ON squad (theme_id)",
    "ALTER TABLE squad DROP COLUMN theme",
    "ALTER TABLE squad ADD COLUMN leader_id BIGINT",
    "ALTER TABLE squad ADD CONSTRAINT fk_squad_leader_id FOREIGN KEY(leader_id) REFERENCES volunteer (id)",
    "CREATE INDEX ix_squad_leader_id ON squad (leader_id)",
    "ALTER TABLE squad ADD COLUMN deputy_id BIGINT",
    "ALTER TABLE squad ADD CONSTRAINT fk_squad_deputy_id FOREIGN KEY(deputy_id) REFERENCES volunteer (id)",
    "CREATE INDEX ix_squad_deputy_id ON squad (deputy_id)",
    "ALTER TABLE squad ADD COLUMN dissolved_on DATE",
    "ALTER TABLE squad ADD COLUMN dissolved_reason VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE squad ALTER COLUMN dissolved_reason DROP DEFAULT",
    "ALTER TABLE squad ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE squad ALTER COLUMN version DROP DEFAULT",
    # squad_member
    "ALTER TABLE squad_member ADD COLUMN joined_on DATE",
    f"UPDATE squad_member SET joined_on = {_JOINED_ON}",
    "ALTER TABLE squad_member ALTER COLUMN joined_on SET NOT NULL",
    "ALTER TABLE squad_member ADD COLUMN left_on DATE",
    "ALTER TABLE squad_member ADD COLUMN left_reason VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE squad_member ALTER COLUMN left_reason DROP DEFAULT",
    "ALTER TABLE squad_member DROP CONSTRAINT uq_squad_member_squad_id_volunteer_id",
    "CREATE UNIQUE INDEX uq_squad_member_in ON squad_member (squad_id, volunteer_id) WHERE left_on IS NULL",
    "CREATE INDEX ix_squad_member_squad ON squad_member (squad_id, left_on)",
    # opening
    "ALTER TABLE opening ALTER COLUMN project_id DROP NOT NULL",
    "ALTER TABLE opening ADD COLUMN squad_id BIGINT",
    "ALTER TABLE opening ADD CONSTRAINT fk_opening_squad_id FOREIGN KEY(squad_id) REFERENCES squad (id)",
    "CREATE INDEX ix_opening_squad_id ON opening (squad_id)",
    "ALTER TABLE opening ADD CONSTRAINT ck_opening_one_owner CHECK ((project_id IS NULL) <> (squad_id IS NULL))",
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
    # volunteer
    "ALTER TABLE volunteer ADD COLUMN fit BOOLEAN, ADD COLUMN guardian_agreed_on DATE, "
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
    "'register', 'topics', 'orders', 'complaints', 'volunteers', 'service', 'figures'))",
    # moved_period
    "ALTER TABLE moved_period ADD COLUMN certificate_id BIGINT",
    "ALTER TABLE moved_period ADD CONSTRAINT fk_moved_period_certificate_id "
    "FOREIGN KEY(certificate_id) REFERENCES volunteer_certificate (id)",
    "CREATE INDEX ix_moved_period_certificate ON moved_period (certificate_id) WHERE certificate_id IS NOT NULL",
    "ALTER TABLE moved_period DROP CONSTRAINT ck_moved_period_subject",
    f"ALTER TABLE moved_period ADD CONSTRAINT ck_moved_period_subject CHECK ({_subject(*_PERIODS, 'certificate')})",
)
_POSTGRESQL_DOWN = (
    # activity
    "ALTER TABLE activity ALTER COLUMN project_id SET NOT NULL",
    "ALTER TABLE activity " + ", ".join(f"DROP COLUMN {column}" for column in ("kind", *_ACTIVITY_NEW)),
    # service_record
    "ALTER TABLE service_record DROP CONSTRAINT ck_service_record_one_source",
    "ALTER TABLE service_record DROP COLUMN slot_id",
    "ALTER TABLE service_record ALTER COLUMN activity_id SET NOT NULL",
    "ALTER TABLE service_record DROP COLUMN agreed, DROP COLUMN agreed_at, DROP COLUMN objection",
    # volunteer
    "ALTER TABLE volunteer DROP COLUMN birth_year",
    # squad
    "ALTER TABLE squad ADD COLUMN theme VARCHAR(32)",
    f"UPDATE squad SET theme = {_CODE_OF}",
    "ALTER TABLE squad ALTER COLUMN theme SET NOT NULL",
    "ALTER TABLE squad ADD CONSTRAINT ck_squad_teamtheme CHECK "
    "(theme IN ('culture', 'health', 'law', 'environment', 'water'))",
    "ALTER TABLE squad DROP COLUMN slogan, DROP COLUMN charter, DROP COLUMN theme_id, DROP COLUMN leader_id, "
    "DROP COLUMN deputy_id, DROP COLUMN dissolved_on, DROP COLUMN dissolved_reason, DROP COLUMN version",
    # squad_member
    "DROP INDEX ix_squad_member_squad",
    "DROP INDEX uq_squad_member_in",
    "ALTER TABLE squad_member DROP COLUMN joined_on, DROP COLUMN left_on, DROP COLUMN left_reason",
    "ALTER TABLE squad_member ADD CONSTRAINT uq_squad_member_squad_id_volunteer_id UNIQUE (squad_id, volunteer_id)",
    # opening
    "ALTER TABLE opening DROP CONSTRAINT ck_opening_one_owner",
    "ALTER TABLE opening DROP COLUMN squad_id",
    "ALTER TABLE opening ALTER COLUMN project_id SET NOT NULL",
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
    # volunteer
    "ALTER TABLE volunteer DROP COLUMN fit, DROP COLUMN guardian_agreed_on, "
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
    f"ALTER TABLE moved_period ADD CONSTRAINT ck_moved_period_subject CHECK ({_subject(*_PERIODS)})",
)
