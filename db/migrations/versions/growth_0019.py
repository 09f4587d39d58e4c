"""Who wrote down a month's hours is counted; whose hours are asked about is marked when they are written."""

from db.migrations.steps import create, drop, on_sqlite, run

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create("growth_0019", "recorded_hours", "hours_to_ask")
    run("CREATE INDEX ix_service_order_ended ON service_order (community_id, ended_at, state, minutes, restricted)")
    on, ended = (_month('r."on"'), _month("o.ended_at", moment=True))
    run(
        "INSERT INTO recorded_hours (community_id, month, recorded_by, records, at_activities) "  # noqa: S608
        f"SELECT r.community_id, {on}, r.recorded_by, sum(CASE WHEN r.minutes > 0 THEN 1 ELSE 0 END), "
        "sum(CASE WHEN r.activity_id IS NULL THEN 0 ELSE r.minutes END) "
        f"FROM service_record r GROUP BY r.community_id, {on}, r.recorded_by"
    )
    # The rule is the application's: everybody is marked here, and `migrate` looks at them afterwards.
    run(
        "INSERT INTO hours_to_ask (community_id, month, volunteer_id) "  # noqa: S608
        f"SELECT v.community_id, {on}, v.id FROM service_record r JOIN volunteer v ON v.id = r.volunteer_id "
        f"UNION SELECT v.community_id, {ended}, v.id FROM order_offer f JOIN volunteer v ON v.id = f.volunteer_id "
        "JOIN service_order o ON o.id = f.order_id WHERE o.ended_at IS NOT NULL"
    )


def downgrade() -> None:
    run("DROP INDEX ix_service_order_ended")
    drop("hours_to_ask", "recorded_hours")


def _month(column: str, *, moment: bool = False) -> str:
    """The first of the Chinese month of a day, or of a moment."""
    if on_sqlite():
        return f"date({column}, '{'+8 hours' if moment else '+0 hours'}', 'start of month')"
    day = f"({column} AT TIME ZONE 'Asia/Shanghai')" if moment else column
    return f"CAST(date_trunc('month', {day}) AS date)"
