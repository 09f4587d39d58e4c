"""What a hundredfold community asks every day lies in one index: doors that are one of their own, persons by who is new
and who may stand twice, hours of a day, screenings that are open.
"""

from db.migrations.steps import run

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW = {
    "ix_household_due": "household (community_id, merged_into_id, due_on, restricted)",
    "ix_household_kind": "household (community_id, merged_into_id, kind, due_on, restricted)",
    "ix_household_building": "household (community_id, merged_into_id, place_id, building, restricted)",
    "ix_person_merged_into_id": "person (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "ix_person_newest": "person (community_id, id)",
    "ix_person_home": "person (community_id, merged_into_id, erased_at, household_id, name_index, restricted)",
    "ix_person_phone": "person (community_id, merged_into_id, erased_at, phone_index, restricted)",
    "ix_screening_state": "screening (community_id, state)",
    "ix_service_record_day": 'service_record (community_id, "on", minutes, volunteer_id, activity_id)',
}
BEFORE = {
    "ix_household_due": "household (community_id, due_on)",
    "ix_household_kind": "household (community_id, kind, due_on)",
    "ix_person_merged_into_id": "person (merged_into_id)",
    "ix_service_record_on": 'service_record ("on")',
}


def upgrade() -> None:
    _change(BEFORE, NEW)


def downgrade() -> None:
    _change(NEW, BEFORE)


def _change(old: dict[str, str], new: dict[str, str]) -> None:
    for name in old:
        run(f"DROP INDEX {name}")
    for name, columns in new.items():
        run(f"CREATE INDEX {name} ON {columns}")
