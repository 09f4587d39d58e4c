"""专项帮扶: who is named and by whom, who joins on which consent, under which alias, and what is left at the end."""

import pytest

from db.actions.people.consents import withdraw_consent
from db.actions.people.programmes import (
    add_member,
    amend_wish,
    end_programme,
    let_go,
    name_staff,
    remove_staff,
    wish_to_need,
)
from db.engine import reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused
from db.models import AuditEntry, Consent, Household, Need, Person, Programme, ProgrammeMember, ProgrammeStaff
from db.queries.needs.life import need_life
from db.queries.people.programmes import inside, programmes
from db.rules.people.consents import at_least_five
from db.terms import ConsentScope, ConsentWay, Role
from tests.builders.people import PROGRAMME, a_consent, a_member, a_person, a_programme, cleared, household_of, the
from tests.builders.world import TODAY, World, do
from tests.canary.marks import whole_table


def test_whoever_starts_it_is_its_first_staff_and_must_be_cleared(world: World) -> None:
    with pytest.raises(Refused, match="staff_not_cleared"):
        a_programme(world.secretary)
    secretary = cleared(world)

    programme = a_programme(secretary)

    with reading(secretary) as session:
        assert inside(session, programme).name == PROGRAMME  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="alias"):
        a_programme(secretary)
    with pytest.raises(NotPermitted):
        a_programme(cleared(world, "w", Role.AREA_WORKER))


def test_two_keys_and_five_staff_at_most(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    with pytest.raises(Refused, match="staff_not_cleared"):
        do(secretary, name_staff, programme_id=programme, account_id=world.worker.id)
    with pytest.raises(BadInput):
        do(secretary, name_staff, programme_id=programme, account_id=world[Role.VOLUNTEER].id)
    with pytest.raises(BadInput):
        do(secretary, name_staff, programme_id=programme, account_id=None)
    colleagues = [cleared(world, f"c{n}", Role.AREA_WORKER) for n in range(5)]

    for one in colleagues[:4]:
        do(secretary, name_staff, programme_id=programme, account_id=one.id)

    with pytest.raises(Refused, match="staff_full"):
        do(secretary, name_staff, programme_id=programme, account_id=colleagues[4].id)
    with pytest.raises(Refused, match="staff_already"):
        do(secretary, name_staff, programme_id=programme, account_id=colleagues[0].id)


def test_nobody_names_themselves_past_those_in_charge(world: World) -> None:
    secretary, other = cleared(world), cleared(world, "other")
    programme = a_programme(secretary)

    with pytest.raises(Refused, match="staff_not_yourself"):
        do(other, name_staff, programme_id=programme, account_id=other.id)

    with reading(other) as session:
        assert inside(session, programme) is None


def test_who_is_taken_off_reaches_nothing_and_somebody_stays_in_charge(world: World) -> None:
    secretary, colleague = cleared(world), cleared(world, "c", Role.AREA_WORKER)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)
    staff = do(secretary, name_staff, programme_id=programme, account_id=colleague.id)
    with reading(colleague) as session:
        assert len(inside(session, programme).members) == 1  # type: ignore[union-attr]

    do(secretary, remove_staff, staff_id=staff)

    with reading(colleague) as session:
        assert inside(session, programme) is None
        assert session.get(ProgrammeMember, member["id"]) is None
    first = _first_staff(programme)
    with pytest.raises(Refused, match="last_staff"):
        do(secretary, remove_staff, staff_id=first)
    with pytest.raises((NotFound, NotPermitted)):
        do(colleague, amend_wish, member_id=member["id"], version=1, wish="x")
    assert do(secretary, name_staff, programme_id=programme, account_id=colleague.id) == staff, "the same row again"


def _first_staff(programme: int) -> int:
    from db.engine import as_system

    with as_system("test") as session:
        return session.query(ProgrammeStaff).filter_by(programme_id=programme).order_by(ProgrammeStaff.id).first().id  # type: ignore[union-attr]


def test_a_member_joins_on_the_own_consent_and_the_household_disappears_behind_an_alias(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)

    member = a_member(secretary, world, programme)

    household = the(Household, household_of(member["person"]))
    assert (member["alias"], household.alias, household.restricted) == ("晨光01", "晨光01", True)
    with reading(world.worker) as session:
        assert session.get(Person, member["person"]) is None
        assert session.get(Household, household.id) is None
        assert session.get(Consent, member["consent"]) is None
    with pytest.raises(Refused, match="member_already"):
        do(
            secretary, add_member, programme_id=programme, person_id=member["person"], consent_id=member["consent"],
            wish="",
        )  # fmt: skip


@pytest.mark.parametrize("wrong", ["other_person", "other_scope", "withdrawn", "missing"])
def test_another_consent_is_no_consent(world: World, wrong: str) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    person = a_person(world)
    scope = ConsentScope.STORY if wrong == "other_scope" else ConsentScope.PROGRAMME
    whose = a_person(world, "贾旁人", room="102") if wrong == "other_person" else person
    consent: int | None = a_consent(secretary, whose, scope=scope)
    if wrong == "withdrawn":
        do(secretary, withdraw_consent, consent_id=consent, reason="x")
    if wrong == "missing":
        consent = None

    with pytest.raises(Refused, match="consent_of_another"):
        do(secretary, add_member, programme_id=programme, person_id=person, consent_id=consent, wish="")


def test_a_worker_who_is_not_named_adds_nobody(world: World) -> None:
    secretary, worker = cleared(world), cleared(world, "w", Role.AREA_WORKER)
    programme = a_programme(secretary)
    person = a_person(world)
    consent = a_consent(worker, person, scope=ConsentScope.PROGRAMME)

    with pytest.raises(NotPermitted):
        do(worker, add_member, programme_id=programme, person_id=person, consent_id=consent, wish="")


def test_a_wish_becomes_a_need_under_the_alias_that_others_do_not_see(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)

    need = do(
        secretary,
        wish_to_need,
        member_id=member["id"],
        version=1,
        description="周末需要两小时看护",
        category_id=world.categories[0],
    )

    row = the(Need, need["id"])
    assert (row.restricted, row.asker_name, row.asker_phone) == (True, None, None)
    with reading(secretary) as session:
        mine = need_life(session, row.id)
    with reading(world.worker) as session:
        theirs = need_life(session, row.id)
    assert "晨光01" in str(mine)
    assert "甄" not in str(mine)
    assert theirs is None


def test_a_withdrawn_consent_ends_the_membership_at_once(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)

    done = do(secretary, withdraw_consent, consent_id=member["consent"], reason="本人要求")

    row = the(ProgrammeMember, member["id"])
    assert done["memberships"] == 1
    assert (row.left_on, row.wish) == (TODAY, "")
    with pytest.raises((Refused, Conflict)):
        do(secretary, amend_wish, member_id=row.id, version=row.version, wish="又来")


def test_whoever_comes_back_keeps_the_alias(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)
    do(secretary, let_go, member_id=member["id"], version=1)
    assert the(ProgrammeMember, member["id"]).wish == ""

    again = do(
        secretary, add_member, programme_id=programme, person_id=member["person"], consent_id=member["consent"],
        wish="再来",
    )  # fmt: skip

    assert (again["id"], again["alias"]) == (member["id"], member["alias"])


def test_an_ended_programme_keeps_nothing_that_could_be_read(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)

    count = do(secretary, end_programme, programme_id=programme, version=the(Programme, programme).version)

    assert count == 1
    assert the(ProgrammeMember, member["id"]).wish == ""
    with reading(secretary) as session:
        assert inside(session, programme) is None
    with pytest.raises(Refused, match="programme_ended"):
        do(secretary, name_staff, programme_id=programme, account_id=secretary.id)


@pytest.mark.parametrize("members", [0, 1, 4, 5, 6])
def test_others_learn_the_number_from_five_on_and_never_the_name(world: World, members: int) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    for number in range(members):
        a_member(secretary, world, programme, room=f"2{number:02d}")
    cleared_worker = cleared(world, "w", Role.AREA_WORKER)

    for actor in (*world.actors.values(), cleared_worker):
        with reading(actor) as session:
            assert inside(session, programme) is None
            (row,) = programmes(session)
        assert row.members == ("<5" if members < 5 else str(members))
        assert PROGRAMME not in str(row)


def test_the_log_says_neither_who_nor_what_it_is(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    member = a_member(secretary, world, programme)

    log = whole_table(AuditEntry)

    assert PROGRAMME not in log
    assert "周末有人带孩子" not in log
    from sqlalchemy import select

    from db.engine import as_system

    with as_system("test") as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "programme_member")).all()
        consents = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "consent")).all()
    assert {str(entry.changes["person_id"]) for entry in entries if "person_id" in entry.changes} == {"[None, '•••']"}
    assert all("programme" not in str(entry.changes) for entry in consents)
    assert member["alias"] == "晨光01"


def test_under_fourteen_a_guardian_lets_them_join(world: World) -> None:
    secretary = cleared(world)
    programme = a_programme(secretary)
    person = a_person(world)
    consent = a_consent(secretary, person, scope=ConsentScope.PROGRAMME, way=ConsentWay.GUARDIAN, under_14=True)

    assert do(secretary, add_member, programme_id=programme, person_id=person, consent_id=consent, wish="")["id"]


def test_small_numbers_hide_behind_one_sign() -> None:
    assert [at_least_five(n) for n in (0, 1, 4, 5, 17)] == ["<5", "<5", "<5", "5", "17"]
