import pytest
from sqlalchemy import select

from db.actions.volunteers.activities import Served
from db.actions.volunteers.placements import claim_place
from db.engine import carry_out, reading
from db.models import Placement, ServiceRecord, Volunteer
from db.terms import PlacementState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, a_volunteer, a_volunteer_actor, an_activity, an_opening, report
from tests.builders.world import TODAY, World
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

OPENINGS, REGISTRY = "volunteers/openings.py", "volunteers/registry.py"


def test_a_volunteer_claims_on_the_phone_with_one_tap_after_choosing(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening_id, person = an_opening(small_world, a_project(small_world)), a_volunteer_actor(small_world, "one")
    app = open_app(monkeypatch, person.id, OPENINGS, id=str(opening_id))

    with Statements() as counted:
        app.run()
    app.button(key=f"claim_place.{opening_id}").click().run()

    assert not app.exception
    assert counted.n <= 15
    with reading(person) as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.ACCEPTED]
    assert not [button for button in app.button if button.key == f"claim_place.{opening_id}"]


def test_a_full_post_can_only_be_asked_for(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opening_id = an_opening(small_world, a_project(small_world), places=1)
    carry_out(a_volunteer_actor(small_world, "one"), "", claim_place, opening_id=opening_id)
    app = open_app(monkeypatch, a_volunteer_actor(small_world, "two").id, OPENINGS, id=str(opening_id))

    assert not [button for button in app.button if button.key == f"claim_place.{opening_id}"]
    app.button(key=f"sign_up.{opening_id}").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert PlacementState.WAITING in session.scalars(select(Placement.state)).all()


def test_the_last_place_gone_in_between_is_told_in_words(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opening_id = an_opening(small_world, a_project(small_world), places=1)
    first, second = a_volunteer_actor(small_world, "one"), a_volunteer_actor(small_world, "two")
    app = open_app(monkeypatch, second.id, OPENINGS, id=str(opening_id))
    carry_out(first, "", claim_place, opening_id=opening_id)

    # The button is still on the screen of the second; the server says no.
    app.button(key=f"claim_place.{opening_id}").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert len(session.scalars(select(Placement.id)).all()) == 1


def test_a_volunteer_leaves_with_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opening_id, person = an_opening(small_world, a_project(small_world)), a_volunteer_actor(small_world, "one")
    carry_out(person, "", claim_place, opening_id=opening_id)
    app = open_app(monkeypatch, person.id, OPENINGS)

    app.button(key="leave_own.submit").click().run()
    assert "请填写这一项。" in words(app)
    app.text_input(key="leave_own.reason").set_value("搬家")
    app.button(key="leave_own.submit").click().run()

    assert not app.exception
    with reading(person) as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.LEFT]


def test_a_volunteer_outside_the_registry_is_told_whom_to_ask(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening_id = an_opening(small_world, a_project(small_world))

    app = open_app(monkeypatch, small_world[Role.VOLUNTEER].id, OPENINGS, id=str(opening_id))

    assert not app.exception
    assert "请联系社区社工登记" in words(app)


def test_a_council_member_recommends(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opening_id, volunteer_id = an_opening(small_world, a_project(small_world)), a_volunteer(small_world)
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, OPENINGS)

    app.selectbox(key="recommend_volunteer.opening_id").set_value(opening_id)
    app.selectbox(key="recommend_volunteer.volunteer_id").set_value(volunteer_id)
    app.button(key="recommend_volunteer.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.WAITING]


def test_the_registry_registers_and_corrects(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY)
    app.text_input(key="register_volunteer.name").set_value("周建国")
    app.text_input(key="register_volunteer.skills").set_value("电工、理发，急救")
    app.button(key="register_volunteer.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        assert session.scalars(select(Volunteer.skills)).all() == [["电工", "理发", "急救"]]


def test_wrong_hours_are_corrected_on_the_card(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    project_id = a_project(small_world, starts_on=TODAY)
    one, activity_id = a_member(small_world, project_id), an_activity(small_world, project_id)
    report(small_world, activity_id, Served(one, 300))
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(one), do="correct")

    app.selectbox(key="correct_service.record_id").select_index(0)
    app.selectbox(key="correct_service.minutes").set_value(60)
    app.text_input(key="correct_service.reason").set_value("签退记错")
    app.button(key="correct_service.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        assert session.scalars(select(ServiceRecord.minutes)).all() == [60]


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.TEAM_LEADER, Role.SECRETARY])
def test_names_are_masked_for_everybody(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    volunteer_id = a_volunteer(small_world, phone="13812341234")

    app = open_app(monkeypatch, small_world[role].id, REGISTRY, id=str(volunteer_id))

    assert not app.exception
    assert "志愿者V001" not in words(app)
    assert "13812341234" not in words(app)
    assert "138****1234" in words(app)
