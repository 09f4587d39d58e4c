from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from components.wording.dates import dated
from db.actions.volunteers.activities import Served
from db.actions.volunteers.placements import claim_place
from db.actions.volunteers.squads import found_squad, join_squad
from db.engine import as_system, carry_out, reading
from db.models import HoursClaim, Placement, ServiceRecord, Volunteer
from db.terms import PlacementState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, a_theme, a_volunteer, a_volunteer_actor, an_activity, an_opening, report
from tests.builders.world import TODAY, World, do
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


# --- what happens to an entry ----------------------------------------------------------------------------------


def test_a_volunteer_is_ended_with_what_is_set_free_named_before(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening_id, person = an_opening(small_world, a_project(small_world)), a_volunteer_actor(small_world, "one")
    do(person, claim_place, opening_id=opening_id)
    one = only(small_world, Volunteer).id
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(one), do="end")
    assert "岗位 1 个" in words(app)

    app.button(key=f"end_volunteer.{one}.submit").click().run()
    assert "请填写这一项。" in words(app)
    app.text_input(key=f"end_volunteer.{one}.reason").set_value("搬到外地")
    app.button(key=f"end_volunteer.{one}.submit").click().run()

    assert not app.exception
    assert "搬到外地" in words(app)
    assert only(small_world, Volunteer).ended_reason == "搬到外地"
    assert only(small_world, Placement).state is PlacementState.LEFT


def test_an_ended_volunteer_is_found_among_the_ended_and_comes_back(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = a_volunteer(small_world, "GONE", ended_on=TODAY, ended_reason="搬家")
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY)
    assert "GONE" not in words(app)
    app.toggle(key="filter.ended").set_value(True).run()
    assert "GONE" in words(app)

    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(gone), do="back")
    app.button(key=f"bring_back.{gone}.submit").click().run()

    assert not app.exception
    assert only(small_world, Volunteer).ended_on is None


def test_another_name_is_shown_masked_in_the_changes(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_volunteer(small_world, phone="13812341234")
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(one), do="rename")

    app.text_input(key=f"rename_volunteer.{one}.name").set_value("甄改名")
    app.text_input(key=f"rename_volunteer.{one}.phone").set_value("13900005678")
    app.button(key=f"rename_volunteer.{one}.submit").click().run()

    assert not app.exception
    assert only(small_world, Volunteer).name == "甄改名"
    assert "138****1234 → 139****5678" in words(app)
    assert "甄改名" not in words(app)


def test_a_second_registration_is_told_and_nothing_typed_is_lost(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_volunteer(small_world, phone="13812341234")
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY)
    app.text_input(key="register_volunteer.name").set_value("周建国")
    app.text_input(key="register_volunteer.phone").set_value("138 1234 1234")
    app.button(key="register_volunteer.submit").click().run()
    assert "名册里已有相近的人：V001" in words(app)
    assert app.text_input(key="register_volunteer.name").value == "周建国"

    app.checkbox(key="register_volunteer.another").set_value(True)
    app.button(key="register_volunteer.submit").click().run()

    assert not app.exception
    with reading(small_world.worker) as session:
        assert len(session.scalars(select(Volunteer.id)).all()) == 2


def test_an_account_is_unlinked_a_team_left_and_two_entries_merged_on_the_card(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_volunteer(small_world, account_id=small_world[Role.VOLUNTEER].id)
    squad = do(small_world.worker, found_squad, name="巡河队", theme_id=a_theme(small_world))
    do(small_world.worker, join_squad, squad_id=squad, volunteer_id=one)
    other = a_volunteer(small_world, "V002")

    app = open_app(monkeypatch, small_world.secretary.id, REGISTRY, id=str(one), do="unlink")
    app.text_input(key="unlink_account.reason").set_value("关联错人")
    app.button(key="unlink_account.submit").click().run()
    app = open_app(monkeypatch, small_world.secretary.id, REGISTRY, id=str(one), do="leave")
    app.selectbox(key="leave_squad.squad_id").set_value(squad)
    app.text_input(key="leave_squad.reason").set_value("膝盖不好")
    app.button(key="leave_squad.submit").click().run()
    app = open_app(monkeypatch, small_world.secretary.id, REGISTRY, id=str(one), do="merge")
    app.selectbox(key=f"merge_volunteers.{one}.other_id").set_value(other)
    app.button(key=f"merge_volunteers.{one}.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.get_one(Volunteer, one).account_id is None
        assert session.get_one(Volunteer, other).merged_into_id == one
    app = open_app(monkeypatch, small_world.secretary.id, REGISTRY, id=str(other))
    assert "已并入" in words(app)
    assert "膝盖不好" in words(app)


def test_hours_in_doubt_are_decided_on_the_page_by_somebody_else(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id = a_project(small_world, starts_on=TODAY - timedelta(days=30))
    one, late = a_member(small_world, project_id), TODAY - timedelta(days=20)
    report(small_world, an_activity(small_world, project_id, late), Served(one, 60, "补记"))
    claim = only(small_world, HoursClaim)
    with as_system("test") as session:
        session.get_one(HoursClaim, claim.id).claimed_by = small_world.secretary.id
    app = open_app(monkeypatch, small_world.secretary.id, REGISTRY)
    assert "请另一位工作人员核对" in words(app)

    app = open_app(monkeypatch, small_world.worker.id, REGISTRY)
    with Statements() as counted:
        app.run()
    assert f"补记超过十天（{dated(late)}）" in words(app)
    app.multiselect(key="settle_hours.claim_ids").set_value([claim.id])
    app.button_group(key="settle_hours.counted").set_value(True)
    app.text_input(key="settle_hours.word").set_value("看过签到表")
    app.button(key="settle_hours.submit").click().run()

    assert not app.exception
    assert counted.n <= 15
    assert only(small_world, ServiceRecord).minutes == 60
    app = open_app(monkeypatch, small_world.worker.id, REGISTRY, id=str(one))
    assert f"{dated(late)} 1 小时 → 1 小时" in words(app)


def only(world: World, model: Any) -> Any:
    with reading(world.secretary) as session:
        return session.scalars(select(model)).one()
