"""What people write beside a number or inside a name is kept, and found in one form; what a table cut stays out."""

import pytest
from sqlalchemy import func, select

from db.engine import as_system, reading_as_system
from db.errors import Refused
from db.models import BodyMember, Complaint, Need, Person, Volunteer, blind_index
from db.terms import ImportKind as K
from tests.builders.imports import brought, door_row, hotline_row, need_row
from tests.builders.world import World

BESIDE = ("138 0000 1111（儿子）", "13800001111 儿子")


def test_what_stands_beside_a_telephone_number_is_kept_with_it_and_the_number_is_found(world: World) -> None:
    brought(world.secretary, K.HOUSEHOLDS, [door_row(0, name="张测试", phone=BESIDE[0])])
    brought(world.secretary, K.NEEDS, [need_row(1, name="张测试", phone=BESIDE[0])])
    brought(world.secretary, K.VOLUNTEERS, [{"name": "李测试", "phone": BESIDE[0]}])
    brought(world.secretary, K.HOTLINE, [hotline_row(1, phone=BESIDE[0])])

    with reading_as_system("test") as session:
        kept = [session.scalars(select(column)).one() for column in (Person.phone, Need.asker_phone, Volunteer.phone,
                                                                     Complaint.asker_phone)]  # fmt: skip
        index = session.scalars(select(Person.phone_index)).one()
    assert kept == [BESIDE[1]] * 4
    assert index == blind_index("13800001111")
    again = brought(world.secretary, K.VOLUNTEERS, [{"name": "李测试", "phone": "13800001111"}, {"name": "王新来"}])
    assert again["known"] == 1


def test_a_landline_with_a_dash_is_found_by_its_digits(world: World) -> None:
    brought(world.secretary, K.HOUSEHOLDS, [door_row(0, phone="0574-88888888 转 801")])

    with reading_as_system("test") as session:
        assert session.scalars(select(Person.phone_index)).one() == blind_index("057488888888")


def test_a_name_with_another_dot_is_the_same_person(world: World) -> None:
    with as_system("test") as session:
        seat = session.scalars(select(BodyMember).where(BodyMember.seat == 1)).first()
        assert seat is not None
        seat.name = "阿依古丽•买买提"
    members = [{"name": "阿依古丽.买买提", "capacity": "居民代表"}, {"name": "王新", "capacity": "物业"}]

    assert brought(world.secretary, K.MEMBERS, members)["known"] == 1
    brought(world.secretary, K.VOLUNTEERS, [{"name": "阿依古丽・买买提"}])
    again = brought(world.secretary, K.VOLUNTEERS, [{"name": "阿依古丽·买买提"}, {"name": "王新来"}])
    assert again["known"] == 1


def test_no_order_of_the_hotline_vanishes_under_a_number_that_was_cut(world: World) -> None:
    cut = [hotline_row(1, source_number="2.02603050000001E+17"), hotline_row(2, source_number="2.02603050000001E+17")]

    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.HOTLINE, cut)

    assert (refused.value.rule, refused.value.values["count"]) == ("import_faulty", 2)
    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.HOTLINE, [hotline_row(1), hotline_row(2) | {"source_number": "12345-1"}])
    assert (refused.value.values["count"], refused.value.values["first"]) == (1, 2)
    with reading_as_system("test") as session:
        assert session.execute(select(func.count()).select_from(Complaint)).scalar_one() == 0


def test_an_order_whose_number_is_known_under_other_words_is_told(world: World) -> None:
    brought(world.secretary, K.HOTLINE, [hotline_row(1), hotline_row(2)])
    other = hotline_row(2, description="路灯不亮，晚上看不见")

    result = brought(world.secretary, K.HOTLINE, [hotline_row(1), other, hotline_row(3)])

    assert (result["rows"], result["known"], result["other"]) == (1, 2, 1)
    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.HOTLINE, [hotline_row(1, description=" 1栋垃圾\n没人清"), other])
    assert refused.value.values == {"rule": "import_other_words", "known": 2, "count": 1}
