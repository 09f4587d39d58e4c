"""导入 on both engines: all or nothing, what is there stays, counters stay true, and a batch goes back as a whole."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from db import counters
from db.actions.admin.readings import add_reading
from db.actions.doors.visits import log_visit
from db.actions.imports import store as import_store
from db.actions.imports.imports import remember_columns, undo_import
from db.actions.needs.needs import log_need
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused
from db.models import (
    AuditEntry,
    BodyMember,
    Complaint,
    Household,
    ImportBatch,
    ImportedRow,
    Need,
    NeedFlow,
    Person,
    RunningNumber,
    ThreadEntry,
    Visit,
    Volunteer,
    WeekSignOff,
    blind_index,
)
from db.queries.imports.imports import Remembered, batches, book_of, remembered
from db.rules.doors.visit_plan import next_due
from db.terms import HouseholdKind, NeedSource, NeedStage, Reach, ReadingKind, Role, Urgency, VisitOutcome
from db.terms import ImportKind as K
from tests.builders.doors import a_household
from tests.builders.imports import brought, digest, door_row, hotline_row, need_row
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements


def count(model: type, *where: Any) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model).where(*where)).scalar_one()


def undone(world: World, batch: int, version: int = 1) -> int:
    values = {"batch_id": batch, "version": version, "reason": "导错了", "now": NOW}
    return carry_out(world.secretary, "", undo_import, **values)


def books_balance() -> list[str]:
    with reading_as_system("test") as session:
        return counters.wrong(session)


def test_households_come_in_with_their_people_and_one_line_in_the_log(world: World) -> None:
    rows = [
        *(door_row(number) for number in range(30)),
        door_row(3, name="李同户", phone="13900000001", relation="女儿"),
    ]

    result = brought(world.worker, K.HOUSEHOLDS, rows)

    assert (result["rows"], result["known"]) == (31, 0)
    assert (count(Household), count(Person)) == (30, 31)
    with reading_as_system("test") as session:
        first = session.scalars(select(Household).order_by(Household.id)).first()
        assert first is not None
        assert first.community_id == world.here
        assert first.door_index == blind_index(f"{world.place}|1幢|1单元|101")
        entries = session.scalars(select(AuditEntry).where(AuditEntry.table_name == "import_batch")).all()
        others = session.scalars(select(AuditEntry).where(AuditEntry.table_name.in_(["household", "person"]))).all()
    assert len(entries) == 1
    assert not others
    assert entries[0].changes["rows"] == [None, 31]
    assert len(entries[0].changes["sha256"][1]) == 64
    assert "13800000003" not in str(entries[0].changes)


def test_a_door_that_is_known_stays_as_it_is(world: World) -> None:
    known = a_household(world, "101", kind=HouseholdKind.KEY, door_note="敲门要重")

    result = brought(world.worker, K.HOUSEHOLDS, [door_row(0, kind="普通户"), door_row(1)])

    assert (result["rows"], result["known"]) == (1, 1)
    with reading_as_system("test") as session:
        household = session.get_one(Household, known)
        assert (household.kind, household.door_note) == (HouseholdKind.KEY, "敲门要重")
    assert count(Person) == 1


def test_nothing_new_is_refused_and_leaves_no_batch(world: World) -> None:
    a_household(world, "101")

    with pytest.raises(Refused) as refused:
        brought(world.worker, K.HOUSEHOLDS, [door_row(0)])

    assert refused.value.rule == "import_nothing_new"
    assert count(ImportBatch) == 0


def test_one_faulty_row_keeps_the_whole_file_out(world: World) -> None:
    rows = [need_row(1), need_row(2, category="没有这一类"), need_row(3)]

    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.NEEDS, rows)

    assert refused.value.rule == "import_faulty"
    assert (refused.value.values["count"], refused.value.values["first"]) == (1, 2)
    assert (count(Need), count(ImportBatch), count(RunningNumber)) == (0, 0, 0)


def test_the_same_file_comes_in_once(world: World) -> None:
    brought(world.secretary, K.NEEDS, [need_row(1)])

    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.NEEDS, [need_row(1)])

    assert refused.value.rule == "import_same_file"
    assert count(Need) == 1


def test_needs_of_a_file_are_found_by_the_readings_of_the_subdistrict(world: World) -> None:
    reading = {"kind": ReadingKind.PLACE, "written": "十里堡", "sounds": "shi li bao"}
    carry_out(world[Role.SUBDISTRICT_ADMIN], "", add_reading, **reading)

    brought(world.secretary, K.NEEDS, [need_row(1, description="十里堡的仇家巷没有灯")])

    with reading_as_system("test") as session:
        (need,) = session.scalars(select(Need)).all()
    for sound in ("shilibao", "shilipu", "qiujiaxiang", "choujiaxiang"):
        assert sound in need.pinyin


def test_needs_get_numbers_in_one_range_and_the_counters_stay_true(world: World) -> None:
    rows = [need_row(number, on="2026-03-02") for number in range(40)]
    rows.append(need_row(99, urgency="涉安全", source="微信群", name="陈测试", phone="13812345678"))

    brought(world.secretary, K.NEEDS, rows)

    with reading_as_system("test") as session:
        needs = session.scalars(select(Need).order_by(Need.id)).all()
        assert [need.number for need in needs] == [f"LL-2026-{number:04d}" for number in range(1, 42)]
        assert needs[0].week == date(2026, 3, 2)
        assert needs[0].stage is NeedStage.LOGGED
        assert needs[-1].stage is NeedStage.HANDLING
        assert needs[-1].due_on == TODAY
        assert needs[-1].source is NeedSource.CHAT
        assert needs[-1].asker_phone == "13812345678"
        assert needs[0].initials
        assert needs[0].title
        entered = session.execute(select(func.sum(NeedFlow.logged))).scalar_one()
    assert entered == 41
    assert books_balance() == []
    assert count(ThreadEntry) == 42
    after = carry_out(
        world.worker, "", log_need, description="又一件", category_id=world.categories[0], place_id=world.place,
        reach=Reach.HOUSEHOLD, people=1, urgency=Urgency.NORMAL,
    )  # fmt: skip
    assert after["number"].endswith("-0042") or after["number"].endswith("-0001")


def test_needs_of_a_signed_week_are_marked(world: World) -> None:
    with as_system("test") as session:
        session.add(
            WeekSignOff(community_id=world.here, week=date(2026, 2, 23), needs=0, visits=0, not_in=0, signed_at=NOW,
                        signed_by=world.secretary.id, digest="0" * 64)
        )  # fmt: skip

    brought(world.secretary, K.NEEDS, [need_row(1, on="2026年2月24日"), need_row(2, on="20260302")])

    with reading_as_system("test") as session:
        old, new = session.scalars(select(Need).order_by(Need.id)).all()
    assert (old.stage, old.changed_after_sign_off) == (NeedStage.REGISTERED, True)
    assert (new.stage, new.changed_after_sign_off) == (NeedStage.LOGGED, False)


def test_places_of_other_communities_are_not_known(world: World) -> None:
    with pytest.raises(Refused):
        brought(world.secretary, K.NEEDS, [need_row(1, place="荷塘新村")] * 2)
    with reading(world.secretary) as session:
        assert list(book_of(session, today=TODAY).places) == ["柳林小区"]


def test_a_restricted_door_is_not_written_to(world: World) -> None:
    a_household(world, "101", restricted=True)

    with pytest.raises(Refused) as refused:
        brought(world.worker, K.NEEDS, [need_row(1), need_row(2, building="1", stairwell="1", room="101")])

    assert refused.value.rule == "import_door_restricted"
    assert refused.value.values["first"] == 2
    assert count(Need) == 0


def test_volunteers_are_entered_once(world: World) -> None:
    rows = [
        {"name": "李测试", "phone": "13800000001", "skills": "电工、理发", "kind": "中共党员"},
        {"name": "李测试", "phone": "138 0000 0001"},
        {"name": "李测试", "phone": "13800000002"},
    ]

    result = brought(world.secretary, K.VOLUNTEERS, rows)
    again = brought(world.secretary, K.VOLUNTEERS, [*rows, {"name": "王新来"}])

    assert (result["rows"], result["known"], again["rows"], again["known"]) == (2, 1, 1, 3)
    with reading_as_system("test") as session:
        first = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert first is not None
        assert first.skills == ["电工", "理发"]
        assert first.number.startswith("LL-V2026-")


@pytest.mark.parametrize("name", ["李 测试", "李测试（3幢）", "李测试阿姨", " 李测试", "李·测试"])
def test_a_volunteer_whose_name_is_typed_in_another_way_is_known(world: World, name: str) -> None:
    brought(world.secretary, K.VOLUNTEERS, [{"name": "李测试", "phone": "13800000001"}])

    again = brought(world.secretary, K.VOLUNTEERS, [{"name": name, "phone": "+86 138-0000-0001"}, {"name": "王新来"}])

    assert (again["rows"], again["known"]) == (1, 1)


def test_members_take_the_seats_they_are_given_or_the_next_free_ones(world: World) -> None:
    rows = [{"name": "王新", "capacity": "居民代表"}, {"name": "赵新", "capacity": "物业", "seat": "20"},
            {"name": "议事员01", "capacity": "居民代表"}]  # fmt: skip

    result = brought(world.secretary, K.MEMBERS, rows)

    assert (result["rows"], result["known"]) == (2, 1)
    with reading_as_system("test") as session:
        seats = dict(session.execute(select(BodyMember.name, BodyMember.seat).where(BodyMember.seat > 16)).all())
    assert seats == {"王新": 17, "赵新": 20}
    with pytest.raises(Refused) as refused:
        brought(world.secretary, K.MEMBERS, [{"name": "钱新", "capacity": "居民代表", "seat": "3"}])
    assert refused.value.rule == "import_seat_taken"


def test_past_visits_tell_the_door_when_it_is_due(world: World) -> None:
    known = a_household(world, "101", kind=HouseholdKind.KEY)
    door = {"place": "柳林小区", "building": "1幢", "stairwell": "1单元", "room": "101"}
    rows = [
        {"on": "2026-01-10", "outcome": "见到", "worker": world.worker.name, **door},
        {"on": "2026-02-01", "outcome": "未遇", **door},
        {"on": "2026-01-05", "outcome": "未遇", **door},
        {"on": "2026-02-02", "outcome": "见到", "where_text": "门卫室", "place": "柳林小区"},
    ]

    result = brought(world.secretary, K.VISITS, rows)

    with reading_as_system("test") as session:
        household = session.get_one(Household, known)
        met = (household.met_on, household.tries, household.due_on)
        workers = session.scalars(select(Visit.worker_id).order_by(Visit.id)).all()
    assert met == (date(2026, 1, 10), 1, next_due(HouseholdKind.KEY, date(2026, 1, 10)))
    assert workers == [world.worker.id, world.secretary.id, world.secretary.id, world.secretary.id]
    undone(world, result["batch"])
    with reading_as_system("test") as session:
        household = session.get_one(Household, known)
        assert (household.met_on, household.tries, household.due_on) == (None, 0, None)


def test_the_hotline_becomes_complaints_once_each_with_its_own_day(world: World) -> None:
    first = brought(world.secretary, K.HOTLINE, [hotline_row(1), hotline_row(2)])
    again = brought(world.secretary, K.HOTLINE, [hotline_row(2), hotline_row(3)])

    assert (first["rows"], again["rows"], again["known"]) == (2, 1, 1)
    with reading_as_system("test") as session:
        rows = session.scalars(select(Complaint).order_by(Complaint.id)).all()
        assert [row.source_number for row in rows] == ["12345-1", "12345-2", "12345-3"]
        assert {row.due_on for row in rows} == {date(2026, 3, 11)}
        assert {row.source for row in rows} == {NeedSource.HOTLINE}
    undone(world, again["batch"])
    assert count(Complaint) == 2


def test_the_hotline_can_become_needs(world: World) -> None:
    brought(world.secretary, K.HOTLINE, [hotline_row(1)], as_needs=True)

    with reading_as_system("test") as session:
        need = session.scalars(select(Need)).one()
    assert need.description.startswith("[12345-1]")
    assert need.source is NeedSource.HOTLINE
    assert need.due_on == date(2026, 3, 11)
    assert books_balance() == []


def test_what_is_not_in_our_book_becomes_what_the_user_says(world: World) -> None:
    brought(world.secretary, K.NEEDS, [need_row(1, category="物业管理")], unknown={"category": "环境整治"})

    with reading_as_system("test") as session:
        assert session.scalars(select(Need.category_id)).one() == world.categories[1]


# --- the way back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (K.HOUSEHOLDS, [door_row(number) for number in range(20)]),
        (K.NEEDS, [need_row(number, room="201", stairwell="1") for number in range(20)]),
        (K.VOLUNTEERS, [{"name": f"志愿{number}"} for number in range(5)]),
        (K.MEMBERS, [{"name": "王新", "capacity": "居民代表"}]),
    ],
)
def test_a_batch_goes_back_as_a_whole(world: World, kind: K, rows: list[dict[str, str]]) -> None:
    nouns = (Household, Person, Need, ThreadEntry, Volunteer, BodyMember, ImportedRow)
    before = [count(noun) for noun in nouns]
    batch = brought(world.secretary, kind, rows)["batch"]

    undone(world, batch)

    assert [count(noun) for noun in nouns] == before
    assert books_balance() == []
    with reading(world.secretary) as session:
        row = batches(session).rows[0]
    assert row.undone_at is not None
    assert row.reason == "导错了"
    assert row.undone_by
    assert brought(world.secretary, kind, rows)["batch"] > 0
    with pytest.raises(Refused) as refused:
        undone(world, batch, version=2)
    assert refused.value.rule == "import_undone"


def test_the_flow_of_needs_goes_back_with_them(world: World) -> None:
    batch = brought(world.secretary, K.NEEDS, [need_row(number) for number in range(9)])["batch"]

    undone(world, batch)

    with reading_as_system("test") as session:
        assert session.execute(select(func.sum(NeedFlow.logged), func.sum(NeedFlow.entered))).one() == (0, 0)


def test_what_is_in_use_keeps_its_batch(world: World) -> None:
    batch = brought(world.secretary, K.HOUSEHOLDS, [door_row(number) for number in range(5)])["batch"]
    carry_out(
        world.worker, "", log_visit, place_id=world.place, outcome=VisitOutcome.NOT_IN, building="1幢",
        stairwell="1单元", room="101", now=NOW,
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        undone(world, batch)

    assert refused.value.rule in ("import_in_use", "import_changed")
    assert count(Household) == 5


def test_only_the_referring_rows_are_counted(world: World) -> None:
    batch = brought(world.secretary, K.HOUSEHOLDS, [door_row(0)])["batch"]
    with reading_as_system("test") as session:
        household = session.scalars(select(Household.id)).one()
    with as_system("test") as session:
        for _ in range(3):
            session.add(
                Visit(community_id=world.here, at=NOW, worker_id=world.worker.id, household_id=household,
                      outcome=VisitOutcome.MET)
            )  # fmt: skip

    with pytest.raises(Refused) as refused:
        undone(world, batch)

    assert refused.value.rule == "import_in_use"
    assert refused.value.values["nouns"] == {"visit": 3}


def test_what_somebody_worked_on_keeps_its_batch(world: World) -> None:
    batch = brought(world.secretary, K.NEEDS, [need_row(1), need_row(2)])["batch"]
    with as_system("test") as session:
        need = session.scalars(select(Need).order_by(Need.id)).first()
        assert need is not None
        need.people = 77

    with pytest.raises(Refused) as refused:
        undone(world, batch)

    assert refused.value.rule == "import_changed"
    assert refused.value.values["count"] == 1


def test_only_the_secretary_of_the_community_takes_back(world: World) -> None:
    batch = brought(world.worker, K.NEEDS, [need_row(1)])["batch"]

    with pytest.raises(NotPermitted):
        carry_out(world.worker, "", undo_import, batch_id=batch, version=1, reason="错", now=NOW)
    with pytest.raises(NotFound):
        carry_out(world.other_secretary, "", undo_import, batch_id=batch, version=1, reason="错", now=NOW)
    with pytest.raises(Conflict):
        undone(world, batch, version=9)


def test_a_worker_brings_no_members(world: World) -> None:
    with pytest.raises(NotPermitted):
        brought(world.worker, K.MEMBERS, [{"name": "王新", "capacity": "居民代表"}])
    for role in (Role.VOLUNTEER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN):
        with pytest.raises(NotPermitted):
            brought(world[role], K.NEEDS, [need_row(1)])


@pytest.mark.parametrize(
    "wrong",
    [{"sha256": "x"}, {"sha256": 5}, {"file_name": ""}, {"file_name": "长" * 201}, {"rows": []}, {"kind": None}],
)
def test_bad_input_is_told(world: World, wrong: dict[str, object]) -> None:
    values = {"kind": K.NEEDS, "file_name": "a.xlsx", "sha256": digest("a"), "rows": [need_row(1)], "now": NOW} | wrong
    from db.actions.imports.imports import import_rows

    with pytest.raises(BadInput):
        carry_out(world.secretary, "", import_rows, **values)


def test_ten_times_the_rows_cost_no_statement_each(world: World) -> None:
    with Statements() as few:
        brought(world.secretary, K.NEEDS, [need_row(number) for number in range(20)])
    with Statements() as many:
        brought(world.secretary, K.NEEDS, [need_row(number) for number in range(20, 220)])

    assert many.n <= few.n + 2
    assert many.n < 60


def test_a_mapping_is_remembered_by_its_headings(world: World) -> None:
    hashed = digest("小区,楼栋")
    values = {"kind": K.HOUSEHOLDS, "headings_hash": hashed, "fixed": {"place": "柳林小区", "x": "y"}, "now": NOW}
    for columns in ({"place": 0}, {"place": 1, "nothing": 3, "room": 9999}):
        carry_out(world.worker, "", remember_columns, columns=columns, **values)

    with reading(world.secretary) as session:
        assert remembered(session, kind=K.HOUSEHOLDS, headings_hash=hashed) == Remembered(
            columns={"place": 1}, fixed={"place": "柳林小区"}
        )
        assert remembered(session, kind=K.NEEDS, headings_hash=hashed) is None
    with reading(world.other_secretary) as session:
        assert remembered(session, kind=K.HOUSEHOLDS, headings_hash=hashed) is None


# --- many rows --------------------------------------------------------------------------------------------


def test_a_batch_is_kept_as_runs_of_ids(world: World) -> None:
    batch = brought(world.secretary, K.NEEDS, [need_row(number) for number in range(50)])["batch"]

    with reading_as_system("test") as session:
        runs = session.execute(
            select(ImportedRow.noun, ImportedRow.first_id, ImportedRow.last_id).where(ImportedRow.batch_id == batch)
        ).all()
    assert {noun for noun, _first, _last in runs} == {"need", "thread_entry"}
    assert sum(last - first + 1 for _noun, first, last in runs) == 100
    assert len(runs) <= 4


def test_a_basket_that_is_full_in_the_middle_of_a_row_gives_no_id_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_store, "AT_ONCE", 5)
    rows = [need_row(number, urgency="涉安全" if number % 3 else "一般") for number in range(23)]

    batch = brought(world.secretary, K.NEEDS, rows)["batch"]

    assert (count(Need), count(ThreadEntry)) == (23, 23 + 15)
    assert books_balance() == []
    undone(world, batch)
    assert (count(Need), count(ThreadEntry), count(ImportedRow)) == (0, 0, 0)


def test_taking_back_leaves_the_rows_of_others_between(world: World) -> None:
    first = brought(world.secretary, K.NEEDS, [need_row(1)])["batch"]
    carry_out(
        world.worker, "", log_need, description="另一件", category_id=world.categories[0], place_id=world.place,
        reach=Reach.HOUSEHOLD, people=1, urgency=Urgency.NORMAL,
    )  # fmt: skip
    brought(world.secretary, K.NEEDS, [need_row(2)])

    undone(world, first)

    with reading_as_system("test") as session:
        left = session.scalars(select(Need.description).order_by(Need.id)).all()
    assert left == ["另一件", "2号路灯不亮，晚上看不见路"]
    assert books_balance() == []
