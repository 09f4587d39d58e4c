"""我的服务 on the phone: dates by day, hours, and the calendar's address, for the volunteer alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from components.wording import safe
from db.counters import day_of
from db.engine import as_system, reading_as_system, utc_now
from db.models import CalendarFeed, EscortPair
from db.terms import ActivityKind, Role
from tests.builders.activities import an_own_activity
from tests.builders.orders import a_helper, a_service, accepted, an_order
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.world import World
from tests.support.signed_in import open_app, words

PAGE = "today/my_service.py"


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AUDITOR, Role.COUNCIL_MEMBER])
def test_it_is_for_those_who_serve(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    assert "这一页不对您的角色开放" in words(open_app(monkeypatch, small_world[role].id, PAGE))


def test_turns_and_orders_stand_by_day_without_any_door(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, volunteer = helper = a_helper(small_world)
    soon = day_of(utc_now()) + timedelta(days=2)
    rota = a_plain_rota(small_world, starts_on=soon, ends_on=soon)
    slot = a_slot(small_world, rota, a_post(small_world, rota), soon, 22, hours=8)
    a_plain_turn(small_world, slot, volunteer)
    accepted(small_world, an_order(small_world, a_service(small_world, "量血压"), wanted_on=soon), helper)
    accepted(small_world, an_order(small_world, a_service(small_world, "代买菜")), helper)

    app = open_app(monkeypatch, person.id, PAGE)
    said = words(app)
    assert not app.exception
    assert safe("22:00–次日 06:00 · 南广场引导") in said
    assert said.index("量血压") < said.index("日子没有定") < said.index("代买菜")
    assert not [word for word in ("王秀兰", "101", "1380000") if word in said]


def test_without_anything_it_says_where_to_find_something(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person, _volunteer = a_helper(small_world)

    assert "近期没有安排" in words(open_app(monkeypatch, person.id, PAGE))


def test_the_address_is_made_shown_once_renewed_and_revoked(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _volunteer = a_helper(small_world)
    app = open_app(monkeypatch, person.id, PAGE)

    app.button(key="my_service.feed.make").click().run()
    assert not app.exception
    first = app.code[0].value
    assert first.endswith(".ics")
    assert "只显示这一次" in words(app)

    app.button(key="my_service.feed.renew").click().run()
    assert app.code[0].value != first
    app.button(key="my_service.feed.revoke").click().run()
    assert not app.code
    with reading_as_system("test") as session:
        assert all(session.scalars(select(CalendarFeed.revoked_at)))


def test_an_account_without_an_entry_is_told_whom_to_ask(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "还没有关联志愿者登记" in words(open_app(monkeypatch, small_world[Role.VOLUNTEER].id, PAGE))


def test_it_leads_to_own_turns_to_hours_and_to_an_elder_when_there_is_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, volunteer = a_helper(small_world)
    soon = day_of(utc_now()) + timedelta(days=2)

    def links() -> list[str]:
        app = open_app(monkeypatch, person.id, PAGE)
        assert not app.exception
        return [one.proto.label for one in app.get("page_link")]

    before = links()
    assert {"我的班次", "时长核对"} <= set(before)
    assert "陪访" not in before
    outing = an_own_activity(small_world, ActivityKind.OUTING, soon, title="公园陪访")
    with as_system("test") as session:
        session.add(
            EscortPair(
                community_id=small_world.here, activity_id=outing, volunteer_id=volunteer, account_id=person.id,
                alias="甲",
            )
        )  # fmt: skip

    assert "陪访" in links()
    assert "公园陪访" in words(open_app(monkeypatch, person.id, PAGE))
