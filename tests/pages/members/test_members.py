"""The roll on the screen: nothing in clear, within its budgets, and every act one press away for those who may."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.actions.members.links import link_member
from db.actions.members.roll import leave_roll
from db.actions.members.transfers import offer_member
from db.engine import as_system, reading
from db.models import AuditEntry, Branch, Member
from db.queries.members.active import active_counts
from db.terms import BranchKind, MemberKind, MemberLeave, MemberLink, Role
from tests.builders.members import a_branch, a_partner, a_party_member, at_version
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, do, row
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

ROLL, CARD = "members/members.py", "members/member.py"
YEAR = "1950"


def a_roll(world: World) -> list[int]:
    branch = a_branch(world)
    return [
        a_party_member(world, branch, "仇守信", phone="13800001111", birth_year=YEAR),
        a_party_member(world, branch, "王远见", unit_id=a_partner(world), kind=MemberKind.PARTNER_UNIT),
    ]


def test_the_list_shows_masks_and_bands_and_finds_a_whole_name(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_roll(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ROLL)

    with Statements() as counted:
        app.run()
    shown = words(app)
    assert not app.exception
    assert counted.n <= 15
    assert "仇**" in shown
    assert "70 岁及以上" in shown
    assert not any(secret in shown for secret in ("仇守信", "13800001111", YEAR))
    app.text_input(key="filter.q").set_value("qsx").run()
    assert "仇**" in words(app)
    assert "王**" not in words(app)


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_who_only_reads_has_no_form(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    member = a_roll(small_world)[0]

    for path, query in ((ROLL, {}), (ROLL, {"view": "branches"}), (CARD, {"id": str(member)})):
        app = open_app(monkeypatch, small_world[role].id, path, **query)
        assert not app.exception
        assert not [button for button in app.button if button.key and button.key.endswith(".submit")]
    assert "柳林社区 · 柳林第一党支部" in words(open_app(monkeypatch, small_world[role].id, ROLL))


def test_a_worker_enters_a_member_and_is_told_of_a_double(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = a_branch(small_world)
    a_party_member(small_world, branch, "仇守信")
    app = open_app(monkeypatch, small_world.worker.id, ROLL)

    app.text_input(key="add_member.name").set_value("仇 守信")
    app.selectbox(key="add_member.branch_id").set_value(branch)
    app.selectbox(key="add_member.kind").set_value(MemberKind.LOCAL)
    app.date_input(key="add_member.joined_on").set_value(date(1990, 7, 1))
    app.button(key="add_member.submit").click().run()
    assert "党员名册里已有相近的人" in words(app)
    app.checkbox(key="add_member.another").check()
    app.button(key="add_member.submit").click().run()

    assert not app.exception
    with as_system("test") as session:
        assert len(session.scalars(select(Member.id)).all()) == 2


@pytest.mark.parametrize("part", ["standing", "facts", "links", "keeping", "history"])
def test_every_part_of_a_card_is_masked_and_within_its_budget(
    small_world: World, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    member = a_roll(small_world)[0]
    do(small_world.worker, link_member, member_id=member, what=MemberLink.VOLUNTEER, other_id=a_volunteer(small_world))
    app = open_app(monkeypatch, small_world.secretary.id, CARD, id=str(member), part=part)

    with Statements() as counted:
        app.run()
    assert not app.exception
    assert counted.n <= 15
    assert not any(secret in words(app) for secret in ("仇守信", "13800001111", YEAR))


def test_a_look_in_clear_is_asked_for_with_a_reason_and_shown_once(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = a_roll(small_world)[0]
    app = open_app(monkeypatch, small_world.worker.id, CARD, id=str(member))

    app.text_input(key=f"see_member.{member}.reason").set_value("通知开会")
    app.button(key=f"see_member.{member}.submit").click().run()
    assert "仇守信\n13800001111" in words(app)
    app.run()

    assert "仇守信" not in words(app)
    with as_system("test") as session:
        assert session.scalars(select(AuditEntry.reason).where(AuditEntry.operation == "read")).all() == ["通知开会"]


def test_a_member_moves_leaves_and_comes_back_by_the_card(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member, second = a_roll(small_world)[0], a_branch(small_world, "柳林第二党支部")
    app = open_app(monkeypatch, small_world.worker.id, CARD, id=str(member))

    app.selectbox(key=f"move_member.{member}.branch_id").set_value(second)
    app.button(key=f"move_member.{member}.submit").click().run()
    assert row(small_world, Member, member).branch_id == second
    app.selectbox(key=f"leave_roll.{member}.cause").set_value(MemberLeave.TRANSFERRED)
    app.button(key=f"leave_roll.{member}.submit").click().run()
    assert row(small_world, Member, member).ended_as is MemberLeave.TRANSFERRED
    assert f"come_back.{member}.submit" in {button.key for button in app.button}
    assert not app.exception


def test_who_left_stands_in_the_view_of_those_who_left(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    member = a_roll(small_world)[0]
    do(small_world.worker, leave_roll, **at_version(member), cause=MemberLeave.DIED, on=TODAY)

    shown = words(open_app(monkeypatch, small_world.worker.id, ROLL, view="left"))

    assert "仇**" in shown
    assert "去世" in shown
    assert "王**" not in shown


def test_branches_are_founded_changed_and_not_closed_with_members(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_roll(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ROLL, view="branches")

    app.text_input(key="found_branch.name").set_value("柳林网格党支部")
    app.button(key="found_branch.submit").click().run()
    with as_system("test") as session:
        first, second = session.scalars(select(Branch).order_by(Branch.id)).all()
        assert (second.name, second.kind) == ("柳林网格党支部", BranchKind.COMMUNITY)
        first_id = first.id
    app.selectbox(key="members.branch").set_value(first_id).run()
    app.button(key=f"close_branch.{first_id}.submit").click().run()

    assert "还有 2 名党员" in words(app)
    assert not app.exception


def test_who_is_offered_is_taken_in_by_the_other_community(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    there = a_branch(small_world, "荷塘党支部", by=small_world.other_secretary)
    member = a_roll(small_world)[0]
    do(small_world.worker, offer_member, **at_version(member), branch_id=there)
    app = open_app(monkeypatch, small_world.other_secretary.id, ROLL, view="offers")
    assert "仇**" in words(app)

    app.button(key="take_member.submit").click().run()

    assert not app.exception
    with as_system("test") as session:
        assert session.get_one(Member, member).branch_id == there


def test_an_unknown_id_is_said_and_a_merged_one_leads_on(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, other = a_roll(small_world)
    with as_system("test") as session:
        session.get_one(Member, other).merged_into_id = kept

    app = open_app(monkeypatch, small_world.worker.id, CARD, id="99999")
    assert not app.exception
    assert app.info
    shown = words(open_app(monkeypatch, small_world.worker.id, CARD, id=str(other)))
    assert "这条登记已并入下面这一条" in shown


def test_an_erased_entry_shows_that_it_was_and_nothing_else(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = a_roll(small_world)[0]
    do(small_world.worker, leave_roll, **at_version(member), cause=MemberLeave.DIED, on=TODAY - timedelta(days=1))
    app = open_app(monkeypatch, small_world.secretary.id, CARD, id=str(member), part="keeping")

    app.text_input(key=f"erase_member.{member}.reason").set_value("家属要求")
    app.button(key=f"erase_member.{member}.submit").click().run()
    assert "请先勾选确认" in words(app)
    app.checkbox(key=f"erase_member.{member}.sure").check()
    app.button(key=f"erase_member.{member}.submit").click().run()

    assert not app.exception
    assert "已按要求删除" in words(app)
    with reading(small_world.secretary) as session:
        assert [one.members for one in active_counts(session, TODAY - timedelta(days=1))] == [2]
