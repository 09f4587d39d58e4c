"""Units through their whole life: one name, a contact that stays covered, an end that leaves nothing open."""

from datetime import timedelta

import pytest

from db.actions.units.units import end_unit, save_unit, take_back_unit, unmask_unit
from db.engine import reading
from db.errors import BadInput, NotPermitted, Refused
from db.queries.units.units import Standing, View, events_of, unit_card, unit_counts, unit_originals, units
from db.terms import RequestState, Role, UnitHappening, UnitKind
from tests.builders.units import HALL_DAY, a_request, a_resource, a_unit, promised, state_of, the_unit, used
from tests.builders.world import NOW, TODAY, World, do


@pytest.mark.parametrize("name", ["澄湖街道总工会", "澄湖街道 总工会", "澄湖街道总工会（本级）"])
def test_a_unit_is_registered_once_however_its_name_is_typed(small_world: World, name: str) -> None:
    a_unit(small_world, "澄湖街道总工会（本级）" if "本级" in name else "澄湖街道总工会")

    with pytest.raises(BadInput) as told:
        a_unit(small_world, name.replace("（", " (").replace("）", ")"), by=small_world.other_secretary)

    assert told.value.field == "name"


def test_a_renamed_unit_keeps_its_history_and_its_contact(world: World) -> None:
    unit = a_unit(world)
    kind = UnitKind.MASS

    do(world.secretary, save_unit, unit_id=unit, version=1, name="澄湖街道工会联合会", kind=kind)

    with reading(world.worker) as session:
        card, lines = unit_card(session, unit, today=TODAY), events_of(session, unit_id=unit)
    assert (card.name, card.contact_name, card.contact_phone) == ("澄湖街道工会联合会", "周**", "100****5678")
    assert card.standing is Standing.NONE  # the agreement was taken out, and the history says so
    assert [line.kind for line in lines] == [
        UnitHappening.AGREED, UnitHappening.RENAMED, UnitHappening.AGREED, UnitHappening.REGISTERED,
    ]  # fmt: skip
    assert lines[1].values == {"before": "澄湖街道总工会", "after": "澄湖街道工会联合会"}


def test_the_contact_is_shown_once_to_who_says_why(world: World) -> None:
    unit = a_unit(world)

    trace = do(world.worker, unmask_unit, unit_id=unit, reason="商量会堂")

    with reading(world.worker) as session:
        clear = unit_originals(session, unit, trace, now=NOW)
        assert unit_originals(session, unit, trace, now=NOW + timedelta(hours=1)) is None
    with reading(world.secretary) as session:
        assert unit_originals(session, unit, trace, now=NOW) is None
    assert clear is not None
    assert (clear.name, clear.phone) == ("周测试", "10012345678")


def test_a_unit_that_ends_names_what_it_promised_and_settles_it_in_one_step(world: World) -> None:
    unit = a_unit(world)
    hall = a_resource(world, unit)
    done, first, waits = (
        used(world, hall),
        promised(world, hall),
        a_request(world, hall, on_day=HALL_DAY + timedelta(1)),
    )
    ending = {"unit_id": unit, "version": 1, "on": TODAY, "reason": "机构合并"}

    with pytest.raises(Refused) as told:
        do(world.secretary, end_unit, **ending)
    assert told.value.values["count"] == 2
    assert "职工会堂" in told.value.values["names"]

    assert do(world.secretary, end_unit, **ending, settle_promises=True) == 2
    assert [state_of(world, one) for one in (done, first, waits)] == [
        RequestState.USED, RequestState.WITHDRAWN, RequestState.DECLINED,
    ]  # fmt: skip
    with pytest.raises(Refused, match="resource_unit_ended"):
        a_request(world, hall, on_day=HALL_DAY)


def test_a_unit_comes_back_with_its_resources(world: World) -> None:
    unit = a_unit(world)
    hall = a_resource(world, unit)
    do(world.secretary, end_unit, unit_id=unit, version=1, on=TODAY - timedelta(days=1), reason="搬走")
    with reading(world.secretary) as session:
        assert unit_counts(session, today=TODAY)[View.ENDED] == 1

    do(world.secretary, take_back_unit, unit_id=unit, version=2, reason="又回来了")

    assert the_unit(world, unit).ended_on is None
    assert state_of(world, a_request(world, hall)) is RequestState.ASKED


def test_another_communitys_unit_is_read_and_asked_but_not_changed(world: World) -> None:
    unit = a_unit(world)

    with pytest.raises(Refused, match="unit_elsewhere"):
        do(world.other_secretary, save_unit, unit_id=unit, version=1, name="改名", kind=UnitKind.SHOP)
    with reading(world.other_secretary) as session:
        assert [one.id for one in units(session, today=TODAY).rows] == [unit]
    with pytest.raises(NotPermitted):
        do(world[Role.VOLUNTEER], save_unit, name="改名", kind=UnitKind.SHOP)


@pytest.mark.parametrize(
    ("until", "standing"),
    [(-1, Standing.OVER), (0, Standing.SOON), (60, Standing.SOON), (61, Standing.HOLDS)],
)
def test_an_agreement_that_ends_soon_is_seen(small_world: World, until: int, standing: Standing) -> None:
    unit = a_unit(small_world, agreed_until=TODAY + timedelta(days=until))

    with reading(small_world.secretary) as session:
        assert unit_card(session, unit, today=TODAY).standing is standing


def test_the_end_may_be_entered_later_than_it_was(small_world: World) -> None:
    unit = a_unit(small_world)
    done = used(small_world, a_resource(small_world, unit))

    do(small_world.secretary, end_unit, unit_id=unit, version=1, on=TODAY - timedelta(days=30), reason="早已撤销")

    assert state_of(small_world, done) is RequestState.USED
