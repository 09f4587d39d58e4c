"""A seat has one holder at a time, called meetings may be moved, notices corrected, and signed papers keep names.

Two members whose time on one seat overlaps are put one after the other: the earlier one ends on the day before the
next begins (of two who began on the same day the one registered first never took office). The log says so of each.
Names of existing rows are those of today: what stood there when they were signed is known to nobody.
"""

from itertools import pairwise

from alembic import op
from sqlalchemy import text

from db.migrations.steps import add_name, copy, create, drop, frozen, log_entry, on_sqlite, run

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAMES = (
    ("thread_entry", "actor_name", "actor_id"),
    ("week_sign_off", "signed_name", "signed_by"),
    ("complaint_step", "actor_name", "actor_id"),
    ("mediation_check", "checked_name", "checked_by"),
    ("screening_score", "scorer_name", "scorer_id"),
    ("acceptance", "handed_in_name", "handed_in_by"),
    ("acceptance", "decided_name", "decided_by"),
    ("acceptance_score", "judge_name", "judge_id"),
    ("correction", "asked_name", "asked_by"),
    ("correction", "settled_name", "settled_by"),
    ("topic", "reviewed_name", "reviewed_by"),
    ("house_rules", "set_name", "set_by"),
    ("house_preset", "set_name", "set_by"),
    ("screening_weights", "set_name", "set_by"),
    ("answer", "given_name", "given_by"),
    ("target_change", "changed_name", "changed_by"),
    ("consent", "recorded_name", "recorded_by"),
)
OF_MEMBERS = (("name", "name"), ("capacity", "capacity"))
HELD_TWICE = """SELECT 1 FROM body_member AS other
    WHERE other.body_id = NEW.body_id AND other.seat = NEW.seat AND other.id <> NEW.id
    AND other.since <= coalesce(NEW.until, '9999-12-31') AND NEW.since <= coalesce(other.until, '9999-12-31')"""
"""Another holder of the same seat on some day. Of a new row SQLite does not know the id yet and has -1 there."""


def upgrade() -> None:
    """Keep what is there, and put overlapping holders of a seat one after the other."""
    for table, column, refers in NAMES:
        add_name(table, column, refers)
    run("ALTER TABLE acceptance ADD COLUMN leader_name VARCHAR(60) DEFAULT '' NOT NULL")
    run(
        "UPDATE acceptance SET leader_name = coalesce((SELECT account.name FROM account JOIN project "
        "ON project.leader_id = account.id WHERE project.id = acceptance.project_id), '')"
    )
    for column, what in OF_MEMBERS:
        add_name("attendance", column, "member_id", "body_member", what)
    run("ALTER TABLE notice ADD COLUMN withdrawn_reason VARCHAR(200) DEFAULT '' NOT NULL")
    create("seat_0005", "meeting_change", "notice_version")
    if on_sqlite():
        chair = "coalesce((SELECT account.name FROM account WHERE account.id = meeting.chair_id), '')"
        copy("seat_0005", "meeting", chair_name=chair)
    else:
        add_name("meeting", "chair_name", "chair_id")
        run("ALTER TABLE meeting DROP CONSTRAINT uq_meeting_body_id_term_number")
        run(next(words for words in frozen("seat_0005", "meeting") if "uq_meeting_number" in words))
    _one_after_the_other()
    _guard_seats()


def _one_after_the_other() -> None:
    rows = op.get_bind().execute(
        text("SELECT id, community_id, body_id, seat, since, until FROM body_member ORDER BY body_id, seat, since, id")
    )
    members = list(rows)
    before_next = "date(:next, '-1 day')" if on_sqlite() else "CAST(:next AS date) - 1"
    for one, after in pairwise(members):
        same_seat = (one.body_id, one.seat) == (after.body_id, after.seat)
        if not same_seat or (one.until is not None and str(one.until) < str(after.since)):
            continue
        ended = f"UPDATE body_member SET until = {before_next}, version = version + 1 WHERE id = :id RETURNING until"  # noqa: S608 - two constants
        until = op.get_bind().execute(text(ended), {"next": str(after.since), "id": one.id}).scalar()
        changes = {"until": [None if one.until is None else str(one.until), str(until)]}
        log_entry("body_member", one.id, one.community_id, "one holder of a seat at a time", changes)


def _guard_seats() -> None:
    """Refuse a second holder by any path; no constraint that both engines know can say it of two periods."""
    if on_sqlite():
        for event, when in (("insert", "INSERT"), ("update", "UPDATE OF body_id, seat, since, until")):
            run(
                f"CREATE TRIGGER body_member_one_holder_{event} BEFORE {when} ON body_member "
                f"WHEN EXISTS ({HELD_TWICE}) BEGIN SELECT RAISE(ABORT, 'seat held twice'); END"
            )
        return
    run(
        f"""CREATE OR REPLACE FUNCTION body_member_one_holder() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Whoever comes second waits here, and then sees what the first one wrote.
            PERFORM 1 FROM body WHERE body.id = NEW.body_id FOR NO KEY UPDATE;
            IF EXISTS ({HELD_TWICE}) THEN
                RAISE EXCEPTION 'seat held twice' USING ERRCODE = 'exclusion_violation';
            END IF;
            RETURN NEW;
        END $$"""
    )
    run(
        "CREATE TRIGGER body_member_one_holder BEFORE INSERT OR UPDATE OF body_id, seat, since, until "
        "ON body_member FOR EACH ROW EXECUTE FUNCTION body_member_one_holder()"
    )


def downgrade() -> None:
    """Take back everything but the order of the holders; a number given twice stays with the meeting that was held."""
    if on_sqlite():
        run("DROP TRIGGER body_member_one_holder_insert")
        run("DROP TRIGGER body_member_one_holder_update")
    else:
        run("DROP TRIGGER body_member_one_holder ON body_member")
        run("DROP FUNCTION body_member_one_holder()")
    run(
        "UPDATE meeting SET number = 1000 + id WHERE state = 'cancelled' AND EXISTS (SELECT 1 FROM meeting AS held "
        "WHERE held.body_id = meeting.body_id AND held.term = meeting.term AND held.number = meeting.number "
        "AND held.id <> meeting.id)"
    )
    if on_sqlite():
        copy("first_0001", "meeting")
    else:
        run("DROP INDEX uq_meeting_number")
        run("ALTER TABLE meeting ADD CONSTRAINT uq_meeting_body_id_term_number UNIQUE (body_id, term, number)")
        run("ALTER TABLE meeting DROP COLUMN chair_name")
    drop("notice_version", "meeting_change")
    run("ALTER TABLE notice DROP COLUMN withdrawn_reason")
    run("ALTER TABLE acceptance DROP COLUMN leader_name")
    for column, _what in OF_MEMBERS:
        run(f"ALTER TABLE attendance DROP COLUMN {column}")
    for table, column, _refers in NAMES:
        run(f"ALTER TABLE {table} DROP COLUMN {column}")
