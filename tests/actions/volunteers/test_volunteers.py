from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from db.actions.volunteers.placements import recommend_volunteer
from db.actions.volunteers.squads import found_squad, join_squad, leave_squad
from db.actions.volunteers.volunteers import (
    amend_volunteer,
    link_account,
    register_volunteer,
    rename_volunteer,
    unlink_account,
)
from db.engine import as_system, carry_out, reading
from db.errors import BadInput, NotPermitted, Refused
from db.models import AuditEntry, DifferentPair, Placement, SquadMember, Volunteer, VolunteerEvent
from db.terms import DoubleKind, Role, VolunteerChange, VolunteerKind
from tests.builders.projects import a_project
from tests.builders.volunteers import a_theme, a_volunteer, an_opening
from tests.builders.world import NOW, World, another_actor, do, row


def test_a_volunteer_gets_a_number_and_each_skill_once(world: World) -> None:
    volunteer_id = carry_out(
        world.worker,
        "a",
        register_volunteer,
        name="周建国",
        phone="13800001234",
        kind=VolunteerKind.PARTY_MEMBER,
        skills=["电工", " 电工 ", "", "理发"],
        now=NOW,
    )

    with reading(world.worker) as session:
        volunteer = session.get_one(Volunteer, volunteer_id)
        assert (volunteer.number, volunteer.skills) == ("LL-V2026-0001", ["电工", "理发"])


def test_a_nameless_volunteer_is_told_at_the_field(world: World) -> None:
    with pytest.raises(BadInput) as told:
        carry_out(world.worker, "a", register_volunteer, name=" ", kind=VolunteerKind.RESIDENT)

    assert told.value.field == "name"


def test_skills_and_times_can_be_amended(world: World) -> None:
    volunteer_id = a_volunteer(world)

    carry_out(world.worker, "a", amend_volunteer, volunteer_id=volunteer_id, version=1, skills=["急救"])

    with reading(world.worker) as session:
        assert session.get_one(Volunteer, volunteer_id).skills == ["急救"]


def test_a_linked_volunteer_finds_the_own_places_again(world: World) -> None:
    opening_id, volunteer_id = an_opening(world, a_project(world)), a_volunteer(world)
    person = world[Role.VOLUNTEER]
    carry_out(world.worker, "a", recommend_volunteer, opening_id=opening_id, volunteer_id=volunteer_id)

    do(world.worker, link_account, volunteer_id=volunteer_id, account_id=person.id)

    with reading(person) as session:
        assert len(session.scalars(select(Placement.id)).all()) == 1


def test_one_account_is_one_volunteer(world: World) -> None:
    first, second, person = a_volunteer(world, "1"), a_volunteer(world, "2"), world[Role.VOLUNTEER]
    do(world.worker, link_account, volunteer_id=first, account_id=person.id)

    with pytest.raises(Refused, match="account_linked"):
        do(world.worker, link_account, volunteer_id=second, account_id=person.id)
    another = another_actor(world, Role.VOLUNTEER, "another")
    with pytest.raises(Refused, match="volunteer_linked"):
        do(world.worker, link_account, volunteer_id=first, account_id=another.id)


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.COUNCIL_MEMBER])
def test_only_accounts_that_may_join_a_team_are_linked(world: World, role: Role) -> None:
    with pytest.raises(Refused, match="account_cannot_join"):
        do(world.worker, link_account, volunteer_id=a_volunteer(world), account_id=world[role].id)


def test_standing_teams_have_a_name_of_their_own_and_each_member_once(world: World) -> None:
    volunteer_id = a_volunteer(world)

    squad_id = carry_out(world.worker, "a", found_squad, name="银发巡河队", theme_id=a_theme(world))
    carry_out(world.worker, "b", join_squad, squad_id=squad_id, volunteer_id=volunteer_id)

    with pytest.raises(BadInput, match="name"):
        carry_out(world.worker, "c", found_squad, name="银发巡河队", theme_id=a_theme(world))
    with pytest.raises(Refused, match="already_in_squad"):
        carry_out(world.worker, "d", join_squad, squad_id=squad_id, volunteer_id=volunteer_id)
    with reading(world.worker) as session:
        assert len(session.scalars(select(SquadMember.id)).all()) == 1


def test_a_team_leader_does_not_change_the_registry(world: World) -> None:
    with pytest.raises(NotPermitted):
        carry_out(world[Role.TEAM_LEADER], "a", register_volunteer, name="周建国", kind=VolunteerKind.RESIDENT, now=NOW)


# --- the same person a second time -----------------------------------------------------------------------------


def registered(world: World, name: str = "王秀兰", phone: str = "", **more: object) -> int:
    values = {"name": name, "phone": phone, "kind": VolunteerKind.RESIDENT} | more
    volunteer_id: int = do(world.worker, register_volunteer, **values)
    return volunteer_id


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("王秀兰", ""),
        ("王 秀兰", ""),
        ("王秀蘭", ""),
        ("王秀兰（3幢）", ""),
        ("王秀兰阿姨", ""),
        ("王秀兰", "13900009999"),
        ("赵某某", "138 0000-1234"),
        ("赵某某", "+86 13800001234"),
    ],
)
def test_who_is_in_the_registry_already_is_named_before_anything_is_taken(world: World, name: str, phone: str) -> None:
    registered(world, phone="13800001234")

    with pytest.raises(Refused) as told:
        registered(world, name, phone)

    assert (told.value.rule, told.value.values["numbers"]) == ("volunteer_known", "LL-V2026-0001 王**")
    with reading(world.worker) as session:
        assert len(session.scalars(select(Volunteer.id)).all()) == 1


def test_another_person_is_registered_when_that_is_said_and_it_is_remembered(world: World) -> None:
    first = registered(world, phone="13800001234")

    second = registered(world, "赵某某", "13800001234", another=True)

    with reading(world.secretary) as session:
        pairs = session.execute(select(DifferentPair.kind, DifferentPair.first_id, DifferentPair.second_id)).all()
    assert [tuple(pair) for pair in pairs] == [(DoubleKind.VOLUNTEER, first, second)]


def test_two_namesakes_of_different_telephones_with_one_character_apart_are_nobody(world: World) -> None:
    registered(world, "王桂英", "13800001234")

    registered(world, "王桂芳", "13800005678")

    with reading(world.worker) as session:
        assert len(session.scalars(select(Volunteer.id)).all()) == 2


def test_two_desks_do_not_register_the_same_person_at_the_same_moment(world: World) -> None:
    def register(actor: object) -> str:
        try:
            do(actor, register_volunteer, name="王秀兰", kind=VolunteerKind.RESIDENT)  # type: ignore[arg-type]
        except Refused as refused:
            return refused.rule
        return "in"

    with ThreadPoolExecutor(4) as pool:
        results = sorted(pool.map(register, [world.worker, world.secretary] * 2))

    assert results == ["in", *["volunteer_known"] * 3]


def test_the_same_name_in_another_community_is_somebody_else(world: World) -> None:
    registered(world)

    assert do(world.other_secretary, register_volunteer, name="王秀兰", kind=VolunteerKind.RESIDENT)


# --- names, telephones, accounts, standing teams change ---------------------------------------------------------


def history(world: World, volunteer_id: int) -> list[tuple[VolunteerChange, str | None, str | None, str]]:
    with reading(world.secretary) as session:
        query = select(VolunteerEvent.kind, VolunteerEvent.before, VolunteerEvent.after, VolunteerEvent.reason)
        found = session.execute(query.where(VolunteerEvent.volunteer_id == volunteer_id).order_by(VolunteerEvent.id))
        return [tuple(line) for line in found]  # type: ignore[misc]


def test_another_name_and_telephone_keep_what_was(world: World) -> None:
    one = registered(world, "王秀蓝", "13800001234")

    do(world.worker, rename_volunteer, volunteer_id=one, version=1, name="王秀兰", phone="13900005678", reason="写错")
    do(world.worker, rename_volunteer, volunteer_id=one, version=2, no_phone=True)

    volunteer = row(world, Volunteer, one)
    assert (volunteer.name, volunteer.phone) == ("王秀兰", None)
    assert history(world, one) == [
        (VolunteerChange.RENAMED, "王秀蓝", "王秀兰", "写错"),
        (VolunteerChange.PHONE_CHANGED, "13800001234", "13900005678", "写错"),
        (VolunteerChange.PHONE_CHANGED, "13900005678", None, ""),
    ]
    with as_system("test") as session:
        logged = str(session.scalars(select(AuditEntry.changes)).all())
    assert not any(word in logged for word in ("王秀", "13800001234", "13900005678"))


def test_a_change_that_changes_nothing_is_told(world: World) -> None:
    one = registered(world, phone="13800001234")

    for values in ({}, {"name": "王秀兰", "phone": "13800001234"}):
        with pytest.raises(BadInput, match="name"):
            do(world.worker, rename_volunteer, volunteer_id=one, version=1, **values)


def test_an_account_is_unlinked_and_another_linked(world: World) -> None:
    opening_id, volunteer_id = an_opening(world, a_project(world)), a_volunteer(world)
    first, second = world[Role.VOLUNTEER], another_actor(world, Role.VOLUNTEER, "second")
    do(world.worker, recommend_volunteer, opening_id=opening_id, volunteer_id=volunteer_id)
    do(world.worker, link_account, volunteer_id=volunteer_id, account_id=first.id)

    do(world.worker, unlink_account, volunteer_id=volunteer_id, reason="关联错人")
    with pytest.raises(Refused, match="not_linked"):
        do(world.worker, unlink_account, volunteer_id=volunteer_id, reason="又一次")
    do(world.worker, link_account, volunteer_id=volunteer_id, account_id=second.id)

    for person, seen in ((first, 0), (second, 1)):
        with reading(person) as session:
            assert len(session.scalars(select(Placement.id)).all()) == seen
            assert len(session.scalars(select(VolunteerEvent.id)).all()) == 3 * seen
    assert [line[0] for line in history(world, volunteer_id)] == [
        VolunteerChange.LINKED, VolunteerChange.UNLINKED, VolunteerChange.LINKED,
    ]  # fmt: skip


def test_somebody_leaves_a_standing_team_and_may_join_it_again(world: World) -> None:
    volunteer_id = a_volunteer(world)
    squad_id = do(world.worker, found_squad, name="银发巡河队", theme_id=a_theme(world))
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=volunteer_id)

    do(world.worker, leave_squad, squad_id=squad_id, volunteer_id=volunteer_id, reason="膝盖不好")
    with pytest.raises(Refused, match="not_in_squad"):
        do(world.worker, leave_squad, squad_id=squad_id, volunteer_id=volunteer_id, reason="又一次")
    do(world.worker, join_squad, squad_id=squad_id, volunteer_id=volunteer_id)

    assert history(world, volunteer_id) == [(VolunteerChange.LEFT_SQUAD, "银发巡河队", None, "膝盖不好")]
