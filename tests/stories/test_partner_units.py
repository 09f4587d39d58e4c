"""A1-18, A1-19: the trade union's hall, an electrician of the grid, and every community asks of one pool."""

from datetime import timedelta

from db.actions.units.requests import promise_request, record_use, thank_unit
from db.actions.units.units import end_unit
from db.engine import reading
from db.queries.units.lists import three_lists
from db.queries.units.resources import booked, requests, resources
from db.queries.units.units import Standing, View, given_in, unit_card, unit_counts, units
from db.terms import ImportKind, MatchReason, RequestState, ResourceKind, Role, UnitKind
from tests.builders.imports import brought
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.units import HALL_DAY, a_request, a_resource, a_unit, state_of, step, thanked
from tests.builders.world import NOW, TODAY, World, do


def test_units_of_every_kind_stand_on_one_roll_and_their_resources_in_one_pool(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    a_unit(world, "澄湖街道总工会", by=admin)
    a_unit(world, "共青团澄湖街道工委", by=admin)
    a_unit(world, "澄湖街道妇女联合会", by=admin)
    rows = [{"unit_name": "澄湖供电服务站", "unit_kind": "企业"}, {"unit_name": "柳林小学", "unit_kind": "学校"}]
    brought(world.worker, ImportKind.UNITS, rows)

    with reading(world.other_secretary) as session:
        found = units(session, today=TODAY).rows
        mass = units(session, today=TODAY, kind=UnitKind.MASS).rows
    assert (len(found), len(mass)) == (5, 3)

    a_resource(world, next(one.id for one in found if one.name == "澄湖街道总工会"), by=admin)
    with reading(world.other_secretary) as session:
        assert [one.name for one in resources(session, today=TODAY).rows] == ["职工会堂"]


def test_a_need_finds_its_resource_and_the_unit_is_thanked(world: World) -> None:
    # The list of needs, the list of resources, the list of projects: one match, with its reasons.
    category = world.categories[5]
    need = a_need(world, title="楼道照明灯坏了", category_id=category)
    project = a_project(world, "下水管道更新")
    unit = a_unit(world, "澄湖供电服务站", kind=UnitKind.ENTERPRISE)
    electrician = a_resource(
        world, unit, "电工", kind=ResourceKind.SKILL, amount=2, measure="人", category_id=category,
        words="楼道照明灯检修",
    )  # fmt: skip
    with reading(world.worker) as session:
        lists = three_lists(session, world.here, today=TODAY)
    assert need in [line.id for line in lists.needs]
    assert [line.id for line in lists.projects] == [project]
    best = lists.matches[0]
    assert (best.need_id, best.resource.id) == (need, electrician)
    assert best.match.reasons == (MatchReason.CATEGORY, MatchReason.WORDS, MatchReason.PLACE)

    # Asked, promised by telephone, used, thanked; meanwhile the neighbours see that one is taken.
    one = a_request(world, electrician, need_id=need, purpose=best.title, on_day=TODAY)
    step(world, promise_request, one, said_by="周站长")
    theirs = a_request(world, electrician, by=world.other_secretary, on_day=TODAY, purpose="检修")
    with reading(world.other_secretary) as session:
        assert [(taken.home, taken.waits) for taken in booked(session, TODAY, TODAY)] == [
            ("柳林社区", False), ("荷塘社区", True),
        ]  # fmt: skip
    step(world, record_use, one, used_amount=1, used_words="换了八盏灯")
    step(world, thank_unit, one, words="送了感谢信")
    with reading(world.worker) as session:
        assert [line.state for line in requests(session, need_id=need).rows] == [RequestState.THANKED]
        assert need not in [line.need_id for line in three_lists(session, world.here, today=TODAY).matches]
        (given,) = given_in(session, unit, TODAY.year)
    assert (given.words, given.thanked) == ("换了八盏灯", True)

    # The station is closed: what is still open is named and settled, what it gave stays.
    do(world.secretary, end_unit, unit_id=unit, version=1, on=TODAY - timedelta(days=1), reason="并入区公司",
       settle_promises=True)  # fmt: skip
    assert state_of(world, theirs) is RequestState.DECLINED
    with reading(world.secretary) as session:
        assert unit_counts(session, today=TODAY)[View.ENDED] == 1
        assert unit_card(session, unit, today=TODAY).standing is Standing.ENDED
        assert len(given_in(session, unit, TODAY.year)) == 1


def test_the_property_company_stands_on_the_roll_and_lends_its_people(world: World) -> None:
    # A2-25: its three members are of the roll of members; the unit, its people and what they did are here.
    unit = a_unit(world, "柳林物业服务中心", kind=UnitKind.PROPERTY)
    stewards = a_resource(world, unit, "红色管家", kind=ResourceKind.SKILL, amount=3, measure="人", words="入户维修")

    for number in range(3):
        thanked(world, stewards, purpose=f"第{number + 1}户维修")
    late = a_request(world, stewards, amount=3, on_day=HALL_DAY, now=NOW)

    with reading(world.secretary) as session:
        assert len(given_in(session, unit, TODAY.year)) == 3
    assert state_of(world, late) is RequestState.ASKED
