"""The pages of complaints for each role: what is done from them, what is refused, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.complaints.complaints import record_contact
from db.actions.complaints.links import link_project, link_repeat
from db.engine import reading, reading_as_system
from db.models import Complaint, Mediation
from db.queries.complaints.page import repeats_while_typing
from db.terms import ComplaintState, MediationState, NeedSource, ResponsibleBody, Role, Satisfaction
from tests.builders.complaints import FUMES, a_complaint, agree, at_table, closed, handed_over, replied, seen, then
from tests.builders.projects import a_project
from tests.builders.world import NOW, TODAY, World, row
from tests.support.signed_in import open_app, words
from tests.support.statements import Statements

LEDGER, ONE, NEW, TREND = (f"complaints/{name}.py" for name in ("complaints", "complaint", "log", "trend"))
TIMES = "complaints/times.py"
PAGES = (LEDGER, ONE, NEW, TREND)


def element(app: Any, key: str) -> Any:
    """A button group (choice of a few) by its key."""
    return next(group for group in app.get("button_group") if group.key == key)


def choose(app: Any, key: str, value: Any) -> None:
    group = element(app, key)
    group.set_value([value] if isinstance(group.value, list) else value)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.TEAM_LEADER, Role.DISTRICT_VIEWER])
def test_who_has_nothing_to_do_with_complaints_sees_none(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    one = a_complaint(small_world)

    app = open_app(monkeypatch, small_world[role].id, path, id=str(one))

    assert not app.exception
    assert "油烟" not in words(app)


@pytest.mark.parametrize("path", [LEDGER, ONE, TREND])
@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_readers_find_no_form(small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role) -> None:
    one = a_complaint(small_world)

    app = open_app(monkeypatch, small_world[role].id, path, id=str(one))

    assert not app.exception
    assert not app.text_area
    assert not [button for button in app.button if button.key and button.key.endswith(".submit")]


def test_a_call_is_written_down_and_its_likely_repeat_linked(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_complaint(small_world)
    app = open_app(monkeypatch, small_world.worker.id, NEW)

    app.text_area(key="log_complaint.description").input("饭店晚上油烟太大，夏天开不了窗")
    choose(app, "log_complaint.category_id", small_world.categories[1])
    app.selectbox(key="log_complaint.place_id").select(small_world.place)
    app.text_input(key="log_complaint.asker_phone").input("13812345678")
    app.button(key="log_complaint.submit").click().run()

    assert not app.exception
    again = int(app.query_params["logged"])
    assert "0002" in words(app)
    assert "13812345678" not in words(app)
    app.button(key=f"link.{again}.{first}").click().run()
    assert row(small_world, Complaint, again).repeat_of_id == first


def test_a_form_pressed_twice_on_a_slow_screen_is_stored_once(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    told = []
    for said in (FUMES, FUMES, "楼上漏水"):  # the second is what a browser sends that has not heard of the first
        app.text_area(key="log_complaint.description").input(said)
        choose(app, "log_complaint.category_id", small_world.categories[1])
        app.selectbox(key="log_complaint.place_id").select(small_world.place)
        app.button(key="log_complaint.submit").click().run()
        assert not app.error
        told.append(any("没有再存" in toast.value for toast in app.toast))

    assert told == [False, True, False]
    with reading_as_system("test") as session:
        assert sorted(session.scalars(select(Complaint.description))) == sorted([FUMES, "楼上漏水"])


@pytest.mark.parametrize(
    ("field", "typed"),
    [("description", ""), ("asker_phone", "abc"), ("title", "长" * 61), ("source_number", "1" * 61)],
)
def test_what_was_typed_stays_when_a_field_is_wrong(
    small_world: World, monkeypatch: pytest.MonkeyPatch, field: str, typed: str
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    app.text_area(key="log_complaint.description").input(FUMES)
    app.text_input(key="log_complaint.asker_name").input("赵测试")
    choose(app, "log_complaint.category_id", small_world.categories[1])
    app.selectbox(key="log_complaint.place_id").select(small_world.place)
    kind = app.text_area if field == "description" else app.text_input
    kind(key=f"log_complaint.{field}").input(typed)

    app.button(key="log_complaint.submit").click().run()

    assert len(app.error) == 1
    assert "logged" not in app.query_params
    assert app.text_input(key="log_complaint.asker_name").value == "赵测试"
    assert app.selectbox(key="log_complaint.place_id").value == small_world.place


def test_one_is_handed_over_answered_revisited_and_closed_on_its_page(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_complaint(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))

    app.button(key=f"contact.{one}.submit").click().run()
    choose(app, f"hand_over.{one}.responsible", ResponsibleBody.PROPERTY_COMPANY)
    app.text_input(key=f"hand_over.{one}.name").input("某物业公司")
    app.button(key=f"hand_over.{one}.submit").click().run()
    assert row(small_world, Complaint, one).state is ComplaintState.HANDED_OVER
    app.text_area(key=f"reply.{one}.reply").input("已清运")
    app.button(key=f"reply.{one}.submit").click().run()
    choose(app, f"revisit.{one}.reached", True)
    choose(app, f"revisit.{one}.solved", True)
    choose(app, f"revisit.{one}.satisfaction", Satisfaction.SATISFIED)
    app.button(key=f"revisit.{one}.submit").click().run()

    assert not app.exception
    facts = seen(small_world, one)
    assert (facts.state, facts.responsible_name, facts.reply) == (ComplaintState.CLOSED, "某物业公司", "已清运")
    assert "已办结" in words(app)


def test_a_missing_name_is_told_at_its_field_and_the_rest_stays(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_complaint(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))

    choose(app, f"hand_over.{one}.responsible", ResponsibleBody.DEPARTMENT)
    app.text_area(key=f"hand_over.{one}.note").input("三日内到场")
    app.button(key=f"hand_over.{one}.submit").click().run()

    assert [error.value for error in app.error] == ["请填写这一项。"]
    assert app.text_area(key=f"hand_over.{one}.note").value == "三日内到场"
    assert row(small_world, Complaint, one).state is ComplaintState.REGISTERED


def test_a_revisit_without_answers_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = replied(small_world, a_complaint(small_world))
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))

    app.text_area(key=f"revisit.{one}.said").input("说好多了")
    app.button(key=f"revisit.{one}.submit").click().run()

    assert [error.value for error in app.error] == ["请填写这一项。"] * 3  # every question that is open, at once
    assert app.text_area(key=f"revisit.{one}.said").value == "说好多了"


def test_a_closed_one_is_taken_up_again(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = closed(small_world, a_complaint(small_world))
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))

    choose(app, f"complaint.way.{one}", "relapse")
    app.run()
    app.text_area(key=f"relapse.{one}.reason").input("又冒油烟")
    app.button(key=f"relapse.{one}.submit").click().run()

    assert seen(small_world, one).relapses == 1
    assert "反弹" in words(app)


def test_a_matter_of_many_goes_to_the_table(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = handed_over(small_world, a_complaint(small_world))
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))

    choose(app, f"complaint.way.{one}", "table")
    app.run()
    app.button(key=f"table.{one}.submit").click().run()

    dispute = row(small_world, Complaint, one).mediation_id
    assert row(small_world, Mediation, dispute).state is MediationState.REGISTERED
    there = open_app(monkeypatch, small_world.worker.id, "complaints/mediation.py", id=str(dispute))
    assert not there.exception
    assert "背后的投诉" in words(there)


@pytest.mark.parametrize("way", ["extend", "contact", "repeat", "table", "project", "need", "hand_on", "void"])
def test_every_other_way_opens_its_form(small_world: World, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    a_project(small_world)
    a_complaint(small_world)
    one = handed_over(small_world, a_complaint(small_world))
    then(small_world, record_contact, one, said="")
    app = open_app(monkeypatch, small_world.secretary.id, ONE, id=str(one))
    before = {button.key for button in app.button}

    choose(app, f"complaint.way.{one}", way)
    app.run()

    assert not app.exception
    assert {button.key for button in app.button} - before


def test_a_worker_finds_no_way_to_void(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_complaint(small_world)

    for actor, may in ((small_world.worker, False), (small_world.secretary, True)):
        app = open_app(monkeypatch, actor.id, ONE, id=str(one))
        assert ("作废" in str(element(app, f"complaint.way.{one}").options)) is may


def test_the_original_is_shown_once_after_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_complaint(small_world, asker_name="赵测试", asker_phone="13812345678")
    app = open_app(monkeypatch, small_world.worker.id, ONE, id=str(one))
    assert "13812345678" not in words(app)

    app.text_input(key=f"unmask.{one}.reason").input("回电")
    app.button(key=f"unmask.{one}.submit").click().run()
    assert "13812345678" in words(app)
    app.run()

    assert "13812345678" not in words(app)


def test_a_complaint_that_is_not_there_is_told(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in ({}, {"id": "999"}, {"id": "nonsense"}):
        app = open_app(monkeypatch, small_world.secretary.id, ONE, **query)

        assert not app.exception
        assert "没有找到" in words(app) or "请先从投诉台账" in words(app)


def test_the_ledger_holds_view_and_filters_in_its_address(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = handed_over(small_world, a_complaint(small_world, source=NeedSource.HOTLINE, source_number="RX77"))
    a_complaint(small_world, "电梯坏了", category_id=small_world.categories[5])
    app = open_app(
        monkeypatch, small_world.secretary.id, LEDGER, view="all", body="department", q="RX77", state="handed_over"
    )

    assert not app.exception
    assert app.selectbox(key="filter.body").value is ResponsibleBody.DEPARTMENT
    assert app.query_params["view"] == "all"
    assert row(small_world, Complaint, one).state is ComplaintState.HANDED_OVER
    for nonsense in ({"view": "x"}, {"state": "x"}, {"place": "x"}, {"before": "x"}):
        assert not open_app(monkeypatch, small_world.secretary.id, LEDGER, **nonsense).exception


def test_the_trend_opens_around_the_project_of_the_address(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = open_app(monkeypatch, small_world.secretary.id, TREND)
    assert "还没有登记过投诉" in words(empty)
    a_project(small_world, "别的项目")
    project = a_project(small_world, "油烟整改", starts_on=TODAY - timedelta(days=5))
    first, again = a_complaint(small_world), a_complaint(small_world)
    then(small_world, link_repeat, again, first_id=first)
    then(small_world, link_project, first, project_id=project)

    app = open_app(monkeypatch, small_world.secretary.id, TREND, project=str(project))

    assert not app.exception
    assert app.selectbox(key="trend.moment").value == f"project-{project}"
    assert app.selectbox(key=f"trend.place.project-{project}").value == small_world.place
    for nonsense in ({"project": "x"}, {"mediation": "9"}, {"month": "x"}, {"place": "77"}):
        assert not open_app(monkeypatch, small_world.secretary.id, TREND, **nonsense).exception


def test_the_page_of_a_mediation_lists_the_checks_that_are_due(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(small_world, at_table(small_world, a_complaint(small_world)), "烟道改造")
    monkeypatch.setattr("db.engine.utc_now", lambda: NOW + timedelta(days=25))

    app = open_app(monkeypatch, small_world.secretary.id, "complaints/mediation.py")

    assert not app.exception
    assert "到期待复查" in words(app)


# --- what a call may repeat, while it is typed --------------------------------------------------------------


def test_a_known_complaint_comes_up_while_typing_and_one_tap_logs_the_repeat(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_complaint(small_world)
    a_complaint(small_world, "电梯坏了一个星期没人修", category_id=small_world.categories[5])
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    assert "以前投诉过" not in words(app)

    app.text_area(key="log_complaint.description").input("饭店油烟太大").run()

    taps = [button.key for button in app.button if button.key and button.key.startswith("log_complaint.repeat.")]
    assert taps == [f"log_complaint.repeat.{first}"]
    assert "电梯" not in words(app)
    choose(app, "log_complaint.source", NeedSource.HOTLINE)
    app.text_input(key="log_complaint.asker_phone").input("13812345678")
    app.button(key=taps[0]).click().run()
    assert not app.exception
    made = row(small_world, Complaint, int(app.query_params["logged"]))
    assert (made.repeat_of_id, made.source, made.asker_phone) == (first, NeedSource.HOTLINE, "13812345678")
    assert app.text_area(key="log_complaint.description").value == ""
    assert "以前投诉过" not in words(app)


def test_the_words_of_a_known_complaint_show_no_number_while_typing(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_complaint(small_world, FUMES + "，打我电话13812345678")
    app = open_app(monkeypatch, small_world.worker.id, NEW)

    app.text_area(key="log_complaint.description").input(FUMES).run()

    assert "以前投诉过" in words(app)
    assert "13812345678" not in words(app)


def test_what_may_be_repeated_costs_one_statement(small_world: World) -> None:
    for _ in range(5):
        a_complaint(small_world)

    with reading(small_world.worker) as session:
        session.execute(select(1))  # The first statement opens the transaction.
        with Statements() as counted:
            found = repeats_while_typing(session, small_world.here, words=FUMES, today=TODAY)

    assert len(found) == 3
    assert counted.n == 1


def test_of_two_alike_the_one_in_hand_comes_first(small_world: World) -> None:
    closed(small_world, a_complaint(small_world))
    still = a_complaint(small_world)

    with reading(small_world.worker) as session:
        found = repeats_while_typing(session, small_world.here, words=FUMES, today=TODAY)

    assert found[0].id == still


# --- due times ----------------------------------------------------------------------------------------------


def test_the_subdistrict_sets_due_times_and_the_desk_is_told_them(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, TIMES)
    assert app.number_input(key="complaint_times.own_days").value == 7

    app.number_input(key="complaint_times.own_days").set_value(6)
    app.button(key="complaint_times.submit").click().run()

    assert not app.exception
    assert app.number_input(key="complaint_times.own_days").value == 6
    desk = open_app(monkeypatch, small_world.worker.id, NEW)
    assert "6 个工作日办完" in str(element(desk, "log_complaint.urgency").help)


def test_urgent_that_is_slower_than_ordinary_is_told_at_its_field(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, TIMES)

    app.number_input(key="complaint_times.urgent_days").set_value(9)
    app.button(key="complaint_times.submit").click().run()

    assert [error.value for error in app.error] == ["请填写 0 到 5 之间的数。"]
    assert app.number_input(key="complaint_times.urgent_days").value == 9


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER, Role.AUDITOR])
def test_nobody_else_sets_due_times(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, TIMES)

    assert "这一页不对您的角色开放" in words(app)


def test_a_complaint_does_not_say_its_title_twice(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = a_complaint(small_world, "楼下油烟直排。")

    app = open_app(monkeypatch, small_world[Role.SECRETARY].id, ONE, id=str(one))

    assert words(app).count("楼下油烟直排") == 1


def test_a_month_of_the_trend_is_said_in_words(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    a_complaint(small_world)

    app = open_app(monkeypatch, small_world[Role.SECRETARY].id, TREND, month=f"{TODAY.replace(day=1)}")

    assert f"{TODAY.year}年{TODAY.month}月的投诉" in [one.value for one in app.header]
