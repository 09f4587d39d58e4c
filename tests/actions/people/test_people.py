"""Persons, sensitive facts, doubled records: what is kept, on which ground, how it is seen, merged and given back."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.actions.people.consents import withdraw_consent
from db.actions.people.merges import merge_persons, undo_person_merge
from db.actions.people.people import add_person, amend_person, keep_person, see_person
from db.actions.people.sensitive import add_sensitive, erase_sensitive, see_sensitive
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused
from db.models import AuditEntry, Consent, Household, Person, RequestKey, SensitiveFact, blind_index
from db.queries.people import groups
from db.queries.people.doubles import person_doubles, person_merges
from db.queries.people.people import (
    due_count,
    find_people,
    leads_to,
    person_originals,
    person_sheet,
    sensitive_counts,
    sensitive_originals,
)
from db.rules.people.consents import covers, may_give
from db.rules.people.doubles import alike, digits_of
from db.terms import ConsentScope, ConsentWay, Likeness, Role, SensitiveKind
from tests.builders.people import a_consent, a_person, household_of, the
from tests.builders.world import NOW, TODAY, World, do
from tests.canary.marks import whole_table
from tests.support.statements import Statements

YEAR_ON = TODAY.replace(year=TODAY.year + 1)
PHONE = "13900005678"


# --- persons ------------------------------------------------------------------------------------------------


def test_a_person_is_found_by_door_and_by_the_whole_number_in_any_spelling(world: World) -> None:
    made = do(
        world.worker, add_person, name="甄试验", phone="+86 139-0000-5678", place_id=world.place, building="3",
        stairwell="2", room="401室",
    )  # fmt: skip
    a_person(world, "贾旁人", phone="13811112222")

    with reading(world.worker) as session:
        by_phone = find_people(session, phone="139 0000 5678").rows
        by_door = find_people(session, place_id=world.place, building="3", stairwell="2", room="401").rows
        by_room = find_people(session, place_id=world.place, building="3幢", room="401").rows
        by_half = find_people(session, phone="13900").rows

    assert [row.id for row in by_phone] == [row.id for row in by_door] == [row.id for row in by_room] == [made["id"]]
    assert (by_phone[0].name, by_phone[0].phone) == ("甄**", "139****5678")
    assert by_half == ()


def test_a_number_typed_with_a_remark_is_kept_with_it_and_found_by_the_number(world: World) -> None:
    made = do(
        world.worker, add_person, name="甄试验", phone="138 0000 5678（女儿）", place_id=world.place, building="3",
        stairwell="1", room="101",
    )  # fmt: skip

    with reading_as_system("test") as session:
        person = session.get_one(Person, made["id"])
        found = find_people(session, phone="13800005678").rows
        assert [row.phone for row in found] == ["138****5678"]
        assert (person.phone, person.phone_index) == ("138 0000 5678（女儿）", blind_index("13800005678"))


def test_a_person_is_found_by_the_whole_name_and_an_alias_never(world: World) -> None:
    wanted = a_person(world, "甄试验")
    a_person(world, "甄试", room="102")
    hidden = a_person(world, "甄隐名", room="103")
    with as_system("test") as session:
        session.get_one(Household, household_of(hidden)).alias = "晨光01"

    with reading(world.secretary) as session:
        by_name, by_part, by_hidden = (
            [row.id for row in find_people(session, name=name).rows] for name in (" 甄试验 ", "甄", "甄隐名")
        )

    assert (by_name, by_part, by_hidden) == ([wanted], [], [])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "甄" * 31}),
        ("phone", {"phone": "12"}),
        ("phone", {"phone": "打给我"}),
        ("room", {"room": ""}),
        ("place_id", {"place_id": 999}),
        ("keep_until", {"keep_until": TODAY - timedelta(days=1)}),
        ("keep_until", {"keep_until": TODAY + timedelta(days=3650)}),
    ],
)
def test_what_is_wrong_with_a_person_is_told_at_its_field(world: World, field: str, wrong: dict[str, Any]) -> None:
    values = {"name": "甄试验", "place_id": world.place, "building": "3", "stairwell": "2", "room": "401"}

    with pytest.raises(BadInput) as told:
        do(world.worker, add_person, **(values | wrong))

    assert told.value.field == field


def test_a_correction_leaves_what_is_empty_and_keeps_the_index(world: World) -> None:
    person = a_person(world, "甄试验", phone=PHONE)

    do(world.worker, amend_person, person_id=person, version=1, phone="13800009999", relation="户主")
    row = the(Person, person)
    assert (row.name, row.phone, row.phone_index, row.relation) == (
        "甄试验", "13800009999", blind_index("13800009999"), "户主",
    )  # fmt: skip
    with pytest.raises(Conflict):
        do(world.worker, amend_person, person_id=person, version=1, name="甄别名")
    do(world.worker, amend_person, person_id=person, version=2, no_phone=True)

    assert (the(Person, person).phone, the(Person, person).phone_index) == (None, None)


def test_a_look_in_clear_is_logged_and_its_values_are_kept_nowhere(world: World) -> None:
    person = a_person(world, "甄试验", phone=PHONE)

    trace = do(world.worker, see_person, person_id=person, reason="核对电话")

    with reading(world.worker) as session:
        clear = person_originals(session, person, trace, now=NOW)
        assert person_originals(session, person, "another", now=NOW) is None
    assert clear is None or (clear.name, clear.phone) == ("甄试验", PHONE)
    assert "甄试验" not in whole_table(AuditEntry) + whole_table(RequestKey)
    with as_system("test") as session:
        entry = session.query(AuditEntry).filter_by(operation="read").one()
    assert (entry.reason, entry.row_id, entry.actor_id) == ("核对电话", person, world.worker.id)


def test_what_is_due_is_counted_looked_at_and_kept_longer(world: World) -> None:
    due = a_person(world, keep_until=TODAY)
    a_person(world, room="102", keep_until=TODAY + timedelta(days=1))
    with reading(world.secretary) as session:
        assert due_count(session, day=TODAY) == 1
        assert [row.id for row in find_people(session, due_by=TODAY).rows] == [due]

    do(world.secretary, keep_person, person_id=due, keep_until=YEAR_ON)

    with reading(world.secretary) as session:
        assert due_count(session, day=TODAY) == 0


def test_a_record_is_read_in_few_statements_and_counts_what_is_around(world: World) -> None:
    person = a_person(world)
    a_person(world, "贾旁人", household_id=household_of(person))

    with reading(world.worker) as session, Statements() as counted:
        sheet = person_sheet(session, person)

    assert sheet is not None
    assert (len(sheet.others), sheet.needs, sheet.pairings) == (1, 0, 0)
    assert counted.n <= 6


# --- sensitive facts ----------------------------------------------------------------------------------------


def add(world: World, person: int, **more: Any) -> int:
    values: dict[str, Any] = {
        "person_id": person, "kind": SensitiveKind.DISABILITY, "said": "听力不好", "purpose": "送餐",
        "keep_until": YEAR_ON, "legal_ground": "残疾人保障法",
    }  # fmt: skip
    return do(world.worker, add_sensitive, **(values | more))


def test_a_fact_needs_a_consent_of_that_person_or_a_law(world: World) -> None:
    person, other = a_person(world), a_person(world, "贾旁人", room="102")
    theirs, health = a_consent(world.worker, other), a_consent(world.worker, person, scope=ConsentScope.HEALTH)

    with pytest.raises(Refused, match="consent_missing"):
        add(world, person, legal_ground="")
    for consent in (theirs, health, 999):
        with pytest.raises(Refused, match="consent_of_another"):
            add(world, person, legal_ground="", consent_id=consent)

    assert add(world, person, kind=SensitiveKind.HEALTH, legal_ground="", consent_id=health)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("kind", {"kind": None}),
        ("said", {"said": ""}),
        ("purpose", {"purpose": ""}),
        ("keep_until", {"keep_until": None}),
        ("keep_until", {"keep_until": TODAY + timedelta(days=1200)}),
    ],
)
def test_what_a_fact_lacks_is_told_at_its_field(world: World, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as told:
        add(world, a_person(world), **wrong)

    assert told.value.field == field


def test_a_withdrawal_wipes_what_rests_on_it_and_leaves_what_a_law_asks_for(world: World) -> None:
    person = a_person(world)
    consent = a_consent(world.worker, person)
    free = add(world, person, legal_ground="", consent_id=consent)
    by_law = add(world, person, kind=SensitiveKind.LOW_INCOME, consent_id=consent)

    done = do(world.worker, withdraw_consent, consent_id=consent, reason="本人要求")

    assert done == {"facts": 1, "memberships": 0}
    assert (the(SensitiveFact, free).words, the(SensitiveFact, free).kind) == ("", "")
    assert (the(SensitiveFact, by_law).words, the(SensitiveFact, by_law).consent_id) == ("听力不好", None)


def test_a_fact_is_seen_with_a_trace_of_its_own_and_wiped_for_good(world: World) -> None:
    person = a_person(world)
    fact = add(world, person)
    with reading(world.worker) as session:
        assert sensitive_originals(session, person, "", now=NOW) == ()

    do(world.worker, see_sensitive, person_id=person, reason="安排送餐")
    do(world.worker, erase_sensitive, fact_id=fact, reason="不再需要")

    with as_system("test") as session:
        reads = session.query(AuditEntry).filter_by(operation="read", table_name="sensitive_fact").all()
    assert [(entry.row_id, entry.reason) for entry in reads] == [(fact, "安排送餐")]
    with pytest.raises(Refused, match="fact_erased"):
        do(world.worker, erase_sensitive, fact_id=fact, reason="x")
    assert "听力不好" not in whole_table(AuditEntry) + whole_table(SensitiveFact)


def test_whoever_is_under_fourteen_on_file_needs_a_guardian_from_then_on(world: World) -> None:
    person = a_person(world)
    own = a_consent(world.worker, person)
    with pytest.raises(Refused, match="guardian_needed"):
        add(world, person, kind=SensitiveKind.CHILD, legal_ground="", consent_id=own)
    guardian = a_consent(world.worker, person, way=ConsentWay.GUARDIAN)
    add(world, person, kind=SensitiveKind.CHILD, legal_ground="", consent_id=guardian)

    with pytest.raises(Refused, match="guardian_needed"):
        a_consent(world.worker, person, scope=ConsentScope.PHOTO)


@pytest.mark.parametrize("persons", [0, 4, 5])
def test_classes_are_counted_by_person_and_small_cells_hidden(world: World, persons: int) -> None:
    for number in range(persons):
        person = a_person(world, room=f"3{number:02d}")
        add(world, person)
        add(world, person, said="又一条")

    with reading(world.secretary) as session:
        counts = dict(sensitive_counts(session))

    assert counts[SensitiveKind.DISABILITY] == ("5" if persons == 5 else "<5")
    assert {counts[kind] for kind in SensitiveKind if kind is not SensitiveKind.DISABILITY} == {"<5"}


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.SECRETARY, Role.AREA_WORKER)])
def test_nobody_else_sees_a_person_in_clear(small_world: World, role: Role) -> None:
    person = a_person(small_world)

    for act in (see_person, see_sensitive):
        with pytest.raises(NotPermitted):
            do(small_world[role], act, person_id=person, reason="x")


# --- doubled records ----------------------------------------------------------------------------------------


def test_pairs_come_from_the_number_and_from_alike_names_of_one_household(world: World) -> None:
    first = a_person(world, "王桂英", phone=PHONE)
    second = a_person(world, "李别人", phone=PHONE, room="102")
    third = a_person(world, "王贵英", household_id=household_of(first))
    a_person(world, "王桂瑛", room="103")

    with reading(world.secretary) as session:
        found = [(one.first.id, one.second.id, one.why) for one in person_doubles(session).rows]

    assert found == [(first, third, Likeness.SOUND), (first, second, Likeness.PHONE)]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_of_more_numbers_than_are_looked_at_the_newest_are_compared(
    world: World, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    pairs = [
        tuple(a_person(world, name, phone=f"1380000111{number}", room=f"{number}0{floor}") for floor, name in both)
        for number, both in enumerate([((1, "王桂英"), (2, "李福根")), ((1, "陈建国"), (2, "周小梅"))] * 2, 1)
    ]
    newest = a_person(world, "吴美娟", phone="13800001111", room="901")
    monkeypatch.setattr(groups, "GROUPS_MOST", most)

    with reading(world.secretary) as session:
        found = {(one.first.id, one.second.id) for one in person_doubles(session).rows}

    of_the_first = {pairs[0], (pairs[0][0], newest), (pairs[0][1], newest)}
    assert found == {*of_the_first, *pairs[5 - most :]}


def test_a_merge_takes_along_and_an_undo_gives_back_exactly(world: World) -> None:
    kept, other = a_person(world, "王桂英"), a_person(world, "王贵英", phone=PHONE, relation="户主", room="102")
    consent = a_consent(world.worker, other)
    fact = add(world, other)

    merge = do(world.secretary, merge_persons, kept_id=kept, other_id=other)

    assert (the(Consent, consent).person_id, the(SensitiveFact, fact).person_id) == (kept, kept)
    assert (the(Person, kept).phone, the(Person, kept).relation) == (PHONE, "户主")
    with reading(world.secretary) as session:
        assert leads_to(session, other) == kept
        assert [row.id for row in find_people(session, phone=PHONE).rows] == [kept]
        assert [row.id for row in person_merges(session)] == [merge]
    later = a_consent(world.worker, kept, scope=ConsentScope.PHOTO)

    do(world.secretary, undo_person_merge, merge_id=merge)

    assert (the(Consent, consent).person_id, the(SensitiveFact, fact).person_id) == (other, other)
    assert the(Consent, later).person_id == kept
    assert (the(Person, kept).phone, the(Person, kept).phone_index, the(Person, kept).relation) == (None, None, "")
    assert the(Person, other).merged_into_id is None
    with pytest.raises(Refused, match="merge_undone"):
        do(world.secretary, undo_person_merge, merge_id=merge)


def test_what_cannot_be_merged_says_why(world: World) -> None:
    one, two, three = (a_person(world, room=room) for room in ("101", "102", "103"))
    hidden = a_person(world, room="104", restricted=True)
    do(world.secretary, merge_persons, kept_id=one, other_id=two)

    with pytest.raises(Refused, match="merge_same"):
        do(world.secretary, merge_persons, kept_id=one, other_id=one)
    with pytest.raises(Refused, match="merge_merged"):
        do(world.secretary, merge_persons, kept_id=three, other_id=two)
    with pytest.raises(Refused, match="merge_merged"):
        do(world.secretary, merge_persons, kept_id=three, other_id=one)
    with pytest.raises(NotFound):
        do(world.secretary, merge_persons, kept_id=three, other_id=hidden)


def test_a_number_corrected_since_the_merge_is_not_overwritten_by_its_undoing(world: World) -> None:
    kept, other = a_person(world), a_person(world, phone=PHONE, room="102")
    merge = do(world.secretary, merge_persons, kept_id=kept, other_id=other)
    do(world.worker, amend_person, person_id=kept, version=the(Person, kept).version, phone="13811112222")

    with pytest.raises(Refused, match="merge_changed"):
        do(world.secretary, undo_person_merge, merge_id=merge)


# --- rules --------------------------------------------------------------------------------------------------


@given(st.text(alphabet="王李张桂贵英瑛丽芳 ", max_size=4), st.text(alphabet="王李张桂贵英瑛丽芳 ", max_size=4))
def test_likeness_is_mutual_and_an_empty_name_is_like_nobody(one: str, other: str) -> None:
    assert alike(one, other) is alike(other, one)
    assert alike(one, one) is bool(one.strip())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("王桂英", "王贵英", True), ("王桂英", "王桂瑛", True), ("王英", "王芳", False), ("王桂英", "李桂英", False),
     ("王桂英", "王丽芳", False)],
)  # fmt: skip
def test_one_character_off_is_alike(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


def test_a_number_has_one_form() -> None:
    assert {digits_of(one) for one in ("13900005678", "+86 139 0000 5678", "0086-139-0000-5678")} == {"13900005678"}


@given(st.sampled_from(list(ConsentScope)), st.sampled_from(list(SensitiveKind)))
def test_only_consents_to_sensitive_data_cover_a_fact_and_health_has_its_own(
    scope: ConsentScope, kind: SensitiveKind
) -> None:
    assert covers(scope, kind) is (
        scope is (ConsentScope.HEALTH if kind is SensitiveKind.HEALTH else ConsentScope.SENSITIVE)
    )


@given(st.sampled_from(list(ConsentWay)), st.booleans())
def test_a_child_s_consent_is_the_guardian_s(way: ConsentWay, child: bool) -> None:
    assert may_give(way, child=child) is (not child or way is ConsentWay.GUARDIAN)
