"""The desk of complaints: what stands above the list counts what the list shows."""

from db.engine import reading
from db.queries.complaints.complaints import ComplaintFilters, View, complaints, desk_counts
from tests.builders.complaints import a_complaint
from tests.builders.world import TODAY, World


def test_the_counts_of_the_views_follow_the_filters(world: World) -> None:
    a_complaint(world, "夜里油烟大，睡不着")
    a_complaint(world, "地下车库渗水")
    filters = ComplaintFilters(words="油烟")

    with reading(world.secretary) as session:
        every = desk_counts(session, world.here, today=TODAY)
        found = desk_counts(session, world.here, filters, today=TODAY)
        listed = complaints(session, world.here, filters, today=TODAY)

    assert (every[View.OPEN], found[View.OPEN], len(listed.rows)) == (2, 1, 1)
