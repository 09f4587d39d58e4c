"""What is due to go, goes before a backup would carry it on: words of old messages, and files that no row shows."""

from db.actions.intake.receiving import wipe_due
from db.actions.volunteers.applications import wipe_applications
from db.engine import as_system, engine, utc_now
from db.photos import sweep
from db.upkeep.schema import head, revision_of


def tidy() -> dict[str, int]:
    """How many messages were wiped and how many files went; nothing on a schema of another version."""
    with engine().connect() as connection:
        if revision_of(connection) != head():
            return {"messages": 0, "photos": 0}
    with as_system("words of old messages") as session:
        wiped = wipe_due(session, now=utc_now()) + wipe_applications(session, now=utc_now())
    return {"messages": wiped, "photos": sweep()}
