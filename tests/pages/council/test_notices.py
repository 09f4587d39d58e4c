"""公示与异议 on the page: an objection changes the plan, and whoever must reach the objector says why."""

from datetime import timedelta

import pytest

from db.actions.admin.settings import set_day
from db.engine import utc_now
from db.models import Notice, Objection
from db.rules.workdays import is_workday
from db.rules.zone import CHINA
from db.terms import NoticeState, ObjectionState, Role
from tests.builders.council import OBJECTION, a_notice, an_objection
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, press, words
from tests.support.statements import Statements

PAGE = "council/notices.py"


def test_an_objection_that_changes_the_plan_shows_both_versions(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = a_notice(small_world)
    objection = an_objection(small_world, notice)
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(notice))
    form = f"handle_objection.{objection}"

    app.segmented_control(key=f"{form}.result").set_value(ObjectionState.CHANGED)
    app.text_area(key=f"{form}.answer").input("按您的意见改")
    app.button(key=f"{form}.submit").click().run()
    unchanged = words(app)
    app.text_area(key=f"{form}.plan").input("先装1幢，夜里调暗")
    app.button(key=f"{form}.submit").click().run()

    assert not app.exception
    assert "方案和现在的一样" in unchanged
    assert row(small_world, Objection, objection).plan_after == "先装1幢，夜里调暗"
    assert row(small_world, Notice, notice).state.value == "running"
    assert "方案版本" in words(app)
    assert "方案修改如下：\n先装1幢，夜里调暗" in words(app)


def test_the_objector_is_shown_once_after_a_reason_and_masked_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = a_notice(small_world)
    an_objection(small_world, notice)
    app = open_app(monkeypatch, small_world.worker.id, PAGE, id=str(notice))

    app.button(key="see_objector.submit").click().run()
    without_reason = words(app)
    app.text_input(key="see_objector.reason").input("电话回复异议")
    app.button(key="see_objector.submit").click().run()
    clear = words(app)
    app.run()

    assert OBJECTION["contact"] not in without_reason
    assert OBJECTION["objector"] in clear
    assert OBJECTION["contact"] in clear
    assert OBJECTION["contact"] not in words(app)


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN])
def test_who_may_not_unmask_gets_no_such_button(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    notice = a_notice(small_world)
    an_objection(small_world, notice)

    app = open_app(monkeypatch, small_world[role].id, PAGE, id=str(notice))

    assert not app.exception
    assert "see_objector.submit" not in {str(button.key) for button in app.button}


def test_a_notice_with_objections_keeps_its_budget(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = a_notice(small_world)
    for _time in range(5):
        an_objection(small_world, notice)

    with Statements() as counted:
        app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(notice))

    assert not app.exception
    assert counted.n <= 15, counted.texts


def test_a_notice_is_corrected_on_the_page_and_says_what_changed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = a_notice(small_world, now=utc_now())
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(notice))
    form = f"correct_notice.{notice}.1"

    app.text_area(key=f"{form}.body").input("更换 1 至 6 幢感应灯，现予公示。")
    app = press(app, f"{form}.submit")
    assert "请填写这一项。" in words(app)
    app.text_input(key=f"{form}.reason").input("漏了楼号")
    app = press(app, f"{form}.submit")

    assert not app.exception
    assert row(small_world, Notice, notice).body == "更换 1 至 6 幢感应灯，现予公示。"
    assert "更正了正文，原因：漏了楼号。公示期从这一天重新计算。" in words(app)
    assert "更正前的公示" in words(app)


def test_a_notice_is_withdrawn_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = a_notice(small_world, now=utc_now())
    app = open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(notice))

    app.text_input(key=f"withdraw_notice.{notice}.reason").input("张贴错了小区")
    app = press(app, f"withdraw_notice.{notice}.submit")

    assert "公示已撤回：张贴错了小区" in words(app)
    assert row(small_world, Notice, notice).state is NoticeState.WITHDRAWN


def test_a_notice_whose_end_moved_says_so_and_asks_to_put_the_posted_one_right(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = utc_now().astimezone(CHINA).date()
    posted = a_notice(small_world, working_days=10, now=utc_now())
    off = next(day for n in range(1, 9) if is_workday(day := today + timedelta(days=n), {})[0])
    do(small_world[Role.SUBDISTRICT_ADMIN], set_day, on=off, workday=False, note="", now=utc_now())

    said = words(open_app(monkeypatch, small_world.secretary.id, PAGE, id=str(posted)))

    assert "定为休息，期限由" in said
    assert "请在张贴的地方更正" in said
    assert "还有 10 个工作日" in said
