"""People, records, doubles and programmes on their pages: who may, what shows, and what bad input says at its field."""

from typing import Any

import pytest

from db.actions.people.people import see_person
from db.actions.people.programmes import start_programme
from db.actions.people.sensitive import add_sensitive
from db.engine import as_system
from db.models import (
    Account,
    AuditEntry,
    Consent,
    DifferentPair,
    Person,
    PersonMerge,
    Programme,
    ProgrammeMember,
    ProgrammeStaff,
    Volunteer,
    VolunteerMerge,
)
from db.rules.permissions import Actor
from db.terms import ConsentScope, ConsentWay, Role, SensitiveKind
from tests.builders.people import a_consent, a_person, household_of, the
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World, another_actor, do
from tests.support.signed_in import nodes, open_app, words

PEOPLE, PERSON = "people/people.py", "people/person.py"
DOUBLES, PROGRAMMES = "people/doubles.py", "people/programmes.py"
PHONE = "13900001234"


def cleared(world: World, username: str = "cleared", role: Role = Role.SECRETARY) -> Actor:
    return another_actor(world, role, username, sees_restricted=True)


def only(model: Any) -> Any:
    from sqlalchemy import select

    with as_system("test") as session:
        row = session.scalars(select(model)).one()
        session.expunge(row)
        return row


# --- /people ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.AREA_WORKER])
def test_a_list_names_nobody_in_full(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    a_person(small_world, "甄名字", phone=PHONE)

    app = open_app(monkeypatch, small_world[role].id, PEOPLE)

    assert not app.exception
    assert "甄名字" not in words(app)
    assert PHONE not in words(app)
    assert "甄**" in words(app)


def test_a_whole_telephone_number_finds_its_person_and_stays_out_of_the_address(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(small_world, "甄名字", phone=PHONE)
    a_person(small_world, "贾旁人", room="102")
    app = open_app(monkeypatch, small_world.worker.id, PEOPLE)

    app.text_input(key="find_people.phone").input("139 0000 1234")
    app.button(key="find_people.submit").click().run()

    assert "甄**" in words(app)
    assert "贾**" not in words(app)
    assert "139" not in str(dict(app.query_params))


def test_on_a_phone_all_but_the_name_lies_behind_a_switch(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PEOPLE)

    folded = next(
        one for one in nodes(app._tree) if hasattr(one, "children") and "filters-more" in str(getattr(one, "proto", ""))
    )

    behind = {str(one.key) for one in nodes(folded) if getattr(one, "key", None)}
    assert behind - {"filters-more"} == {f"find_people.{field}" for field in ("phone", "place_id", "building", "room")}
    assert [one.key for one in app.toggle] == ["filters.open"]


def test_twenty_are_shown_at_once_and_a_search_on_an_older_page_begins_at_its_first(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(23):
        a_person(small_world, f"甄{'一二三四五六七八九十'[number % 10]}{number}", room=str(100 + number))
    app = open_app(monkeypatch, small_world.worker.id, PEOPLE)
    assert words(app).count("甄**") == 20
    app.button(key="before.more").click().run()
    assert "before" in app.query_params
    assert words(app).count("甄**") == 3

    app.text_input(key="find_people.name").input("甄三22")
    app.button(key="find_people.submit").click().run()

    assert "before" not in app.query_params
    assert words(app).count("甄**") == 1


def test_somebody_is_written_down_behind_a_typed_door(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.worker.id, PEOPLE)
    app.selectbox(key="add_person.0.place_id").select_index(0)
    for field, text in (("building", "3"), ("stairwell", "2"), ("room", "401"), ("name", "甄新人")):
        app.text_input(key=f"add_person.0.{field}").input(text)
    app.text_input(key="add_person.0.phone").input("x")
    app.button(key="add_person.0.submit").click().run()

    assert "认不出电话号码" in words(app)
    assert app.text_input(key="add_person.0.name").value == "甄新人"

    app.text_input(key="add_person.0.phone").input(PHONE)
    app.button(key="add_person.0.submit").click().run()

    assert only(Person).name == "甄新人"
    assert not app.exception


def test_the_secretary_sees_classes_with_small_cells_suppressed(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in range(6):
        person = a_person(small_world, room=f"10{room}")
        _fact(small_world, person, SensitiveKind.DISABILITY)
    _fact(small_world, a_person(small_world, room="201"), SensitiveKind.CORRECTION)

    app = open_app(monkeypatch, small_world.secretary.id, PEOPLE)
    of_worker = open_app(monkeypatch, small_world.worker.id, PEOPLE)

    assert "口径：本社区现存敏感信息" in words(app)
    assert "口径：本社区现存敏感信息" not in words(of_worker)


def _fact(world: World, person: int, kind: SensitiveKind = SensitiveKind.DISABILITY, said: str = "机密内容") -> int:
    consent = a_consent(world.worker, person)
    return do(
        world.worker,
        add_sensitive,
        person_id=person,
        kind=kind,
        said=said,
        purpose="送餐安排",
        keep_until=TODAY.replace(year=TODAY.year + 1),
        consent_id=consent,
    )


# --- /person ------------------------------------------------------------------------------------------------


def test_a_record_shows_the_original_once_for_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(small_world, "甄名字", phone=PHONE)
    app = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(person))
    assert "甄名字" not in words(app)

    app.button(key=f"see_person.{person}.submit").click().run()
    assert "甄名字" not in words(app)
    assert "请填写这一项" in words(app)

    app.text_input(key=f"see_person.{person}.reason").input("回访核对")
    app.button(key=f"see_person.{person}.submit").click().run()
    assert "甄名字" in words(app)
    assert PHONE in words(app)

    app.run()
    assert "甄名字" not in words(app)


def test_a_consent_is_recorded_and_withdrawn_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(small_world)
    app = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(person))
    app.selectbox(key=f"consent.{person}.scope").select_index(1)
    app.segmented_control(key=f"consent.{person}.way").set_value(ConsentWay.SPOKEN) if hasattr(
        app, "segmented_control"
    ) else app.button_group(key=f"consent.{person}.way").set_value([ConsentWay.SPOKEN])
    app.date_input(key=f"consent.{person}.given_on").set_value(TODAY)
    app.button(key=f"consent.{person}.submit").click().run()
    assert "请填写这一项" in words(app), "a spoken consent needs a witness"

    app.text_input(key=f"consent.{person}.witness").input("小许")
    app.button(key=f"consent.{person}.submit").click().run()
    consent = only(Consent)
    assert consent.scope is ConsentScope.SENSITIVE

    app.text_input(key=f"withdraw.{person}.reason").input("本人要求")
    app.button(key=f"withdraw.{person}.submit").click().run()
    assert only(Consent).withdrawn_reason == "本人要求"
    assert not app.exception


def test_sensitive_words_show_only_after_a_reason(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(small_world)
    _fact(small_world, person, said="听力二级残疾")
    app = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(person))
    assert "听力二级" not in words(app)
    assert "送餐安排" not in words(app)

    app.text_input(key=f"see_sensitive.{person}.reason").input("安排送餐")
    app.button(key=f"see_sensitive.{person}.submit").click().run()

    assert "听力二级残疾" in words(app)
    with as_system("test") as session:
        reads = [entry for entry in session.query(AuditEntry) if entry.operation == "read"]
    assert {entry.table_name for entry in reads} == {"person", "sensitive_fact"}
    assert all("听力" not in str(entry.changes) for entry in reads)


def test_a_fact_needs_its_ground_and_keeps_what_was_typed(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(small_world)
    app = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(person))
    app.selectbox(key=f"add_sensitive.{person}.kind").select_index(0)
    app.text_area(key=f"add_sensitive.{person}.said").input("要轮椅")
    app.text_input(key=f"add_sensitive.{person}.purpose").input("安排出行")
    app.button(key=f"add_sensitive.{person}.submit").click().run()

    assert "没有可用的同意" in words(app)
    assert app.text_area(key=f"add_sensitive.{person}.said").value == "要轮椅"


def test_an_erasure_is_asked_twice_and_leaves_an_empty_record(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person(small_world, "甄名字", phone=PHONE)
    app = open_app(monkeypatch, small_world.secretary.id, PERSON, id=str(person))
    app.text_input(key=f"erase_person.{person}.reason").input("本人要求")
    app.button(key=f"erase_person.{person}.submit").click().run()
    assert "请先勾选确认" in words(app)
    assert the(Person, person).name == "甄名字"

    app.checkbox(key=f"erase_person.{person}.sure").check()
    app.button(key=f"erase_person.{person}.submit").click().run()

    assert the(Person, person).name == ""
    assert "已按要求删除" in words(app)
    assert not any(box.key and box.key.startswith("see_person") for box in app.text_input)


def test_only_the_secretary_finds_the_erasure(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = a_person(small_world)

    app = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(person))

    assert "删除这个人的资料" not in words(app)


def test_a_record_elsewhere_is_not_found(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = a_person(small_world, "甄别处", community_id=small_world.there)

    app = open_app(monkeypatch, small_world.secretary.id, PERSON, id=str(theirs))

    assert "没有找到" in words(app)
    assert "甄" not in words(app)


# --- /doubles -----------------------------------------------------------------------------------------------


def test_a_pair_is_merged_redirects_and_is_taken_apart(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_person(small_world, "王桂英", phone=PHONE)
    second = a_person(small_world, "王贵英", household_id=household_of(first))
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    assert "姓名相近" in words(app)

    app.button(key="merge_persons.submit").click().run()
    merge = only(PersonMerge)
    assert (merge.kept_id, merge.other_id) == (first, second)

    redirected = open_app(monkeypatch, small_world.worker.id, PERSON, id=str(second))
    assert "已并入" in words(redirected)

    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    app.button(key=f"undo_person_merge.{merge.id}").click().run()
    assert the(Person, second).merged_into_id is None
    assert not app.exception


def test_pairs_that_are_two_leave_the_list_and_come_back(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_person(small_world, "王桂英", phone=PHONE)
    second = a_person(small_world, "李建国", phone=PHONE, household_id=household_of(first))
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    assert "同一个电话，姓名不同" in words(app)

    app.button(key="decide_different.person.submit").click().run()
    assert "请从列表中选择。" in words(app)
    app.multiselect(key="decide_different.person.pairs").set_value([1])
    app.button(key="decide_different.person.submit").click().run()
    assert "没有发现重复的记录" in words(app)
    kept = only(DifferentPair)
    assert (kept.first_id, kept.second_id) == (first, second)

    app.button(key=f"ask_again.{kept.id}").click().run()
    assert not app.exception
    assert "同一个电话，姓名不同" in words(app)


def test_volunteers_have_a_list_of_their_own(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = a_volunteer(small_world, "1", phone=PHONE), a_volunteer(small_world, "2", phone=PHONE)
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES, kind="volunteer")

    app.button(key="merge_volunteers.submit").click().run()
    merge = only(VolunteerMerge)
    assert (merge.kept_id, merge.other_id) == (one, other)
    app.button(key=f"undo_volunteer_merge.{merge.id}").click().run()

    assert not app.exception
    assert the(Volunteer, other).merged_into_id is None


def test_more_pairs_than_a_page_are_paged(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(51):
        for name in ("甄某强", "贾某芳"):
            a_person(small_world, name, phone=f"138{number:08d}", room=f"{name}{number}")
    app = open_app(monkeypatch, small_world.secretary.id, DOUBLES)
    assert "第 1 页，共 2 页、51 对" in words(app)

    app.button(key="doubles.chevron_right").click().run()

    assert not app.exception
    assert "第 2 页，共 2 页、51 对" in words(app)


# --- /programmes --------------------------------------------------------------------------------------------


def a_programme(actor: Actor) -> int:
    return do(
        actor,
        start_programme,
        alias="晨光",
        name="单亲妈妈互助小组",
        purpose="互相照应",
        keep_until=TODAY.replace(year=TODAY.year + 1),
    )


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.AREA_WORKER])
def test_everybody_else_sees_alias_and_small_number_only(
    small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    programme = a_programme(cleared(small_world))
    if role is not Role.SUBDISTRICT_ADMIN:
        with as_system("test") as session:
            session.get_one(Account, small_world[role].id).sees_restricted = True

    app = open_app(monkeypatch, small_world[role].id, PROGRAMMES, id=str(programme))

    assert not app.exception
    assert "晨光" in words(app)
    assert "单亲" not in words(app)
    assert "互相照应" not in words(app)
    assert [metric.value for metric in app.metric] == ["<5"]


def test_named_staff_run_it_on_the_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary = cleared(small_world)
    colleague = cleared(small_world, "second", Role.AREA_WORKER)
    app = open_app(monkeypatch, secretary.id, PROGRAMMES)
    app.text_input(key="start_programme.alias").input("晨光")
    app.text_input(key="start_programme.name").input("单亲妈妈互助小组")
    app.text_area(key="start_programme.purpose").input("互相照应")
    app.button(key="start_programme.submit").click().run()
    programme = only(Programme).id

    person = a_person(small_world, "甄名字")
    a_consent(secretary, person, scope=ConsentScope.PROGRAMME)
    app = open_app(monkeypatch, secretary.id, PROGRAMMES, id=str(programme))
    assert "单亲妈妈互助小组" in words(app)
    app.selectbox(key=f"add_member.{programme}.consent_id").select_index(0)
    app.text_area(key=f"add_member.{programme}.wish").input("周末有人带孩子两小时")
    app.button(key=f"add_member.{programme}.submit").click().run()
    assert "晨光01" in words(app)
    assert "周末有人带孩子两小时" in words(app)
    assert "甄名字" not in words(app)

    member = only(ProgrammeMember).id
    app.text_area(key=f"amend_wish.{member}.wish").input("周日有人带孩子")
    app.button(key=f"amend_wish.{member}.submit").click().run()
    assert the(ProgrammeMember, member).wish == "周日有人带孩子"

    app.selectbox(key=f"name_staff.{programme}.account_id").select_index(0)
    app.button(key=f"name_staff.{programme}.submit").click().run()
    with as_system("test") as session:
        assert colleague.id in [one.account_id for one in session.query(ProgrammeStaff)]
    assert not app.exception


def test_a_trace_of_somebody_else_shows_nothing(small_world: World) -> None:
    from db.engine import reading
    from db.queries.people.people import person_originals
    from tests.builders.world import NOW

    person = a_person(small_world, "甄名字")
    trace = do(small_world.secretary, see_person, person_id=person, reason="核对")
    with reading(small_world.worker) as session:
        assert person_originals(session, person, trace, now=NOW) is None
