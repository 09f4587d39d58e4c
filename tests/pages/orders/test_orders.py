"""The order service on its pages: who may, what comes next, and a volunteer who sees nothing of anybody else."""

from typing import Any

import pytest
from sqlalchemy import select

from components.orders import code
from components.wording import safe
from db.actions.orders.orders import cancel_order
from db.actions.orders.service import confirm_by_call, start_service
from db.engine import as_system, reading, utc_now
from db.errors import Busy
from db.models import AuditEntry, Export, HoursClaim, Order, OrderOffer
from db.terms import AssignmentState, NeedStage, OrderState, Role, Satisfaction
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.orders import a_code, a_helper, a_service, accepted, an_order, another_code, offered, rated, served
from tests.builders.people import a_person, household_of
from tests.builders.world import World, do, row
from tests.support.handed import Handed, word_text
from tests.support.signed_in import open_app, words

DESK, ORDER, NEW = "orders/orders.py", "orders/order.py", "orders/new.py"
MINE, SERIES, CATALOGUE = "orders/mine.py", "orders/series.py", "orders/catalogue.py"
NEED = "needs/need.py"
CLOSED = "这一页不对您的角色开放"


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (DESK, Role.VOLUNTEER), (ORDER, Role.COUNCIL_MEMBER), (NEW, Role.AUDITOR), (MINE, Role.SECRETARY),
        (SERIES, Role.TEAM_LEADER), (CATALOGUE, Role.SECRETARY),
    ],
)  # fmt: skip
def test_a_page_stays_closed_for_other_roles(
    small_world: World, monkeypatch: pytest.MonkeyPatch, path: str, role: Role
) -> None:
    assert CLOSED in words(open_app(monkeypatch, small_world[role].id, path))


def test_a_reader_sees_an_order_and_can_press_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order = an_order(small_world)
    app = open_app(monkeypatch, small_world[Role.AUDITOR].id, ORDER, id=str(order))

    assert not app.exception
    assert [one.key for one in app.button if not str(one.key).startswith("foot.")] == []
    assert "王秀兰" not in words(app)


def test_the_suggested_helper_is_asked_with_one_press(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, (_actor, volunteer) = an_order(small_world), a_helper(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))

    app.button(key=f"offer.{order}.submit").click().run()

    assert not app.exception
    assert row(small_world, Order, order).state is OrderState.OFFERED
    assert row(small_world, OrderOffer, 1).volunteer_id == volunteer
    assert "等志愿者接单" in words(app)


def test_a_code_is_shown_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order = an_order(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))

    app.button(key="order.code").click().run()
    shown = [element.value for element in app.metric]
    app.run()

    assert len(shown[0].replace(" ", "")) == 6
    assert not app.metric


def test_an_order_is_taken_on_one_screen_and_its_code_read_out(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_service(small_world)
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    app.selectbox(key="door.place").select_index(0).run()
    app.selectbox(key="place_order.new.service_id").set_value(service)
    app.text_input(key="place_order.new.asker_phone").input("13800001111")
    app.button(key="place_order.new.submit").click().run()

    assert not app.exception
    placed = row(small_world, Order, 1)
    assert (placed.state, placed.code_hash is not None) == (OrderState.TAKEN, True)
    assert len(app.metric) == 1


def test_an_order_whose_code_could_not_be_drawn_is_taken_all_the_same(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_session: object, *, order_id: int) -> str:
        raise Busy()

    monkeypatch.setattr(code, "give_code", busy)
    service = a_service(small_world)
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    app.selectbox(key="door.place").select_index(0).run()
    app.selectbox(key="place_order.new.service_id").set_value(service)
    app.text_input(key="place_order.new.asker_phone").input("13800001111")
    app.button(key="place_order.new.submit").click().run()

    assert not app.exception
    assert row(small_world, Order, 1).code_hash is None
    assert safe(row(small_world, Order, 1).number) in app.success[0].value
    assert not app.metric


def test_a_wrong_number_is_told_at_its_field_and_nothing_typed_is_lost(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_service(small_world)
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    app.selectbox(key="door.place").select_index(0).run()
    app.selectbox(key="place_order.new.service_id").set_value(service)
    app.text_input(key="place_order.new.asker_name").input("王秀兰")
    app.text_input(key="place_order.new.asker_phone").input("没有")
    app.button(key="place_order.new.submit").click().run()

    assert "认不出电话号码" in words(app)
    assert app.text_input(key="place_order.new.asker_name").value == "王秀兰"
    assert app.selectbox(key="place_order.new.service_id").value == service


def test_a_need_gets_its_order_from_its_own_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    service = a_service(small_world)
    need = a_need(small_world, stage=NeedStage.ORDERED, household_id=a_household(small_world))
    app = open_app(monkeypatch, small_world.worker.id, NEW, need=str(need))
    app.selectbox(key=f"place_order.{need}.service_id").set_value(service)
    app.button(key=f"place_order.{need}.submit").click().run()

    assert not app.exception
    assert row(small_world, Order, 1).need_id == need


def test_an_order_for_a_caller_is_found_by_the_whole_name(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    service, person = a_service(small_world), a_person(small_world, "甄试验", phone="13800001111")
    app = open_app(monkeypatch, small_world.worker.id, NEW)
    app.text_input(key="caller.words").input("甄试").run()
    assert "没有找到" in words(app)
    app.text_input(key="caller.words").input("甄试验").run()
    assert "13800001111" not in words(app)
    app.button(key=f"caller.{person}").click().run()
    app.selectbox(key=f"place_order.{person}.service_id").set_value(service)
    app.button(key=f"place_order.{person}.submit").click().run()

    assert not app.exception
    placed = row(small_world, Order, 1)
    assert (placed.household_id, placed.asker_name) == (household_of(person), "甄试验")
    assert app.text_input(key="caller.words").value == ""


def links(app: Any) -> str:
    return " ".join(one.proto.label for one in app.get("page_link"))


def test_a_need_with_a_running_order_leads_to_it_and_asks_for_no_second(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = a_need(small_world, stage=NeedStage.ORDERED, household_id=a_household(small_world))
    service = a_service(small_world)
    before = links(open_app(monkeypatch, small_world.worker.id, NEED, id=str(need)))
    an_order(small_world, service, place_id=None, building="", stairwell="", room="", need_id=need)
    after = links(open_app(monkeypatch, small_world.worker.id, NEED, id=str(need)))

    assert "下订单，派志愿者" in before
    assert "下订单，派志愿者" not in after
    assert "订单 LL" in after


def test_a_volunteer_says_yes_and_only_then_finds_the_door(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, (actor, volunteer) = an_order(small_world, room="909"), a_helper(small_world)
    offer = offered(small_world, order, volunteer)
    app = open_app(monkeypatch, actor.id, MINE)
    assert "909" not in words(app)
    assert "王" not in words(app)

    app.button(key=f"mine.yes.{offer}").click().run()

    assert not app.exception
    assert "1幢1单元909" in words(app)
    assert "13800001111" not in words(app)


def test_a_cancelled_turn_is_called_off_on_the_volunteers_phone(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    accepted(small_world, order, helper)
    assert "不用去了" not in words(open_app(monkeypatch, helper[0].id, MINE))
    version = row(small_world, Order, order).version
    do(small_world.worker, cancel_order, order_id=order, version=version, reason="居民住院", now=utc_now())

    said = words(open_app(monkeypatch, helper[0].id, MINE))
    assert "居民住院" in said


def test_who_presses_what_another_has_done_is_told_and_keeps_the_words(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = an_order(small_world)
    served(small_world, order, a_helper(small_world))
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))
    app.text_area(key=f"heard.{order}.said").input("菜很新鲜")
    app.button_group(key=f"heard.{order}.rating").set_value(Satisfaction.SATISFIED)
    do(small_world.worker, confirm_by_call, order_id=order, rating=Satisfaction.SATISFIED, said="")

    app.button(key=f"heard.{order}.submit").click().run()

    (told,) = (toast.value for toast in app.toast)
    assert "这一步没有办" in told
    assert "菜很新鲜" in told
    assert Satisfaction.SATISFIED not in told
    app.run()
    assert not app.toast


def test_declining_without_a_reason_is_told_and_a_tap_is_a_reason(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, (actor, volunteer) = an_order(small_world), a_helper(small_world)
    offer = offered(small_world, order, volunteer)
    app = open_app(monkeypatch, actor.id, MINE)

    app.button(key=f"mine.decline.{offer}.submit").click().run()
    assert app.error
    app.button_group(key=f"mine.decline.{offer}.quick").set_value("路太远")
    app.button(key=f"mine.decline.{offer}.submit").click().run()

    assert row(small_world, OrderOffer, offer).state is AssignmentState.DECLINED
    assert row(small_world, Order, order).state is OrderState.TAKEN


def test_a_volunteer_never_sees_anothers_order(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, helper = an_order(small_world, note="要两斤青菜"), a_helper(small_world)
    stranger, _ = a_helper(small_world, "stranger")
    leader, _ = a_helper(small_world, "leader")
    accepted(small_world, order, helper)

    for account in (stranger.id, leader.id, small_world[Role.TEAM_LEADER].id):
        app = open_app(monkeypatch, account, MINE)
        assert not app.exception
        assert "青菜" not in words(app)
        assert "1单元" not in words(app)


def test_the_code_is_typed_on_the_volunteers_phone(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    code = a_code(small_world.worker, order)
    served(small_world, order, helper)
    app = open_app(monkeypatch, helper[0].id, MINE)

    app.text_input(key=f"mine.code.{order}.code").input(another_code(code))
    app.button(key=f"mine.code.{order}.submit").click().run()
    assert row(small_world, Order, order).code_tries == 1
    app.text_input(key=f"mine.code.{order}.code").input(code)
    app.button(key=f"mine.code.{order}.submit").click().run()

    assert row(small_world, Order, order).state is OrderState.CONFIRMED


def test_one_call_confirms_rates_and_leads_to_closing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    served(small_world, order, helper)
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))
    app.button_group(key=f"heard.{order}.rating").set_value(Satisfaction.DISSATISFIED)
    app.button(key=f"heard.{order}.submit").click().run()
    assert row(small_world, Order, order).state is OrderState.DONE, "a bad rating needs words"

    app.button_group(key=f"heard.{order}.rating").set_value(Satisfaction.SATISFIED)
    app.button(key=f"heard.{order}.submit").click().run()
    app.button(key="order.close").click().run()

    assert row(small_world, Order, order).state is OrderState.CLOSED


def test_only_the_secretary_settles_a_case(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order, helper = an_order(small_world), a_helper(small_world)
    rated(small_world, order, helper, Satisfaction.DISSATISFIED, "菜不新鲜")
    worker = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))
    assert not [one for one in worker.button if "settle" in str(one.key)]

    app = open_app(monkeypatch, small_world.secretary.id, ORDER, id=str(order))
    app.text_area(key="settle.1.result").input("重新送菜并致歉")
    app.button(key="settle.1.submit").click().run()

    assert not app.exception
    assert [one for one in app.button if one.key == "order.close"]


@pytest.mark.parametrize("view", ["open", "dispatch", "way", "confirm", "late", "cases", "done", "nonsense"])
def test_every_view_of_the_desk_opens(small_world: World, monkeypatch: pytest.MonkeyPatch, view: str) -> None:
    an_order(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, DESK, view=view)

    assert not app.exception


def test_the_figures_open_on_the_desk(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, DESK)
    app.toggle(key="orders.figures_open").set_value(True).run()

    assert not app.exception
    assert "一位志愿者在几支队伍里" in words(app)


def test_the_subdistrict_adds_a_service(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.SUBDISTRICT_ADMIN].id, CATALOGUE)
    app.text_input(key="service.new.name").input("修伞")
    app.button(key="service.new.submit").click().run()
    assert "不能空着" in words(app) or app.error
    assert app.text_input(key="service.new.name").value == "修伞"


def test_originals_need_a_reason_and_come_once(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order = an_order(small_world, note="女儿电话 13900003333，先打给她")
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))
    app.button(key=f"unmask.{order}.submit").click().run()
    assert "王秀兰" not in words(app)
    assert "13900003333" not in words(app)

    app.text_input(key=f"unmask.{order}.reason").input("与女儿核对时间")
    app.button(key=f"unmask.{order}.submit").click().run()
    assert "王秀兰" in words(app)
    assert "13900003333" in words(app)
    app.run()
    assert "王秀兰" not in words(app)
    assert "13900003333" not in words(app)


def test_the_slip_with_the_door_is_handed_out_after_a_reason_and_logged_as_a_look(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed, helper, order = Handed(monkeypatch), a_helper(small_world), an_order(small_world)
    app = open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))
    assert f"slip_door.{order}.submit" not in [one.key for one in app.button], "nobody goes yet"
    accepted(small_world, order, helper)
    app.run()
    app.button(key=f"slip_door.{order}.submit").click().run()
    assert not handed.offers, "without a reason nothing is printed"

    app.text_input(key=f"slip_door.{order}.reason").input("交给李师傅上门")
    app.button(key=f"slip_door.{order}.submit").click().run()

    assert not app.exception
    text = word_text(handed.file(small_world.worker.id))
    assert "王姓居民 柳林小区1幢1单元101" in text
    with as_system("test") as session:
        look = session.scalars(select(AuditEntry).where(AuditEntry.reason == "交给李师傅上门")).one()
        export = session.scalars(select(Export)).one()
    assert (look.operation, look.table_name, look.row_id) == ("read", "service_order", order)
    assert look.actor_id == small_world.worker.id
    assert (export.what, export.masked, export.filters) == ("order", False, {"order": order})


def test_hours_beyond_the_clock_are_asked_about_at_the_field_and_wait(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper, order = a_helper(small_world), an_order(small_world)
    accepted(small_world, order, helper)
    do(helper[0], start_service, order_id=order, now=utc_now())
    app = open_app(monkeypatch, helper[0].id, MINE)
    app.selectbox(key=f"finish.{order}.minutes").set_value(480)
    app.text_area(key=f"finish.{order}.done").set_value("陪护")
    app.button(key=f"finish.{order}.submit").click().run()
    assert "比开始以来的时间还长" in words(app)
    assert app.text_area(key=f"finish.{order}.done").value == "陪护"

    app.text_input(key=f"finish.{order}.why").set_value("早上忘了点开始")
    app.button(key=f"finish.{order}.submit").click().run()

    assert not app.exception
    with reading(small_world.secretary) as session:
        assert session.scalars(select(HoursClaim.minutes)).all() == [480]
        assert session.get_one(Order, order).state is OrderState.DONE
    assert "待核时长 480 分钟" in words(open_app(monkeypatch, small_world.worker.id, ORDER, id=str(order))).replace(
        "\n", " "
    )
