"""One search finds everything that has a page, masked, within the scope and in few statements."""

from collections.abc import Sequence

import pytest

from db.engine import reading
from db.queries.find.asking import FEW
from db.queries.find.found import Group, found
from db.rules.find.asked import Kind, asked
from db.rules.find.reach import OPENED_WITH, kinds_for
from db.rules.permissions import Actor
from db.terms import Role
from tests.builders.complaints import a_complaint
from tests.builders.doors import a_door
from tests.builders.meetings import a_meeting
from tests.builders.members import a_branch, a_party_member
from tests.builders.needs import a_need
from tests.builders.orders import a_service, an_order
from tests.builders.people import PROGRAMME, a_person, a_programme, cleared
from tests.builders.people import a_member as in_programme
from tests.builders.projects import a_project
from tests.builders.units import a_unit
from tests.builders.volunteers import a_squad, a_volunteer
from tests.builders.world import TODAY, World
from tests.support.statements import Statements

Found = dict[Kind, list[int]]


def search(who: Actor, words: str, kinds: Sequence[Kind] | None = None) -> Found:
    wanted = asked(words)
    assert wanted is not None
    with reading(who) as session:
        groups = found(session, wanted, kinds_for(who) if kinds is None else kinds, today=TODAY)
    return {group.kind: [hit.id for hit in group.hits] for group in groups}


def test_each_kind_is_found_by_what_people_remember_of_it(world: World) -> None:
    need = a_need(world, "电梯经常停运")
    order = an_order(world, a_service(world, "家电清洗"))
    complaint = a_complaint(world, "楼下饭店夏天油烟大")
    person = a_person(world, "甄试验", phone="13900005678", household_id=a_door(world, "9幢", "2单元", "501"))
    project = a_project(world, "加装晾衣杆")
    meeting = a_meeting(world)
    member = a_party_member(world, a_branch(world), "仇守信", phone="13800001111", skills=["木工"])
    volunteer = a_volunteer(world, "LL-V2026-0007", skills=["理发"])
    squad, unit = a_squad(world, "巡河队"), a_unit(world, "澄湖街道总工会")

    wanted: dict[str, Found] = {
        "停运": {Kind.NEED: [need]}, "dtjc": {Kind.NEED: [need]}, "diantijing": {Kind.NEED: [need]},
        "LL-2026-0001": {Kind.NEED: [need]}, "家电": {Kind.ORDER: [order]}, "jdqx": {Kind.ORDER: [order]},
        "D2026-1": {Kind.ORDER: [order]}, "油烟": {Kind.COMPLAINT: [complaint]}, "lxfd": {Kind.COMPLAINT: [complaint]},
        "甄试验": {Kind.PERSON: [person]}, "139 0000 5678": {Kind.PERSON: [person]}, "9-2-501": {Kind.PERSON: [person]},
        "柳林小区9幢": {Kind.PERSON: [person]}, "晾衣杆": {Kind.PROJECT: [project]}, "lyg": {Kind.PROJECT: [project]},
        "第四次": {Kind.MEETING: [meeting]}, "仇守信": {Kind.MEMBER: [member]}, "qsx": {Kind.MEMBER: [member]},
        "理发": {Kind.VOLUNTEER: [volunteer]}, "V2026-7": {Kind.VOLUNTEER: [volunteer]},
        "巡河": {Kind.SQUAD: [squad]}, "xhd": {Kind.SQUAD: [squad]}, "总工会": {Kind.UNIT: [unit]},
        "chjd": {Kind.UNIT: [unit]},
        "0001": {
            Kind.NEED: [need], Kind.ORDER: [order], Kind.COMPLAINT: [complaint], Kind.PROJECT: [project],
            Kind.MEMBER: [member],
        },
    }  # fmt: skip
    assert {words: search(world.secretary, words) for words in wanted} == wanted


def test_a_part_of_a_name_or_a_sign_finds_nobody(world: World) -> None:
    a_person(world, "甄试验", phone="13900005678")
    a_need(world, "楼道灯坏了")

    assert [search(world.secretary, words) for words in ("甄", "试验", "1390000", "灯%", "灯_", "0_1")] == [{}] * 6


def test_a_role_finds_only_the_kinds_that_its_pages_show(world: World) -> None:
    everything = {Kind.NEED: [a_need(world, "晾衣杆不够")], Kind.PROJECT: [a_project(world, "晾衣杆加装")]}

    for role, actor in world.actors.items():
        may = {kind: ids for kind, ids in everything.items() if actor.may(OPENED_WITH[kind])}
        assert search(actor, "晾衣杆") == may, role
    assert search(world[Role.VOLUNTEER], "晾衣杆") == {Kind.PROJECT: everything[Kind.PROJECT]}


def test_nothing_of_another_community_is_found_by_any_kind(world: World) -> None:
    a_need(world, "晾衣杆不够")
    a_complaint(world, "晾衣杆挡路")
    an_order(world, a_service(world, "装晾衣杆"))
    a_project(world, "晾衣杆加装")
    a_person(world, "甄试验", room="102")
    a_door(world, "9幢", "2单元", "501")
    a_squad(world, "晾衣杆队")

    for words in ("晾衣杆", "lyg", "甄试验", "0001", "LL-2026-0001", "9-2-501", "柳林小区1幢"):
        assert search(world.other_secretary, words) == {}, words


def test_restricted_rows_are_never_found_not_even_by_their_staff(world: World) -> None:
    staff = cleared(world)
    in_programme(staff, world, a_programme(staff), room="701")
    a_need(world, "离婚后带孩子难", restricted=True)
    a_need(world, "晚上有人敲门", household_id=a_door(world, "9幢", "2单元", "501", alias="晨光"))
    a_person(world, "甄秘密", household_id=a_door(world, "9幢", "2单元", "502", restricted=True, alias="晨星"))

    for words in (
        "带孩子",
        "dhz",
        "0001",
        "LL-2026-0001",
        "甄秘密",
        "9-2-501",
        "9-2-502",
        "1-1-701",
        "晨光",
        PROGRAMME,
    ):
        assert search(staff, words) == {}, words


def test_names_numbers_and_doors_leave_masked(world: World) -> None:
    a_person(world, "甄试验", phone="13900005678", household_id=a_door(world, "9幢", "2单元", "501"))
    a_party_member(world, a_branch(world), "甄试验", phone="13800001111")
    a_need(world, "灯坏了", title="灯坏了，请打13900005678")
    seen: list[Group] = []
    for words in ("甄试验", "灯坏了"):
        wanted = asked(words)
        assert wanted is not None
        with reading(world.secretary) as session:
            seen += found(session, wanted, kinds_for(world.secretary), today=TODAY)

    assert len(seen) == 3
    for hidden in ("试验", "13900005678", "501", "13800001111"):
        assert hidden not in str(seen)


def test_a_kind_shows_a_few_the_newest_first_and_says_that_there_are_more(world: World) -> None:
    needs = [a_need(world, "晾衣杆不够") for _ in range(FEW + 1)]
    wanted = asked("晾衣杆")
    assert wanted is not None

    with reading(world.secretary) as session:
        (group,) = found(session, wanted, kinds_for(world.secretary), today=TODAY)

    assert ([hit.id for hit in group.hits], group.more) == (needs[:0:-1], True)


@pytest.mark.parametrize("words", ["晾衣杆", "lyg", "0001", "9-2-501", "柳林小区9幢", "13900005678", "LL-2026-0001"])
def test_a_search_takes_eleven_statements_at_most(world: World, words: str) -> None:
    a_need(world, "晾衣杆不够", household_id=a_door(world, "9幢", "2单元", "501"))

    with Statements() as counted:
        search(world.secretary, words)

    assert counted.n <= 11
