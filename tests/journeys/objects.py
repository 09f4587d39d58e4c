"""What the journeys open on pages about one thing."""

ENOUGH = "select {column} from {table} group by 1 order by count(*) desc limit 1"
OBJECTS = {
    "need": ENOUGH.format(column="need_id", table="thread_entry where need_id is not null and community_id = 1"),
    "complaint": ENOUGH.format(column="complaint_id", table="complaint_step where community_id = 1"),
    "project": ENOUGH.format(column="project_id", table="activity where project_id is not null and community_id = 1"),
    "activity": ENOUGH.format(column="activity_id", table="activity_participant where community_id = 1"),
    "venue": "select id from venue where home_id = 1 limit 1",
    "diary": "select id from diary_entry where community_id = 1 and state = 'submitted' limit 1",
    "meeting": "select id from meeting where community_id = 1 and state = 'convened' limit 1",
    "commitment": ENOUGH.format(column="commitment_id", table="keeping where community_id = 1"),
    "market": ENOUGH.format(column="activity_id", table="market_stall where community_id = 1"),
    "outing": ENOUGH.format(column="activity_id", table="escort_pair where community_id = 1"),
    "member": ENOUGH.format(column="member_id", table="commitment where community_id = 1"),
    "project-stage": "select project_id from election where community_id = 1 limit 1",
    "unit": ENOUGH.format(column="unit_id", table="resource"),
    "resource": ENOUGH.format(column="resource_id", table="resource_request where home_id = 1"),
    "resource-request": "select id from resource_request where home_id = 1 order by id desc limit 1",
    "rota": ENOUGH.format(column="rota_id", table="slot where community_id = 1"),
    "review": "select id from yearly_review where community_id = 1 and state = 'open' limit 1",
    "order": "select id from service_order where community_id = 1 and state = 'taken' order by id limit 1",
    "person": "select id from person where community_id = 1 and not restricted order by id limit 1",
}
"""The richest one of each kind that has a page of its own, as a statement that asks the demonstration for its id."""
