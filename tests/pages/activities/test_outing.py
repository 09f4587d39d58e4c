import pytest
from sqlalchemy import select

from db.counters import day_of
from db.engine import as_system, reading, utc_now
from db.models import EscortPair, Volunteer
from db.terms import Role
from tests.builders.activities import a_pair, an_outing
from tests.builders.volunteers import a_volunteer_actor
from tests.builders.world import World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "activities/outing.py"


def an_escorted_pair(world: World) -> tuple[int, int]:
    """The account of an escort, and the pair of today."""
    escort = a_volunteer_actor(world, "escort")
    with as_system("test") as session:
        own = session.scalars(select(Volunteer.id).where(Volunteer.account_id == escort.id)).one()
    return escort.id, a_pair(world, an_outing(world, day_of(utc_now())), escort=own, now=utc_now())


def test_an_escort_leaves_and_comes_back_with_two_taps_each(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, pair = an_escorted_pair(small_world)
    app = open_app(monkeypatch, account, PAGE)

    app.checkbox(key=f"outing.leave.{pair}.all_checked").check()
    app.button(key=f"outing.leave.{pair}.submit").click().run()
    assert not app.exception
    app.checkbox(key=f"outing.return.{pair}.all_checked").check()
    app.button(key=f"outing.return.{pair}.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        assert session.scalars(select(EscortPair.returned_at)).one() is not None
    assert "已返回" in words(app)


def test_the_contact_is_shown_after_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    account, pair = an_escorted_pair(small_world)
    app = open_app(monkeypatch, account, PAGE)
    assert "13800001234" not in words(app)

    app.text_input(key=f"outing.contact.{pair}.reason").input("告诉女儿")
    app.button(key=f"outing.contact.{pair}.submit").click().run()

    assert not app.exception
    assert "13800001234" in words(app)


def test_who_leads_sees_the_pairs_masked_within_the_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    outing = an_outing(small_world, day_of(utc_now()))
    for n in range(6):
        a_pair(small_world, outing, f"甄老{n}", number=f"V{n}")
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PAGE, id=str(outing))

    with Statements() as counted:
        app.run()

    assert not app.exception
    assert counted.n <= 15
    assert "甄**" in words(app)
    for hidden in ("甄老1", "13800001234", "甄女儿"):
        assert hidden not in words(app)


@pytest.mark.parametrize("place", [0, 1])
def test_of_two_elders_masked_alike_the_pair_chosen_is_meant(
    small_world: World, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    outing = an_outing(small_world, day_of(utc_now()))
    pairs = [a_pair(small_world, outing, f"甄老{n}", number=f"V{n}", now=utc_now()) for n in range(2)]
    app = open_app(monkeypatch, small_world[Role.TEAM_LEADER].id, PAGE, id=str(outing))

    app.selectbox(key="outing.step.which").select_index(place).run()

    assert not app.exception
    drawn = [key for one in app.checkbox if (key := one.key or "").startswith("outing.leave.")]
    assert drawn == [f"outing.leave.{pairs[place]}.all_checked"]


def test_a_volunteer_without_a_pair_is_told_so(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    outing = an_outing(small_world, day_of(utc_now()))
    a_pair(small_world, outing, number="V1")

    app = open_app(monkeypatch, a_volunteer_actor(small_world, "two").id, PAGE, id=str(outing))

    assert not app.exception
    assert "没有找到这条记录" in words(app)
    assert "甄" not in words(app)
