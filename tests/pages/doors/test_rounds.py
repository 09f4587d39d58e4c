"""The round on a phone and the rhythms at the desk, as their people see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components import acting, held_words
from components.wording.dates import today
from db.actions.needs.needs import log_need
from db.engine import as_system, carry_out, reading_as_system, utc_now
from db.models import Household, Need, Patch, Visit, VisitRhythm
from db.rules.permissions import Actor
from db.terms import HouseholdKind, Reach, Role, VisitOutcome
from tests.builders.doors import a_door
from tests.builders.needs import a_need
from tests.builders.world import World, another_actor
from tests.support.signed_in import open_app, words

ROUNDS, RHYTHMS, VISIT = "doors/rounds.py", "doors/rhythms.py", "doors/visit.py"


def due_door(world: World, room: str, **more: Any) -> int:
    return a_door(world, "3幢", "1单元", room, **({"due_on": today(utc_now())} | more))


def visits() -> list[tuple[int | None, VisitOutcome]]:
    with reading_as_system("test") as session:
        rows = session.execute(select(Visit.household_id, Visit.outcome).order_by(Visit.id))
        return [(row.household_id, row.outcome) for row in rows]


def needs() -> list[Need]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(Need).order_by(Need.id)))


def tap(app: AppTest, name: str) -> AppTest:
    app.button(key=name).click().run()
    assert not app.exception
    return app


def fill(app: AppTest, told: str, world: World) -> str:
    name = next(b.key for b in app.button if b.key and b.key.endswith(".submit")).removesuffix(".submit")
    app.text_area(key=f"{name}.description").set_value(told)
    app.segmented_control(key=f"{name}.category_id").set_value(world.categories[5])
    app.segmented_control(key=f"{name}.reach").set_value(Reach.STAIRWELL)
    app.number_input(key=f"{name}.people").set_value(12)
    return name


def test_a_shut_door_is_one_tap_and_the_next_door_is_in_hand(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = due_door(small_world, "101"), due_door(small_world, "102")
    app = open_app(monkeypatch, small_world.worker.id, ROUNDS)
    assert "## 101" in words(app)

    tap(app, f"rounds.not_in.{first}")

    assert visits() == [(first, VisitOutcome.NOT_IN)]
    assert "## 102" in words(app)
    assert any(button.key == f"rounds.met.{second}" for button in app.button)


def test_who_was_met_without_a_need_is_two_taps(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = due_door(small_world, "101")
    due_door(small_world, "102")
    app = open_app(monkeypatch, small_world.worker.id, ROUNDS)

    tap(app, f"rounds.met.{first}")
    tap(app, "rounds.none")

    assert visits() == [(first, VisitOutcome.MET)]
    assert "## 102" in words(app)


def test_a_need_is_written_in_place_and_its_category_begins_the_next(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = due_door(small_world, "101"), due_door(small_world, "102")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")

    tap(app, f"{fill(app, '楼道灯坏了半个月，晚上看不见', small_world)}.submit")

    stored = needs()
    assert [(one.household_id, one.building, one.people) for one in stored] == [(first, "3幢", 12)]
    assert stored[0].visit_id is not None
    tap(tap(app, "rounds.none"), f"rounds.phone.{second}")
    category = next(c for c in app.segmented_control if c.key and c.key.endswith("category_id"))
    assert category.value == small_world.categories[5]


def test_a_wrong_tap_is_taken_back_and_its_door_is_in_hand_again(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    due_door(small_world, "102")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.not_in.{first}")

    tap(app, next(b.key for b in app.button if b.key and b.key.startswith("rounds.undo.")))

    assert visits() == []
    assert "## 101" in words(app)


def test_bad_input_at_the_door_loses_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name = fill(app, "灯" * 1001, small_world)

    app.button(key=f"{name}.submit").click().run()

    assert not app.exception
    assert [error.value for error in app.error] == ["太长了：最多 1000 个字，现在 1001 个字。"]
    assert app.text_area(key=f"{name}.description").value == "灯" * 1001
    assert app.number_input(key=f"{name}.people").value == 12
    assert app.segmented_control(key=f"{name}.reach").value == Reach.STAIRWELL
    assert needs() == []


def test_a_known_need_comes_up_and_one_tap_adds_the_voice(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = a_need(small_world, building="3幢", logged_at=utc_now() - timedelta(days=2))
    first = due_door(small_world, "101")
    due_door(small_world, "102")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name = next(b.key for b in app.button if b.key and b.key.endswith(".submit")).removesuffix(".submit")

    app.text_area(key=f"{name}.description").set_value("楼道灯坏脱了，夜到看不见").run()
    assert "同一楼栋" in words(app)
    tap(app, f"{name}.voice.{lamp}")

    lead, voice = needs()
    assert (lead.voices, voice.merged_into_id, voice.household_id) == (2, lamp, first)
    assert voice.description == "楼道灯坏脱了，夜到看不见"
    assert "## 102" in words(app)


def test_the_visit_page_hears_the_words_too(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = a_need(small_world, building="3幢", logged_at=utc_now() - timedelta(days=2))
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    visit = app.query_params["visit"][0]
    app = open_app(monkeypatch, small_world.worker.id, VISIT, visit=visit)

    app.text_area(key=f"log_need.{visit}.description").set_value("楼道的灯不亮").run()
    tap(app, f"log_need.{visit}.voice.{lamp}")

    assert [one.voices for one in needs()] == [2, 1]
    assert app.text_area(key=f"log_need.{visit}.description").value == ""


def test_words_that_came_in_otherwise_are_compared_without_counting_anybody(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp = a_need(small_world, logged_at=utc_now() - timedelta(days=2))
    app = open_app(monkeypatch, small_world.worker.id, VISIT)
    app.segmented_control(key="visit.way").set_value("来访、来电等").run()

    app.text_area(key="log_need.other.description").set_value("楼道灯坏了半个月").run()

    assert f"/need?id={lamp}" in words(app)
    assert not any(button.key == f"log_need.other.voice.{lamp}" for button in app.button)


def test_two_shut_doors_advise_the_evening_and_the_evening_has_its_own_round(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_door(small_world, "101", tries=2, door_note="晚七点后在家")
    due_door(small_world, "102")
    app = open_app(monkeypatch, small_world.worker.id, ROUNDS)
    assert "晚七点再敲" in words(app)
    assert "晚七点后在家" in words(app)

    app.segmented_control(key="rounds.round").set_value("evening").run()

    assert not app.exception
    assert "还有 1 户该走" in words(app)


def test_a_restricted_door_goes_by_its_alias_to_named_staff_only(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_door(small_world, "101", restricted=True, alias="晨星01号", kind=HouseholdKind.KEY)
    due_door(small_world, "102", due_on=today(utc_now()) + timedelta(days=9))
    named = another_actor(small_world, Role.AREA_WORKER, "named", sees_restricted=True)

    others = words(open_app(monkeypatch, small_world.worker.id, ROUNDS))
    by_named = words(open_app(monkeypatch, named.id, ROUNDS))

    assert "晨星01号" not in others
    assert "该走的门都走到了" in others
    assert "## 晨星01号" in by_named
    assert "101" not in by_named


@pytest.mark.parametrize(
    "address",
    [{"id": "999999"}, {"id": "x"}, {"stop": "1|没有"}, {"stop": "x|y|z"}, {"visit": "999999"}, {"round": "nonsense"}],
)
def test_a_wrong_address_is_no_dead_end(
    small_world: World, monkeypatch: pytest.MonkeyPatch, address: dict[str, str]
) -> None:
    due_door(small_world, "101")

    app = open_app(monkeypatch, small_world.worker.id, ROUNDS, **address)

    assert not app.exception
    assert "## 101" in words(app)


def test_a_hidden_doors_address_shows_nothing_of_it(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = due_door(small_world, "901", restricted=True, alias="晨星01号")

    app = open_app(monkeypatch, small_world.worker.id, ROUNDS, id=str(hidden))

    assert not app.exception
    assert "901" not in words(app)
    assert not any(button.key == f"rounds.met.{hidden}" for button in app.button)


def test_the_secretary_gives_out_buildings_here(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    due_door(small_world, "101")
    app = open_app(monkeypatch, small_world.secretary.id, ROUNDS)
    name = f"patch.{small_world.worker.id}"

    app.multiselect(key=f"{name}.parts").set_value([(small_world.place, "3幢")])
    tap(app, f"{name}.submit")

    with reading_as_system("test") as session:
        assert session.execute(select(Patch.account_id, Patch.building)).all() == [(small_world.worker.id, "3幢")]


def test_a_worker_gives_out_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, ROUNDS)

    assert not app.multiselect
    assert "还没有给您划片区" in words(app)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARY, Role.AREA_WORKER, Role.DISPLAY}))
def test_others_are_told_who_walks_the_round(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    due_door(small_world, "101")

    app = open_app(monkeypatch, small_world[role].id, ROUNDS)

    assert "这一页不对您的角色开放" in words(app)
    assert "101" not in words(app)


# --- rhythms ----------------------------------------------------------------------------------------


def test_the_subdistrict_sets_a_rhythm_and_the_doors_move(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today(utc_now())
    door = due_door(small_world, "101", kind=HouseholdKind.KEY, met_on=day - timedelta(days=3))
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, RHYTHMS)
    assert [app.number_input(key=f"rhythms.{kind}").value for kind in HouseholdKind] == [182, 30, 7]

    app.number_input(key="rhythms.key").set_value(10)
    tap(app, "rhythms.submit")

    with reading_as_system("test") as session:
        assert session.get_one(Household, door).due_on == day + timedelta(days=7)
        assert session.execute(select(VisitRhythm.kind, VisitRhythm.days)).all() == [(HouseholdKind.KEY, 10)]
    assert app.number_input(key="rhythms.key").value == 10


def test_saving_the_norms_stores_nothing_and_moves_nobody(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no widget can send (0, 731, nothing) is refused by the action: tests/actions/doors/test_rounds.py."""
    day = today(utc_now())
    door = due_door(small_world, "101", met_on=day - timedelta(days=182))
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, RHYTHMS)

    tap(app, "rhythms.submit")

    with reading_as_system("test") as session:
        assert session.execute(select(func.count()).select_from(VisitRhythm)).scalar_one() == 0
        assert session.get_one(Household, door).due_on == day


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER, Role.AUDITOR])
def test_nobody_else_sets_rhythms(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    app = open_app(monkeypatch, small_world[role].id, RHYTHMS)

    assert "这一页不对您的角色开放" in words(app)
    assert not app.number_input


def test_words_that_are_being_typed_come_back_when_the_page_is_loaded_anew(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    visit = app.query_params["visit"][0]
    field = f"log_need.{visit}.description"
    app.text_area(key=field).set_value("楼道灯坏了半个月").run()

    again = open_app(monkeypatch, small_world.worker.id, ROUNDS, visit=visit)
    others = open_app(monkeypatch, small_world.secretary.id, ROUNDS, visit=visit)

    assert again.text_area(key=field).value == "楼道灯坏了半个月"
    assert others.text_area(key=field).value == ""


def test_words_that_were_stored_do_not_come_back(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    visit = app.query_params["visit"][0]
    name = fill(app, "楼道灯坏了半个月", small_world)
    tap(app, f"{name}.submit")

    again = open_app(monkeypatch, small_world.worker.id, ROUNDS, visit=visit)

    assert len(needs()) == 1
    assert again.text_area(key=f"log_need.{visit}.description").value == ""


def test_after_two_hours_nothing_is_held_any_more(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    visit = app.query_params["visit"][0]
    app.text_area(key=f"log_need.{visit}.description").set_value("楼道灯坏了半个月").run()

    monkeypatch.setattr(held_words, "LIFE", timedelta(0))
    again = open_app(monkeypatch, small_world.worker.id, ROUNDS, visit=visit)

    assert again.text_area(key=f"log_need.{visit}.description").value == ""


def kinds_in_order(app: AppTest) -> list[str]:
    """Keys of lists and words of errors, from the top of the page down."""
    found: list[str] = []

    def walk(block: Any) -> None:
        for child in block.children.values():
            if hasattr(child, "children"):
                walk(child)
            if child.type == "error":
                found.append("error")
            elif getattr(child, "key", None):
                found.append(str(child.key))

    walk(app.main)
    return found


def test_a_visit_without_a_door_is_told_right_where_the_door_is_chosen(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(monkeypatch, small_world.worker.id, VISIT)

    order = kinds_in_order(tap(app, "visit.submit"))

    assert order[order.index("door.room") + 1] == "error"
    assert order.count("error") == 1
    assert visits() == []


def test_the_secretary_has_no_round_of_the_own_and_begins_with_the_whole_community(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secretary = open_app(monkeypatch, small_world.secretary.id, ROUNDS)
    worker = open_app(monkeypatch, small_world.worker.id, ROUNDS)

    assert secretary.segmented_control(key="rounds.round").options == ["全社区", "晚上再敲"]
    assert worker.segmented_control(key="rounds.round").options == ["我的片区", "全社区", "晚上再敲"]


def test_a_day_of_another_year_says_so(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = today(utc_now()).replace(month=1, day=5) - timedelta(days=30)
    due_door(small_world, "101", met_on=long_ago)

    app = open_app(monkeypatch, small_world.worker.id, ROUNDS)

    assert f"上次见到 {long_ago.year}年12月6日" in words(app)


def test_a_need_that_is_sent_is_stored_before_the_page_is_drawn_and_the_page_is_drawn_once(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name = fill(app, "楼道灯坏了半个月，晚上看不见", small_world)
    monkeypatch.setattr("streamlit.rerun", lambda **_: pytest.fail("the page is drawn a second time"))

    tap(app, f"{name}.submit")

    assert [toast.value.replace("\\", "") for toast in app.toast] == [f"已记下 {needs()[0].number}"]
    assert "刚登记的需求：打开查看" in words(app)
    assert app.text_area(key=f"{name}.description").value == ""
    assert app.number_input(key=f"{name}.people").value is None
    assert not app.error


def test_a_second_tap_before_the_emptied_form_was_seen_does_nothing(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name = fill(app, "楼道灯坏了半个月，晚上看不见", small_world)
    app.session_state[f"_empty.{name}"] = True  # as the run leaves it that the second tap broke off

    tap(app, f"{name}.submit")

    assert needs() == []
    assert not app.error
    assert app.text_area(key=f"{name}.description").value == ""


def test_what_is_refused_was_tried_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name, tried = fill(app, "灯" * 1001, small_world), list[object]()

    def counting(actor: Actor, key: str, act: Callable[..., Any], /, **values: Any) -> Any:
        tried.append(act)
        return carry_out(actor, key, act, **values)

    monkeypatch.setattr(acting, "carry_out", counting)

    tap(app, f"{name}.submit")
    assert len(app.error) == 1
    app.text_area(key=f"{name}.description").set_value("楼道灯坏了")
    tap(app, f"{name}.submit")

    assert tried == [log_need, log_need]
    assert [one.description for one in needs()] == ["楼道灯坏了"]
    assert not app.error


def taken_back(visit_id: int) -> None:
    with as_system("test") as session:
        session.delete(session.get_one(Visit, visit_id))


def test_a_need_whose_visit_was_taken_back_elsewhere_is_said_not_swallowed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    app = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}")
    name = fill(app, "楼道灯坏了半个月", small_world)
    taken_back(int(app.query_params["visit"][0]))

    tap(app, f"{name}.submit")

    assert needs() == []
    assert "没有找到这条记录" in words(app)


def test_after_a_visit_was_taken_back_elsewhere_a_need_is_still_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = due_door(small_world, "101")
    visit = tap(open_app(monkeypatch, small_world.worker.id, ROUNDS), f"rounds.met.{first}").query_params["visit"][0]
    taken_back(int(visit))
    app = open_app(monkeypatch, small_world.worker.id, VISIT, visit=visit)
    app.segmented_control(key="visit.way").set_value("来访、来电等").run()
    name = fill(app, "楼道灯坏了半个月", small_world)
    app.selectbox(key=f"{name}.place_id").set_value(small_world.place)

    tap(app, f"{name}.submit")

    assert [one.description for one in needs()] == ["楼道灯坏了半个月"]
