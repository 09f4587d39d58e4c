"""The page of squads: joined on a phone, led by a volunteer, themes by the subdistrict; and the page of hours."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.volunteers.squads import ask_to_join, join_squad, name_leaders
from db.engine import reading
from db.models import HoursCheck, ServiceRecord, SquadMember, SquadRequest, SquadTheme, Volunteer
from db.terms import HoursAnswer, Role
from tests.builders.volunteers import a_slot, a_squad, a_volunteer_actor, credit_slot
from tests.builders.world import NOW, TODAY, World, do
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

SQUADS, HOURS = "volunteers/squads.py", "volunteers/hours.py"


def test_a_volunteer_asks_to_join_with_one_tap_and_the_leader_answers(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader, asks = a_volunteer_actor(small_world, "leader"), a_volunteer_actor(small_world, "asks")
    squad = a_squad(small_world)
    do(small_world.worker, join_squad, squad_id=squad, volunteer_id=1)
    do(small_world.worker, name_leaders, squad_id=squad, version=1, leader_id=1, deputy_id=None)

    app = open_app(monkeypatch, asks.id, SQUADS, id=str(squad))
    app.button(key=f"ask_to_join.{squad}").click().run()
    assert "已申请入队，等队长答复。" in words(app)

    app = open_app(monkeypatch, leader.id, SQUADS, id=str(squad), part="members")
    with Statements() as counted:
        app.run()
    app.button(key="answer_request.submit").click().run()

    assert not app.exception
    assert counted.n <= 15
    with reading(small_world.secretary) as session:
        assert session.scalars(select(SquadRequest.accepted)).all() == [True]
        assert len(session.scalars(select(SquadMember.id)).all()) == 2


def test_members_are_seen_by_those_who_lead_and_not_by_who_only_looks(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_volunteer_actor(small_world, "other")
    squad = a_squad(small_world)
    do(other, ask_to_join, squad_id=squad, word="请收下我")

    app = open_app(monkeypatch, other.id, SQUADS, id=str(squad), part="members")
    assert "请收下我" not in words(app)
    app = open_app(monkeypatch, small_world.secretary.id, SQUADS, id=str(squad), part="members")
    assert "请收下我" in words(app)


@pytest.mark.parametrize("doing", ["about", "leaders", "out", "show", "dissolve"])
def test_every_form_of_the_staff_opens(small_world: World, monkeypatch: pytest.MonkeyPatch, doing: str) -> None:
    a_volunteer_actor(small_world, "one")
    squad = a_squad(small_world)
    do(small_world.worker, join_squad, squad_id=squad, volunteer_id=1)

    app = open_app(monkeypatch, small_world.secretary.id, SQUADS, id=str(squad), part="run", do=doing)

    assert not app.exception
    assert "巡河队" in words(app)


def test_the_subdistrict_adds_a_theme_and_no_squad_is_no_error(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, SQUADS, id="99")
    app.text_input(key="add_theme.name").set_value("应急救援")
    app.button(key="add_theme.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(SquadTheme.name)).all() == ["应急救援"]


def test_hours_are_objected_to_on_the_phone_and_answered_by_the_staff(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_volunteer_actor(small_world, "one")
    credit_slot(small_world, a_slot(small_world, NOW - timedelta(hours=3)), 1, 120)

    app = open_app(monkeypatch, person.id, HOURS)
    app.button_group(key="answer_hours.agreed").set_value(False)
    app.text_input(key="answer_hours.objection").set_value("只去了一小时")
    app.button(key="answer_hours.submit").click().run()
    assert not app.exception
    with reading(person) as session:
        assert session.scalars(select(ServiceRecord.agreed)).all() == [False]
        assert session.scalars(select(Volunteer.minutes)).all() == [120]

    month = TODAY.replace(day=1).isoformat()
    app = open_app(monkeypatch, small_world.worker.id, HOURS, month=month)
    assert "只去了一小时" in words(app)
    app.selectbox(key="answer_finding.key").set_value(app.selectbox(key="answer_finding.key").options[0])
    app.button_group(key="answer_finding.answer").set_value(HoursAnswer.CONFIRMED)
    app.text_input(key="answer_finding.word").set_value("队长说两小时")
    app.button(key="answer_finding.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(HoursCheck.word)).all() == ["队长说两小时"]


@pytest.mark.parametrize("view", ["found", "waiting", "answered", "trail"])
def test_every_view_of_hours_opens(small_world: World, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    app = open_app(monkeypatch, small_world[Role.AUDITOR].id, HOURS, view=view)

    assert not app.exception
