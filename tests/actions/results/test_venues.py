"""阵地: one name once, those who keep it, and a last day that leaves the days before it alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.results.venues import close_venue, save_venue
from db.engine import reading
from db.errors import BadInput, Conflict, NotPermitted, Problem, Refused
from db.models import Venue
from db.queries.results.circle import VenueRow, venue
from db.rules.results.opening_hours import written
from db.terms import Datum, Role, VenueKind
from tests.builders.results import a_venue, at_sea
from tests.builders.world import NOW, TODAY, World, do, row

SAME = [
    "柳林党群服务站(东区)",
    "柳林党群服务站（东区）",
    "柳林 党群服务站　（东区）",
    "柳林党群服务站·东区",
    "柳林党群服务站-东区",
]


def shown(world: World, number: int) -> VenueRow:
    with reading(world.secretary) as session:
        return venue(session, world.subdistrict, number)


def closed(world: World, number: int, on: date | None, **more: Any) -> Any:
    version = row(world, Venue, number).version
    by = more.pop("by", world.secretary)
    return do(by, close_venue, venue_id=number, version=version, on=on, reason="改造", **more)


def changed(world: World, number: int, **more: Any) -> int:
    values = {
        "name": "柳林社区党群服务中心", "kind": VenueKind.CENTRE, "datum": Datum.GCJ02, **at_sea(),
        "venue_id": number, "version": row(world, Venue, number).version,
    }  # fmt: skip
    by = more.pop("by", world.secretary)
    found: int = do(by, save_venue, **values | more)
    return found


def test_a_place_is_kept_as_it_was_typed(world: World) -> None:
    one = shown(world, a_venue(world, hours="周六 18:00–2:00；周一休息", opened_on=TODAY))

    assert (one.home, one.kind, one.desk_phone) == ("柳林社区", VenueKind.CENTRE, "0571-55550123")
    assert written(one.hours) == "周六 18:00–次日2:00"
    assert one.at.point is not None
    assert (one.at.point.latitude, one.at.point.longitude) == (29_500_000, 124_500_000)


def test_one_place_under_five_spellings_is_registered_once(world: World) -> None:
    a_venue(world, SAME[0])

    for name in SAME:
        for by in (world.secretary, world.other_secretary):
            with pytest.raises(BadInput) as refused:
                a_venue(world, name, by=by)
            assert (refused.value.field, refused.value.problem) == ("name", Problem.TAKEN)


def test_a_renamed_place_gives_its_old_name_free(world: World) -> None:
    one = a_venue(world)
    changed(world, one, name="柳林党群服务中心新址")

    assert a_venue(world) != one
    assert shown(world, one).name == "柳林党群服务中心新址"
    with pytest.raises(BadInput):
        changed(world, one, name="柳林社区 党群服务中心")


def test_a_closed_place_may_come_back_under_its_name_on_a_later_day(world: World) -> None:
    one = a_venue(world, opened_on=TODAY - timedelta(days=90))
    closed(world, one, TODAY + timedelta(days=10))

    with pytest.raises(BadInput):
        a_venue(world, opened_on=TODAY + timedelta(days=10))
    assert a_venue(world, opened_on=TODAY + timedelta(days=11)) != one
    # Now that its name is taken again it cannot simply stay open.
    with pytest.raises(BadInput):
        closed(world, one, None)
    with pytest.raises(BadInput):
        closed(world, one, TODAY + timedelta(days=20))


def test_a_last_day_to_come_is_moved_and_taken_back(world: World) -> None:
    one = a_venue(world)
    closed(world, one, TODAY + timedelta(days=10))
    assert shown(world, one).at.closed_on == TODAY + timedelta(days=10)

    assert closed(world, one, None) is None
    assert (shown(world, one).at.closed_on, shown(world, one).closed_reason) == (None, "")


def test_days_gone_by_are_never_rewritten(world: World) -> None:
    one = a_venue(world)
    with pytest.raises(BadInput):
        closed(world, one, TODAY - timedelta(days=1))
    closed(world, one, TODAY)
    later = NOW + timedelta(days=2)

    with pytest.raises(Refused, match="venue_closed"):
        closed(world, one, None, now=later)
    with pytest.raises(Refused, match="venue_closed"):
        changed(world, one, name="柳林驿站", now=later)


def test_others_leave_it_alone(world: World) -> None:
    one = a_venue(world)

    with pytest.raises(Refused, match="venue_elsewhere"):
        changed(world, one, by=world.other_secretary)
    with pytest.raises(Refused, match="venue_elsewhere"):
        closed(world, one, TODAY, by=world.other_secretary)
    with pytest.raises(NotPermitted):
        a_venue(world, "别处", by=world[Role.AUDITOR])
    assert changed(world, one, by=world[Role.SUBDISTRICT_ADMIN], home_id=world.there) == one
    assert shown(world, one).home == "荷塘社区"


def test_who_comes_second_is_told(world: World) -> None:
    one = a_venue(world)
    changed(world, one, address="澄湖路2号")

    with pytest.raises(Conflict):
        do(world.secretary, close_venue, venue_id=one, version=1, on=TODAY, reason="搬走")
