import pytest

from db.counters import day_of
from db.engine import reading, utc_now
from db.queries.activities.market import market_facts
from db.terms import Role
from tests.builders.activities import a_market, a_stall, a_stall_helper, a_tally, counted
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "activities/market.py"


def test_a_secretary_adds_a_stall_staffs_it_and_closes_the_count(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = a_market(small_world, day_of(utc_now()))
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(market))
    app.text_input(key="market.stall.new.item").input("义诊")
    app.button(key="market.stall.new.submit").click().run()
    assert not app.exception
    assert "1 号摊 义诊" in words(app)
    assert "缺人" in words(app)

    who = a_volunteer(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(market), view="people")
    (who_field,) = (one for one in app.selectbox if str(one.key).endswith(".volunteer_id"))
    who_field.select_index(0)
    app.button(key=str(who_field.key).replace("volunteer_id", "submit")).click().run()
    assert not app.exception
    assert "第一次在这个摊位" in words(app)

    with reading(small_world.secretary) as session:
        facts = market_facts(session, market)
    assert facts is not None
    assert [one.volunteer_id for one in facts.stalls[0].people] == [who]
    counted(a_tally(small_world, facts.stalls[0].id, now=utc_now()), 5, now=utc_now())
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(market), view="tally")
    app.button(key="market.close.submit").click().run()
    assert not app.exception
    assert "关账" in words(app)
    with reading(small_world.secretary) as session:
        facts = market_facts(session, market)
    assert facts is not None
    assert (facts.served, facts.closed_at is not None) == (5, True)


def test_a_full_day_keeps_the_budget_and_names_nobody_in_full(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = a_market(small_world, day_of(utc_now()))
    for n in range(8):
        stall = a_stall(small_world, market, f"项目{n}")
        a_stall_helper(small_world, stall, a_volunteer(small_world, f"V{n}"))
    for view in ("stalls", "people", "tally", "papers"):
        app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(market), view=view)

        with Statements() as counted_:
            app.run()

        assert not app.exception
        assert counted_.n <= 15, view
        assert "志愿者V1" not in words(app)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUBDISTRICT_ADMIN])
def test_who_only_looks_gets_no_forms(role: Role, small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    market = a_market(small_world)
    a_stall(small_world, market)

    for view in ("stalls", "people", "tally"):
        app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(market), view=view)
        assert not app.exception
        assert [button.key for button in app.button if str(button.key).startswith(("market.st", "market.pl"))] == []
