"""Papers that hang on a door or go with a helper: the number to call is large, no stars, each matter told once."""

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from components.intake.poster_paper import poster_document
from components.orders.answer_paper import answer_slip, stands
from components.orders.card_papers import contact_card
from components.orders.slip_paper import order_slip
from components.wording.telephones import telephone
from db.actions.needs.screening import finish_order
from db.actions.orders.offers import accept_offer
from db.actions.orders.orders import unmask_order
from db.actions.people.consents import record_consent
from db.engine import reading, utc_now
from db.errors import Refused
from db.queries.intake.posters import poster_paper
from db.queries.needs.answer_slip import Matter, SlipLine, slip_lines
from db.queries.orders.page import order_facts
from db.queries.orders.pairings import CardHome, CardLine, card_home
from db.queries.orders.slip import SlipNames, slip_names
from db.rules.orders.address_form import addressed
from db.rules.people.consent_input import ConsentInput
from db.rules.reports.fields import Period
from db.terms import (
    ComplaintState,
    ConsentScope,
    ConsentWay,
    FeeKind,
    NeedStage,
    OrderChannel,
    OrderState,
    VolunteerKind,
)
from tests.builders.doors import a_household
from tests.builders.intake import a_poster
from tests.builders.needs import a_need
from tests.builders.orders import a_helper, a_service, accepted, an_order, offered, served
from tests.builders.world import NOW, TODAY, World, do

HOME = CardHome(1, 1, "柳林社区", "0571-5555 0100", "柳林小区1幢 ***", False)
AGREED = CardLine("夏英银", "13900002222", VolunteerKind.RESIDENT, "代买代办", "每两周一次")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NOT_AGREED = CardLine("", "", VolunteerKind.PARTY_MEMBER, "水电维修", "有事打电话")


def said(paper: bytes) -> list[tuple[str, float]]:
    """Every run of a paper, also in its tables, with its size in points."""
    document = Document(BytesIO(paper))
    cells = [one for table in document.tables for row in table.rows for one in row.cells]
    paragraphs = [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return [(run.text, run.font.size.pt if run.font.size else 0) for one in paragraphs for run in one.runs if run.text]


def words(paper: bytes) -> str:
    return "\n".join(text for text, _size in said(paper))


@pytest.mark.parametrize(("large", "least"), [(True, 40), (False, 18)])
def test_the_numbers_are_the_largest_print_on_a_card_and_no_stars_stand_on_it(large: bool, least: int) -> None:
    paper = contact_card(HOME, [AGREED, NOT_AGREED], large=large)
    sizes = dict(said(paper))

    assert "*" not in words(paper)
    assert sizes["139 0000 2222"] == sizes["0571-5555 0100"] == max(sizes.values())
    assert sizes["139 0000 2222"] >= least
    assert "请打上面的服务台电话" in sizes


HELPERS = [
    CardLine(name, f"1390000{n}{n}{n}{n}", VolunteerKind.RESIDENT, "代买代办" * 15, "每两周一次" * 12)
    for n, name in enumerate(("夏英银", "党国强", "买买提", "王小红", "欧阳文"), 1)
]


@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("many", [0, 1, 3, 5])
def test_a_card_holds_every_number_and_shortens_what_helpers_do(many: int, large: bool) -> None:
    paper = contact_card(HOME, HELPERS[:many], large=large)
    runs = [text for text, _size in said(paper)]

    for helper in HELPERS[:many]:
        assert runs.count(telephone(helper.phone)) == (1 if large else 8), "a number stands whole, once on each card"
        assert any(helper.name in text for text in runs)
    assert any("…" in text for text in runs) == bool(many)
    assert "120" in words(paper)


@pytest.mark.parametrize("large", [True, False])
def test_the_desk_and_the_numbers_of_emergency_stand_above_the_helpers(large: bool) -> None:
    text = words(contact_card(HOME, HELPERS[:3], large=large))

    places = [text.index(one) for one in ("0571-5555 0100", "110", "119", "120", telephone(HELPERS[0].phone))]
    assert places == sorted(places)


def test_a_small_card_that_cannot_hold_every_number_is_refused_and_the_large_one_holds_them() -> None:
    long = [replace(one, name="阿卜杜热合曼·买买提艾力江一") for one in HELPERS]

    with pytest.raises(Refused) as refused:
        contact_card(HOME, long, large=False)
    assert refused.value.rule == "card_too_full"
    assert all(telephone(one.phone) in words(contact_card(HOME, long, large=True)) for one in long)


def test_a_card_without_any_number_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        contact_card(replace(HOME, desk_phone=""), [], large=True)
    assert refused.value.rule == "card_empty"


@pytest.mark.parametrize(("matter", "stages"), [
    (Matter.NEED, NeedStage), (Matter.ORDER, OrderState), (Matter.COMPLAINT, ComplaintState),
])  # fmt: skip
def test_a_slip_says_every_stage_in_everyday_words(matter: Matter, stages: type[StrEnum]) -> None:
    for stage in stages:
        told = stands(SlipLine(matter, "D-1", TODAY, "楼道灯", stage, "", None))
        assert not any(word in told for word in ("储备", "分流", "立项", "销号", "派单", "（")), told
        assert not told.startswith("待"), told
    reserve = SlipLine(Matter.NEED, "LL-1", TODAY, "加装电梯", NeedStage.RESERVE, "", None)
    assert "还在排队，下次开会定" in words(answer_slip(HOME, [reserve], MARCH, TODAY, large=False))


@pytest.mark.parametrize("large", [True, False])
def test_the_strip_of_a_slip_asks_about_what_is_over_and_says_whom_to_give_it_to(large: bool) -> None:
    over = SlipLine(Matter.NEED, "LL-1", TODAY, "楼道灯", NeedStage.CLOSED, "换好了", TODAY)
    waits = SlipLine(Matter.NEED, "LL-2", TODAY, "加装电梯", NeedStage.RESERVE, "", None)

    table = Document(BytesIO(answer_slip(HOME, [over, waits], MARCH, TODAY, large=large, worker="测试社工"))).tables[0]
    text = words(answer_slip(HOME, [over, waits], MARCH, TODAY, large=large, worker="测试社工"))
    assert [row.cells[0].text for row in table.rows[:-1]] == ["1. LL-1"]
    assert "□基本满意" in table.rows[0].cells[1].text
    assert "社工：测试社工" in text[text.index("沿虚线撕下") :]
    assert "0571-5555 0100" in text[text.index("沿虚线撕下") :]
    assert "沿虚线撕下" not in words(answer_slip(HOME, [waits], MARCH, TODAY, large=large, worker="测试社工"))


def test_a_poster_names_the_number_for_whoever_cannot_scan(small_world: World) -> None:
    a_service(small_world, "代买菜")
    a_service(small_world, "洗衣", fee=FeeKind.LOW)
    poster = a_poster(small_world)

    with reading(small_world.secretary) as session:
        paper: Any = poster_paper(session, poster)
    plain = poster_document(paper, "https://yiqilai.example")()
    assert "请到社区窗口说一声" in words(plain)
    assert "洗衣*" in words(plain)
    assert "带 * 的要收费" in words(plain)

    called = poster_document(replace(paper, desk_phone="0571-5555 0100"), "https://yiqilai.example")()
    sizes = dict(said(called))
    assert sizes["0571-5555 0100"] == max(sizes.values())


def test_the_slip_tells_a_need_and_its_order_once_and_a_closed_one_as_done(small_world: World) -> None:
    home = a_household(small_world, "101")
    need = a_need(small_world, stage=NeedStage.ORDERED, household_id=home)
    service = a_service(small_world)
    an_order(small_world, service, place_id=None, building="", stairwell="", room="", channel=OrderChannel.NEED,
             need_id=need)  # fmt: skip
    an_order(small_world, service)
    do(small_world.worker, finish_order, need_id=need, version=1, done="菜送到了")

    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    with reading(small_world.worker) as session:
        lines = slip_lines(session, home, period)
        paper_home = card_home(session, home, today=TODAY)
    assert paper_home is not None
    assert [one.matter.value for one in lines] == ["need", "order"]
    closed = [SlipLine(lines[1].matter, "D-1", TODAY, "代买菜", OrderState.CLOSED, "菜送到了", TODAY)]
    paper = words(answer_slip(paper_home, closed, period, TODAY, large=True))
    assert "已办结：菜送到了" in paper
    assert "*" not in paper


def test_the_slip_of_an_order_has_room_to_write_before_and_its_words_after_the_service(small_world: World) -> None:
    helper = a_helper(small_world)
    order = an_order(small_world)

    def paper() -> str:
        with reading(small_world.worker) as session:
            facts = order_facts(session, order, now=NOW)
        assert facts is not None
        return words(order_slip(facts)())

    before = paper()
    served(small_world, order, helper)
    after = paper()
    assert "□很满意" in before
    assert "买了青菜和鸡蛋" not in before
    assert "买了青菜和鸡蛋" in after
    assert "13800001111" not in after


def slip_for_helper(world: World, order: int) -> str:
    with reading(world.worker) as session:
        facts, names = order_facts(session, order, now=utc_now()), slip_names(session, order, now=utc_now())
    assert facts is not None
    assert names is not None
    return words(order_slip(facts, names)())


def test_the_slip_that_goes_to_the_door_says_the_door_and_the_surname_and_the_helper_by_consent(
    small_world: World,
) -> None:
    actor, helper = a_helper(small_world)
    order = an_order(small_world)
    accepted(small_world, order, (actor, helper))
    do(small_world.worker, unmask_order, order_id=order, reason="交给上门的人")

    paper = slip_for_helper(small_world, order)
    assert "王姓居民 柳林小区1幢1单元101" in paper
    assert "秀兰" not in paper
    assert "13800001111" not in paper
    assert "李福根" not in paper

    given = ConsentInput(ConsentScope.CONTACT_CARD, TODAY, ConsentWay.PAPER, "印在纸上", volunteer_id=helper)
    do(small_world.worker, record_consent, given=given)
    assert "李福根" in slip_for_helper(small_world, order)


def test_a_slip_names_a_door_only_after_a_reason_and_while_a_helper_goes(small_world: World) -> None:
    helper = a_helper(small_world)
    order = an_order(small_world)

    def names() -> object:
        with reading(small_world.worker) as session:
            return slip_names(session, order, now=utc_now())

    do(small_world.worker, unmask_order, order_id=order, reason="交给上门的人")
    assert names() is None, "nobody has accepted"
    offered(small_world, order, helper[1])
    assert names() is None, "asked is not accepted"
    do(helper[0], accept_offer, offer_id=1)
    assert names() is not None
    with reading(small_world.worker) as session:
        assert slip_names(session, order, now=utc_now() + timedelta(minutes=3)) is None
    with reading(small_world.secretary) as session:
        assert slip_names(session, order, now=utc_now()) is None, "another person left no reason"


@pytest.mark.parametrize(
    ("name", "told"), [("张奶奶", "张奶奶 "), ("张三丰", "张姓居民 "), ("买买提·艾力", "居民 买买提 "), ("", "居民 ")]
)
def test_a_resident_is_addressed_as_on_file_or_by_surname(small_world: World, name: str, told: str) -> None:
    order = an_order(small_world)
    with reading(small_world.worker) as session:
        facts = order_facts(session, order, now=NOW)
    assert facts is not None
    names = SlipNames("柳林小区1幢1单元101", addressed(name), "")

    assert told + "柳林小区1幢1单元101" in words(order_slip(facts, names)())
