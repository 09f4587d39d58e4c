"""The page of registrations and papers, and the blocks of a volunteer's card."""

import pytest

from db.actions.volunteers.records import note_training
from db.engine import reading
from db.models import Volunteer, VolunteerApplication
from db.terms import ApplicationState, Role
from tests.builders.volunteers import a_volunteer, an_application, served_hours
from tests.builders.world import NOW, TODAY, World, do
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

JOINING, REGISTRY = "volunteers/joining.py", "volunteers/registry.py"


def test_a_worker_confirms_a_registration_without_seeing_more_than_needed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = an_application(small_world)
    app = open_app(monkeypatch, small_world.worker.id, JOINING, id=str(one))
    assert not app.exception
    shown = words(app).replace("\\", "")
    assert "沈**" in shown
    assert "138****5678" in shown
    assert "13812345678" not in shown

    app.button(key=f"confirm_application.{one}.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        kept = session.get_one(VolunteerApplication, one)
        assert kept.state is ApplicationState.CONFIRMED
        assert session.get_one(Volunteer, kept.volunteer_id or 0).name == "沈月华"


def test_the_original_is_shown_once_after_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = an_application(small_world)
    app = open_app(monkeypatch, small_world.worker.id, JOINING, id=str(one))

    app.text_input(key=f"unmask_application.{one}.reason").set_value("打电话确认")
    app.button(key=f"unmask_application.{one}.submit").click().run()

    assert not app.exception
    assert "13812345678" in words(app)
    app.run()
    assert "13812345678" not in words(app)


def test_the_queue_says_where_people_register(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    an_application(small_world)

    with Statements() as counted:
        app = open_app(monkeypatch, small_world.worker.id, JOINING)

    assert not app.exception
    assert "/join/LL" in words(app)
    assert counted.n <= 15


def test_a_wrong_id_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, JOINING, id="999")

    assert not app.exception
    assert app.warning


@pytest.mark.parametrize("block", ["service", "training", "award", "rating", "paper"])
@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.TEAM_LEADER, Role.AUDITOR])
def test_every_block_of_the_record_opens_within_its_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch, block: str, role: Role
) -> None:
    one = a_volunteer(small_world)
    served_hours(small_world, one)
    do(small_world.worker, note_training, volunteer_id=one, on=TODAY, title="急救", minutes=60, now=NOW)

    app = open_app(monkeypatch, small_world[role].id, REGISTRY, id=str(one), block=block)
    with Statements() as counted:
        app.run()

    assert not app.exception
    assert counted.n <= 15
    if block == "training":
        assert "急救" in words(app)


def test_a_paper_is_asked_for_accepted_and_issued_on_the_card(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_volunteer(small_world)
    served_hours(small_world, one)
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(one), block="paper")
    app.text_input(key=f"ask_certificate.{one}.purpose").set_value("积分申请")
    app.button(key=f"ask_certificate.{one}.submit").click().run()
    assert not app.exception
    assert "积分申请" in words(app)

    app.button(key="certificate.1").click().run()
    app.button(key="certificate.1").click().run()

    assert not app.exception
    assert "LL-ZM" in words(app)
