"""民主评议 on the screen: the branch's staff walk it from list to grade, everybody else stays outside."""

import pytest

from db.models import ReviewedMember, ReviewTally
from db.rules.permissions import GRANTS, Permission
from db.terms import ReviewGrade, Role
from tests.builders.commitments import NAMES, closed_review, counted, line_at, opened_review, spoken
from tests.builders.world import World, row
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

PAGE = "commitments/review.py"
STAFF = (Role.SECRETARY, Role.AREA_WORKER)


def test_the_roles_that_may_run_a_review_are_those_that_these_tests_open_the_page_as() -> None:
    assert GRANTS[Permission.RUN_REVIEW].roles == set(STAFF)


@pytest.mark.parametrize("role", STAFF)
def test_staff_see_the_list_within_the_budget_and_write_the_own_words_down_for_a_member(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    opened = opened_review(small_world)
    line = line_at(small_world, opened)
    app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(opened))

    with Statements() as told:
        app.run()
    assert not app.exception
    assert told.n <= 15
    assert all(name in words(app) for name in ("柳林第一党支部", "安**", "白**", "曹**"))
    assert not any(name in words(app) for name in NAMES)

    app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(opened), member=str(line.id))
    app.text_area(key=f"write_self.{line.id}.words").set_value("按月参加学习。")
    app.button(key=f"write_self.{line.id}.submit").click().run()
    assert not app.exception
    assert row(small_world, ReviewedMember, line.id).self_words == "按月参加学习。"


@pytest.mark.parametrize(("role", "asked"), [(Role.SECRETARY, True), (Role.AREA_WORKER, False)])
def test_only_the_second_person_is_asked_to_check_a_count(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role, asked: bool
) -> None:
    opened = opened_review(small_world)
    line = counted(small_world, opened, checked=False)
    assert line.tally is not None
    app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(opened), member=str(line.id))
    check = f"review.check.{line.tally.id}"

    assert (check in {button.key for button in app.button}) is asked
    assert ("这份计票是您录的" in words(app)) is not asked
    if asked:
        app.button(key=check).click().run()
        assert row(small_world, ReviewTally, line.tally.id).checked_at is not None


@pytest.mark.parametrize("role", STAFF)
def test_a_closed_review_offers_its_papers_and_no_form_that_changes_the_grade(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    closed = closed_review(small_world)
    line = line_at(small_world, closed)
    listed = open_app(monkeypatch, small_world[role].id, PAGE, id=str(closed))
    single = open_app(monkeypatch, small_world[role].id, PAGE, id=str(closed), member=str(line.id))

    for app in (listed, single):
        assert not app.exception
        assert "打印反馈通知（Word）" in words(app)
    keys = {button.key for button in single.button}
    assert f"ask_review_correction.{line.id}.submit" in keys
    assert not keys & {f"grade_member.{line.id}.submit", f"write_self.{line.id}.submit"}


@pytest.mark.parametrize("role", sorted(set(Role) - set(STAFF)))
def test_nobody_else_reads_a_name_or_a_grade(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    closed = closed_review(small_world, ReviewGrade.BASIC, ReviewGrade.QUALIFIED, ReviewGrade.QUALIFIED)
    app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(closed))

    assert not app.exception
    assert not any(secret in words(app) for secret in ("安**", "安守信", "两次无故缺席组织生活"))


def test_words_of_a_review_that_is_elsewhere_are_told_as_not_there(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_review(small_world)
    spoken(small_world, opened)
    app = open_app(monkeypatch, small_world.other_secretary.id, PAGE, id=str(opened))

    assert not app.exception
    assert "安**" not in words(app)
