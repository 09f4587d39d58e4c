import pytest

from db.actions.projects.defence import add_entry, add_judge, give_sheet, plan_defence
from db.engine import reading
from db.queries.projects.defence import DefenceFacts, defence_of
from db.terms import ProjectKind, Role
from tests.builders.projects import a_project
from tests.builders.world import TODAY, World, do
from tests.support.signed_in import open_app, words

DEFENCE = "projects/defence.py"
EACH = ("background", "course", "results", "delivery")


def seen(world: World) -> DefenceFacts | None:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        return defence_of(session, TODAY.year)


def planned(world: World) -> tuple[int, int, int]:
    """A defence with one project and the worker as its judge: their ids."""
    admin = world[Role.SUBDISTRICT_ADMIN]
    project = a_project(world, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
    defence = do(admin, plan_defence, year=TODAY.year, on=TODAY, place="三楼会议室", minutes=5)
    entry = do(admin, add_entry, defence_id=defence, project_id=project)
    return defence, entry, do(admin, add_judge, defence_id=defence, account_id=world.worker.id)


def test_the_subdistrict_plans_the_year(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    app = open_app(monkeypatch, admin.id, DEFENCE, year=str(TODAY.year))
    assert "这一年还没有安排答辩" in words(app)

    app.text_input(key=f"plan_defence.{TODAY.year}.place").set_value("三楼会议室")
    app.button(key=f"plan_defence.{TODAY.year}.submit").click().run()

    assert not app.exception
    found = seen(small_world)
    assert found is not None
    assert (found.place, found.minutes) == ("三楼会议室", 5)


def test_a_judge_gives_the_sheet_and_sees_no_total(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    defence, entry, _judge = planned(small_world)
    admin = small_world[Role.SUBDISTRICT_ADMIN]
    for name, points in (("方教授", 17), ("倪主任", 18)):
        judge = do(admin, add_judge, defence_id=defence, outside_name=name)
        do(admin, give_sheet, entry_id=entry, judge_id=judge, remark="", **dict.fromkeys(EACH, points))
    app = open_app(monkeypatch, small_world.worker.id, DEFENCE, year=str(TODAY.year))

    for name in EACH:
        app.number_input(key=f"give_sheet.{defence}.{name}").set_value(19)
    app.button(key=f"give_sheet.{defence}.submit").click().run()

    assert not app.exception
    assert "平均分" not in words(app)
    found = seen(small_world)
    assert found is not None
    assert found.entries[0].outcome.judges == 3


def test_who_judges_nothing_reads_the_list_only(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    defence, _entry, _judge = planned(small_world)

    app = open_app(monkeypatch, small_world.secretary.id, DEFENCE, year=str(TODAY.year))

    assert not app.exception
    assert "三楼会议室" in words(app)
    keys = {button.key for button in app.button}
    assert not keys & {f"give_sheet.{defence}.submit", "close_defence"}
